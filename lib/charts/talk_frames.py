"""What the charts of a discussion are handed at draw time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.model.methods import Criterion


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
