"""What a study knows of costs: read as a whole, typed in by forms, and confirmed by each municipality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from lib.access import Action
from lib.actions import open_store, saving
from lib.actions.forms import Form, form
from lib.actions.reads import per_revision, reads
from lib.actions.saving import Stored, distinct
from lib.actions.sheet_texts import texts
from lib.domain.costs.cost_figures import check_choice, digest
from lib.domain.merging import Answers, Merged
from lib.i18n import DEFAULT, alphabetical
from lib.intake.tables import heading_names
from lib.intake.texts import fold
from lib.model.access import Actor
from lib.model.cost_records import (
    Confirmation,
    CostBook,
    CostItem,
    KeyFigure,
    ModelChoice,
    OwnCost,
    PartialCost,
    Participation,
)
from lib.model.costs import POPULATION
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Municipality, Study
from lib.model.sheet_kinds import KEYS, MUNICIPALITIES_SHEET, sheet_of
from lib.model.swot_records import Note, NoteKind
from lib.store import Session, rows

Figures = TypeVar("Figures", CostItem, OwnCost, PartialCost, Participation)
YEAR = "year"
FIXED_KEYS = (POPULATION, YEAR)
UNPRICED = (NoteKind.QUALITY, NoteKind.TIME)


class FiguresStatus(NamedTuple):
    """What a municipality's own figures are now, and whether it has said that just these are right."""

    digest: str
    confirmed: bool
    by: str = ""
    at: datetime | None = None


@per_revision(Action.COSTS_VIEW, size=64)
def book(study: Study) -> CostBook:
    """All that the study knows of costs, as it stands; areas by code, municipalities by name."""
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
        choices=tuple(
            _without_absent(row, here) for row in rows.current(session, ModelChoice, study.id) if row.id in places
        ),
        confirmed={town.id: False for town in towns}
        | {row.id: row.digest == digest(town, own) for town, row in _confirmations(session, study, towns)},
        notes=tuple(
            row for row in rows.current(session, Note, study.id) if row.area in places and row.kind in UNPRICED
        ),
    )


def _without_absent(choice: ModelChoice, municipalities: set[str]) -> ModelChoice:
    limits = {"floors": _of(choice.floors, municipalities), "caps": _of(choice.caps, municipalities)}
    return choice.model_copy(update=limits | {"host": choice.host if choice.host in municipalities else None})


def _of(limits: Mapping[str, int] | None, municipalities: set[str]) -> dict[str, int] | None:
    return {town: kroner for town, kroner in limits.items() if town in municipalities} if limits else None


def _confirmations(
    session: Session, study: Study, towns: list[Municipality]
) -> Iterator[tuple[Municipality, Confirmation]]:
    said = {row.id: row for row in rows.current(session, Confirmation, study.id)}
    return ((town, said[town.id]) for town in towns if town.id in said)


@reads(Action.COSTS_VIEW)
def statuses(study: Study) -> dict[str, FiguresStatus]:
    """Of each municipality by id, whether its figures are confirmed, by whom and when."""
    store = open_store.store()
    known = book_in(store, study)
    found = {town.id: FiguresStatus(digest(town, known.own), False) for town in known.municipalities}
    for town, said in _confirmations(store, study, list(known.municipalities)):
        now = found[town.id].digest
        if said.digest == now:
            found[town.id] = FiguresStatus(now, True, said.confirmed_by, said.confirmed_at)
    return found


def save(
    actor: Actor,
    study: Study,
    area: str,
    kind: type[Figures],
    typed: Sequence[Figures],
    seen: Sequence[Figures] | None = None,
    answers: Answers = (),
) -> None:
    """The figures of one kind of an area: its cost lines, what is paid today, who takes part, smaller cooperations.

    Merged and refused as `saving.save` does; NotFound for an unknown area.
    """
    sheet = sheet_of(kind)
    with _form(actor, study, sheet.key) as form:
        known = book_in(form.tx, study)
        about = _area(known, area).name
        placed = [row.model_copy(update={"area": area}) for row in typed]
        stored = Stored(of_area(known, kind, area), names=names(known))
        saving.save(form, sheet, placed, seen, stored, about, answers)


def of_area(known: CostBook, kind: type[Figures], area: str) -> tuple[Figures, ...]:
    """The figures of one kind that an area has."""
    every = (*known.items, *known.own, *known.partial, *known.participation)
    return tuple(row for row in every if isinstance(row, kind) and row.area == area)


def names(known: CostBook) -> dict[str, dict[str, str]]:
    """What figures may refer to, as a table of them says it."""
    return {
        "municipality": distinct({town.id: (town.name, town.number) for town in known.municipalities}),
        "area": {area.id: area.name for area in known.areas},
    }


def key_figures(town: Municipality) -> tuple[KeyFigure, ...]:
    """A municipality's allocation keys; `population` and `year` are two of them, known by their ids."""
    held: dict[str, float | None] = {POPULATION: town.population, YEAR: town.year, **town.keys}
    return tuple(KeyFigure(id=key, key=key, figure=figure) for key, figure in held.items())


def save_keys(
    actor: Actor,
    study: Study,
    municipality: str,
    typed: Sequence[KeyFigure],
    seen: Sequence[KeyFigure] | None = None,
    answers: Answers = (),
) -> None:
    """A municipality's allocation keys; one that is left out or has no figure is taken away. As `save`."""
    with _form(actor, study, KEYS.key) as form:
        town = _town(book_in(form.tx, study), municipality)
        held = key_figures(town)
        given, before = ([_spelt(town, each) for each in rows] for rows in (typed, held if seen is None else seen))
        found = saving.merged(form, KEYS, given, before, Stored(held), answers)
        changed = _with_keys(town, held, found)
        form.write(town.name, [changed] if changed != town else [])


def _spelt(town: Municipality, row: KeyFigure) -> KeyFigure:
    """A key written with other capitals is the same key; one with the name of a fixed column would not come back."""
    if row.id in FIXED_KEYS:
        return row.model_copy(update={"key": row.id})
    if fold(row.key) in heading_names(MUNICIPALITIES_SHEET, texts(DEFAULT)):
        raise AppError("key_name_taken", key=row.key)
    known = {fold(key): key for key in town.keys}
    return row.model_copy(update={"key": known.get(fold(row.key), row.key)})


def _with_keys(town: Municipality, held: Sequence[KeyFigure], found: Merged[KeyFigure]) -> Municipality:
    gone = {row.id for row in found.removed}
    rows = {row.id: row for row in held if row.id not in gone} | {row.id: row for row in found.written}
    fixed = {key: saving.read(MUNICIPALITIES_SHEET.column(key), row.figure) if (row := rows.pop(key, None)) else None
             for key in FIXED_KEYS}  # fmt: skip
    keys = {row.key: row.figure for row in rows.values() if row.figure is not None}
    return town.model_copy(update={**fixed, "keys": keys})


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
