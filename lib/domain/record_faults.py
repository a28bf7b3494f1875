"""What contradicts itself in the records that intake and forms write, of whatever subject."""

from __future__ import annotations

from collections.abc import Iterable

from lib.domain import cost_figures
from lib.model.problems import Fault
from lib.model.records import Record


def faults(record: Record) -> list[Fault]:
    """What in a record contradicts itself."""
    return cost_figures.faults(record)


def faults_together(records: Iterable[Record]) -> list[tuple[Record, Fault]]:
    """What in several records contradicts each other, said of the later one."""
    return cost_figures.faults_together(records)
