"""Themes against functions: a row a theme, a cell where it is spoken of, with the letters of its sides in it."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt

from lib.charts.by_lines import by_lines
from lib.charts.look import FRAME, GROUND, IS_NARROW, SMALL, Spec, colour, finished, tooltip
from lib.charts.rows import MARKS, heading, lower_edge, step, stroke, titles, whole_row

_ROWS = alt.Chart(FRAME)
_CELL = 26  # px high
_LETTER = 7.6  # px wide, of a function's name
SERIOUS = "datum.serious"


class MatrixTexts(NamedTuple):
    """What heads the tooltip's lines."""

    theme: str
    function: str
    letters: str


@by_lines
def theme_matrix(texts: MatrixTexts, decimal: str) -> Spec:
    """The spec for a `swot.frames.theme_frame`, to be read only.

    Threats and weaknesses are filled, strengths and opportunities framed; the letters say which.
    """
    scale, axis = alt.Scale(zero=True, nice=False), heading("\u00a0")
    low, inner, middle, end = (
        alt.X(f"{field}:Q", scale=scale, axis=axis) for field in ("low", "inner", "middle", "functions")
    )
    rows, cells = _ROWS.transform_filter("datum.first"), _ROWS.transform_filter("datum.text != ''")
    layers = alt.layer(
        titles(rows),
        _ROWS.mark_rule(opacity=0, tooltip=None).encode(x=end),  # as far as the last function reaches
        _heads(middle),
        stroke(_ROWS.transform_filter("datum.text == ''"), low, "high:Q", strokeWidth=2, color=colour("faint")),
        stroke(cells, low, "high:Q", strokeWidth=_CELL, color=colour("accent", SERIOUS, "grey")),
        stroke(cells.transform_filter(f"!{SERIOUS}"), inner, "inner_high:Q", strokeWidth=_CELL - 4, color=GROUND),
        _letters(cells, middle),
        _hover(texts, low),
    )
    return finished(layers, decimal, height=step(1))


def _heads(x: alt.X) -> alt.Chart:
    """The functions' names above their columns, cut where a column has no room for one."""
    room = f"floor((width / datum.functions - 6) / {_LETTER})"
    named = f"length(datum.function) > {room} ? slice(datum.function, 0, {room} - 1) + '.' : datum.function"
    heads = _ROWS.transform_filter("datum.top").transform_calculate(head=named)
    look: dict[str, Any] = {"baseline": "bottom", "fontSize": SMALL, "color": colour("muted"), "tooltip": None}
    return heads.mark_text(**look).encode(x=x, y=alt.value(-6), text="head:N")


def _letters(cells: alt.Chart, x: alt.X) -> alt.Chart:
    size = f"({IS_NARROW} ? {SMALL - 1} : {SMALL + 2})"
    ink = alt.ExprRef(f"{SERIOUS} ? background : ({colour('ink').expr})")
    style: dict[str, Any] = {"fontSize": alt.ExprRef(size), "fontWeight": 600, "yOffset": MARKS, "tooltip": None}
    written = cells.transform_calculate(written=f"{IS_NARROW} ? datum.close : datum.text")
    return written.mark_text(baseline="middle", color=ink, **style).encode(x=x, y=lower_edge(), text="written:N")


def _hover(texts: MatrixTexts, low: alt.X) -> alt.Chart:
    shown = {"item": texts.theme, "function": texts.function, "told": texts.letters}
    return _ROWS.mark_bar(opacity=0).encode(x=low, x2="high:Q", y=whole_row(), tooltip=tooltip(shown))
