"""Shapley and nucleolus against a plain reference, in one run. `python -m tests.load.bench_games`.

The reference is what one would write by hand: every group from itertools, the definition of the Shapley value, and for
the nucleolus one dense linear program a round. Where the package coopgame (coopgame-py 0.3, in Rust) can be imported,
it is measured beside it; it is too young for a dependency. All must agree before anything is timed.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable, Mapping
from itertools import combinations
from math import factorial

import numpy as np
from scipy.optimize import linprog

from lib.domain.coalitions import Game, subset_sums
from lib.domain.games import nucleolus, shapley

SEED = 2022
ROUNDS = 5
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
    """What coopgame says of the same game, as a game of gains; nothing where it is not installed."""
    if not importlib.util.find_spec("coopgame"):
        return {}
    coopgame = importlib.import_module("coopgame")
    solve, other = getattr(coopgame, method), coopgame.Game((-game.costs[1:]).tolist())
    return {"coopgame": lambda: named(game, solve(other))}


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


def agree(works: Mapping[str, Callable[[], Solution]]) -> None:
    """All must divide alike to 0.02 kroner, or there is nothing to compare."""
    expected = works["ours"]()
    for name, work in works.items():
        off = max(abs(kroner - expected[member]) for member, kroner in work().items())
        assert off < 0.02, f"{name} is {off} kroner off"


def compare(
    method: str, players: int, ours: Callable[[Game], Solution], plain: Callable[[Game], Solution] | None
) -> None:
    game = municipal_game(players)
    works: dict[str, Callable[[], Solution]] = {"ours": lambda: ours(game)}
    if plain is not None:
        works["plain"] = lambda: plain(game)
    works |= rivals(game, method)
    agree(works)
    for name, median in (medians := measure(works)).items():
        ratio = medians["ours"] / median
        print(f"{method:>9} of {players:2}  {name:>8} {median * 1000:10.2f} ms   ours takes {ratio:.4f} times that")


def main() -> None:
    for players in (6, 9, 12):
        compare("shapley", players, shapley, plain_shapley)
        compare("nucleolus", players, nucleolus, plain_nucleolus)
    compare("shapley", 20, shapley, None)


if __name__ == "__main__":
    main()
