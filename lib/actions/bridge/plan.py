"""The plan of milestones: read as one list with the countermeasures, ticked, added to and typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lib.access import Action
from lib.actions import open_store, saving
from lib.actions.forms import Form, form
from lib.actions.reads import per_revision
from lib.actions.risks.register import book_in as register_in
from lib.actions.saving import Stored
from lib.domain.merging import Answers
from lib.domain.plan.milestones import Delivery, deliveries, faults, ticked
from lib.model.access import Actor
from lib.model.problems import NotFound
from lib.model.records import Area, Study
from lib.model.risk_records import Countermeasure, Milestone, Progress, Risk
from lib.model.sheet_kinds import MILESTONES_SHEET
from lib.store import Session, rows

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


@per_revision(Action.RISK_VIEW, size=64)
def plan(study: Study) -> PlanBook:
    """The plan as it stands."""
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

    AppError `twice` for a name that the area has, Mistyped for one that is missing or too long.
    """
    with form(actor, study, Action.RISK_EDIT, MILESTONES) as open_form:
        return _save(open_form, [milestone], (), day, single=True)


def save_milestones(
    actor: Actor,
    study: Study,
    typed: Sequence[Milestone],
    seen: Sequence[Milestone],
    day: date,
    answers: Answers = (),
) -> list[Milestone]:
    """Milestones as somebody has typed them, who had `seen` these; a new one has no id. Returns as `add`.

    Merged and refused as `saving.save` does.
    """
    with form(actor, study, Action.RISK_EDIT, MILESTONES) as open_form:
        return _save(open_form, typed, seen, day, answers)


def _save(
    form: Form,
    typed: Sequence[Milestone],
    seen: Sequence[Milestone],
    day: date,
    answers: Answers = (),
    *,
    single: bool = False,
) -> list[Milestone]:
    book = plan_in(form.tx, form.study)
    before = {each.id: each for each in book.milestones}
    stored = Stored(book.milestones, names=names(book), single=single)
    found = saving.save(form, MILESTONES_SHEET, typed, seen, stored, answers=answers)
    return [each for each in found.written if faults(each, before.get(each.id), day)]


def names(book: PlanBook) -> dict[str, dict[str, str]]:
    """What a milestone may refer to, as a table says it."""
    return {"area": {area.id: f"{area.code} {area.name}" for area in book.areas}}
