"""What phones send, through the plain routes: joined with a cookie, kept in order and once, refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from lib.actions import rooms, seating
from lib.actions.rooms import Room
from lib.model.live import Step
from lib.model.records import Study
from lib.web import ROUTES, SecurityHeaders
from tests.actions import rooms_of

HERE = "http://127.0.0.1:8501"


@pytest.fixture
def phone(home: Path) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)]), base_url=HERE) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def room(own: Study) -> Room:
    rooms_of.furnish(own)
    return rooms_of.opened(own, asks_role=False, asks_municipality=False)


def sit(phone: TestClient, room: Room, name: str = "Gruppe 1") -> str:
    """The address of the room, once the phone has joined."""
    address = f"/delta/{room.plan.code}"
    assert phone.post(f"{address}/bli-med", data={"navn": name}).status_code == 303
    return address


def tap(room: Room, name: str, criterion: str, value: int | None, key: str = "a") -> dict[str, Any]:
    stage = rooms_of.stages(room)
    return {"tap": key, "round": stage.round, "item": rooms_of.area_ids(room.study)[name], "criterion": criterion,
            "value": value}  # fmt: skip


def test_joining_sets_a_cookie_that_scripts_cannot_read(phone: TestClient, room: Room) -> None:
    answer = phone.post(f"/delta/{room.plan.code}/bli-med", data={"navn": "Gruppe 1"}, headers={"Origin": HERE})
    cookie = SimpleCookie(answer.headers["set-cookie"])[seating.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "lax", "/", "")
    assert int(cookie["max-age"]) == seating.COOKIE_SECONDS


def test_taps_are_kept_in_order_and_seen_by_the_other_device(phone: TestClient, room: Room) -> None:
    address = sit(phone, room)
    room = rooms_of.to(room, Step.RATE)
    taps = [tap(room, "Arkiv", "potential", 3, "a"), tap(room, "Arkiv", "potential", 8, "b")]
    answer = phone.post(f"{address}/svar", json={"taps": taps})
    assert answer.json() == {
        "results": [{"tap": "a", "saved": True}, {"tap": "b", "saved": True}],
        "stage": room.stage.seq,
    }
    mine = phone.get(f"{address}/mine").json()
    assert mine["values"] == {rooms_of.area_ids(room.study)["Arkiv"]: {"potential": 8}}


def test_a_seated_phone_is_let_in_without_the_store_and_a_moved_room_is_not(phone: TestClient, room: Room) -> None:
    address = sit(phone, room)
    code = room.plan.code
    rooms.look_again(room.workshop.id)
    assert rooms.at_hand(code) is None
    assert phone.get(f"{address}/steg").json() == {"stage": room.stage.seq}
    assert rooms.at_hand(code) is rooms.by_code(code)
    moved = rooms_of.to(room, Step.RATE)
    assert phone.get(f"{address}/steg").json() == {"stage": moved.stage.seq}
    assert rooms.at_hand("unknown") is None
