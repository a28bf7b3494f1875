"""Areas by score, best first: a bar of the highest possible score, and beside it the places that the area may hold."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import altair as alt

from lib.charts.look import FRAME, GROUND, TEXT, Spec, colour, finished, tooltip
from lib.charts.rows import MARKS, heading, lower_edge, step, stroke, titles, whole_row

_ROWS = alt.Chart(FRAME)
_STRONG = colour("accent", "datum.top")


class RankingTexts(NamedTuple):
    """`score` and `places` head the two halves and stand in the tooltip with the others."""

    score: str
    places: str
    area: str
    n: str
    agreement: str


@cache
def ranking(texts: RankingTexts, decimal: str, ceiling: float, lines: int = 1) -> Spec:
    """The spec for a `frames.ranking_frame`, to be read only.

    `ceiling` is the method's highest score, `lines` the frame's `title_lines`.
    """
    layers = alt.layer(titles(_ROWS), _scores(texts, ceiling), _places(texts), _hover(texts))
    placed = layers.resolve_scale(x="independent").transform_calculate(zero="0", ceiling=str(ceiling), first="1")
    return finished(placed, decimal, height=step(lines))


def _scores(texts: RankingTexts, ceiling: float) -> alt.LayerChart:
    scale = alt.Scale(domain=[0, ceiling], range=[0, alt.ExprRef("width * 0.58 - 44")], nice=False)
    zero, end = (alt.X(f"{field}:Q", scale=scale, axis=heading(texts.score)) for field in ("zero", "score"))
    value = _ROWS.mark_text(align="left", dx=6, yOffset=MARKS, fontWeight=600, fontSize=TEXT, tooltip=None)
    return alt.layer(
        stroke(_ROWS, zero, "ceiling:Q", strokeWidth=14, color=colour("faint"), opacity=0.5),
        stroke(_ROWS, zero, "score:Q", strokeWidth=14, color=_STRONG),
        value.encode(x=end, y=lower_edge(), text="score_shown:N"),
    )


def _places(texts: RankingTexts) -> alt.LayerChart:
    span = [alt.ExprRef("width * 0.58 + 16"), alt.ExprRef("width - 54")]
    scale = alt.Scale(range=span, zero=False, nice=False)
    first, low, rank = (
        alt.X(f"{field}:Q", scale=scale, axis=heading(texts.places)) for field in ("first", "low", "rank")
    )
    dot = _ROWS.mark_circle(yOffset=MARKS, size=110, opacity=1, color=_STRONG, stroke=GROUND, strokeWidth=2)
    written = _ROWS.mark_text(align="right", yOffset=MARKS, fontSize=TEXT, tooltip=None)
    return alt.layer(
        stroke(_ROWS, first, "last:Q", strokeWidth=2, color=colour("faint")),
        stroke(_ROWS, low, "high:Q", strokeWidth=6, strokeCap="round", color=_STRONG),
        dot.encode(x=rank, y=lower_edge()),
        written.encode(x=alt.value("width"), y=lower_edge(), text="places:N"),
    )


def _hover(texts: RankingTexts) -> alt.Chart:
    shown = {"name": texts.area, "score_shown": texts.score, "places": texts.places}
    shown |= {"n": texts.n, "agreement_shown": texts.agreement}
    row = _ROWS.mark_bar(opacity=0)
    return row.encode(x=alt.value(0), x2=alt.value("width"), y=whole_row(), tooltip=tooltip(shown))
