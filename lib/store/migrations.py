"""Numbered SQL files, each applied once, in one transaction, and recorded.

A file is `NNNN_name.sql`, or `NNNN_name.<engine>.sql` where only one engine has use for it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from lib.store.interface import Kind, Session, Store

FOLDER = Path(__file__).parent / "schema"
RECORD = """
create table if not exists schema_migration (
  number integer not null primary key, name text not null, applied_at timestamptz not null
)
"""


class Migration(NamedTuple):
    number: int
    name: str
    sql: str


def known(kind: Kind, folder: Path = FOLDER) -> list[Migration]:
    """Every migration for an engine, in order."""
    return [_read(path) for path in sorted(folder.glob("*.sql")) if path.stem.partition(".")[2] in ("", kind)]


def pending(store: Store, folder: Path = FOLDER) -> list[Migration]:
    """Those not applied yet. Only reads."""
    applied = _applied(store)
    return [migration for migration in known(store.kind, folder) if migration.number not in applied]


def version(store: Store) -> int:
    """The number of the newest migration that was applied."""
    return max(_applied(store), default=0)


def apply(store: Store, folder: Path = FOLDER) -> list[Migration]:
    """Applies those that are pending; which ones. When several replicas start at once, one of them applies each."""
    return [migration for migration in pending(store, folder) if _applied_now(store, migration)]


def _applied_now(store: Store, migration: Migration) -> bool:
    with store.exclusive("migrations") as tx:
        if migration.number in _applied(tx):
            return False
        tx.execute(RECORD)
        tx.execute(migration.sql)
        tx.execute(
            "insert into schema_migration (number, name, applied_at) values ($1, $2, $3)",
            [migration.number, migration.name, datetime.now(UTC)],
        )
    return True


def _applied(session: Session) -> set[int]:
    recorded = session.query(
        "select 1 from information_schema.tables where table_schema = current_schema() and table_name = $1",
        ["schema_migration"],
    )
    return {row["number"] for row in session.query("select number from schema_migration")} if recorded else set()


def _read(path: Path) -> Migration:
    number, _, name = path.stem.partition(".")[0].partition("_")
    return Migration(int(number), name, path.read_text(encoding="utf-8"))
