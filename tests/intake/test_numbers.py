"""Numbers as people write them in Norwegian sheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.i18n import number
from lib.intake.numbers import readings


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1355", (1355,)),
        ("1 355", (1355,)),
        ("1\u00a0355", (1355,)),
        ("1\u2009355", (1355,)),
        ("1\u202f355", (1355,)),
        (" 27 723 ", (27723,)),
        ("1 234 567", (1234567,)),
        ("1.234.567", (1234567,)),
        ("1 355,5", (1355.5,)),
        ("1.355,5", (1355.5,)),
        ("7,5", (7.5,)),
        ("7.5", (7.5,)),
        ("1355.0", (1355,)),
        ("\u22125", (-5,)),
        ("1.355", (1355, 1.355)),
        ("1,355", (1355, 1.355)),
    ],
)
def test_what_a_text_can_mean(text: str, meant: tuple[float, ...]) -> None:
    assert readings(text) == meant


@pytest.mark.parametrize(
    "text", ["høy", "", "1 35", "1.35.5", "12 34", "1 355 innb.", "1e3", "٣", "1,2,3", "NaN", "--5"]
)
def test_what_is_no_number(text: str) -> None:
    assert readings(text) == ()


@given(st.integers(-(10**12), 10**12))
def test_every_whole_number_as_we_write_it_is_read_back(value: int) -> None:
    assert readings(number("nb", value))[0] == value
