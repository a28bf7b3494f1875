"""Two criteria against each other, with lines of equal product: which areas come first, and by what."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import FRAME, MATRIX_HEIGHT, Spec, colour, finished
from lib.charts.named_points import named_points
from lib.charts.ranking.equal_scores import equal_scores
from lib.model.methods import Criterion


class MatrixTexts(NamedTuple):
    """`x` and `y` are the axis titles, `score` heads the lines' numbers; these and the others stand in the tooltip."""

    x: str
    y: str
    score: str
    area: str
    rank: str


@cache
def priority_matrix(
    scales: tuple[Criterion, Criterion],
    texts: MatrixTexts,
    decimal: str,
    levels: tuple[float, ...],
    spread: bool = False,
) -> Spec:
    """The spec for a `frames.matrix_frame`, to be read only. Both scales are shown whole.

    `levels` are the scores that get a line, e.g. (20, 40, 60, 80) or the limit of a rule. `spread` draws the frame's
    crosses.
    """
    x, y = _axes(scales, texts)
    shown = {"name": texts.area, "rank": texts.rank, "x_shown": texts.x, "y_shown": texts.y, "score_shown": texts.score}
    crosses = _crosses(x, y) if spread else []
    chart = alt.layer(*equal_scores(scales, x, y, levels, texts.score), *crosses, *named_points(x, y, shown))
    return finished(chart, decimal, height=MATRIX_HEIGHT, right=30)


def _axes(scales: tuple[Criterion, Criterion], texts: MatrixTexts) -> tuple[alt.X, alt.Y]:
    across, up = (alt.Scale(domain=[each.low, each.high], nice=False, zero=False) for each in scales)
    steps: list[dict[str, Any]] = [{"values": list(each.steps), "format": "d"} for each in scales]
    above = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -20, "titleY": -22}
    return (
        alt.X("x:Q", scale=across, axis=alt.Axis(title=texts.x, titleAnchor="end", **steps[0])),
        alt.Y("y:Q", scale=up, axis=alt.Axis(title=texts.y, **above, **steps[1])),
    )


def _crosses(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    style: dict[str, Any] = {"strokeWidth": 2, "opacity": 0.6, "tooltip": None}
    rule = alt.Chart(FRAME).mark_rule(**style, color=colour("accent", "datum.top", "faint"))
    return [
        rule.transform_calculate(x="datum.x_low").encode(x=x, x2="x_high:Q", y=y),
        rule.transform_calculate(y="datum.y_low").encode(y=y, y2="y_high:Q", x=x),
    ]
