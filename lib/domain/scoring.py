"""The arithmetic of every method, on arrays: values are combined over criteria and pooled over raters.

Pooling takes `times` [draws, raters]: how many times each rater counts. Ones are the result itself, ones but for a zero
leave a rater out, a draw with replacement is a bootstrap sample, and equal answers of many raters are one row that
counts as many times, so all four are one computation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lib.domain.cube import Cube, Floats
from lib.model.methods import Combine, Method, Order, Pool

DECIMALS = 9  # scores that differ by less are the same score, computed in another order


def shares_of(method: Method, weights: Mapping[str, float] | None) -> Floats:
    """The criteria's shares in the method's order, equal when `weights` is None. ValueError unless they sum to 1."""
    keys = method.criterion_keys
    if weights is None:
        return np.full(len(keys), 1 / len(keys))
    shares = np.array([weights[key] for key in keys if key in weights], dtype=np.float64)
    if set(weights) != set(keys) or (shares < 0).any() or abs(shares.sum() - 1) > 1e-9:
        raise ValueError(f"weights must be shares of {keys} that sum to 1, not {dict(weights)}")
    return shares


def combine(values: Floats, method: Method, shares: Floats) -> Floats:
    """[..., criteria] → [...]; NaN unless every criterion is a number, and for methods without a total."""
    match method.combine:
        case Combine.PRODUCT:
            total = np.prod(values ** (len(shares) * shares), axis=-1)
        case Combine.MEAN:
            total = values @ shares
        case Combine.SINGLE | Combine.POINTS:
            total = values.sum(axis=-1)
        case Combine.SEPARATE:
            total = np.full(values.shape[:-1], np.nan)
    return np.where(np.isnan(values).any(axis=-1), np.nan, total)  # NaN ** 0 is 1


def pool(values: Floats, times: Floats, how: Pool) -> Floats:
    """[raters, …] and [draws, raters] → [draws, …]; NaN where no rater that counts gave a number."""
    flat = values.reshape(len(values), int(np.prod(values.shape[1:])))
    known = ~np.isnan(flat)
    given = times @ known.astype(np.float64)
    if how in (Pool.MAX, Pool.MIN):
        pooled = _extreme(flat, times, highest=how is Pool.MAX)
    else:
        pooled = times @ np.where(known, flat, 0)
        if how is Pool.MEAN:
            pooled = np.divide(pooled, given, out=pooled, where=given > 0)
    return np.where(given > 0, pooled, np.nan).reshape(len(times), *values.shape[1:])


def _extreme(values: Floats, times: Floats, highest: bool) -> Floats:
    """Step by step of the scale, so that the work is products of matrices however many draws there are."""
    steps = np.unique(values[~np.isnan(values)])
    best = np.full((len(times), values.shape[1]), np.nan)
    for step in steps if highest else steps[::-1]:
        best[times @ (values == step).astype(np.float64) > 0] = step
    return best


def counting(values: Floats, method: Method) -> Floats:
    """The values that are pooled: where criteria are combined first, a rater counts for an item only when complete."""
    if method.combine is Combine.SEPARATE or method.order is Order.POOL_THEN_COMBINE:
        return values
    return np.where(np.isnan(values).any(axis=-1, keepdims=True), np.nan, values)


def scores(values: Floats, method: Method, shares: Floats, times: Floats) -> Floats:
    """[raters, items, criteria] → the items' scores [draws, items] when the raters count `times` [draws, raters]."""
    if method.order is Order.POOL_THEN_COMBINE:
        return combine(pool(values, times, method.pool), method, shares)
    return pool(combine(values, method, shares), times, method.pool)


class Tally(NamedTuple):
    """What can be added up item by item; the first axis of every array is the items.

    Of a rater's own scores (numbers only where every criterion of the item is one) are `n`, how many there are, and
    `spread`, their sample SD (n − 1), NaN for n < 2; for SEPARATE `n` are the raters with any number, and SD is NaN.
    """

    items: NDArray[np.object_]
    pooled: Floats  # [items, criteria]
    score: Floats
    product_of_means: Floats  # prod(mean_c ** (k * w_c)), NaN for other than PRODUCT
    n: Floats
    skipped: Floats  # raters who answered «vet ikke» on any criterion of the item
    spread: Floats
    counts: Floats  # [items, criteria, steps of the widest scale]: how many gave each step, complete or not


def tally(cubes: Iterable[Cube], method: Method, shares: Floats) -> Tally:
    """All items of the cubes, one after the other. ValueError for a value outside its criterion's scale."""
    parts = zip(*(_tally(cube, method, shares) for cube in cubes), strict=True)
    return Tally._make(np.concatenate(part) for part in parts)


def _tally(cube: Cube, method: Method, shares: Floats) -> Tally:
    times, own, values = cube.times[None], combine(cube.values, method, shares), counting(cube.values, method)
    missing = np.isnan(values).all(axis=2) if method.combine is Combine.SEPARATE else np.isnan(own)
    product = combine(pool(values, times, Pool.MEAN), method, shares)
    return Tally(
        np.array(cube.items, dtype=np.object_),
        pool(values, times, method.pool)[0],
        scores(cube.values, method, shares, times)[0],
        product[0] if method.combine is Combine.PRODUCT else np.full(len(cube.items), np.nan),
        cube.times @ ~missing,
        cube.times @ cube.unknown.any(axis=2),
        _sample_sd(own, times)[0],
        _step_counts(cube, method),
    )


def _sample_sd(own: Floats, times: Floats) -> Floats:
    n = times @ ~np.isnan(own)
    squares = pool((own - pool(own, times, Pool.MEAN)) ** 2, times, Pool.SUM)
    return np.where(n > 1, np.sqrt(squares / np.maximum(n - 1, 1)), np.nan)


def _step_counts(cube: Cube, method: Method) -> Floats:
    lows, highs = np.array([(criterion.low, criterion.high) for criterion in method.criteria]).T
    if (cube.values < lows).any() or (cube.values > highs).any():
        raise ValueError(f"{method.key} has a value outside the scale")
    shape = (len(cube.items), len(lows), int((highs - lows).max()) + 1)
    row, item, criterion = (~np.isnan(cube.values)).nonzero()
    step = (cube.values[row, item, criterion] - lows[criterion]).astype(np.intp)
    spots = np.ravel_multi_index((item, criterion, step), shape)
    return np.bincount(spots, cube.times[row], int(np.prod(shape))).astype(np.float64).reshape(shape)


def places(scored: Floats) -> Floats:
    """Ranks along the last axis: 1 is the highest, ties take the lowest, NaN has no rank."""
    rounded = -np.round(scored, DECIMALS)
    order = np.argsort(rounded, axis=-1, kind="stable")
    ordered = np.take_along_axis(rounded, order, axis=-1)
    position = np.broadcast_to(np.arange(scored.shape[-1]), scored.shape)
    starts = np.ones(scored.shape, dtype=np.bool_)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    ranks = np.empty(scored.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(np.where(starts, position, 0), axis=-1) + 1.0, axis=-1)
    return np.where(np.isnan(scored), np.nan, ranks)
