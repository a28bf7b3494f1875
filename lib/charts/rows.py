"""What charts with one row an area share: the name stands whole above the row's marks, on a phone too."""

from __future__ import annotations

from typing import Any

import altair as alt

from lib.charts.labels import LINE_HEIGHT
from lib.charts.look import IS_NARROW, SMALL, TEXT, colour

MARKS = -15  # how far above a row's lower edge its marks stand, in px


def step(lines: int) -> alt.Step:
    """The height of a row whose title has as many lines."""
    return alt.Step(32 + round(lines * TEXT * LINE_HEIGHT))


def whole_row() -> alt.Y:
    """The rows stand in the frame's order."""
    return alt.Y("item:N", sort=None, axis=None, scale=alt.Scale(padding=0))


def lower_edge() -> alt.Y:
    """Of an area's row: marks and title stand at a fixed height above it."""
    return whole_row().bandPosition(1)


def titles(rows: alt.Chart) -> alt.Chart:
    """The names, one for each of `rows`."""
    size = f"({IS_NARROW} ? {SMALL} : {TEXT})"
    lift = f"{MARKS - 12} - {size} * {LINE_HEIGHT} * length(split(datum.title, '\\n'))"
    style: dict[str, Any] = {
        "align": "left",
        "baseline": "top",
        "yOffset": alt.ExprRef(lift),
        "lineBreak": "\n",
        "fontSize": alt.ExprRef(size),
        "lineHeight": alt.ExprRef(f"{size} * {LINE_HEIGHT}"),
        "fontWeight": 600,
        "tooltip": None,
    }
    named = rows.transform_calculate(title=f"{IS_NARROW} ? datum.narrow_title : datum.wide_title")
    return named.mark_text(**style).encode(x=alt.value(0), y=lower_edge(), text="title:N")


def stroke(rows: alt.Chart, x: alt.X, x2: str, **style: Any) -> alt.Chart:
    """A horizontal stroke in each of `rows`."""
    return rows.mark_rule(yOffset=MARKS, tooltip=None, **style).encode(x=x, x2=x2, y=lower_edge())


def heading(title: str | list[str], **more: Any) -> alt.Axis:
    """The name of a scale, or its lines, above its rows; the numbers stand at the marks."""
    plain: dict[str, Any] = {"orient": "top", "labels": False, "domain": False, "titleAnchor": "start"}
    return alt.Axis(title=title, titleFontSize=SMALL, titleColor=colour("muted"), titlePadding=6, **plain, **more)
