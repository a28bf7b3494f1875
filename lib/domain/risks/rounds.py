"""What stands behind the highest numbers of a round of risks: who gave them, and what the middle rater would force.

SAM13's rule, that the highest S and the highest K stand, was made for a project group: the more who rate, the more
risks are forced, whatever they are like.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from lib.domain.cube import Cube, Floats
from lib.domain.risks.register import is_forced
from lib.model.methods import Rule


class Forcing(NamedTuple):
    """Of the risks that somebody `rated`: how many are `forced`, and how many would be `by_median`."""

    rated: int
    forced: int
    by_median: int

    @property
    def only_because_many(self) -> bool:
        """Most are forced, and by the middle rater most would not be."""
        return self.forced * 2 > self.rated and self.by_median * 2 <= self.rated


class Top(NamedTuple):
    """The lowest and the highest step that anybody gave, and who gave the highest.

    `alone` where one saw what the others did not: a single rater gave the highest, and somebody else gave less.
    """

    low: int
    high: int
    givers: tuple[str, ...]
    alone: bool


def forcing(cube: Cube, rules: Sequence[Rule]) -> Forcing:
    """`cube` has the two criteria S and K, in this order; a half step of a median counts upwards."""
    highest = [_pair(cube, item, np.max) for item in range(len(cube.items))]
    middle = [_pair(cube, item, np.median) for item in range(len(cube.items))]
    return Forcing(
        rated=sum(None not in pair for pair in highest),
        forced=sum(is_forced(*pair, rules) for pair in highest),
        by_median=sum(is_forced(*pair, rules) for pair in middle),
    )


def _pair(cube: Cube, item: int, pool: Callable[[Floats], Any]) -> tuple[int | None, int | None]:
    probability, consequence = (_pooled(cube.values[:, item, layer], pool) for layer in range(2))
    return probability, consequence


def _pooled(values: Floats, pool: Callable[[Floats], Any]) -> int | None:
    given = values[~np.isnan(values)]
    return int(np.floor(pool(given) + 0.5)) if given.size else None


def top(cube: Cube, item: str, layer: int) -> Top | None:
    """What stands behind an item's highest number on a criterion; None where nobody gave a number."""
    values = cube.values[:, cube.items.index(item), layer]
    given = values[~np.isnan(values)]
    if not given.size:
        return None
    low, high = int(given.min()), int(given.max())
    givers = tuple(rater for rater, value in zip(cube.raters, values, strict=True) if value == high)
    return Top(low, high, givers, alone=len(givers) == 1 and low < high)
