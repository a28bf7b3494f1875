"""The one interface of both engines: SQL with `$1` placeholders in, plain rows or a frame out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

from lib.model.coded import Coded
from lib.model.problems import AppError
from lib.model.records import Revision
from lib.store.revision import owners, owning

Kind = Literal["duckdb", "postgresql"]
Row = dict[str, Any]
Params = Sequence[object]


class Session(ABC):
    """What a store and a transaction have in common, so that a function may be handed either.

    On a store every call is a transaction of its own; on a `Tx` the calls stand or fall together.
    """

    @abstractmethod
    def cursor(self) -> AbstractContextManager[Any]:
        """A cursor of the driver's, for one call."""

    def query(self, sql: str, params: Params = ()) -> list[Row]:
        with self.cursor() as cursor:
            cursor.execute(sql, storable(params))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def frame(self, sql: str, params: Params = ()) -> pd.DataFrame:
        """The rows as a frame; whole numbers with gaps become floats with NaN, text with gaps keeps None or NaN."""
        with self.cursor() as cursor:
            frame: pd.DataFrame = self._arrow(cursor, sql, storable(params)).to_pandas()
            return frame

    @abstractmethod
    def revision(self, study: str) -> Revision:
        """Of what has been committed; what a transaction has written itself counts when it is done."""

    @abstractmethod
    def execute(self, sql: str, params: Params = (), moves: Collection[str] = ()) -> int:
        """Run a statement; how many rows it wrote. Without params `sql` may be a whole script.

        `moves` names the studies and workshops that show what it writes; the inserts find them in the rows.
        """

    @abstractmethod
    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Params]) -> int:
        """Append many rows at once, in their order; how many."""

    @abstractmethod
    def insert_columns(self, table: str, columns: Mapping[str, Coded[Any]]) -> int:
        """As `insert`, with a column of values under each name."""

    def insert_new(self, table: str, columns: Sequence[str], row: Params) -> bool:
        """Append one row; False, and nothing, when the table holds one with the same unique value."""
        return self.execute(insertion_of_new(table, columns), row, owners(table, columns, [row])) == 1

    @abstractmethod
    def _execute(self, sql: str, params: Params) -> int: ...

    @abstractmethod
    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Params]) -> int: ...

    def _insert_columns(self, table: str, columns: Mapping[str, Coded[Any]]) -> int:
        return self._insert(table, list(columns), list(zip(*columns.values(), strict=True)))

    @abstractmethod
    def _arrow(self, cursor: Any, sql: str, params: Params) -> pa.Table: ...


class Tx(Session):
    """A transaction under way. `moved`: the studies and workshops that it has written to."""

    def __init__(self) -> None:
        self.moved: set[str] = set()

    def execute(self, sql: str, params: Params = (), moves: Collection[str] = ()) -> int:
        return self._noted(self._execute(sql, params), moves)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Params]) -> int:
        arrived = list(rows)
        return self._noted(self._insert(table, columns, arrived), owners(table, columns, arrived))

    def insert_columns(self, table: str, columns: Mapping[str, Coded[Any]]) -> int:
        column = owning(table, columns)
        moves = columns[column].compact().values if column else ()
        return self._noted(self._insert_columns(table, columns), moves)

    def _noted(self, written: int, moves: Iterable[str]) -> int:
        if written:
            self.moved.update(moves)
        return written


class Store(Session):
    """An open store. Threads may share it."""

    kind: Kind

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Tx]:
        """All or nothing: committed at the end of the block, rolled back when it raises.

        With the commit, and not before it, the revision of what it has written to moves.
        """

    @abstractmethod
    def exclusive(self, name: str) -> AbstractContextManager[Tx]:
        """A transaction that only one at a time may be in, over all threads and replicas; it sees what the last wrote.

        The same name again inside the block waits for ever.
        """

    def execute(self, sql: str, params: Params = (), moves: Collection[str] = ()) -> int:
        if not moves:
            return self._execute(sql, params)
        with self.transaction() as tx:
            return tx.execute(sql, params, moves)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Params]) -> int:
        with self.transaction() as tx:
            return tx.insert(table, columns, rows)

    def insert_columns(self, table: str, columns: Mapping[str, Coded[Any]]) -> int:
        with self.transaction() as tx:
            return tx.insert_columns(table, columns)

    @abstractmethod
    def checkpoint(self) -> bool:
        """Write the log into the file; False when somebody was writing and it must be tried in a quieter moment."""

    @abstractmethod
    def close(self) -> None: ...


def insertion(table: str, columns: Sequence[str], rows: int = 1) -> str:
    """The statement that appends so many rows, whose values stand one row after the other."""
    width = len(columns)
    places = (range(row * width + 1, (row + 1) * width + 1) for row in range(rows))
    values = ", ".join(f"({', '.join(f'${place}' for place in row)})" for row in places)
    return f"insert into {table} ({', '.join(columns)}) values {values}"


def insertion_of_new(table: str, columns: Sequence[str]) -> str:
    """As `insertion`, of a row that is left out when it is there already."""
    return f"{insertion(table, columns)} on conflict do nothing"


def storable(params: Params) -> Params:
    """Refuses what only one engine can keep: PostgreSQL has no NUL in text, and neither has half a surrogate pair."""
    for value in params:
        if isinstance(value, str) and ("\0" in value or not _encodable(value)):
            raise AppError("unstorable_text")
    return params


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
