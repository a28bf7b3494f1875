"""A round is hidden everywhere and from everybody until it is shown, and then holds what was answered in it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lib.actions import (
    discussing,
    exports,
    firmness,
    house,
    results,
    rounds,
    seating,
    studies,
    taking_part,
    uploads,
    workshops,
)
from lib.actions.results import Ranking
from lib.actions.rooms import Room
from lib.actions.suppression import Selection
from lib.actions.workshops import Next
from lib.model.columns import CRITERION, ITEM, RATER, SCORE, VALUE
from lib.model.live import Step
from lib.model.problems import Denied
from lib.model.records import Rater, Study, new_id
from lib.store import live, ratings
from tests.actions import rooms_of
from tests.actions.books import book
from tests.actions.rooms_of import actor, answer, area_ids, joined, now, refused, stages, step, tap, to
from tests.people import FACILITATOR

ANSWERS = {
    "Gruppe 1": {"Arkiv": (9, 8), "Lønn": (5, 5), "Telefoni": (2, 3)},
    "Gruppe 2": {"Arkiv": (7, 8), "Lønn": (5, 4), "Telefoni": (4, 4)},
    "Gruppe 3": {"Arkiv": (8, 7), "Lønn": (6, 6), "Telefoni": (1, 9)},
}
SECRET = "Sagt i fortrolighet"
HEAD = ("Workshop", "Runde", "Gruppe", "Område", "Potensial", "Gjennomførbarhet")


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


def answered(room: Room, given: dict[str, dict[str, tuple[int, int]]] | None = None) -> Room:
    to(room, Step.RATE)
    people = [joined(room, name)[0] for name in given or ANSWERS]
    for rater, said in zip(people, (given or ANSWERS).values(), strict=True):
        answer(room, rater, said)
    remark(room, people[0], "Arkiv", SECRET)
    return now(room)


def remark(room: Room, rater: Rater, name: str, text: str) -> None:
    item = area_ids(room.study)[name]
    taking_part.remark(actor(room, rater), now(room), rater, new_id(), item, text)


def back(room: Room) -> Room:
    workshops.back(FACILITATOR, room.study, room.workshop.id, stages(room).seq)
    return now(room)


def rater(room: Room, name: str) -> Rater:
    return next(rater for rater in now(room).raters.values() if rater.name == name)


def ranking(room: Room, number: int = 1) -> Ranking:
    return results.ranking(FACILITATOR, room.study, Selection(room.workshop.id, number))


def scores(room: Room, number: int = 1) -> dict[str, float]:
    """Area's name → its score in a round."""
    found = ranking(room, number)
    return {
        found.material.names[item]: round(score, 6)
        for item, score in zip(found.summary[ITEM], found.summary[SCORE], strict=True)
    }


def of_values(room: Room, name: str, number: int) -> dict[str, dict[str, float]]:
    """Rater's name → criterion → what stands on an area in a round, as results take it."""
    frame = rounds.of(room.workshop).answers(number)
    frame = frame[frame[ITEM] == area_ids(room.study)[name]]
    names = {rater.id: rater.name for rater in now(room).raters.values()}
    found: dict[str, dict[str, float]] = {}
    for who, key, value in zip(frame[RATER], frame[CRITERION], frame[VALUE], strict=True):
        found.setdefault(names[who], {})[key] = value
    return found


def sheet_of(room: Room, *lines: tuple[object, ...]) -> bytes:
    return book({"Vurderinger": [HEAD, *((room.workshop.name, *line) for line in lines)]})


def cells(content: bytes) -> list[object]:
    workbook = load_workbook(io.BytesIO(content))
    return [cell.value for sheet in workbook.worksheets for line in sheet.iter_rows() for cell in line]


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
    assert discussing.moved(FACILITATOR, room.study, room.workshop) is None
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
    (topic,) = [each for each in discussing.topics(FACILITATOR, ranking(room)) if each.name == "Arkiv"]
    assert topic.comments == (("Gruppe 1", SECRET),)
    assert discussing.moved(FACILITATOR, room.study, room.workshop) is None
    to(room, Step.SHOW)
    assert results.choices(FACILITATOR, room.study, room.workshop.id).standing == 2
    topic = next(each for each in discussing.topics(FACILITATOR, ranking(room, 2)) if each.name == "Arkiv")
    assert set(topic.comments) == {("Gruppe 1", SECRET), ("Gruppe 2", "Sagt i andre runde")}
    assert discussing.moved(FACILITATOR, room.study, room.workshop) is not None
    back(room)
    assert_hidden(room, 2)
    back(room)
    back(room)
    assert stages(room).round == 1
    assert_hidden(room, 2)
    assert len(scores(room)) == 3


