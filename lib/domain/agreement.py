"""How far raters agree: over all items (Kendall's W), and on one item (consensus, normalised standard deviation)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def kendall_w(table: ArrayLike) -> float:
    """Kendall's W of a table raters × items: 1 when all order the items alike, 0 when there is no common order.

    Corrected for ties (Kendall 1948; Siegel and Castellan 1988): W = 12 S / (m²(n³ − n) − m ΣT), where S is the sum of
    squared deviations of the items' rank sums and T = Σ(t³ − t) over the groups of t equal values of one rater. Raters
    with a missing value are left out. NaN with fewer than two raters or items, or when no rater sets any item apart.
    """
    values = np.asarray(table, dtype=np.float64)
    values = np.round(values[~np.isnan(values).any(axis=1)], 9)
    raters, items = values.shape
    if raters < 2 or items < 2:
        return float("nan")
    equal = (values[:, :, None] == values[:, None, :]).sum(axis=2)
    lower = (values[:, :, None] > values[:, None, :]).sum(axis=2)
    sums = (lower + (equal + 1) / 2).sum(axis=0)
    ties = (equal**2 - 1).sum()  # each of t equal values adds t² − 1, a group t³ − t
    ceiling = raters**2 * (items**3 - items) - raters * ties
    return float(12 * ((sums - sums.mean()) ** 2).sum() / ceiling) if ceiling else float("nan")


def consensus(counts: ArrayLike) -> Floats:
    """Tastle and Wierman's consensus of how often each step of a scale was given (last axis, lowest step first).

    Cns = 1 + Σ pᵢ log₂(1 − |Xᵢ − μ| / d), d the width of the scale: 1 when all gave the same, 0 when half stand at
    either end; NaN without answers. W. J. Tastle and M. J. Wierman, Int. J. Approx. Reasoning 45(3), 2007, 531–545.
    """
    given = np.asarray(counts, dtype=np.float64)
    steps = np.arange(given.shape[-1], dtype=np.float64)
    with np.errstate(invalid="ignore"):
        shares = given / given.sum(axis=-1, keepdims=True)
    distance = np.abs(steps - (shares @ steps)[..., None]) / max(len(steps) - 1, 1)
    nearness = np.log2(1 - distance, out=np.zeros_like(shares), where=(shares > 0) & (distance < 1))
    return np.asarray(np.clip(1 + (shares * nearness).sum(axis=-1), 0, 1))


def normalised_sd(values: ArrayLike, low: float, high: float, counts: ArrayLike | None = None) -> Floats:
    """Population SD ÷ half the width of the scale: 0 when all gave the same, 1 when half stand at either end.

    `values` are numbers along the last axis, NaN left out; with `counts` they are the steps whose answers `counts`
    holds along its last axis. NaN without numbers.
    """
    numbers = np.asarray(values, dtype=np.float64)
    times = ~np.isnan(numbers) if counts is None else np.asarray(counts, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        shares = times / times.sum(axis=-1, keepdims=True)
    filled = np.nan_to_num(numbers)
    mean = (shares * filled).sum(axis=-1, keepdims=True)
    return np.asarray(np.sqrt((shares * (filled - mean) ** 2).sum(axis=-1)) / ((high - low) / 2))
