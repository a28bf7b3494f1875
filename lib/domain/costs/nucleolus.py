"""The nucleolus of a cost game: the division whose least satisfied groups are as satisfied as can be.

A group is the more satisfied the more it saves against paying without the others, c(S) − x(S). The smallest saving is
made as large as possible, then the next smallest, and so on (D. Schmeidler, SIAM J. Appl. Math. 17, 1969, 1163–1170),
by a row of linear programs (A. Kopelowitz 1967; M. Maschler, B. Peleg and L. S. Shapley, Math. Oper. Res. 4, 1979).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

from lib.domain.costs.coalitions import MOST_GIVEN, Bools, CostGame, Floats, Game, check_size, subset_sums

_Row = dict[int, Fraction]  # unknown → coefficient, zeros left out: n savings, then a t for each program
_RIGHT = -1  # and the right-hand side
_ZERO = 1e-7
_PRECISE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
_TIGHT = 1e-6  # a group binds when its multiplier is above this; they sum to 1


def nucleolus(cost: CostGame | Game) -> dict[str, float]:
    """What each pays, summing to the total, and in the core whenever there is one.

    Nobody pays more than alone; only where all together cost more than each alone, that cannot be and is not asked
    for. The programs are solved in floating point and only tell which groups bind; what each pays then follows from
    those groups by exact elimination. AppError as `Game.of`, for an estimated game of more than 12 too.
    """
    game = Game.of(cost)
    check_size(len(game.names), MOST_GIVEN)
    alone = [Fraction(kroner) for kroner in game.alone.tolist()]
    saves = _solved(game, alone)
    return {name: float(own - saved) for name, own, saved in zip(game.names, alone, saves, strict=True)}


def _solved(game: Game, alone: list[Fraction]) -> list[Fraction]:
    """[n] What each saves, exactly: y(S) − t = v(S) for every group that binds, t being the saving of its program.

    v(S) = Σ c(i) − c(S) is what a group saves by staying together, so y(S) − v(S) is how satisfied it is.
    """
    players = len(alone)
    stages = list(_stages(game.without_noise(subset_sums(game.alone) - game.costs), players))
    rows = [_row(game, alone, len(game.costs) - 1)]
    for place, stage in enumerate(stages):
        rows += [_row(game, alone, number) | {players + place: Fraction(-1)} for number in stage.groups]
        rows += [{player: Fraction(1)} for player in stage.nothing]
    solution = _eliminated(rows)
    return [solution[player] for player in range(players)]


def _row(game: Game, alone: list[Fraction], number: int) -> _Row:
    """y(S) = v(S)."""
    inside = [player for player in range(len(alone)) if number >> player & 1]
    worth = sum((alone[player] for player in inside), Fraction()) - Fraction(float(game.costs[number]))
    return {_RIGHT: worth} | dict.fromkeys(inside, Fraction(1))


def _eliminated(rows: list[_Row]) -> dict[int, Fraction]:
    """Unknown → value, by Gauss and Jordan; a row that says nothing new is left out, so the first ones count."""
    pivots: dict[int, _Row] = {}
    for row in rows:
        for pivot in pivots.keys() & row.keys():
            row = _less(row, pivots[pivot], row[pivot])
        if not (unknowns := row.keys() - {_RIGHT}):
            continue
        new = min(unknowns)
        row = {unknown: value / row[new] for unknown, value in row.items()}
        pivots = {old: _less(other, row, other.get(new, Fraction())) for old, other in pivots.items()} | {new: row}
    return {unknown: row.get(_RIGHT, Fraction()) for unknown, row in pivots.items()}


def _less(row: _Row, other: _Row, times: Fraction) -> _Row:
    """row − times × other, without zeros."""
    difference = {
        key: row.get(key, Fraction()) - times * other.get(key, Fraction()) for key in row.keys() | other.keys()
    }
    return {key: value for key, value in difference.items() if value}


class _Stage(NamedTuple):
    """What one program settles: the groups that bind, and those who save nothing against paying alone."""

    groups: list[int]
    nothing: list[int]


def _stages(worth: Floats, players: int) -> Iterator[_Stage]:
    """The programs' answers, until what each saves is settled."""
    inside = np.array([subset_sums(row) for row in np.eye(players)]).T  # [2^n, n], 1 for a member
    scaled = worth / (np.abs(worth).max() or 1)
    settled, values = inside[-1:], scaled[-1:]
    while (still_open := _outside_span(inside, settled)).any():
        stage, saves = _program(inside, scaled, still_open, (settled, values))
        yield stage
        settled, values = _independent(
            np.vstack([settled, inside[stage.groups], np.eye(players)[stage.nothing]]),
            np.concatenate([values, inside[stage.groups] @ saves, np.zeros(len(stage.nothing))]),
        )


def _outside_span(inside: Floats, settled: Floats) -> Bools:
    """[2^n] Whether what a group saves does not follow from what is settled."""
    _, singular, directions = np.linalg.svd(settled)
    free = directions[int((singular > _ZERO).sum()) :]
    return np.asarray(np.abs(inside @ free.T).max(axis=1, initial=0) > _ZERO)


def _independent(rows: Floats, values: Floats) -> tuple[Floats, Floats]:
    """The rows that say something new, the first ones first, so that no program is asked the same twice."""
    kept: list[int] = []
    for place in range(len(rows)):
        if np.linalg.matrix_rank(rows[[*kept, place]]) > len(kept):
            kept.append(place)
    return rows[kept], values[kept]


def _program(inside: Floats, worth: Floats, still_open: Bools, settled: tuple[Floats, Floats]) -> tuple[_Stage, Floats]:
    """max t with y(S) − t ≥ v(S) for every open group, what is settled kept, and y ≥ 0 where all together save."""
    numbers = np.flatnonzero(still_open)
    rows, values = settled
    players = inside.shape[1]
    answer = linprog(
        [*[0] * players, -1],
        A_ub=np.column_stack([-inside[numbers], np.ones(len(numbers))]),
        b_ub=-worth[numbers],
        A_eq=np.column_stack([rows, np.zeros(len(rows))]),
        b_eq=values,
        bounds=[*[(0 if worth[-1] >= 0 else None, None)] * players, (None, None)],
        method="highs-ds",
        options=_PRECISE,
    )
    if answer.status != 0:
        raise ArithmeticError(answer.message)
    groups = numbers[-answer.ineqlin.marginals > _TIGHT]
    nothing = np.flatnonzero(answer.lower.marginals[:players] > _TIGHT)
    return _Stage(groups.tolist(), nothing.tolist()), answer.x[:players]
