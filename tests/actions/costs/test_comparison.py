"""What each model means for each municipality, computed by hand on Indre Namdal's populations of 2020."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from lib.actions.costs import cases, comparison
from lib.actions.costs.cases import case_of, named_model, trial
from lib.domain.costs.models import by_key, fixed_part
from lib.model.access import VISITOR
from lib.model.cost_records import CostBook, CostKind, ModelChoice
from lib.model.costs import EQUAL, POPULATION, USAGE, CostModel
from lib.model.problems import NotFound
from lib.model.records import Area, Study
from tests.actions import cost_books
from tests.actions.cost_books import ARCHIVE, BOTH, MILLION, TODAY, alone, book, chosen, item, takes_part
from tests.people import ELSEWHERE, FACILITATOR, let_through

TWENTY = fixed_part(20)
WIDE = book({"Arkiv": TODAY | {"Lierne": 268_000, "Grong": 430_000}}, {"Arkiv": 1_000_000})


def paid(compared: comparison.Compared) -> dict[str, int]:
    return {share.municipality: share.kroner for share in compared.shares}


def compared(found: cases.Case, model: CostModel = TWENTY) -> comparison.Compared:
    return comparison.comparison(FACILITATOR, ELSEWHERE, found, model, ()).main


def test_a_million_by_the_main_rule_of_indre_namdal() -> None:
    """PwC, Mulighetsrom for interkommunalt samarbeid i Indre Namdal (2022): 20/80."""
    assert paid(compared(trial(ARCHIVE, 1_000_000))) == MILLION


def test_change_per_cent_and_kroner_per_inhabitant() -> None:
    shares = {share.municipality: share for share in compared(case_of(ARCHIVE, "arkiv")).shares}
    assert {name: share.change for name, share in shares.items()} == {
        "Røyrvik": -26_504,
        "Lierne": 6_022,
        "Namsskogan": -15_604,
        "Grong": 6_086,
    }
    assert shares["Grong"].percent == pytest.approx(42.6086)
    assert shares["Grong"].per_inhabitant == pytest.approx(426_086 / 2359)


def test_who_pays_more_than_today_stands_with_the_most_first() -> None:
    found = compared(case_of(ARCHIVE, "arkiv"))
    assert [share.municipality for share in found.more] == ["Grong", "Lierne"]
    assert {share.municipality for share in found.less} == {"Røyrvik", "Namsskogan"}


def test_a_model_that_cannot_be_used_carries_its_reason_and_hinders_no_other() -> None:
    case = case_of(with_keys(Grong={"Saker": 20.0}), "arkiv")
    found = comparison.comparison(FACILITATOR, ELSEWHERE, case, TWENTY, case.models)
    failed = {one.model.key: one.error.code for one in found.models if one.error}
    assert failed == {"Saker": "key_missing"}
    assert [one.model.key for one in found.models] == ["20_80", "0_100", "30_70", "40_60", "50_50", "Saker", "today"]


def with_keys(**keys: Mapping[str, float]) -> CostBook:
    """The archive, with further allocation keys of some municipalities."""
    towns = (town.model_copy(update={"keys": keys.get(town.name, {})}) for town in ARCHIVE.municipalities)
    return replace(ARCHIVE, municipalities=tuple(towns))


CASES = {"Røyrvik": 100.0, "Lierne": 300.0, "Namsskogan": 200.0, "Grong": 400.0}


def test_any_figure_that_all_have_is_an_allocation_key() -> None:
    """By cases alone, and half equally and half by cases: Grong 40 %, and (25 + 40) / 2 %."""
    case = case_of(with_keys(**{name: {"Saker": count} for name, count in CASES.items()}), "arkiv")
    assert case.whole_keys == ("Saker",)
    assert paid(compared(case, by_key("Saker"))) == {name: int(1000 * count) for name, count in CASES.items()}
    assert paid(compared(case, CostModel("own", {EQUAL: 50, "Saker": 50})))["Grong"] == 325_000


def test_a_line_can_follow_a_key_that_the_municipalities_brought() -> None:
    book = with_keys(**{name: {"Saker": count} for name, count in CASES.items()})
    lines = (item("Arkiv", "Skanning", 100_000, model="Saker"), item("Arkiv", "Leie", 100_000, model="likt"))
    found = paid(compared(case_of(replace(book, items=lines), "arkiv")))
    assert found == {"Røyrvik": 35_000, "Lierne": 55_000, "Namsskogan": 45_000, "Grong": 65_000}


def test_a_key_that_somebody_lacks_is_offered_to_no_line() -> None:
    case = case_of(with_keys(Grong={"Saker": 20.0}), "arkiv")
    assert "Saker" not in cases.model_names(case)
    assert all(cases.named_model(name) for name in cases.model_names(case))


def test_the_chosen_model_is_compared_and_the_same_model_stands_once() -> None:
    mine = replace(ARCHIVE, choices=(chosen("Arkiv", equal=100.0),))
    found = comparison.comparison(FACILITATOR, ELSEWHERE, case_of(mine, "arkiv"), fixed_part(30))
    assert [one.model.key for one in found.models][:3] == ["30_70", "chosen", "20_80"]
    assert len(found.models) == 7
    assert paid(found.models[1]) == dict.fromkeys(MILLION, 250_000)


def test_a_line_with_a_model_of_its_own_keeps_it() -> None:
    """400 000 split equally whatever the model, 600 000 by inhabitants: Røyrvik 100 000 + 600 000 · 461 / 5 018."""
    two = replace(ARCHIVE, items=(item("Arkiv", "Leie", 400_000, model="100/0"), item("Arkiv", "Drift", 600_000)))
    assert paid(compared(case_of(two, "arkiv"), fixed_part(0)))["Røyrvik"] == 155_121
    assert sum(paid(compared(case_of(two, "arkiv"), fixed_part(0))).values()) == 1_000_000


def test_the_full_year_is_the_first_in_which_all_that_lasts_has_begun() -> None:
    lines = (
        item("Arkiv", "Drift", 500_000, from_year=2027),
        item("Arkiv", "System", 300_000, from_year=2028),
        item("Arkiv", "Dobbel drift", 90_000, from_year=2027, to_year=2027),
        item("Arkiv", "Pensjon", 50_000, kind=CostKind.PENSION),
        cost_books.hump("Arkiv", 1_000_000),
        cost_books.gain("Arkiv", 70_000),
    )
    found = case_of(replace(ARCHIVE, items=lines), "arkiv")
    assert found.total == 850_000
    assert [line.name for line in found.one_off] == ["Innføring"]
    assert [line.name for line in found.gains] == ["Gevinst"]


def test_who_does_not_take_part_pays_nothing_and_has_no_key() -> None:
    without = replace(ARCHIVE, participation=(takes_part("Arkiv", "Grong", takes_part=False),))
    assert paid(compared(case_of(without, "arkiv"))).keys() == {"Lierne", "Namsskogan", "Røyrvik"}


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({"Grong": 2359}, "single_participant"),
        ({"Grong": 2359, "Lierne": 0}, "population_zero"),
        ({"Grong": 2359, "Lierne": None}, "key_missing"),
    ],
)
def test_what_cannot_be_shared_says_why(people: dict[str, int | None], code: str) -> None:
    error = compared(trial(book({}, {}, people), 1_000_000)).error
    assert error
    assert error.code == code


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (CostModel("own", {EQUAL: 20, POPULATION: 70}), "shares_not_100"),
        (CostModel("own", {EQUAL: 100}, floor=300_000), "floors_above_total"),
        (CostModel("own", {EQUAL: 100}, cap=100_000), "caps_below_total"),
        (CostModel("own", {EQUAL: 100}, host="Steinkjer", host_percent=10), "unknown_host"),
        (CostModel("own", {EQUAL: 100}, host="Grong", host_percent=101), "percent_out_of_range"),
    ],
)
def test_an_own_mix_that_cannot_be_says_why(model: CostModel, code: str) -> None:
    error = compared(case_of(ARCHIVE, "arkiv"), model).error
    assert error
    assert error.code == code


@pytest.mark.parametrize("kroner", [0, 1, 10**12])
def test_no_krone_is_lost_between_eight(kroner: int) -> None:
    found = compared(trial(book({}, {}, cost_books.EIGHT), kroner))
    assert sum(paid(found).values()) == kroner
    assert all(share.kroner >= 0 for share in found.shares)
    assert all(share.percent is None for share in found.shares) is (kroner == 0)


def test_the_curve_is_the_models_themselves() -> None:
    found = comparison.curves(FACILITATOR, ELSEWHERE, case_of(ARCHIVE, "arkiv"))
    assert {name: row[20] for name, row in found.items()} == MILLION
    assert {row[100] for row in found.values()} == {250_000}
    assert {len(row) for row in found.values()} == {101}


def test_the_span_against_today() -> None:
    """Grong needs 430 000 ≥ 470 107,61 − 220 107,61 f, Røyrvik 150 000 ≥ 91 869,27 + 158 130,73 f."""
    found = comparison.span(FACILITATOR, ELSEWHERE, case_of(WIDE, "arkiv"), "today")
    assert found
    assert float(found.found.low or 0) == pytest.approx(18.2218, abs=1e-3)
    assert float(found.found.high or 0) == pytest.approx(36.7611, abs=1e-3)
    assert (found.found.raises, found.found.lowers) == (("Grong",), ("Røyrvik",))


def test_without_a_span_those_who_stand_in_the_way_are_named() -> None:
    found = comparison.span(FACILITATOR, ELSEWHERE, case_of(ARCHIVE, "arkiv"), "today")
    assert found
    assert found.found.low is None
    assert found.found.in_the_way == ("Røyrvik", "Lierne")


def test_alone_costs_are_todays_unless_another_sum_is_given() -> None:
    dear = alone("Arkiv", dict.fromkeys(TODAY, 500_000), TODAY)
    found = comparison.span(FACILITATOR, ELSEWHERE, case_of(replace(ARCHIVE, own=dear), "arkiv"), "alone")
    assert found
    assert found.found.low == 0
    assert found.found.high == 100


def test_a_span_needs_everybodys_limit() -> None:
    assert comparison.span(FACILITATOR, ELSEWHERE, case_of(replace(ARCHIVE, own=()), "arkiv"), "today") is None


def test_a_line_of_its_own_model_can_alone_be_too_much() -> None:
    """800 000 split equally is 200 000 each; Røyrvik pays 150 000 today, so it is 50 000 and its part above."""
    lines = (item("Arkiv", "Leie", 800_000, model="100/0"), item("Arkiv", "Drift", 200_000))
    found = comparison.span(FACILITATOR, ELSEWHERE, case_of(replace(ARCHIVE, items=lines), "arkiv"), "today")
    assert found
    assert found.found.low is None
    assert float(found.found.excess["Røyrvik"]) == pytest.approx(50_000 + 200_000 * 461 / 5018)


def test_not_every_time_but_together() -> None:
    found = comparison.together(FACILITATOR, ELSEWHERE, BOTH)
    assert {row.municipality: row.change for row in found.rows} == {
        "Grong": -17_828,
        "Lierne": -17_956,
        "Namsskogan": -21_208,
        "Røyrvik": -23_008,
    }
    assert found.more == ()
    assert {row.municipality for row in found.more_somewhere} == {"Grong", "Lierne", "Røyrvik"}
    assert found.rows[-1].changes == {"arkiv": -26_504, "lønn": 3_496}


def test_another_model_for_one_area_moves_the_sum() -> None:
    found = comparison.together(FACILITATOR, ELSEWHERE, BOTH, {"lønn": fixed_part(100)})
    assert {row.municipality: row.change for row in found.rows}["Røyrvik"] == -26_504 + 130_000
    assert [row.municipality for row in found.more] == ["Røyrvik", "Namsskogan"]


def test_an_area_that_cannot_be_summed_is_named_with_its_reason() -> None:
    half = replace(BOTH, own=tuple(each for each in BOTH.own if each.id != "Lønn-Lierne"))
    found = comparison.together(FACILITATOR, ELSEWHERE, half)
    assert [(area.name, error.code) for area, error in found.left_out] == [("Lønn", "limit_missing")]
    assert {row.municipality: row.kroner for row in found.rows} == MILLION


def test_jobs_move_to_the_host() -> None:
    jobs = {"Grong": 1.0, "Lierne": 0.5, "Namsskogan": 0.4, "Røyrvik": 0.2}
    own = tuple(each.model_copy(update={"jobs": jobs[each.id.partition("-")[2]]}) for each in ARCHIVE.own)
    part = (takes_part("Arkiv", "Grong", host=True, jobs=1.5),)
    rows = {
        row.municipality: row
        for row in comparison.together(FACILITATOR, ELSEWHERE, replace(ARCHIVE, own=own, participation=part)).rows
    }
    assert (rows["Grong"].jobs_lost, rows["Grong"].jobs_gained) == (0, 0.5)
    assert (rows["Lierne"].jobs_lost, rows["Lierne"].jobs_gained) == (0.5, 0)
    assert comparison.together(FACILITATOR, ELSEWHERE, ARCHIVE).rows[0].jobs_lost is None


def test_unconfirmed_and_made_up_figures_are_known_of() -> None:
    loose = replace(
        BOTH, confirmed={"grong": True}, items=tuple(i.model_copy(update={"constructed": True}) for i in BOTH.items)
    )
    found = comparison.together(FACILITATOR, ELSEWHERE, loose)
    assert found.unconfirmed == ("Lierne", "Namsskogan", "Røyrvik")
    assert found.constructed
    assert case_of(loose, "arkiv").unconfirmed == found.unconfirmed


def test_two_municipalities_of_one_name_are_told_apart() -> None:
    twins = [cost_books.municipality("Våler", 100).model_copy(update={"id": i, "number": i}) for i in ("3018", "3419")]
    found = trial(replace(ARCHIVE, municipalities=tuple(twins)), 10)
    assert paid(compared(found)) == {"Våler (3018)": 5, "Våler (3419)": 5}


def test_the_model_of_a_key() -> None:
    assert named_model("35/65") == named_model("35 / 65") == fixed_part(35)
    assert named_model("Elever") == CostModel("Elever", {"Elever": 100})
    assert named_model("Likt") == named_model("equal") == CostModel(EQUAL, {EQUAL: 100})
    assert [named_model(name) for name in ("som i dag", "as today")] == [by_key("today")] * 2
    assert named_model("") is None


def test_a_choice_is_kept_as_it_was_made() -> None:
    model = CostModel("chosen", {EQUAL: 30, POPULATION: 70}, 10, 900_000, "Grong", 5, (50,))
    ids = {name: identity for identity, name in cases.names(ARCHIVE).items()}
    kept = cases.choice_of(model, "arkiv", ids)
    assert kept.host == "grong"
    found = stored(kept)
    assert found is not None
    assert comparison.same(found, model)


def stored(choice: ModelChoice) -> CostModel | None:
    return case_of(replace(ARCHIVE, choices=(choice,)), "arkiv").chosen


def test_limits_of_single_municipalities_are_kept_and_hold() -> None:
    """Grong pays at most 400 000 and Røyrvik at least 150 000; the others share the rest as before among themselves."""
    model = CostModel("chosen", {EQUAL: 20, POPULATION: 80}, {"Røyrvik": 150_000}, {"Grong": 400_000})
    kept = cases.choice_of(model, "arkiv", {name: key for key, name in cases.names(ARCHIVE).items()})
    assert (kept.floor, kept.floors, kept.cap, kept.caps) == (None, {"røyrvik": 150_000}, None, {"grong": 400_000})
    found = stored(kept)
    assert found is not None
    shares = paid(compared(case_of(ARCHIVE, "arkiv"), found))
    assert (shares["Røyrvik"], shares["Grong"], sum(shares.values())) == (150_000, 400_000, 1_000_000)
    assert shares["Lierne"] / shares["Namsskogan"] == pytest.approx(266_022 / 184_396, rel=1e-4)


def test_a_limit_of_who_takes_no_part_does_not_count() -> None:
    away = (takes_part("Arkiv", "Grong", takes_part=False),)
    choice = ModelChoice(id="arkiv", shares={EQUAL: 100.0}, phase_in=[], caps={"grong": 1})
    found = case_of(replace(ARCHIVE, participation=away, choices=(choice,)), "arkiv")
    assert found.model.cap is None
    assert sum(found.shared(found.model).values()) == 1_000_000


def test_only_a_plain_mix_of_equal_and_inhabitants_has_a_place_on_the_slider() -> None:
    assert cases.fixed_share(fixed_part(35)) == 35
    assert cases.fixed_share(CostModel("x", {EQUAL: 100}, floor=1)) is None
    assert cases.fixed_share(CostModel("x", {USAGE: 100})) is None


def test_an_area_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        case_of(ARCHIVE, "nowhere")


def test_areas_without_running_costs_are_not_asked_about() -> None:
    more = replace(ARCHIVE, areas=(*ARCHIVE.areas, Area(id="x", code="A0", name="Uten tall")))
    assert [area.name for area in cases.areas(more)] == ["Arkiv"]


def test_who_may_see_costs(own: Study) -> None:
    found = case_of(ARCHIVE, "arkiv")
    readers = {"reader", "leader", "facilitator"}
    for read in (
        lambda actor: comparison.comparison(actor, own, found, TWENTY),
        lambda actor: comparison.curves(actor, own, found),
        lambda actor: comparison.span(actor, own, found, "today"),
        lambda actor: comparison.together(actor, own, ARCHIVE),
    ):
        assert let_through(read, own) == readers
    demonstration = own.model_copy(update={"demo": True})
    assert comparison.together(VISITOR, demonstration, ARCHIVE).rows
