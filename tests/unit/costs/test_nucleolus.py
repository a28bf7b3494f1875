"""The nucleolus: published games, its laws, and a slow search that needs no multipliers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lib.domain.costs.games import blocking_coalitions, nucleolus
from tests.examples import examples
from tests.unit.costs.cost_games import Cost, everyone, gains, game_of, games, total


def test_nucleolus_of_a_gains_game_as_in_coopproductgame() -> None:
    """The R package coopProductGame, example of `nucleolus`: 68, 102, 0, 170, 710, 762, 992 gives 149, 192, 651."""
    assert nucleolus(gains(68, 102, 0, 170, 710, 762, 992)) == {"1": -149, "2": -192, "3": -651}


def test_nucleolus_of_four_as_in_coopgame() -> None:
    """The R package CoopGame, example of `nucleolus`: 3.5, 4.5, 5.5, 7.5."""
    found = nucleolus(gains(0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21))
    assert found == {"1": -3.5, "2": -4.5, "3": -5.5, "4": -7.5}


@pytest.mark.parametrize(
    ("estate", "expected"), [(100, [100 / 3] * 3), (200, [50, 75, 75]), (300, [50, 100, 150]), (400, [50, 125, 225])]
)
def test_nucleolus_divides_an_estate_as_the_talmud_does(estate: int, expected: list[float]) -> None:
    """R. J. Aumann and M. Maschler, J. Econ. Theory 36, 1985, 195–213: claims of 100, 200 and 300."""
    claims = {"1": 100, "2": 200, "3": 300}

    def left(group: frozenset[str]) -> float:
        return -max(0, estate - sum(claim for name, claim in claims.items() if name not in group))

    assert list(nucleolus(game_of("123", left)).values()) == pytest.approx([-kroner for kroner in expected])


def row(group: frozenset[str], names: Sequence[str]) -> list[float]:
    return [float(name in group) for name in names]


def rank(settled: Mapping[frozenset[str], float], names: Sequence[str], *more: frozenset[str]) -> int:
    return int(np.linalg.matrix_rank([row(group, names) for group in (*settled, *more)]))


def least(
    aim: list[float], cost: dict[frozenset[str], float], settled: dict[frozenset[str], float], level: float | None
) -> np.ndarray:
    """Shares, and a saving t that every open group has, with the least of `aim`; nobody above its cost alone."""
    names = sorted(everyone(cost))
    alone = [cost[frozenset({name})] for name in names]
    still = [group for group in cost if rank(settled, names, group) > rank(settled, names)]
    answer = linprog(
        aim,
        A_ub=[[*row(group, names), 1.0] for group in still],
        b_ub=[cost[group] for group in still],
        A_eq=[[*row(group, names), 0.0] for group in settled],
        b_eq=list(settled.values()),
        bounds=[*[(None, most if sum(alone) >= cost[frozenset(names)] else None) for most in alone], (level, level)],
    )
    assert answer.status == 0
    return np.asarray(answer.x)


def slow_nucleolus(given_cost: Cost) -> dict[str, float]:
    """By Kopelowitz's plan, without multipliers: a group is settled when no division that keeps the rest betters it."""
    names = sorted(everyone(given_cost))
    scale = max(1.0, *(abs(float(kroner)) for kroner in given_cost.values()))
    cost = {group: float(kroner) / scale for group, kroner in given_cost.items()}
    settled = {frozenset(names): cost[frozenset(names)]}
    while rank(settled, names) < len(names):
        level = float(least([0.0] * len(names) + [-1.0], cost, settled, None)[-1])
        before = dict(settled)
        for group in cost:
            pays = least([*row(group, names), 0.0], cost, before, level - 1e-9)[:-1] @ row(group, names)
            if cost[group] - pays <= level + 1e-7 and rank(settled, names, group) > rank(settled, names):
                settled[group] = cost[group] - level
    found = np.linalg.solve([row(group, names) for group in settled], list(settled.values())) * scale
    return dict(zip(names, found.tolist(), strict=True))


@given(games(4, st.one_of(st.integers(-3, 3), st.integers(0, 1000))))
@settings(deadline=None, max_examples=examples(60))
def test_nucleolus_is_that_of_a_slow_search(cost: Cost) -> None:
    assert nucleolus(cost) == pytest.approx(slow_nucleolus(cost), abs=1e-3)


def has_core(cost: Cost) -> bool:
    """Whether all that no group objects to can add up to the total (Bondareva and Shapley, by one linear program)."""
    names = sorted(everyone(cost))
    rows, limits = [row(group, names) for group in cost], [float(kroner) for kroner in cost.values()]
    most = linprog([-1.0] * len(names), A_ub=rows, b_ub=limits, bounds=[(None, None)] * len(names))
    return bool(-most.fun >= total(cost) - 1e-6)


@given(games(5, st.integers(0, 1000)), st.floats(0, 1))
@settings(deadline=None)
def test_nucleolus_lies_in_the_core_whenever_there_is_one(noise: Cost, amount: float) -> None:
    cost: Cost = {group: 500 * sqrt(len(group)) + amount * float(kroner) for group, kroner in noise.items()}
    assert has_core(cost) == (blocking_coalitions(cost, nucleolus(cost)) == [])


@given(games(4), st.integers(0, 10**6))
@settings(deadline=None)
def test_who_adds_only_its_own_cost_pays_just_that_by_the_nucleolus_too(cost: Cost, own: int) -> None:
    assume(has_core(cost))
    larger: Cost = {group | {"dummy"}: float(kroner) + own for group, kroner in cost.items()}
    found = nucleolus({**cost, **larger, frozenset({"dummy"}): own})
    assert found.pop("dummy") == pytest.approx(own, abs=1e-6)
    assert found == pytest.approx(nucleolus(cost), abs=1e-6)


@given(games(5))
@settings(deadline=None)
def test_nobody_pays_more_than_alone_by_the_nucleolus_unless_all_must(cost: Cost) -> None:
    alone = {name: float(cost[frozenset({name})]) for name in everyone(cost)}
    if sum(alone.values()) >= total(cost):
        assert all(kroner <= alone[name] + 1e-6 for name, kroner in nucleolus(cost).items())
