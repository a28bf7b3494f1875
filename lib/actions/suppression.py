"""What may be shown of a workshop so that nobody's own answers can be found, by subtraction either."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from lib.domain import disclosure
from lib.model.columns import ITEM, RATER, VALUE
from lib.model.problems import Denied
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


def refuse_unsafe(workshop: Workshop, selection: Selection, raters: list[Rater]) -> None:
    """Denied where the selection has too few raters, or others could be subtracted from it; where groups rate, one
    named group may be held outside, since a group answers openly.
    """
    asked = (selection.role, selection.municipality)
    chosen = [rater for rater in raters if selection.covers(rater)]
    if selection.filtered and asked not in disclosure.publishable(_cells(raters), FEWEST):
        raise Denied("too_few_raters" if len(chosen) < FEWEST else "found_by_subtraction")
    if not selection.leave_out:
        return
    if not workshop.group_mode:
        raise Denied
    if selection.filtered and sum(rater.id != selection.leave_out for rater in chosen) < FEWEST:
        raise Denied("too_few_raters")


def hidden_items(ratings: pd.DataFrame, selection: Selection, raters: list[Rater]) -> tuple[str, ...]:
    """Where not all rated all, each item has its own answerers, and must be safe to show by itself."""
    asked = (selection.role, selection.municipality)
    answered = ratings[ratings[VALUE].notna()].groupby(ITEM)[RATER].unique()
    known: dict[frozenset[str], bool] = {}
    hidden = []
    for item, ids in answered.items():
        who = frozenset(ids)
        if who not in known:
            known[who] = asked in disclosure.publishable(_cells([rater for rater in raters if rater.id in who]), FEWEST)
        if not known[who]:
            hidden.append(str(item))
    return tuple(hidden)


def _cells(raters: list[Rater]) -> Counter[tuple[str | None, str | None]]:
    return Counter((rater.role, rater.municipality) for rater in raters)
