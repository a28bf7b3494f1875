"""What the raters' values say of each item: one engine for every method.

Ratings are a frame `rater, item, criterion, value`: one row a value, a null value is «vet ikke», no row is unanswered,
and neither counts as a number. `summarise` is `conclude(tally(…), counts(…))`: a store that aggregates in SQL returns
frames of exactly those two shapes and lets `conclude` do the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from lib.domain.agreement import consensus, normalised_sd
from lib.domain.cube import Bools, Cube, Floats
from lib.domain.scoring import DECIMALS, combine, counting, places, pool, scores, shares_of
from lib.model.columns import (
    AGREEMENT,
    COUNT,
    CRITERION,
    DISSENT,
    ITEM,
    PRODUCT_OF_MEANS,
    RANK,
    RULES,
    SCORE,
    SKIPPED,
    SPREAD,
    VALUE,
    N,
)
from lib.model.methods import Combine, Comparison, Method, Pool, Rule

DISSENT_LIMIT = 0.3
SHARE = "share"


def summarise(
    ratings: pd.DataFrame,
    method: Method,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row an item, best first: the columns of `tally`, and those that `conclude` adds."""
    cube = Cube.of(ratings, method.criterion_keys, items or ())
    return conclude(_tally(cube, method, shares_of(method, weights)), _counts(cube), method)


