"""What the pictures of costs are handed: small frames with one row a mark.

`number` writes whole kroner in the visitor's language. Large sums are drawn in thousands, millions or more, so that an
axis can be read; `unit` says in which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import pandas as pd

from lib.charts.frames import title_columns
from lib.charts.look import COST_HEIGHT, SMALL
from lib.model.columns import CUMULATIVE, NET, YEAR

Written = Callable[[float], str]
UNITS = (1, 1_000, 1_000_000, 1_000_000_000)
_APART = SMALL * 1.3 / COST_HEIGHT  # the least distance between two names, as a share of the height
_CURVES = ("kind", "name", "x", "x2", "y", "label_y", "text", "shown", "percent_shown")


def unit(largest: float) -> int:
    """The largest unit in which the sum is at least 5."""
    return max(each for each in UNITS if each == 1 or largest >= 5 * each)


def curves_frame(
    curves: Mapping[str, Sequence[int]],
    here: int | None,
    span: tuple[float, float] | None,
    limits: Mapping[str, tuple[float, int]],
    number: Written,
) -> pd.DataFrame:
    """One row a mark for `cost_curves`. `curves` are each one's kroner with 0 … 100 per cent split equally.

    `here` is the part that is looked at, `span` the parts that all can live with, `limits` where a line meets what its
    municipality pays without the others: (per cent, kroner).
    """
    scale = unit(max((max(row) for row in curves.values()), default=0))
    places = spread({name: row[0] / scale for name, row in curves.items()})
    rows: list[tuple[object, ...]] = []
    for name, row in curves.items():
        rows.append(("line", name, 0, None, row[0] / scale, places[name], name, number(row[0]), "0"))
        rows.append(("line", name, 100, None, row[100] / scale, None, "", number(row[100]), "100"))
        if here is not None:
            rows.append(("here", name, here, None, row[here] / scale, None, "", number(row[here]), str(here)))
    for name, (percent, kroner) in limits.items():
        rows.append(("limit", name, percent, None, kroner / scale, None, "", number(kroner), number(percent)))
    if span is not None:
        rows.append(("span", "", *span, 0, None, "", "", ""))
    return pd.DataFrame(rows, columns=list(_CURVES))


def spread(values: Mapping[str, float]) -> dict[str, float]:
    """Where the names stand so that none covers another: at their values, pushed apart where these are close."""
    top = max(values.values(), default=0) or 1
    order = sorted(values, key=lambda name: values[name])
    places = {name: values[name] / top for name in order}
    for lower, upper in pairwise(order):
        places[upper] = max(places[upper], places[lower] + _APART)
    limit = 1.0
    for name in reversed(order):
        places[name] = min(places[name], limit)
        limit = places[name] - _APART
    return {name: place * top for name, place in places.items()}


def change_frame(
    main: Mapping[str, int], others: Mapping[str, Mapping[str, int]], model: str, number: Written
) -> pd.DataFrame:
    """One row a municipality and model for `cost_change`, who pays most more first; `main` is the model looked at.

    `others` is model → municipality → change; all are kroner from today, and `number` writes them with their sign.
    """
    order = sorted(main, key=lambda name: -main[name])
    rows = [(name, model, main[name], True, number(main[name])) for name in order]
    rows += [(name, key, each[name], False, number(each[name])) for key, each in others.items() for name in order]
    frame = pd.DataFrame(rows, columns=["item", "model", "change", "main", "shown"])
    return frame.assign(**title_columns(list(frame["item"])))


def flow_frame(by_year: pd.DataFrame, number: Written) -> pd.DataFrame:
    """One row a year for `cash_flow`, from one municipality's rows of `over_time.yearly`."""
    years, net, cumulative = (by_year[column].tolist() for column in (YEAR, NET, CUMULATIVE))
    scale = unit(max((abs(kroner) for kroner in [*net, *cumulative]), default=0))
    return pd.DataFrame(
        {
            YEAR: [str(year) for year in years],
            NET: [kroner / scale for kroner in net],
            CUMULATIVE: [kroner / scale for kroner in cumulative],
            "net_shown": [number(kroner) for kroner in net],
            "cumulative_shown": [number(kroner) for kroner in cumulative],
            "last": [place == len(years) - 1 for place in range(len(years))],
        }
    )
