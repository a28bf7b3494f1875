"""What is allowed but seldom meant is said at its place, and keeps nothing from being stored."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lib.domain.municipality_numbers import alike, in_year, successor
from lib.intake.existing import Existing
from lib.model.records import Municipality, stable_id
from tests.intake.books import RATINGS_HEADING, STUDY, Cells, errors, rating, warnings, with_ratings
from tests.intake.test_changes import after_january

HEADING = ["Kommunenummer", "Kommune", "Innbyggere", "År"]
SIX = [["Kode", "Område"], *([str(n), f"Område {n}"] for n in range(1, 7))]
FACTS = Path(__file__).parents[2] / "data" / "befolkning_2020.csv"


def town(number: str, population: int | None = None) -> Municipality:
    return Municipality(id=stable_id(STUDY, "municipality", number), number=number, name="By", population=population)


def towns(*rows: list[object], held: tuple[Municipality, ...] = ()) -> list[tuple[str, str, str]]:
    return warnings({"Kommuner": [HEADING, *rows]}, Existing(held))


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [(1000, 1201, True), (1000, 799, True), (1000, 1200, False), (1000, 800, False), (None, 900, False), (0, 5, True)],
)
def test_a_population_that_moves_more_than_a_fifth(before: int | None, now: int, said: bool) -> None:
    found = towns(["5042", "Lierne", now, 2020], held=(town("5042", before),))
    assert found == ([("population_moved", "Kommuner", "C2")] if said else [])


def test_a_blank_population_is_not_a_move() -> None:
    assert towns(["5042", "Lierne", None, 2020], held=(town("5042", 1000),)) == []


@pytest.mark.parametrize(
    ("number", "year", "code"),
    [
        ("3006", 2020, ""),
        ("3006", 2023, ""),
        ("3303", 2024, ""),
        ("3303", None, ""),
        ("0301", 1990, ""),
        ("3006", 2024, "number_of_another_year"),
        ("3303", 2020, "number_of_another_year"),
        ("0604", 2020, "number_of_another_year"),
        ("3006", None, "number_changed"),
        ("0604", None, "number_changed"),
    ],
)
def test_a_number_of_another_year(number: str, year: int | None, code: str) -> None:
    found = towns(["5042", "Lierne", 1355, 2020], [number, "Kongsberg", 27723, year])
    assert found == ([(code, "Kommuner", "A3")] if code else [])


def test_the_same_municipality_under_another_number_would_be_a_twin() -> None:
    assert towns(["3303", "Kongsberg", 29000, 2024], held=(town("3006", 27723),)) == [
        ("number_held_as", "Kommuner", "A2")
    ]


def test_numbers_follow_a_municipality_through_the_years() -> None:
    assert [in_year("3303", year) for year in (2019, 2020, 2023, 2024)] == ["0604", "3006", "3006", "3303"]
    assert (successor("0604"), successor("3303"), successor("0301")) == (("3303", 2024), None, None)
    assert alike("0604", "3303")
    assert not alike("3303", "3305")


def test_every_number_of_the_population_table_holds_in_its_year() -> None:
    with FACTS.open(encoding="utf-8") as lines:
        numbers = [row["kommunenummer_2020"] for row in csv.DictReader(lines, delimiter=";")]
    assert len(numbers) == 26
    assert [in_year(number, 2020) for number in numbers] == numbers
    assert all(in_year(number, 2017) != number for number in numbers)


def everywhere(group: str, value: object, count: int) -> list[list[object]]:
    return [rating(rater=group, area=f"Område {n}", potential=value, feasibility=value) for n in range(1, count + 1)]


@pytest.mark.parametrize(("count", "said"), [(5, True), (4, False)])
def test_a_group_that_gave_the_same_number_everywhere(count: int, said: bool) -> None:
    sheets = {**with_ratings(*everywhere("Gruppe 1", 7, count)), "Områder": SIX}
    assert warnings(sheets) == ([("same_everywhere", "Vurderinger", "C2")] if said else [])
    assert errors(sheets) == []


def test_one_other_number_is_enough_to_be_heard() -> None:
    rows = everywhere("Gruppe 1", 7, 6)
    rows[3][7] = 6
    assert warnings({**with_ratings(*rows), "Områder": SIX}) == []


def test_points_shared_out_evenly_and_the_same_answer_to_yes_or_no_are_usual() -> None:
    points = ["Workshop", "Gruppe", "Område", "Poeng"]
    rows = [["Januar", "Gruppe 1", f"Område {n}", 1] for n in range(1, 6)]
    sheets: dict[str, Cells] = {"Områder": SIX, "Vurderinger": [points, *rows]}
    assert (errors(sheets), warnings(sheets)) == ([], [])


def test_an_area_that_nobody_gave_a_number() -> None:
    sheets = with_ratings(rating(), rating(area="2", potential="vet ikke", feasibility=None))
    assert warnings(sheets) == [("nobody_scored", "Vurderinger", "F3")]


def test_an_area_scored_in_an_earlier_upload_is_scored() -> None:
    sheets = with_ratings(rating(potential="vet ikke", feasibility="vet ikke", rater="Gruppe 2"))
    assert [code for code, _, _ in warnings(sheets)] == ["nobody_scored"]
    assert warnings(sheets, after_january()) == []


def test_areas_that_a_whole_room_left_out() -> None:
    two, three = ([rating(rater=f"Gruppe {n}") for n in range(count)] for count in (2, 3))
    assert warnings(with_ratings(*two)) == []
    assert warnings(with_ratings(*three)) == [("areas_left_out", "Vurderinger", "")]


def test_the_heading_alone_warns_of_nothing() -> None:
    assert warnings({**with_ratings(heading=RATINGS_HEADING), "Områder": SIX}) == []
