"""Shapley and nucleolus against a plain reference, in one run. `python -m tests.load.bench_games`.

The reference is what one would write by hand: every group from itertools, the definition of the Shapley value, and for
the nucleolus one dense linear program a round. Of the packages for such games those that can be imported are measured
beside it: coopgame (coopgame-py 0.3, in Rust), tucoopy 0.1 and pyCoopGame 0.0.6, whose nucleolus needs pyomo and glpk.
Ours and the reference must agree before anything is timed; how far a package is off is said beside its time.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import statistics
import time
from collections.abc import Callable, Mapping
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from lib.domain.costs.coalitions import Game, subset_sums
from lib.domain.costs.games import nucleolus, shapley

SEED = 2022
ROUNDS = 5
CLOSE = 0.02  # kroner
# Players; with more pyCoopGame takes minutes, and tucoopy finds no nucleolus.
MOST_SLOW, MOST_GLPK, MOST_ROUNDS = 12, 6, 9
SLOW = 3.0  # seconds; what takes longer is timed once
Solution = Mapping[str, float]


def municipal_game(players: int) -> Game:
    """A fixed cost, a cost by population with economies of scale, and up to five per cent of whim."""
    chance = np.random.default_rng(SEED + players)
    people = chance.integers(400, 9000, players)
    costs = 400_000 + 900 * subset_sums(people.astype(np.float64)) ** 0.9
    costs = np.round(costs * (1 + 0.05 * chance.random(len(costs))))
    costs[0] = 0
    return Game(tuple(f"m{place:02}" for place in range(players)), costs, np.zeros(len(costs), dtype=np.bool_))


def plain_shapley(game: Game) -> Solution:
    """The definition, group by group."""
    names, players = game.names, len(game.names)
    found = dict.fromkeys(names, 0.0)
    for place, name in enumerate(names):
        others = [other for other in range(players) if other != place]
        for size in range(players):
            weight = factorial(size) * factorial(players - size - 1) / factorial(players)
            for group in combinations(others, size):
                number = sum(1 << member for member in group)
                found[name] += weight * (game.costs[number | 1 << place] - game.costs[number])
    return found


def plain_nucleolus(game: Game) -> Solution:
    """A program a round; what has a multiplier is kept, until what is kept leaves no choice."""
    players = len(game.names)
    inside = np.array([[number >> place & 1 for place in range(players)] for number in range(len(game.costs))])
    scale = np.abs(game.costs).max()
    costs, kept, values = game.costs / scale, [len(game.costs) - 1], [game.costs[-1] / scale]
    still = list(range(1, len(game.costs) - 1))
    while np.linalg.matrix_rank(inside[kept]) < players:
        answer = linprog(
            [*[0] * players, -1],
            A_ub=[[*inside[number], 1] for number in still],
            b_ub=[costs[number] for number in still],
            A_eq=[[*inside[number], 0] for number in kept],
            b_eq=values,
            bounds=[*[(None, costs[1 << place]) for place in range(players)], (None, None)],
        )
        bind = [number for number, worth in zip(still, answer.ineqlin.marginals, strict=True) if worth < -1e-6]
        for number in bind:
            if np.linalg.matrix_rank(inside[[*kept, number]]) > len(kept):
                kept.append(number)
                values.append(costs[number] - answer.x[-1])
        rank = len(kept)
        still = [number for number in still if np.linalg.matrix_rank(inside[[*kept, number]]) > rank]
    return dict(zip(game.names, (np.linalg.solve(inside[kept], values) * scale).tolist(), strict=True))


def rivals(game: Game, method: str) -> dict[str, Callable[[], Solution]]:
    """What the packages that are installed say of the same game; none where there are none."""
    known = {"coopgame": coopgame, "tucoopy": tucoopy, "pyCoopGame": py_coop_game}
    found = {name: make(game, method) for name, make in known.items() if importlib.util.find_spec(name)}
    return {name: work for name, work in found.items() if work is not None}


def coopgame(game: Game, method: str) -> Callable[[], Solution]:
    package = importlib.import_module("coopgame")
    solve, other = getattr(package, method), package.Game((-game.costs[1:]).tolist())
    return lambda: named(game, solve(other))


def tucoopy(game: Game, method: str) -> Callable[[], Solution] | None:
    package = importlib.import_module("tucoopy")
    solve = importlib.import_module(f"tucoopy.solutions.{method}")
    values = {number: -float(cost) for number, cost in enumerate(game.costs)}
    other = package.Game.from_coalitions(n_players=len(game.names), values=values)
    if method == "shapley":
        return lambda: named(game, solve.shapley_value(other))
    return None if len(game.names) > MOST_ROUNDS else lambda: named(game, solve.prenucleolus(other).x)


def py_coop_game(game: Game, method: str) -> Callable[[], Solution] | None:
    """It takes gains that are not negative, so what is saved; its nucleolus is a program of 4**n cells."""
    package = importlib.import_module(f"pyCoopGame.{method.capitalize()}")
    solve, players = getattr(package, "Shapley" if method == "shapley" else method), range(len(game.names))
    members = [[player for player in players if number >> player & 1] for number in range(len(game.costs))]
    alone = [float(game.costs[1 << player]) for player in players]
    saved = [sum(alone[player] for player in each) - float(game.costs[n]) for n, each in enumerate(members)]
    order = sorted(range(len(members)), key=lambda number: len(members[number]))
    table = pd.DataFrame({"coalition": [members[n] for n in order], "value": [saved[n] for n in order]})
    if len(players) > (MOST_SLOW if method == "shapley" else MOST_GLPK):
        return None

    def work() -> Solution:
        with contextlib.redirect_stdout(io.StringIO()):
            gains = solve(table)
        return {name: alone[player] - gains[player] for player, name in enumerate(game.names)}

    return work


def named(game: Game, answer: list[float] | dict[str, list[float]]) -> Solution:
    gains = answer["allocation"] if isinstance(answer, dict) else answer
    return dict(zip(game.names, (-gain for gain in gains), strict=True))


def seconds(work: Callable[[], Solution]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(works: Mapping[str, Callable[[], Solution]]) -> dict[str, float]:
    """Median seconds of each, in turns so that a busy moment hits all; a slow one only once."""
    first = {name: seconds(work) for name, work in works.items()}
    quick = [name for name, taken in first.items() if taken < SLOW]
    taken = [{name: seconds(works[name]) for name in quick} for _ in range(ROUNDS)]
    return first | {name: statistics.median(row[name] for row in taken) for name in quick}


def agree(works: Mapping[str, Callable[[], Solution]]) -> dict[str, float]:
    """How many kroner each is off from ours, which the reference must divide like to 0.02."""
    expected = works["ours"]()
    off = {
        name: max(abs(kroner - expected[member]) for member, kroner in work().items()) for name, work in works.items()
    }
    assert off.get("plain", 0.0) < CLOSE, f"the reference is {off['plain']} kroner off"
    return off


def compare(
    method: str, players: int, ours: Callable[[Game], Solution], plain: Callable[[Game], Solution] | None
) -> None:
    game = municipal_game(players)
    works: dict[str, Callable[[], Solution]] = {"ours": lambda: ours(game)}
    if plain is not None:
        works["plain"] = lambda: plain(game)
    works |= rivals(game, method)
    off = agree(works)
    for name, median in (medians := measure(works)).items():
        ratio = medians["ours"] / median
        told = f", and it is {off[name]:,.0f} kr off" if off[name] >= CLOSE else ""
        print(f"{method:>9} of {players:2}  {name:>10} {median * 1000:10.2f} ms   ours: {ratio:.4f} times that{told}")


def main() -> None:
    for players in (4, 6, 9, 12):
        compare("shapley", players, shapley, plain_shapley)
        compare("nucleolus", players, nucleolus, plain_nucleolus)
    compare("shapley", 20, shapley, None)


if __name__ == "__main__":
    main()
