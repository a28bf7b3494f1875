"""A workshop against a running server: the raters come, then each taps every few seconds while the wall is open."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.load.server import Server
from tests.load.workshop_phones import Ledger, Phone, Refused
from tests.load.workshop_room import Place

SECONDS_BETWEEN_TAPS = 5.0
SECONDS_TO_SETTLE = 2.0
"""The first taps after the arrivals are left out of the figures."""
SAMPLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Course:
    """How many raters come within how many seconds, and for how long all of them tap."""

    raters: int
    arrival: float
    seconds: float
    seed: int = 1


@dataclass(slots=True)
class Run:
    """Seconds of each join and save; the server's processor (1 is a core) and memory while they tapped.

    `samples` are (seconds since the start of the measured period, megabytes). `lags` are the wall's, in seconds.
    """

    course: Course
    joins: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    samples: list[tuple[float, float]] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    settled: bool = False
    seconds: float = 0.0
    cpu: float = 0.0
    client_cpu: float = 0.0
    connections: int = 0
    broken_streams: int = 0

    @property
    def memory(self) -> float:
        return max((megabytes for _, megabytes in self.samples), default=0.0)


Watcher = Callable[[Run, float], Awaitable[None]]
"""What else goes on while the raters tap, until the given moment: the wall, for one."""


async def tapped(server: Server, place: Place, course: Course, *watchers: Watcher, told: bool = False) -> Run:
    """Let the raters come and tap. With `told` the memory is printed once a minute."""
    run = Run(course)
    phones = [Phone(server.port, place, number, run.ledger) for number in range(course.raters)]
    seated = await _arrive(phones, run)
    streams = [asyncio.create_task(phone.listen()) for phone in seated]
    try:
        until = time.monotonic() + SECONDS_TO_SETTLE + course.seconds
        chance = random.Random(course.seed)
        acting = [asyncio.create_task(_act(phone, run, until, chance.random())) for phone in seated]
        acting += [asyncio.ensure_future(watcher(run, until)) for watcher in watchers]
        await asyncio.sleep(SECONDS_TO_SETTLE)
        await _measure(server, run, until, told)
        await asyncio.gather(*acting)
    finally:
        run.broken_streams = sum(phone.broken_streams for phone in seated)
        run.connections = sum(phone.connection.opened for phone in seated)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        for phone in seated:
            phone.connection.close()
    return run


async def _arrive(phones: list[Phone], run: Run) -> list[Phone]:
    async def one(phone: Phone) -> Phone | None:
        await asyncio.sleep(phone.number / len(phones) * run.course.arrival)
        try:
            run.joins.append(await phone.join())
        except (OSError, Refused) as lost:
            run.faults.append(f"Could not join: {lost}")
            return None
        return phone

    came = await asyncio.gather(*map(one, phones))
    return [phone for phone in came if phone]


async def _act(phone: Phone, run: Run, until: float, phase: float) -> None:
    """Tap at a random moment of each period, so that the raters neither march in step nor slow down together."""
    due = time.monotonic() + phase * SECONDS_BETWEEN_TAPS
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        due = max(due + SECONDS_BETWEEN_TAPS, time.monotonic())
        counts = run.settled
        try:
            took = await phone.tap()
        except (OSError, Refused) as lost:
            run.faults.append(f"A tap was not kept: {lost}")
            continue
        if counts:
            run.saves.append(took)


async def _measure(server: Server, run: Run, until: float, told: bool) -> None:
    before, own, begun = server.usage(), time.process_time(), time.monotonic()
    run.settled, minute = True, 0
    while time.monotonic() < until:
        await asyncio.sleep(min(SAMPLE_SECONDS, max(0.0, until - time.monotonic())))
        passed = time.monotonic() - begun
        run.samples.append((passed, server.usage().memory))
        if told and passed >= 60 * (minute + 1):
            minute += 1
            print(f"  minute {minute}: {run.samples[-1][1]:.1f} MB, {len(run.saves)} taps", flush=True)
    run.settled = False
    run.seconds = time.monotonic() - begun
    run.cpu = (server.usage().cpu - before.cpu) / run.seconds
    run.client_cpu = (time.process_time() - own) / run.seconds
