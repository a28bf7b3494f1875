"""What contradicts itself in the records that intake and forms write, of whatever subject."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lib.domain.costs import cost_figures
from lib.domain.plan import milestones
from lib.domain.risks import register
from lib.model.problems import Fault
from lib.model.records import Record


def faults(
    record: Record, before: Record | None = None, about: Record | None = None, today: date | None = None
) -> list[Fault]:
    """What in a record contradicts itself, what it was `before`, the record it is `about`, or the calendar."""
    found = [*cost_figures.faults(record), *register.faults(record, before, about, today)]
    return [*found, *milestones.faults(record, before, today)]


def faults_together(records: Iterable[Record]) -> list[tuple[Record, Fault]]:
    """What in several records contradicts each other, said of the later one."""
    return cost_figures.faults_together(records)
