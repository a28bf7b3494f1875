"""The pulse of each workshop: one task asks where it stands, however many phones listen, and wakes them."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from types import FrameType

from starlette.concurrency import run_in_threadpool

from lib.access import hash_key
from lib.actions.live import rooms
from lib.actions.live.rooms import Room

TICK_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0


class _Listener:
    """One open stream: whose browser it is, and what it has not been told yet."""

    def __init__(self, key_hash: str) -> None:
        self.key_hash = key_hash
        self.rater = ""
        self.untold: dict[str, int] = {}
        self.bell = asyncio.Event()

    def tell(self, event: str, seq: int) -> None:
        self.untold[event] = seq
        self.bell.set()


class _Pulse:
    """The listeners of a workshop, and the task that watches it for them."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.loop = asyncio.get_running_loop()
        self.listeners: set[_Listener] = set()
        self.of_rater: dict[str, set[_Listener]] = {}
        self.watch = self.loop.create_task(self._watch())

    def add(self, listener: _Listener) -> None:
        self.listeners.add(listener)
        self._seat(listener)

    def _seat(self, listener: _Listener) -> None:
        rater = self.room.rater_of(listener.key_hash)
        listener.rater = rater.id if rater else ""
        self.of_rater.setdefault(listener.rater, set()).add(listener)

    def remove(self, listener: _Listener) -> None:
        self.listeners.discard(listener)
        self.of_rater.get(listener.rater, set()).discard(listener)

    async def _watch(self) -> None:
        await asyncio.sleep(TICK_SECONDS)
        while self.listeners:
            await self._look()
            await asyncio.sleep(TICK_SECONDS)
        if _pulses.get(self.room.workshop.id) is self:
            del _pulses[self.room.workshop.id]

    async def _look(self) -> None:
        try:
            room = await run_in_threadpool(rooms.room, self.room.workshop.id)
        except Exception:
            return  # whatever the store suffers from, phones hear of it when they ask, and the next look may succeed
        before, self.room = self.room, room
        if room is before:
            return
        self.of_rater = {}
        for listener in self.listeners:
            self._seat(listener)
            if room.stage.seq != before.stage.seq:
                listener.tell("steg", room.stage.seq)


_pulses: dict[str, _Pulse] = {}
_ending = threading.Event()


def _pulse(room: Room) -> _Pulse:
    held = _pulses.get(room.workshop.id)
    if held is None or held.watch.done() or held.loop is not asyncio.get_running_loop():
        held = _pulses[room.workshop.id] = _Pulse(room)
    return held


def answered(room: Room, rater: str, key: str) -> None:
    """A browser has answered: the others of the same rater are told so."""
    held = _pulses.get(room.workshop.id)
    own = hash_key(key)
    for listener in held.of_rater.get(rater, ()) if held else ():
        if listener.key_hash != own:
            listener.tell("svar", room.stage.seq)


async def events(room: Room, key: str) -> AsyncGenerator[str, None]:
    """The stream of one phone: where the room stands at once, then whatever happens, and a sign of life in between."""
    listener = _Listener(hash_key(key))
    pulse = _pulse(room)
    pulse.add(listener)
    listener.tell("steg", max(pulse.room.stage.seq, room.stage.seq))
    try:
        while not _ending.is_set():
            untold, listener.untold = listener.untold, {}
            listener.bell.clear()
            yield "".join(f"event: {event}\ndata: {seq}\n\n" for event, seq in untold.items()) or ":\n\n"
            await _rung(listener)
    finally:
        pulse.remove(listener)


async def _rung(listener: _Listener) -> None:
    try:
        await asyncio.wait_for(listener.bell.wait(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return


def end() -> None:
    """Every stream ends now; the server waits for them when it stops. Called on the server's loop."""
    _ending.set()
    for pulse in _pulses.values():
        for listener in pulse.listeners:
            listener.bell.set()


@contextmanager
def streams_end_with_the_server() -> Iterator[None]:
    """Uvicorn waits for open streams when it is told to stop, so they are ended by the same signal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stopped(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(end)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    _ending.clear()
    for number in before:
        signal.signal(number, stopped)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
