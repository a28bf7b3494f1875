"""Forced risks still open over time, and those without a countermeasure: two lines in steps, named at the end."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import FRAME, GROUND, SMALL, TEXT, Spec, colour, finished, tooltip

_ROWS = alt.Chart(FRAME)
_HEIGHT = 280


class HistoryTexts(NamedTuple):
    """`risks` names the scale; `day` is how a day is written on the axis, e.g. «%d.%m.%y»."""

    risks: str
    when: str
    line: str
    day: str


@cache
def risk_history(texts: HistoryTexts, decimal: str) -> Spec:
    """The spec for a `risks.frames.history_frame`, to be read only."""
    across = alt.Scale(type="utc", range=[8, alt.ExprRef("width - 12")], nice=False)
    days = alt.Axis(title=None, format=texts.day, tickCount=4, labelOverlap=True)
    x = alt.X("when:T", scale=across, axis=days)
    above: dict[str, Any] = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": 0}
    axis = alt.Axis(title=texts.risks, titleY=-14, titleFontSize=SMALL, format="d", tickMinStep=1, **above)
    y, top = (alt.Y(f"{field}:Q", scale=alt.Scale(zero=True, nice=False), axis=axis) for field in ("value", "top"))
    room = _ROWS.mark_rule(opacity=0, tooltip=None).encode(y=top)  # for the names above the highest line
    layers = alt.layer(room, _count_line(x, y, 0), _count_line(x, y, 1), _dots(texts, x, y), *_names(y))
    return finished(layers, decimal, height=_HEIGHT)


def _count_line(x: alt.X, y: alt.Y, place: int) -> alt.Chart:
    """All forced ones whole, those without a countermeasure dashed."""
    rows = _ROWS.transform_filter(f"datum.place === {place}")
    look: dict[str, Any] = {"color": colour("accent" if place else "grey"), "strokeDash": [6, 4] if place else [1, 0]}
    return rows.mark_line(interpolate="step-after", strokeWidth=3, tooltip=None, **look).encode(x=x, y=y)


def _dots(texts: HistoryTexts, x: alt.X, y: alt.Y) -> alt.Chart:
    shown = {"line": texts.line, "when_shown": texts.when, "value": texts.risks}
    rows = _ROWS.transform_filter("!datum.last")
    mark = rows.mark_point(filled=True, opacity=1, size=70, color=colour("accent", "datum.place === 1"))
    return mark.encode(x=x, y=y, tooltip=tooltip(shown))


def _names(y: alt.Y) -> list[alt.Chart]:
    """Above the end of each line, and below it for the second, at the right edge, where there is room for the words."""
    found = []
    for place, lift in enumerate((-12, 18)):
        rows = _ROWS.transform_filter(f"datum.last && datum.place === {place}")
        style: dict[str, Any] = {"align": "right", "dy": lift, "fontSize": TEXT, "fontWeight": 600, "tooltip": None}
        looks: tuple[dict[str, Any], ...] = ({"stroke": GROUND, "strokeWidth": 4, "color": GROUND}, {})
        found += [rows.mark_text(**style, **look).encode(x=alt.value("width"), y=y, text="said:N") for look in looks]
    return found
