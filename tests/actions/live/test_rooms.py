"""What is remembered of a room never hides what this process has changed in it."""

from __future__ import annotations

import threading

import pytest

from lib.actions import open_store
from lib.actions.live import rooms, workshops
from lib.actions.live.rooms import Room
from lib.model.live import Step
from lib.model.records import Study
from lib.store import live
from lib.store.interface import Session
from tests.actions import rooms_of
from tests.people import FACILITATOR


@pytest.fixture
def room(own: Study) -> Room:
    rooms_of.furnish(own)
    return rooms_of.opened(own)


def test_a_move_is_seen_at_once_though_a_slow_phone_is_reading_what_was(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    real = live.room_version

    def slow(session: Session, study: str, workshop: str) -> tuple[int, int]:
        before = real(session, study, workshop)
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            go_on.wait(5)
        return before

    monkeypatch.setattr(live, "room_version", slow)
    monkeypatch.setattr(rooms, "CHECK_SECONDS", 60.0)
    rooms.look_again(room.workshop.id)
    phone = threading.Thread(target=rooms.room, args=[room.workshop.id])
    phone.start()
    assert begun.wait(5)
    live.move(open_store.store(), workshops.following(room) or room.stage)
    rooms.look_again(room.workshop.id)
    threading.Timer(0.1, go_on.set).start()
    assert rooms.room(room.workshop.id).stage.step is Step.RATE
    phone.join()


def test_many_moves_in_a_row_are_never_taken_for_somebody_elses(room: Room) -> None:
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            rooms.room(room.workshop.id)

    phones = [threading.Thread(target=ask) for _ in range(4)]
    for phone in phones:
        phone.start()
    try:
        for _ in range(20):
            workshops.extend(FACILITATOR, room.study, room.workshop.id, rooms_of.stages(room).seq, 1)
    finally:
        done.set()
        for phone in phones:
            phone.join()
