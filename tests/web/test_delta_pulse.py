"""The stream that phones follow: where the room stands, what the own group answers, one task for all, a quiet end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable

import pytest

from lib.actions.live import rooms
from lib.actions.live.rooms import Room
from lib.model.live import Step
from lib.web import pulse
from tests.actions import rooms_of


async def within(events: AsyncGenerator[str, None], seconds: float = 2.0) -> str:
    return await asyncio.wait_for(anext(events), seconds)


async def until(happened: Callable[[], bool]) -> None:
    """Waits for what other tasks or threads do, however long a busy machine takes for it."""
    async with asyncio.timeout(30):
        while not happened():
            await asyncio.sleep(0.01)


def step_of(room: Room) -> str:
    return f"event: steg\ndata: {rooms_of.stages(room).seq}\n\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "TICK_SECONDS", 0.05)
    pulse._ending.clear()


def test_a_phone_hears_where_the_room_stands_and_when_it_moves(room: Room) -> None:
    async def listen() -> None:
        events = pulse.events(room, "a")
        assert await within(events) == step_of(room)
        waiting = asyncio.ensure_future(within(events))
        await asyncio.to_thread(rooms_of.to, room, Step.RATE)
        assert await waiting == step_of(room)
        await events.aclose()

    asyncio.run(listen())


def test_only_the_other_devices_of_the_same_rater_hear_of_its_answers(room: Room) -> None:
    rater, one = rooms_of.joined(room, "Gruppe 1")
    _, other = rooms_of.joined(room, "Gruppe 1", together=True)
    _, stranger = rooms_of.joined(room, "Gruppe 2")
    here = rooms_of.now(room)

    async def listen() -> None:
        streams = [pulse.events(here, key) for key in (one, other, stranger)]
        for stream in streams:
            await within(stream)
        waiting = [asyncio.ensure_future(within(stream, 30)) for stream in streams]
        await asyncio.sleep(0)
        pulse.answered(here, rater.id, one)  # at once, to all who are told
        assert (await waiting[1]).startswith("event: svar\n")
        assert [each.done() for each in waiting] == [False, True, False]
        for each in waiting:
            each.cancel()

    asyncio.run(listen())


def test_whoever_joins_after_the_stream_began_is_known_to_it(room: Room) -> None:
    rater, one = rooms_of.joined(room, "Gruppe 1")

    async def listen() -> None:
        events = pulse.events(rooms_of.now(room), "another key")
        await within(events)
        from lib.actions.live import seating
        from lib.actions.live.seating import Introduction

        seating.join(rooms_of.now(room), "another key", Introduction("Gruppe 1", together=True))
        waiting = asyncio.ensure_future(within(events, 30))
        await until(lambda: rater.id in pulse._pulses[room.workshop.id].of_rater)
        pulse.answered(room, rater.id, one)
        assert (await waiting).startswith("event: svar\n")

    asyncio.run(listen())


def test_however_many_listen_one_task_asks(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = rooms.room

    def counted(workshop: str) -> Room:
        asked.append(threading.get_ident())
        return real(workshop)

    monkeypatch.setattr(rooms, "room", counted)

    async def listen() -> None:
        streams = [pulse.events(room, str(number)) for number in range(200)]
        await asyncio.gather(*map(within, streams))
        before = len(asyncio.all_tasks())
        await until(lambda: len(asked) >= 3)
        assert before <= 2
        assert len(asked) <= 12
        assert threading.get_ident() not in asked
        for stream in streams:
            await stream.aclose()
        await until(lambda: len(asyncio.all_tasks()) == 1)
        assert room.workshop.id not in pulse._pulses

    asyncio.run(listen())


def test_a_quiet_stream_gives_signs_of_life(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "HEARTBEAT_SECONDS", 0.05)

    async def listen() -> None:
        events = pulse.events(room, "a")
        await within(events)
        assert await within(events) == ":\n\n"
        await events.aclose()

    asyncio.run(listen())


def test_streams_end_when_the_server_does(room: Room) -> None:
    async def listen() -> list[str]:
        events = pulse.events(room, "a")
        await within(events)
        asyncio.get_running_loop().call_later(0.05, pulse.end)
        return [each async for each in events]

    assert asyncio.run(listen()) == []
