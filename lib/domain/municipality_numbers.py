"""Municipality numbers change: each holds for a span of years, and is then another, a part of one, or several.

Source: Statistics Norway, Standard for kommuneinndeling (Klass 131), 1 January 2017 to 2026, in
`data/kommunenummer.csv` (see `data/README.md`). Of an earlier year and of any other number nothing is known, and
nothing is said. Areas moved between municipalities that both go on are not in it.

A municipality is the same as long as it alone goes on as one other: renumbered (3006 became 3303), not merged (0104 and
0136 became 3002, and 1103 of 2020 is more than 1103 of 2019) and not split (1507 became 1508 and 1580).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

SINCE = 2017
TABLE = Path(__file__).parents[2] / "data" / "kommunenummer.csv"
_FIRST, _LAST = 0, 9999


class Span(NamedTuple):
    """The years, both included, in which a number meant one municipality, and the numbers that it `became`."""

    number: str
    name: str
    first: int
    last: int
    became: tuple[str, ...]

    def holds(self, year: int) -> bool:
        return self.first <= year <= self.last


Chain = tuple[Span, ...]


@cache
def spans() -> Mapping[str, Chain]:
    """The spans of each number, the oldest first; from 0 where it held before SINCE, to 9999 where it still holds."""
    found: dict[str, Chain] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            number, years = row["kommunenummer"], (int(row["fra"] or _FIRST), int(row["til"] or _LAST))
            span = Span(number, row["kommune"], *years, tuple(row["ble"].split()))
            found[number] = (*found.get(number, ()), span)
    return found


def _next(span: Span) -> list[Span]:
    return [each for number in span.became for each in spans()[number] if each.first == span.last + 1]


@cache
def _earlier() -> Mapping[Span, list[Span]]:
    found: dict[Span, list[Span]] = {}
    for span in (each for of_number in spans().values() for each in of_number):
        for later in _next(span):
            found.setdefault(later, []).append(span)
    return found


def _continued(span: Span) -> Span | None:
    """The same municipality under its next number."""
    later = _next(span)
    return later[0] if len(later) == 1 and len(_earlier()[later[0]]) == 1 else None


def _chain(span: Span) -> Chain:
    later = _continued(span)
    return (span, *_chain(later)) if later else (span,)


@cache
def _chains() -> Mapping[str, tuple[Chain, ...]]:
    """The municipalities that each number has been, each as its spans."""
    found: dict[str, tuple[Chain, ...]] = {}
    for span in (each for of_number in spans().values() for each in of_number):
        earlier = _earlier().get(span, [])
        if not (len(earlier) == 1 and _continued(earlier[0])):
            chain = _chain(span)
            for number in dict.fromkeys(each.number for each in chain):
                found[number] = (*found.get(number, ()), chain)
    return found


def _in_year(number: str, year: int) -> tuple[Chain, Span] | None:
    """The municipality with this number that existed in a year, and its span then; rather one that had the number."""
    held = [(chain, span) for chain in _chains().get(number, ()) for span in chain if span.holds(year)]
    return max(held, key=lambda each: each[1].number == number, default=None)


def in_year(number: str, year: int) -> str:
    """The number that the municipality had in a year; the same one where nothing is known or it did not exist."""
    found = _in_year(number, year) if year >= SINCE else None
    return found[1].number if found else number


def successor(number: str) -> tuple[str, int] | None:
    """The number that the municipality has now, and the first year of it; None where this is it, or it is no more."""
    found = _in_year(number, _LAST)
    return (found[1].number, found[1].first) if found and found[1].number != number else None


def alike(one: str, other: str) -> bool:
    """Whether two numbers are the same municipality's, and never another's."""
    chains = _chains().get(one)
    return one == other or (chains is not None and chains == _chains().get(other))


def elsewhere(number: str, year: int | None = None) -> list[Span]:
    """Who has the area in a year (now where None) in which the number's own municipality did not exist; by number.

    Empty where it existed and where nothing is known. Where the way passes through a split all parts are in it.
    """
    year, known = _LAST if year is None else year, spans().get(number, ())
    if not known or year < SINCE or _in_year(number, year):
        return []
    found: list[Span] = []
    reached: Iterable[Span] = [known[-1] if year > known[-1].last else known[0]]
    while reached := {each for span in reached for each in _towards(span, year)}:
        found += [span for span in reached if span.holds(year)]
        reached = [span for span in reached if not span.holds(year)]
    return sorted(found)


def _towards(span: Span, year: int) -> list[Span]:
    return _next(span) if year > span.last else _earlier().get(span, [])


def comparable(number: str, one: int | None, other: int | None) -> bool:
    """Whether a number's figures of two years are one municipality's. True where a year or the number is unknown."""
    if one is None or other is None or min(one, other) < SINCE or number not in spans():
        return True
    places = [_in_year(number, year) for year in (one, other)]
    return all(places) and len({place[0] for place in places if place}) == 1
