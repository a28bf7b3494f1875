"""The slider of «Kostnader» at the server, with eight municipalities. `python -m tests.load.costs`.

First the arithmetic alone, twelve models side by side; then a real server with visitors who draw the fixed part.
Returns 1 when the median rerun of a single visitor takes longer than the goal, or anybody saw an error.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from lib.actions import links, open_store, studies
from lib.actions.costs import comparison
from lib.actions.costs.cases import case_of
from lib.domain.costs.models import fixed_part
from lib.model.access import Role
from tests.actions import cost_books
from tests.load.client import Visitor
from tests.load.report import table
from tests.load.scenario import Measured, Scenario, measure
from tests.load.server import serve
from tests.people import ELSEWHERE, FACILITATOR

ROOT = Path(__file__).parents[2]
GOAL = 0.150  # seconds, median of a rerun
SECONDS = 20.0
TODAY = {name: 300_000 + 80 * people for name, people in cost_books.EIGHT.items()}
BOOK = cost_books.book({"Arkiv": TODAY}, {"Arkiv": round(0.95 * sum(TODAY.values()))}, cost_books.EIGHT)
KEYS = ("Saker", "Elever", "Ansatte", "Kilometer", "Brukere")  # with the fixed parts, as today and the slider: twelve
BOOK = replace(
    BOOK,
    municipalities=tuple(
        town.model_copy(
            update={"keys": {key: float(step * (town.population or 0) % 997 + 1) for step, key in enumerate(KEYS, 3)}}
        )
        for town in BOOK.municipalities
    ),
)
MODELS = 12


async def draw(visitor: Visitor) -> float:
    return await visitor.draw(visitor.tab.key("costs.fixed"), random.randint(0, 100))


def arithmetic() -> float:
    """Median seconds of twelve models for eight municipalities, nothing cached."""
    taken = []
    for percent in range(30):
        case, begun = case_of(BOOK, "arkiv"), time.perf_counter()
        found = comparison.comparison(FACILITATOR, ELSEWHERE, case, fixed_part(percent), case.models)
        taken.append(time.perf_counter() - begun)
        assert len(found.models) == MODELS - (fixed_part(percent) in case.models)
    return statistics.median(taken)


def furnish(path: Path) -> str:
    """A store with the study in it; the key of a reader's link."""
    os.environ["MULIGHETSROM_STORE"] = str(path)
    study = studies.create(FACILITATOR, "Kostnader")
    cost_books.keep(study, BOOK)
    _, key = links.make(FACILITATOR, Role.READER, study, "måling", 1)
    open_store.close()
    return key


def load(folder: Path, key: str, sessions: int) -> Measured:
    cookies = (f"{links.COOKIE}={key}",) * sessions
    query = "utredning=kostnader&samarbeid=A1"
    scenario = Scenario("Kostnader", "fixed part", draw, page="kostnader", query=query, cookies=cookies)
    environment = {"MULIGHETSROM_STORE": str(folder / "costs.duckdb")}
    with serve("app.py", ROOT, folder / "app.log", "/status", environment) as server:
        return asyncio.run(measure(scenario, server, sessions, SECONDS, seed=1))


def main() -> int:
    print(f"Twelve models for eight municipalities: {arithmetic() * 1000:.1f} ms")
    random.seed(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = furnish(folder / "costs.duckdb")
        alone, many = load(folder, key, 1), load(folder, key, 20)
        for measured in (alone, many):
            print("", *table(measured), sep="\n", flush=True)
    median = statistics.median(alone.steps["fixed part"])
    missed = [*alone.faults, *many.faults] or median > GOAL
    print("", "The goal is missed." if missed else "The goal is met.", sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
