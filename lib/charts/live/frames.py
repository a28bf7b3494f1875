"""What the charts of a discussion are handed at draw time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.model.columns import HIGH, ITEM, LOW
from lib.model.methods import Criterion

_LETTER, _ROOM = 10.3, 40  # px of a bold letter on the wall, and of the steps in which names get room


def answers_frame(
    counts: Mapping[str, Sequence[int]], criteria: Sequence[Criterion], names: Mapping[str, str]
) -> pd.DataFrame:
    """One row a criterion and step for `answers`: how many gave it, and as a share of the most that any step has.

    `counts` maps a criterion to how many gave each of its steps, lowest first; `names` to what it is called.
    """
    most = max((count for each in counts.values() for count in each), default=0) or 1
    rows = [
        (names[each.key], step, str(step), count, str(count), count / most, place == 0)
        for each in criteria
        for place, (step, count) in enumerate(zip(each.steps, counts[each.key], strict=True))
    ]
    columns = ["criterion", "step", "step_shown", "count", "count_shown", "share", "first"]
    return pd.DataFrame(rows, columns=columns)


def wall_frame(
    distribution: pd.DataFrame,
    intervals: pd.DataFrame,
    ranks: Mapping[str, int],
    marks: Mapping[str, str],
    extra: Mapping[str, str],
) -> pd.DataFrame:
    """A `frames.distribution_frame` with what `wall` shows beside it, in the same order.

    `ranks` maps item to its place, `marks` to what follows its name («◆ delt»), `extra` to what the last column says.
    """  # fmt: skip
    spans = {item: _span(low, high) for item, low, high in zip(*(intervals[c] for c in (ITEM, LOW, HIGH)), strict=True)}
    lines = [
        f"{ranks[item]}\u00a0\u00a0{name}" + (f"\u00a0\u00a0{marks[item]}" if marks.get(item) else "")
        for item, name in zip(distribution[ITEM], distribution["name"], strict=True)
    ]
    return distribution.assign(
        line=lines,
        places=[spans.get(item, "–") for item in distribution[ITEM]],
        extra=[extra.get(item, "") for item in distribution[ITEM]],
    )


def name_room(frame: pd.DataFrame) -> int:
    """The px that the longest line of a `wall_frame` takes in the widest of fonts, in steps: each makes a spec."""
    longest = max(map(len, frame["line"]), default=0)
    return -(-round(longest * _LETTER) // _ROOM) * _ROOM


def _span(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return "–"
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"
