"""How firm the order is: what it would be with other raters, or with one rater fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from lib.domain.assessment import whole
from lib.domain.cube import Cube, Floats, Places, numbers
from lib.domain.scoring import places, scores, shares_of
from lib.model.columns import HIGH, ITEM, LOW, RANK, RATER, TOP5
from lib.model.methods import Method

SEED = 2022
_CELLS_AT_ONCE = 2**21  # draws × raters held in memory at a time: 16 MB


def rank_intervals(
    ratings: pd.DataFrame | Cube,
    method: Method,
    draws: int = 1000,
    seed: int = SEED,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row an item, by rank: `item`, `rank`, `low`, `high` (Int64) and `top5` (share of draws, float64).

    Bootstrap: as many raters as there are, drawn with replacement, rank the items anew, `draws` times. `low` and `high`
    hold the middle 90 % of the places an item got where it had one, and always the place it has. Null where there is no
    score. Nothing depends on the order of rows or on the raters' labels; an item's label can matter only to how chance
    falls, and only when two items got exactly the same answers.
    """
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    shares = shares_of(method, weights)
    ranks = places(scores(cube.values, method, shares, cube.times[None])[0])
    values = cube.values[_by_answers(cube)]
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
            TOP5: np.where(np.isnan(ranks), np.nan, (drawn <= 5).mean(axis=0)),
        }
    )


def _by_answers(cube: Cube) -> Places:
    """The raters in an order that their answers decide, so that a label never decides who is drawn.

    Items are ordered by what they were given, whoever gave it, and raters by their answers to the items in that order;
    raters who still tie have answered the same and are interchangeable.
    """
    answers = np.where(cube.unknown, -np.inf, np.nan_to_num(cube.values, nan=np.inf))
    by_label = np.array(sorted(range(len(cube.items)), key=cube.items.__getitem__), dtype=np.intp)
    received = np.sort(answers, axis=0)[:, by_label].transpose(0, 2, 1)
    items = by_label[np.lexsort(received.reshape(-1, len(by_label)))] if received.size else by_label
    return np.lexsort(answers[:, items].reshape(len(answers), -1).T) if answers.size else np.arange(len(answers))


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


def _middle(drawn: Floats) -> tuple[Floats, Floats]:
    """The 5th and the 95th percentile of each column, as values that occur in it (inverted distribution function)."""
    ordered = np.sort(drawn, axis=0)  # NaN last
    given = (~np.isnan(drawn)).sum(axis=0)
    column = np.arange(drawn.shape[1])
    low, high = (np.maximum(-(-given * percent // 100), 1) - 1 for percent in (5, 95))
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
