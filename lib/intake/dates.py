"""Dates as people write them in Norwegian sheets: «25.11.2026», «25. nov. 2026», «2026-11-25»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_ISO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./–-] ?([0-9]{1,2})(?:[./–-] ?| )([0-9]{4}|[0-9]{2})")
_IN_WORDS = re.compile(r"(?:den )?([0-9]{1,2})\.? ?([^\W\d_]{3,9})\.?,? ?([0-9]{4})")


def reading(text: str, months: Sequence[Sequence[str]]) -> date | None:
    """The day that a text means, the day before the month; None where it means none, or none for sure.

    `months` are the names of each month in small letters; one may be cut short, but not be another word.
    """
    written = " ".join(text.split()).casefold()
    if match := _ISO.fullmatch(written):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_FIRST.fullmatch(written):
        return _day(int(match[1]), int(match[2]), int(match[3]) + (2000 if len(match[3]) == 2 else 0))
    if match := _IN_WORDS.fullmatch(written):
        return _day(int(match[1]), _month(match[2], months), int(match[3]))
    return None


def _month(written: str, months: Sequence[Sequence[str]]) -> int:
    """The number of a month; 0 where the word is none."""
    started = (number for number, names in enumerate(months, 1) if any(name.startswith(written) for name in names))
    return next(started, 0)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
