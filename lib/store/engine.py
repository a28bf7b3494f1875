"""Opens the store: a file is DuckDB, a postgresql:// address is PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from lib.store import migrations
from lib.store.duck import DuckStore
from lib.store.interface import Kind, Params, Row, Session, Store, Tx
from lib.store.postgres import PostgresStore

__all__ = ["Kind", "Params", "Row", "Session", "Store", "Tx", "open_store"]


def open_store(address: str) -> Store:
    """The store at a file path or a postgresql:// address, made if it was not there, with every migration applied.

    StoreBusy when another process holds the file; AppError `store_unreadable` or `store_unreachable` otherwise.
    """
    store = _connected(address)
    try:
        migrations.apply(store)
    except BaseException:
        store.close()
        raise
    return store


def _connected(address: str) -> Store:
    if address.startswith(("postgresql://", "postgres://")):
        return PostgresStore(address)
    return DuckStore(Path(address).expanduser().resolve())
