"""Aggregation over very many ratings: the database boils them down to answer sheets, the rest is a few numbers.

An answer sheet is what one rater answered on all criteria of one item. `sheets` counts equal ones, so ten million
ratings become at most some hundred rows an item, and they hold for any weights. `tally` and `counts` make of them
frames of the shapes that the functions of the same name over the long frame return.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.model import columns as c
from lib.model.methods import Combine, Method, Order, Pool
from lib.store.face import Session
from lib.store.ratings import STANDING

Numbers = NDArray[np.float64]
RATERS = "raters"
UNKNOWN = "unknown"

# The last row of a key is found by one hash aggregation, without a sort or a join, when its value rides in the low
# bits of its seq: 0 there is «vet ikke», else the value + _ZERO. Three to four times as fast as row_number().
_LOW_BITS = 1 << 20
_ZERO = 1 << 19
_PACKED = f"seq * {_LOW_BITS} + coalesce(value + {_ZERO}, 0)"


def sheets(
    session: Session,
    workshop: str,
    round_: int,
    method: Method,
    raters: Collection[str] | None = None,
    leave_out: Collection[str] = (),
) -> pd.DataFrame:
    """Equal answer sheets, counted, of the ratings that count; only of `raters` if given, never of `leave_out`.

    Columns: `item` text, a float64 a criterion (NaN: no number), `unknown` (any «vet ikke»), `raters` (how many).
    """
    keys = method.criterion_keys
    params: list[object] = [workshop, round_, *keys]
    chosen = ""
    for sign, names in (("=", raters), ("<>", leave_out or None)):
        if names is not None:
            params.append(list(names))
            quantifier = "any" if sign == "=" else "all"
            chosen += f" and rater {sign} {quantifier}(cast(${len(params)} as text[]))"
    return _unpacked(session.frame(_sheets_sql(len(keys), chosen), params), keys)


def tally(
    sheets: pd.DataFrame,
    method: Method,
    weights: Mapping[str, float] | None = None,
    items: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row for every item of `items` and every one rated: `item`, the criteria, `score`, `product_of_means`, `n`,
    `skipped`, `spread`, of the same meaning and types as in the long frame's tally. `weights` are shares of 1.
    """
    keys = list(method.criterion_keys)
    shares = np.array([weights[key] if weights else 1 / len(keys) for key in keys])
    names = list(dict.fromkeys([*(items or ()), *sheets[c.ITEM]]))
    pile = _Pile(pd.Index(names).get_indexer(sheets[c.ITEM]), len(names), sheets[RATERS].to_numpy("float64"))
    values = sheets[keys].to_numpy("float64")
    own = _combined(values, method, shares)  # a rater's own score: NaN as soon as one criterion is
    separate = method.combine is Combine.SEPARATE
    pooled_first = separate or method.order is Order.POOL_THEN_COMBINE
    usable = values if pooled_first else np.where(np.isnan(own)[:, None], np.nan, values)
    pooled = np.column_stack([pile.pooled(column, method.pool) for column in usable.T])
    means = np.column_stack([pile.pooled(column, Pool.MEAN) for column in usable.T])
    product = _combined(means, method, shares) if method.combine is Combine.PRODUCT else np.nan
    return pd.DataFrame(
        {
            c.ITEM: pd.Series(names, dtype="str"),
            **dict(zip(keys, pooled.T, strict=True)),
            c.SCORE: _combined(pooled, method, shares) if pooled_first else pile.pooled(own, method.pool),
            c.PRODUCT_OF_MEANS: product,
            c.N: pile.raters_where(~np.isnan(values).all(axis=1) if separate else ~np.isnan(own)).astype("int64"),
            c.SKIPPED: pile.raters_where(sheets[UNKNOWN].to_numpy(bool)).astype("int64"),
            c.SPREAD: pile.spread(own),
        }
    )


