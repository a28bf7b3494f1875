"""Who pays more than today and who pays less: a bar a municipality from zero, and a stroke for each other model."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import FRAME, IS_NARROW, TEXT, Spec, colour, finished, tooltip
from lib.charts.rows import MARKS, heading, lower_edge, step, stroke, titles, whole_row

_ROWS = alt.Chart(FRAME)
_ROOM = f"({IS_NARROW} ? 92 : 112)"  # px at the right for the numbers


class ChangeTexts(NamedTuple):
    """`change` heads the scale, `others` says what the strokes are («» where there are none)."""

    change: str
    less: str
    more: str
    others: str
    municipality: str
    model: str


@cache
def cost_change(texts: ChangeTexts, decimal: str, lines: int = 1) -> Spec:
    """The spec for a `cost_frames.change_frame`, to be read only; `lines` is the frame's `title_lines`."""
    key = [texts.change, f"◀ {texts.less}\u00a0\u00a0 {texts.more} ▶"]
    key += [f"┃ {texts.others}"] if texts.others else []
    axis = heading(key, titleX=0, titleAlign="left")
    ends = [4, alt.ExprRef(f"width - {_ROOM}")]
    scale = alt.Scale(range=ends, zero=True, nice=False)
    zero, change = (alt.X(f"{field}:Q", scale=scale, axis=axis) for field in ("zero", "change"))
    main, rest = _ROWS.transform_filter("datum.main"), _ROWS.transform_filter("!datum.main")
    nothing = main.mark_rule(color=colour("grey"), tooltip=None).encode(x=zero)
    layers = alt.layer(
        titles(main),
        stroke(main, zero, "change:Q", strokeWidth=16, color=colour("accent", "datum.change > 0", "grey")),
        nothing,
        _strokes(rest, change),
        _numbers(main),
        _hover(texts, main),
    )
    return finished(layers.transform_calculate(zero="0"), decimal, height=step(lines))


def _strokes(rows: alt.Chart, x: alt.X) -> alt.Chart:
    style: dict[str, Any] = {"shape": "stroke", "angle": 90, "size": 320, "strokeWidth": 3, "opacity": 1}
    mark = rows.mark_point(**style, yOffset=MARKS, color=colour("ink"), tooltip=None)
    return mark.encode(x=x, y=lower_edge())


def _numbers(rows: alt.Chart) -> alt.Chart:
    """At the right edge, with their signs, so that the colour tells nothing alone and no stroke runs through them."""
    style: dict[str, Any] = {"align": "right", "fontSize": TEXT, "fontWeight": 600, "yOffset": MARKS, "tooltip": None}
    return rows.mark_text(**style).encode(x=alt.value("width"), y=lower_edge(), text="shown:N")


def _hover(texts: ChangeTexts, rows: alt.Chart) -> alt.Chart:
    shown = {"item": texts.municipality, "model": texts.model, "shown": texts.change}
    row = rows.mark_bar(opacity=0)
    return row.encode(x=alt.value(0), x2=alt.value("width"), y=whole_row(), tooltip=tooltip(shown))
