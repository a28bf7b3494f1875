"""Dates as people write them in Norwegian sheets: «25.11.2026», «25. nov. 2026», «2026-11-25»."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-] ?([0-9]{1,2})[./-] ?([0-9]{4}|[0-9]{2})")
_IN_WORDS = re.compile(r"([0-9]{1,2})\.? ?([^\W\d_]{3,9})\.?,? ?([0-9]{4})")
# Bokmål, nynorsk and English share the first three letters but in May, October and December.
_MONTHS = ("jan", "feb", "mar", "apr", "mai may", "jun", "jul", "aug", "sep", "okt oct", "nov", "des dec")
_MONTH = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}


def reading(text: str) -> date | None:
    """The day that a text means, the day before the month; None where it means none, or none for sure."""
    written = " ".join(text.split()).casefold()
    if match := _ISO.fullmatch(written):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_FIRST.fullmatch(written):
        return _day(int(match[1]), int(match[2]), int(match[3]) + (2000 if len(match[3]) == 2 else 0))
    if match := _IN_WORDS.fullmatch(written):
        return _day(int(match[1]), _MONTH.get(match[2][:3], 0), int(match[3]))
    return None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
