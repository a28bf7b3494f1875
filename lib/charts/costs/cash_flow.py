"""What is in hand each year against going on as today: a bar a year, and a line for the sum so far."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import COST_HEIGHT, FRAME, GROUND, SMALL, TEXT, Spec, colour, finished, tooltip

_ROWS = alt.Chart(FRAME)


class FlowTexts(NamedTuple):
    """`kroner` names the axis; `net` and `cumulative` the bar and the line, in the key above and the tooltip."""

    kroner: str
    net: str
    cumulative: str
    year: str


@cache
def cash_flow(texts: FlowTexts, decimal: str) -> Spec:
    """The spec for a `cost_frames.flow_frame`, to be read only."""
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True), scale=alt.Scale(padding=0.25))
    key = [texts.kroner, f"▮ {texts.net}\u00a0\u00a0 ● {texts.cumulative}"]
    above: dict[str, Any] = {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleBaseline": "bottom",
        "titleX": 0,
        "titleY": -30,
        "titleFontSize": SMALL,
    }
    axis = alt.Axis(title=key, tickCount=6, **above)
    net, cumulative = (alt.Y(f"{field}:Q", axis=axis) for field in ("net", "cumulative"))
    shown = {"year": texts.year, "net_shown": texts.net, "cumulative_shown": texts.cumulative}
    bar = _ROWS.mark_bar(color=colour("accent", "datum.net >= 0"), tooltip=None)
    line = _ROWS.mark_line(color=colour("ink"), strokeWidth=2.5, tooltip=None)
    dot = _ROWS.mark_point(filled=True, opacity=1, size=90, color=colour("ink"), stroke=GROUND, tooltip=None)
    zero = _ROWS.transform_calculate(nothing="0").mark_rule(color=colour("muted"), tooltip=None)
    hover = _ROWS.mark_bar(opacity=0).encode(x=x, y=alt.value(0), y2=alt.value(COST_HEIGHT), tooltip=tooltip(shown))
    layers = alt.layer(
        bar.encode(x=x, y=net),
        zero.encode(y=alt.Y("nothing:Q", axis=axis)),
        line.encode(x=x, y=cumulative),
        dot.encode(x=x, y=cumulative),
        *_last(x, cumulative),
        hover,
    )
    return finished(layers, decimal, height=COST_HEIGHT, right=12)


def _last(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The sum after the last year, written out above its dot, on a halo so that no bar runs through it."""
    style: dict[str, Any] = {"align": "right", "baseline": "bottom", "dx": 8, "dy": -10, "fontWeight": 600}
    looks: tuple[dict[str, Any], ...] = ({"color": GROUND, "stroke": GROUND, "strokeWidth": 5}, {})
    rows = _ROWS.transform_filter("datum.last")
    texts = [rows.mark_text(**style, **look, fontSize=TEXT, tooltip=None) for look in looks]
    return [each.encode(x=x, y=y, text="cumulative_shown:N") for each in texts]
