"""Points with their labels where a `frames.matrix_frame` has placed them, the best above the others."""

from __future__ import annotations

from typing import Any

import altair as alt

from lib.charts.labels import LINE_HEIGHT
from lib.charts.look import FRAME, GROUND, IS_NARROW, RADIUS, SMALL, TEXT, colour, tooltip

_PARTS = ("text", "align", "x", "y", "end_x", "end_y")


def named_points(x: alt.X, y: alt.Y, shown: dict[str, str]) -> list[alt.LayerChart]:
    """Lines to the labels, dots, labels. `shown` maps the tooltip's columns to their titles."""
    chosen = {f"label_{part}": f"{IS_NARROW} ? datum.narrow_{part} : datum.wide_{part}" for part in _PARTS}
    rows = alt.Chart(FRAME).transform_calculate(**chosen)
    line = rows.transform_filter("isValid(datum.label_end_x)").mark_rule(color=colour("muted"), tooltip=None)
    return [line.encode(x=x, y=y, x2="label_end_x:Q", y2="label_end_y:Q"), *_dots(x, y, shown), *_labels(rows, x, y)]


def _dots(x: alt.X, y: alt.Y, shown: dict[str, str]) -> list[alt.Chart]:
    style: dict[str, Any] = {"size": 4 * RADIUS**2, "opacity": 1, "stroke": GROUND, "strokeWidth": 1}
    return [
        alt.Chart(FRAME)
        .transform_filter(which)
        .mark_circle(color=colour(name), **style)
        .encode(x=x, y=y, tooltip=tooltip(shown))
        for which, name in (("!datum.top", "grey"), ("datum.top", "accent"))
    ]


def _labels(rows: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Each text twice: as a halo in the ground's colour, so that no line runs through the letters, and as itself."""
    size = f"(datum.top && !({IS_NARROW}) ? {TEXT} : {SMALL})"
    style: dict[str, Any] = {
        "align": alt.ExprRef("datum.label_align"),
        "baseline": "top",
        "lineBreak": "\n",
        "fontSize": alt.ExprRef(size),
        "lineHeight": alt.ExprRef(f"{size} * {LINE_HEIGHT}"),
        "fontWeight": alt.ExprRef("datum.top ? 600 : 400"),
        "tooltip": None,
    }
    placed = rows.transform_calculate(x="datum.label_x", y="datum.label_y").encode(x=x, y=y, text="label_text:N")
    return [
        placed.mark_text(**style, color=GROUND, stroke=GROUND, strokeWidth=4),
        placed.mark_text(**style, color=colour("ink", "datum.top", "muted")),
    ]
