"""A server that is killed again and again while people tap: they go on by themselves, and nothing acknowledged is lost.

`python -m tests.load.workshop_kills` kills it twenty times, counts, and returns 1 when a tap is missing or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from lib.store.engine import open_store
from tests.load.server import Server, free_port, serve
from tests.load.workshop_phones import Ledger, Phone
from tests.load.workshop_room import ROOT, Place, prepare

PAUSE = 0.05
"""Seconds between a rater's taps: a busy room, so that each kill finds taps on their way."""


@dataclass(slots=True)
class Kept:
    """What is in the store when all is over: how often each tap, and how many browsers have joined."""

    taps: Counter[str] = field(default_factory=Counter)
    joins: int = 0


@dataclass(slots=True)
class Kills:
    """`restarted` are the seconds that each killed server was away."""

    raters: int
    ledger: Ledger = field(default_factory=Ledger)
    restarted: list[float] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)

    def lines(self) -> list[str]:
        return [
            f"{len(self.restarted)} kills while {self.raters} raters tapped; "
            f"the server was away for {max(self.restarted, default=0):.1f} s at most",
            f"  {self.ledger.sent} taps sent, {len(self.ledger.acknowledged)} acknowledged, "
            f"{self.kept.taps.total()} rows in the store, {self.kept.joins} joins",
        ]

    def shortcomings(self) -> list[str]:
        """What was promised and did not hold; empty when every tap is there once."""
        acknowledged = self.ledger.acknowledged.keys()
        counts = {
            "acknowledged taps are lost": len(acknowledged - self.kept.taps.keys()),
            "taps are there more than once": sum(times > 1 for times in self.kept.taps.values()),
            "taps were never acknowledged": self.ledger.sent - len(acknowledged),
            "raters had to join again": self.kept.joins - self.raters,
        }
        return [f"{number} {what}." for what, number in counts.items() if number]


def kept_in(store: Path) -> Kept:
    """Read when no server holds the file."""
    held = open_store(str(store))
    try:
        taps = Counter(row["tap"] for row in held.query("select tap from rating where batch is null"))
        return Kept(taps, int(held.query("select count(*) as n from device")[0]["n"]))
    finally:
        held.close()


def killed(folder: Path, kills: int, raters: int, seed: int = 1) -> Kills:
    """Kill the server at random moments of the tapping, start it again on the same port, and count in the end."""
    store, found = folder / "kills.duckdb", Kills(raters)
    place = prepare(store)
    with ExitStack() as servers:
        asyncio.run(_killed(folder, store, place, found, kills, random.Random(seed), servers))
    found.kept = kept_in(store)
    return found


async def _killed(
    folder: Path, store: Path, place: Place, found: Kills, kills: int, chance: random.Random, servers: ExitStack
) -> None:
    port, environment, over = free_port(), {"MULIGHETSROM_STORE": str(store)}, asyncio.Event()

    def start() -> Server:
        log = folder / f"log {len(found.restarted)}"
        return servers.enter_context(serve("app.py", ROOT, log, "/status", environment, port))

    server = await asyncio.to_thread(start)
    phones = [Phone(port, place, number, found.ledger, "kill ") for number in range(found.raters)]
    for phone in phones:
        await phone.join()
    tapping = [asyncio.create_task(_tap_on(phone, over)) for phone in phones]
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        server.process.kill()
        gone = time.monotonic()
        await asyncio.to_thread(server.process.wait)
        server = await asyncio.to_thread(start)
        found.restarted.append(time.monotonic() - gone)
    await asyncio.sleep(1)
    over.set()
    await asyncio.gather(*tapping)
    for phone in phones:
        phone.connection.close()


async def _tap_on(phone: Phone, over: asyncio.Event) -> None:
    while not over.is_set():
        await phone.tap_until_kept()
        await asyncio.sleep(PAUSE)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load.workshop_kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="at most 100")
    parser.add_argument("--raters", type=int, default=40, help="at most 1000")
    given = parser.parse_args(arguments)
    if not (1 <= given.kills <= 100 and 1 <= given.raters <= 1000):
        parser.error("between 1 and 100 kills, between 1 and 1000 raters")
    with tempfile.TemporaryDirectory() as name:
        found = killed(Path(name), given.kills, given.raters)
    missing = found.shortcomings()
    print(*found.lines(), *(missing or ["Every tap is there once."]), sep="\n", flush=True)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