def counts(sheets: pd.DataFrame, method: Method) -> pd.DataFrame:
    """How many raters gave each number: `item`, `criterion` text, `value` float64, `count` int64; numbers only."""
    long = sheets.melt([c.ITEM, RATERS], list(method.criterion_keys), c.CRITERION, c.VALUE).dropna()
    counted = long.groupby([c.ITEM, c.CRITERION, c.VALUE], sort=False)[RATERS].sum()
    return counted.rename(c.COUNT).reset_index().astype({c.ITEM: "str", c.CRITERION: "str"})


def _sheets_sql(criteria: int, chosen: str) -> str:
    places = range(criteria)
    packed = ", ".join(
        f"max(case when criterion = ${place + 3} then {_PACKED} end) % {_LOW_BITS} as a{place}" for place in places
    )
    answers = ", ".join(f"a{place}" for place in places)
    asked = ", ".join(f"${place + 3}" for place in places)
    return f"""
    select item, {answers}, count(*) as {RATERS} from (
      select item, rater, {packed} from rating where {STANDING} and criterion in ({asked}){chosen} group by item, rater
    ) sheet
    group by item, {answers} order by item, {answers}
    """


def _unpacked(found: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    answers = found[[f"a{place}" for place in range(len(keys))]].to_numpy("float64", na_value=np.nan)
    numbers = pd.DataFrame(np.where(answers == 0, np.nan, answers - _ZERO), columns=list(keys), index=found.index)
    return pd.concat(
        [found[c.ITEM], numbers, pd.Series((answers == 0).any(axis=1), found.index, name=UNKNOWN), found[RATERS]],
        axis=1,
    )


def _combined(values: Numbers, method: Method, shares: Numbers) -> Numbers:
    """One score a row of (sheets, criteria); NaN where a criterion is, and for SEPARATE."""
    match method.combine:
        case Combine.PRODUCT:
            total = np.prod(values ** (len(shares) * shares), axis=1)
        case Combine.MEAN:
            total = values @ shares
        case Combine.SINGLE | Combine.POINTS:
            total = values.sum(axis=1)
        case Combine.SEPARATE:
            total = np.full(len(values), np.nan)
    return np.where(np.isnan(values).any(axis=1), np.nan, total)  # NaN ** 0 is 1


class _Pile(NamedTuple):
    """The sheets in piles, one an item: which pile each lies on, how many piles, how many raters handed it in."""

    item: NDArray[np.intp]
    items: int
    raters: Numbers

    def raters_where(self, chosen: NDArray[np.bool_]) -> Numbers:
        return np.bincount(self.item[chosen], self.raters[chosen], self.items).astype(np.float64)

    def pooled(self, values: Numbers, pool: Pool) -> Numbers:
        """One value a pile, over the sheets with a number; NaN where there is none."""
        given = ~np.isnan(values)
        n = self.raters_where(given)
        match pool:
            case Pool.MAX | Pool.MIN:
                total = self._extreme(values, given, pool)
            case Pool.SUM:
                total = self._sum(values, given)
            case Pool.MEAN:
                total = self._sum(values, given) / np.maximum(n, 1)
        return np.where(n > 0, total, np.nan)

    def _sum(self, values: Numbers, given: NDArray[np.bool_]) -> Numbers:
        return np.bincount(self.item[given], (values * self.raters)[given], self.items).astype(np.float64)

    def _extreme(self, values: Numbers, given: NDArray[np.bool_], pool: Pool) -> Numbers:
        best = np.full(self.items, -np.inf if pool is Pool.MAX else np.inf)
        (np.maximum if pool is Pool.MAX else np.minimum).at(best, self.item[given], values[given])
        return best

    def spread(self, own: Numbers) -> Numbers:
        """Sample SD (n − 1) in each pile; NaN for fewer than two."""
        n = self.raters_where(~np.isnan(own))
        deviations = (own - self.pooled(own, Pool.MEAN)[self.item]) ** 2
        return np.where(n > 1, np.sqrt(np.nan_to_num(self.pooled(deviations, Pool.SUM)) / np.maximum(n - 1, 1)), np.nan)
