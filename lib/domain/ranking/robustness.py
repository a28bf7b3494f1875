"""How firm the order is: what it would be with other raters, or with one rater fewer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from lib.domain.assessment import whole
from lib.domain.cube import Cube, Floats, by_answers, numbers
from lib.domain.scoring import places, scores, shares_of
from lib.model.columns import HIGH, ITEM, LOW, RANK, RATER, TOP5
from lib.model.methods import Method

SEED = 2022
TOP = 5
DRAWS = 1000
MIDDLE = 90  # per cent of the places that an item got
_CELLS_AT_ONCE = 2**21  # draws × raters held in memory at a time: 16 MB


def rank_intervals(
    ratings: pd.DataFrame | Cube,
    method: Method,
    draws: int = DRAWS,
    seed: int = SEED,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row an item, by rank: `item`, `rank`, `low`, `high` (Int64) and `top5` (share of draws, float64).

    Bootstrap: as many raters as there are, drawn with replacement, rank the items anew, `draws` times. `low` and `high`
    hold the `MIDDLE` per cent of the places that an item got where it had one, and always the place it has. Null where
    there is no score. Nothing depends on the order of rows or on the raters' labels; an item's label can matter only to
    how chance falls, and only when two items got exactly the same answers.
    """
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    shares = shares_of(method, weights)
    ranks = places(scores(cube.values, method, shares, cube.times[None])[0])
    values = cube.values[by_answers(cube)]
    drawn = np.concatenate(
        [places(scores(values, method, shares, times)) for times in _samples(len(values), draws, seed)]
    )
    order = np.argsort(ranks, kind="stable")
    ranks, drawn = ranks[order], drawn[:, order]
    low, high = _middle(drawn)
    return pd.DataFrame(
        {
            ITEM: pd.array([cube.items[place] for place in order], dtype="str"),
            RANK: whole(ranks),
            LOW: whole(np.fmin(low, ranks)),
            HIGH: whole(np.fmax(high, ranks)),
            TOP5: np.where(np.isnan(ranks), np.nan, (drawn <= TOP).mean(axis=0)),
        }
    )


def _samples(raters: int, draws: int, seed: int) -> Iterator[Floats]:
    """How many times each rater is drawn, [draws, raters] in pieces."""
    chance = np.random.default_rng(seed)
    for size in _pieces(draws, raters):
        drawn = chance.integers(raters, size=(size, raters)) if raters else np.zeros((size, 0), dtype=np.int64)
        cells = drawn + raters * np.arange(size)[:, None]
        yield np.bincount(cells.ravel(), minlength=size * raters).reshape(size, raters).astype(np.float64)


