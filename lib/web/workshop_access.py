"""Access to a workshop: the code in the address, the browser's seat, and the same slow answer to every wrong code."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from lib.access import hash_key
from lib.actions.live import codes, rooms, seating
from lib.actions.live.rooms import Room
from lib.model.problems import AppError, NotFound
from lib.model.records import Rater
from lib.web.pages import language_of

WRONG_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that came with a right code. `rater` is whom the browser speaks for, None until it has joined."""

    request: Request
    room: Room
    rater: Rater | None
    key: str
    language: str

    @property
    def address(self) -> str:
        return f"/delta/{self.room.plan.code}"


async def enter(request: Request, written: str) -> Visit:
    """NotFound for any wrong code, AppError `too_many_tries` for an address that keeps guessing.

    Both take as long, whatever was wrong, and no thread waits meanwhile.
    """
    visit, begun = _seen_before(request, written), time.monotonic()
    if visit is not None:
        return visit
    try:
        return await run_in_threadpool(_entered, request, written)
    except AppError:
        await asyncio.sleep(begun + WRONG_SECONDS - time.monotonic())
        raise


def _seen_before(request: Request, written: str) -> Visit | None:
    """Whoever taps away is let in without the way through a thread, which costs as much as all else there."""
    key, room = request.cookies.get(seating.COOKIE, ""), rooms.at_hand(codes.tidy(written))
    rater = room.rater_of(hash_key(key)) if room and key else None
    return Visit(request, room, rater, key, language_of(request)) if room and rater else None


def _entered(request: Request, written: str) -> Visit:
    key, language = request.cookies.get(seating.COOKIE, ""), language_of(request)
    seated = _seated(codes.tidy(written), key)
    if seated is not None:
        return Visit(request, *seated, key, language)
    room = codes.open_room(written, request.client.host if request.client else "")
    if room is None:
        raise NotFound
    return Visit(request, room, None, key, language)


def _seated(code: str, key: str) -> tuple[Room, Rater] | None:
    """Who sits here already is let in however many others guess from the same network."""
    room = rooms.by_code(code) if code and key else None
    rater = seating.seat_of(room, key) if room else None
    return (room, rater) if room and rater else None
