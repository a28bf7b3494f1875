"""The revision moves with every commit that changes what a study shows, and only then, and never back."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from lib.model.coded import Coded
from lib.model.rating_columns import FIELDS, RatingColumns
from lib.model.records import Comment, Link, Rating, Rows, new_id
from lib.store import audit, batches, links, live, ratings, rows, studies
from lib.store.engine import Store
from lib.store.imports import commit_import
from lib.store.revision import UNSHOWN
from tests.store.changes import CHANGES, CONTRIBUTION, ROWS, STAGE, TAP, Change, filled, in_one_transaction, length
from tests.store.examples import NOW, a_batch, a_study, some_rows

ROOT = Path(__file__).parents[2]
LINK = Link(id="l", role="viewer", study="s", label="Les", created_at=NOW, expires_at=NOW)
ELSEWHERE = TAP._replace(workshop="w")
How = Callable[[Store, Change, str], None]


def by_column(listed: list[Rating]) -> RatingColumns:
    return RatingColumns({name: Coded.of(getattr(rating, name) for rating in listed) for name in FIELDS})


# Other ways to the same tables.
MORE: dict[str, Change] = {
    "an import": lambda s, _: isinstance(s, Store) and commit_import(s, a_batch("s"), some_rows("s")),
    "an empty import": lambda s, _: isinstance(s, Store) and commit_import(s, a_batch("s"), Rows()),
    "many ratings": lambda s, batch: ratings.append(s, batch, [TAP._replace(tap=None)] * 20),
    "ratings by column": lambda s, batch: ratings.append(s, batch, by_column([TAP] * 20)),
    "many taps": lambda s, batch: ratings.append(s, batch, [TAP._replace(tap=new_id()) for _ in range(3)]),
    "many comments": lambda s, batch: ratings.append_comments(s, batch, [Comment(TAP.workshop, 1, "r", "i", "")] * 9),
}
NOTHING: dict[str, Change] = {
    "another study": lambda s, _: rows.append(s, "b", "t", ROWS.areas),
    "another study's batch": lambda s, _: batches.begin(s, a_batch("t")),
    "another workshop": lambda s, _: ratings.rate(s, TAP._replace(workshop="w", tap=new_id())),
    "another workshop's stage": lambda s, _: live.move(s, replace(STAGE, workshop="w")),
    "a new study": lambda s, _: studies.add(s, a_study()),
    "a link": lambda s, _: links.keep(s, LINK.model_copy(update={"id": new_id()}), new_id()),
    "a line in the audit log": lambda s, _: audit.append(s, audit.Entry(NOW, "leder", "study.view", "s")),
    "a file": lambda s, batch: batches.keep_original(s, a_batch("s"), b"innhold"),
    "no rows": lambda s, batch: rows.append(s, batch, "s", []),
    "no ratings": lambda s, batch: ratings.append(s, batch, []),
    "another workshop's ratings by column": lambda s, _: ratings.append(s, "b", by_column([ELSEWHERE] * 9 + [TAP])[:9]),
    "a tap again": lambda s, _: ratings.rate(s, TAP),
    "a contribution again": lambda s, _: live.contribute(s, CONTRIBUTION),
    "redo of what stands": lambda s, batch: batches.flip(s, batch, True, "leder", NOW),
    "undo of what is not there": lambda s, _: batches.flip(s, "ukjent", False, "leder", NOW),
}


@pytest.fixture
def batch(store: Store) -> str:
    return filled(store)


@pytest.fixture(scope="module")
def shared_batch(shared_store: Store) -> str:
    commit_import(shared_store, a_batch("t"), some_rows("t"))
    return filled(shared_store)


def tables(store: Store) -> set[str]:
    found = store.query(
        "select table_name from information_schema.tables "
        "where table_schema = current_schema() and table_type = 'BASE TABLE'"
    )
    return {row["table_name"] for row in found}


def alone(store: Store, change: Change, batch: str) -> None:
    change(store, batch)


def test_every_table_has_its_place_here(store: Store) -> None:
    assert set(CHANGES) == tables(store) - UNSHOWN - {"schema_migration", "moved"}


@pytest.mark.parametrize("how", [alone, in_one_transaction])
@pytest.mark.parametrize("table", CHANGES)
def test_a_row_in_any_table_moves_the_study_that_shows_it_and_no_other(
    shared_store: Store, shared_batch: str, table: str, how: How
) -> None:
    before, other, rows_before = *map(shared_store.revision, "st"), length(shared_store, table)
    how(shared_store, CHANGES[table], shared_batch)
    assert length(shared_store, table) > rows_before
    assert shared_store.revision("s").moves > before.moves
    assert shared_store.revision("t") == other


@pytest.mark.parametrize("change", MORE.values(), ids=MORE)
def test_however_it_is_written_it_moves(shared_store: Store, shared_batch: str, change: Change) -> None:
    before = shared_store.revision("s")
    change(shared_store, shared_batch)
    assert shared_store.revision("s").moves > before.moves


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING)
def test_it_stays(shared_store: Store, shared_batch: str, change: Change) -> None:
    before = shared_store.revision("s")
    alone(shared_store, change, shared_batch)
    in_one_transaction(shared_store, change, shared_batch)
    assert shared_store.revision("s") == before


def test_no_statement_writes_past_the_count() -> None:
    """Only the accounts that no study shows are written by bare statements, and a flip, which names its study."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "lib").rglob("*.py")))
    written = set(re.findall(r"(?:insert into|delete from|\bupdate) (\w+) (?:\(|set\b|where\b)", source))
    assert "audit" in written
    assert written <= UNSHOWN | {"batch_flip", "schema_migration", "moved"}


def test_a_table_that_names_neither_study_nor_workshop_is_refused(store: Store) -> None:
    with pytest.raises(LookupError, match="batch_flip"):
        store.insert("batch_flip", ("batch", "live", "actor", "flipped_at"), [("b", True, "leder", NOW)])
    assert length(store, "batch_flip") == 0


def test_undo_and_redo_do_not_lead_back_to_an_old_revision(store: Store, batch: str) -> None:
    seen = [store.revision("s")]
    for standing in (False, True, False):
        batches.flip(store, batch, standing, "leder", NOW)
        seen.append(store.revision("s"))
    assert len(set(seen)) == 4


def test_a_study_with_nothing_in_it_has_one(store: Store) -> None:
    assert store.revision("ukjent") == store.revision("ukjent")
    assert store.revision("ukjent").moves == 0


def test_a_workshop_that_comes_later_brings_what_it_holds(store: Store) -> None:
    seen = [store.revision("s")]
    ratings.rate(store, TAP)
    assert store.revision("s") == seen[0]
    for _ in range(3):
        commit_import(store, a_batch("s"), Rows(workshops=ROWS.workshops))
        seen.append(store.revision("s"))
        ratings.rate(store, TAP._replace(tap=new_id()))
        seen.append(store.revision("s"))
    assert len(set(seen)) == 7


def test_a_transaction_counts_when_it_is_done_and_once(store: Store, batch: str) -> None:
    before = store.revision("s")
    with store.transaction() as tx:
        for change in CHANGES.values():
            change(tx, batch)
        assert store.revision("s") == tx.revision("s") == before
    assert store.revision("s").moves == before.moves + 2  # the study, and its workshop


def test_what_is_rolled_back_leaves_it(store: Store, batch: str) -> None:
    before = store.revision("s")
    with suppress(ZeroDivisionError), store.transaction() as tx:
        for change in CHANGES.values():
            change(tx, batch)
        raise ZeroDivisionError
    assert store.revision("s") == before
