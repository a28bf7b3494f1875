"""Rows that arrive together are written together, each gets its own answer, and one that is wrong spoils no other."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from lib.model.live import Contribution
from lib.model.problems import AppError
from lib.model.records import Rating
from lib.store import live, ratings
from lib.store.engine import Store
from lib.store.gathering import TOGETHER, Gathering
from lib.store.interface import Params
from tests.store.examples import NOW


class Log:
    """Where rows are written to: holds the first one until it is let go, and counts the statements."""

    def __init__(self) -> None:
        self.statements: list[list[Params]] = []
        self.held, self.go = Event(), Event()

    def together(self, rows: Sequence[Params]) -> bool:
        if len({*rows}) < len(rows) or any(row == ("wrong",) for row in rows):
            return False
        self.statements.append(list(rows))
        return True

    def alone(self, row: Params) -> bool:
        self.held.set()
        assert self.go.wait(10)
        if row == ("wrong",):
            raise ValueError(row)
        self.statements.append([row])
        return [*self.rows].count(row) == 1

    @property
    def rows(self) -> list[Params]:
        return [row for statement in self.statements for row in statement]


def appended(log: Log, first: str, *following: str) -> list[object]:
    """What each gets, when all the others come while the first is being written."""
    gathering = Gathering(log.together, log.alone)
    with ThreadPoolExecutor(len(following) + 1) as people:
        answers = [people.submit(gathering.append, (first,))]
        assert log.held.wait(10)
        answers += [people.submit(gathering.append, (row,)) for row in following]
        while len(gathering._waiting) < len(following):
            time.sleep(0.001)
        log.go.set()
        return [answer.exception() or answer.result() for answer in answers]


def test_what_comes_while_one_writes_is_written_by_one_statement() -> None:
    log = Log()
    assert appended(log, "a", "b", "c", "d") == [True] * 4
    assert log.statements[0] == [("a",)]
    assert {*log.statements[1]} == {("b",), ("c",), ("d",)}
    assert len(log.statements) == 2


def test_two_that_come_while_one_writes_are_written_together_too() -> None:
    log = Log()
    assert appended(log, "a", "b", "c") == [True] * 3
    assert sorted(map(len, log.statements)) == [1, 2]


def test_a_statement_does_not_grow_without_end() -> None:
    log = Log()
    assert all(appended(log, "first", *(str(number) for number in range(TOGETHER + 5))))
    assert sorted(map(len, log.statements)) == [1, 5, TOGETHER]


def test_one_that_cannot_be_written_is_the_only_one_to_hear_of_it() -> None:
    log = Log()
    *kept, refused = appended(log, "a", "b", "c", "wrong")
    assert kept == [True] * 3
    assert isinstance(refused, ValueError)
    assert {*log.rows} == {("a",), ("b",), ("c",)}
    assert len(log.rows) == 3


def test_whoever_comes_after_a_failure_is_written_too() -> None:
    log = Log()
    log.go.set()
    gathering = Gathering(log.together, log.alone)
    with pytest.raises(ValueError, match="wrong"):
        gathering.append(("wrong",))
    assert gathering.append(("a",))


def test_a_crowd_with_a_few_wrong_ones_is_kept_whole(store: Store) -> None:
    def tap(number: int) -> str:
        value = 10**6 if number % 10 == 7 else 5
        text = "\0" if number % 50 == 9 else f"tap {number - 1 if number % 10 == 3 else number}"
        try:
            return "new" if ratings.rate(store, Rating("w", 1, "r", "i", "p", value, tap=text)) else "known"
        except AppError as refused:
            return refused.code
        except Exception:
            return "off the scale"

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(tap, range(200)))
    assert [answers.count(word) for word in ("known", "off the scale", "unstorable_text")] == [20, 20, 4]
    assert store.query("select count(*) as n from rating") == [{"n": answers.count("new")}]
    assert answers.count("new") == 156


def test_a_failing_statement_leaves_nobody_waiting() -> None:
    """Neither the one who writes for the others, nor those who came while it failed."""

    def broken(rows: object) -> bool:
        raise OSError(rows)

    gathering = Gathering(broken, broken)
    with ThreadPoolExecutor(30) as people:
        answers = [people.submit(gathering.append, (number,)) for number in range(90)]
        failed = [type(answer.exception(10)) for answer in answers]
    assert failed == [OSError] * 90
    assert gathering._waiting == []
    assert not gathering._writing


@pytest.mark.parametrize("place", [0, 7, 19])
def test_one_bad_contribution_among_many_is_the_only_one_lost(store: Store, place: int) -> None:
    def write(number: int) -> bool | str:
        text = "\0" if number == place else f"Tekst {number}"
        try:
            return live.contribute(store, Contribution(f"t{number}", "w", 0, "r", text, NOW))
        except AppError as refused:
            return refused.code

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(write, range(20)))
    assert answers.pop(place) == "unstorable_text"
    assert answers == [True] * 19
    assert len(live.contributions(store, "w")) == 19
