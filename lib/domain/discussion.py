"""What to talk about: where raters differ and it matters, who stand furthest apart, what two rounds or parties say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from lib.domain.assessment import whole
from lib.domain.cube import Cube, Floats, by_answers, numbers
from lib.domain.scoring import DECIMALS, places, scores, shares_of
from lib.model.columns import (
    AGREEMENT,
    DISTANCE,
    GAP,
    HIGH,
    ITEM,
    LOW,
    MOVED,
    ONE,
    OTHER,
    RANK,
    RANK_AFTER,
    RANK_BEFORE,
    SCORE,
    SCORE_AFTER,
    SCORE_BEFORE,
    WEIGHT,
)
from lib.model.methods import Method, Pool


def discussion_order(summary: pd.DataFrame, intervals: pd.DataFrame | None) -> pd.DataFrame:
    """`item` and `weight` (float64, 0 to 1), the item most worth talking about first; ties in the order of `summary`.

    weight = (1 − agreement) · (high − low) / (ranked items − 1): how far the raters differ, times how much of the order
    the item may move through; our own measure. Where there are no intervals, or no method to rank by, it is
    1 − agreement alone. Items without answers are left out, and where there is an order, items without a place in it.
    """
    reach = np.ones(len(summary)) if intervals is None or intervals[RANK].isna().all() else _reach(summary, intervals)
    weight = (1 - numbers(summary[AGREEMENT])) * reach
    order = np.argsort(-np.round(weight, DECIMALS), kind="stable")  # NaN last
    order = order[~np.isnan(weight[order])]
    return pd.DataFrame({ITEM: summary[ITEM].array.take(order), WEIGHT: weight[order]})


def _reach(summary: pd.DataFrame, intervals: pd.DataFrame) -> Floats:
    """[items] the width of each item's interval as a share of the widest there can be; NaN without a place."""
    at = pd.Index(intervals[ITEM]).get_indexer(summary[ITEM])
    width = np.append(numbers(intervals[HIGH]) - numbers(intervals[LOW]), np.nan)  # −1, not there, is the last
    return np.asarray(width[at] / max(int(intervals[RANK].notna().sum()) - 1, 1))


def most_distant(ratings: pd.DataFrame | Cube, method: Method, items: Sequence[str] | None = None) -> pd.DataFrame:
    """`item`, `one`, `other` (raters), `distance` (float64): the two raters furthest apart on each item.

    Distance: Σ |a − b| / (high − low) over the criteria, from 0 to the number of criteria, so that (10, 1) and (1, 10)
    are far apart although their products are equal. Only raters with a number on every criterion of the item take part.
    An item where fewer than two do, or all answered alike, has no row. Ties go to the pair that stands first when the
    raters are ordered by all their answers, never by their names; `one` stands before `other` in that order.
    """
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    order = by_answers(cube)
    widths = np.array([max(criterion.high - criterion.low, 1) for criterion in method.criteria], dtype=np.float64)
    rows = []
    for place, item in enumerate(cube.items):
        answers = cube.values[order, place] / widths
        complete = np.flatnonzero(~np.isnan(answers).any(axis=1))
        one, other, distance = _furthest(answers[complete])
        if distance > 0:
            pair = (cube.raters[order[complete[at]]] for at in (one, other))
            rows.append((item, *pair, distance))
    return pd.DataFrame(rows, columns=[ITEM, ONE, OTHER, DISTANCE]).astype({DISTANCE: np.float64})


def _furthest(answers: Floats) -> tuple[int, int, float]:
    """[raters, criteria] → the first two rows at the greatest distance, and it; equal answers are compared once."""
    if not len(answers):
        return 0, 0, 0.0
    first = np.sort(np.unique(answers, axis=0, return_index=True)[1])
    kinds = answers[first]
    distances = np.round(np.abs(kinds[:, None] - kinds).sum(axis=2), DECIMALS)
    one, other = np.unravel_index(distances.argmax(), distances.shape)
    return int(first[one]), int(first[other]), float(distances[one, other])


def compare_rounds(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Two summaries of the same method: one row an item of `after`, in its order.

    `item`, `score_before`, `score_after` (float64), `rank_before`, `rank_after`, `moved` (Int64, null where a round has
    no place for the item). `moved` is places up, down negative, counted among the items that both rounds rank, so that
    an item does not rise because others were left out; with the same items it is `rank_before` − `rank_after`. Items of
    `before` alone are left out.
    """
    earlier = before.set_index(ITEM).reindex(after[ITEM])
    ranks = numbers(earlier[RANK]), numbers(after[RANK])
    both = ~np.isnan(ranks[0] + ranks[1])
    old, new = (places(np.where(both, -rank, np.nan)) for rank in ranks)
    return pd.DataFrame(
        {
            ITEM: after[ITEM].array,
            SCORE_BEFORE: numbers(earlier[SCORE]),
            SCORE_AFTER: numbers(after[SCORE]),
            RANK_BEFORE: whole(ranks[0]),
            RANK_AFTER: whole(ranks[1]),
            MOVED: whole(old - new),
        }
    )


def scores_by(
    ratings: pd.DataFrame | Cube,
    method: Method,
    parties: Sequence[Collection[str]],
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> list[pd.DataFrame]:
    """`item` and `score` of a summary of each party's own ratings, items as given; a party is some of the raters.

    Where points are added up, the sum is divided by the party's raters, since it grows with how many they are.
    """
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    members = np.array([[rater in party for rater in cube.raters] for party in parties], dtype=np.float64)
    found = scores(cube.values, method, shares_of(method, weights), members.reshape(len(parties), len(cube.raters)))
    if method.pool is Pool.SUM:
        found = found / np.maximum(members.sum(axis=1, keepdims=True), 1)
    labels = pd.array(cube.items, dtype="str")
    return [pd.DataFrame({ITEM: labels, SCORE: row}) for row in found]


def gap(summary_one: pd.DataFrame, summary_other: pd.DataFrame) -> pd.DataFrame:
    """How far two parties' scores of each item are apart: `item`, `one`, `other`, `gap` = one − other (float64).

    Only items that both have scored. The widest gap first, whichever way it goes; ties in the order of `summary_one`.
    """
    at = pd.Index(summary_other[ITEM]).get_indexer(summary_one[ITEM])
    one, other = numbers(summary_one[SCORE]), np.append(numbers(summary_other[SCORE]), np.nan)[at]  # −1 is the last
    apart = one - other
    order = np.argsort(-np.round(np.abs(apart), DECIMALS), kind="stable")
    order = order[~np.isnan(apart[order])]
    return pd.DataFrame(
        {ITEM: summary_one[ITEM].array.take(order), ONE: one[order], OTHER: other[order], GAP: apart[order]}
    )
