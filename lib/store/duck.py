"""DuckDB: one file, one process, a cursor a call."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, count
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pyarrow as pa

from lib.model.coded import Coded
from lib.model.problems import AppError, StoreBusy
from lib.model.records import Revision
from lib.store.gathering import Gathering
from lib.store.interface import Kind, Params, Row, Session, Store, Tx, insertion, insertion_of_new, storable
from lib.store.revision import WORKSHOPS, Moves, owners

# Extensions are fetched from the network at run time, and SQL has no business with other files.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "checkpoint_threshold": "1GB",  # a checkpoint among the taps is a pause that a room notices
    "enable_external_access": False,
    "python_enable_replacements": False,
}
ATTEMPTS = 4
FEW = 5  # rows that are written faster as values than as a table
ANSWERS_KEPT, ROWS_KEPT = 512, 500


class _DuckSession(Session):
    def _execute(self, sql: str, params: Params) -> int:
        with self.cursor() as cursor:
            cursor.execute(sql, storable(params))
            return _drained(cursor)

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Params]) -> int:
        if 0 < len(rows) <= FEW:
            return self._execute(insertion(table, columns, len(rows)), list(chain.from_iterable(rows)))
        return self._insert_table(table, _table(columns, rows))

    def _insert_columns(self, table: str, columns: Mapping[str, Coded[Any]]) -> int:
        return self._insert_table(table, pa.table({name: _dictionary(column) for name, column in columns.items()}))

    def _insert_table(self, table: str, arriving: pa.Table) -> int:
        names = ", ".join(arriving.column_names)
        with self.cursor() as cursor:
            cursor.register("arriving", arriving)
            try:
                cursor.execute(f"insert into {table} ({names}) select {names} from arriving")
                return _drained(cursor)
            finally:
                cursor.unregister("arriving")

    def _arrow(self, cursor: Any, sql: str, params: Params) -> pa.Table:
        return cursor.sql(sql, params=list(params)).to_arrow_table()


class DuckTx(_DuckSession, Tx):
    def __init__(self, cursor: duckdb.DuckDBPyConnection, store: DuckStore) -> None:
        super().__init__()
        self._cursor, self._store = cursor, store

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        yield self._cursor

    def revision(self, study: str) -> Revision:
        return self._store.revision(study)


class DuckStore(_DuckSession, Store):
    kind: Kind = "duckdb"

    def __init__(self, path: Path) -> None:
        """Opens or makes the file, and its folder. StoreBusy when another process holds it."""
        self._root = _connect(path)
        self._root.execute("set global TimeZone = 'UTC'")
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._counter, self._written = count(1), 0
        self._answers: dict[str, tuple[int, list[Row]]] = {}
        self._gatherings: dict[tuple[str, tuple[str, ...]], Gathering] = {}
        self._moves = Moves()
        self._workshops: dict[str, tuple[Revision, list[str]]] = {}

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def query(self, sql: str, params: Params = ()) -> list[Row]:
        """As in any session; nobody else writes the file, so a short answer holds until this process writes again."""
        question, written = f"{sql}{params!r}", self._written
        known = self._answers.get(question)
        if known is None or known[0] != written:
            known = (written, super().query(sql, params))
            if len(self._answers) >= ANSWERS_KEPT:
                self._answers.clear()
            if _light(known[1]):
                self._answers[question] = known
        return [row.copy() for row in known[1]]

    def revision(self, study: str) -> Revision:
        """Reads no table, unless the study itself has moved: each of its workshops came by a row of its own."""
        alone = self._moves.of([study])
        known = self._workshops.get(study)
        if known is None or known[0] != alone:
            known = self._workshops[study] = (alone, [row["id"] for row in self.query(WORKSHOPS, [study])])
        return self._moves.of([study, *known[1]])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Whatever happens inside, answers from before it are not given again."""
        try:
            yield
        finally:
            self._written = next(self._counter)

    def _execute(self, sql: str, params: Params) -> int:
        """A statement that lost a race against the same key was rolled back and is tried again."""
        with self._writing():
            for _ in range(ATTEMPTS - 1):
                try:
                    return super()._execute(sql, params)
                except (duckdb.TransactionException, duckdb.ConstraintException):
                    continue
            return super()._execute(sql, params)

    def insert_new(self, table: str, columns: Sequence[str], row: Params) -> bool:
        """Together with whatever else is being appended to the table at this moment."""
        storable(row)  # what cannot be stored must not spoil it for the others
        new = self._gathering(table, tuple(columns)).append(row)
        if new:
            self._moves.add(owners(table, columns, [row]))
        return new

    def _gathering(self, table: str, columns: tuple[str, ...]) -> Gathering:
        known = self._gatherings.get((table, columns))
        if known is None:
            made = Gathering(partial(self._insert_all, table, columns), partial(self._insert_one, table, columns))
            known = self._gatherings.setdefault((table, columns), made)
        return known

    def _insert_all(self, table: str, columns: Sequence[str], rows: Sequence[Params]) -> bool:
        """All of them or none: False when there is one among them that cannot be written."""
        values = list(chain.from_iterable(rows))
        try:
            with self._writing():
                return super()._execute(insertion(table, columns, len(rows)), values) == len(rows)
        except duckdb.Error:
            return False

    def _insert_one(self, table: str, columns: Sequence[str], row: Params) -> bool:
        """Plain first: «on conflict» halves the pace of the taps, and hardly any arrives twice."""
        try:
            with self._writing():
                return super()._execute(insertion(table, columns), row) == 1
        except (duckdb.TransactionException, duckdb.ConstraintException):
            return self._execute(insertion_of_new(table, columns), row) == 1

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        with self._writing(), self.cursor() as cursor:
            tx = DuckTx(cursor, self)
            cursor.begin()
            try:
                yield tx
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()
        self._moves.add(tx.moved)  # last: whoever sees the new revision must not be given an old answer

    @contextmanager
    def exclusive(self, name: str) -> Iterator[Tx]:
        with self._locks[name], self.transaction() as tx:  # the lock first: a transaction sees what stood at its start
            yield tx

    def checkpoint(self) -> bool:
        try:
            self.execute("checkpoint")
        except duckdb.TransactionException:
            return False
        return True

    def close(self) -> None:
        self.checkpoint()
        self._root.close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(path, config=CONFIG)
    except (OSError, duckdb.Error) as error:
        held = re.search(r"lock is held in .*?\(PID (\d+)\)", str(error))
        if held or "Could not set lock" in str(error):
            raise StoreBusy(path=str(path), pid=held[1] if held else "") from error
        raise AppError("store_unreadable", path=str(path)) from error


def _light(rows: list[Row]) -> bool:
    """Few rows, and no uploaded file among them."""
    return len(rows) <= ROWS_KEPT and not any(isinstance(value, bytes) for row in rows for value in row.values())


def _table(columns: Sequence[str], rows: Iterable[Params]) -> pa.Table:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    for column in values:
        storable(list({value for value in column if isinstance(value, str)}))
    return pa.table([pa.array(column) for column in values], names=list(columns))


def _dictionary(column: Coded[Any]) -> pa.DictionaryArray:
    storable(column.values)
    return pa.DictionaryArray.from_arrays(pa.array(column.codes), pa.array(column.values))


def _drained(cursor: duckdb.DuckDBPyConnection) -> int:
    """DuckDB answers a write with one row, the number of rows written; a script may answer with nothing."""
    rows = cursor.fetchall() if cursor.description else []
    return rows[0][0] if rows and isinstance(rows[0][0], int) else 0
