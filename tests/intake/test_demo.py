"""The demo workbooks come in through the ordinary door, and show what they are made to show.

Order of the thirteen areas: PwC: Mulighetsrom for interkommunalt samarbeid i Indre Namdal (2022), appendix.
Population: Statistics Norway, 1 January 2020, the table in data/.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from lib.domain.assessment import order_differences, summarise
from lib.domain.methods import METHODS
from lib.domain.robustness import indistinct_runs, leave_one_out, rank_intervals, stable_tops
from lib.model.columns import CRITERION, DISSENT, ITEM, RATER, VALUE
from lib.model.records import RaterRole, Rows
from tests.facts import DOCUMENTED_ORDER
from tests.intake.books import checked

DATA = Path(__file__).parents[2] / "data"
PRIORITISATION = METHODS["prioritisation"]


def imported(name: str) -> Rows:
    result = checked((DATA / name).read_bytes())
    assert result.problems == ()
    return result.rows


@pytest.fixture(scope="module")
def indre_namdal() -> Rows:
    return imported("indre_namdal.xlsx")


@pytest.fixture(scope="module")
def frame(indre_namdal: Rows) -> pd.DataFrame:
    names = {area.id: area.name for area in indre_namdal.areas}
    rows = [(r.rater, names[r.item], r.criterion, r.value) for r in indre_namdal.ratings]
    return pd.DataFrame(rows, columns=[RATER, ITEM, CRITERION, VALUE]).astype({"value": "float64"})


def populations(region: str) -> dict[str, int]:
    with (DATA / "befolkning_2020.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table, delimiter=";") if row["region"] == region]
    return {row["kommunenummer_2020"]: int(row["innbyggere"]) for row in rows}


@pytest.mark.parametrize(
    ("file", "region", "count"),
    [("indre_namdal.xlsx", "Indre Namdal", 4), ("kongsbergregionen.xlsx", "Kongsbergregionen", 8)],
)
def test_municipalities_have_their_real_population(file: str, region: str, count: int) -> None:
    municipalities = imported(file).municipalities
    assert len(municipalities) == count
    assert {m.number: m.population for m in municipalities} == populations(region)
    assert {m.year for m in municipalities} == {2020}


def test_the_areas_stand_in_the_documented_order_and_name_their_source(indre_namdal: Rows) -> None:
    assert [area.name for area in indre_namdal.areas] == list(DOCUMENTED_ORDER)
    assert [area.code for area in indre_namdal.areas] == [str(n) for n in range(1, 14)]
    assert all(area.source and area.description and area.sector for area in indre_namdal.areas)


def test_the_made_up_scores_give_the_documented_order(frame: pd.DataFrame) -> None:
    summary = summarise(frame, PRIORITISATION)
    assert list(summary[ITEM]) == list(DOCUMENTED_ORDER)
    assert list(summary["rank"]) == list(range(1, 14))
    assert summary["score"].min() > 30


def test_every_workshop_row_says_that_it_is_made_up(indre_namdal: Rows) -> None:
    assert [(workshop.constructed, workshop.group_mode) for workshop in indre_namdal.workshops] == [(True, True)]


def test_nine_groups_of_two_parties(indre_namdal: Rows) -> None:
    roles = [rater.role for rater in indre_namdal.raters]
    assert (roles.count(RaterRole.ELECTED), roles.count(RaterRole.ADMINISTRATION), len(roles)) == (4, 5, 9)
    assert len(indre_namdal.comments) > 3


def test_the_top_three_are_firm_and_places_four_to_seven_are_even(frame: pd.DataFrame) -> None:
    intervals, left_out = rank_intervals(frame, PRIORITISATION), leave_one_out(frame, PRIORITISATION)
    stable = stable_tops(intervals, left_out)
    assert 3 in stable
    assert (4, 7) in indistinct_runs(intervals, stable)


def test_some_areas_divide_the_groups_and_two_are_ordered_otherwise_by_the_product_of_means(
    frame: pd.DataFrame,
) -> None:
    summary = summarise(frame, PRIORITISATION)
    assert 1 <= int(summary[DISSENT].sum()) <= 2
    assert len(order_differences(summary)) >= 1
    assert 1 <= int(frame["value"].isna().sum()) <= 6


def test_kongsbergregionen_has_seven_functions_and_no_scores_that_nobody_published() -> None:
    rows = imported("kongsbergregionen.xlsx")
    names = [area.name for area in rows.areas]
    assert names == ["Arkiv", "Personal", "Økonomi", "Lønn", "Regnskap", "Innfordring", "Telefoni"]
    assert all("KS-Konsulent" in (area.source or "") for area in rows.areas)
    assert (rows.ratings, rows.workshops) == ((), ())
