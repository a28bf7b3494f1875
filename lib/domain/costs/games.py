"""Fair division of a joint cost by what every group of municipalities would pay without the others.

`cost` is a cost game: group (frozenset of names) → kroner, or a `Game`; a gains game enters negated. Totals, the core
and what is dearer than its parts are checked to 0.02 kroner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

import numpy as np

from lib.domain.costs.coalitions import (
    MOST_GIVEN,
    CostGame,
    Floats,
    Game,
    check_size,
    exact_formula,
    sizes,
    subgroups,
    subset_sums,
)
from lib.domain.costs.kroner import exact
from lib.domain.costs.nucleolus import nucleolus
from lib.model.costs import CostFormula, Number
from lib.model.problems import AppError

__all__ = [
    "blocking_by_formula",
    "blocking_coalitions",
    "dearer_coalitions",
    "formula_shapley",
    "nucleolus",
    "separable_costs",
    "shapley",
]

TOLERANCE = 0.02


def shapley(cost: CostGame | Game) -> dict[str, float]:
    """What each adds to the cost, on average over all orders in which they could join. L. S. Shapley 1953.

    xᵢ = Σ (s − 1)! (n − s)! / n! · (c(S) − c(S without i)) over the groups S with i, s their size. Sums to the total.
    Every group counts twice at most, once with the weight it has for its members and once for the others, so that all
    is two products of the costs and a sum for each municipality. AppError as `Game.of`.
    """
    game = Game.of(cost)
    players = len(game.names)
    size = sizes(players)
    inside = np.array([0, *(1 / (s * comb(players, s)) for s in range(1, players + 1))])[size] * game.costs
    outside = np.array([*(1 / ((players - s) * comb(players, s)) for s in range(players)), 0])[size] * game.costs
    both, without = inside + outside, outside.sum()
    shares = [both.reshape(-1, 2, 1 << place)[:, 1].sum() - without for place in range(players)]
    return game.named(np.array(shares))


def formula_shapley(formula: CostFormula) -> dict[str, float]:
    """The Shapley value of `Game.estimate(formula)` in closed form, exact, for any number of municipalities.

    The value is linear in the costs: the fixed part is split equally, the variable part follows the key, and a known
    group that costs d more than the formula says adds d (s − 1)! (n − s)! / n! to each member and takes
    d s! (n − s − 1)! / n! from each of the others.
    """
    fixed, variable, amounts, known = exact_formula(formula)
    players = len(amounts)
    check_size(players, players)
    shares = {name: fixed / players + variable * figure for name, figure in amounts.items()}
    for group, kroner in known.items():
        more = kroner - fixed - variable * sum(amounts[name] for name in group)
        inside, outside = _weights(len(group), players)
        for name in shares:
            shares[name] += more * (inside if name in group else -outside)
    return {name: float(share) for name, share in shares.items()}


def _weights(size: int, players: int) -> tuple[Fraction, Fraction]:
    orders = factorial(players)
    inside = Fraction(factorial(size - 1) * factorial(players - size), orders)
    return inside, inside * size / (players - size) if size < players else Fraction()


def separable_costs(cost: CostGame | Game) -> dict[str, float]:
    """Separable costs, remaining benefits (SCRB, also ACA: alternate cost avoided).

    Each pays what it adds to the cost of all the others, its separable cost; what is left is shared by how much each
    saves against paying alone, its remaining benefit: bᵢ = c(i) − mᵢ. A benefit below zero counts as none, and where
    nobody has any, what is left is split equally. H. P. Young, N. Okada and T. Hashimoto, Water Resources Research
    18(3), 1982, 463–475, with the cost alone as the benefit of taking part. Sums to the total.
    """
    game = Game.of(cost)
    separable = game.marginal
    benefits = game.without_noise(np.maximum(game.alone - separable, 0))
    if not benefits.any():
        benefits = np.ones(len(game.names))
    left = game.total - separable.sum()
    return game.named(separable + left * benefits / benefits.sum())


@dataclass(frozen=True, slots=True)
class Blocking:
    """A group that pays more together than it would without the others; `estimated`: its own cost is an estimate."""

    members: frozenset[str]
    pays: float
    alone: float
    excess: float
    estimated: bool


def blocking_coalitions(
    cost: CostGame | Game, shares: Mapping[str, Number], tolerance: float = TOLERANCE
) -> list[Blocking]:
    """The groups that pay more than alone by more than `tolerance` kroner, those who pay most too much first.

    Without any the division lies in the core. Ties: the smaller group, then names. Shares in whole kroner can lie up
    to a krone a member above a core that they only touch. AppError as `Game.of`, and `share_missing`,
    `unknown_municipality`, `shares_miss_total`.
    """
    game = Game.of(cost)
    pays = subset_sums(_checked(game, shares, tolerance))
    excess = pays - game.costs
    found = [
        Blocking(game.group(s), float(pays[s]), float(game.costs[s]), float(excess[s]), bool(game.estimated[s]))
        for s in np.flatnonzero(excess[:-1] > tolerance).tolist()
    ]
    return sorted(found, key=lambda group: (-group.excess, len(group.members), sorted(group.members)))


def blocking_by_formula(
    formula: CostFormula, shares: Mapping[str, Number], tolerance: float = TOLERANCE
) -> list[Blocking]:
    """As `blocking_coalitions` of `Game.estimate(formula)` for any number of municipalities, but not every group.

    The known groups that pay too much, and of all others the one that does most: what a group saves is a sum over its
    members less the fixed part, so it is those who pay more than their variable cost. Nothing is left to chance.
    """
    fixed, variable, amounts, known = exact_formula(formula)
    kroner = {name: exact(shares[name], name) for name in amounts}
    everybody = frozenset(amounts)
    costs = {group: cost for group, cost in known.items() if group != everybody}
    gains = {name: kroner[name] - variable * figure for name, figure in amounts.items()}
    if worst := _worst(gains, {*costs, everybody}):
        costs[worst] = fixed + variable * sum(amounts[name] for name in worst)
    found = [
        Blocking(group, float(pays), float(cost), float(pays - cost), group not in known)
        for group, cost in costs.items()
        if (pays := sum((kroner[name] for name in group), Fraction())) - cost > tolerance
    ]
    return sorted(found, key=lambda group: (-group.excess, len(group.members), sorted(group.members)))


def _worst(gains: Mapping[str, Fraction], known: set[frozenset[str]]) -> frozenset[str]:
    """The group with the largest sum of gains, or where its cost is known the next: with one more or one fewer."""
    best = frozenset(name for name, gain in gains.items() if gain > 0)
    others = (best ^ {name} for name in sorted(gains, key=lambda name: (abs(gains[name]), name)))
    return next((group for group in (best, *others) if group and group not in known), frozenset())


def _checked(game: Game, shares: Mapping[str, Number], tolerance: float) -> Floats:
    for name in sorted(shares.keys() ^ set(game.names)):
        if name not in game.names:
            raise AppError("unknown_municipality", municipality=name)
        raise AppError("share_missing", municipality=name)
    kroner = np.array([float(exact(shares[name], name)) for name in game.names])
    if abs(kroner.sum() - game.total) > tolerance:
        raise AppError("shares_miss_total", found=float(kroner.sum()), total=game.total)
    return kroner


@dataclass(frozen=True, slots=True)
class Dearer:
    """A group that costs more together than split in two, by `extra` kroner; `estimated`: one of the costs is."""

    members: frozenset[str]
    parts: tuple[frozenset[str], frozenset[str]]
    extra: float
    estimated: bool


def dearer_coalitions(cost: CostGame | Game, tolerance: float = TOLERANCE) -> list[Dearer]:
    """The groups that are dearer than their two cheapest parts, the dearest first; none when the game is subadditive.

    For such groups cooperation does not pay, and methods of division that assume it pays should be read with care.
    AppError as `Game.of`, for an estimated game of more than 12 too.
    """
    game = Game.of(cost)
    check_size(len(game.names), MOST_GIVEN)
    found = [dear for number in range(3, len(game.costs)) if (dear := _dearer(game, number, tolerance))]
    return sorted(found, key=lambda dear: (-dear.extra, len(dear.members), sorted(dear.members)))


def _dearer(game: Game, number: int, tolerance: float) -> Dearer | None:
    """The cheapest way to split a group in two, where that is cheaper than the group; each split is tried once."""
    parts = subgroups(number)[1:-1]
    parts = parts[parts < number - parts]
    if not len(parts):
        return None
    split = game.costs[parts] + game.costs[number - parts]
    cheapest = int(parts[split.argmin()])
    extra = float(game.costs[number] - split.min())
    if extra <= tolerance:
        return None
    numbers = [number, cheapest, number - cheapest]
    one, other = sorted((game.group(part) for part in numbers[1:]), key=lambda part: (len(part), sorted(part)))
    return Dearer(game.group(number), (one, other), extra, bool(game.estimated[numbers].any()))
