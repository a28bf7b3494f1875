"""What changes once a cooperation runs: every krone is carried by somebody, whoever comes, goes or overspends."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.costs.allocation import allocate
from lib.domain.costs.models import fixed_part
from lib.domain.costs.settlement import Settled, YearCost, buy_in, exit_with_notice, indexed, overspend, settle
from lib.model.costs import EQUAL, POPULATION, TODAY, CostModel, Keys
from tests.unit.refusal import code_of

# Statistics Norway, 1 January 2020.
FOUR: Keys = {
    "Røyrvik": {POPULATION: 461},
    "Lierne": {POPULATION: 1355},
    "Namsskogan": {POPULATION: 843},
    "Grong": {POPULATION: 2359},
}
FIVE: Keys = {**FOUR, "Snåsa": {POPULATION: 2063}}
MODEL = fixed_part(20)
EQUALLY = CostModel("equal", {EQUAL: 100})
KRONER = st.integers(0, 10**10)


def test_who_has_paid_too_little_on_account_pays_the_difference() -> None:
    paid = {"Røyrvik": 120_000, "Lierne": 270_000, "Grong": 400_000}
    assert settle(1_000_000, paid, FOUR, MODEL) == {
        "Røyrvik": Settled(123_496, 120_000, 3_496),
        "Lierne": Settled(266_022, 270_000, -3_978),
        "Namsskogan": Settled(184_396, 0, 184_396),
        "Grong": Settled(426_086, 400_000, 26_086),
    }


@given(KRONER, st.lists(KRONER, min_size=4, max_size=4))
@settings(deadline=None)
def test_balances_sum_to_what_the_account_lacks(actual: int, paid: list[int]) -> None:
    found = settle(actual, dict(zip(FOUR, paid, strict=True)), FOUR, MODEL)
    assert sum(one.balance for one in found.values()) == actual - sum(paid)
    assert all(one.share - one.paid == one.balance for one in found.values())


def test_a_year_of_the_phase_in_is_settled_by_that_years_model() -> None:
    keys = {name: {**row, TODAY: 1} for name, row in FOUR.items()}
    phased = CostModel("phased", MODEL.shares, phase_in=(0,))
    assert [one.share for one in settle(100, {}, keys, phased, year=1).values()] == [25] * 4
    assert list(overspend(0, 100, keys, phased, year=1).values()) == [25] * 4


@given(KRONER, KRONER, st.integers(0, 100))
@settings(deadline=None)
def test_an_overspend_is_carried_in_full(budget: int, actual: int, percent: int) -> None:
    found = overspend(budget, actual, FOUR, MODEL, host="Grong", host_percent=percent)
    assert sum(found.values()) == actual - budget


def test_the_host_carries_its_part_of_an_overspend_first() -> None:
    assert overspend(900_000, 1_000_000, FOUR, EQUALLY, host="Grong", host_percent=20) == {
        "Røyrvik": 20_000,
        "Lierne": 20_000,
        "Namsskogan": 20_000,
        "Grong": 40_000,
    }
    back = overspend(1_000_000, 900_000, FOUR, EQUALLY, host="Grong", host_percent=20)
    assert back == {"Røyrvik": -20_000, "Lierne": -20_000, "Namsskogan": -20_000, "Grong": -40_000}


def test_a_cap_on_the_whole_cost_does_not_cap_the_overspend() -> None:
    capped = CostModel("capped", MODEL.shares, cap=500_000, host="Grong", host_percent=50)
    assert overspend(0, 5_000_000, FOUR, capped) == allocate(5_000_000, FOUR, MODEL)


def test_a_newcomer_pays_its_share_of_what_is_not_yet_written_off() -> None:
    carried = dict(zip(FOUR, (100_000, 200_000, 300_000, 400_000), strict=True))
    found = buy_in("Snåsa", carried, FIVE, EQUALLY, used=2, lifetime=5)
    assert found == {"Snåsa": 120_000, "Røyrvik": -12_000, "Lierne": -24_000, "Namsskogan": -36_000, "Grong": -48_000}
    assert set(buy_in("Snåsa", carried, FIVE, EQUALLY, used=5, lifetime=5).values()) == {0}


@given(st.lists(KRONER, min_size=4, max_size=4).filter(any), st.integers(0, 10), st.integers(1, 10))
@settings(deadline=None)
def test_what_a_newcomer_pays_the_others_get(carried: list[int], used: int, more: int) -> None:
    found = buy_in("Snåsa", dict(zip(FOUR, carried, strict=True)), FIVE, MODEL, used, used + more)
    assert sum(found.values()) == 0
    assert all(-paid <= found[name] <= 0 for name, paid in zip(FOUR, carried, strict=True))


def test_a_leaver_shares_all_through_its_notice_and_then_only_what_is_bound() -> None:
    costs = [YearCost(2027, 1_000_000, 1_000_000), YearCost(2028, 900_000, 200_000), YearCost(2029, 800_000, 0)]
    found = exit_with_notice(costs, FOUR, EQUALLY, "Grong", last_year=2027)
    assert found == {
        2027: dict.fromkeys(FOUR, 250_000),
        2028: {"Røyrvik": 283_333, "Lierne": 283_334, "Namsskogan": 283_333, "Grong": 50_000},
        2029: {"Røyrvik": 266_666, "Lierne": 266_667, "Namsskogan": 266_667, "Grong": 0},
    }


@given(
    st.lists(st.tuples(KRONER, KRONER), min_size=1, max_size=5), st.integers(2026, 2032), st.sampled_from(sorted(FOUR))
)
@settings(deadline=None)
def test_every_year_of_an_exit_sums_to_its_cost(amounts: list[tuple[int, int]], last: int, leaver: str) -> None:
    costs = [YearCost(2027 + place, max(pair), min(pair)) for place, pair in enumerate(amounts)]
    hosted = CostModel("hosted", MODEL.shares, host="Grong", host_percent=5)
    found = exit_with_notice(costs, FOUR, hosted, leaver, last)
    assert {year: sum(paid.values()) for year, paid in found.items()} == {cost.year: cost.kroner for cost in costs}
    for cost in costs:
        assert found[cost.year][leaver] == allocate(cost.kroner if cost.year <= last else cost.bound, FOUR, hosted).get(
            leaver
        )


def test_indexed_amounts_sum_to_the_indexed_total() -> None:
    assert indexed({"a": 100, "b": 100, "c": 100}, 100, 100.5) == {"a": 101, "b": 101, "c": 100}
    assert indexed({"a": 1_000_000}, 125.0, 130.5) == {"a": 1_044_000}


@given(st.dictionaries(st.text(min_size=1), KRONER, max_size=6), st.integers(1, 500), st.integers(1, 500))
@settings(deadline=None)
def test_indexing_moves_each_by_the_index_to_the_krone(amounts: dict[str, int], then: int, now: int) -> None:
    found = indexed(amounts, then, now)
    assert all(abs(found[name] * then - kroner * now) < then for name, kroner in amounts.items())
    assert abs(sum(found.values()) * then - sum(amounts.values()) * now) * 2 <= then


def test_what_makes_no_sense_is_named() -> None:
    carried = dict.fromkeys(FOUR, 10)
    capped = CostModel("capped", MODEL.shares, cap=5)
    assert [
        code_of(lambda: settle(1, {"Snåsa": 1}, FOUR, MODEL)),
        code_of(lambda: settle(1, {"Grong": -1}, FOUR, MODEL)),
        code_of(lambda: overspend(1, 2, FOUR, MODEL, host="Snåsa", host_percent=5)),
        code_of(lambda: buy_in("Grong", carried, FIVE, MODEL, 1, 5)),
        code_of(lambda: buy_in("Snåsa", carried, FOUR, MODEL, 1, 5)),
        code_of(lambda: buy_in("Snåsa", carried, FIVE, MODEL, 6, 5)),
        code_of(lambda: buy_in("Snåsa", carried, FIVE, MODEL, 0, 0)),
        code_of(lambda: buy_in("Snåsa", dict.fromkeys(FOUR, 0), FIVE, MODEL, 1, 5)),
        code_of(lambda: exit_with_notice([], FOUR, MODEL, "Snåsa", 2027)),
        code_of(lambda: exit_with_notice([], FOUR, capped, "Grong", 2027)),
        code_of(lambda: exit_with_notice([YearCost(2028, 1, 2)], FOUR, MODEL, "Grong", 2027)),
        code_of(lambda: exit_with_notice([YearCost(2028, 1, 1)], {"a": {}, "b": {}}, EQUALLY, "a", 2027)),
        code_of(lambda: indexed({"a": 1}, 0, 1)),
    ] == [
        "unknown_municipality",
        "negative_amount",
        "unknown_host",
        "newcomer_is_member",
        "unknown_municipality",
        "years_out_of_range",
        "years_out_of_range",
        "nothing_carried",
        "unknown_municipality",
        "limits_not_for_exit",
        "bound_above_cost",
        "single_participant",
        "index_not_positive",
    ]
