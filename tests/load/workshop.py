"""`python -m tests.load.workshop`: a hundred phones and a wall, then groups on «Vurder», then the first load in bytes.

Starts its own servers on this machine, ends by itself, and returns 1 when a goal is missed. `--ceiling` instead lets
more and more raters come until a save takes too long; `--minutes` lets them tap for so long and tells of the memory.
"""

from __future__ import annotations

import argparse
import asyncio
import atexit
import gc
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load import report, workshop_groups
from tests.load.__main__ import BARE_PAGE, stop
from tests.load.first_load import compared, fetched
from tests.load.report import percentile
from tests.load.server import Server, serve
from tests.load.workshop_kills import kept_in
from tests.load.workshop_report import busy, growth, lines, shortcomings
from tests.load.workshop_room import ROOT, Place, prepare
from tests.load.workshop_run import SECONDS_BETWEEN_TAPS, Course, Run, tapped
from tests.load.workshop_wall import watching

STAIRS = (100, 250, 500, 1000, 2000, 3000, 4000)
CEILING_MILLISECONDS = 200.0
CEILING_SECONDS = 30.0
ATTEMPTS = 2
"""What others do on this machine must not decide, so a stair is tried again before it counts as too high."""
JOINS_A_SECOND = 50.0
OPEN_FILES = 20_000


@contextmanager
def room(folder: Path, name: str, groups: int = 0) -> Iterator[tuple[Server, Place, Path]]:
    """A server with a workshop in which everybody rates, and the store it lies in."""
    folder.mkdir(exist_ok=True)
    store = folder / f"{name}.duckdb"
    place = prepare(store, groups)
    with serve("app.py", ROOT, folder / f"{name}.log", "/status", {"MULIGHETSROM_STORE": str(store)}) as server:
        yield server, place, store


def phones(folder: Path, course: Course, told: bool = False) -> tuple[Run, list[str]]:
    """The run, and what was missed; printed too."""
    with room(folder, f"phones {course.raters}") as (server, place, store):
        run = asyncio.run(tapped(server, place, course, watching(server.port, place), told=told))
    kept = kept_in(store)
    print(*lines(run, kept), sep="\n", flush=True)
    return run, shortcomings(run, kept)


def groups(folder: Path, number: int, seconds: float) -> list[str]:
    with room(folder, "groups", number) as (server, place, store):
        measured = workshop_groups.rated(server, place, seconds)
    print("", *report.table(measured), f"  {busy()}", sep="\n", flush=True)
    return workshop_groups.unmet(measured, kept_in(store))


def first_load(folder: Path) -> None:
    """A phone's page beside the page that Streamlit serves for one line of text."""
    home = folder / "bare"
    home.mkdir()
    (home / "page.py").write_text(BARE_PAGE, encoding="utf-8")
    with (
        room(folder, "first load", 1) as (server, place, _),
        serve("page.py", home, home / "log", environment={"HOME": str(home)}) as bare,
    ):
        phone, page = fetched(
            (f"http://127.0.0.1:{server.port}{place.address}", place.groups[0]), (f"http://127.0.0.1:{bare.port}/", "")
        )
    print("", compared(phone, page), sep="\n", flush=True)


def ceiling(folder: Path) -> int:
    """The most raters whose saves stay below the limit at the 95th percentile."""
    most = 0
    for raters in STAIRS:
        course = Course(raters, raters / JOINS_A_SECOND, CEILING_SECONDS)
        if not any(_is_swift(phones(folder / str(attempt), course)[0]) for attempt in range(ATTEMPTS)):
            break
        most = raters
    print(f"Ceiling: {most} raters, {most / SECONDS_BETWEEN_TAPS:.0f} taps a second", flush=True)
    return most


def _is_swift(run: Run) -> bool:
    return bool(run.saves) and percentile(run.saves, 95) < CEILING_MILLISECONDS


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.workshop", description=__doc__)
    parser.add_argument("--raters", type=int, default=100, help="at most 5000")
    parser.add_argument("--arrival", type=float, default=60, help="seconds within which all join, at most 600")
    parser.add_argument("--seconds", type=float, default=130, help="that they tap; 26 taps each by default")
    parser.add_argument("--minutes", type=float, default=0, help="tap for so long instead, and tell of the memory")
    parser.add_argument("--groups", type=int, default=50, help="laptops on «Vurder», at most 200")
    parser.add_argument("--ceiling", action="store_true", help="how many raters can there be")
    given = parser.parse_args(arguments)
    if not (1 <= given.raters <= 5000 and 0 <= given.arrival <= 600 and 1 <= given.seconds <= 3600):
        parser.error("between 1 and 5000 raters, at most 600 seconds to arrive, between 1 and 3600 to tap")
    if not (0 <= given.minutes <= 240 and 1 <= given.groups <= 200):
        parser.error("at most 240 minutes, between 1 and 200 groups")
    return given


def main(arguments: list[str]) -> int:
    given = parse(arguments)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES if limit < 0 else min(OPEN_FILES, limit), limit))
    gc.freeze()  # what is collected among the taps is the phones' own; at the end all is
    atexit.register(gc.unfreeze)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.ceiling:
            return 0 if ceiling(folder) >= STAIRS[0] else 1
        seconds = given.minutes * 60 or given.seconds
        run, missing = phones(folder, Course(given.raters, given.arrival, seconds), told=bool(given.minutes))
        if given.minutes:
            print(f"  memory grew by {growth(run):.1f} MB an hour", flush=True)
        else:
            missing += groups(folder, given.groups, min(30.0, given.seconds))
            first_load(folder)
    print("", *(missing or ["The goals are met."]), sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    sys.exit(main(sys.argv[1:]))
