"""What a study knows of costs: read as a whole, typed in by forms, and confirmed by each municipality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from lib.access import Action
from lib.actions import gate, open_store
from lib.actions.forms import Form, form
from lib.actions.sheet_texts import texts
from lib.domain.costs.figures import check_choice, check_limits, digest
from lib.domain.costs.kroner import amount
from lib.domain.record_faults import faults, faults_together
from lib.i18n import DEFAULT, alphabetical
from lib.intake.tables import heading_names
from lib.intake.texts import fold
from lib.model.access import Actor
from lib.model.cost_records import (
    Confirmation,
    CostBook,
    CostItem,
    ModelChoice,
    OwnCost,
    PartialCost,
    Participation,
)
from lib.model.costs import POPULATION
from lib.model.kinds import SheetKind, identity, line
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Municipality, Study
from lib.model.sheet_kinds import MUNICIPALITIES_SHEET, sheet_of
from lib.model.swot_records import Note, NoteKind
from lib.store import Session, rows

Figures = TypeVar("Figures", CostItem, OwnCost, PartialCost, Participation)
YEAR = "year"
NAME_LIMIT = sheet_of(CostItem).column("name").max_length
UNPRICED = (NoteKind.QUALITY, NoteKind.TIME)


class Standing(NamedTuple):
    """What a municipality's own figures are now, and whether it has said that just these are right."""

    digest: str
    confirmed: bool
    by: str = ""
    at: datetime | None = None


def book(actor: Actor, study: Study) -> CostBook:
    """All that the study knows of costs, as it stands; areas by code, municipalities by name."""
    gate.allow(actor, Action.COSTS_VIEW, study)
    return book_in(open_store.store(), study)


def book_in(session: Session, study: Study) -> CostBook:
    """`book` without the gate. What a later undo has taken the area or municipality from is left out."""
    towns = sorted(rows.current(session, Municipality, study.id), key=lambda each: alphabetical(each.name))
    areas = sorted(rows.current(session, Area, study.id), key=lambda each: alphabetical(each.code))
    here, places = {town.id for town in towns}, {area.id for area in areas}
    own = [row for row in rows.current(session, OwnCost, study.id) if row.area in places and row.municipality in here]
    taking = [row for row in rows.current(session, Participation, study.id) if row.municipality in here]
    return CostBook(
        municipalities=tuple(towns),
        areas=tuple(areas),
        items=tuple(row for row in rows.current(session, CostItem, study.id) if row.area in places),
        own=tuple(own),
        partial=tuple(
            row for row in rows.current(session, PartialCost, study.id) if row.area in places and here >= {*row.members}
        ),
        participation=tuple(row for row in taking if row.area in places),
        choices=tuple(_standing(row, here) for row in rows.current(session, ModelChoice, study.id) if row.id in places),
        confirmed={town.id: False for town in towns}
        | {row.id: row.digest == digest(town, own) for town, row in _confirmations(session, study, towns)},
        notes=tuple(
            row for row in rows.current(session, Note, study.id) if row.area in places and row.kind in UNPRICED
        ),
    )


def _standing(choice: ModelChoice, municipalities: set[str]) -> ModelChoice:
    limits = {"floors": _of(choice.floors, municipalities), "caps": _of(choice.caps, municipalities)}
    return choice.model_copy(update=limits | {"host": choice.host if choice.host in municipalities else None})


def _of(limits: Mapping[str, int] | None, municipalities: set[str]) -> dict[str, int] | None:
    return {town: kroner for town, kroner in limits.items() if town in municipalities} if limits else None


def _confirmations(
    session: Session, study: Study, towns: list[Municipality]
) -> Iterator[tuple[Municipality, Confirmation]]:
    said = {row.id: row for row in rows.current(session, Confirmation, study.id)}
    return ((town, said[town.id]) for town in towns if town.id in said)


