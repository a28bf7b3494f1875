"""Fair division by what groups would pay: published games, the laws of each method, and a slow reference."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import permutations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.costs.coalitions import Game
from lib.domain.costs.games import (
    blocking_by_formula,
    blocking_coalitions,
    dearer_coalitions,
    formula_shapley,
    nucleolus,
    separable_costs,
    shapley,
)
from lib.model.costs import CostFormula, Number
from tests.unit.costs.cost_games import SKANE, TENNESSEE, Cost, everyone, gains, game_of, games, total, written
from tests.unit.refusal import code_of

METHODS = {"shapley": shapley, "nucleolus": nucleolus, "separable costs": separable_costs}
every_method = pytest.mark.parametrize("divide", METHODS.values(), ids=METHODS.keys())


def test_shapley_nucleolus_and_separable_costs_of_the_swedish_water_supply() -> None:
    """Young, Okada and Hashimoto 1982, whose figures are rounded so that they sum to 83.82."""
    cost = written(SKANE)
    published = {
        shapley: [20.01, 10.71, 6.61, 10.37, 16.94, 19.18],
        nucleolus: [20.35, 12.06, 5.00, 8.61, 18.32, 19.49],
        separable_costs: [19.54, 13.28, 5.62, 10.90, 16.66, 17.82],
    }
    for divide, expected in published.items():
        assert list(divide(cost).values()) == pytest.approx(expected, abs=0.01)


def test_three_swedish_municipalities_would_pay_too_much_by_shapley() -> None:
    """Young, Okada and Hashimoto 1982: H, K and L can supply themselves for 27.26."""
    cost = written(SKANE)
    (found,) = blocking_coalitions(cost, shapley(cost))
    assert found.members == set("HKL")
    assert (found.pays, found.alone, found.excess) == pytest.approx((27.69, 27.26, 0.43), abs=0.005)
    assert blocking_coalitions(cost, nucleolus(cost)) == []


def test_a_group_that_is_dearer_than_its_parts_is_found() -> None:
    (found,) = dearer_coalitions(written(SKANE))
    assert found.members == set("AHLMT")
    assert found.parts == (frozenset("MT"), frozenset("AHL"))
    assert found.extra == pytest.approx(83.00 - 39.41 - 43.22)


def test_shapley_nucleolus_and_separable_costs_of_the_tennessee_valley() -> None:
    """Straffin and Heaney 1981: the value, the nucleolus, and the alternate cost avoided (of Ransmeier's figures)."""
    cost = written(TENNESSEE)
    assert shapley(cost) == pytest.approx({"N": 117_829, "F": 100_756.5, "P": 193_998.5})
    assert nucleolus(cost) == pytest.approx({"N": 116_234, "F": 93_540, "P": 202_810})
    assert separable_costs(cost) == pytest.approx({"N": 117_476, "F": 99_157, "P": 195_951}, abs=0.6)


def test_shapley_and_nucleolus_of_three_investors() -> None:
    """J. Lemaire, ASTIN Bulletin 21(1), 1991, as in the R package GameTheory: interest on pooled investments."""
    cost = gains(46_125, 17_437.5, 5_812.5, 69_187.5, 53_812.5, 30_750, 90_000)
    assert shapley(cost) == pytest.approx({"1": -51_750, "2": -25_875, "3": -12_375})
    assert nucleolus(cost) == {"1": -52_687.5, "2": -24_468.75, "3": -12_843.75}


def test_shapley_and_nucleolus_of_a_pair_of_gloves() -> None:
    """One left glove and two right ones: the core is all to the left one, the value 2/3, 1/6, 1/6 (Shapley 1959)."""
    cost = game_of("LRS", lambda group: -float("L" in group and len(group) > 1))
    assert shapley(cost) == pytest.approx({"L": -2 / 3, "R": -1 / 6, "S": -1 / 6})
    assert nucleolus(cost) == {"L": -1, "R": 0, "S": 0}


def test_shapley_of_a_shared_taxi() -> None:
    """The documentation of coopgt: trips of 6, 12 and 42 on one road are shared as 2, 5 and 35."""
    trips = {"1": 6, "2": 12, "3": 42}
    assert shapley(game_of("123", lambda group: max(trips[name] for name in group))) == pytest.approx(
        {"1": 2, "2": 5, "3": 35}
    )


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8))
@settings(deadline=None)
def test_shapley_of_an_airport_is_each_part_of_the_runway_split_among_its_users(costs: list[int]) -> None:
    """S. C. Littlechild and G. Owen, Management Science 20(3), 1973, 370–372."""
    needs = {f"m{place}": cost for place, cost in enumerate(sorted(costs))}
    steps = np.diff([0, *needs.values()]) / np.arange(len(needs), 0, -1)
    found = shapley(game_of(list(needs), lambda group: max(needs[name] for name in group)))
    assert list(found.values()) == pytest.approx(np.cumsum(steps))


@every_method
@given(cost=games())
@settings(deadline=None)
def test_all_is_paid(divide: Callable[[Cost], dict[str, float]], cost: Cost) -> None:
    assert sum(divide(cost).values()) == pytest.approx(total(cost), abs=0.02)


