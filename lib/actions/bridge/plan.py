"""The plan of milestones: read as one list with the countermeasures, ticked, added to and typed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lib.access import Action
from lib.actions import gate, open_store
from lib.actions.forms import Form, form
from lib.actions.risks.register import book_in as register_in
from lib.domain.plan.milestones import Delivery, deliveries, faults, merged, ticked
from lib.model.access import Actor
from lib.model.kinds import free, identity, line
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Study
from lib.model.risk_records import Countermeasure, Milestone, Progress, Risk
from lib.model.sheet_kinds import MILESTONES_SHEET
from lib.store import Session, rows

TEXT_LIMIT = MILESTONES_SHEET.column("name").max_length
MILESTONES, PROGRESS = "milestones", "countermeasures"


@dataclass(frozen=True, slots=True)
class PlanBook:
    """All that a plan is made of; areas by code, the others in the order they were last written."""

    study: Study
    areas: tuple[Area, ...]
    risks: tuple[Risk, ...]
    milestones: tuple[Milestone, ...]
    countermeasures: tuple[Countermeasure, ...]

    def deliveries(self, today: date) -> list[Delivery]:
        """The plan as one list, overdue first."""
        return deliveries(self.milestones, self.countermeasures, today)

    def name(self, key: str | None) -> str:
        """What the area or risk with this id is called; empty where there is none."""
        names = {area.id: area.name for area in self.areas} | {risk.id: risk.factor for risk in self.risks}
        return names.get(key or "", "")

    @property
    def constructed(self) -> bool:
        return any(each.constructed for each in self.deliveries(date.max))


def plan(actor: Actor, study: Study) -> PlanBook:
    """The plan as it stands."""
    gate.allow(actor, Action.RISK_VIEW, study)
    return plan_in(open_store.store(), study)


def plan_in(session: Session, study: Study) -> PlanBook:
    """`plan` without the gate. A milestone of an area that a later undo has taken away stays, without it."""
    known = register_in(session, study)
    places = {area.id for area in known.areas}
    held = rows.current(session, Milestone, study.id)
    return PlanBook(
        study,
        known.areas,
        known.risks,
        tuple(each if each.area in places else each.model_copy(update={"area": None}) for each in held),
        known.countermeasures,
    )


def tick(actor: Actor, study: Study, key: str, done: bool, day: date) -> str:
    """The delivery with this id is done, or is not done after all; its name.

    Only that is written, so what somebody else changes in it at the same time stands. NotFound for one that is gone.
    """
    with form(actor, study, Action.RISK_EDIT, MILESTONES) as open_form:
        record = _delivery(open_form, key)
        after = ticked(record, done, day)
        kind = PROGRESS if isinstance(record, Countermeasure) else MILESTONES
        open_form._replace(kind=kind).write(record.name, [after] if after != record else [])
        return record.name


def _delivery(form: Form, key: str) -> Milestone | Countermeasure:
    found = rows.find(form.tx, Milestone, form.study.id, key) or rows.find(form.tx, Countermeasure, form.study.id, key)
    if found is None or (isinstance(found, Countermeasure) and found.progress is Progress.DROPPED):
        raise NotFound
    return found


def add(actor: Actor, study: Study, milestone: Milestone, day: date) -> list[Milestone]:
    """A new milestone; those whose deadline had passed before they were typed, which is worth a word and no more.

    AppError for a name that is missing, too long or taken in the same area, NotFound for an area that is gone.
    """
    return save_milestones(actor, study, [milestone.model_copy(update={"id": ""})], [], day)


def save_milestones(
    actor: Actor, study: Study, typed: Sequence[Milestone], seen: Sequence[Milestone], day: date
) -> list[Milestone]:
    """Milestones as somebody has typed them, who had `seen` these; a new one has no id. Returns as `add`.

    What others have written since is kept beside it, field by field. AppError `plan_moved`, and nothing is changed,
    where two have written the same field.
    """
    with form(actor, study, Action.RISK_EDIT, MILESTONES) as open_form:
        book = plan_in(open_form.tx, study)
        held = {each.id: each for each in book.milestones}
        given = _with_ids(study, [_checked(book, each) for each in typed], held.keys() | {each.id for each in seen})
        found, clashes = merged({each.id: each for each in seen}, given, held)
        if clashes:
            raise AppError("plan_moved", name=(held | given | {each.id: each for each in seen})[clashes[0]].name)
        _check_twice(found.values())
        written = [each for key, each in found.items() if held.get(key) != each]
        gone = [each for key, each in held.items() if key not in found]
        open_form.write(", ".join(each.name for each in [*written, *gone])[:TEXT_LIMIT], written, gone)
        return [each for each in written if faults(each, held.get(each.id), day)]


def _with_ids(study: Study, typed: Iterable[Milestone], taken: Iterable[str]) -> dict[str, Milestone]:
    """By id; a new one gets that of its natural key, unless one that was renamed since has it."""
    found: dict[str, Milestone] = {}
    used = {*taken}
    for each in typed:
        key = each.id or free(identity(MILESTONES_SHEET, study.id, dict(each)), used)
        used.add(key)
        found[key] = each.model_copy(update={"id": key})
    return found


def _checked(book: PlanBook, each: Milestone) -> Milestone:
    name, owner = _plain(each.name), _plain(each.owner or "") or None
    if not name or len(name) > TEXT_LIMIT or len(owner or "") > TEXT_LIMIT:
        raise AppError("delivery_text", limit=TEXT_LIMIT)
    if each.area is not None and not book.name(each.area):
        raise NotFound
    return each.model_copy(update={"name": name, "owner": owner})


def _plain(text: str) -> str:
    """A text on one line without what cannot be seen, as intake keeps it."""
    return line("".join(letter for letter in text if letter.isprintable() or letter.isspace()))


def _check_twice(milestones: Iterable[Milestone]) -> None:
    """A sheet could not tell two of one name in one area apart."""
    known: set[tuple[str, str | None]] = set()
    for each in milestones:
        key = (each.name.casefold(), each.area)
        if key in known:
            raise AppError("delivery_twice", name=each.name)
        known.add(key)
