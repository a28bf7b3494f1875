"""Days as a calendar file that Outlook and all others read (RFC 5545): one all-day event a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event, vText

_PRODUCT = "-//Mulighetsrom//Plan//NO"
_BACKSLASH = "\ue000"  # in place of one until all is written, as icalendar takes «\N» of a path for a new line


class Day(NamedTuple):
    """What happens on a day. `key` stays when the text or the day changes, so that calendars move the event."""

    key: str
    day: date
    title: str
    note: str


def calendar(name: str, days: Iterable[Day], made_at: datetime) -> bytes:
    """The file as UTF-8, its lines folded and its texts escaped; `made_at` has a zone."""
    book = Calendar()
    for field, value in (
        ("prodid", _PRODUCT),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", vText(_kept(name))),
    ):
        book.add(field, value)
    for each in days:
        book.add_component(_event(each, made_at))
    return bytes(book.to_ical(sorted=False)).replace(_BACKSLASH.encode(), rb"\\")


def _kept(text: str) -> str:
    return text.replace("\\", _BACKSLASH)


def _event(each: Day, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{each.key}@mulighetsrom")
    event.add("dtstamp", made_at)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", _kept(each.title))
    event.add("transp", "TRANSPARENT")
    if each.note:
        event.add("description", _kept(each.note))
    return event
