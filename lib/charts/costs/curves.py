"""What each municipality pays as more of a cost is split equally: a line each, and the parts that all can live with."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import COST_HEIGHT, FRAME, GROUND, SMALL, Spec, colour, finished, tooltip

_ROWS = alt.Chart(FRAME)
_NAMES = 124  # px left of the plot, where the names stand


class CurvesTexts(NamedTuple):
    """`percent` and `kroner` name the axes; `limit` says what the diamonds are, `span` what is shaded."""

    percent: str
    kroner: str
    limit: str
    span: str
    municipality: str


@cache
def cost_curves(texts: CurvesTexts, decimal: str) -> Spec:
    """The spec for a `cost_frames.curves_frame`, to be read only."""
    across = alt.Scale(domain=[0, 100], range=[_NAMES, alt.ExprRef("width - 8")], nice=False)
    steps = alt.Axis(title=texts.percent, values=[0, 20, 40, 60, 80, 100], format="d", titleAnchor="end")
    x = alt.X("x:Q", scale=across, axis=steps)
    key = [texts.kroner, *(f"{sign} {text}" for sign, text in (("◆", texts.limit), ("▒", texts.span)) if text)]
    above: dict[str, Any] = {"titleAngle": 0, "titleAlign": "right", "titleBaseline": "bottom"}
    axis = alt.Axis(title=key, orient="right", titleX=8, titleY=-16 * len(key), titleFontSize=SMALL, **above)
    y = alt.Y("y:Q", scale=alt.Scale(zero=True, nice=True), axis=axis)
    shown = {"name": texts.municipality, "percent_shown": texts.percent, "shown": texts.kroner}
    layers = alt.layer(_span(x), *_lines(x, y), *_names(y), *_marks(x, y, shown))
    return finished(layers, decimal, height=COST_HEIGHT, right=8)


def _kind(kind: str) -> alt.Chart:
    return _ROWS.transform_filter(f"datum.kind === '{kind}'")


def _span(x: alt.X) -> alt.Chart:
    band = _kind("span").mark_rect(color=colour("accent"), opacity=0.14, tooltip=None)
    return band.encode(x=x, x2="x2:Q", y=alt.value(0), y2=alt.value(COST_HEIGHT))


def _lines(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    line = _kind("line").mark_line(strokeWidth=2.5, color=colour("grey"), tooltip=None)
    return [line.encode(x=x, y=y, detail="name:N"), _kind("here").mark_rule(color=colour("accent")).encode(x=x)]


def _names(y: alt.Y) -> list[alt.Chart]:
    """Left of where the lines begin, apart from each other, with a thin line to the beginning."""
    rows = _ROWS.transform_filter("datum.text !== '' && isValid(datum.label_y)")
    rows = rows.transform_calculate(end="datum.y", y="datum.label_y")
    text = rows.mark_text(align="right", fontSize=SMALL, limit=_NAMES - 20, tooltip=None)
    ends = {"x": alt.value(_NAMES - 16), "x2": alt.value(_NAMES - 2)}
    lead = rows.mark_rule(color=colour("grey"), tooltip=None)
    return [text.encode(x=alt.value(_NAMES - 20), y=y, text="text:N"), lead.encode(**ends, y=y, y2="end:Q")]


def _marks(x: alt.X, y: alt.Y, shown: dict[str, str]) -> list[alt.Chart]:
    """A dot on each line at the part that is looked at, a diamond where it meets the limit."""
    style: dict[str, Any] = {"filled": True, "opacity": 1, "stroke": GROUND, "strokeWidth": 1}
    diamond = _kind("limit").mark_point(shape="diamond", size=130, color=colour("ink"), **style)
    dot = _kind("here").mark_point(shape="circle", size=110, color=colour("accent"), **style)
    return [each.encode(x=x, y=y, tooltip=tooltip(shown)) for each in (diamond, dot)]
