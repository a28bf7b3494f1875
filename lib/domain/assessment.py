"""What the raters' values say of each item: one engine for every method.

Ratings are a frame `rater, item, criterion, value`: one row a value, a null value is «vet ikke», no row is unanswered,
and neither counts as a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from lib.domain.agreement import consensus, kendall_w, normalised_sd
from lib.domain.cube import Bools, Cube, Floats, numbers, piles
from lib.domain.scoring import DECIMALS, Tally, combine, places, pool, shares_of, tally
from lib.model.columns import (
    AGREEMENT,
    CRITERION,
    DISSENT,
    ITEM,
    PRODUCT_OF_MEANS,
    RANK,
    RULES,
    SCORE,
    SKIPPED,
    SPREAD,
    N,
)
from lib.model.methods import Comparison, Method, Pool, Rule, Total

DISSENT_LIMIT = 0.3
SHARE = "share"


def summarise(
    ratings: pd.DataFrame | Cube,
    method: Method,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row an item with any row in `ratings` (also when all are «vet ikke») and one for each of `items`.

    Best first, ties in the order of `items`, else as first seen; unranked last. Per (rater, item, criterion) the last
    row counts. `weights` are shares of 1. ValueError for a value outside its criterion's scale. Columns, in this order:

    - `item` text
    - one float64 column a criterion, named by its key: the pooled value, null where nobody's number counts
    - `score` float64, null where nobody's number counts, always null for SEPARATE
    - `product_of_means` float64: prod(mean_c ** (k * w_c)), null for other than PRODUCT
    - `rank` Int64, ties take the lowest, null where there is no score
    - `n` int64: raters with a usable score; for SEPARATE raters with at least one number
    - `skipped` int64: raters who answered «vet ikke» on at least one criterion of the item
    - `spread` float64: sample SD (n − 1) of the raters' own scores; null for n < 2 and for SEPARATE
    - `agreement` float64: mean consensus of the criteria that have numbers
    - `dissent` bool: any criterion's normalised SD is above 0.3
    - `rules` list of text: the keys of those that fire

    A rater's own score of an item exists only where every criterion of it is a number: PRODUCT prod(v_c ** (k * w_c)),
    MEAN sum(w_c * v_c), SINGLE the one value, POINTS the sum; `n` and `spread` are of these.
    COMBINE_THEN_POOL with a total: only raters with a score of their own count, in the pooled criteria and the means
    too, and `score` pools those scores. POOL_THEN_COMBINE: every number counts, each criterion is pooled over the
    raters that gave one, and `score` combines the pooled values. SEPARATE: every number counts.
    """
    return _summary([Cube.of(ratings, method.criterion_keys, items or ())], method, weights)


