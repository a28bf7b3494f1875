"""The lines along which the product of two criteria is the same, drawn from the exponents in a frame's first row."""

from __future__ import annotations

from typing import Any

import altair as alt

from lib.charts.look import FRAME, SMALL, colour
from lib.model.methods import Criterion

Scales = tuple[Criterion, Criterion]
_STYLE: dict[str, Any] = {"fontSize": SMALL, "color": colour("muted"), "tooltip": None}


def equal_scores(scales: Scales, x: alt.X, y: alt.Y, levels: tuple[float, ...], title: str) -> list[alt.Chart]:
    """A thin line for each level of x ** power_x * y ** power_y, its number in the margin, `title` above these."""
    across, up = scales
    first = alt.Chart(FRAME).transform_window(row="row_number()").transform_filter("datum.row === 1")
    each = first.transform_calculate(level=str(list(levels))).transform_flatten(["level"])
    edges = {
        "right": f"pow(datum.level / pow({across.high}, datum.power_x), 1 / datum.power_y)",
        "left": f"pow(datum.level / pow({across.low}, datum.power_x), 1 / datum.power_y)",
        "top": f"pow(datum.level / pow({up.high}, datum.power_y), 1 / datum.power_x)",
        "bottom": f"pow(datum.level / pow({up.low}, datum.power_y), 1 / datum.power_x)",
    }
    met = each.transform_calculate(**edges)
    corner = first.transform_calculate(x=str(across.high), y=str(up.high)).encode(x=x, y=y)
    heading = corner.mark_text(align="right", baseline="bottom", dx=28, dy=-22, text=title, **_STYLE)
    return [_equal_score_line(met, scales, x, y), *_numbers(met, scales, x, y), heading]


def _equal_score_line(met: alt.Chart, scales: Scales, x: alt.X, y: alt.Y) -> alt.Chart:
    """From edge to edge, traced along the axis where it has no steep ends, so any exponents will do, 0 too."""
    u, v = (
        f"clamp({begin}, {scale.low}, {scale.high}) * (1 - datum.t) + clamp({end}, {scale.low}, {scale.high}) * datum.t"
        for scale, begin, end in zip(scales, ("datum.top", "datum.right"), ("datum.bottom", "datum.left"), strict=True)
    )
    steep = "datum.power_x >= datum.power_y"
    curve = {
        "x": f"{steep} ? pow(datum.level / pow(datum.v, datum.power_y), 1 / datum.power_x) : datum.u",
        "y": f"{steep} ? datum.v : pow(datum.level / pow(datum.u, datum.power_x), 1 / datum.power_y)",
    }
    traced = met.transform_calculate(t="sequence(0, 1.001, 0.02)").transform_flatten(["t"])
    line = traced.transform_calculate(u=u, v=v).transform_calculate(**curve)
    styled = line.mark_line(strokeWidth=1.25, color=colour("faint"), tooltip=None)
    return styled.encode(x=x, y=y, detail="level:Q", order="t:Q")


def _numbers(met: alt.Chart, scales: Scales, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Each level where its line leaves the plot, on the right if it does, else on top."""
    across, up = scales
    at_right = f"datum.right >= {up.low} && datum.right <= {up.high}"
    at_top = f"!({at_right}) && datum.top >= {across.low} && datum.top <= {across.high}"
    right = met.transform_filter(at_right).transform_calculate(x=str(across.high), y="datum.right")
    top = met.transform_filter(at_top).transform_calculate(x="datum.top", y=str(up.high))
    return [
        right.mark_text(align="left", dx=6, **_STYLE).encode(x=x, y=y, text="level:Q"),
        top.mark_text(baseline="bottom", dy=-4, **_STYLE).encode(x=x, y=y, text="level:Q"),
    ]
