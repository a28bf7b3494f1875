"""The plan along the days: phases, deliveries told apart by shape and by words after their names, and today."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt

from lib.charts.by_lines import by_lines
from lib.charts.look import FRAME, GROUND, SMALL, Spec, colour, finished, tooltip
from lib.charts.rows import MARKS, lower_edge, step, titles, whole_row

_ROWS = alt.Chart(FRAME)
# Of today, in each row beside the marks, so that it crosses no name.
_STROKE: dict[str, Any] = {"shape": "stroke", "angle": 90, "size": 700, "strokeWidth": 2, "opacity": 1, "tooltip": None}
_ACROSS: dict[str, Any] = {"x": alt.value(0), "x2": alt.value("width")}
_SHAPES = {"done": "circle", "coming": "diamond", "overdue": "triangle-up"}


class TimelineTexts(NamedTuple):
    """`key` explains the shapes, above the days; `month` is how a month is written, e.g. «%m.%Y»."""

    key: str
    today: str
    month: str
    delivery: str
    day: str
    standing: str
    owner: str
    phase: str


@by_lines
def timeline(texts: TimelineTexts, decimal: str) -> Spec:
    """The spec for a `plan.frames.timeline_frame`, to be read only."""
    scale = alt.Scale(type="utc", range=[10, alt.ExprRef("width - 10")], nice=False)
    above: dict[str, Any] = {"orient": "top", "titleAnchor": "start", "titleFontSize": SMALL, "tickCount": 4}
    axis = alt.Axis(title=[texts.key, f"┃ {texts.today}"], format=texts.month, labelOverlap=True, **above)
    day, now = (alt.X(f"{field}:T", scale=scale, axis=axis) for field in ("day", "now"))
    own = _ROWS.transform_filter("datum.kind === 'delivery'")
    dated = own.transform_filter("isValid(datum.day)")
    layers = alt.layer(
        _bands(),
        own.mark_point(**_STROKE, yOffset=MARKS, color=colour("muted")).encode(x=now, y=lower_edge()),
        titles(_ROWS),
        *(_marks(dated, day, standing) for standing in _SHAPES),
        _hover(texts, own),
    )
    return finished(layers, decimal, height=step(1))


def _bands() -> alt.Chart:
    """Behind the phases' names; over all rows, so that they keep the frame's order."""
    shade = alt.ExprRef("datum.kind === 'phase' ? 1 : 0")
    mark = _ROWS.mark_rule(color=colour("faint"), opacity=shade, strokeWidth=30, yOffset=MARKS - 21, tooltip=None)
    return mark.encode(**_ACROSS, y=lower_edge())


def _marks(rows: alt.Chart, x: alt.X, standing: str) -> alt.Chart:
    fill = GROUND if standing == "coming" else colour("accent" if standing == "overdue" else "grey")
    stroke = colour("grey" if standing == "done" else "accent")
    style: dict[str, Any] = {"shape": _SHAPES[standing], "size": 190, "opacity": 1, "strokeWidth": 2.5}
    mark = rows.transform_filter(f"datum.standing === '{standing}'")
    return mark.mark_point(**style, fill=fill, stroke=stroke, yOffset=MARKS, tooltip=None).encode(x=x, y=lower_edge())


def _hover(texts: TimelineTexts, rows: alt.Chart) -> alt.Chart:
    shown = {"title": texts.delivery, "day_shown": texts.day, "said": texts.standing}
    row = rows.mark_bar(opacity=0)
    return row.encode(**_ACROSS, y=whole_row(), tooltip=tooltip(shown | {"owner": texts.owner, "phase": texts.phase}))
