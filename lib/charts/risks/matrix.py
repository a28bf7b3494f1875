"""Risks by probability and consequence: which cells force a countermeasure, and where each risk goes with its own."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import FRAME, GROUND, SMALL, TEXT, Spec, colour, finished, tooltip
from lib.charts.risks.arrows import arrows

HEIGHT = 440
CELL = "cell"  # the selection's name, for whoever listens to it
_CORNER = {"align": "right", "baseline": "top", "dx": -6, "dy": 5, "fontSize": SMALL, "tooltip": None}
_SPACE = {"domain": [0.5, 5.5], "nice": False, "zero": False}


class RiskTexts(NamedTuple):
    """Axis titles, and what heads the lines of the tooltip."""

    probability: str
    consequence: str
    cell: str
    sum: str
    demand: str
    risks: str


@cache
def risk_matrix(texts: RiskTexts, decimal: str) -> Spec:
    """The spec for a `risk_frames.matrix_frame`, to be read only; a click selects a cell by `s` and `k`."""
    x, y = _axes(texts)
    rows = {kind: alt.Chart(FRAME).transform_filter(f"datum.kind === '{kind}'") for kind in ("cell", "hatch", "arrow")}
    chosen = alt.selection_point(name=CELL, fields=["s", "k"], on="click", clear="dblclick")
    shown = {"cell": texts.cell, "sum": texts.sum, "demand": texts.demand, "who": texts.risks}
    box = rows["cell"].mark_rect(fill=colour("accent"), fillOpacity=alt.ExprRef("datum.forced ? 0.2 : 0.0"))
    cells = box.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", tooltip=tooltip(shown)).add_params(chosen)
    edge = rows["cell"].mark_rect(filled=False, stroke=colour("grey"), tooltip=None)
    chosen_width = alt.condition(chosen, alt.value(5), alt.value(1), empty=False)
    edges = edge.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=chosen_width)
    hatch = rows["hatch"].mark_rule(color=colour("accent"), opacity=0.45, strokeWidth=1, tooltip=None)
    lines = hatch.encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
    return finished(
        alt.layer(lines, cells, edges, *arrows(rows["arrow"], x, y, 5, 5), *_texts(rows["cell"], x, y)), decimal, HEIGHT
    )


def _axes(texts: RiskTexts) -> tuple[alt.X, alt.Y]:
    steps: dict[str, Any] = {"values": list(range(1, 6)), "format": "d", "domain": False}
    above = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -20, "titleY": -10}
    across = alt.Axis(title=texts.consequence, titleAnchor="end", **steps)
    up = alt.Axis(title=texts.probability, **above, **steps)
    scale = alt.Scale(**_SPACE)
    return alt.X("x:Q", scale=scale, axis=across), alt.Y("y:Q", scale=scale, axis=up)


def _texts(rows: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The risks' numbers at the left of the cell, and S × K small in the corner."""
    middle = rows.transform_calculate(x="datum.x", y="datum.s").encode(x=x, y=y, text="text:N")
    corner = rows.transform_calculate(x="datum.x2", y="datum.y2").encode(x=x, y=y, text="sum:N")
    style: dict[str, Any] = {"fontSize": TEXT, "fontWeight": 600, "lineBreak": "\n", "tooltip": None}
    style |= {"align": "left", "dx": 7}
    halo = {"color": GROUND, "stroke": GROUND, "strokeWidth": 4}
    return [
        middle.mark_text(**style, **halo),
        middle.mark_text(**style),
        corner.mark_text(**_CORNER, color=colour("muted")),
    ]