def _pieces(rows: int, width: int) -> Iterator[int]:
    most = max(1, _CELLS_AT_ONCE // max(width, 1))
    for start in range(0, rows, most):
        yield min(most, rows - start)


_ENDS = ((100 - MIDDLE) // 2, (100 + MIDDLE) // 2)


def _middle(drawn: Floats) -> tuple[Floats, Floats]:
    """The percentiles at both ends of the middle, column by column, as values that occur (inverted distribution)."""
    ordered = np.sort(drawn, axis=0)  # NaN last
    given = (~np.isnan(drawn)).sum(axis=0)
    column = np.arange(drawn.shape[1])
    low, high = (np.maximum(-(-given * percent // 100), 1) - 1 for percent in _ENDS)
    return ordered[low, column], ordered[high, column]


def leave_one_out(
    ratings: pd.DataFrame | Cube,
    method: Method,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """`rater`, `item`, `rank` (Int64): every item's rank when that rater is left out, raters sorted, items as given."""
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    shares, raters, first = shares_of(method, weights), len(cube.raters), 0
    ranks = [np.empty((0, len(cube.items)))]
    for size in _pieces(raters, raters):
        ranks.append(places(scores(cube.values, method, shares, 1 - np.eye(size, raters, first))))
        first += size
    names, labels = pd.array(cube.raters, dtype="str"), pd.array(cube.items, dtype="str")
    return pd.DataFrame(
        {
            RATER: names.repeat(len(labels)),
            ITEM: labels.take(np.tile(np.arange(len(labels)), raters)),
            RANK: whole(np.concatenate(ranks).ravel()),
        }
    )


class TopChange(NamedTuple):
    """What leaving out some raters does to who is at the top: the items that go `out` and come `into` it, both empty
    where the same stay; the two may differ in number, since a tie at the last place belongs to the top whole.
    """

    left_out: str
    out: tuple[str, ...]
    into: tuple[str, ...]


def top_changes(
    ratings: pd.DataFrame | Cube,
    method: Method,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
    top: int = TOP,
) -> list[TopChange]:
    """The single raters without whom others would be among the `top` first, by name; see `top_changes_without`."""
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    each = {rater: (rater,) for rater in cube.raters}
    return [change for change in top_changes_without(cube, method, each, weights, top=top) if change.out or change.into]


def top_changes_without(
    ratings: pd.DataFrame | Cube,
    method: Method,
    left_out: Mapping[str, Collection[str]],
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
    top: int = TOP,
) -> list[TopChange]:
    """What each of `left_out` (label → the raters it takes away) does to the set of the `top` first, in its order.

    The top is every item with a place ≤ `top`: ties take the lowest place, so items that share the last one are in it
    together. The order within the top does not matter. Items that nobody else has rated lose their place. The items of
    a change stand best first: those that go out by the order of all, those that come in by the order without.
    """
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    shares = shares_of(method, weights)
    before = places(scores(cube.values, method, shares, cube.times[None])[0])
    after = [np.empty((0, len(cube.items)))]
    for labels in _batches(list(left_out), len(cube.raters)):
        stay = [[rater not in left_out[label] for rater in cube.raters] for label in labels]
        after.append(places(scores(cube.values, method, shares, np.array(stay, dtype=np.float64))))
    return [
        TopChange(label, _leaving(cube, before, ranks, top), _leaving(cube, ranks, before, top))
        for label, ranks in zip(left_out, np.concatenate(after), strict=True)
    ]


def _batches(labels: list[str], width: int) -> Iterator[list[str]]:
    first = 0
    for size in _pieces(len(labels), width):
        yield labels[first : first + size]
        first += size


def _leaving(cube: Cube, one: Floats, other: Floats, top: int) -> tuple[str, ...]:
    """The items at the top by the one order and not by the other, by the one."""
    leaving = np.flatnonzero((one <= top) & ~(other <= top))  # NaN is never at the top
    return tuple(cube.items[place] for place in leaving[np.argsort(one[leaving], kind="stable")])


def stable_tops(intervals: pd.DataFrame, left_out: pd.DataFrame) -> tuple[int, ...]:
    """Every k, rising, for which the top k is stable: the frames are those of `rank_intervals` and `leave_one_out`.

    Stable: exactly k items have a place ≤ k, none of their intervals reaches below k, and the same k items stand there
    whichever single rater is left out. k is below the number of ranked items, since all of them say nothing.
    """
    ranked = intervals[intervals[RANK].notna()]
    raters, groups = pd.factorize(left_out[RATER])
    table = np.full((len(groups), len(ranked) + 1), np.nan)  # unranked items are index −1 and fall into the last column
    table[raters, pd.Index(ranked[ITEM]).get_indexer(left_out[ITEM])] = numbers(left_out[RANK])
    without = table[:, :-1]
    high = np.maximum.accumulate(numbers(ranked[HIGH]))
    ranks, position = numbers(ranked[RANK]), np.arange(len(ranked))
    return tuple(
        k
        for k in range(1, len(ranked))
        if high[k - 1] <= k and ranks[k] > k and bool(((without <= k) == (position < k)).all())
    )


def stable_top(intervals: pd.DataFrame, left_out: pd.DataFrame, most: int | None = None) -> int | None:
    """«Stabil topp k»: the largest stable k, or the largest not above `most`; None where there is none."""
    return max((k for k in stable_tops(intervals, left_out) if most is None or k <= most), default=None)


def indistinct_runs(intervals: pd.DataFrame, stable: Sequence[int] = ()) -> list[tuple[int, int]]:
    """(first, last) place of each run of items too even to be told apart, from the top; at least two places each.

    A run is the longest row of consecutive places, begun where the last one ended, whose intervals all have at least
    one place in common: any two of them overlap. With `stable` (`stable_tops`) no run crosses from inside a stable top
    to outside it. Places are positions in the order of `intervals`; items without a rank take no part.
    """
    ranked = intervals[intervals[RANK].notna()]
    lows, highs = (ranked[column].to_numpy(dtype=np.int64) for column in (LOW, HIGH))
    runs, first = [], 0
    while first < len(ranked):
        last = first
        while (
            last + 1 < len(ranked)
            and last + 1 not in stable
            and lows[first : last + 2].max() <= highs[first : last + 2].min()
        ):
            last += 1
        if last > first:
            runs.append((first + 1, last + 1))
        first = last + 1
    return runs
