"""The revision moves whenever what a study shows may have changed, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lib.model.live import Contribution, Idea, Plan, Stage, Step
from lib.model.records import Comment, Rating, Rows, new_id
from lib.store import batches, live, ratings, rows, studies
from lib.store.engine import Store, open_store
from lib.store.imports import commit_import
from lib.store.revision import revision
from tests.store.examples import NOW, a_batch, a_study, a_workshop, some_costs, some_rows

TAP = Rating(a_workshop("s").id, 1, "r", "i", "potential", 3, tap="tap")
STAGE = Stage(TAP.workshop, Step.RATE, 1, "prioritisation", ("i",), None, "leder", NOW)
CONTRIBUTION = Contribution("innspill", TAP.workshop, 0, "r", "Arkiv", NOW)
PLAN = Plan(id=TAP.workshop, code="CDFHJK", items=["i"], prompts=[], minutes={})
IDEA = Idea(id="idea", workshop=TAP.workshop, prompt=0, text="Arkiv", members=[])
Change = Callable[[Store, str], object]
CHANGES: dict[str, Change] = {
    "municipalities": lambda s, _: commit_import(s, a_batch("s"), Rows(municipalities=some_rows("s").municipalities)),
    "areas": lambda s, _: commit_import(s, a_batch("s"), Rows(areas=some_rows("s").areas)),
    "workshops": lambda s, _: commit_import(s, a_batch("s"), Rows(workshops=some_rows("s").workshops)),
    "raters": lambda s, _: commit_import(s, a_batch("s"), Rows(raters=some_rows("s").raters)),
    "costs": lambda s, batch: rows.append(s, batch, "s", [some_costs()[0]]),
    "a confirmation": lambda s, batch: rows.append(s, batch, "s", [some_costs()[-1]]),
    "an empty batch": lambda s, _: commit_import(s, a_batch("s"), Rows()),
    "undo": lambda s, batch: batches.flip(s, batch, False, "leder", NOW),
    "a tap": lambda s, _: ratings.rate(s, TAP._replace(tap=new_id())),
    "a comment": lambda s, _: ratings.remark(s, Comment(TAP.workshop, 1, "r", "i", "")),
    "a stage": lambda s, _: live.move(s, STAGE),
    "a contribution": lambda s, _: live.contribute(s, replace(CONTRIBUTION, tap=new_id())),
    "a plan": lambda s, batch: rows.append(s, batch, "s", [PLAN]),
    "an idea": lambda s, batch: rows.append(s, batch, "s", [IDEA]),
}
NOTHING: dict[str, Change] = {
    "another study": lambda s, _: commit_import(s, a_batch("t"), some_rows("t")),
    "another workshop": lambda s, _: ratings.rate(s, TAP._replace(workshop="w", tap=new_id())),
    "a new study": lambda s, _: studies.add(s, a_study()),
    "a tap again": lambda s, _: ratings.rate(s, TAP),
    "a contribution again": lambda s, _: live.contribute(s, CONTRIBUTION),
    "another workshop's stage": lambda s, _: live.move(s, replace(STAGE, workshop="w")),
    "redo of what stands": lambda s, batch: batches.flip(s, batch, True, "leder", NOW),
}


@pytest.fixture
def batch(store: Store) -> str:
    batch = a_batch("s")
    commit_import(store, batch, some_rows("s"))
    ratings.rate(store, TAP)
    live.contribute(store, CONTRIBUTION)
    return batch.id


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_moves(store: Store, batch: str, change: Change) -> None:
    before = revision(store, "s")
    change(store, batch)
    after = revision(store, "s")
    assert after.rows > before.rows
    assert after.seq > before.seq


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING)
def test_it_stays(store: Store, batch: str, change: Change) -> None:
    before = revision(store, "s")
    change(store, batch)
    assert revision(store, "s") == before


def test_undo_and_redo_do_not_lead_back_to_an_old_revision(store: Store, batch: str) -> None:
    seen = [revision(store, "s")]
    for standing in (False, True, False):
        batches.flip(store, batch, standing, "leder", NOW)
        seen.append(revision(store, "s"))
    assert len(set(seen)) == 4


def test_a_study_with_nothing_in_it_has_one(store: Store) -> None:
    assert revision(store, "ukjent") == (0, 0)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_it_moves_when_a_lower_seq_is_committed_later(address: str) -> None:
    first, second = open_store(address), open_store(address)
    commit_import(first, a_batch("s"), some_rows("s"))
    with first.transaction() as slow:
        ratings.rate(slow, TAP._replace(tap=new_id()))
        ratings.rate(second, TAP._replace(tap=new_id()))
        before = revision(second, "s")
    after = revision(second, "s")
    assert after.seq == before.seq
    assert after.rows == before.rows + 1
    first.close()
    second.close()
