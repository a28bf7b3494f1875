"""Phones of a test: a client that keeps its cookie, a seat in a room, and taps as the script sends them."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from lib.actions.live.rooms import Room
from lib.web import ROUTES, SecurityHeaders
from tests.actions import rooms_of

HERE = "http://127.0.0.1:8501"


def phone(base: str = HERE) -> TestClient:
    app = Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)])
    return TestClient(app, base_url=base, follow_redirects=False)


def address(room: Room) -> str:
    return f"/delta/{room.plan.code}"


def sit(client: TestClient, room: Room, name: str = "Gruppe 1", **more: str) -> str:
    """The address of the room, once the phone has joined."""
    joined = client.post(f"{address(room)}/bli-med", data={"navn": name, **more})
    assert joined.status_code == 303, joined.text
    return address(room)


def tap(room: Room, item: str, criterion: str, value: object, key: str = "a") -> dict[str, Any]:
    """A tap on an item by its id or the name of its area."""
    known = rooms_of.area_ids(room.study)
    number = rooms_of.stages(room).round
    return {"tap": key, "round": number, "item": known.get(item, item), "criterion": criterion, "value": value}


def send(client: TestClient, room: Room, *taps: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of taps."""
    answer = client.post(f"{address(room)}/svar", json={"taps": list(taps)})
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def code_of(result: dict[str, Any]) -> str:
    """Why something was refused; empty for what was saved."""
    assert result["saved"] or result["message"]
    return str(result.get("code", ""))
