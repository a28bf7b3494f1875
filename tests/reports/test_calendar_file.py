"""The calendar file by RFC 5545, read by hand and by an independent count of octets."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.reports.calendar_file import Day, calendar

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=200)


def unfolded(content: bytes) -> list[str]:
    """The content lines, with folds taken out (RFC 5545, 3.1)."""
    return content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]


def values(content: bytes, name: str) -> list[str]:
    """The values of a property, unescaped (3.3.11)."""
    found = [line.partition(":")[2] for line in unfolded(content) if re.match(rf"{name}[;:]", line)]
    return [re.sub(r"\\(.)", lambda hit: "\n" if hit[1] in "nN" else hit[1], value) for value in found]


@given(TEXTS, TEXTS)
@example(r"Se I:\Namdal\ny", r"\\felles\Notat")
def test_every_text_comes_back_and_no_line_is_longer_than_75_octets(title: str, note: str) -> None:
    content = calendar("Plan", [Day("m1", date(2026, 12, 1), title, note)], NOW)
    assert values(content, "SUMMARY") == [title]
    assert values(content, "DESCRIPTION") == ([note] if note else [])
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_day_is_a_whole_day_with_a_lasting_name() -> None:
    content = calendar("Plan; alle", [Day("m1", date(2026, 12, 31), "Avtale, signert", "Eier: A\nFase: B")], NOW)
    lines = unfolded(content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "UID:m1@mulighetsrom"} <= {
        *lines
    }
    assert "DTSTAMP:20261125T093000Z" in lines
    assert r"SUMMARY:Avtale\, signert" in lines
    assert r"DESCRIPTION:Eier: A\nFase: B" in lines
    assert r"X-WR-CALNAME:Plan\; alle" in lines


@pytest.mark.parametrize("count", [0, 1, 300])
def test_there_is_one_event_a_day_in_the_order_given(count: int) -> None:
    days = [Day(f"m{place}", date(2026, 1, 1 + place % 28), f"Nr. {place}", "") for place in range(count)]
    assert values(calendar("Plan", days, NOW), "SUMMARY") == [each.title for each in days]


def test_a_text_cannot_begin_an_event_of_its_own() -> None:
    content = calendar("Plan", [Day("m1", date(2026, 1, 1), "A\r\nEND:VEVENT\r\nBEGIN:VEVENT", "")], NOW)
    assert sum(line == "BEGIN:VEVENT" for line in unfolded(content)) == 1
