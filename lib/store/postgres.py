"""PostgreSQL: several replicas on one database, a pool of connections in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any

import psycopg
import pyarrow as pa
from psycopg_pool import ConnectionPool

from lib.model.problems import AppError
from lib.model.records import Revision
from lib.store.interface import Kind, Params, Session, Store, Tx, insertion_of_new, storable
from lib.store.revision import WORKSHOPS, owners


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """`slot`: the number under which it counts what it writes; no other connection to the database has the same."""

    slot = 0


Cursor = psycopg.RawCursor[tuple[Any, ...]]
LONGEST_WAIT = 30.0  # seconds for a free connection
POOL = 16
APPLICATION = "mulighetsrom"
LOST = ("08", "57")  # the SQLSTATE classes of a broken connection and of a server that is told to stop

SLOT = "select pg_try_advisory_lock(hashtext('mulighetsrom slot'), $1)"
_COUNTED = "on conflict (owner, slot) do update set moves = moved.moves + 1"
_MOVE = f"""
insert into moved (owner, slot, moves)
select owner, cast($2 as integer), 1 from unnest(cast($1 as text[])) written (owner) {_COUNTED}
"""
_REVISION = f"""
select cast(coalesce(sum(moves), 0) as bigint) as moves from moved
where owner in (select cast($1 as text) union all {WORKSHOPS})
"""

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
    def revision(self, study: str) -> Revision:
        return Revision(0, self.query(_REVISION, [study])[0]["moves"])

    def _execute(self, sql: str, params: Params) -> int:
        with self.cursor() as cursor:
            # Only the protocol without parameters takes a whole script.
            cursor.execute(sql, storable(params) or None)
            return max(int(cursor.rowcount), 0)

    def _insert(self, table: str, columns: Sequence[str], rows: Iterable[Params]) -> int:
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
        super().__init__()
        self._cursor = cursor

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        yield self._cursor

    def count(self, slot: int) -> None:
        """Enters what it has written to, as the last thing before the commit."""
        if self.moved:
            self._execute(_MOVE, [sorted(self.moved), slot])


class PostgresStore(_PostgresSession, Store):
    kind: Kind = "postgresql"

    def __init__(self, address: str) -> None:
        """Connects. AppError `store_unreachable` when nobody answers there."""
        self._pool = ConnectionPool[Connection](
            address,
            connection_class=Connection,
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
            tx = PostgresTx(connection.cursor())  # type: ignore[arg-type]
            yield tx
            tx.count(connection.slot)

    def insert_new(self, table: str, columns: Sequence[str], row: Params) -> bool:
        """One statement that also counts, so that a tap asks the server no more than once."""
        moved = owners(table, columns, [row])
        if not moved:
            return super().insert_new(table, columns, row)
        with _at_the_door(), self._pool.connection() as connection, connection.cursor() as cursor:
            cursor.execute(_counted_insertion(table, tuple(columns)), [*storable(row), *moved, connection.slot])
            return cursor.rowcount == 1

    @contextmanager
    def exclusive(self, name: str) -> Iterator[Tx]:
        with self.transaction() as tx:
            tx.query("select pg_advisory_xact_lock(hashtextextended(current_schema() || ':' || $1, 0))", [name])
            yield tx

    def checkpoint(self) -> bool:
        return True  # the server sees to its own

    def close(self) -> None:
        self._pool.close()


@cache
def _counted_insertion(table: str, columns: tuple[str, ...]) -> bytes:
    """The row's values, its owner and the slot in; one row written where it was new."""
    owner = len(columns) + 1
    return f"""
    with written as ({insertion_of_new(table, columns)} returning 1)
    insert into moved (owner, slot, moves)
    select cast(${owner} as text), cast(${owner + 1} as integer), 1 from written {_COUNTED}
    """.encode()


def _configure(connection: Connection) -> None:
    """The lowest number that is free; it is held by a lock of the connection's, and free again when that ends."""
    connection.execute("set time zone 'UTC'")
    connection.slot = next(slot for slot in count() if _is_ours(connection, slot))


def _is_ours(connection: Connection, slot: int) -> bool:
    return bool((connection.execute(SLOT, [slot]).fetchone() or [False])[0])


@contextmanager
def _at_the_door() -> Iterator[None]:
    """A lost server becomes an error of our own, without the driver's text, which may hold the address."""
    try:
        yield
    except psycopg.OperationalError as error:
        if error.sqlstate is None or error.sqlstate[:2] in LOST:
            raise AppError("store_unreachable") from error
        raise
