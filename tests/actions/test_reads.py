"""A kept read: the gate at each call, one answer a revision, one maker at a time, and nobody in what is kept."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from lib.access import Action
from lib.actions import open_store, reads, studies
from lib.actions.costs import cost_figures
from lib.actions.reads import KeptRead, Read, per_revision
from lib.exhibits.catalogue import EXHIBITS
from lib.model.access import VISITOR
from lib.model.problems import AppError, Denied
from lib.model.records import Area, Batch, BatchKind, Study, new_id
from lib.store import batches, imports, rows
from tests.people import FACILITATOR, let_through


@pytest.fixture
def moving() -> Iterator[None]:
    """What a test holds still is let go after it."""
    yield
    reads.let_go()


def change(study: Study) -> None:
    """One more area in the study."""
    batch = Batch(id=new_id(), study=study.id, kind=BatchKind.FORM, actor="prøve", created_at=datetime.now(UTC))
    with imports.alone(open_store.store(), study.id) as tx:
        batches.begin(tx, batch)
        rows.append(tx, batch.id, study.id, [Area(id=new_id(), code=new_id()[:5], name="Arkiv")])


def counting(size: int = 8) -> tuple[KeptRead[[int], int], list[int]]:
    made: list[int] = []

    @per_revision(Action.STUDY_VIEW, size=size)
    def read(study: Study, number: int) -> int:
        made.append(number)
        if number < 0:
            raise AppError("figure_name")
        return number * 2

    return read, made


def test_an_answer_is_made_once_until_the_study_changes(own: Study) -> None:
    read, made = counting()
    assert [read(FACILITATOR, own, 1) for _ in range(3)] == [2, 2, 2]
    change(own)
    read(FACILITATOR, own, 1)
    read(FACILITATOR, studies.create(FACILITATOR, "En annen"), 1)
    assert made == [1, 1, 1]


def test_every_call_asks_the_gate_though_the_answer_is_kept(own: Study) -> None:
    read, made = counting()
    read(FACILITATOR, own, 1)
    assert let_through(lambda actor: read(actor, own, 1), own) == {"reader", "leader", "facilitator"}
    with pytest.raises(Denied):
        read(VISITOR, own, 1)
    assert made == [1]


def test_the_newest_answers_are_kept(own: Study) -> None:
    read, made = counting(size=2)
    for number in (1, 2, 1, 3, 1, 2):
        read.within(own, number)
    assert made == [1, 2, 3, 2]


def test_an_error_is_told_and_not_kept(own: Study) -> None:
    read, made = counting()
    for _ in range(2):
        with pytest.raises(AppError):
            read.within(own, -1)
    assert made == [-1, -1]


def test_many_who_ask_at_once_wait_for_one(own: Study) -> None:
    made: list[int] = []
    all_ask = threading.Event()

    @per_revision(Action.STUDY_VIEW)
    def slow(study: Study) -> object:
        made.append(1)
        assert all_ask.wait(30)
        return object()

    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(slow.within(own))) for _ in range(20)]
    for thread in threads:
        thread.start()
    all_ask.set()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(set(map(id, found))) == 1


def test_a_run_sees_a_study_as_it_was_when_it_first_asked(own: Study, moving: None) -> None:
    reads.hold_still()
    before = reads.revision_of(own)
    change(own)
    assert reads.revision_of(own) == before
    reads.hold_still()
    assert reads.revision_of(own) != before


def test_a_change_reads_anew(own: Study) -> None:
    read, made = counting()
    read(FACILITATOR, own, 1)
    assert read.anew(FACILITATOR, own, 1) == 2
    assert made == [1, 1]
    with pytest.raises(Denied):
        read.anew(VISITOR, own, 1)


def test_what_is_kept_does_not_know_who_asked() -> None:
    """No exhibit and no kept read takes an actor where its answer is made."""
    kept: list[Any] = [cost_figures.book, *(declared.build for declared in EXHIBITS.values())]
    assert all(isinstance(each, Read) for each in kept)
    assert not [each for each in kept if "actor" in inspect.signature(each.fresh).parameters]
