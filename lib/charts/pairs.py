"""Two values an area, such as two parties' or two rounds': a mark for each, and a line for how far they are apart."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt

from lib.charts.look import FRAME, GROUND, TEXT, Spec, colour, finished, tooltip
from lib.charts.rows import MARKS, heading, lower_edge, step, stroke, titles, whole_row

_ROWS = alt.Chart(FRAME)
_BESIDE = 12  # px from a mark to its number


class PairsTexts(NamedTuple):
    """`score` heads the scale, `one` and `other` name the values in the key under it; all stand in the tooltip."""

    score: str
    one: str
    other: str
    gap: str
    area: str


@cache
def pairs(texts: PairsTexts, decimal: str, ceiling: float, lines: int = 1) -> Spec:
    """The spec for a `frames.pairs_frame`, to be read only. `one` is a diamond, `other` a dot in the accent, which
    a diamond in the same place leaves to be seen.

    `ceiling` is the highest value there can be, `lines` the frame's `title_lines`.
    """
    key = [texts.score, f"◆ {texts.one}\u00a0\u00a0 ● {texts.other}"]
    scale = alt.Scale(domain=[0, ceiling], range=[44, alt.ExprRef("width - 44")], nice=False)
    zero, low, high, one, other = (
        alt.X(f"{field}:Q", scale=scale, axis=heading(key)) for field in ("zero", "low", "high", "one", "other")
    )
    layers = alt.layer(
        titles(_ROWS),
        stroke(_ROWS, zero, "ceiling:Q", strokeWidth=2, color=colour("faint")),
        stroke(_ROWS, low, "high:Q", strokeWidth=4, color=colour("grey")),
        _mark(other, "circle", "accent", size=210),
        _mark(one, "diamond", "ink", size=130),
        *_number(low, "low", "right", -_BESIDE),
        *_number(high, "high", "left", _BESIDE),
        _hover(texts),
    )
    return finished(layers.transform_calculate(zero="0", ceiling=str(ceiling)), decimal, height=step(lines))


def _mark(x: alt.X, shape: str, name: str, size: int) -> alt.Chart:
    mark = _ROWS.mark_point(
        shape=shape, size=size, opacity=1, filled=True, yOffset=MARKS, color=colour(name), stroke=GROUND, tooltip=None
    )
    return mark.encode(x=x, y=lower_edge())


def _number(x: alt.X, end: str, align: str, dx: int) -> list[alt.Chart]:
    """The number outside the pair, in the colour of its mark, on a halo so that no line runs through it."""
    style = {"align": align, "dx": dx, "yOffset": MARKS, "fontSize": TEXT, "fontWeight": 600, "tooltip": None}
    own = colour("ink", f"datum.{end} === datum.one", "accent")
    looks: tuple[dict[str, Any], ...] = ({"color": GROUND, "stroke": GROUND, "strokeWidth": 6}, {"color": own})
    return [_ROWS.mark_text(**style, **look).encode(x=x, y=lower_edge(), text=f"{end}_shown:N") for look in looks]


def _hover(texts: PairsTexts) -> alt.Chart:
    shown = {"name": texts.area, "one_shown": texts.one, "other_shown": texts.other, "gap_shown": texts.gap}
    row = _ROWS.mark_bar(opacity=0)
    return row.encode(x=alt.value(0), x2=alt.value("width"), y=whole_row(), tooltip=tooltip(shown))
