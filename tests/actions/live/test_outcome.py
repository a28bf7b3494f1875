"""What a round came to: seen from shown on, hidden again after a step back, and of those who count."""

from __future__ import annotations

from collections import Counter

import pytest

from lib.actions import rounds
from lib.actions.live import collecting, seating, taking_part
from lib.actions.live.rooms import Room
from lib.model.live import Step
from lib.model.problems import Denied
from lib.model.records import Rater, Study
from tests.actions import rooms_of
from tests.actions.rooms_of import actor, answer, back, joined, now, refused, step, tap, to
from tests.people import FACILITATOR


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def room(study: Study) -> Room:
    return rooms_of.opened(study)


@pytest.fixture
def rater(room: Room) -> Rater:
    return joined(room, "Gruppe 1")[0]


@pytest.fixture
def asking(study: Study) -> Room:
    """A workshop with two open questions before the areas."""
    return rooms_of.opened(study, prompts=("Hva?", "Hvorfor?"))


def test_the_outcome_is_seen_from_shown_on_and_hidden_again_after_a_step_back(room: Room, rater: Rater) -> None:
    other, _ = joined(room, "Gruppe 2")
    with refused("not_shown_yet", Denied):
        taking_part.outcome(now(room))
    to(room, Step.RATE)
    answer(room, rater, {"Arkiv": (9, 8), "Lønn": (5, 5)})
    answer(room, other, {"Arkiv": (7, 8), "Lønn": (5, None)})
    for wanted in (Step.RATE, Step.FREEZE):
        with refused("not_shown_yet", Denied):
            taking_part.outcome(to(room, wanted))
    for wanted in (Step.SHOW, Step.DISCUSS, Step.END):
        lines = taking_part.outcome(to(room, wanted))
        assert [(line.place, line.name, line.score, line.raters) for line in lines] == [
            (1, "Arkiv", 64.0, 2),
            (2, "Lønn", 25.0, 1),
        ]
    for _ in range(3):
        room = back(room)
    assert room.stage.step is Step.FREEZE
    with refused("not_shown_yet", Denied):
        taking_part.outcome(room)


def test_a_round_that_nobody_answered_has_no_outcome(room: Room) -> None:
    assert taking_part.outcome(to(room, Step.SHOW)) == ()


def test_who_is_removed_after_the_result_was_shown_counts_no_more(room: Room, rater: Rater) -> None:
    other, _ = joined(room, "Tull")
    to(room, Step.RATE)
    answer(room, rater, {"Arkiv": (9, 8)})
    answer(room, other, {"Arkiv": (1, 1)})
    room = to(room, Step.SHOW)
    assert [line.score for line in taking_part.outcome(room)] == [36.5]
    seating.remove(FACILITATOR, room.study, room.workshop.id, other.id)
    assert [(line.score, line.raters) for line in taking_part.outcome(now(room))] == [(72.0, 1)]


def test_points_to_ideas_are_counted_and_ties_share_a_place(asking: Room) -> None:
    people = [joined(asking, f"Gruppe {number}")[0] for number in (1, 2)]
    for text in ("Ett", "To", "Tre"):
        taking_part.contribute(actor(asking, people[0]), now(asking), people[0], text, 0, text)
    collecting.take_each(FACILITATOR, asking.study, asking.workshop.id)
    room = step(asking)
    ids = {idea.text: idea.id for idea in room.ideas}
    for rater, ballot in zip(people, ({"Ett": 3, "To": 2}, {"To": 1, "Ett": 0}), strict=True):
        for text, points in ballot.items():
            tap(room, rater, ids[text], "points", points)
    with refused("not_shown_yet", Denied):
        taking_part.outcome(room)
    lines = taking_part.outcome(step(room))
    assert Counter((line.place, line.name, line.score, line.raters) for line in lines) == Counter(
        [(1, "Ett", 3.0, 2), (1, "To", 3.0, 2), (3, "Tre", 0.0, 2)]
    )
    with refused("not_shown_yet", Denied):
        taking_part.outcome(back(room))


def test_ideas_take_no_comments_and_no_more_points_once_shown(asking: Room) -> None:
    rater, _ = joined(asking, "Gruppe 1")
    taking_part.contribute(actor(asking, rater), now(asking), rater, "t", 0, "Ett")
    collecting.take_each(FACILITATOR, asking.study, asking.workshop.id)
    room = step(asking)
    (idea,) = room.ideas
    with refused("round_closed", Denied):
        taking_part.remark(actor(room, rater), room, rater, "r", idea.id, "Hei")
    assert tap(room, rater, idea.id, "points", 1)
    room = step(room)
    with refused("round_closed", Denied):
        tap(room, rater, idea.id, "points", 2)
    assert rounds.of(room.workshop).shown == ()
