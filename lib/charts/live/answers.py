"""How many gave each step of each criterion of one area: where a room is of one mind, and where it is of two."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import altair as alt

from lib.charts.look import FRAME, GROUND, SMALL, TEXT, Spec, colour, finished, tooltip

_ROWS = alt.Chart(FRAME)
_HEIGHT, _LARGEST = 74, 40  # px of a criterion's row, and across the largest circle


class AnswersTexts(NamedTuple):
    """What the tooltip calls a criterion, a step of its scale, and how many gave it."""

    criterion: str
    step: str
    times: str


@cache
def answers(texts: AnswersTexts, decimal: str, low: int, high: int) -> Spec:
    """The spec for a `talk_frames.answers_frame`, to be read only. `low` and `high` end the widest of the scales."""
    steps = alt.Axis(values=list(range(low, high + 1)), format="d", orient="top", domain=False, title=None)
    x = alt.X("step:Q", scale=alt.Scale(domain=[low, high], nice=False, zero=False, padding=26), axis=steps)
    y = alt.Y("criterion:N", sort=None, axis=None, scale=alt.Scale(padding=0))
    size = alt.Size("share:Q", scale=alt.Scale(type="linear", domain=[0, 1], range=[0, _LARGEST**2]), legend=None)
    shown = tooltip({"criterion": texts.criterion, "step_shown": texts.step, "count_shown": texts.times})
    given = _ROWS.transform_filter("datum.count > 0")
    name = _ROWS.transform_filter("datum.first").mark_text(align="left", baseline="top", dy=-39, fontSize=SMALL)
    layers = alt.layer(
        _ROWS.transform_filter("datum.first")
        .mark_rule(color=colour("faint"), tooltip=None)
        .encode(x=alt.value(0), x2=alt.value("width"), y=y),
        given.mark_circle(opacity=1, color=colour("accent"), stroke=GROUND).encode(x=x, y=y, size=size, tooltip=shown),
        given.mark_text(color=GROUND, fontSize=TEXT, fontWeight=600, tooltip=None).encode(x=x, y=y, text="count:N"),
        name.encode(x=alt.value(0), y=y, text="criterion:N"),
    )
    return finished(layers, decimal, height=alt.Step(_HEIGHT))
