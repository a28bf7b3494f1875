"""What every group of municipalities would pay, as one array: the cost games that the methods of fair division take.

Group number S has the member i when bit i of S is set; members stand sorted by name, and group 0 is nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lib.domain.costs.kroner import exact
from lib.model.costs import CostFormula, Number
from lib.model.problems import AppError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]

MOST_GIVEN = 12  # 4 095 groups, each with a cost of its own
MOST_ESTIMATED = 20  # a million groups, from a formula

_NOISE = 1e-14

CostGame = Mapping[frozenset[str], Number]


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """`costs` [2^n] kroner by group number, and which of them are `estimated` [2^n]; read-only."""

    names: tuple[str, ...]
    costs: Floats
    estimated: Bools

    @classmethod
    def of(cls, cost: CostGame | Game) -> Game:
        """From group → kroner, for every group of those who are named anywhere; a game stays itself.

        A gains game enters negated, so costs may be below zero. AppError: `single_participant`,
        `too_many_municipalities` above 12, `group_cost_missing`, `not_a_number`.
        """
        if isinstance(cost, Game):
            return cost
        names = tuple(sorted(frozenset[str]().union(*cost)))
        check_size(len(names), MOST_GIVEN)
        known = {frozenset(group): kroner for group, kroner in cost.items()}
        costs = np.zeros(2 ** len(names))
        for number in range(1, len(costs)):
            group = members(names, number)
            if group not in known:
                raise AppError("group_cost_missing", group=members_text(group))
            costs[number] = float(exact(known[group], members_text(group)))
        return _sealed(names, costs, np.zeros(len(costs), dtype=np.bool_))

    @classmethod
    def estimate(cls, formula: CostFormula) -> Game:
        """What the formula says of each group, except where the cost is known; the rest is marked as estimated.

        AppError: `single_participant`, `too_many_municipalities` above 20, `unknown_municipality`, `not_a_number`.
        """
        names = tuple(sorted(formula.amounts))
        check_size(len(names), MOST_ESTIMATED)
        fixed, variable, amounts, known = exact_formula(formula)
        costs = float(fixed) + float(variable) * subset_sums([float(amounts[name]) for name in names])
        estimated = np.ones(len(costs), dtype=np.bool_)
        costs[0], estimated[0] = 0, False
        for group, kroner in known.items():
            number = number_of(names, group)
            costs[number], estimated[number] = float(kroner), False
        return _sealed(names, costs, estimated)

    @property
    def total(self) -> float:
        return float(self.costs[-1])

    @property
    def alone(self) -> Floats:
        """[n] What each pays alone."""
        return np.asarray(self.costs[1 << np.arange(len(self.names))])

    @property
    def marginal(self) -> Floats:
        """[n] What each adds to the cost of all the others."""
        return np.asarray(self.total - self.costs[len(self.costs) - 1 - (1 << np.arange(len(self.names)))])

    def without_noise(self, differences: Floats) -> Floats:
        """Differences of costs, zero where floating point cannot tell them from it: 0.1 + 0.2 is not 0.3."""
        return np.where(np.abs(differences) > _NOISE * np.abs(self.costs).max(), differences, 0)

    def group(self, number: int) -> frozenset[str]:
        return members(self.names, number)

    def named(self, kroner: Floats) -> dict[str, float]:
        return dict(zip(self.names, kroner.tolist(), strict=True))


def exact_formula(
    formula: CostFormula,
) -> tuple[Fraction, Fraction, dict[str, Fraction], dict[frozenset[str], Fraction]]:
    """Its fixed part, variable part, amounts and known groups as fractions. AppError as `Game.estimate`."""
    amounts = {name: exact(figure, name) for name, figure in formula.amounts.items()}
    for group in formula.known:
        for name in sorted(group - amounts.keys()):
            raise AppError("unknown_municipality", municipality=name)
    known = {group: exact(kroner, members_text(group)) for group, kroner in formula.known.items() if group}
    return exact(formula.fixed, "@cost_words.fixed"), exact(formula.variable, "@cost_words.variable"), amounts, known


def subset_sums(values: list[float] | Floats) -> Floats:
    """[n] → [2^n]: the sum over each group's members."""
    sums = np.zeros(1)
    for value in values:
        sums = np.concatenate([sums, sums + value])
    return sums


def sizes(players: int) -> Whole:
    """[2^n] How many members each group has."""
    return subset_sums([1.0] * players).astype(np.int64)


def members(names: tuple[str, ...], number: int) -> frozenset[str]:
    return frozenset(name for place, name in enumerate(names) if number >> place & 1)


def number_of(names: tuple[str, ...], group: frozenset[str]) -> int:
    return sum(1 << place for place, name in enumerate(names) if name in group)


def subgroups(number: int) -> Whole:
    """Every group within a group, from nobody to all of it."""
    found = np.zeros(1, dtype=np.int64)
    for bit in _bits(number):
        found = np.concatenate([found, found + bit])
    return found


def members_text(group: frozenset[str]) -> str:
    """A group as it is written in a sentence."""
    return ", ".join(sorted(group))


def _bits(number: int) -> Iterator[int]:
    while number:
        bit = number & -number
        yield bit
        number -= bit


def check_size(players: int, limit: int) -> None:
    if players < 2:
        raise AppError("single_participant")
    if players > limit:
        raise AppError("too_many_municipalities", found=players, limit=limit)


def _sealed(names: tuple[str, ...], costs: Floats, estimated: Bools) -> Game:
    costs.flags.writeable = estimated.flags.writeable = False
    return Game(names, costs, estimated)
