"""The ranking on a wall, a line an area: name, every score around the mean, the mean, and the places it may hold."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import FRAME, GROUND, SMALL, Spec, colour, finished, tooltip

_ONCE = alt.Chart(FRAME).transform_filter("datum.first")
_TOP = alt.Chart(FRAME).transform_window(row="row_number()").transform_filter("datum.row === 1")
_TEXT, _STEP, _GAP = 17, 33, 65  # larger than elsewhere, for the back row; px between the spread and the mean
RIGHT = alt.value("width")
_COLUMNS = {"mean_shown": -205, "places": -115, "extra": 0}  # px from the right edge to where a column ends


class WallTexts(NamedTuple):
    """The headings of the columns; `extra` is empty where there is no such column. `rater` is for the tooltip."""

    score: str
    mean: str
    places: str
    extra: str
    area: str
    rater: str


@cache
def wall(texts: WallTexts, decimal: str, ceiling: float, names: int) -> Spec:
    """The spec for a `talk_frames.wall_frame`; `ceiling` is the highest score there can be, `names` what names need."""
    begin = f"min({names}, width * 0.5)"
    edges = {field: edge - (0 if texts.extra else _COLUMNS["places"]) for field, edge in _COLUMNS.items()}
    span = [alt.ExprRef(begin), alt.ExprRef(f"width + {edges['mean_shown'] - _GAP}")]
    scale = alt.Scale(domain=[0, ceiling], range=span, nice=False)
    zero, score, mean = (alt.X(f"{field}:Q", scale=scale, axis=None) for field in ("zero", "score", "mean"))
    y = alt.Y("item:N", sort=None, axis=None, scale=alt.Scale(paddingOuter=0.3))
    name = _text(_ONCE, "left", colour("ink"), fontWeight=600, limit=alt.ExprRef(f"{begin} - 8"))
    line = _ONCE.mark_rule(strokeWidth=2, color=colour("faint"), tooltip=None)
    shown = {"name": texts.area, "rater_shown": texts.rater, "score_shown": texts.score, "mean_shown": texts.mean}
    climb = alt.ExprRef("-4 * datum.pile")
    dot = alt.Chart(FRAME).mark_circle(opacity=1, color=colour("grey"), stroke=GROUND, yOffset=climb)
    bar = _ONCE.mark_point(shape="M0,-1V1", size=500, strokeWidth=5, opacity=1, stroke=colour("accent"), tooltip=None)
    layers = alt.layer(
        name.encode(x=alt.value(0), y=y, text="line:N"),
        line.encode(x=zero, x2="ceiling:Q", y=y),
        dot.encode(x=score, y=y, size=alt.Size("size:Q", scale=None, legend=None), tooltip=tooltip(shown)),
        bar.encode(x=mean, y=y),
        *(_column(field, edge, y) for field, edge in edges.items() if texts.extra or field != "extra"),
        *(_heading(edge, text) for edge, text in zip(edges.values(), texts[1:4], strict=True) if text),
        _heading(0, texts.score, "left", alt.value(alt.ExprRef(begin))),
    )
    return finished(layers.transform_calculate(zero="0", ceiling=str(ceiling)), decimal, height=alt.Step(_STEP))


def _text(rows: alt.Chart, align: str, shade: Any, **style: Any) -> alt.Chart:
    return rows.mark_text(align=align, color=shade, tooltip=None, **{"fontSize": _TEXT, **style})


def _column(field: str, edge: int, y: alt.Y) -> alt.Chart:
    bold: dict[str, Any] = {"fontWeight": 600} if field != "places" else {}
    shade = colour("accent") if field == "mean_shown" else colour("ink")
    return _text(_ONCE, "right", shade, dx=edge, **bold).encode(x=RIGHT, y=y, text=f"{field}:N")


def _heading(edge: int, text: str, align: str = "right", x: Any = RIGHT) -> alt.Chart:
    head = _text(_TOP, align, colour("muted"), fontSize=SMALL, dx=edge, text=text)
    return head.encode(x=x, y=alt.value(0))
