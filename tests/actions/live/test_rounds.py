"""A round is hidden everywhere and from everybody until it is shown, and a workbook neither tells nor changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.actions import open_store, results, rounds, studies
from lib.actions.live import discussion, taking_part
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.actions.ranking import firmness
from lib.actions.suppression import Selection
from lib.actions.uploads import uploads
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.live import Step
from lib.model.problems import Denied
from lib.model.records import Study
from lib.store import live, ratings
from tests.actions import rooms_of
from tests.actions.answered import (
    SECRET,
    answered,
    cells,
    ranking,
    rater,
    remark,
    scores,
    sheet_of,
    workbook,
)
from tests.actions.rooms_of import answer, area_ids, back, joined, now, refused, stages, step, tap, to
from tests.examples import examples
from tests.people import FACILITATOR


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def room(study: Study) -> Room:
    """Three groups have answered all, one with a comment, and the room rates still."""
    return answered(rooms_of.opened(study))


@pytest.fixture
def persons(study: Study) -> Room:
    """As `room`, by persons."""
    return answered(rooms_of.opened(study, group_mode=False))


def assert_hidden(room: Room, number: int = 1) -> None:
    """Nothing that anybody may ask for tells what a round came to."""
    workshop, selection = room.workshop, Selection(room.workshop.id, number)
    assert number not in results.choices(FACILITATOR, room.study, workshop.id).rounds
    asks = (
        lambda: results.ranking(FACILITATOR, room.study, selection),
        lambda: results.material(FACILITATOR, room.study, selection),
        lambda: results.look(room.study, selection),
    )
    for ask in asks:
        with refused("not_shown_yet", Denied):
            ask()
    current = uploads.current_rows(room.study)
    assert number not in {rating.round for rating in current.ratings}
    assert number not in {comment.round for comment in current.comments}
    if stages(room).round == number:
        with refused("not_shown_yet", Denied):
            taking_part.outcome(now(room))


@pytest.mark.parametrize("wanted", [Step.RATE, Step.FREEZE])
def test_what_is_not_shown_is_hidden_everywhere_also_from_the_facilitator(room: Room, wanted: Step) -> None:
    room = to(room, wanted)
    assert_hidden(room)
    assert results.workshops(FACILITATOR, room.study) == []
    assert SECRET not in cells(uploads.current_workbook(FACILITATOR, room.study, "nb"))
    overview = studies.overview(FACILITATOR, room.study)
    assert SECRET not in repr(overview)
    assert discussion.moved(FACILITATOR, room.study, room.workshop.id) is None
    assert not rounds.of(room.workshop).main


@pytest.mark.parametrize("steps", [1, 2])
def test_what_was_shown_is_hidden_again_after_a_step_back(room: Room, steps: int) -> None:
    to(room, Step.SHOW)
    assert scores(room)["Arkiv"] == pytest.approx((72 + 56 + 56) / 3)
    for _ in range(steps):
        back(room)
    assert_hidden(room)
    to(room, Step.SHOW)
    assert len(scores(room)) == 3


def test_a_second_round_is_hidden_while_the_first_stays(room: Room) -> None:
    to(room, Step.DISCUSS)
    step(room, Next("prioritisation", tuple(area_ids(room.study).values())))
    answer(room, rater(room, "Gruppe 1"), {"Arkiv": (1, 1)})
    remark(room, rater(room, "Gruppe 2"), "Arkiv", "Sagt i andre runde")
    assert_hidden(room, 2)
    assert scores(room)["Arkiv"] == pytest.approx(184 / 3, abs=1e-5)
    choices = results.choices(FACILITATOR, room.study, room.workshop.id)
    assert (dict(choices.rounds), choices.standing) == ({1: "prioritisation"}, 1)
    (topic,) = [each for each in discussion.topics(FACILITATOR, ranking(room)) if each.name == "Arkiv"]
    assert topic.comments == (("Gruppe 1", SECRET),)
    assert discussion.moved(FACILITATOR, room.study, room.workshop.id) is None
    to(room, Step.SHOW)
    assert results.choices(FACILITATOR, room.study, room.workshop.id).standing == 2
    topic = next(each for each in discussion.topics(FACILITATOR, ranking(room, 2)) if each.name == "Arkiv")
    assert set(topic.comments) == {("Gruppe 1", SECRET), ("Gruppe 2", "Sagt i andre runde")}
    assert discussion.moved(FACILITATOR, room.study, room.workshop.id) is not None
    back(room)
    assert_hidden(room, 2)
    back(room)
    back(room)
    assert stages(room).round == 1
    assert_hidden(room, 2)
    assert len(scores(room)) == 3


def test_a_file_that_was_made_while_it_was_shown_says_what_the_screen_said(room: Room) -> None:
    to(room, Step.SHOW)
    assert "Arkiv" in workbook(room, "ranking.order")
    assert firmness.firmness(FACILITATOR, ranking(room)).left_out == ()


@pytest.mark.parametrize("wanted", [Step.RATE, Step.FREEZE])
@pytest.mark.parametrize("values", [(9, 8), (1, 1)], ids=["as it was answered", "otherwise"])
def test_a_workbook_neither_writes_in_a_hidden_round_nor_tells_what_stands_there(
    room: Room, wanted: Step, values: tuple[int, int]
) -> None:
    to(room, wanted)
    content = sheet_of(room, (1, "Gruppe 1", "Arkiv", *values))
    preview = uploads.check(FACILITATOR, room.study, "bok.xlsx", content, "nb")
    assert [problem.code for problem in preview.errors] == ["workshop_is_live"]
    assert preview.changes is not None
    assert not preview.changes.ratings.changed
    assert (len(preview.changes.ratings.new), preview.changes.ratings.unchanged) in {(1, 0), (2, 0)}
    with refused("has_errors"):
        uploads.confirm(FACILITATOR, preview)


def test_a_workbook_changes_no_answer_of_the_room_when_it_is_out_either(room: Room) -> None:
    to(room, Step.END)
    for line in ((1, "Gruppe 1", "Arkiv", 1, 1), (2, "Gruppe 1", "Arkiv", 1, 1), (1, "Gruppe 9", "Arkiv", 1, 1)):
        preview = uploads.check(FACILITATOR, room.study, "bok.xlsx", sheet_of(room, line), "nb")
        assert [problem.code for problem in preview.errors] == ["workshop_is_live"]
    same = uploads.check(FACILITATOR, room.study, "bok.xlsx", sheet_of(room, (1, "Gruppe 1", "Arkiv", 9, 8)), "nb")
    assert not same.errors


def test_a_finished_group_workshop_comes_back_unchanged(room: Room) -> None:
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    step(room, Next("prioritisation", (ids["Lønn"],)))
    answer(room, rater(room, "Gruppe 1"), {"Lønn": (9, 9)})
    to(room, Step.DISCUSS)
    step(room, Next("dots", tuple(ids.values())))
    tap(now(room), rater(room, "Gruppe 1"), ids["Lønn"], "points", 5)
    to(room, Step.END)
    content = uploads.current_workbook(FACILITATOR, room.study, "nb")
    assert SECRET in cells(content)
    preview = uploads.check(FACILITATOR, room.study, "bok.xlsx", content, "nb")
    assert not preview.errors
    assert preview.changes is not None
    assert not preview.changes
    assert preview.changes.ratings.unchanged == 18 + 2


def test_what_persons_answered_never_leaves_with_their_names(persons: Room) -> None:
    for wanted in (Step.RATE, Step.SHOW, Step.END):
        to(persons, wanted)
        current = uploads.current_rows(persons.study)
        assert (current.ratings, current.comments) == ((), ())
        assert SECRET not in cells(uploads.current_workbook(FACILITATOR, persons.study, "nb"))
    preview = uploads.check(
        FACILITATOR, persons.study, "bok.xlsx", sheet_of(persons, (1, "Deltaker 1", "Arkiv", 9, 8)), "nb"
    )
    assert [problem.code for problem in preview.errors] == ["workshop_is_live"]


MOVES = st.lists(
    st.one_of(
        st.sampled_from(["forward", "forward", "back", "again", "dots"]),
        st.tuples(st.sampled_from(["Gruppe 1", "Gruppe 2"]), st.sampled_from(rooms_of.AREAS), st.integers(0, 10)),
    ),
    max_size=30,
)


Moves = list[str | tuple[str, str, int]]


Key = tuple[int, str, str, str]


def _moved(room: Room, move: str) -> None:
    after = {"again": "prioritisation", "dots": "dots"}.get(move)
    if move == "back":
        back(room)
    elif after is None or stages(room).step is Step.DISCUSS:
        step(room, Next(after, tuple(area_ids(room.study).values())) if after else None)


def _tapped(room: Room, who: str, name: str, value: int) -> Iterator[tuple[Key, int]]:
    """The keys of the answers that were acknowledged, with their values."""
    room, person, item = now(room), rater(room, who), area_ids(room.study)[name]
    for criterion in room.method.criterion_keys:
        try:
            assert tap(room, person, item, criterion, value)
        except Denied:
            continue
        yield (room.stage.round, person.id, item, criterion), value


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_a_round_is_seen_exactly_when_its_last_stage_is_open_and_no_acknowledged_answer_is_lost(
    study: Study, moves: Moves
) -> None:
    room = rooms_of.opened(study)
    for name in ("Gruppe 1", "Gruppe 2"):
        joined(room, name)
    kept: dict[Key, int] = {}
    for move in moves:
        if isinstance(move, str):
            _moved(room, move)
        else:
            kept |= dict(_tapped(room, *move))
        last: dict[int, Step] = {}
        for stage in live.stages(open_store.store(), room.workshop.id):
            last[stage.round] = stage.step
        seen = rounds.of(room.workshop)
        open_steps = {Step.SHOW, Step.DISCUSS, Step.END}
        assert set(seen.shown) == {number for number, *_ in kept if last[number] in open_steps}
        assert set(seen.hidden) == {number for number, *_ in kept if last[number] not in open_steps}
    assert _stored(room) == kept
    for number, person in {(number, person) for number, person, *_ in kept}:
        spent = sum(value for key, value in kept.items() if key[:2] == (number, person) and key[3] == "points")
        assert spent <= 5


def _stored(room: Room) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for number in ratings.rounds(open_store.store(), room.workshop.id):
        frame: pd.DataFrame = ratings.current(open_store.store(), room.workshop.id, number)
        for who, item, key, value in zip(frame[RATER], frame[ITEM], frame[CRITERION], frame[VALUE], strict=True):
            found[number, who, item, key] = int(value)
    return found
