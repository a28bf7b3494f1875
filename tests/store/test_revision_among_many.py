"""Transactions among each other, threads, replicas and restarts: no commit goes unnoticed, and nobody waits."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.model.records import Revision, Rows, new_id
from lib.store import migrations, ratings, rows
from lib.store.engine import Store, Tx, _connected, open_store
from lib.store.imports import commit_import
from tests.examples import examples
from tests.store.changes import CHANGES, ROWS, TAP, filled, in_one_transaction, length
from tests.store.examples import a_batch, a_workshop


@pytest.fixture
def batch(store: Store) -> str:
    return filled(store)


@dataclass
class Interleaved:
    """Transactions that are open at the same time, and every revision that each study has had."""

    store: Store
    names: list[str] = field(default_factory=lambda: [new_id(), new_id()])
    under_way: dict[int, tuple[AbstractContextManager[Tx], Tx]] = field(default_factory=dict)
    written: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for study in self.names:
            commit_import(self.store, a_batch(study), Rows(workshops=(a_workshop(study),)))
        self.seen = {study: [self.store.revision(study)] for study in self.names}

    def write(self, number: int, study: str, on_workshop: bool) -> None:
        if number not in self.under_way:
            opened = self.store.transaction()
            self.under_way[number] = (opened, opened.__enter__())
        tx = self.under_way[number][1]
        self.written.setdefault(number, set()).add(study)
        if on_workshop:
            ratings.rate(tx, TAP._replace(workshop=a_workshop(study).id, tap=new_id()))
        else:
            rows.append(tx, "b", study, ROWS.areas[:1])
        self.check(set())

    def end(self, number: int, error: Exception | None) -> None:
        if number in self.under_way:
            self.under_way.pop(number)[0].__exit__(type(error) if error else None, error, None)
            written = self.written.pop(number)
            self.check(set() if error else written)

    def tap(self, study: str) -> None:
        ratings.rate(self.store, TAP._replace(workshop=a_workshop(study).id, tap=new_id()))
        self.check({study})

    def check(self, moved: set[str]) -> None:
        for study, seen in self.seen.items():
            now = self.store.revision(study)
            assert (now not in seen) if study in moved else (now == seen[-1])
            seen.append(now)


STEPS = st.lists(
    st.tuples(st.sampled_from(["row", "rating", "commit", "roll back", "tap"]), st.integers(0, 4), st.integers(0, 1)),
    max_size=30,
)


@settings(max_examples=examples(40), deadline=None)
@given(steps=STEPS)
def test_however_transactions_interleave_each_commit_gives_a_new_one(
    shared_store: Store, steps: list[tuple[str, int, int]]
) -> None:
    running = Interleaved(shared_store)
    for what, number, study in (*steps, *(("commit", number, 0) for number in range(5))):
        match what:
            case "commit" | "roll back":
                running.end(number, RuntimeError() if what == "roll back" else None)
            case "tap":
                running.tap(running.names[study])
            case _:
                running.write(number, running.names[study], what == "rating")


def test_writers_at_the_same_time_do_not_disturb_each_other(store: Store, batch: str) -> None:
    def work(number: int) -> None:
        for turn in range(20):
            before = store.revision("s")
            if (number + turn) % 3:
                ratings.rate(store, TAP._replace(tap=new_id()))
            else:
                in_one_transaction(store, CHANGES["area_version"], batch)
            assert store.revision("s").moves > before.moves

    before = store.revision("s")
    with ThreadPoolExecutor(12) as people:
        list(people.map(work, range(12)))
    assert store.revision("s").moves == before.moves + 240


def test_the_one_who_asks_never_holds_old_rows_for_new(store: Store, batch: str) -> None:
    """What was read after a revision was told holds all that the revision counts."""

    def write() -> None:
        for _ in range(100):
            ratings.rate(store, TAP._replace(tap=new_id()))

    def read() -> None:
        told = store.revision("s")
        while told.moves < first.moves + 400:
            told = store.revision("s")
            assert length(store, "rating") - rows_before >= told.moves - first.moves

    first, rows_before = store.revision("s"), length(store, "rating")
    with ThreadPoolExecutor(6) as people:
        work = [people.submit(each) for each in (read, read, write, write, write, write)]
        for each in work:
            each.result(60)


def test_opened_again_it_is_none_of_those_before(address: str) -> None:
    """On PostgreSQL it is the same one, as nothing has changed."""
    store = open_store(address)
    batch = filled(store)
    seen = [store.revision("s")]
    for _ in range(3):
        store.close()
        store = open_store(address)
        assert store.revision("s") not in seen[:-1]
        assert store.revision("s") == seen[-1] or store.kind == "duckdb"
        for table in ("rating", "area_version", "stage"):
            CHANGES[table](store, batch)
            assert store.revision("s") not in seen
            seen.append(store.revision("s"))
    store.close()


def test_a_store_from_before_it_was_counted_is_taken_over(address: str, tmp_path: Path) -> None:
    older = shutil.copytree(migrations.FOLDER, tmp_path / "older")
    (older / "0024_moved.postgresql.sql").unlink()
    store = _connected(address)
    migrations.apply(store, older)
    store.execute(
        "insert into workshop_version (batch, study, id, removed) values ('b', 's', $1, false)", [TAP.workshop]
    )
    store.close()
    store = open_store(address)
    before = store.revision("s")
    ratings.rate(store, TAP)
    assert store.revision("s").moves == before.moves + 1
    store.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_it_moves_when_a_lower_seq_is_committed_later(address: str) -> None:
    first, second = open_store(address), open_store(address)
    filled(first)
    with first.transaction() as slow:
        ratings.rate(slow, TAP._replace(tap="slow"))
        ratings.rate(second, TAP._replace(tap="fast"))
        before = second.revision("s")
    assert second.revision("s").moves == before.moves + 1
    order = second.query("select tap from rating where tap in ('slow', 'fast') order by seq")
    assert [row["tap"] for row in order] == ["slow", "fast"]
    first.close()
    second.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_replicas_tell_the_same_and_count_in_slots_of_their_own(address: str) -> None:
    replicas = [open_store(address) for _ in range(3)]
    filled(replicas[0])
    together = Barrier(12)

    def write(number: int) -> None:
        with replicas[number % 3].transaction() as tx:
            ratings.rate(tx, TAP._replace(tap=new_id()))
            together.wait(30)

    before = replicas[0].revision("s")
    with ThreadPoolExecutor(12) as people:
        list(people.map(write, range(12)))
    assert {replica.revision("s") for replica in replicas} == {Revision(before.era, before.moves + 12)}
    counted = replicas[0].query("select slot, moves from moved where owner = $1", [TAP.workshop])
    assert len(counted) == 12
    assert sum(row["moves"] for row in counted) == before.moves + 12 - moves_of("s", replicas[0])
    for replica in replicas:
        replica.close()


def moves_of(owner: str, store: Store) -> int:
    return sum(row["moves"] for row in store.query("select moves from moved where owner = $1", [owner]))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_the_slots_of_those_who_have_left_are_taken_again(address: str) -> None:
    for _ in range(4):
        store = open_store(address)
        ratings.rate(store, TAP._replace(tap=new_id()))
        mine = {row["pid"] for row in store.query("select pg_backend_pid() as pid")}
        slots = store.query("select slot, moves from moved order by slot")
        store.close()
        wait_until_gone(address, mine)
    assert sum(row["moves"] for row in slots) == 4
    assert len(slots) < 4


def wait_until_gone(address: str, pids: set[int]) -> None:
    deadline = time.monotonic() + 10
    with psycopg.connect(address, autocommit=True) as connection:
        while time.monotonic() < deadline:
            there = {row[0] for row in connection.execute("select pid from pg_locks where locktype = 'advisory'")}
            if not there & pids:
                return
            time.sleep(0.01)
    raise TimeoutError