def summarise_sheets(
    sheets: pd.DataFrame,
    method: Method,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """The frame of `summarise`, from counted answer sheets (see `piles`), so that very many ratings are few rows."""
    return _summary(piles(sheets, method.criterion_keys, items or ()), method, weights)


def _summary(cubes: Iterable[Cube], method: Method, weights: Mapping[str, float] | None) -> pd.DataFrame:
    tallied = tally(cubes, method, shares_of(method, weights))
    ranks = places(tallied.score)
    order = np.argsort(ranks, kind="stable")
    found = Tally._make(part[order] for part in tallied)
    scales = [(found.counts[:, layer, : len(c.steps)], c) for layer, c in enumerate(method.criteria)]
    deviations = np.array([normalised_sd(list(c.steps), c.low, c.high, counts=table) for table, c in scales])
    consensuses = np.array([consensus(table) for table, _ in scales])
    return pd.DataFrame(
        {
            ITEM: pd.array(found.items, dtype="str"),
            **dict(zip(method.criterion_keys, found.pooled.T, strict=True)),
            SCORE: found.score,
            PRODUCT_OF_MEANS: found.product_of_means,
            RANK: whole(ranks[order]),
            N: found.n.astype(np.int64),
            SKIPPED: found.skipped.astype(np.int64),
            SPREAD: found.spread,
            AGREEMENT: pool(consensuses, np.ones((1, len(scales))), Pool.MEAN)[0],
            DISSENT: (np.round(deviations, DECIMALS) > DISSENT_LIMIT).any(axis=0),
            RULES: pd.Series(_rules(found, method), dtype=object),
        }
    )


def whole(numbers: Floats) -> pd.arrays.IntegerArray:
    """Whole numbers that may be missing (NaN), as Int64."""
    missing = np.isnan(numbers)
    return pd.arrays.IntegerArray(np.where(missing, 0, numbers).astype(np.int64), missing)


def _rules(tallied: Tally, method: Method) -> list[list[str]]:
    pooled = dict(zip(method.criterion_keys, tallied.pooled.T, strict=True))
    totals = {Total.SCORE: tallied.score, Total.SUM: tallied.pooled.sum(axis=1)}
    fires = {r.key: _fires(pooled[r.criterion] if r.criterion else totals[r.total], r) for r in method.rules}
    return [[key for key, hits in fires.items() if hits[row]] for row in range(len(tallied.items))]


def _fires(pooled: Floats, rule: Rule) -> Bools:
    rounded = np.round(pooled, DECIMALS)
    match rule.comparison:
        case Comparison.AT_LEAST:
            return np.greater_equal(rounded, rule.limit)
        case Comparison.AT_MOST:
            return np.less_equal(rounded, rule.limit)
        case Comparison.EQUAL:
            return np.equal(rounded, rule.limit)


class Concordance(NamedTuple):
    """Kendall's W over the `raters` who have a score of their own for every item; NaN where there is none."""

    w: float
    raters: int


def concordance(
    ratings: pd.DataFrame | Cube, method: Method, weights: Mapping[str, float] | None = None
) -> Concordance:
    """How far the raters put the items in the same order: 1 in the very same, 0 in no common one."""
    own = combine(Cube.of(ratings, method.criterion_keys).values, method, shares_of(method, weights))
    return Concordance(kendall_w(own), int((~np.isnan(own).any(axis=1)).sum()))


def share_at_least(ratings: pd.DataFrame | Cube, method: Method) -> pd.DataFrame:
    """The share that gave the method's grade or better: `item`, `criterion`, `share` float64, `n` int64 (denominator).

    One row an item and criterion whose scale reaches the grade; the denominator is the numbers, and «vet ikke» too
    where the method says so. The share is null when the denominator is 0. ValueError for a method without such a grade.
    """
    limit = method.share_at_least
    if limit is None:
        raise ValueError(f"{method.key} has no grade to count from")
    layers = [layer for layer, criterion in enumerate(method.criteria) if criterion.high >= limit]
    cube = Cube.of(ratings, method.criterion_keys)
    values, unknown = cube.values[..., layers], cube.unknown[..., layers]
    answers = ~np.isnan(values) | (unknown & method.unknown_in_denominator)
    n = answers.sum(axis=0).ravel()
    reached = (values >= limit).sum(axis=0).ravel()
    keys = [method.criterion_keys[layer] for layer in layers]
    places_of = pd.MultiIndex.from_product([cube.items, keys], names=[ITEM, CRITERION])
    share = np.where(n > 0, reached / np.maximum(n, 1), np.nan)
    return pd.DataFrame({SHARE: share, N: n}, index=places_of).reset_index()


class OrderDifference(NamedTuple):
    """`above` has the higher mean of products, `below` the higher product of means.

    Each gap is the item's mean of products − product of means, and the gap of `above` is always the larger: that is
    what turns the order. Where two criteria weigh the same, the gap is exactly the population covariance of the
    raters' two values: those who rate the one high rate the other high as well. With other weights it is only the gap.
    """

    above: str
    below: str
    gap_above: float
    gap_below: float


def order_differences(summary: pd.DataFrame) -> list[OrderDifference]:
    """The pairs of items that `score` and `product_of_means` order differently, by rank; ties in either are no pair.

    For methods whose score is a mean of products; a summary without products of means gives none.
    """
    score = np.round(numbers(summary[SCORE]), DECIMALS)
    product = np.round(numbers(summary[PRODUCT_OF_MEANS]), DECIMALS)
    items, gaps = list(summary[ITEM]), numbers(summary[SCORE]) - numbers(summary[PRODUCT_OF_MEANS])
    turned = (score[:, None] > score) & (product[:, None] < product)
    return [
        OrderDifference(items[above], items[below], float(gaps[above]), float(gaps[below]))
        for above, below in zip(*turned.nonzero(), strict=True)
    ]