def tally(
    ratings: pd.DataFrame,
    method: Method,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """What can be added up item by item, in the order of `items`, else as first seen. SQL may return this instead.

    A row for every item with any row in `ratings` (also when all are «vet ikke») and for every one in `items`.
    Per (rater, item, criterion) the last row counts. Columns, in this order:

    - `item` text
    - one float64 column a criterion, named by its key: the pooled value, null where nobody's number counts
    - `score` float64, null where nobody's number counts, always null for SEPARATE
    - `product_of_means` float64: prod(mean_c ** (k * w_c)), null for other than PRODUCT
    - `n` int64: raters with a usable score; for SEPARATE raters with at least one number
    - `skipped` int64: raters who answered «vet ikke» on at least one criterion of the item
    - `spread` float64: sample SD (n − 1) of the raters' own scores; null for n < 2 and for SEPARATE

    A rater's own score of an item exists only where every criterion of it is a number: PRODUCT prod(v_c ** (k * w_c)),
    MEAN sum(w_c * v_c), SINGLE the one value, POINTS the sum; `n` and `spread` are of these.
    COMBINE_THEN_POOL with a total: only raters with a score of their own count, in the pooled criteria and the means
    too, and `score` pools those scores. POOL_THEN_COMBINE: every number counts, each criterion is pooled over the
    raters that gave one, and `score` combines the pooled values. SEPARATE: every number counts.
    """
    return _tally(Cube.of(ratings, method.criterion_keys, items or ()), method, shares_of(method, weights))


def _tally(cube: Cube, method: Method, shares: Floats) -> pd.DataFrame:
    everyone = np.ones((1, len(cube.raters)))
    own = combine(cube.values, method, shares)
    values = counting(cube.values, method)
    pooled = pool(values, everyone, method.pool)[0]
    separate = method.combine is Combine.SEPARATE
    usable = ~np.isnan(cube.values).all(axis=2) if separate else ~np.isnan(own)
    product = combine(pool(values, everyone, Pool.MEAN)[0], method, shares)
    return pd.DataFrame(
        {
            ITEM: pd.array(cube.items, dtype="str"),
            **{key: pooled[:, layer] for layer, key in enumerate(cube.criteria)},
            SCORE: scores(cube, method, shares, everyone)[0],
            PRODUCT_OF_MEANS: product if method.combine is Combine.PRODUCT else np.nan,
            N: usable.sum(axis=0),
            SKIPPED: cube.unknown.any(axis=2).sum(axis=0),
            SPREAD: _sample_sd(own),
        }
    )


def _sample_sd(own: Floats) -> Floats:
    n = (~np.isnan(own)).sum(axis=0)
    deviations = np.nan_to_num(own - np.nansum(own, axis=0) / np.maximum(n, 1))
    return np.where(n > 1, np.sqrt((deviations**2).sum(axis=0) / np.maximum(n - 1, 1)), np.nan)


def counts(ratings: pd.DataFrame) -> pd.DataFrame:
    """How many raters gave each number: `item` text, `criterion` text, `value` float64 (or int), `count` int64.

    Numbers only (no «vet ikke»), every number whether or not the rater answered all criteria, no zero rows, any order.
    """
    return _counts(Cube.of(ratings))


def _counts(cube: Cube) -> pd.DataFrame:
    _, item, criterion = (~np.isnan(cube.values)).nonzero()
    steps, step = np.unique(cube.values[~np.isnan(cube.values)], return_inverse=True)
    shape = (len(cube.items), len(cube.criteria), len(steps))
    table = np.zeros(shape, dtype=np.int64)
    np.add.at(table, (item, criterion, step), 1)
    item, criterion, step = table.nonzero()
    return pd.DataFrame(
        {
            ITEM: pd.array(cube.items, dtype="str").take(item),
            CRITERION: pd.array(cube.criteria, dtype="str").take(criterion),
            VALUE: steps[step],
            COUNT: table[item, criterion, step],
        }
    )


def conclude(tallied: pd.DataFrame, counted: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Adds what needs all items or all answers; sorted by rank, then in the order of `tallied`, unranked last.

    `rank` (Int64, ties take the lowest, null where there is no score) comes behind `product_of_means`; behind `spread`
    come `agreement` (float64, mean consensus of the criteria that have numbers), `dissent` (bool, any criterion's
    normalised SD above 0.3) and `rules` (list of text). Counts of items that are not in `tallied` are left out;
    ValueError for a count outside its criterion's scale.
    """
    tables = _step_tables(counted, tallied[ITEM], method)
    scales = zip(method.criteria, tables, strict=True)
    deviations = np.array([normalised_sd(list(c.steps), c.low, c.high, counts=table) for c, table in scales])
    consensuses = np.array([consensus(table) for table in tables])
    ranks = places(_numbers(tallied, SCORE))
    summary = pd.DataFrame(
        {
            **{name: tallied[name] for name in (ITEM, *method.criterion_keys, SCORE, PRODUCT_OF_MEANS)},
            RANK: whole(ranks),
            **{name: tallied[name] for name in (N, SKIPPED, SPREAD)},
            AGREEMENT: pool(consensuses, np.ones((1, len(tables))), Pool.MEAN)[0],
            DISSENT: (np.round(deviations, DECIMALS) > DISSENT_LIMIT).any(axis=0),
            RULES: _rules(tallied, method),
        }
    )
    return summary.take(np.argsort(ranks, kind="stable")).reset_index(drop=True)


def whole(numbers: Floats) -> pd.Series:
    """Whole numbers that may be missing (NaN), as Int64."""
    missing = np.isnan(numbers)
    return pd.Series(pd.arrays.IntegerArray(np.where(missing, 0, numbers).astype(np.int64), missing))


def _numbers(frame: pd.DataFrame, column: str) -> Floats:
    return frame[column].to_numpy(dtype=np.float64, na_value=np.nan)


def _step_tables(counted: pd.DataFrame, items: pd.Series, method: Method) -> list[Floats]:
    """One table a criterion, [items, steps]: how many gave each step."""
    row_of = {item: row for row, item in enumerate(items)}
    rows = np.array([row_of.get(item, -1) for item in counted[ITEM]], dtype=np.intp)
    criteria = counted[CRITERION].to_numpy(dtype=object)
    values, times = _numbers(counted, VALUE), _numbers(counted, COUNT)
    tables = []
    for criterion in method.criteria:
        mine = (rows >= 0) & (criteria == criterion.key)
        table = np.zeros((len(items), len(criterion.steps)))
        steps = (values[mine] - criterion.low).astype(np.intp)
        table.flat[np.ravel_multi_index((rows[mine], steps), table.shape)] = times[mine]
        tables.append(table)
    return tables


def _rules(tallied: pd.DataFrame, method: Method) -> list[list[str]]:
    fires = {rule.key: _fires(_numbers(tallied, rule.criterion or SCORE), rule) for rule in method.rules}
    return [[key for key, hits in fires.items() if hits[row]] for row in range(len(tallied))]


def _fires(numbers: Floats, rule: Rule) -> Bools:
    rounded = np.round(numbers, DECIMALS)
    match rule.comparison:
        case Comparison.AT_LEAST:
            return np.greater_equal(rounded, rule.limit)
        case Comparison.AT_MOST:
            return np.less_equal(rounded, rule.limit)
        case Comparison.EQUAL:
            return np.equal(rounded, rule.limit)


def share_at_least(ratings: pd.DataFrame, method: Method) -> pd.DataFrame:
    """The share that gave the method's grade or better: `item`, `criterion`, `share` float64, `n` int64 (denominator).

    One row an item and criterion whose scale reaches the grade; the denominator is the numbers, and «vet ikke» too
    where the method says so. The share is null when the denominator is 0. ValueError for a method without such a grade.
    """
    limit = method.share_at_least
    if limit is None:
        raise ValueError(f"{method.key} has no grade to count from")
    keys = [criterion.key for criterion in method.criteria if criterion.high >= limit]
    cube = Cube.of(ratings, keys)
    answers = ~np.isnan(cube.values) | (cube.unknown & method.unknown_in_denominator)
    n = answers.sum(axis=0).ravel()
    reached = (cube.values >= limit).sum(axis=0).ravel()
    places_of = pd.MultiIndex.from_product([cube.items, cube.criteria], names=[ITEM, CRITERION])
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
    score = np.round(_numbers(summary, SCORE), DECIMALS)
    product = np.round(_numbers(summary, PRODUCT_OF_MEANS), DECIMALS)
    items, gaps = list(summary[ITEM]), _numbers(summary, SCORE) - _numbers(summary, PRODUCT_OF_MEANS)
    turned = (score[:, None] > score) & (product[:, None] < product)
    return [
        OrderDifference(items[above], items[below], float(gaps[above]), float(gaps[below]))
        for above, below in zip(*turned.nonzero(), strict=True)
    ]
