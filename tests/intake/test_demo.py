"""The demo workbooks come in as any upload does, and show what they are made to show.

Order of the thirteen areas: PwC: Mulighetsrom for interkommunalt samarbeid i Indre Namdal (2022), appendix.
Population: Statistics Norway, 1 January 2020, the table in data/.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from lib.domain.assessment import order_differences, summarise
from lib.domain.costs.allocation import BreakEven, allocate, break_even
from lib.domain.costs.cost_figures import forgotten
from lib.domain.costs.models import fixed_part
from lib.domain.methods import METHODS
from lib.domain.plan.milestones import DeliveryStatus, deliveries
from lib.domain.ranking.robustness import indistinct_runs, leave_one_out, rank_intervals, stable_tops
from lib.domain.risks.register import METHOD, forced, residual, uncovered
from lib.domain.swot.themes import Statement, suggest
from lib.model.columns import CRITERION, DISSENT, ITEM, RATER, VALUE
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.records import RaterRole, Rows
from lib.model.risk_records import Countermeasure, Milestone, Phase, Risk, RiskStatus
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotItem
from tests.facts import DOCUMENTED_ORDER
from tests.intake.books import checked

DATA = Path(__file__).parents[2] / "data"
PRIORITISATION = METHODS["prioritisation"]

BOUGHT = "Innkjøp/anskaffelser"


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


@pytest.fixture(scope="module")
def kongsberg() -> Rows:
    return imported("kongsbergregionen.xlsx")


def test_each_function_has_all_four_quadrants_forces_and_benefits_and_names_the_source(kongsberg: Rows) -> None:
    for area in kongsberg.areas:
        quadrants = {item.quadrant for item in kongsberg.of(SwotItem) if item.area == area.id}
        sides = {force.side for force in kongsberg.of(Force) if force.area == area.id}
        kinds = {note.kind for note in kongsberg.of(Note) if note.area == area.id}
        assert (quadrants, sides) == (set(Quadrant), set(Side))
        assert {NoteKind.TIME, NoteKind.QUALITY, NoteKind.COMPETENCE} <= kinds
    said: list[SwotItem | Force | Note] = [*kongsberg.of(SwotItem), *kongsberg.of(Force)]
    said += kongsberg.of(Note)
    assert all("KS-Konsulent" in (each.source or "") and not each.constructed for each in said)
    assert {force.strength for force in kongsberg.of(Force)} == {None}


def test_the_small_professional_environment_is_a_threat_in_six_functions_and_a_weakness_in_one(
    kongsberg: Rows,
) -> None:
    """KS-Konsulent, pre-study for Kongsbergregionen (2022), chapter 4."""
    names = {area.id: area.name for area in kongsberg.areas}
    found = [item for item in kongsberg.of(SwotItem) if item.theme == "Lite fagmiljø"]
    assert {names[item.area] for item in found} == set(names.values())
    assert [item.quadrant for item in found].count(Quadrant.THREAT) == 6
    assert [names[item.area] for item in found if item.quadrant is Quadrant.WEAKNESS] == ["Innfordring"]


def test_the_small_professional_environment_is_found_without_anybodys_themes(kongsberg: Rows) -> None:
    items = kongsberg.of(SwotItem)
    first = suggest([Statement(item.id, item.text) for item in items])[0]
    assert first.name == "Lite fagmiljø"
    assert set(first.ids) == {item.id for item in items if item.theme == "Lite fagmiljø"}


def shared(rows: Rows, area: str) -> tuple[dict[str, int], dict[str, int], BreakEven]:
    """What each pays of an area by 20/80, what it pays today, and the fixed parts that suit everybody."""
    code = next(each.id for each in rows.areas if each.name == area)
    names = {town.id: town.name for town in rows.municipalities}
    keys = {town.name: {"population": town.population or 0} for town in rows.municipalities}
    running = [item for item in rows.of(CostItem) if item.area == code and not item.one_off]
    total = sum(item.kroner for item in running if item.kind is not CostKind.GAIN)
    today = {names[row.municipality]: row.kroner for row in rows.of(OwnCost) if row.area == code}
    return allocate(total, keys, fixed_part(20)), today, break_even(total, keys, today)


def test_every_figure_about_costs_says_that_it_is_made_up(indre_namdal: Rows) -> None:
    assert (len(indre_namdal.of(CostItem)), len(indre_namdal.of(OwnCost))) == (17, 12)
    rows: list[CostItem | OwnCost | PartialCost | Participation]
    rows = [*indre_namdal.of(CostItem), *indre_namdal.of(OwnCost)]
    rows += [*indre_namdal.of(PartialCost), *indre_namdal.of(Participation)]
    assert all(row.constructed for row in rows)


def test_a_million_by_the_main_rule_is_as_in_the_source(indre_namdal: Rows) -> None:
    """Fixed part 20 per cent, the rest by population on 1 January 2020."""
    pays, _, _ = shared(indre_namdal, "Digitaliseringskoordinator")
    assert pays == {"Røyrvik": 123_496, "Lierne": 266_022, "Namsskogan": 184_396, "Grong": 426_086}


@pytest.mark.parametrize(
    ("area", "more", "span"),
    [
        ("Digitaliseringskoordinator", set(), (10, 43)),
        ("Legetjeneste", {"Grong"}, None),
        ("Innkjøp/anskaffelser", {"Røyrvik"}, None),
    ],
)
def test_the_made_up_budgets_show_who_pays_more_and_where_all_can_agree(
    indre_namdal: Rows, area: str, more: set[str], span: tuple[int, int] | None
) -> None:
    pays, today, found = shared(indre_namdal, area)
    assert {name for name in pays if pays[name] > today[name]} == more
    assert sum(pays.values()) < sum(today.values())
    if span is None:
        assert (found.low, found.high) == (None, None)
    else:
        assert found.low is not None
        assert found.high is not None
        assert (math.ceil(found.low), int(found.high)) == span


def test_over_the_three_cooperations_together_everybody_pays_less(indre_namdal: Rows) -> None:
    every = [shared(indre_namdal, area)[:2] for area in ("Digitaliseringskoordinator", "Legetjeneste", BOUGHT)]
    for town in indre_namdal.municipalities:
        assert sum(pays[town.name] for pays, _ in every) < sum(today[town.name] for _, today in every)


def test_a_budget_has_a_hump_and_gains_after_it_and_one_lacks_a_pension(indre_namdal: Rows) -> None:
    for area in indre_namdal.areas:
        items = [item for item in indre_namdal.of(CostItem) if item.area == area.id]
        if items:
            humps = [item.from_year or 0 for item in items if item.one_off]
            gains = [item.from_year or 0 for item in items if item.kind is CostKind.GAIN]
            assert 0 < max(humps) < min(gains)
            assert forgotten(items) == ([CostKind.PENSION] if area.name == BOUGHT else [])
            taking = [row for row in indre_namdal.of(Participation) if row.area == area.id]
            assert sum(row.host for row in taking) == 1
            assert len(taking) == 4


def test_the_made_up_register_says_so_and_shows_what_the_page_is_for(indre_namdal: Rows) -> None:
    register, measures = indre_namdal.of(Risk), indre_namdal.of(Countermeasure)
    assert (len(register), len(measures)) == (13, 8)
    assert all(risk.constructed for risk in register)
    assert all(measure.constructed for measure in measures)
    assert len({risk.area for risk in register}) == 5  # four areas, and the whole
    missing = uncovered(register, measures, METHOD.rules)
    assert (len(missing), len(forced(register, METHOD.rules))) == (3, 8)
    assert any((risk.probability, risk.consequence) == (1, 5) for risk in missing)
    assert [risk.status for risk in register].count(RiskStatus.CLOSED) == 1
    for measure in measures:
        about = next(risk for risk in register if risk.id == measure.risk)
        assert residual(about, measures).product != about.sum
        assert measure.owner
        assert measure.deadline


def test_the_made_up_plan_has_every_phase_and_something_late(indre_namdal: Rows) -> None:
    plan = indre_namdal.of(Milestone)
    assert all(each.constructed for each in plan)
    assert {each.phase for each in plan} == set(Phase)
    standings = Counter(each.status(date(2026, 11, 25)) for each in deliveries(plan, [], date(2026, 11, 25)))
    assert standings == {
        DeliveryStatus.DONE: 4,
        DeliveryStatus.OVERDUE: 1,
        DeliveryStatus.COMING: 4,
        DeliveryStatus.UNDATED: 1,
    }
