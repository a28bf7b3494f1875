"""Every step of a workshop forward and back, its time and its areas, and two who lead at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lib.actions import open_store
from lib.actions.live import collecting, seating, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import LONGEST_MINUTES, Next
from lib.actions.uploads import uploads
from lib.domain.methods import METHODS
from lib.model.live import Stage, Step
from lib.model.problems import Stale
from lib.model.records import Study, Workshop
from lib.store import audit, live, ratings
from tests.actions import rooms_of
from tests.actions.books import book
from tests.actions.rooms_of import area_ids, back, now, refused, stages, step, to
from tests.people import FACILITATOR

PROMPTS = ("Hva får vi til sammen?", "Hva er vanskelig?")


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def room(study: Study) -> Room:
    return rooms_of.opened(study)


def where(room: Room) -> tuple[Step, int]:
    stage = stages(room)
    return stage.step, stage.round


def with_idea(room: Room, text: str = "Felles vaktordning") -> Room:
    """Somebody has written something, and the facilitator has made an idea of it."""
    rater, _ = rooms_of.joined(room, f"Gruppe som skrev {text}")
    taking_part.contribute(rooms_of.actor(room, rater), now(room), rater, f"tap {text}", 0, text)
    collecting.group(FACILITATOR, room.study, room.workshop.id, [f"tap {text}"], text)
    return now(room)


def choose(room: Room, *names: str) -> Stage:
    ids = area_ids(room.study)
    items = tuple(ids[name] for name in names)
    return workshops.choose_items(FACILITATOR, room.study, room.workshop.id, stages(room).seq, items)


def test_a_workshop_on_areas_goes_from_the_lobby_to_the_end_and_all_the_way_back(room: Room) -> None:
    path = [where(room)]
    while stages(room).step is not Step.END:
        step(room)
        path.append(where(room))
    assert path == [
        (Step.COLLECT, 0),
        (Step.RATE, 1),
        (Step.FREEZE, 1),
        (Step.SHOW, 1),
        (Step.DISCUSS, 1),
        (Step.END, 1),
    ]
    returned = [where(room)]
    while workshops.preceding(now(room)) is not None:
        back(room)
        returned.append(where(room))
    assert returned == path[::-1]


def test_ideas_are_given_points_before_the_areas_are_rated(study: Study) -> None:
    room = with_idea(rooms_of.opened(study, prompts=PROMPTS))
    path = [where(step(room)) for _ in range(4)]
    assert path == [(Step.POINTS, 0), (Step.SHOW, 0), (Step.RATE, 1), (Step.FREEZE, 1)]
    assert [where(back(room)) for _ in range(4)] == [
        (Step.RATE, 1),
        (Step.SHOW, 0),
        (Step.POINTS, 0),
        (Step.COLLECT, 0),
    ]
    assert stages(room).items == ()
    with_idea(room, "En til")
    assert len(step(room).stage.items) == 2
    assert {subject.name for subject in now(room).subjects} == {"Felles vaktordning", "En til"}


def test_prompts_without_ideas_lead_straight_to_the_areas(study: Study) -> None:
    room = rooms_of.opened(study, prompts=PROMPTS)
    assert where(step(room)) == (Step.RATE, 1)


def test_prompts_alone_end_after_the_points(study: Study) -> None:
    room = with_idea(rooms_of.opened(study, items=(), prompts=PROMPTS))
    assert [where(step(room)) for _ in range(3)] == [(Step.POINTS, 0), (Step.SHOW, 0), (Step.END, 0)]
    assert where(back(room)) == (Step.SHOW, 0)


def test_prompts_alone_without_ideas_end_at_once_and_areas_may_still_be_chosen(study: Study) -> None:
    room = rooms_of.opened(study, items=(), prompts=PROMPTS)
    choose(room, "Lønn")
    assert where(step(room)) == (Step.RATE, 1)
    other = rooms_of.opened(study, items=(), prompts=PROMPTS)
    assert where(step(other)) == (Step.END, 0)
    assert where(back(other)) == (Step.COLLECT, 0)


def test_forward_at_the_end_and_back_at_the_start_do_nothing(room: Room) -> None:
    start = stages(room)
    workshops.back(FACILITATOR, room.study, room.workshop.id, start.seq)
    assert stages(room) == start
    end = to(room, Step.END).stage
    workshops.forward(FACILITATOR, room.study, room.workshop.id, end.seq)
    assert stages(room) == end


def test_what_was_answered_stays_when_the_room_steps_back(room: Room) -> None:
    rater, _ = rooms_of.joined(room, "Gruppe 1")
    to(room, Step.RATE)
    rooms_of.answer(room, rater, {"Arkiv": (9, 8)})
    to(room, Step.FREEZE)
    back(room)
    assert {*taking_part.own_answers(now(room), rater).values.values()} == {8, 9}


def test_another_round_may_take_some_areas_or_be_of_points(room: Room) -> None:
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    stage = step(room, Next("prioritisation", (ids["Lønn"],))).stage
    assert (stage.step, stage.round, stage.method, stage.items) == (Step.RATE, 2, "prioritisation", (ids["Lønn"],))
    assert where(back(room)) == (Step.DISCUSS, 1)
    to(room, Step.DISCUSS)
    stage = step(room, Next("dots", tuple(ids.values()))).stage
    assert (stage.step, stage.round, stage.method) == (Step.RATE, 2, "dots")
    to(room, Step.DISCUSS)
    assert step(room, Next("prioritisation", tuple(ids.values()))).stage.round == 3
    assert where(back(room)) == (Step.DISCUSS, 2)
    assert where(step(room)) == (Step.END, 2)


def test_another_round_by_nothing_or_by_a_method_of_its_own_is_refused(room: Room) -> None:
    seq, ids = to(room, Step.DISCUSS).stage.seq, tuple(area_ids(room.study).values())
    for after, code in (
        (Next("prioritisation"), "round_needs_items"),
        (Next("risk", ids), "not_found"),
        (Next("guessing", ids), "not_found"),
        (Next("dots", ("nowhere",)), "not_found"),
    ):
        with refused(code):
            workshops.forward(FACILITATOR, room.study, room.workshop.id, seq, after)
    assert stages(room).seq == seq


@pytest.mark.parametrize("method", METHODS)
def test_points_may_follow_every_method_that_has_a_score_of_its_own(method: str) -> None:
    found = workshops.round_methods(Workshop(id="w", name="W", method=method))
    assert found[0] == method
    assert ("dots" in found[1:]) is (method in ("prioritisation", "risk", "self_evaluation"))


def test_a_step_has_the_time_that_the_plan_gives_it(study: Study) -> None:
    room = rooms_of.opened(study, minutes={Step.RATE: 20})
    assert room.stage.ends_at is None
    before = datetime.now(UTC)
    ends = step(room).stage.ends_at
    assert ends is not None
    assert before + timedelta(minutes=20) <= ends <= datetime.now(UTC) + timedelta(minutes=20)
    assert step(room).stage.ends_at is None
    assert back(room).stage.ends_at is not None


def test_a_double_press_takes_one_step(room: Room) -> None:
    seen = room.stage.seq
    workshops.forward(FACILITATOR, room.study, room.workshop.id, seen)
    acts: tuple[Callable[[], object], ...] = (
        lambda: workshops.forward(FACILITATOR, room.study, room.workshop.id, seen),
        lambda: workshops.back(FACILITATOR, room.study, room.workshop.id, seen),
        lambda: workshops.extend(FACILITATOR, room.study, room.workshop.id, seen, 5),
        lambda: workshops.choose_items(FACILITATOR, room.study, room.workshop.id, seen, tuple(room.plan.items)),
    )
    for act in acts:
        with refused("room_moved", Stale):
            act()
    assert where(room) == (Step.RATE, 1)


def test_of_many_who_press_at_once_one_moves_the_room(room: Room) -> None:
    ready = threading.Barrier(6)

    def press(_: int) -> str:
        ready.wait(10)
        try:
            return workshops.forward(FACILITATOR, room.study, room.workshop.id, room.stage.seq).step
        except Stale as stale:
            return stale.code

    with ThreadPoolExecutor(6) as people:
        pressed = sorted(people.map(press, range(6)))
    assert pressed == [Step.RATE, *["room_moved"] * 5]
    assert len(live.stages(open_store.store(), room.workshop.id)) == 2


def test_more_time_is_added_to_what_is_left(study: Study) -> None:
    room = rooms_of.opened(study, minutes={Step.COLLECT: 10})
    ends = room.stage.ends_at
    assert ends is not None
    workshops.extend(FACILITATOR, study, room.workshop.id, room.stage.seq, 5)
    assert stages(room).ends_at == ends + timedelta(minutes=5)
    assert where(room) == (Step.COLLECT, 0)


def test_more_time_where_none_was_left_counts_from_now(room: Room) -> None:
    past = replace(room.stage, ends_at=datetime.now(UTC) - timedelta(hours=2))
    live.move(open_store.store(), past)
    before = datetime.now(UTC)
    workshops.extend(FACILITATOR, room.study, room.workshop.id, stages(room).seq, 1)
    ends = stages(room).ends_at
    assert ends is not None
    assert ends >= before + timedelta(minutes=1)


@pytest.mark.parametrize("minutes", [0, -1, LONGEST_MINUTES + 1])
def test_time_has_limits(room: Room, minutes: int) -> None:
    with refused("workshop_minutes"):
        workshops.extend(FACILITATOR, room.study, room.workshop.id, room.stage.seq, minutes)
    if minutes:
        with refused("workshop_minutes"):
            workshops.set_minutes(FACILITATOR, room.study, room.workshop.id, {Step.RATE: minutes})


def test_another_run_sheet_leaves_the_step_that_is_under_way_its_time(room: Room) -> None:
    workshops.set_minutes(FACILITATOR, room.study, room.workshop.id, {Step.RATE: 15, Step.COLLECT: 0})
    assert now(room).plan.minutes == {Step.RATE: 15}
    assert now(room).plan.items == room.plan.items
    assert stages(room) == room.stage
    assert step(room).stage.ends_at is not None


def test_items_are_chosen_before_the_rating_begins(room: Room) -> None:
    choose(room, "Telefoni", "Arkiv")
    assert stages(room).items == ()
    room = step(room)
    assert [item.name for item in room.items] == ["Telefoni", "Arkiv"]


def test_no_items_at_all_will_do_only_before_the_rating(room: Room) -> None:
    choose(room)
    assert now(room).plan.items == []
    choose(room, "Arkiv")
    step(room)
    with refused("round_needs_items"):
        choose(room)


@pytest.mark.parametrize("wanted", [Step.RATE, Step.FREEZE])
def test_items_are_changed_while_they_are_rated_and_the_plan_with_them(room: Room, wanted: Step) -> None:
    rater, _ = rooms_of.joined(room, "Gruppe 1")
    to(room, Step.RATE)
    rooms_of.answer(room, rater, {"Arkiv": (9, 8), "Lønn": (1, 2)})
    to(room, wanted)
    choose(room, "Lønn", "Telefoni")
    assert [item.name for item in now(room).items] == ["Lønn", "Telefoni"]
    assert now(room).plan.items == list(stages(room).items)
    assert where(room) == (wanted, 1)
    lines = taking_part.outcome(to(room, Step.SHOW))
    assert [line.name for line in lines] == ["Lønn"]
    assert len(ratings.current(open_store.store(), room.workshop.id, 1)) == 4


@pytest.mark.parametrize("wanted", [Step.SHOW, Step.DISCUSS, Step.END])
def test_items_stand_once_the_result_is_shown(room: Room, wanted: Step) -> None:
    to(room, wanted)
    with refused("items_are_shown"):
        choose(room, "Arkiv")


def test_items_of_a_second_round_leave_the_plan_alone(room: Room) -> None:
    to(room, Step.DISCUSS)
    step(room, Next("prioritisation", tuple(area_ids(room.study).values())))
    choose(room, "Arkiv")
    assert [item.name for item in now(room).items] == ["Arkiv"]
    assert len(now(room).plan.items) == 3


def test_an_area_that_is_not_there_cannot_be_chosen_and_one_is_chosen_once(room: Room) -> None:
    arkiv = area_ids(room.study)["Arkiv"]
    with refused("not_found"):
        workshops.choose_items(FACILITATOR, room.study, room.workshop.id, stages(room).seq, (arkiv, "nowhere"))
    workshops.choose_items(FACILITATOR, room.study, room.workshop.id, stages(room).seq, (arkiv, arkiv))
    assert now(room).plan.items == [arkiv]


def test_a_change_of_the_run_sheet_and_of_the_areas_at_once_both_stand(room: Room) -> None:
    arkiv = area_ids(room.study)["Arkiv"]
    acts: tuple[Callable[[], object], ...] = (
        lambda: workshops.set_minutes(FACILITATOR, room.study, room.workshop.id, {Step.RATE: 7}),
        lambda: workshops.choose_items(FACILITATOR, room.study, room.workshop.id, room.stage.seq, (arkiv,)),
    )
    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(act) for act in acts]:
            done.result()
    plan = now(room).plan
    assert (plan.minutes, plan.items) == ({Step.RATE: 7}, [arkiv])


def test_an_area_whose_upload_was_undone_is_asked_about_no_more(room: Room) -> None:
    """What is left to ask about, and what is done, is counted without it."""
    content = book({"Områder": [("Kode", "Område"), ("9", "Brann")]})
    batch = uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, room.study, "ny.xlsx", content, "nb"))
    choose(room, "Arkiv", "Brann")
    rater, _ = rooms_of.joined(to(room, Step.RATE), "Gruppe 1")
    uploads.flip(FACILITATOR, room.study, batch.id, False)
    rooms_of.answer(room, rater, {"Arkiv": (9, 8)})
    assert seating.board(FACILITATOR, room.study, room.workshop.id)[0].done
    back(room)
    assert step(room).stage.items == (area_ids(room.study)["Arkiv"],)


def test_every_move_leaves_a_line_in_the_audit_log(room: Room) -> None:
    before = len(audit.listed(open_store.store(), room.study.id))
    step(room)
    choose(room, "Arkiv")
    back(room)
    assert len(audit.listed(open_store.store(), room.study.id)) == before + 3
