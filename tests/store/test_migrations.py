"""Migrations are numbered, recorded, applied once, one transaction each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lib.store import migrations
from lib.store.engine import Kind, Store, open_store


def tables(store: Store) -> set[str]:
    rows = store.query("select table_name from information_schema.tables where table_schema = current_schema()")
    return {row["table_name"] for row in rows}


def test_opening_twice_applies_each_once(address: str) -> None:
    open_store(address).close()
    store = open_store(address)
    recorded = [row["number"] for row in store.query("select number from schema_migration order by number")]
    assert recorded == [migration.number for migration in migrations.known(store.kind)]
    assert migrations.version(store) == recorded[-1]
    assert {"study", "batch", "rating", "link", "audit"} <= tables(store)
    store.close()


def test_a_store_without_a_migration_is_of_version_0(store: Store) -> None:
    store.execute("drop table schema_migration")
    assert migrations.version(store) == 0


def test_pending_only_reads(store: Store, tmp_path: Path) -> None:
    (tmp_path / "0101_later.sql").write_text("create table later (id text)")
    before = tables(store)
    assert [migration.name for migration in migrations.pending(store, tmp_path)] == ["later"]
    assert tables(store) == before
    assert [migration.number for migration in migrations.apply(store, tmp_path)] == [101]
    assert tables(store) == before | {"later"}
    assert migrations.pending(store, tmp_path) == migrations.apply(store, tmp_path) == []


def test_a_migration_that_fails_leaves_nothing_and_those_before_it_stand(store: Store, tmp_path: Path) -> None:
    (tmp_path / "0111_good.sql").write_text("create table good (id text)")
    (tmp_path / "0112_bad.sql").write_text("create table half (id text); insert into nowhere values (1)")
    with pytest.raises(Exception, match="nowhere"):
        migrations.apply(store, tmp_path)
    assert "good" in tables(store)
    assert "half" not in tables(store)
    assert [migration.number for migration in migrations.pending(store, tmp_path)] == [112]


def test_a_migration_for_one_engine_is_unknown_to_the_other(tmp_path: Path) -> None:
    (tmp_path / "0001_all.sql").touch()
    (tmp_path / "0002_one.postgresql.sql").touch()
    assert [migration.number for migration in migrations.known("duckdb", tmp_path)] == [1]
    assert [migration.number for migration in migrations.known("postgresql", tmp_path)] == [1, 2]


def test_numbers_are_unique_on_each_engine() -> None:
    kinds: tuple[Kind, ...] = ("duckdb", "postgresql")
    for kind in kinds:
        numbers = [migration.number for migration in migrations.known(kind)]
        assert numbers == sorted(set(numbers))


NEVER_USED = {13, 14, 15, 16, 18, 19, 20}
"""Numbers below 25 that no file ever had. From there on a new file takes the next one, so the list does not grow."""


def out_of_line(numbers: list[int]) -> set[int]:
    """Numbers that are left out or there twice between 1 and the highest."""
    return {number for number in range(1, max(numbers) + 1) if numbers.count(number) != 1}


def test_numbers_are_consecutive_but_for_those_that_never_were() -> None:
    numbers = [int(path.name.partition("_")[0]) for path in migrations.FOLDER.glob("*.sql")]
    assert out_of_line(numbers) == NEVER_USED


def test_a_number_left_out_and_one_used_twice_are_found() -> None:
    assert out_of_line([1, 2, 3]) == set()
    assert out_of_line([1, 3, 3, 5]) == {2, 3, 4}


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_each_table_of_versions_is_looked_up_by_its_study(store: Store) -> None:
    indexes = store.query("select tablename, indexdef from pg_indexes where schemaname = current_schema()")
    found = {row["tablename"] for row in indexes if "(study)" in row["indexdef"]}
    assert {table for table in tables(store) if table.endswith("_version")} <= found


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_several_replicas_may_start_at_once(address: str) -> None:
    start = "import sys; from lib.store.engine import open_store; open_store(sys.argv[1]).close()"
    replicas = [subprocess.Popen([sys.executable, "-c", start, address]) for _ in range(4)]
    assert [replica.wait(timeout=60) for replica in replicas] == [0, 0, 0, 0]
    store = open_store(address)
    assert len(store.query("select number from schema_migration")) == len(migrations.known("postgresql"))
    store.close()
