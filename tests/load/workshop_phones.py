"""The phones of a load run: each joins as a form does, holds its stream open, and taps through the areas in turn."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from lib.actions.live import seating
from tests.load.http import Answer, Connection, follow
from tests.load.workshop_room import Place

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TAPS_A_CALL = 200
SCALE = 10


class Refused(RuntimeError):
    """The server understood and said no, or failed."""


@dataclass(slots=True)
class Ledger:
    """What all phones together have sent, and when each tap was acknowledged (`time.monotonic`)."""

    sent: int = 0
    acknowledged: dict[str, float] = field(default_factory=dict)


class Phone:
    """One rater. What the server has not said it kept is sent again, with the same tap ids, before the next tap."""

    def __init__(self, port: int, place: Place, number: int, ledger: Ledger, run: str = "") -> None:
        self.place, self.number, self.ledger = place, number, ledger
        self.connection = Connection(port)
        self.events = self.broken_streams = self.tapped = 0
        self.unsent: list[dict[str, Any]] = []
        self._prefix = f"{run}{number}"

    async def join(self) -> float:
        """Open the page, join, and see the page again; seconds that the joining itself took."""
        await self._expect(200, "GET", self.place.address)
        begun = time.perf_counter()
        form = urlencode({"navn": f"Deltaker {self.number}"}).encode()
        joined = await self._expect(303, "POST", f"{self.place.address}/bli-med", form, FORM)
        took = time.perf_counter() - begun
        self.connection.cookie = joined.headers["set-cookie"].partition(";")[0]
        assert self.connection.cookie.startswith(seating.COOKIE)
        for path in ("", "/mine"):
            await self._expect(200, "GET", self.place.address + path)
        return took

    async def _expect(self, status: int, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        answer = await self.connection.ask(method, path, body, kind)
        if answer.status != status:
            raise Refused(f"{method} {path.replace(self.place.code, '…')} was answered with {answer.status}.")
        return answer

    async def listen(self, patience: float = 1.0) -> None:
        """Hold the stream open until cancelled; when it breaks, open it again after a while, as a browser does."""
        while True:
            try:
                parts = follow(self.connection.port, f"{self.place.address}/folg", self.connection.cookie)
                async with aclosing(parts):
                    async for _ in parts:
                        self.events += 1
            except OSError:
                pass
            self.broken_streams += 1
            await asyncio.sleep(patience)

    def touch(self) -> None:
        """The next answer in turn, on its way from now on."""
        items, criteria = self.place.items, self.place.criteria
        item, criterion = divmod(self.tapped, len(criteria))
        self.unsent.append(
            {
                "tap": f"{self._prefix}-{self.tapped}",
                "round": self.place.round,
                "item": items[item % len(items)],
                "criterion": criteria[criterion],
                "value": 1 + (self.number + self.tapped) % SCALE,
            }
        )
        self.tapped += 1
        self.ledger.sent += 1

    async def send(self) -> float:
        """Send what waits; seconds until it is acknowledged. OSError where it is not, Refused where it will not be."""
        begun, waiting = time.perf_counter(), self.unsent[:TAPS_A_CALL]
        body = json.dumps({"taps": waiting}).encode()
        answer = await self._expect(200, "POST", f"{self.place.address}/svar", body, JSON)
        took, now = time.perf_counter() - begun, time.monotonic()
        results = json.loads(answer.body)["results"]
        if [each["tap"] for each in results if each["saved"]] != [tap["tap"] for tap in waiting]:
            raise Refused(f"Not all taps were kept: {results[:3]}")
        self.ledger.acknowledged.update((tap["tap"], now) for tap in waiting)
        del self.unsent[: len(waiting)]
        return took

    async def tap(self) -> float:
        self.touch()
        return await self.send()

    async def tap_until_kept(self, patience: float = 0.1) -> None:
        """As `tap`, through a server that is away: sent again and again until it answers."""
        self.touch()
        while self.unsent:
            try:
                await self.send()
            except OSError:
                await asyncio.sleep(patience)
