"""What the visitors of a load run do: all come, one by one; when all are there, each acts every few seconds."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed

from tests.load.client import Visitor, visit
from tests.load.protocol import Tab
from tests.load.server import Server

ARRIVALS_PER_SECOND = 5.0
SECONDS_BETWEEN_ACTIONS = 5.0
SECONDS_TO_SETTLE = 3.0
"""The first actions after the arrivals are left out of the figures."""

Action = Callable[[Visitor], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`page` and `query` are the address that every visitor opens; `action` is what each then does, again and again.

    `cookies` are the visitors' own, one each; none where anybody may come.
    """

    name: str
    step: str
    action: Action
    page: str = ""
    query: str = ""
    cookies: tuple[str, ...] = ()


@dataclass(slots=True)
class Measured:
    """Seconds of each run under the name of its step, and what the server needed while the visitors acted."""

    scenario: Scenario
    sessions: int
    steps: dict[str, list[float]] = field(default_factory=dict)
    seconds: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0
    received: int = 0
    faults: list[str] = field(default_factory=list)
    settled: bool = False

    def note(self, step: str, seconds: float) -> None:
        self.steps.setdefault(step, []).append(seconds)

    def note_timer(self, seconds: float) -> None:
        if self.settled:
            self.note("timer", seconds)


async def measure(scenario: Scenario, server: Server, sessions: int, seconds: float, seed: int) -> Measured:
    """Let `sessions` visitors act for `seconds`."""
    measured = Measured(scenario, sessions)
    chance = random.Random(seed)
    async with AsyncExitStack() as doors:
        visitors = await _arrive(scenario, server.port, sessions, measured, doors)
        until = time.monotonic() + SECONDS_TO_SETTLE + seconds
        acting = [asyncio.create_task(_act(visitor, measured, until, chance.random())) for visitor in visitors]
        await asyncio.sleep(SECONDS_TO_SETTLE)
        await _watch(server, visitors, measured, until)
        await asyncio.gather(*acting)
        measured.faults += [fault for visitor in visitors for fault in visitor.tab.faults]
    return measured


async def _arrive(
    scenario: Scenario, port: int, sessions: int, measured: Measured, doors: AsyncExitStack
) -> list[Visitor]:
    async def one(number: int) -> Visitor | None:
        await asyncio.sleep(number / ARRIVALS_PER_SECOND)
        try:
            tab, cookie = Tab(scenario.page, scenario.query), scenario.cookies[number] if scenario.cookies else ""
            visitor = await doors.enter_async_context(visit(port, tab, measured.note_timer, cookie))
            measured.note("open", await visitor.open())
        except (OSError, TimeoutError, ConnectionClosed) as lost:
            measured.faults.append(f"Could not open the page: {lost!r}")
            return None
        return visitor

    came = await asyncio.gather(*map(one, range(sessions)))
    return [visitor for visitor in came if visitor]


async def _act(visitor: Visitor, measured: Measured, until: float, phase: float) -> None:
    """Act at a random moment of each period, so that the visitors neither march in step nor slow down together."""
    due = time.monotonic() + phase * SECONDS_BETWEEN_ACTIONS
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        due = max(due + SECONDS_BETWEEN_ACTIONS, time.monotonic())
        counts = measured.settled
        try:
            took = await measured.scenario.action(visitor)
        except KeyError as missing:
            measured.faults.append(f"{missing} is not on the page; there are {sorted(visitor.tab.widgets)}")
            return
        except (OSError, TimeoutError, ConnectionClosed) as lost:
            measured.faults.append(f"Lost the session: {lost!r}")
            return
        if counts:
            measured.note(measured.scenario.step, took)


async def _watch(server: Server, visitors: list[Visitor], measured: Measured, until: float) -> None:
    """Take the server's processor time and the bytes of the measured period, and the most memory in it."""
    before, begun = server.usage(), time.monotonic()
    received = sum(visitor.bytes_received for visitor in visitors)
    measured.settled = True
    while time.monotonic() < until:
        await asyncio.sleep(min(1.0, max(0.0, until - time.monotonic())))
        measured.memory = max(measured.memory, server.usage().memory)
    measured.settled = False
    measured.seconds = time.monotonic() - begun
    measured.cpu = (server.usage().cpu - before.cpu) / measured.seconds
    measured.received = sum(visitor.bytes_received for visitor in visitors) - received
