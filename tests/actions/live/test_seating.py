"""Who sits where: joined from phones or entered on paper, two devices of one group, and how far each has come."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.access import hash_key, new_key
from lib.actions.live import rooms, seating, taking_part
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Introduction, Seat
from lib.actions.live.workshops import Next
from lib.model.access import VISITOR, Actor
from lib.model.live import RATER_NAME_LIMIT, Step
from lib.model.problems import Denied, NotFound
from lib.model.records import Rater, RaterRole, Study, new_id
from tests.actions import rooms_of
from tests.actions.rooms_of import answer, area_ids, board, joined, now, refused, tap, to
from tests.people import FACILITATOR, let_through


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def room(study: Study) -> Room:
    return rooms_of.opened(study)


@pytest.fixture
def persons(study: Study) -> Room:
    """A workshop in which everybody answers alone."""
    return rooms_of.opened(study, group_mode=False)


def test_a_group_joins_with_what_it_says_of_itself(room: Room) -> None:
    grong = next(key for key, name in room.municipalities.items() if name == "Grong")
    rater, key = joined(room, "  Gruppe \n 1 ", role=RaterRole.ELECTED, municipality=grong)
    assert (rater.name, rater.role, rater.municipality) == ("Gruppe 1", RaterRole.ELECTED, grong)
    assert seating.seat_of(now(room), key) == rater
    assert key not in now(room).devices
    assert now(room).devices == {hash_key(key): rater.id}
    assert board(room)["Gruppe 1"].municipality == "Grong"


def test_a_municipality_that_is_not_there_is_none(room: Room) -> None:
    assert joined(room, "Gruppe 1", municipality="nowhere")[0].municipality is None


def test_a_second_device_is_the_same_group_once_it_says_so(room: Room) -> None:
    rater, first = joined(room, "Gruppe 1")
    for name in ("Gruppe 1", "GRUPPE 1"):
        with refused("group_is_there"):
            joined(room, name)
    again, second = joined(room, "gruppe 1", together=True)
    assert (again, first != second) == (rater, True)
    assert board(room)["Gruppe 1"].devices == 2


def test_the_same_browser_may_join_its_own_group_again(room: Room) -> None:
    rater, key = joined(room, "Gruppe 1")
    assert seating.join(now(room), key, Introduction("Gruppe 1")) == (rater, key)
    assert board(room)["Gruppe 1"].devices == 1


def test_a_browser_that_joins_another_group_speaks_for_that_one(room: Room) -> None:
    joined(room, "Gruppe 1")
    _, key = joined(room, "Gruppe 2")
    with refused("group_is_there"):
        seating.join(now(room), key, Introduction("Gruppe 1"))
    rater, _ = seating.join(now(room), key, Introduction("Gruppe 1", together=True))
    assert seating.seat_of(now(room), key) == rater
    assert {name: seat.devices for name, seat in board(room).items()} == {"Gruppe 1": 2, "Gruppe 2": 0}


@pytest.mark.parametrize("name", ["", " \t", "x" * (RATER_NAME_LIMIT + 1), "x" * 300, "G\0", "G\u202e1", "G\x1b[31m"])
def test_a_name_that_cannot_be_read_is_refused(room: Room, name: str) -> None:
    with refused("rater_name"):
        joined(room, name)
    assert now(room).raters == {}


@pytest.mark.parametrize(
    "name", ["<b>Gruppe</b>", "=1+1", "' or 1=1 --", "Ærlig Øyvind & Åse", "x" * RATER_NAME_LIMIT, "🙂"]
)
def test_any_other_name_is_kept_as_it_is(room: Room, name: str) -> None:
    assert joined(room, name)[0].name == name
    assert list(board(room)) == [name]


def test_persons_are_numbered_whatever_they_call_themselves(persons: Room) -> None:
    names = [joined(persons, "Kari Nordmann")[0].name for _ in range(3)]
    assert names == ["Deltaker 1", "Deltaker 2", "Deltaker 3"]


def test_the_same_browser_is_the_same_person(persons: Room) -> None:
    rater, key = joined(persons, "")
    assert seating.join(now(persons), key, Introduction()) == (rater, key)
    assert len(now(persons).raters) == 1


def test_a_button_that_is_pressed_many_times_at_once_makes_one_person(persons: Room) -> None:
    key = new_key()
    with ThreadPoolExecutor(8) as presses:
        made = list(presses.map(lambda _: seating.join(persons, key, Introduction())[0].id, range(8)))
    assert len(set(made)) == 1


def test_twenty_who_join_at_once_are_twenty_persons(persons: Room) -> None:
    with ThreadPoolExecutor(20) as people:
        made = list(people.map(lambda _: seating.join(persons, "", Introduction()), range(20)))
    assert {rater.name for rater, _ in made} == {f"Deltaker {number}" for number in range(1, 21)}
    assert len({rater.id for rater, _ in made}) == 20
    assert all(seating.seat_of(now(persons), key) == rater for rater, key in made)


def test_twenty_devices_that_name_the_same_group_at_once_make_one_group(room: Room) -> None:
    with ThreadPoolExecutor(20) as people:
        who = Introduction("Gruppe 1", together=True)
        made = {rater.id for rater, _ in people.map(lambda _: seating.join(room, "", who), range(20))}
    assert len(made) == 1
    assert board(room)["Gruppe 1"].devices == 20


def test_nobody_joins_what_has_ended(room: Room) -> None:
    to(room, Step.END)
    with refused("workshop_closed"):
        joined(room, "Gruppe 1")


def test_a_stranger_and_a_key_of_another_workshop_have_no_seat(room: Room, persons: Room) -> None:
    _, key = joined(persons, "")
    for unknown in ("", "no such key", key):
        assert seating.seat_of(now(room), unknown) is None


def test_a_browser_that_joined_in_another_process_is_known_here(room: Room) -> None:
    """The room that is remembered here knows nothing of it yet."""
    rater, key = joined(room, "Gruppe 1")
    rooms._known[room.workshop.id].room = room
    rooms._known[room.workshop.id].standing = (0, 0)
    assert seating.seat_of(room, key) == rater


def test_a_seat_lets_a_browser_rate_there_and_nowhere_else(room: Room, persons: Room) -> None:
    rater, key = joined(room, "Gruppe 1")
    actor = seating.with_seats(VISITOR, key)
    assert [(grant.role, grant.study, grant.workshop) for grant in actor.grants] == [
        ("rater", room.study.id, room.workshop.id)
    ]
    assert seating.with_seats(VISITOR, "") == seating.with_seats(VISITOR, "unknown") == VISITOR
    to(persons, Step.RATE)
    person, _ = joined(persons, "")
    with pytest.raises(Denied):
        taking_part.rate(actor, now(persons), person, _a_tap(persons))
    to(room, Step.RATE)
    assert taking_part.rate(actor, now(room), rater, _a_tap(room))


def _a_tap(room: Room) -> taking_part.Tap:
    return taking_part.Tap(new_id(), 1, now(room).stage.items[0], "potential", 5)


def test_the_board_says_how_far_each_has_come_and_never_what_they_answered(room: Room) -> None:
    first, _ = joined(room, "Gruppe 10")
    second, _ = joined(room, "Gruppe 2")
    assert [(seat.answered, seat.asked, seat.done) for seat in board(room).values()] == [(0, 0, False)] * 2
    to(room, Step.RATE)
    answer(room, first, {"Arkiv": (9, 8), "Lønn": (1, None)})
    answer(room, second, dict.fromkeys(area_ids(room.study), (5, 5)))
    found = board(room)
    assert list(found) == ["Gruppe 2", "Gruppe 10"]
    assert [(seat.answered, seat.asked, seat.done) for seat in found.values()] == [(6, 6, True), (4, 6, False)]
    assert all(seat.last_at is not None for seat in found.values())
    assert not {"value", "score", "answers"} & set(Seat.__dataclass_fields__)


def test_in_a_round_of_points_one_is_done_when_they_are_spent(room: Room) -> None:
    rater, _ = joined(room, "Gruppe 1")
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    rooms_of.step(room, Next("dots", tuple(ids.values())))
    tap(now(room), rater, ids["Arkiv"], "points", 3)
    assert (board(room)["Gruppe 1"].answered, board(room)["Gruppe 1"].done) == (3, False)
    tap(now(room), rater, ids["Lønn"], "points", 2)
    assert board(room)["Gruppe 1"].done


def test_a_second_round_is_counted_by_itself(room: Room) -> None:
    rater, _ = joined(room, "Gruppe 1")
    ids = area_ids(room.study)
    to(room, Step.RATE)
    answer(room, rater, dict.fromkeys(ids, (5, 5)))
    to(room, Step.DISCUSS)
    rooms_of.step(room, Next("prioritisation", (ids["Lønn"],)))
    assert (board(room)["Gruppe 1"].answered, board(room)["Gruppe 1"].asked) == (0, 2)


def test_a_group_on_paper_has_no_device(room: Room) -> None:
    rater = seating.add(FACILITATOR, room.study, room.workshop.id, Introduction("Papirgruppa"))
    assert board(room)["Papirgruppa"].devices == 0
    with refused("group_is_there"):
        seating.add(FACILITATOR, room.study, room.workshop.id, Introduction("papirgruppa"))
    assert now(room).raters == {rater.id: rater}


Act = Callable[[Actor, Room, Rater], object]


MANAGING: dict[str, Act] = {
    "add": lambda actor, room, rater: seating.add(
        actor, room.study, room.workshop.id, Introduction(actor.name, together=True)
    ),
    "rename": lambda actor, room, rater: seating.rename(actor, room.study, room.workshop.id, rater.id, "GRUPPE 1"),
    "remove": lambda actor, room, rater: seating.remove(actor, room.study, room.workshop.id, rater.id),
}


@pytest.mark.parametrize("act", MANAGING.values(), ids=MANAGING)
def test_facilitators_see_to_the_names(room: Room, act: Act) -> None:
    rater, _ = joined(room, "Gruppe 1")
    assert let_through(lambda actor: act(actor, room, rater), room.study) == {"facilitator"}


def test_those_who_watch_see_the_board_and_a_rater_does_not(room: Room) -> None:
    rater, _ = joined(room, "Gruppe 1")
    through = let_through(lambda actor: seating.board(actor, room.study, room.workshop.id), room.study)
    assert through == {"reader", "leader", "facilitator"}
    with pytest.raises(Denied):
        seating.board(rooms_of.actor(room, rater), room.study, room.workshop.id)


def test_a_rater_of_another_workshop_is_not_found(room: Room, persons: Room) -> None:
    person, _ = joined(persons, "")
    with refused("not_found", NotFound):
        seating.remove(FACILITATOR, room.study, room.workshop.id, person.id)
