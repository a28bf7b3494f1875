"""Whether a model can be lived with: who could do better in a smaller group, and what the methods of fair division say.

What a group would pay is a given figure where somebody has found it out, and otherwise an estimate: the fixed costs
whole, and the variable ones in proportion to the group's part of the key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from lib.access import Action
from lib.actions.costs.cases import Case
from lib.actions.reads import reads
from lib.domain.costs import games
from lib.domain.costs.coalitions import MOST_ESTIMATED, MOST_GIVEN, Game
from lib.domain.costs.games import Blocking, Dearer
from lib.domain.costs.kroner import amount, label, to_kroner
from lib.model.costs import CostFormula, CostModel
from lib.model.problems import AppError
from lib.model.records import Study

SHAPLEY, NUCLEOLUS, SEPARABLE = "shapley", "nucleolus", "separable"


@dataclass(frozen=True, slots=True)
class Group:
    """What a group would pay without the others; `estimated` where nobody has found it out."""

    members: tuple[str, ...]
    kroner: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class Fairness:
    """`methods` are the divisions of fair sharing in whole kroner, `refused` those that could not be computed.

    `groups` are the costs of groups by size, none where they are too many to list. `key` is what variable costs follow.
    """

    case: Case
    shares: Mapping[str, int]
    blocking: tuple[Blocking, ...]
    dearer: tuple[Dearer, ...]
    methods: Mapping[str, Mapping[str, int]]
    refused: Mapping[str, AppError]
    groups: tuple[Group, ...]
    key: str

    @property
    def estimated(self) -> int:
        return sum(group.estimated for group in self.groups)


@reads(Action.COSTS_VIEW)
def fairness(study: Study, case: Case, model: CostModel) -> Fairness:
    """AppError as `allocate`. Above 20 municipalities not every group is looked at, only the one that pays most."""
    shares, formula = case.shared(model), formula_of(case)
    if len(case.members) > MOST_ESTIMATED:
        return _of_many(case, shares, formula)
    game = Game.estimate(formula)
    small = len(case.members) <= MOST_GIVEN
    methods, refused = _methods(case, game, formula)
    return Fairness(
        case,
        shares,
        tuple(games.blocking_coalitions(game, shares, _slack(case))),
        tuple(games.dearer_coalitions(game)) if small else (),
        methods,
        refused,
        _groups(game) if small else (),
        case.uses_key,
    )


def _of_many(case: Case, shares: Mapping[str, int], formula: CostFormula) -> Fairness:
    """What can be said without counting the groups through, exact all the same."""
    too_many = AppError("too_many_municipalities", found=len(case.members), limit=MOST_ESTIMATED)
    return Fairness(
        case,
        shares,
        tuple(games.blocking_by_formula(formula, shares, _slack(case))),
        (),
        {SHAPLEY: to_kroner(games.formula_shapley(formula), case.total)},
        {NUCLEOLUS: too_many, SEPARABLE: too_many},
        (),
        case.uses_key,
    )


def formula_of(case: Case) -> CostFormula:
    """Fixed costs whole and variable ones by the key, and what is known: all together, each alone, smaller groups.

    AppError `key_missing`, `key_sums_to_zero`.
    """
    fixed = sum(line.kroner for line in case.lines if not line.variable)
    amounts = {name: _figure(case, name) for name in case.keys}
    size = sum(amounts.values())
    if size == 0:
        raise AppError("key_sums_to_zero", key=label(case.uses_key))
    known = {frozenset({name}): kroner for name, kroner in case.alone.items()}
    known |= dict(case.partial) | {frozenset(amounts): case.total}
    return CostFormula(fixed, (case.total - fixed) / Fraction(size), amounts, known)


def _figure(case: Case, name: str) -> Fraction:
    figure = case.keys[name].get(case.uses_key)
    if figure is None:
        raise AppError("key_missing", municipality=name, key=label(case.uses_key))
    return amount(figure, name)


def _slack(case: Case) -> float:
    """Shares are rounded to whole kroner, which alone may set a group a krone a member above its cost."""
    return float(len(case.members))


def _methods(case: Case, game: Game, formula: CostFormula) -> tuple[dict[str, Mapping[str, int]], dict[str, AppError]]:
    works: dict[str, Callable[[], dict[str, float]]] = {
        SHAPLEY: lambda: games.formula_shapley(formula),
        NUCLEOLUS: lambda: games.nucleolus(game),
        SEPARABLE: lambda: games.separable_costs(game),
    }
    found: dict[str, Mapping[str, int]] = {}
    refused: dict[str, AppError] = {}
    for key, work in works.items():
        try:
            found[key] = to_kroner(work(), case.total)
        except AppError as error:
            refused[key] = error
    return found, refused


def _groups(game: Game) -> tuple[Group, ...]:
    found = [
        Group(tuple(sorted(game.group(number))), round(game.costs[number]), bool(game.estimated[number]))
        for number in range(1, len(game.costs))
    ]
    return tuple(sorted(found, key=lambda group: (len(group.members), group.members)))