def standings(actor: Actor, study: Study) -> dict[str, Standing]:
    """Of each municipality by id, whether its figures are confirmed, by whom and when."""
    gate.allow(actor, Action.COSTS_VIEW, study)
    store = open_store.store()
    known = book_in(store, study)
    found = {town.id: Standing(digest(town, known.own), False) for town in known.municipalities}
    for town, said in _confirmations(store, study, list(known.municipalities)):
        now = found[town.id].digest
        if said.digest == now:
            found[town.id] = Standing(now, True, said.confirmed_by, said.confirmed_at)
    return found


def save_items(
    actor: Actor, study: Study, area: str, typed: Sequence[CostItem], seen: Sequence[CostItem] | None = None
) -> None:
    """The cost lines of an area are these from now on. `seen`: what they were when somebody began to type.

    All that saves figures of an area refuses in the same way, and then nothing is changed: AppError `figures_moved`
    where `seen` is no longer so, a code that says what is wrong with a figure, NotFound for an unknown area.
    """
    _save(actor, study, area, CostItem, typed, seen)


def save_own(
    actor: Actor, study: Study, area: str, typed: Sequence[OwnCost], seen: Sequence[OwnCost] | None = None
) -> None:
    """What the municipalities pay for an area today."""
    _save(actor, study, area, OwnCost, typed, seen)


def save_partial(
    actor: Actor, study: Study, area: str, typed: Sequence[PartialCost], seen: Sequence[PartialCost] | None = None
) -> None:
    """What smaller cooperations on an area would cost."""
    _save(actor, study, area, PartialCost, typed, seen)


def save_participation(
    actor: Actor, study: Study, area: str, typed: Sequence[Participation], seen: Sequence[Participation] | None = None
) -> None:
    """Who takes part in an area's cooperation, who is the host, and where its jobs are."""
    _save(actor, study, area, Participation, typed, seen)


def _save(
    actor: Actor,
    study: Study,
    area: str,
    kind: type[Figures],
    typed: Sequence[Figures],
    seen: Sequence[Figures] | None,
) -> None:
    sheet = sheet_of(kind)
    with _form(actor, study, sheet.key) as form:
        known: CostBook = book_in(form.tx, study)
        about = _area(known, area).name
        every = (*known.items, *known.own, *known.partial, *known.participation)
        held = {row.id: row for row in every if isinstance(row, kind) and row.area == area}
        if seen is not None and {row.id: row for row in seen} != held:
            raise AppError("figures_moved")
        given = _checked(known, study, sheet, [row.model_copy(update={"area": area}) for row in typed])
        written = [row for key, row in given.items() if held.get(key) != row]
        form.write(about, written, [row for key, row in held.items() if key not in given])


def _checked(known: CostBook, study: Study, sheet: SheetKind, typed: Sequence[Figures]) -> dict[str, Figures]:
    """The rows by their ids; AppError for the first that cannot stand."""
    found: dict[str, Figures] = {}
    for row in map(_tidied, typed):
        _check(known, row)
        key = identity(sheet, study.id, row.model_dump())
        if key in found and isinstance(row, CostItem):
            raise AppError("line_twice", line=row.name)
        if key in found:
            raise AppError("figure_twice")
        found[key] = row.model_copy(update={"id": key})
    for _, fault in faults_together(found.values()):
        raise AppError(fault.code, **_named(known, fault.params))
    return found


def _tidied(row: Figures) -> Figures:
    if isinstance(row, CostItem):
        return row.model_copy(update={"name": _plain(row.name)})
    if isinstance(row, PartialCost):
        return row.model_copy(update={"members": sorted(set(row.members))})
    return row


def _plain(name: str) -> str:
    """A name without what cannot be seen, as intake keeps it."""
    kept = line("".join(letter for letter in name if letter.isprintable() or letter.isspace()))
    if not kept or len(kept) > NAME_LIMIT:
        raise AppError("figure_name", limit=NAME_LIMIT)
    return kept


