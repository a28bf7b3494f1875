"""How the risks have moved: each day's figures, and the register as it was on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pandas import NA

from lib.actions import open_store
from lib.actions.risks import history
from lib.domain.risks.history import Count, Move
from lib.exhibits import days
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.risks import history_words
from lib.i18n import LANGUAGES, today
from lib.model.problems import NotFound
from lib.model.records import Study
from lib.store import batches
from tests.actions import cost_books
from tests.actions.past import measure, noon, risk, spring, stored
from tests.people import FACILITATOR, let_through

MARCH = [date(2026, 3, day) for day in (1, 10, 20)]


def points(study: Study) -> dict[date, Count]:
    return dict(history.history(FACILITATOR, study).points)


def test_readers_may_see_it(own: Study, demonstration: Study) -> None:
    spring(own)
    readers = {"reader", "leader", "facilitator"}
    assert let_through(lambda who: history.history(who, own), own) == readers
    assert let_through(lambda who: history.snapshot(who, own, MARCH[0]), own) == readers
    assert "visitor" in let_through(lambda who: history.history(who, demonstration), demonstration)


def test_each_day_on_which_something_was_stored_is_a_point(own: Study) -> None:
    """SAM13: S × K of at least 9, or K = 5, must have a countermeasure."""
    spring(own)
    assert points(own) == dict(zip(MARCH, [Count(3, 2, 2), Count(3, 3, 2), Count(2, 2, 1)], strict=True))


def test_several_saves_of_a_day_are_one_point_with_the_last_of_it(own: Study) -> None:
    stored(own, noon(1), risk("a", 4, 4))
    stored(own, noon(1).replace(hour=15), risk("a", 2, 2))
    assert points(own) == {MARCH[0]: Count(1, 0, 0)}


def test_a_day_is_a_day_in_norway(own: Study) -> None:
    stored(own, datetime(2026, 3, 1, 23, 30, tzinfo=UTC), risk("a", 4, 4))
    assert list(points(own)) == [date(2026, 3, 2)]
    assert history.snapshot(FACILITATOR, own, date(2026, 3, 1)) is None
    assert history.snapshot(FACILITATOR, own, date(2026, 3, 2)) is not None


def test_what_is_undone_never_was(own: Study) -> None:
    spring(own)
    batch = stored(own, noon(25), risk("a", 1, 1), gone=[measure("m", "a")])
    assert points(own)[date(2026, 3, 25)] == Count(2, 1, 1)
    batches.flip(open_store.store(), batch, False, "leder", noon(26))
    assert list(points(own)) == MARCH


def test_a_list_that_did_not_exist_is_no_empty_list(own: Study) -> None:
    spring(own)
    assert history.snapshot(FACILITATOR, own, date(2026, 2, 28)) is None
    found = history.snapshot(FACILITATOR, own, date(2026, 3, 15))
    assert found is not None
    assert {each.id: each.probability for each in found.risks} == {"a": 4, "b": 1, "c": 3}
    assert [each.id for each in found.countermeasures] == ["m"]


def test_risks_of_an_area_that_was_undone_are_left_out(own: Study) -> None:
    cost_books.keep(own, cost_books.book({}, {"Arkiv": 1}))
    area = batches.history(open_store.store(), own.id)[0]
    stored(own, area.created_at, risk("a", 4, 4, area="arkiv"), risk("b", 4, 4))
    (counted,) = points(own).values()
    assert counted == Count(2, 2, 2)
    batches.flip(open_store.store(), area.id, False, "leder", area.created_at)
    assert list(points(own).values()) == [Count(1, 1, 1)]


def test_what_has_become_of_each_risk_between_two_days(own: Study) -> None:
    spring(own)
    stored(own, noon(22), risk("d", 5, 5), gone=[risk("a")])
    then, now = (history.snapshot(FACILITATOR, own, date(2026, 3, day)) for day in (1, 31))
    assert {each.risk.id: each.move for each in history.moved(then, now)} == {
        "a": Move.GONE,
        "b": Move.CLOSED,
        "c": Move.UP,
        "d": Move.NEW,
    }
    days = (MARCH[0], date(2026, 3, 31))
    told = history_words.pair("nb", days, then, now)
    assert told.shown.to_pandas().values.tolist() == [
        ["1", "Faktor a", "S 4, K 4 → –", "borte"],
        ["2", "Faktor b", "S 1, K 5 → –", "lukket"],
        ["3", "Faktor c", "S 2, K 2 → S 3, K 4", "høyere"],
        ["4", "Faktor d", "– → S 5, K 5", "ny"],
    ]
    assert [[None if each is NA else each for each in row] for row in told.frame.iloc[:, 2:6].values.tolist()] == [
        [4, 4, None, None],
        [1, 5, None, None],
        [2, 2, 3, 4],
        [None, None, 5, 5],
    ]
    assert history_words.moves("nb", days, then, now) == (
        "Fra 1. mars 2026 til 31. mars 2026: borte (1), lukket (1), høyere (1) og ny (1)."
    )


def test_a_risk_has_the_same_number_in_both_pictures(own: Study) -> None:
    spring(own)
    then, now = (history.snapshot(FACILITATOR, own, day) for day in (MARCH[0], MARCH[2]))
    numbers = history_words.numbered(then, now)
    assert then is not None
    assert now is not None
    pictures = [{each.name: each.number for each in history_words.drawn(each, numbers)} for each in (then, now)]
    assert pictures == [{"Faktor a": 1, "Faktor b": 2, "Faktor c": 3}, {"Faktor a": 1, "Faktor c": 3}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_says_what_it_was_and_what_it_is(own: Study, language: str) -> None:
    stored(own, noon(1), risk("a", 4, 4), risk("c", 2, 2))
    found = history.history(FACILITATOR, own)
    told = history_words.headline(language, found), history_words.basis(language, found)
    if language == "nb":
        assert told == (
            "1 av 2 risikoer må ha mottiltak. Listen ble laget 1. mars 2026 og er ikke endret siden.",
            "1 av disse mangler mottiltak.",
        )
    stored(own, noon(5), risk("c", 4, 4), measure("m", "a"), measure("n", "c"))
    found = history.history(FACILITATOR, own)
    told = history_words.headline(language, found), history_words.basis(language, found)
    if language == "nb":
        assert told == (
            "2 av 2 risikoer må ha mottiltak nå. Det var 1 av 2 den 1. mars 2026.",
            "Alle disse har minst ett mottiltak.",
        )
    assert history_words.line_alt(language, found)
    assert len(history_words.table(language, found).frame) == 2


def test_a_day_beside_itself_has_changed_nothing(own: Study) -> None:
    spring(own)
    one = history.snapshot(FACILITATOR, own, MARCH[1])
    told = history_words.pair("nb", (MARCH[1], MARCH[1]), one, one)
    assert told.shown.to_pandas().values.tolist()[0][-2:] == ["S 4, K 4", "som før"]
    assert set(told.frame.iloc[:, -1]) == {"som før"}


def test_the_lines_go_on_to_today_and_tomorrow_they_go_further(own: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    spring(own)
    ends = []
    for day in (20, 21):
        monkeypatch.setattr(days, "today", lambda day=day: date(2026, 3, day))
        picture = EXHIBITS["risks.history"].build(FACILITATOR, own, (), "nb").picture
        assert picture
        ends.append(max(picture.rows["when"].to_pylist()))
    assert ends[1] - ends[0] == 24 * 60 * 60 * 1000


@pytest.mark.parametrize("written", ["i går", "", "9999-12-31"])
def test_two_days_fall_back_and_are_told_in_the_address(own: Study, written: str) -> None:
    spring(own)
    found = EXHIBITS["risks.two_days"].build(FACILITATOR, own, (("til", written),), "nb")
    assert found.address == (("fra", "2026-03-01"), ("til", today().isoformat()))
    assert found.picture == found.found[1]
    assert found.finding.endswith("som før (1), lukket (1) og høyere (1).")


def test_what_never_was_has_nothing_to_show(own: Study) -> None:
    with pytest.raises(NotFound):
        EXHIBITS["risks.history"].build(FACILITATOR, own, (), "nb")
    assert list(EXHIBITS["risks.history"].instances(own)) == []
