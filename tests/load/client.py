"""One visitor's connection: the websocket of a tab, one run at a time, and the timers that its fragments ask for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.load.protocol import Tab

RUN_LIMIT = 60.0
"""Seconds after which a run counts as lost."""


class Counting(ClientConnection):
    """Counts what comes over the wire, packed as it is."""

    bytes_received = 0

    def data_received(self, data: bytes) -> None:
        self.bytes_received += len(data)
        super().data_received(data)


class Visitor:
    """Waits for what it asked for, as a person does; `timed` is told the seconds that each run by a timer took."""

    def __init__(self, socket: Counting, tab: Tab, timed: Callable[[float], None]) -> None:
        self.tab = tab
        self._socket, self._timed = socket, timed
        self._one_run = asyncio.Lock()
        self._finished = asyncio.Event()
        self._clocks: dict[str, asyncio.Task[None]] = {}

    @property
    def bytes_received(self) -> int:
        """On the wire, of this connection so far."""
        return self._socket.bytes_received

    async def open(self) -> float:
        """Ask for the page as a browser that has just connected does; seconds until it stands there."""
        return await self._run(self.tab.rerun)

    async def rerun(self) -> float:
        return await self._run(self.tab.rerun)

    async def draw(self, key: str, value: int) -> float:
        """Draw a slider; seconds until the run that follows has finished, waiting for an earlier run included."""
        return await self._run(lambda: self.tab.draw(key, value))

    async def choose(self, key: str, *options: str) -> float:
        """As `draw`, for a group of buttons."""
        return await self._run(lambda: self.tab.choose(key, *options))

    async def edit(self, key: str, row: int, column: str, value: str) -> float:
        """As `draw`, for a cell of a table."""
        return await self._run(lambda: self.tab.edit(key, row, column, value))

    async def _run(self, message: Callable[[], BackMsg]) -> float:
        begun = time.perf_counter()
        async with self._one_run:
            self._finished.clear()
            await self._socket.send(message().SerializeToString())
            async with asyncio.timeout(RUN_LIMIT):
                await self._finished.wait()
        if self._socket.close_code is not None:
            raise ConnectionError(f"The server closed the connection ({self._socket.close_code}).")
        return time.perf_counter() - begun

    async def read(self) -> None:
        """Take in messages until the connection ends."""
        try:
            async for raw in self._socket:
                assert isinstance(raw, bytes)
                if self.tab.receive(raw):
                    self._finished.set()
                    self._wind_clocks()
        except ConnectionClosed:
            pass
        finally:
            self._finished.set()
            for clock in self._clocks.values():
                clock.cancel()

    def _wind_clocks(self) -> None:
        for fragment in self._clocks.keys() - self.tab.timers.keys():
            self._clocks.pop(fragment).cancel()
        for fragment in self.tab.timers.keys() - self._clocks.keys():
            self._clocks[fragment] = asyncio.create_task(self._tick(fragment))

    async def _tick(self, fragment: str) -> None:
        """Fire at even intervals, as `setInterval` does, but never two at once."""
        due = time.monotonic()
        with suppress(ConnectionError, ConnectionClosed):
            while True:
                due = max(due + self.tab.timers[fragment], time.monotonic())
                await asyncio.sleep(due - time.monotonic())
                self._timed(await self._run(lambda: self.tab.rerun(fragment, by_timer=True)))


@asynccontextmanager
async def visit(
    port: int, tab: Tab, timed: Callable[[float], None] = lambda seconds: None, cookie: str = ""
) -> AsyncIterator[Visitor]:
    """Connect to a server on this machine, and on no other."""
    here = f"127.0.0.1:{port}"
    async with connect(
        f"ws://{here}/_stcore/stream",
        origin=Origin(f"http://{here}"),
        additional_headers={"Cookie": cookie} if cookie else None,
        subprotocols=[Subprotocol("streamlit")],
        create_connection=Counting,
        max_size=None,
        ping_interval=None,
        proxy=None,
    ) as socket:
        assert isinstance(socket, Counting)
        visitor = Visitor(socket, tab, timed)
        reading = asyncio.create_task(visitor.read())
        try:
            yield visitor
        finally:
            await socket.close()
            await reading
