"""A number leads to the same municipality through renumberings, and never across a merger or a split."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.domain.municipality_numbers import (
    SINCE,
    TABLE,
    Span,
    alike,
    comparable,
    elsewhere,
    in_year,
    spans,
    successor,
)

FACTS = Path(__file__).parents[2] / "data" / "befolkning_2020.csv"
ALL = [span for of_number in spans().values() for span in of_number]
NUMBERS = st.sampled_from(sorted(spans()))
YEARS = st.integers(SINCE, 2026)


def of(year: int) -> set[str]:
    return {span.number for span in ALL if span.holds(year)}


def called(found: list[Span]) -> list[str]:
    return [f"{span.number} {span.name}" for span in found]


def later(span: Span) -> list[Span]:
    return [each for number in span.became for each in spans()[number] if each.first == span.last + 1]


@pytest.mark.parametrize(
    ("year", "count"), [(2017, 426), (2018, 422), (2019, 422), (2020, 356), (2023, 356), (2024, 357)]
)
def test_there_are_as_many_municipalities_as_statistics_norway_counts(year: int, count: int) -> None:
    assert len(of(year)) == count
    assert sum(span.holds(year) for span in ALL) == count


def test_109_municipalities_became_43_in_2020_as_the_mapping_authority_counted() -> None:
    """Kartverket, March 2019: «sammenslåinger for 109 kommuner, der to eller flere slås sammen til 43 nye»."""
    into = {number: [span for span in ALL if span.last == 2019 and number in span.became] for number in of(2020)}
    merged = [from_these for from_these in into.values() if len(from_these) > 1]
    assert (len(merged), len({span.number for each in merged for span in each})) == (43, 109)


def test_114_municipalities_got_a_new_number_in_2024() -> None:
    """KS, «Nye kommunenummer fra 2024»: three counties became seven and Ålesund two, which involves 114."""
    assert len([span for span in ALL if span.last == 2023]) == 114


def test_every_number_of_2024_is_the_number_of_2024_and_of_today() -> None:
    for number in of(2024):
        assert (in_year(number, 2024), in_year(number, 2026)) == (number, number)
        assert (successor(number), elsewhere(number), elsewhere(number, 2024)) == (None, [], [])


def test_the_years_of_a_number_never_overlap_and_the_table_leaves_nothing_hanging() -> None:
    for span in ALL:
        assert span.number.isdigit()
        assert len(span.number) == 4
        assert span.name
        assert span.last >= SINCE
        assert span.first <= span.last
        assert len(later(span)) == len(span.became)
        assert bool(span.became) == (span.last < 9999)
    reached = {each for span in ALL for each in later(span)}
    assert [span.number for span in ALL if span.first and span not in reached] == ["0710"]  # made in 2017, from before
    assert all(
        not (one.holds(two.first) or two.holds(one.first)) for one in ALL for two in spans()[one.number] if one != two
    )


def test_the_table_is_read_once_and_first_when_it_is_asked() -> None:
    asked = "from lib.domain.municipality_numbers import in_year, spans; print(spans.cache_info().misses); "
    asked += "in_year('3303', 2019); in_year('0301', 2020); print(spans.cache_info().misses)"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=TABLE.parents[1], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["0", "1"]


def test_the_table_is_ordered_and_has_its_heading() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=";"))
    assert rows[0] == ["kommunenummer", "kommune", "fra", "til", "ble"]
    assert rows[1:] == sorted(rows[1:], key=lambda row: (row[0], row[2]))


@given(NUMBERS, YEARS, YEARS)
def test_a_number_of_a_year_leads_to_one_municipality(number: str, one: int, other: int) -> None:
    then = in_year(number, one)
    assert in_year(then, one) == then
    if then in of(one) and in_year(then, other) in of(other):
        assert in_year(in_year(then, other), one) == then


@given(NUMBERS, YEARS)
def test_a_municipality_either_is_there_in_a_year_or_its_area_is_with_others(number: str, year: int) -> None:
    others = elsewhere(number, year)
    assert bool(others) == (in_year(number, year) not in of(year))
    assert all(span.holds(year) and span.number != number for span in others)


@given(YEARS, YEARS)
def test_no_area_is_lost_on_the_way_from_one_year_to_another(one: int, other: int) -> None:
    """Except back to before 2020 for two that kept their number: 1103 is Stavanger then, without what it was given."""
    found = {in_year(number, other) for number in of(one)} & of(other)
    found |= {span.number for number in of(one) for span in elsewhere(number, other)}
    given_away = {"1141", "1142", "1662", "5030"} if other < 2020 <= one else set()
    assert found == of(other) - given_away


@given(NUMBERS, NUMBERS, NUMBERS)
def test_to_be_the_same_municipality_goes_both_ways_and_onward(one: str, two: str, three: str) -> None:
    assert alike(one, two) == alike(two, one)
    assert not (alike(one, two) and alike(two, three)) or alike(one, three)


@given(NUMBERS)
def test_a_newer_number_is_the_same_municipality_now(number: str) -> None:
    newer = successor(number)
    if newer:
        assert alike(number, newer[0])
        assert in_year(number, newer[1]) == in_year(number, 2026) == newer[0]
        assert successor(newer[0]) is None


def test_numbers_follow_a_municipality_through_the_years() -> None:
    """3006 Kongsberg became 3303: Statistics Norway's Klass 131, and the ministry's list of 2024."""
    assert [in_year("3303", year) for year in (2017, 2019, 2020, 2023, 2024)] == [
        "0604",
        "0604",
        "3006",
        "3006",
        "3303",
    ]
    assert (successor("0604"), successor("3303"), successor("0301")) == (("3303", 2024), None, None)
    assert alike("0604", "3303")
    assert not alike("3303", "3305")


@pytest.mark.parametrize(
    ("number", "year", "then"),
    [
        ("5011", 2017, "1612"),  # Hemne, Avisa Sør-Trøndelag 2 January 2018: «5011 (1612)»
        ("5024", 2017, "1638"),  # Orkdal, the same place
        ("5025", 2017, "1640"),  # Røros
        ("5061", 2018, "1567"),  # Rindal, moved to Trøndelag in 2019
        ("5061", 2019, "5061"),
        ("3054", 2019, "0533"),  # Lunner, from Oppland to Viken
        ("3234", 2019, "0533"),
        ("5634", 2023, "5404"),  # Vardø
        ("5402", 2019, "1903"),  # Harstad
        ("5001", 2017, "1601"),  # Trondheim without Klæbu
    ],
)
def test_renumberings(number: str, year: int, then: str) -> None:
    assert in_year(number, year) == then


@pytest.mark.parametrize(
    ("number", "year", "others"),
    [
        ("0136", None, ["3103 Moss"]),
        ("0136", 2020, ["3002 Moss"]),
        ("3103", 2019, ["0104 Moss", "0136 Rygge"]),
        ("1141", None, ["1103 Stavanger"]),
        ("1601", None, ["5001 Trondheim - Tråante"]),
        ("5007", 2019, ["5005 Namsos", "5040 Namdalseid", "5048 Fosnes"]),
        ("5012", 2020, ["5055 Heim", "5056 Hitra", "5059 Orkland"]),
        ("1850", None, ["1806 Narvik", "1875 Hábmer - Hamarøy"]),
        ("1507", 2024, ["1508 Ålesund", "1580 Haram"]),
        ("1580", 2023, ["1507 Ålesund"]),
        ("1534", None, ["1508 Ålesund", "1580 Haram"]),
        ("0136", 2019, []),
        ("0604", None, []),
        ("9998", None, []),
        ("3103", 2016, []),
    ],
)
def test_a_merged_or_split_municipality_is_another_and_it_is_told_who_has_the_area(
    number: str, year: int | None, others: list[str]
) -> None:
    assert called(elsewhere(number, year)) == others


@pytest.mark.parametrize(
    ("one", "other"),
    [("0104", "3103"), ("0136", "3103"), ("1141", "1103"), ("1507", "1508"), ("1534", "1580"), ("1601", "5001")],
)
def test_what_was_merged_or_split_is_not_the_same(one: str, other: str) -> None:
    assert not alike(one, other)
    assert successor(one) is None


@pytest.mark.parametrize(
    ("number", "one", "other", "same"),
    [
        ("1103", 2019, 2020, False),
        ("1103", 2017, 2019, True),
        ("1103", 2020, 2026, True),
        ("5001", 2019, 2020, False),
        ("5001", 2017, 2018, True),
        ("3303", 2019, 2024, True),
        ("3103", 2019, 2024, False),
        ("1103", None, 2020, True),
        ("1103", 2010, 2020, True),
        ("9998", 2019, 2020, True),
    ],
)
def test_figures_are_not_compared_across_a_merger(number: str, one: int | None, other: int | None, same: bool) -> None:
    assert comparable(number, one, other) is comparable(number, other, one) is same


def test_nothing_is_said_of_the_years_before_the_table() -> None:
    """Inderøy was 1756 in 2017, but 1729 before it was merged with Mosvik in 2012."""
    assert (in_year("5053", 2017), in_year("5053", 2010)) == ("1756", "5053")


def test_every_number_of_the_population_table_holds_in_its_year() -> None:
    with FACTS.open(encoding="utf-8") as lines:
        numbers = [row["kommunenummer_2020"] for row in csv.DictReader(lines, delimiter=";")]
    assert len(numbers) == 26
    assert [in_year(number, 2020) for number in numbers] == numbers
    merged = [number for number in numbers if elsewhere(number, 2019)]
    assert sorted(merged) == ["4225", "5007"]  # Lyngdal with Audnedal, Namsos with Namdalseid and Fosnes
    assert all(in_year(number, 2017) != number for number in numbers if number not in merged)
