"""What stands in a round: whose answers, to what, from which round, and what is said of groups and of persons."""

from __future__ import annotations

import pytest

from lib.actions import results, rounds
from lib.actions.live import discussion, seating, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.actions.suppression import Selection
from lib.actions.uploads import uploads
from lib.model.columns import ITEM, RATER
from lib.model.live import Step
from lib.model.problems import Denied
from lib.model.records import Study
from tests.actions import rooms_of
from tests.actions.answered import (
    ANSWERS,
    HEAD,
    SECRET,
    answered,
    cells,
    of_values,
    ranking,
    rater,
    scores,
)
from tests.actions.books import book
from tests.actions.rooms_of import answer, area_ids, back, now, refused, stages, step, tap, to
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
    found = discussion.moved(FACILITATOR, room.study, room.workshop.id)
    assert found is not None
    names = ranking(room, 2).material.names
    moved = {names[row[ITEM]]: row["moved"] for row in found.table.to_dict("records")}
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
    assert discussion.moved(FACILITATOR, room.study, room.workshop.id) is None


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
    found = discussion.topics(FACILITATOR, ranking(room))
    assert not any(each.comments for each in found)
    assert set(discussion.scores(FACILITATOR, ranking(room))[RATER]) == set(now(room).raters)


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


def test_nothing_is_shown_of_fewer_than_three_persons(study: Study) -> None:
    given = dict(list(ANSWERS.items())[:2])
    room = to(answered(rooms_of.opened(study, group_mode=False), given), Step.SHOW)
    with refused("too_few_raters", Denied):
        ranking(room)
    assert taking_part.outcome(room) == ()
    groups = to(answered(rooms_of.opened(study), given), Step.SHOW)
    assert len(discussion.topics(FACILITATOR, ranking(groups))) == 3
    assert len(discussion.scores(FACILITATOR, ranking(groups))) == 6


def test_groups_are_named_and_persons_never(room: Room, persons: Room) -> None:
    (topic,) = [each for each in discussion.topics(FACILITATOR, ranking(to(room, Step.SHOW))) if each.name == "Arkiv"]
    assert topic.comments == (("Gruppe 1", SECRET),)
    assert topic.apart is not None
    assert {topic.apart[0].name, topic.apart[1].name} <= set(ANSWERS)
    found = discussion.topics(FACILITATOR, ranking(to(persons, Step.SHOW)))
    assert len(found) == 3
    assert "Deltaker" not in repr(found)
    assert all(each.apart is None for each in found)
    assert [each.comments for each in found if each.comments] == [(("", SECRET),)]
    assert results.choices(FACILITATOR, persons.study, persons.workshop.id).groups == {}
    someone = Selection(persons.workshop.id, leave_out=next(iter(now(persons).raters)))
    with pytest.raises(Denied):
        results.ranking(FACILITATOR, persons.study, someone)


def test_topics_count_how_many_gave_each_step(room: Room) -> None:
    found = discussion.topics(FACILITATOR, ranking(to(room, Step.SHOW)))
    counts = next(each.counts for each in found if each.name == "Arkiv")
    assert counts["potential"] == (0, 0, 0, 0, 0, 0, 1, 1, 1, 0)
    assert counts["feasibility"] == (0, 0, 0, 0, 0, 0, 1, 2, 0, 0)
