"""The six characters that open a workshop: read kindly, and guessed at only a few times a minute."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

from lib.actions import open_store
from lib.actions.live import rooms
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import ALPHABET
from lib.model.live import CODE_LENGTH
from lib.model.problems import AppError

# 17⁶ codes: at thirty wrong ones a minute it takes a year and a half to have tried them all.
WRONG_A_MINUTE, MINUTE = 30, 60.0
ADDRESSES_REMEMBERED = 10_000

_wrong: dict[str, deque[float]] = {}
_lock = Lock()


def tidy(written: str) -> str:
    """«cdf-hjk» and «CDF HJK» are the same code; empty for what can be none."""
    code = "".join(letter for letter in written.upper() if letter.isalnum())
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else ""


def open_room(written: str, address: str) -> Room | None:
    """The room under a code, None for any wrong one. AppError `too_many_tries` for an address that keeps guessing."""
    if _guessing(address):
        raise AppError("too_many_tries")
    code = tidy(written)
    room = rooms.by_code(code) if code else None
    if room is None:
        _note(address)
    return room


def _guessing(address: str) -> bool:
    with _lock:
        tries = _wrong.get(address)
        while tries and tries[0] < time.monotonic() - MINUTE:
            tries.popleft()
        return tries is not None and len(tries) >= WRONG_A_MINUTE


def _note(address: str) -> None:
    with _lock:
        if len(_wrong) >= ADDRESSES_REMEMBERED:
            _wrong.clear()
        _wrong.setdefault(address, deque()).append(time.monotonic())


open_store.when_closed(_wrong.clear)