def test_a_file_that_was_made_while_it_was_shown_says_what_the_screen_said(room: Room) -> None:
    to(room, Step.SHOW)
    content = exports.ranking_workbook(FACILITATOR, ranking(room), "nb")
    assert "Arkiv" in cells(content)
    assert firmness.firmness(FACILITATOR, ranking(room)).left_out == ()


# --- a workbook that names a live workshop


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


# --- what stands in a round


def test_a_round_of_some_areas_keeps_the_others_as_they_were(room: Room) -> None:
    """Lønn again by two of three: (9·9 + 1·1) / 2 = 41; the others as in the first round."""
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    step(room, Next("prioritisation", (ids["Lønn"],)))
    answer(room, rater(room, "Gruppe 1"), {"Lønn": (9, 9)})
    answer(room, rater(room, "Gruppe 2"), {"Lønn": (1, 1)})
    to(room, Step.SHOW)
    assert scores(room, 2) == {
        "Arkiv": pytest.approx(184 / 3, abs=1e-5),
        "Lønn": 41.0,
        "Telefoni": pytest.approx(31 / 3, abs=1e-5),
    }
    assert set(of_values(room, "Lønn", 2)) == {"Gruppe 1", "Gruppe 2"}
    assert scores(room, 1)["Lønn"] == pytest.approx((25 + 20 + 36) / 3, abs=1e-5)
    found = discussing.moved(FACILITATOR, room.study, room.workshop)
    assert found is not None
    moved = {found.names[row[ITEM]]: row["moved"] for row in found.table.to_dict("records")}
    assert moved == {"Arkiv": 0, "Lønn": 0, "Telefoni": 0}


def test_a_third_round_takes_each_area_from_the_newest_round_that_has_it(room: Room) -> None:
    ids = area_ids(room.study)
    for number, name in ((2, "Lønn"), (3, "Telefoni")):
        to(room, Step.DISCUSS)
        step(room, Next("prioritisation", (ids[name],)))
        answer(room, rater(room, "Gruppe 1"), {name: (number, number)})
    to(room, Step.SHOW)
    found = scores(room, 3)
    assert (found["Lønn"], found["Telefoni"]) == (4.0, 9.0)
    assert found["Arkiv"] == pytest.approx(184 / 3, abs=1e-5)


def test_what_was_answered_about_an_area_that_was_taken_out_counts_nowhere(room: Room) -> None:
    ids = area_ids(room.study)
    workshops.choose_items(FACILITATOR, room.study, room.workshop.id, stages(room).seq, (ids["Lønn"], ids["Telefoni"]))
    to(room, Step.SHOW)
    assert set(scores(room)) == {"Lønn", "Telefoni"}
    assert {each.item for each in uploads.current_rows(room.study).ratings} == {ids["Lønn"], ids["Telefoni"]}


def test_whoever_gave_points_gave_none_to_the_rest(room: Room) -> None:
    """Five points from one and two from another: 5 + 0, 0 + 2 and 0 + 0."""
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    step(room, Next("dots", tuple(ids.values())))
    tap(now(room), rater(room, "Gruppe 1"), ids["Arkiv"], "points", 5)
    tap(now(room), rater(room, "Gruppe 2"), ids["Lønn"], "points", 2)
    to(room, Step.SHOW)
    assert scores(room, 2) == {"Arkiv": 5.0, "Lønn": 2.0, "Telefoni": 0.0}
    assert of_values(room, "Telefoni", 2) == {"Gruppe 1": {"points": 0.0}, "Gruppe 2": {"points": 0.0}}
    choices = results.choices(FACILITATOR, room.study, room.workshop.id)
    assert (dict(choices.rounds), choices.standing) == ({1: "prioritisation", 2: "dots"}, 1)
    assert discussing.moved(FACILITATOR, room.study, room.workshop) is None


