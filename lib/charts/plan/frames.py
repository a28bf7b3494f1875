"""What the picture of the plan is handed: a small frame with one row a mark."""

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