@every_method
@given(cost=games(), names=st.permutations(range(5)))
@settings(deadline=None)
def test_neither_names_nor_order_matter(
    divide: Callable[[Cost], dict[str, float]], cost: Cost, names: list[int]
) -> None:
    renamed = {f"m{old}": f"x{new}" for old, new in enumerate(names)}
    other = {frozenset(renamed[name] for name in group): kroner for group, kroner in reversed(cost.items())}
    found = divide(other)
    assert {name: found[renamed[name]] for name in divide(cost)} == pytest.approx(divide(cost), abs=1e-6, rel=1e-12)


@every_method
@given(st.integers(2, 5), st.lists(st.integers(0, 1000), min_size=6, max_size=6))
@settings(deadline=None)
def test_equals_pay_the_same(divide: Callable[[Cost], dict[str, float]], players: int, by_size: list[int]) -> None:
    names = [f"m{place}" for place in range(players)]
    found = divide(game_of(names, lambda group: by_size[len(group)]))
    assert list(found.values()) == pytest.approx([by_size[players] / players] * players, abs=1e-6)


@given(games(4), st.integers(0, 10**6))
@settings(deadline=None)
def test_who_adds_only_its_own_cost_pays_just_that(cost: Cost, own: int) -> None:
    larger: Cost = {group | {"dummy"}: float(kroner) + own for group, kroner in cost.items()}
    found = shapley({**cost, **larger, frozenset({"dummy"}): own})
    assert found.pop("dummy") == pytest.approx(own, abs=1e-6)
    assert found == pytest.approx(shapley(cost), abs=1e-6)


@given(st.data(), games(5))
@settings(deadline=None)
def test_the_shapley_value_of_two_costs_is_that_of_each(data: st.DataObject, one: Cost) -> None:
    other = {group: data.draw(st.integers(0, 10**6)) for group in one}
    both = {group: float(kroner) + other[group] for group, kroner in one.items()}
    added = {name: kroner + shapley(other)[name] for name, kroner in shapley(one).items()}
    assert shapley(both) == pytest.approx(added, abs=1e-6)


@given(games(5))
@settings(deadline=None)
def test_shapley_is_the_mean_over_all_orders(cost: Cost) -> None:
    names = sorted(everyone(cost))
    added = dict.fromkeys(names, 0.0)
    orders = list(permutations(names))
    for order in orders:
        for place, name in enumerate(order):
            before = float(cost[frozenset(order[:place])]) if place else 0.0
            added[name] += float(cost[frozenset(order[: place + 1])]) - before
    expected = {name: kroner / len(orders) for name, kroner in added.items()}
    assert shapley(cost) == pytest.approx(expected, abs=1e-6)


def test_where_nothing_is_saved_each_pays_what_it_would_alone() -> None:
    cost = game_of("abc", lambda group: sum({"a": 10, "b": 20, "c": 30}[name] for name in group))
    for divide in METHODS.values():
        assert divide(cost) == pytest.approx({"a": 10, "b": 20, "c": 30})
    assert dearer_coalitions(cost) == []


@every_method
def test_a_saving_below_what_floating_point_can_tell_is_none(divide: Callable[[Cost], dict[str, float]]) -> None:
    alone = {"a": 0.1, "b": 0.2, "c": 0.7}
    cost = game_of("abc", lambda group: round(sum(alone[name] for name in group), 1))
    assert divide(cost) == pytest.approx(alone)
    if divide is nucleolus:  # that one group is dear together changes nothing: all together save nothing
        assert divide(cost | {frozenset("ab"): 9.0}) == pytest.approx(alone)


def test_where_together_is_dearer_the_extra_is_split() -> None:
    cost = {frozenset("a"): 10, frozenset("b"): 20, frozenset("ab"): 36}
    for divide in METHODS.values():
        assert divide(cost) == pytest.approx({"a": 13, "b": 23})
    (found,) = dearer_coalitions(cost)
    assert (found.parts, found.extra, found.estimated) == ((frozenset("a"), frozenset("b")), 6, False)


def test_blocking_groups_stand_with_the_worst_treated_first() -> None:
    cost = {frozenset("a"): 10, frozenset("b"): 20, frozenset("ab"): 24}
    found = blocking_coalitions(cost, {"a": 0, "b": 24})
    assert [(group.members, group.excess) for group in found] == [(frozenset("b"), 4)]
    assert blocking_coalitions(cost, {"a": 3.98, "b": Decimal("20.02")}) == []


def test_a_formula_is_an_estimate_except_where_the_cost_is_known() -> None:
    formula = CostFormula(
        100, 2, {"a": 10, "b": 20, "c": 30}, known={frozenset("abc"): 200, frozenset("a"): 90, frozenset("b"): 160}
    )
    game = Game.estimate(formula)
    assert game.costs.tolist() == [0, 90, 160, 160, 160, 180, 200, 200]
    assert game.estimated.tolist() == [False, False, False, True, True, True, True, False]
    found = blocking_coalitions(game, {"a": 20, "b": 10, "c": 170})
    assert [(group.members, group.estimated) for group in found] == [(frozenset("c"), True), (frozenset("ac"), True)]


