"""What people write becomes ideas, and ideas become areas: grouped, moved, taken apart, and kept once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.actions.bridge import promoting
from lib.actions.live import collecting, seating, taking_part, workshops
from lib.actions.live.collecting import TEXT_LIMIT, Collected
from lib.actions.live.rooms import Room
from lib.actions.uploads import uploads
from lib.model.access import Actor
from lib.model.live import Idea, Step
from lib.model.problems import NotFound
from lib.model.records import Rater, Study
from tests.actions import rooms_of
from tests.actions.rooms_of import actor, joined, now, refused, stages, step, tap, to
from tests.people import FACILITATOR, let_through

TEXTS = {"t1": "Felles vakt", "t2": "felles VAKT", "t3": "Innkjøp", "t4": "Felles vakt"}


@pytest.fixture
def room(own: Study) -> Room:
    rooms_of.furnish(own)
    return rooms_of.opened(own, prompts=("Hva?", "Hvorfor?"))


@pytest.fixture
def rater(room: Room) -> Rater:
    """A group that has written three things under the first question and one under the second."""
    rater, _ = joined(room, "Gruppe 1")
    for key, text in TEXTS.items():
        taking_part.contribute(actor(room, rater), now(room), rater, key, int(key == "t4"), text)
    return rater


def found(room: Room) -> Collected:
    return collecting.collected(FACILITATOR, room.study, room.workshop.id)


def group(room: Room, *taps: str, text: str = "Idé", idea: str = "") -> Idea:
    return collecting.group(FACILITATOR, room.study, room.workshop.id, taps, text, idea)


def members(room: Room) -> dict[str, list[str]]:
    return {idea.text: idea.members for idea in found(room).ideas}


def loose(room: Room) -> list[str]:
    return [each.tap for each in found(room).loose]


def test_what_was_written_is_loose_until_it_is_grouped(room: Room, rater: Rater) -> None:
    assert loose(room) == list(TEXTS)
    idea = group(room, "t1", "t2", text=" Felles \n vakt ")
    assert (idea.text, idea.prompt, idea.members) == ("Felles vakt", 0, ["t1", "t2"])
    assert loose(room) == ["t3", "t4"]
    assert [each.text for each in found(room).contributions] == list(TEXTS.values())


def test_an_idea_takes_more_and_another_text_and_keeps_its_question(room: Room, rater: Rater) -> None:
    idea = group(room, "t1", text="Vakt")
    same = group(room, "t4", "t1", text="Felles vakt", idea=idea.id)
    assert (same.id, same.prompt, same.members) == (idea.id, 0, ["t1", "t4"])
    assert members(room) == {"Felles vakt": ["t1", "t4"]}
    assert group(room, text="Ny tekst", idea=idea.id).members == ["t1", "t4"]


def test_what_moves_to_another_idea_leaves_the_first(room: Room, rater: Rater) -> None:
    group(room, "t1", "t2", text="Vakt")
    other = group(room, "t3", text="Innkjøp")
    group(room, "t2", text="Innkjøp", idea=other.id)
    assert members(room) == {"Vakt": ["t1"], "Innkjøp": ["t3", "t2"]}
    assert loose(room) == ["t4"]


@pytest.mark.parametrize("text", ["", "  \n", "x" * (TEXT_LIMIT + 1)])
def test_an_idea_has_a_text(room: Room, rater: Rater, text: str) -> None:
    with refused("idea_text"):
        group(room, "t1", text=text)
    assert found(room).ideas == ()


def test_what_nobody_wrote_and_an_idea_that_is_gone_are_not_found(room: Room, rater: Rater) -> None:
    idea = group(room, "t1")
    collecting.dissolve(FACILITATOR, room.study, room.workshop.id, idea.id)
    with refused("not_found", NotFound):
        group(room, "t1", "nowhere")
    with refused("not_found", NotFound):
        group(room, text="Endret av en annen", idea=idea.id)
    assert found(room).ideas == ()


def test_each_that_is_loose_becomes_an_idea_and_equal_texts_one(room: Room, rater: Rater) -> None:
    group(room, "t3", text="Innkjøp")
    assert collecting.take_each(FACILITATOR, room.study, room.workshop.id) == 2
    ideas = sorted((idea.prompt, idea.text, idea.members) for idea in found(room).ideas)
    assert ideas == [(0, "Felles vakt", ["t1", "t2"]), (0, "Innkjøp", ["t3"]), (1, "Felles vakt", ["t4"])]
    assert collecting.take_each(FACILITATOR, room.study, room.workshop.id) == 0


def test_two_who_take_each_at_once_make_each_once(room: Room, rater: Rater) -> None:
    with ThreadPoolExecutor(4) as people:
        made = list(people.map(lambda _: collecting.take_each(FACILITATOR, room.study, room.workshop.id), range(4)))
    assert sorted(made) == [0, 0, 0, 3]
    assert len(found(room).ideas) == 3


def test_what_was_in_a_dissolved_idea_stands_alone_again(room: Room, rater: Rater) -> None:
    idea = group(room, "t1", "t2")
    for _ in range(2):
        collecting.dissolve(FACILITATOR, room.study, room.workshop.id, idea.id)
        assert (found(room).ideas, loose(room)) == ((), list(TEXTS))


def test_what_a_removed_group_wrote_is_seen_no_more(room: Room, rater: Rater) -> None:
    seating.remove(FACILITATOR, room.study, room.workshop.id, rater.id)
    assert found(room).contributions == ()


# --- areas


def test_an_idea_is_kept_once_as_an_area_that_is_rated(room: Room, rater: Rater) -> None:
    idea = group(room, "t1", text="Felles vakt")
    area = promoting.keep(FACILITATOR, room.study, room.workshop.id, idea.id)
    assert promoting.keep(FACILITATOR, room.study, room.workshop.id, idea.id) == area
    assert (area.code, area.name) == ("4", "Felles vakt")
    assert now(room).areas[area.id].source == room.workshop.name
    assert now(room).plan.items == [*room.plan.items, area.id]
    assert found(room).ideas[0].area == area.id
    assert to(room, Step.RATE).items[-1].area == now(room).areas[area.id]


def test_an_area_that_is_made_after_the_rating_began_waits_for_another_workshop(room: Room, rater: Rater) -> None:
    idea = group(room, "t1")
    rated = to(room, Step.RATE)
    area = promoting.keep(FACILITATOR, room.study, room.workshop.id, idea.id)
    assert area.id not in now(room).plan.items
    assert stages(room) == rated.stage
    assert area.id in now(room).areas
    with refused("not_found", NotFound):
        promoting.keep(FACILITATOR, room.study, room.workshop.id, "nowhere")


def test_an_area_that_was_made_of_an_idea_comes_back_in_a_workbook_as_itself(room: Room, rater: Rater) -> None:
    promoting.keep(FACILITATOR, room.study, room.workshop.id, group(room, "t1", text="Felles vakt").id)
    content = uploads.current_workbook(FACILITATOR, room.study, "nb")
    preview = uploads.check(FACILITATOR, room.study, "bok.xlsx", content, "nb")
    assert not preview.errors
    assert preview.changes is not None
    assert not preview.changes.areas


@pytest.mark.parametrize(
    ("codes", "free"),
    [
        ([], "1"),
        (["1", "2", "9"], "10"),
        (["A", "B"], "N1"),
        (["A", "N1", "N2"], "N3"),
        (["A", "07"], "8"),
        (["²", "٣"], "N1"),
    ],
)
def test_a_new_code_is_the_next_number_or_one_of_its_own(codes: list[str], free: str) -> None:
    assert promoting.free_code(codes) == free


# --- points


def test_points_are_hidden_until_they_are_shown_and_after_a_step_back(room: Room, rater: Rater) -> None:
    idea = group(room, "t1")
    tap(step(room), rater, idea.id, "points", 4)
    assert (found(room).points, found(room).givers) == ({}, 0)
    step(room)
    assert (found(room).points, found(room).givers) == ({idea.id: 4}, 1)
    workshops.back(FACILITATOR, room.study, room.workshop.id, stages(room).seq)
    assert (found(room).points, found(room).givers) == ({}, 0)
    to(room, Step.RATE)
    assert found(room).points == {idea.id: 4}
    seating.remove(FACILITATOR, room.study, room.workshop.id, rater.id)
    assert (found(room).points, found(room).givers) == ({}, 0)


# --- who may

Act = Callable[[Actor, Room, Idea], object]
EDITING: dict[str, Act] = {
    "group": lambda actor, room, idea: collecting.group(actor, room.study, room.workshop.id, ["t2"], "To", idea.id),
    "take each": lambda actor, room, idea: collecting.take_each(actor, room.study, room.workshop.id),
    "dissolve": lambda actor, room, idea: collecting.dissolve(actor, room.study, room.workshop.id, idea.id),
    "make area": lambda actor, room, idea: promoting.keep(actor, room.study, room.workshop.id, idea.id),
}


@pytest.mark.parametrize("act", EDITING.values(), ids=EDITING)
def test_facilitators_make_ideas(room: Room, rater: Rater, act: Act) -> None:
    idea = group(room, "t1")
    assert let_through(lambda actor: act(actor, room, idea), room.study) == {"facilitator"}


def test_what_was_written_is_seen_by_those_who_watch(room: Room, rater: Rater) -> None:
    through = let_through(lambda actor: collecting.collected(actor, room.study, room.workshop.id), room.study)
    assert through == {"reader", "leader", "facilitator"}
