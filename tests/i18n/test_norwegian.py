"""Numbers, dates, order and lists the Norwegian way, and sentences filled from problems."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.i18n import THIN, alphabetical, clock, day, error, hour, listing, number, percent, problem, t
from lib.model.problems import AppError, Problem


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1355.5, 1, f"1{THIN}355,5"),
        (1355, 0, f"1{THIN}355"),
        (1000000, 0, f"1{THIN}000{THIN}000"),
        (-3.25, 1, "−3,3"),
        (-0.04, 1, "0,0"),
        (43.25, 1, "43,3"),
        (0.125, 2, "0,13"),
        (2.675, 2, "2,68"),
        (None, 1, "–"),
        (float("nan"), 1, "–"),
    ],
)
def test_numbers_have_a_comma_thin_spaces_and_round_halves_up(value: float | None, decimals: int, written: str) -> None:
    assert number("nb", value, decimals) == written


def test_english_numbers_have_a_point() -> None:
    assert number("en", 1355.5, 1) == f"1{THIN}355.5"
    assert percent("nb", 0.553, 1) == f"55,3{THIN}%"
    assert percent("nb", None) == "–"


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_a_written_number_reads_back_to_within_its_last_digit(value: float, decimals: int) -> None:
    read = float(number("nb", value, decimals).replace(THIN, "").replace(",", ".").replace("−", "-"))
    assert abs(read - value) <= 0.5 * 10**-decimals * (1 + 1e-9) + abs(value) * 1e-15


def test_dates_are_written_out_in_norwegian_time() -> None:
    assert day("nb", date(2022, 1, 26)) == "26. januar 2022"
    assert day("en", date(2022, 1, 26)) == "26 January 2022"
    assert clock("nb", datetime(2026, 6, 30, 22, 5, tzinfo=UTC)) == "1. juli 2026 kl. 00.05"
    assert clock("nb", datetime(2026, 12, 24, 16, 0, tzinfo=UTC)) == "24. desember 2026 kl. 17.00"
    assert clock("en", datetime(2026, 12, 24, 16, 0, tzinfo=UTC)) == "24 December 2026, 17:00"
    assert hour("nb", datetime(2026, 6, 30, 22, 5, tzinfo=UTC)) == "00.05"
    assert hour("en", datetime(2026, 12, 24, 16, 0, tzinfo=UTC)) == "17:00"


def test_the_alphabet_ends_with_ae_oe_aa() -> None:
    names = ["Ål", "Aure", "Ørsta", "Ærfugl", "Zion", "Aalesund", "Røyrvik", "Rollag", "rauma", "Grong"]
    expected = ["Aure", "Grong", "rauma", "Rollag", "Røyrvik", "Zion", "Ærfugl", "Ørsta", "Ål", "Aalesund"]
    assert sorted(names, key=alphabetical) == expected


def test_numbers_in_names_are_in_their_own_order() -> None:
    assert sorted(["10", "9", "1", "Gruppe 10", "Gruppe 2"], key=alphabetical) == [
        "1",
        "9",
        "10",
        "Gruppe 2",
        "Gruppe 10",
    ]


@given(st.lists(st.text(max_size=8), max_size=8))
def test_the_order_does_not_depend_on_where_one_begins(names: list[str]) -> None:
    turned = list(reversed(names))
    assert sorted(names, key=alphabetical) == sorted(turned, key=alphabetical)


def test_lists_are_sentences() -> None:
    assert listing("nb", []) == ""
    assert listing("nb", ["Grong"]) == "Grong"
    assert listing("nb", ["Grong", "Lierne", "Røyrvik"]) == "Grong, Lierne og Røyrvik"
    assert listing("en", ["Grong", "Lierne"]) == "Grong and Lierne"
    assert listing("nb", ["Grong", "Lierne", "Røyrvik"], either=True) == "Grong, Lierne eller Røyrvik"
    assert listing("en", ["Grong", "Lierne"], either=True) == "Grong or Lierne"


def test_a_problem_says_where_what_and_what_to_do() -> None:
    found = Problem("out_of_scale", "Vurderinger", "C7", "11", params={"low": 1, "high": 10})
    written = problem("nb", found)
    assert written.startswith("Vurderinger!C7: «11» er utenfor skalaen. Forventet et heltall fra 1 til 10.")
    assert problem("en", found) != written


def test_a_parameter_may_be_a_word_of_the_catalogue() -> None:
    found = Problem("missing_column", "Kommuner", params={"column_name": "@columns.population"})
    assert t("nb", "columns.population") in problem("nb", found)
    assert t("en", "columns.population") in problem("en", found)


def test_a_name_that_looks_like_a_key_stays_a_name() -> None:
    assert "@Elever" in error("nb", AppError("key_missing", municipality="Grong", key="@Elever"))


def test_braces_in_what_people_write_are_harmless() -> None:
    found = Problem("not_a_number", "Ark {0}", "A1", "{found} {low.__class__}")
    assert "{found} {low.__class__}" in problem("nb", found)


def test_errors_have_sentences() -> None:
    assert "/sti/fil.duckdb" in error("nb", AppError("store_busy", path="/sti/fil.duckdb", pid="12"))
