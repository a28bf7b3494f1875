"""The one store of this process, opened at first use, and where it lies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path

from lib.model.settings import Settings
from lib.store import Store, open_store

_lock = threading.Lock()
_open: list[Store] = []
_forgotten: list[Callable[[], None]] = []


def address() -> str:
    """MULIGHETSROM_STORE, else a DuckDB file in the user's data folder, outside the repository."""
    return Settings.from_environment().store or str(user_data_path("mulighetsrom") / "mulighetsrom.duckdb")


def folder() -> Path | None:
    """The folder of a DuckDB file; None for PostgreSQL."""
    return None if "://" in address() else Path(address()).expanduser().resolve().parent


def store() -> Store:
    """The open store. StoreBusy when another process holds the file."""
    with _lock:
        if not _open:
            _open.append(open_store(address()))
        return _open[0]


def close() -> None:
    """Close the store, so that the file is free for the next process (or the next test)."""
    with _lock:
        while _open:
            _open.pop().close()
    for forget in _forgotten:
        forget()


def when_closed(forget: Callable[[], None]) -> None:
    """Called when the store is closed, by those who remember what it held."""
    _forgotten.append(forget)