@given(st.data(), st.integers(2, 7))
@settings(deadline=None)
def test_the_closed_form_of_a_formula_is_its_shapley_value(data: st.DataObject, players: int) -> None:
    names = [f"m{place}" for place in range(players)]
    kroner = st.integers(0, 10**6)
    known = data.draw(st.dictionaries(st.frozensets(st.sampled_from(names), min_size=1), kroner, max_size=5))
    amounts = {name: data.draw(st.integers(0, 5000)) for name in names}
    formula = CostFormula(data.draw(kroner), data.draw(st.integers(0, 900)), amounts, known)
    assert formula_shapley(formula) == pytest.approx(shapley(Game.estimate(formula)), abs=1e-3)


def test_twenty_municipalities_are_counted_through_and_fifty_in_closed_form() -> None:
    amounts = {f"m{place:02}": 400 + place * 37 for place in range(20)}
    known = {frozenset({name}): 900_000 + 11 * people for name, people in amounts.items()}
    formula = CostFormula(500_000, 300, amounts, known)
    assert shapley(Game.estimate(formula)) == pytest.approx(formula_shapley(formula), abs=0.02)
    fifty = formula_shapley(CostFormula(500_000, 300, {f"m{place:02}": place for place in range(50)}))
    assert fifty["m07"] == 500_000 / 50 + 300 * 7


@given(st.data(), st.integers(2, 6))
@settings(deadline=None)
def test_the_group_that_pays_most_too_much_is_found_without_counting_them_through(data: st.DataObject, n: int) -> None:
    """As among all groups of the estimated game, where all together and each alone are known."""
    kroner = st.integers(0, 10_000)
    amounts: dict[str, Number] = {f"m{place}": data.draw(st.integers(0, 50)) for place in range(n)}
    known: dict[frozenset[str], Number] = {frozenset({name}): data.draw(kroner) for name in amounts}
    shares = {name: data.draw(kroner) for name in amounts}
    known[frozenset(amounts)] = sum(shares.values())
    formula = CostFormula(data.draw(kroner), data.draw(st.integers(0, 90)), amounts, known)
    found, every = blocking_by_formula(formula, shares), blocking_coalitions(Game.estimate(formula), shares)
    assert bool(found) == bool(every)
    assert [group.excess for group in found[:1]] == [group.excess for group in every[:1]]
    assert {group.members for group in found} <= {group.members for group in every}


@pytest.mark.parametrize(
    ("expected", "cost"),
    [
        ("single_participant", {frozenset("a"): 1}),
        ("single_participant", {}),
        ("group_cost_missing", {frozenset("a"): 1, frozenset("ab"): 1}),
        ("not_a_number", {frozenset("a"): 1, frozenset("b"): float("nan"), frozenset("ab"): 1}),
        ("too_many_municipalities", {frozenset("abcdefghijklm"): 1}),
    ],
)
def test_a_game_that_cannot_be_divided_is_refused(expected: str, cost: Cost) -> None:
    divisions: list[Callable[[Cost], object]] = [*METHODS.values(), dearer_coalitions]
    for divide in divisions:
        assert code_of(partial(divide, cost)) == expected


@pytest.mark.parametrize(
    ("expected", "shares"),
    [
        ("share_missing", {"a": 3}),
        ("unknown_municipality", {"a": 1, "b": 2, "c": 0}),
        ("shares_miss_total", {"a": 1, "b": 1.97}),
        ("not_a_number", {"a": 1, "b": float("inf")}),
    ],
)
def test_shares_that_are_no_division_are_refused(expected: str, shares: dict[str, Number]) -> None:
    assert (
        code_of(lambda: blocking_coalitions({frozenset("a"): 2, frozenset("b"): 2, frozenset("ab"): 3}, shares))
        == expected
    )


def test_an_estimate_needs_members_and_at_most_twenty() -> None:
    many = {f"m{place}": 1 for place in range(21)}
    for expected, formula in [
        ("too_many_municipalities", CostFormula(1, 1, many)),
        ("single_participant", CostFormula(1, 1, {"a": 1})),
        ("unknown_municipality", CostFormula(1, 1, {"a": 1, "b": 1}, known={frozenset("ac"): 1})),
        ("not_a_number", CostFormula(float("nan"), 1, {"a": 1, "b": 1})),
    ]:
        assert code_of(partial(Game.estimate, formula)) == expected
    assert (
        code_of(lambda: nucleolus(Game.estimate(CostFormula(1, 1, dict(list(many.items())[:13])))))
        == "too_many_municipalities"
    )


def test_a_million_million_is_divided_to_the_krone() -> None:
    cost = game_of("abcdef", lambda group: 10**12 * sqrt(len(group)) + sum(map(ord, group)))
    for divide in METHODS.values():
        assert sum(divide(cost).values()) == pytest.approx(total(cost), abs=0.02, rel=0)
