"""What the pictures of the plan and of its history are handed: small frames with one row a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

import pandas as pd

from lib.charts.frames import title_columns

_TIMELINE = ("item", "kind", "title", "day", "day_shown", "standing", "said", "owner", "phase")


class Bar(NamedTuple):
    """A delivery as a timeline tells of it; `standing` and `phase` are keys, `said` is the standing in words."""

    key: str
    name: str
    phase: str
    day: date | None
    day_shown: str
    standing: str
    said: str
    owner: str


class Moment(NamedTuple):
    """How many forced risks were open at a moment, and how many of them without a countermeasure."""

    when: datetime
    shown: str
    forced: int
    uncovered: int


def instant(day: date) -> int:
    """Milliseconds since 1970 at the day's start, which a chart reads without a zone."""
    return int(datetime.combine(day, time(), UTC).timestamp() * 1000)


def timeline_frame(bars: Sequence[Bar], phases: Iterable[tuple[str, str]], today: date) -> pd.DataFrame:
    """A row for each phase that has deliveries, its deliveries under it in the order given.

    `phases` are keys with their names. `day` is None where a delivery has none; every row has `now`.
    """
    rows: list[tuple[object, ...]] = []
    for phase, name in phases:
        own = [bar for bar in bars if bar.phase == phase]
        rows += [(phase, "phase", name, None, "", "", "", "", name)] if own else []
        for bar in own:
            title = f"{bar.name} ({bar.said})"
            shown = (instant(bar.day) if bar.day else None, bar.day_shown, bar.standing, bar.said, bar.owner, name)
            rows.append((bar.key, "delivery", title, *shown))
    frame = pd.DataFrame(rows, columns=list(_TIMELINE)).assign(now=float(instant(today)))
    frame["day"] = pd.to_numeric(frame["day"]).astype(float)
    return frame.assign(**title_columns([str(title) for title in frame["title"]]))


def history_frame(moments: Sequence[Moment], until: datetime, names: tuple[str, str]) -> pd.DataFrame:
    """Two rows a moment, one a line; both lines go on to `until`. `last` marks where a line's name stands.

    `names` are those of the lines: forced, and forced without a countermeasure.
    """
    rows = []
    for place, name in enumerate(names):
        for moment in moments:
            value = (moment.forced, moment.uncovered)[place]
            rows.append((name, place, moment.when.timestamp() * 1000, moment.shown, value, False))
        if moments:
            value = (moments[-1].forced, moments[-1].uncovered)[place]
            rows.append((name, place, until.timestamp() * 1000, "", value, True))
    frame = pd.DataFrame(rows, columns=["line", "place", "when", "when_shown", "value", "last"])
    return frame.assign(said=[f"{name}: {value}" for name, value in zip(frame["line"], frame["value"], strict=True)])
