"""How the raters' scores lie around each area's mean."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import altair as alt

from lib.charts.look import FRAME, GROUND, TEXT, Spec, colour, finished, tooltip
from lib.charts.rows import MARKS, heading, lower_edge, step, stroke, titles

_ONCE = alt.Chart(FRAME).transform_filter("datum.first")
_BAR = "M0,-1V1"


class DistributionTexts(NamedTuple):
    """`score` heads the scale; it stands in the tooltip with `area`, `rater` and `mean`."""

    score: str
    mean: str
    area: str
    rater: str


@cache
def distribution(texts: DistributionTexts, decimal: str, ceiling: float, lines: int = 1) -> Spec:
    """The spec for a `frames.distribution_frame`, to be read only.

    `ceiling` is the method's highest score, `lines` the frame's `title_lines`.
    """
    scale = alt.Scale(domain=[0, ceiling], range=[0, alt.ExprRef("width - 60")], nice=False)
    zero, score, mean = (
        alt.X(f"{field}:Q", scale=scale, axis=heading(texts.score)) for field in ("zero", "score", "mean")
    )
    layers = alt.layer(
        titles(_ONCE),
        stroke(_ONCE, zero, "ceiling:Q", strokeWidth=2, color=colour("faint")),
        _dots(score, texts),
        *_means(mean),
    )
    return finished(layers.transform_calculate(zero="0", ceiling=str(ceiling)), decimal, height=step(lines))


def _dots(score: alt.X, texts: DistributionTexts) -> alt.Chart:
    """One dot a rater; those of the same score climb on each other's shoulders."""
    shown = {"name": texts.area, "rater_shown": texts.rater, "score_shown": texts.score, "mean_shown": texts.mean}
    climb = alt.ExprRef(f"{MARKS} - 5 * datum.pile")
    dot = alt.Chart(FRAME).mark_circle(opacity=1, yOffset=climb, color=colour("grey"), stroke=GROUND)
    size = alt.Size("size:Q", scale=None, legend=None)
    return dot.encode(x=score, y=lower_edge(), size=size, tooltip=tooltip(shown))


def _means(mean: alt.X) -> list[alt.Chart]:
    bar = _ONCE.mark_point(
        shape=_BAR, size=300, strokeWidth=4, opacity=1, yOffset=MARKS, stroke=colour("accent"), tooltip=None
    )
    text = _ONCE.mark_text(
        align="right", yOffset=MARKS, fontSize=TEXT, fontWeight=600, color=colour("accent"), tooltip=None
    )
    return [
        bar.encode(x=mean, y=lower_edge()),
        text.encode(x=alt.value("width"), y=lower_edge(), text=alt.Text("mean:Q", format=".1f")),
    ]
