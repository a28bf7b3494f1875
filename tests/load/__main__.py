"""`python -m tests.load`: many visitors on «Prioritering» at once, and a bare Streamlit page for comparison.

Starts its own servers on this machine, ends by itself, and returns 1 when the goal is missed or anybody saw an error.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from tests.load.client import Visitor
from tests.load.report import ratio, shortcomings, table
from tests.load.scenario import Measured, Scenario, measure
from tests.load.server import serve

ROOT = Path(__file__).parents[2]
WEIGHT = "results.weight"
BARE_PAGE = 'import streamlit as st\n\nst.write("hei")\n'


async def draw_weight(visitor: Visitor) -> float:
    return await visitor.draw(WEIGHT, random.randint(0, 100))


PRIORITISATION = Scenario("Prioritering", "weight", draw_weight, page="prioritering", query="utredning=indre-namdal")
BARE = Scenario("bare page, Streamlit's own settings", "rerun", Visitor.rerun)
BARE_TUNED = Scenario("bare page, our settings", "rerun", Visitor.rerun)


def load_app(folder: Path, sessions: int, seconds: float, seed: int) -> Measured:
    """The app itself, with a store of its own."""
    environment = {"MULIGHETSROM_STORE": str(folder / "load.duckdb")}
    with serve("app.py", ROOT, folder / "app.log", "/status", environment) as server:
        return asyncio.run(measure(PRIORITISATION, server, sessions, seconds, seed))


def load_bare(folder: Path, scenario: Scenario, sessions: int, seconds: float, seed: int) -> Measured:
    """One line of Streamlit, in a folder with our settings or with none."""
    home = folder / scenario.name
    home.mkdir()
    (home / "page.py").write_text(BARE_PAGE, encoding="utf-8")
    if scenario is BARE_TUNED:
        shutil.copytree(ROOT / ".streamlit", home / ".streamlit", ignore=shutil.ignore_patterns("secrets*"))
    with serve("page.py", home, home / "server.log", environment={"HOME": str(home)}) as server:
        return asyncio.run(measure(scenario, server, sessions, seconds, seed))


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--sessions", type=int, default=100, help="visitors at once, at most 1000")
    parser.add_argument("--seconds", type=float, default=30, help="seconds that they act, at most 600")
    parser.add_argument("--seed", type=int, default=1, help="of the weights and of who acts when")
    given = parser.parse_args(arguments)
    if not (1 <= given.sessions <= 1000 and 1 <= given.seconds <= 600):
        parser.error("between 1 and 1000 sessions, between 1 and 600 seconds")
    return given


def main(arguments: list[str]) -> int:
    given = parse(arguments)
    random.seed(given.seed)
    gc.freeze()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = load_app(folder, given.sessions, given.seconds, given.seed)
        print(*table(app), sep="\n", flush=True)
        if app.faults:
            print("The server's last words:", (folder / "app.log").read_text(encoding="utf-8")[-4000:], sep="\n")
        for scenario in (BARE, BARE_TUNED):
            bare = load_bare(folder, scenario, given.sessions, given.seconds, given.seed)
            print("", *table(bare), ratio(app, bare), sep="\n", flush=True)
    missing = shortcomings(app)
    print("", *(missing or ["The goal is met."]), sep="\n")
    return 1 if missing else 0


def stop(number: int, frame: FrameType | None) -> None:
    """Leave through the `finally` clauses, so that no server is left behind."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    sys.exit(main(sys.argv[1:]))
