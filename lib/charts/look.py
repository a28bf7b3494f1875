"""How every chart looks: one accent, greys for the rest, on light and on dark, numbers as the language has them.

A colour is an expression that looks at the chart's own ground, so the same spec follows the visitor's theme (which sets
`config.background`) without a rerun, and stands on white paper too.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from lib.charts.brevity import brief

Spec = dict[str, Any]
FRAME = alt.NamedData("source")  # the name under which Streamlit hands a frame to a chart

# On a light ground and on a dark one: text (ink, muted, accent) >= 4.5 and marks (grey) >= 3 against it.
PALETTE = {
    "accent": ("#0B5A78", "#5BB4D6"),
    "ink": ("#1B1F23", "#F2F4F5"),
    "muted": ("#565F66", "#A9B1B8"),
    "grey": ("#7C858C", "#8A939B"),
    "faint": ("#D3D9DD", "#3C454D"),
}
DARK = "(luminance(background) < 0.5)"
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"  # `labels` reckons with these widths
GROUND = alt.ExprRef("background")
TEXT, SMALL = 15, 13
MATRIX_HEIGHT, RADIUS = 460, 6
COST_HEIGHT = 400
NARROW, WIDE = 200, 540  # the plot widths in px that labels are laid out for; each layout holds for all wider plots
IS_NARROW = f"width < {WIDE}"


def colour(name: str, when: str = "", other: str = "grey") -> alt.ExprRef:
    """A colour of the palette; with `when`, an expression over `datum`, `other` where it is false."""
    return alt.ExprRef(f"{when} ? {_shade(name)} : {_shade(other)}" if when else _shade(name))


def _shade(name: str) -> str:
    light, dark = PALETTE[name]
    return f"({DARK} ? '{dark}' : '{light}')"


def tooltip(shown: dict[str, str]) -> list[alt.Tooltip]:
    """Columns of ready-written text and their titles."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in shown.items()]


def finished(chart: alt.LayerChart, decimal: str, height: Any, right: int = 4) -> Spec:
    """The validated spec without data, as wide as its container; `decimal` is the language's decimal mark.

    `right` is the margin for what stands right of the plot, in px.
    """
    number = {"decimal": decimal, "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}
    padding = {"left": 4, "top": 4, "right": right, "bottom": 4}  # a bare number stops Streamlit's chart from drawing
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    axis: Spec = {"labelColor": colour("muted"), "titleColor": colour("ink"), "domainColor": colour("grey")}
    axis |= {"labelFontSize": SMALL, "titleFontSize": TEXT, "labelPadding": 6, "titlePadding": 8, "grid": False}
    axis |= {"ticks": False, "domain": True, "labelFlush": False, "titleFontWeight": "normal", "aria": False}
    looked = chart.properties(autosize=fit, padding=padding, height=height).configure(
        font=FONT,
        locale={"number": number},
        view=alt.ViewConfig(stroke=None),
        mark=alt.MarkConfig(aria=False),  # else every mark is read out, in English; alt text and table say it better
        text=alt.MarkConfig(fontSize=TEXT, color=colour("ink")),
        axis=alt.AxisConfig(**axis),
    )
    return brief(looked.to_dict())
