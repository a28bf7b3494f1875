"""What may be shown of a workshop so that nobody's own answers can be found, by subtraction either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

import numpy as np

from lib.domain import disclosure
from lib.domain.cube import Bools, Cube
from lib.model.problems import Denied, Spelled
from lib.model.records import Rater, Workshop

ALL = disclosure.ALL
FEWEST = 3
EVEN = 50


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a workshop is looked at. `weight`: per cent on the first criterion of a product of two.

    `role` and `municipality` are values of raters or ALL; `leave_out` is one group's id or "".
    """

    workshop: str
    round: int = 1
    role: str = ALL
    municipality: str = ALL
    weight: int = EVEN
    leave_out: str = ""

    @property
    def filtered(self) -> bool:
        return (self.role, self.municipality) != disclosure.EVERYTHING

    def covers(self, rater: Rater) -> bool:
        return self.role in (ALL, rater.role) and self.municipality in (ALL, rater.municipality)


def refusal(code: str) -> Denied:
    """Why a selection is not shown, with the fewest that must have rated."""
    return Denied(code, fewest=Spelled(FEWEST))


def refuse_unsafe(workshop: Workshop, selection: Selection, raters: list[Rater]) -> None:
    """Denied where the selection has too few raters, or others could be subtracted from it; where groups rate, one
    named group may be held outside, since a group answers openly.
    """
    asked = (selection.role, selection.municipality)
    chosen = [rater for rater in raters if selection.covers(rater)]
    if selection.filtered and asked not in disclosure.publishable(_cells(raters), FEWEST):
        raise refusal("too_few_raters" if len(chosen) < FEWEST else "found_by_subtraction")
    if not selection.leave_out:
        return
    if not workshop.group_mode:
        raise Denied
    if selection.filtered and sum(rater.id != selection.leave_out for rater in chosen) < FEWEST:
        raise refusal("too_few_raters")


def shown_items(cube: Cube, raters: list[Rater]) -> dict[str, frozenset[disclosure.Selection]]:
    """Item → the (role, municipality) whose result for it may be shown; `raters` are all of the workshop.

    Where not all rated all, each item has its own answerers, and must be safe to show by itself. So must the answerers
    of each criterion of it, and those who answered all: their numbers are pooled apart.
    """
    known = {rater.id: rater for rater in raters}
    people = [known[name] for name in cube.raters]
    overall = disclosure.publishable(_cells(raters), FEWEST)
    verdicts: dict[bytes, frozenset[disclosure.Selection]] = {}

    def safe(answered: Bools) -> frozenset[disclosure.Selection]:
        key = answered.tobytes()
        if key not in verdicts:
            verdicts[key] = disclosure.publishable(_cells(compress(people, answered)), FEWEST)
        return verdicts[key]

    shown = {}
    for item, given in zip(cube.items, ~np.isnan(cube.values.swapaxes(0, 1)), strict=True):
        pooled = (*given.T, given.all(axis=1))
        shown[item] = overall.intersection(*(safe(answered) for answered in pooled if answered.any()))
    return shown


def hidden_items(cube: Cube, selection: Selection, raters: list[Rater]) -> tuple[str, ...]:
    """The items of which a filtered selection may not be shown."""
    asked = (selection.role, selection.municipality)
    return tuple(sorted(item for item, shown in shown_items(cube, raters).items() if asked not in shown))


def _cells(raters: Iterable[Rater]) -> Counter[tuple[str | None, str | None]]:
    return Counter((rater.role, rater.municipality) for rater in raters)
