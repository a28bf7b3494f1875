"""A date is taken in the forms that Norwegians write, and refused where it means no day for sure."""

from __future__ import annotations

from datetime import date

import pytest

from lib.intake import dates
from tests.intake.books import texts

DAY = date(2026, 11, 25)


def reading(text: str) -> date | None:
    return dates.reading(text, texts("nb").months())


@pytest.mark.parametrize(
    "text",
    [
        "25.11.2026", "25.11.26", "25/11/2026", "25-11-2026", "25. november 2026", "25 nov. 2026", "25.november 2026",
        "2026-11-25", "2026-11-25 00:00", " 25.  11. 2026 ", "25 NOV 2026", "25\u00a0november\u00a02026",
        "25/11-26", "25/11 2026", "25.11 2026", "25–11–2026", "den 25. november 2026", "2026/11/25", "2026-11-25 12:30",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_forms_people_write(text: str) -> None:
    assert reading(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [("1. mai 2026", 5), ("1 May 2026", 5), ("1. okt. 2026", 10), ("1 October 2026", 10), ("1. desember 2026", 12)],
)
def test_months_have_their_norwegian_and_english_names(text: str, month: int) -> None:
    assert reading(text) == date(2026, month, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "uke 12",
        "høsten 2026",
        "november 2026",
        "31.02.2026",
        "11/25/2026",
        "45986",
        "25.11",
        "0.1.2026",
        "1. juletreff 2026",
        "1. marsvin 2026",
    ],
)
def test_what_is_no_day_for_sure_is_none(text: str) -> None:
    assert reading(text) is None
