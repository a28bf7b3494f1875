"""Costs and gains over the years: what each municipality has in hand each year, when it breaks even, what it is worth.

A hump cost and a running cost count against, a gain counts for. All is exact; sums are whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pandas as pd

from lib.domain.costs.kroner import exact, round_half_up, whole, whole_kroner
from lib.model.columns import (
    BREAK_EVEN_YEAR,
    CUMULATIVE,
    GAIN,
    HUMP,
    MUNICIPALITY,
    NET,
    PRESENT_VALUE,
    RUNNING,
    YEAR,
)
from lib.model.costs import Flow, FlowKind, Number
from lib.model.problems import AppError

ALL = ""  # the municipality of the rows that hold the sum of all
LONGEST = 100
_KINDS = {HUMP: FlowKind.HUMP, RUNNING: FlowKind.RUNNING, GAIN: FlowKind.GAIN}
_AMOUNTS = [HUMP, RUNNING, GAIN, NET]


def yearly(flows: Iterable[Flow], years: Sequence[int] = ()) -> pd.DataFrame:
    """A row a municipality and year: municipalities as first seen, then the sum of all as `ALL`, years rising.

    Every year from the first to the last, of `flows` and `years` together, has its row. Columns, all whole kroner:
    `municipality` text, `year`, `hump`, `running`, `gain`, `net` = gain − hump − running and `cumulative`, the net of
    all years so far (int64). Several flows of a kind in a year add up. No flows give no rows. AppError:
    `negative_amount`, `not_whole_kroner`, `not_a_number`, `too_many_years` above 100.
    """
    sums: dict[tuple[str, int, FlowKind], int] = {}
    for flow in flows:
        place = (flow.municipality, flow.year, flow.kind)
        sums[place] = sums.get(place, 0) + whole(flow.kroner, flow.municipality)
    names = tuple(dict.fromkeys(name for name, _, _ in sums))
    span = _span([*years, *(year for _, year, _ in sums)])
    rows = [
        (name, year, *(sums.get((name, year, kind), 0) for kind in _KINDS.values())) for name in names for year in span
    ]
    frame = pd.DataFrame(rows, columns=[MUNICIPALITY, YEAR, *_KINDS])
    frame = frame.astype({MUNICIPALITY: "str"} | dict.fromkeys([YEAR, *_KINDS], "int64"))
    together = frame.groupby(YEAR, as_index=False)[[*_KINDS]].sum().assign(**{MUNICIPALITY: ALL})
    frame = pd.concat([frame, together[frame.columns]], ignore_index=True)
    frame[NET] = frame[GAIN] - frame[HUMP] - frame[RUNNING]
    frame[CUMULATIVE] = frame.groupby(MUNICIPALITY, sort=False)[NET].cumsum()
    return frame


def summary(by_year: pd.DataFrame, rate: Number) -> pd.DataFrame:
    """A row a municipality, and last the sum of all as `ALL`, from the frame of `yearly`.

    `rate` is the discount rate in per cent a year. Columns: `municipality` text; `hump`, `running`, `gain`, `net`
    int64, over all years; `present_value` int64: each year's net ÷ (1 + rate)^(years since the first), in whole kroner
    that sum to the rounded present value of all; `break_even_year` Int64: the first year from which the cumulative net
    is never below zero again, null where it ends below zero. AppError `rate_out_of_range` unless
    0 ≤ rate ≤ 100.
    """
    percent = exact(rate, "@cost_words.rate")
    if not 0 <= percent <= 100:
        raise AppError("rate_out_of_range", found=float(percent))
    rows = {str(name): rows for name, rows in by_year.groupby(MUNICIPALITY, sort=False)}
    worth = {name: _present_value(years, 1 + percent / 100) for name, years in rows.items()}
    frame = by_year.groupby(MUNICIPALITY, sort=False, as_index=False)[_AMOUNTS].sum()
    frame[PRESENT_VALUE] = pd.Series(_rounded(worth), dtype="int64")
    frame[BREAK_EVEN_YEAR] = pd.Series([_break_even_year(years) for years in rows.values()], dtype="Int64")
    return frame


def _span(years: Sequence[int]) -> range:
    span = range(min(years), max(years) + 1) if years else range(0)
    if len(span) > LONGEST:
        raise AppError("too_many_years", found=len(span), limit=LONGEST)
    return span


def _present_value(years: pd.DataFrame, factor: Fraction) -> Fraction:
    return sum((Fraction(net) / factor**place for place, net in enumerate(years[NET].tolist())), Fraction())


def _rounded(worth: dict[str, Fraction]) -> list[int]:
    total = worth.get(ALL, Fraction())
    own = {name: value for name, value in worth.items() if name != ALL}
    return [*whole_kroner(own, round_half_up(total)).values(), *([round_half_up(total)] if worth else [])]


def _break_even_year(years: pd.DataFrame) -> int | None:
    """Read from the end: the years before which the sum was below zero for the last time."""
    found = None
    for year, kroner in zip(reversed(years[YEAR].tolist()), reversed(years[CUMULATIVE].tolist()), strict=True):
        if kroner < 0:
            return found
        found = year
    return found
