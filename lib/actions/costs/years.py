"""Costs and gains over the years, against going on as today: one cooperation, or all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pandas as pd

from lib.access import Action
from lib.actions.costs import cases as cost_cases
from lib.actions.costs.cases import Case, added, case_of, grouped, in_year
from lib.actions.reads import reads
from lib.domain.costs import over_time
from lib.domain.costs.allocation import allocate
from lib.model.cost_records import CostBook, CostItem
from lib.model.costs import CostModel, Flow, FlowKind, Number
from lib.model.problems import AppError
from lib.model.records import Area, Study
from lib.model.swot_records import Note

YEARS, RATE = 10, 4  # the years and the per cent that are shown first
LONGEST = 40


@dataclass(frozen=True, slots=True)
class OverYears:
    """`by_year` and `summary` are the frames of `over_time.yearly` and `over_time.summary`.

    `left_out` are the areas that cannot be counted and why, `quality` what is gained beside the kroner, by area.
    """

    by_year: pd.DataFrame
    summary: pd.DataFrame
    rate: Number
    areas: tuple[Area, ...]
    left_out: tuple[tuple[Area, AppError], ...]
    quality: tuple[tuple[Area, tuple[Note, ...]], ...]
    unconfirmed: tuple[str, ...]
    constructed: bool


@reads(Action.COSTS_VIEW)
def over_years(
    study: Study,
    book: CostBook,
    area: str | None,
    rate: Number,
    years: int,
    what_if: Mapping[str, CostModel] | None = None,
) -> OverYears:
    """What each has in hand each year for `years` years, from the first in which anything begins.

    A cooperation's running cost counts against; today's cost, which then falls away, counts for, as do the gains. An
    area counts when everybody's cost of today is known. `area` None is all areas; `what_if` as in `together`.
    AppError `rate_out_of_range`, and for a single area what keeps it from being counted.
    """
    cases = [case_of(book, area)] if area else [case_of(book, each.id) for each in cost_cases.areas(book)]
    first = _first_year(cases)
    span = range(first, first + min(max(years, 1), LONGEST))
    flows: list[Flow] = []
    counted, left_out = [], []
    for case in cases:
        try:
            flows += list(_flows(case, (what_if or {}).get(_id(case), case.model), span))
            counted.append(case)
        except AppError as error:
            if area:
                raise
            left_out.append((_area(case), error))
    by_year = over_time.yearly(flows, span if flows else ())
    return OverYears(
        by_year,
        over_time.summary(by_year, rate),
        rate,
        tuple(_area(case) for case in counted),
        tuple(left_out),
        tuple((_area(case), tuple(note for note in book.notes if note.area == _id(case))) for case in counted),
        tuple(dict.fromkeys(name for case in counted for name in case.unconfirmed)),
        book.constructed,
    )


def _id(case: Case) -> str:
    return case.area.id if case.area else ""


def _area(case: Case) -> Area:
    return case.area or Area(id="", code="", name="")


def _first_year(cases: Iterable[Case]) -> int:
    """The first year that any line names, or this year."""
    begins = [line.from_year for case in cases for line in (*case.running, *case.one_off, *case.gains)]
    return min((year for year in begins if year is not None), default=datetime.now(UTC).year)


def _flows(case: Case, model: CostModel, span: range) -> Iterator[Flow]:
    """The cooperation's flows; the phase-in counts from the year in which running costs begin.

    Floors and caps are for the cost of a year, so they do not count for what comes once or is gained.
    """
    for member in case.members:
        if member.today is None:
            raise AppError("limit_missing", municipality=member.name)
    plain = replace(model, floor=None, cap=None)
    begins = next((year for year in span if any(in_year(line, year) for line in case.running)), span.stop)
    for year in span:
        step = year - begins + 1 if year >= begins else None
        running = [line for line in case.running if in_year(line, year)]
        yield from _each(FlowKind.HUMP, year, _paid(case, plain, _once(case.one_off, year, span.start), None))
        yield from _each(FlowKind.RUNNING, year, _paid(case, model, running, step))
        yield from _each(FlowKind.GAIN, year, case.today if running else {})
        gains = [line for line in case.gains if not line.one_off and in_year(line, year)]
        gains += _once([line for line in case.gains if line.one_off], year, span.start)
        yield from _each(FlowKind.GAIN, year, _paid(case, plain, gains, None))


def _once(lines: Iterable[CostItem], year: int, first: int) -> list[CostItem]:
    """One-off lines of a year; those without a year come in the first."""
    return [line for line in lines if year == (first if line.from_year is None else line.from_year)]


def _paid(case: Case, model: CostModel, lines: Iterable[CostItem], step: int | None) -> dict[str, int]:
    """What each pays of lines; `step` is the year of the phase-in."""
    paid = dict.fromkeys(case.keys, 0)
    for own, kroner in grouped(lines):
        paid = added(paid, allocate(kroner, case.keys, own or model, None if own else step))
    return paid


def _each(kind: FlowKind, year: int, kroner: Mapping[str, int]) -> Iterator[Flow]:
    return (Flow(name, year, kind, amount) for name, amount in kroner.items())
