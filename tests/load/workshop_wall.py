"""The wall of a load run: one open «Vegg», and how long after each acknowledged tap it had drawn itself anew."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from websockets.exceptions import ConnectionClosed

from tests.load.client import visit
from tests.load.protocol import Tab
from tests.load.workshop_room import Place
from tests.load.workshop_run import Run, Watcher

GOAL_SECONDS = 2.0
AFTERWARDS = 2 * GOAL_SECONDS
"""How long the wall stays open when nobody taps any more, so that the last taps can be seen on it."""


class Drawing(NamedTuple):
    """One run of the whole page, not of a fragment of it (`time.monotonic`)."""

    begun: float
    ended: float


@dataclass(slots=True)
class Wall(Tab):
    """A tab that notes when the page was drawn as a whole."""

    drawings: list[Drawing] = field(default_factory=list)
    _begun: float | None = None

    def _run_begins(self, session: NewSession, fragments: frozenset[str]) -> None:
        Tab._run_begins(self, session, fragments)
        self._begun = None if fragments else time.monotonic()

    def _run_ends(self, status: ForwardMsg.ScriptFinishedStatus.ValueType) -> bool:
        if status == ForwardMsg.FINISHED_SUCCESSFULLY and self._begun is not None:
            self.drawings.append(Drawing(self._begun, time.monotonic()))
        return Tab._run_ends(self, status)


def lags(acknowledged: Iterable[float], drawings: Sequence[Drawing]) -> list[float]:
    """Seconds from each tap to the end of the first drawing that began after it; infinite where none did."""
    begun = [drawing.begun for drawing in drawings]
    places = ((at, bisect_left(begun, at)) for at in acknowledged)
    return [drawings[place].ended - at if place < len(drawings) else float("inf") for at, place in places]


def watching(port: int, place: Place) -> Watcher:
    """The wall, open while the raters tap; its lags and faults are noted in the run."""

    async def watch(run: Run, until: float) -> None:
        tab = Wall("vegg", f"utredning={place.study}&workshop={place.workshop}")
        opened = time.monotonic()
        try:
            async with visit(port, tab, cookie=place.cookie) as visitor:
                await visitor.open()
                await asyncio.sleep(max(0.0, until + AFTERWARDS - time.monotonic()))
        except (OSError, TimeoutError, ConnectionClosed) as lost:
            run.faults.append(f"Lost the wall: {lost!r}")
        seen = [at for at in run.ledger.acknowledged.values() if at >= opened]
        run.lags += lags(seen, tab.drawings)
        run.faults += [f"The wall shows an error: {fault}" for fault in tab.faults]

    return watch