def test_a_round_that_began_by_another_method_holds_none_of_its_answers(room: Room) -> None:
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    step(room, Next("dots", tuple(ids.values())))
    tap(now(room), rater(room, "Gruppe 3"), ids["Arkiv"], "points", 5)
    back(room)
    step(room, Next("prioritisation", tuple(ids.values())))
    answer(room, rater(room, "Gruppe 1"), {"Arkiv": (2, 2)})
    to(room, Step.SHOW)
    assert scores(room, 2)["Arkiv"] == 4.0
    assert of_values(room, "Arkiv", 2) == {"Gruppe 1": {"potential": 2.0, "feasibility": 2.0}}
    assert all(each.criterion != "points" for each in uploads.current_rows(room.study).ratings)
    preview = uploads.check(
        FACILITATOR, room.study, "b.xlsx", uploads.current_workbook(FACILITATOR, room.study, "nb"), "nb"
    )
    assert not preview.errors
    assert not preview.changes


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_removed_group_counts_nowhere(room: Room, when: str) -> None:
    """Without Gruppe 1: (56 + 56) / 2, whether it goes before or after the result is out."""
    gone = rater(room, "Gruppe 1")
    if when == "after":
        to(room, Step.SHOW)
        assert len(taking_part.outcome(now(room))) == 3
    seating.remove(FACILITATOR, room.study, room.workshop.id, gone.id)
    to(room, Step.SHOW)
    assert scores(room)["Arkiv"] == 56.0
    assert [line.raters for line in taking_part.outcome(now(room))] == [2, 2, 2]
    assert gone.id not in results.choices(FACILITATOR, room.study, room.workshop.id).groups
    current = uploads.current_rows(room.study)
    assert gone.id not in {rating.rater for rating in current.ratings}
    assert gone.id not in {comment.rater for comment in current.comments}
    assert SECRET not in cells(uploads.current_workbook(FACILITATOR, room.study, "nb"))
    found = discussing.topics(FACILITATOR, ranking(room))
    assert not any(each.comments for each in found)
    assert set(discussing.scores(FACILITATOR, ranking(room))[RATER]) == set(now(room).raters)


def test_a_round_that_came_by_workbook_stands_by_itself(study: Study) -> None:
    lines = [("Fra bok", number, "G1", "Arkiv", number, number) for number in (1, 2)]
    lines.append(("Fra bok", 1, "G1", "Lønn", 9, 9))
    content = book({"Vurderinger": [HEAD, *lines]})
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb")
    assert not preview.errors
    uploads.confirm(FACILITATOR, preview)
    (workshop,) = results.workshops(FACILITATOR, study)
    seen = rounds.of(workshop)
    assert (seen.shown, seen.hidden) == ((1, 2), ())
    assert len(seen.answers(2)) == 2


# --- persons


def test_nothing_is_shown_of_fewer_than_three_persons(study: Study) -> None:
    given = dict(list(ANSWERS.items())[:2])
    room = to(answered(rooms_of.opened(study, group_mode=False), given), Step.SHOW)
    with refused("too_few_raters", Denied):
        ranking(room)
    assert taking_part.outcome(room) == ()
    groups = to(answered(rooms_of.opened(study), given), Step.SHOW)
    assert len(discussing.topics(FACILITATOR, ranking(groups))) == 3
    assert len(discussing.scores(FACILITATOR, ranking(groups))) == 6


def test_groups_are_named_and_persons_never(room: Room, persons: Room) -> None:
    (topic,) = [each for each in discussing.topics(FACILITATOR, ranking(to(room, Step.SHOW))) if each.name == "Arkiv"]
    assert topic.comments == (("Gruppe 1", SECRET),)
    assert topic.apart is not None
    assert {topic.apart[0].name, topic.apart[1].name} <= set(ANSWERS)
    found = discussing.topics(FACILITATOR, ranking(to(persons, Step.SHOW)))
    assert len(found) == 3
    assert "Deltaker" not in repr(found)
    assert all(each.apart is None for each in found)
    assert [each.comments for each in found if each.comments] == [(("", SECRET),)]
    assert results.choices(FACILITATOR, persons.study, persons.workshop.id).groups == {}
    someone = Selection(persons.workshop.id, leave_out=next(iter(now(persons).raters)))
    with pytest.raises(Denied):
        results.ranking(FACILITATOR, persons.study, someone)


def test_topics_count_how_many_gave_each_step(room: Room) -> None:
    found = discussing.topics(FACILITATOR, ranking(to(room, Step.SHOW)))
    counts = next(each.counts for each in found if each.name == "Arkiv")
    assert counts["potential"] == (0, 0, 0, 0, 0, 0, 1, 1, 1, 0)
    assert counts["feasibility"] == (0, 0, 0, 0, 0, 0, 1, 2, 0, 0)


# --- laws

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


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        for stage in live.stages(house.store(), room.workshop.id):
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
    for number in ratings.rounds(house.store(), room.workshop.id):
        frame: pd.DataFrame = ratings.current(house.store(), room.workshop.id, number)
        for who, item, key, value in zip(frame[RATER], frame[ITEM], frame[CRITERION], frame[VALUE], strict=True):
            found[number, who, item, key] = int(value)
    return found
