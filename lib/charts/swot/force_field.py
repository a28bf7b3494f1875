"""What drives a cooperation against what holds it back: a bar a force from the middle, as long as it is strong."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt

from lib.charts.by_lines import by_lines
from lib.charts.look import FRAME, GROUND, TEXT, Spec, colour, finished, tooltip
from lib.charts.rows import MARKS, heading, lower_edge, step, stroke, titles, whole_row

_ROWS = alt.Chart(FRAME)
_SIDE = colour("accent", "datum.driver", "grey")
_ROOM = 40  # px at each edge for the number at the end of a bar


class ForceTexts(NamedTuple):
    """`driver` and `barrier` name the two sides, `unjudged` what a ring is («» where there is none)."""

    driver: str
    barrier: str
    strength: str
    unjudged: str
    force: str
    side: str


@by_lines
def force_field(texts: ForceTexts, decimal: str) -> Spec:
    """The spec for a `swot.frames.force_frame`, to be read only. A force that nobody has judged is a hollow ring."""
    key = [texts.strength, f"◀ {texts.barrier}\u00a0\u00a0 {texts.driver} ▶"]
    key += [f"○ {texts.unjudged}"] if texts.unjudged else []
    scale = alt.Scale(domain=[-5, 5], range=[_ROOM, alt.ExprRef(f"width - {_ROOM}")], nice=False)
    axis = heading(key, titleX=0, titleAlign="left")
    zero, ring, end = (alt.X(f"{field}:Q", scale=scale, axis=axis) for field in ("zero", "ring", "end"))
    layers = alt.layer(
        titles(_ROWS),
        stroke(_ROWS.transform_filter("datum.judged"), zero, "value:Q", strokeWidth=16, color=_SIDE),
        *(_ring(ring), _middle(zero)),
        *(_strength(end, driver) for driver in (True, False)),
        _hover(texts),
    )
    return finished(layers.transform_calculate(zero="0"), decimal, height=step(1))


def _ring(x: alt.X) -> alt.Chart:
    style: dict[str, Any] = {"shape": "circle", "size": 130, "filled": False, "strokeWidth": 3, "opacity": 1}
    blank = _ROWS.transform_filter("!datum.judged")
    return blank.mark_point(**style, yOffset=MARKS, color=_SIDE, fill=GROUND, tooltip=None).encode(x=x, y=lower_edge())


def _middle(zero: alt.X) -> alt.Chart:
    """A stroke in each row, none through the names."""
    style: dict[str, Any] = {"shape": "stroke", "angle": 90, "size": 500, "strokeWidth": 2, "opacity": 1}
    return _ROWS.mark_point(**style, yOffset=MARKS, color=colour("ink"), tooltip=None).encode(x=zero, y=lower_edge())


def _strength(x: alt.X, driver: bool) -> alt.Chart:
    """How strong, outside the end of the bar."""
    rows = _ROWS.transform_filter("datum.driver" if driver else "!datum.driver")
    style: dict[str, Any] = {"align": "left" if driver else "right", "dx": 14 if driver else -14, "fontSize": TEXT}
    text = rows.mark_text(fontWeight=600, yOffset=MARKS, tooltip=None, **style)
    return text.encode(x=x, y=lower_edge(), text="shown:N")


def _hover(texts: ForceTexts) -> alt.Chart:
    shown = {"item": texts.force, "side": texts.side, "told": texts.strength}
    whole = {"x": alt.value(0), "x2": alt.value("width"), "y": whole_row()}
    return _ROWS.mark_bar(opacity=0).encode(**whole, tooltip=tooltip(shown))
