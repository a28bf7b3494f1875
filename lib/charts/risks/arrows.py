"""Arrows from `x`, `y` to `x2`, `y2` of a frame's rows, with a halo in the ground's colour so that they stand out."""

from __future__ import annotations

import altair as alt

from lib.charts.look import GROUND, colour


def arrows(rows: alt.Chart, x: alt.X, y: alt.Y, across: int, up: int) -> list[alt.Chart]:
    """`across` and `up` are how many units the plot is wide and high, `dx` and `dy` how many an arrow goes.

    The heads turn on the screen, so their angle follows the plot's width; it is computed anew when that changes, from
    columns that nothing else has written in meanwhile.
    """
    turn = f"atan2(datum.dx * width / {across}, datum.dy * height / {up}) * 180 / PI"
    ends = rows.transform_calculate(turn=turn).transform_calculate(x="datum.x2", y="datum.y2")
    head = ends.mark_point(
        shape="triangle",
        size=170,
        filled=True,
        color=colour("ink"),
        opacity=1,
        angle=alt.ExprRef("datum.turn"),
        tooltip=None,
    )
    line = {"x": x, "y": y, "x2": "x2:Q", "y2": "y2:Q"}
    return [
        rows.mark_rule(color=GROUND, strokeWidth=6, tooltip=None).encode(**line),
        rows.mark_rule(color=colour("ink"), strokeWidth=2, tooltip=None).encode(**line),
        head.encode(x=x, y=y),
    ]
