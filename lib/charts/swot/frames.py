"""What the pictures of SWOT and forces are handed: small frames with one row a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.charts.frames import title_columns

_GAP = 0.03  # of a cell, free on either side
_FRAME = 0.015  # how far within its cell the ground of a framed one begins
_RING = 0.5  # where the ring of a force that nobody has judged stands, in steps of strength


def theme_frame(rows: Sequence[tuple[str, Mapping[str, tuple[str, bool]]]], functions: Sequence[str]) -> pd.DataFrame:
    """One row a theme and function for `theme_matrix`; `rows`: a theme's title, and function → (letters, serious)."""
    lines = [
        (
            title,
            name,
            text,
            serious,
            place + _GAP,
            place + 1 - _GAP,
            place + 0.5,
            place == 0,
            text or "–",
            nth == 0,
            _close(text),
        )
        for nth, (title, cells) in enumerate(rows)
        for place, name in enumerate(functions)
        for text, serious in [cells.get(name, ("", False))]
    ]
    columns = ["item", "function", "text", "serious", "low", "high", "middle", "first", "told", "top", "close"]
    frame = pd.DataFrame(lines, columns=columns)
    within = {"inner": frame["low"] + _FRAME, "inner_high": frame["high"] - _FRAME}
    return frame.assign(functions=len(functions), **within, **title_columns(list(frame["item"])))


def _close(text: str) -> str:
    """The letters and counts as a phone has room for them."""
    return text.replace("\u202f", "").replace(" · ", "·").replace(" ", "")


def force_frame(rows: Sequence[tuple[str, bool, int | None]], sides: tuple[str, str], unjudged: str) -> pd.DataFrame:
    """One row a force for `force_field`: (text, whether it drives, strength or None), drivers first, strongest first.

    `sides` names drivers and barriers; the same text twice gets a mark that nobody sees, as rows go by their text.
    """
    order = sorted(rows, key=lambda row: (not row[1], -(row[2] or 0)))
    lines, seen = [], dict[str, int]()
    for text, driver, strength in order:
        seen[text] = seen.get(text, 0) + 1
        way = 1 if driver else -1
        value = way * (strength or 0)
        item = text + "\u200b" * (seen[text] - 1)
        end = value if strength else way * _RING
        shown, side = str(strength or ""), sides[not driver]
        lines.append((item, driver, bool(strength), value, way * _RING, end, shown, shown or unjudged, side))
    columns = ["item", "driver", "judged", "value", "ring", "end", "shown", "told", "side"]
    frame = pd.DataFrame(lines, columns=columns)
    return frame.assign(**title_columns(list(frame["item"])))
