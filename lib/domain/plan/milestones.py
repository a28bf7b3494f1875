"""The plan: one list of deliveries, from milestones and from countermeasures, which are milestones as they stand.

A delivery is something of which one can tell whether it is done (SAM13). Nothing is copied: each delivery holds the
record that it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lib.model.problems import Fault, Severity
from lib.model.records import Record
from lib.model.risk_records import Countermeasure, Milestone, Phase, Progress

PHASES = tuple(Phase)


class DeliveryStatus(StrEnum):
    """How a delivery stands on a day."""

    OVERDUE = "overdue"
    COMING = "coming"  # its deadline is the day itself or later
    UNDATED = "undated"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of the plan. `comes_from` is the id of the risk or area behind it, None where nothing is said."""

    record: Milestone | Countermeasure
    comes_from: str | None

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def phase(self) -> Phase:
        return self.record.phase

    @property
    def owner(self) -> str | None:
        return self.record.owner

    @property
    def deadline(self) -> date | None:
        return self.record.deadline

    @property
    def constructed(self) -> bool:
        return self.record.constructed

    @property
    def counters(self) -> bool:
        """Whether it is a countermeasure."""
        return isinstance(self.record, Countermeasure)

    @property
    def started(self) -> bool:
        return isinstance(self.record, Countermeasure) and self.record.progress is Progress.STARTED

    @property
    def done(self) -> bool:
        if isinstance(self.record, Countermeasure):
            return self.record.progress is Progress.DONE
        return self.record.done_on is not None

    @property
    def done_on(self) -> date | None:
        """When it was done; a countermeasure does not say."""
        return self.record.done_on if isinstance(self.record, Milestone) else None

    @property
    def day(self) -> date | None:
        """The day that it stands at in a timeline: its deadline, else when it was done."""
        return self.deadline or self.done_on

    def status(self, today: date) -> DeliveryStatus:
        if self.done:
            return DeliveryStatus.DONE
        if self.deadline is None:
            return DeliveryStatus.UNDATED
        return DeliveryStatus.OVERDUE if self.deadline < today else DeliveryStatus.COMING


@dataclass(frozen=True, slots=True)
class Counted:
    """How many deliveries there are, how many are done and overdue, and the next one to come."""

    all: int
    done: int
    overdue: int
    next: Delivery | None


def deliveries(
    milestones: Iterable[Milestone], countermeasures: Iterable[Countermeasure], today: date
) -> list[Delivery]:
    """Every milestone and every countermeasure that is not dropped, once.

    Overdue ones come first, the longest overdue at the top; then phase by phase, by day, those without one last.
    """
    found = [Delivery(each, each.origin or each.area) for each in milestones]
    found += [Delivery(each, each.risk) for each in countermeasures if each.progress is not Progress.DROPPED]
    return sorted(found, key=lambda each: _place(each, today))


def _place(each: Delivery, today: date) -> tuple[object, ...]:
    overdue = each.status(today) is DeliveryStatus.OVERDUE
    phase = 0 if overdue else PHASES.index(each.phase)
    return not overdue, phase, each.day or date.max, PHASES.index(each.phase), each.name, each.id


def counted(plan: Sequence[Delivery], today: date) -> Counted:
    """The answer of the plan. The next is the first that is not done and not overdue; among equals the first listed."""
    coming = [each for each in plan if each.status(today) is DeliveryStatus.COMING]
    return Counted(
        all=len(plan),
        done=sum(each.done for each in plan),
        overdue=sum(each.status(today) is DeliveryStatus.OVERDUE for each in plan),
        next=min(coming, key=lambda each: each.deadline or date.max, default=None),
    )


def ticked(record: Milestone | Countermeasure, done: bool, today: date) -> Milestone | Countermeasure:
    """The record done, or not done after all; as it was where it says so already."""
    if Delivery(record, None).done == done:
        return record
    if isinstance(record, Milestone):
        return record.model_copy(update={"done_on": today if done else None})
    return record.model_copy(update={"progress": Progress.DONE if done else Progress.STARTED})


def faults(record: Record, before: Record | None = None, today: date | None = None) -> list[Fault]:
    """What to look at in a milestone: a new deadline that had passed when it was typed, and nothing done."""
    if not isinstance(record, Milestone) or today is None or record.deadline is None or record.done_on:
        return []
    held = before.deadline if isinstance(before, Milestone) else None
    past = record.deadline < today and record.deadline != held
    return [Fault("milestone_past", "deadline", severity=Severity.WARNING)] if past else []