def _check(known: CostBook, row: CostItem | OwnCost | PartialCost | Participation) -> None:
    members = row.members if isinstance(row, PartialCost) else [getattr(row, "municipality", None)]
    if not {*filter(None, members)} <= {town.id for town in known.municipalities}:
        raise NotFound
    check_limits(row)
    for fault in faults(row):
        raise AppError(fault.code, **_named(known, fault.params))


def _named(known: CostBook, params: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    names = {town.id: town.name for town in known.municipalities}
    return {key: names.get(str(value), value) if key == "municipality" else value for key, value in params.items()}


def save_keys(actor: Actor, study: Study, municipality: str, keys: Mapping[str, float | None]) -> None:
    """A municipality's allocation keys; `population` and `year` are two of them, and None takes a figure away.

    Keys that are not named stay. AppError for what no key can be, and then nothing is changed.
    """
    with _form(actor, study, "keys") as form:
        town = _town(book_in(form.tx, study), municipality)
        update = {key: _counted(keys, key, getattr(town, key)) for key in (POPULATION, YEAR)}
        changed = town.model_copy(update=update | {"keys": _keys(town, keys)})
        form.write(town.name, [changed] if changed != town else [])


def _counted(keys: Mapping[str, float | None], key: str, held: int | None) -> int | None:
    value = keys.get(key, held)
    if value is None:
        return None
    number = amount(value, f"@columns.{key}")
    if number.denominator != 1:
        raise AppError("figure_not_whole", what=f"@columns.{key}")
    column = MUNICIPALITIES_SHEET.column(key)
    low, high = column.low or 0, column.high or 0
    if not low <= number <= high:
        raise AppError("figure_out_of_range", what=f"@columns.{key}", low=str(low), high=str(high))
    return int(number)


def _keys(town: Municipality, typed: Mapping[str, float | None]) -> dict[str, float]:
    """A key written with other capitals is the same key; one with the name of a fixed column would not come back."""
    taken = heading_names(MUNICIPALITIES_SHEET, texts(DEFAULT))
    keys, spelt = dict(town.keys), {fold(key): key for key in town.keys}
    for written, value in typed.items():
        if written in (POPULATION, YEAR):
            continue
        name = spelt.get(fold(written)) or _plain(written)
        if fold(name) in taken:
            raise AppError("key_name_taken", key=name)
        keys.pop(name, None)
        if value is not None:
            keys[name] = float(amount(value, name))
    return keys


def confirm(actor: Actor, study: Study, municipality: str, seen: str = "") -> None:
    """The municipality's own figures are right. `seen` is the digest of those that were looked at.

    AppError `nothing_to_confirm` where it has no figures, `figures_moved` where others stand now than were seen.
    """
    with _form(actor, study, "confirmations") as form:
        known = book_in(form.tx, study)
        town = _town(known, municipality)
        if not any(row.municipality == town.id for row in known.own):
            raise AppError("nothing_to_confirm", municipality=town.name)
        now = digest(town, known.own)
        if seen not in ("", now):
            raise AppError("figures_moved")
        said = Confirmation(id=town.id, digest=now, confirmed_by=actor.name, confirmed_at=datetime.now(UTC))
        form.write(town.name, [] if known.confirmed[town.id] else [said])


def choose_model(actor: Actor, study: Study, area: str, choice: ModelChoice) -> None:
    """The model that an area's cooperation uses. AppError for one that is no model, NotFound for an unknown area."""
    with _form(actor, study, "model_choices") as form:
        known = book_in(form.tx, study)
        named = _area(known, area)
        check_choice(choice, {town.id for town in known.municipalities})
        form.write(named.name, [choice.model_copy(update={"id": area})])


def _form(actor: Actor, study: Study, kind: str) -> AbstractContextManager[Form]:
    return form(actor, study, Action.COSTS_EDIT, kind)


def _area(known: CostBook, area: str) -> Area:
    found = next((each for each in known.areas if each.id == area), None)
    if found is None:
        raise NotFound
    return found


def _town(known: CostBook, municipality: str) -> Municipality:
    found = next((each for each in known.municipalities if each.id == municipality), None)
    if found is None:
        raise NotFound
    return found
