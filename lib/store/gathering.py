"""Single rows that arrive at the same moment are written by one statement, so that a full room costs hardly more.

Whoever comes first writes; those who come meanwhile wait, and the first of them then writes for all of these. Nobody
waits for company: a row that comes alone is written at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock

from lib.store.interface import Params

TOGETHER = 50


@dataclass(slots=True, eq=False)
class _Arrival:
    row: Params
    bell: Event = field(default_factory=Event)
    new: bool | None = None
    error: BaseException | None = None

    @property
    def is_settled(self) -> bool:
        return self.new is not None or self.error is not None


class Gathering:
    """`together` writes rows that are all new, or raises and writes none; `alone` says whether one row was new."""

    def __init__(self, together: Callable[[Sequence[Params]], bool], alone: Callable[[Params], bool]) -> None:
        self._together, self._alone = together, alone
        self._lock = Lock()
        self._waiting: list[_Arrival] = []
        self._writing = False

    def append(self, row: Params) -> bool:
        """Written when this returns; False, and nothing written, for a row that was there before."""
        mine = _Arrival(row)
        with self._lock:
            self._waiting.append(mine)
            others_write, self._writing = self._writing, True
        if others_write:
            mine.bell.wait()
        if not mine.is_settled:
            self._write()
        if mine.error is not None:
            raise mine.error
        return bool(mine.new)

    def _write(self) -> None:
        """Write for those who wait, then wake them, and the next to write if more have come."""
        with self._lock:
            arrived, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
        self._settle(arrived)
        with self._lock:
            following = self._waiting[:1]
            self._writing = bool(following)
        for arrival in (*arrived, *following):
            arrival.bell.set()

    def _settle(self, arrived: list[_Arrival]) -> None:
        """Whatever happens, everybody has an answer after this: nobody may be left waiting."""
        if len(arrived) > 1 and self._written_together(arrived):
            for arrival in arrived:
                arrival.new = True
            return
        for arrival in arrived:
            try:
                arrival.new = self._alone(arrival.row)
            except BaseException as error:
                arrival.error = error

    def _written_together(self, arrived: list[_Arrival]) -> bool:
        try:
            return self._together([arrival.row for arrival in arrived])
        except Exception:  # one by one they will say what is wrong
            return False
