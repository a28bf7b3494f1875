"""What is allowed but seldom meant is said at its place, and keeps nothing from being stored."""

from __future__ import annotations

import pytest

from lib.intake.existing import Existing
from lib.model.records import Municipality, stable_id
from tests.intake.books import RATINGS_HEADING, STUDY, Cells, checked, errors, rating, warnings, with_ratings, xlsx
from tests.intake.test_changes import after_january

HEADING = ["Kommunenummer", "Kommune", "Innbyggere", "År"]
SIX = [["Kode", "Område"], *([str(n), f"Område {n}"] for n in range(1, 7))]


def town(number: str, population: int | None = None, year: int | None = None) -> Municipality:
    id = stable_id(STUDY, "municipality", number)
    return Municipality(id=id, number=number, name="By", population=population, year=year)


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
    ("number", "year", "said"),
    [("1108", 2020, True), ("1103", 2018, True), ("1103", 2020, False), ("1103", None, True)],
)
def test_populations_are_not_held_against_each_other_across_a_merger(number: str, year: int | None, said: bool) -> None:
    """Stavanger kept its number when Finnøy and Rennesøy became part of it on 1 January 2020."""
    found = towns([number, "By", 200_000, year], held=(town(number, 100_000, 2020 if number == "1108" else 2019),))
    assert found == ([("population_moved", "Kommuner", "C2")] if said else [])


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
        ("0136", 2019, ""),
        ("0136", 2020, "number_not_in_year"),
        ("0136", None, "number_no_more"),
        ("3103", 2019, "number_not_in_year"),
        ("1507", None, "number_no_more"),
        ("1507", 2023, ""),
        ("1580", 2023, "number_not_in_year"),
        ("9998", None, ""),
    ],
)
def test_a_number_of_another_year(number: str, year: int | None, code: str) -> None:
    found = towns(["5042", "Lierne", 1355, 2020], [number, "Kongsberg", 27723, year])
    assert found == ([(code, "Kommuner", "A3")] if code else [])


def test_the_same_municipality_under_another_number_would_be_a_twin() -> None:
    assert towns(["3303", "Kongsberg", 29000, 2024], held=(town("3006", 27723),)) == [
        ("number_held_as", "Kommuner", "A2")
    ]


def test_a_municipality_that_was_merged_is_never_taken_for_the_new_one() -> None:
    assert towns(["0136", "Rygge", 16000, 2019], held=(town("3103", 50_000, 2024),)) == []
    sheets: dict[str, Cells] = {"Kommuner": [HEADING, ["0136", "Rygge", 16000, None]]}
    [problem] = checked(xlsx(sheets), Existing((town("3103", 50_000, 2024),))).problems
    assert (problem.code, problem.params["others"]) == ("number_no_more", "3103 Moss")


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
