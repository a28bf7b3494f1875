"""What the picture of risks is handed: one row a mark, in steps of S and K."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from lib.charts.labels import text_width
from lib.charts.look import NARROW, TEXT
from lib.model.risk_records import STEPS

Cell = tuple[int, int]  # S, K
_HATCH = [c / 4 for c in range(1, 8)]  # where the diagonals of a forced cell cross its edges
_LOW = 0.24  # how far below the middle of a cell its arrows run, so that they cross no number
_BESIDE = (0.5, 0.64, 0.36)  # where in their cells arrows begin and end, so that two in one column are told apart
_COLUMNS = ("kind", "s", "k", "x", "y", "x2", "y2", "dx", "dy", "forced", "text", "sum", "cell", "demand", "who")
_LINES = 2
_ROOM = 1.3  # how far the scale of the lines over time goes beyond the largest value


class Moved(NamedTuple):
    """A risk as it is drawn: its number in the table, its name, and where it is now and after."""

    number: int
    name: str
    now: Cell
    after: Cell


def matrix_frame(
    risks: Sequence[Moved], forced: Collection[Cell], heads: tuple[str, str], demand: Mapping[bool, str]
) -> pd.DataFrame:
    """For `risk_matrix`: 25 cells, diagonals in the forced ones, arrows between cells. `heads` are «S» and «K»."""
    rows = [_cell((s, k), risks, forced, heads, demand) for s in STEPS for k in STEPS]
    rows += [_mark("hatch", cell, ends) for cell in sorted(forced) for ends in map(_diagonal, _HATCH)]
    ways: dict[tuple[Cell, Cell], list[str]] = {}
    for risk in risks:
        if risk.now != risk.after:
            ways.setdefault((risk.now, risk.after), []).append(f"{risk.number} {risk.name}")
    columns = [now[1] for now, _ in ways]
    for place, ((now, after), names) in enumerate(ways.items()):
        x, y = _BESIDE[columns[:place].count(now[1]) % len(_BESIDE)], 0.5 - _LOW
        ends = (x, y, x + after[1] - now[1], y + after[0] - now[0])
        rows.append(_mark("arrow", now, ends, ", ".join(names)))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _cell(
    cell: Cell, risks: Sequence[Moved], forced: Collection[Cell], heads: tuple[str, str], demand: Mapping[bool, str]
) -> tuple[object, ...]:
    s, k = cell
    here = [risk for risk in risks if risk.now == cell]
    is_forced, named = cell in forced, ", ".join(f"{risk.number} {risk.name}" for risk in here)
    place = (k - 0.5, s - 0.5, k + 0.5, s + 0.5, 1, 1)
    label = f"{heads[0]} {s} · {heads[1]} {k}"
    return (
        "cell",
        s,
        k,
        *place,
        is_forced,
        numbers(each.number for each in here),
        s * k,
        label,
        demand[is_forced],
        named,
    )


def _mark(kind: str, cell: Cell, ends: tuple[float, ...], who: str = "") -> tuple[object, ...]:
    s, k = cell
    left, low = k - 0.5, s - 0.5
    x, y, x2, y2 = ends
    return (kind, s, k, left + x, low + y, left + x2, low + y2, x2 - x, y2 - y, True, "", 0, "", "", who)


def _diagonal(c: float) -> tuple[float, float, float, float]:
    return (0, c, c, 0) if c <= 1 else (c - 1, 1, 1, c - 1)


def numbers(listed: Iterable[int]) -> str:
    """«1, 4, 7» on at most two lines of what a cell on a phone has room for, and how many more there are."""
    rest, room = [str(number) for number in listed], NARROW / len(STEPS) + 8
    lines: list[str] = []
    while rest and len(lines) < _LINES:
        fits = max(n for n in range(1, len(rest) + 1) if n == 1 or text_width(", ".join(rest[:n]), TEXT) <= room)
        last = len(lines) == _LINES - 1 and fits < len(rest)
        lines.append(f"+{len(rest)}" if last else ", ".join(rest[:fits]))
        rest = rest[fits:]
    return "\n".join(lines)


class Moment(NamedTuple):
    """How many forced risks were open at a moment, and how many of them without a countermeasure."""

    when: datetime
    shown: str
    forced: int
    uncovered: int


def history_frame(moments: Sequence[Moment], until: datetime, names: tuple[str, str]) -> pd.DataFrame:
    """Two rows a moment, one a line; both lines go on to `until`. `last` marks where a line's name stands, `top` is
    how far the scale reaches.

    `names` are those of the lines: forced, and forced without a countermeasure.
    """
    rows = []
    for place, name in enumerate(names):
        for moment in moments:
            value = (moment.forced, moment.uncovered)[place]
            rows.append((name, place, moment.when.timestamp() * 1000, moment.shown, value, False))
        if moments:
            value = (moments[-1].forced, moments[-1].uncovered)[place]
            rows.append((name, place, until.timestamp() * 1000, "", value, True))
    frame = pd.DataFrame(rows, columns=["line", "place", "when", "when_shown", "value", "last"])
    said = [f"{name}: {value}" for name, value in zip(frame["line"], frame["value"], strict=True)]
    return frame.assign(said=said, top=max([1, *frame["value"]]) * _ROOM)
