"""Workshops: what can be made, the codes that open them, and who may lead and watch."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from lib.actions import open_store, studies
from lib.actions.live import codes, rooms, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import ALPHABET, LONGEST_MINUTES, Draft
from lib.actions.uploads import uploads
from lib.model.access import Actor, Grant, Role
from lib.model.live import CODE_LENGTH, IDEA_ROUND, Step
from lib.model.problems import AppError, Denied, NotFound
from lib.model.records import Study, Workshop
from lib.store import rows
from tests.actions import rooms_of
from tests.actions.rooms_of import area_ids, refused, stages, step, to
from tests.people import ELSEWHERE, FACILITATOR, leader, let_through


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def room(study: Study) -> Room:
    return rooms_of.opened(study)


def draft(study: Study, **changes: object) -> Draft:
    return replace(Draft("Januar", items=tuple(area_ids(study).values())), **changes)  # type: ignore[arg-type]


def test_a_workshop_is_open_from_when_it_is_made(study: Study) -> None:
    made = workshops.create(FACILITATOR, study, draft(study, name="  Januar \n 2027 ", prompts=("  Hva?  ", " ")))
    room = rooms.room(made.id)
    assert (room.workshop.name, room.plan.prompts) == ("Januar 2027", ["Hva?"])
    assert (room.stage.step, room.stage.round, room.stage.items) == (Step.COLLECT, IDEA_ROUND, ())
    assert room.plan.items == list(area_ids(study).values())
    assert codes.open_room(room.plan.code, "") is not None
    assert [row.id for row, _ in workshops.listing(FACILITATOR, study)] == [made.id]
    assert [row.id for row in workshops.open_to(FACILITATOR, study)[0].items] == []


BAD: dict[str, tuple[dict[str, object], str]] = {
    "no name": ({"name": " "}, "workshop_name"),
    "a name of one letter": ({"name": "x"}, "workshop_name"),
    "an overlong name": ({"name": "x" * 81}, "workshop_name"),
    "a name that cannot be stored": ({"name": "Jan\0uar"}, "unstorable_text"),
    "nothing to do": ({"items": ()}, "workshop_needs_items"),
    "only blank prompts": ({"items": (), "prompts": (" ", "\t")}, "workshop_needs_items"),
    "too many prompts": ({"prompts": ("Hva?",) * 9}, "workshop_prompts"),
    "an overlong prompt": ({"prompts": ("x" * 201,)}, "workshop_prompts"),
    "too long a step": ({"minutes": {Step.RATE: 241}}, "workshop_minutes"),
    "less than no time": ({"minutes": {Step.RATE: -1}}, "workshop_minutes"),
    "an area that is not there": ({"items": ("nowhere",)}, "not_found"),
    "a method that is not there": ({"method": "guessing"}, "not_found"),
}


@pytest.mark.parametrize(("changes", "code"), BAD.values(), ids=BAD)
def test_what_cannot_be_led_is_not_made(study: Study, changes: dict[str, object], code: str) -> None:
    before = studies.revision_of(FACILITATOR, study)
    with refused(code):
        workshops.create(FACILITATOR, study, draft(study, **changes))
    assert studies.revision_of(FACILITATOR, study) == before


def test_the_limits_themselves_will_do(study: Study) -> None:
    prompts, minutes = ("x" * 200,) * 8, {Step.RATE: LONGEST_MINUTES, Step.COLLECT: 0}
    made = workshops.create(FACILITATOR, study, draft(study, name="x" * 80, prompts=prompts, minutes=minutes))
    plan = rooms.room(made.id).plan
    assert (len(plan.prompts), plan.minutes) == (8, {Step.RATE: LONGEST_MINUTES})


def test_an_area_chosen_twice_is_asked_about_once(study: Study) -> None:
    ids = tuple(area_ids(study).values())
    made = workshops.create(FACILITATOR, study, draft(study, items=(*ids, ids[0])))
    assert rooms.room(made.id).plan.items == list(ids)


@pytest.mark.parametrize("again", ["Januar", "JANUAR", " januar "])
def test_a_name_is_taken_once_in_a_study(study: Study, again: str) -> None:
    workshops.create(FACILITATOR, study, draft(study))
    with refused("workshop_exists"):
        workshops.create(FACILITATOR, study, draft(study, name=again))
    other = studies.create(FACILITATOR, "En annen region")
    assert workshops.create(FACILITATOR, other, Draft(again, prompts=("Hva?",)))


def test_a_workshop_is_no_upload_that_could_be_undone(study: Study) -> None:
    made = workshops.create(FACILITATOR, study, draft(study))
    assert workshops.batch_of(made.id) not in {batch.id for batch in uploads.history(FACILITATOR, study)}
    with refused("not_found", NotFound):
        uploads.flip(FACILITATOR, study, workshops.batch_of(made.id), False)
    assert workshops.room(FACILITATOR, study, made.id).workshop == made


def test_two_who_make_the_same_workshop_at_once_make_one(study: Study) -> None:
    def make(_: int) -> str:
        try:
            return workshops.create(FACILITATOR, study, draft(study)).id
        except AppError as error:
            return error.code

    with ThreadPoolExecutor(4) as people:
        made = sorted(people.map(make, range(4)))
    assert made.count("workshop_exists") == 3
    assert len(workshops.listing(FACILITATOR, study)) == 1


def test_codes_are_of_plain_letters_and_all_different(study: Study) -> None:
    made = [rooms_of.opened(study).plan.code for _ in range(12)]
    assert len(set(made)) == 12
    for code in made:
        assert len(code) == CODE_LENGTH
        assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("AEIOUYÆØÅ01258BGLSZQV")


def test_a_code_that_is_taken_is_drawn_again(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter("C" * CODE_LENGTH + "C" * CODE_LENGTH + "D" * CODE_LENGTH)
    monkeypatch.setattr(secrets, "choice", lambda _: next(drawn))
    assert [rooms_of.opened(study).plan.code for _ in range(2)] == ["CCCCCC", "DDDDDD"]


def test_the_newest_workshop_is_listed_first_and_one_by_workbook_not_at_all(study: Study) -> None:
    first, second = rooms_of.opened(study), rooms_of.opened(study)
    rows.append(open_store.store(), "b", study.id, [Workshop(id="w", name="Fra arbeidsbok", method="risk")])
    assert [row.id for row, _ in workshops.listing(FACILITATOR, study)] == [second.workshop.id, first.workshop.id]
    step(first)
    assert [row.id for row, _ in workshops.listing(FACILITATOR, study)] == [first.workshop.id, second.workshop.id]


Act = Callable[[Actor, Room], object]


LEADING: dict[str, Act] = {
    "create": lambda actor, room: workshops.create(actor, room.study, draft(room.study, name=f"Av {actor.name}")),
    "forward": lambda actor, room: workshops.forward(actor, room.study, room.workshop.id, stages(room).seq),
    "back": lambda actor, room: workshops.back(actor, room.study, room.workshop.id, stages(room).seq),
    "extend": lambda actor, room: workshops.extend(actor, room.study, room.workshop.id, stages(room).seq, 1),
    "choose": lambda actor, room: workshops.choose_items(
        actor, room.study, room.workshop.id, stages(room).seq, tuple(area_ids(room.study).values())
    ),
    "minutes": lambda actor, room: workshops.set_minutes(actor, room.study, room.workshop.id, {Step.RATE: 5}),
}


WATCHING: dict[str, Act] = {
    "listing": lambda actor, room: workshops.listing(actor, room.study),
    "room": lambda actor, room: workshops.room(actor, room.study, room.workshop.id),
}


@pytest.mark.parametrize("act", LEADING.values(), ids=LEADING)
def test_facilitators_lead(room: Room, act: Act) -> None:
    assert let_through(lambda actor: act(actor, room), room.study) == {"facilitator"}


@pytest.mark.parametrize("act", WATCHING.values(), ids=WATCHING)
def test_those_who_may_see_the_study_watch(room: Room, act: Act) -> None:
    assert let_through(lambda actor: act(actor, room), room.study) == {"reader", "leader", "facilitator"}


@pytest.mark.parametrize("act", LEADING.values(), ids=LEADING)
def test_a_rater_and_another_studys_facilitator_lead_nothing(room: Room, act: Act) -> None:
    rater, _ = rooms_of.joined(room, "Gruppe 1")
    for actor in (rooms_of.actor(room, rater), Actor("other", (Grant(Role.FACILITATOR, ELSEWHERE.id),))):
        with pytest.raises(Denied):
            act(actor, room)


def test_a_demonstration_is_not_led(demonstration: Study) -> None:
    for actor in (FACILITATOR, leader(demonstration)):
        with refused("demo_read_only", Denied):
            workshops.create(actor, demonstration, Draft("Januar", prompts=("Hva?",)))


def test_a_workshop_of_another_study_is_not_found(room: Room) -> None:
    other = studies.create(FACILITATOR, "En annen region")
    acts: tuple[Callable[[], object], ...] = (
        lambda: workshops.room(FACILITATOR, other, room.workshop.id),
        lambda: workshops.forward(FACILITATOR, other, room.workshop.id, room.stage.seq),
        lambda: workshops.back(FACILITATOR, other, room.workshop.id, room.stage.seq),
        lambda: workshops.set_minutes(FACILITATOR, other, room.workshop.id, {}),
        lambda: workshops.room(FACILITATOR, other, "nowhere"),
    )
    for act in acts:
        with refused("not_found", NotFound):
            act()
    assert stages(room) == room.stage
    assert workshops.listing(FACILITATOR, other) == []


def test_seats_are_open_where_somebody_has_joined_and_the_workshop_has_not_ended(room: Room) -> None:
    rater, _ = rooms_of.joined(room, "Gruppe 1")
    actor = rooms_of.actor(room, rater)
    assert [each.workshop.id for each in workshops.open_to(actor, None)] == [room.workshop.id]
    assert [each.workshop.id for each in workshops.open_to(FACILITATOR, room.study)] == [room.workshop.id]
    assert workshops.open_to(leader(room.study), room.study) == []
    to(room, Step.END)
    assert workshops.open_to(actor, None) == workshops.open_to(FACILITATOR, room.study) == []
