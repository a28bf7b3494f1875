"""PostgreSQL: several replicas on one database, a pool of connections in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
import pyarrow as pa
from psycopg_pool import ConnectionPool

from lib.model.problems import AppError
from lib.store.face import Kind, Params, Session, Store, Tx, storable

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.RawCursor[tuple[Any, ...]]
LONGEST_WAIT = 30.0  # seconds for a free connection
POOL = 16
APPLICATION = "mulighetsrom"
LOST = ("08", "57")  # the SQLSTATE classes of a broken connection and of a server that is told to stop

# A column without a single value has no type to be guessed, so the frame takes it from the database.
ARROW_TYPES = {
    "bool": pa.bool_(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "float8": pa.float64(),
    "text": pa.string(),
    "timestamptz": pa.timestamp("us", tz="UTC"),
}


class _PostgresSession(Session):
    def execute(self, sql: str, params: Params = ()) -> int:
        with self.cursor() as cursor:
            # Only the protocol without parameters takes a whole script.
            cursor.execute(sql, storable(params) or None)
            return max(int(cursor.rowcount), 0)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Params]) -> int:
        with self.cursor() as cursor:
            with cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
                for row in rows:
                    copy.write_row(storable(row))
            return int(cursor.rowcount)

    def _arrow(self, cursor: Any, sql: str, params: Params) -> pa.Table:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        types = [ARROW_TYPES[column.type_display] for column in cursor.description]
        columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(names)
        return pa.table([pa.array(values, kind) for values, kind in zip(columns, types, strict=True)], names=names)


class PostgresTx(_PostgresSession, Tx):
    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        yield self._cursor


class PostgresStore(_PostgresSession, Store):
    kind: Kind = "postgresql"

    def __init__(self, address: str) -> None:
        """Connects. AppError `store_unreachable` when nobody answers there."""
        self._pool = ConnectionPool[Connection](
            address,
            min_size=1,
            max_size=POOL,
            timeout=LONGEST_WAIT,
            kwargs={"autocommit": True, "cursor_factory": psycopg.RawCursor, "application_name": APPLICATION},
            configure=_configure,
            check=ConnectionPool.check_connection,
            open=False,
        )
        with _at_the_door():
            psycopg.connect(address, connect_timeout=10).close()  # the pool would try for long and say little
            self._pool.open()

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        with _at_the_door(), self._pool.connection() as connection, connection.cursor() as cursor:
            yield cursor  # type: ignore[misc]  # the pool's factory makes raw cursors

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        with _at_the_door(), self._pool.connection() as connection, connection.transaction():
            yield PostgresTx(connection.cursor())  # type: ignore[arg-type]

    @contextmanager
    def exclusive(self, name: str) -> Iterator[Tx]:
        with self.transaction() as tx:
            tx.query("select pg_advisory_xact_lock(hashtextextended(current_schema() || ':' || $1, 0))", [name])
            yield tx

    def checkpoint(self) -> bool:
        return True  # the server sees to its own

    def close(self) -> None:
        self._pool.close()


def _configure(connection: Connection) -> None:
    connection.execute("set time zone 'UTC'")


@contextmanager
def _at_the_door() -> Iterator[None]:
    """A lost server becomes an error of our own, without the driver's text, which may hold the address."""
    try:
        yield
    except psycopg.OperationalError as error:
        if error.sqlstate is None or error.sqlstate[:2] in LOST:
            raise AppError("store_unreachable") from error
        raise
