"""Groups that are renamed, merged and removed, and all that they have answered and written."""

from __future__ import annotations

import pytest

from lib.actions import open_store
from lib.actions.live import collecting, seating, taking_part
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Introduction
from lib.actions.live.workshops import Next
from lib.model.live import Step
from lib.model.problems import Denied, NotFound
from lib.model.records import Rater, RaterRole, Study
from lib.store import ratings
from tests.actions import rooms_of
from tests.actions.rooms_of import answer, area_ids, board, joined, now, refused, tap, to
from tests.people import FACILITATOR


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


def rename(room: Room, rater: Rater, name: str) -> Rater:
    return seating.rename(FACILITATOR, room.study, room.workshop.id, rater.id, name)


def merge(room: Room, rater: Rater, into: Rater) -> Rater:
    return seating.merge(FACILITATOR, room.study, room.workshop.id, rater.id, into.id)


def remove(room: Room, rater: Rater) -> None:
    seating.remove(FACILITATOR, room.study, room.workshop.id, rater.id)


def said(room: Room, rater: Rater) -> dict[tuple[str, str], int | None]:
    """(area's name, criterion) → what stands for a rater in the round."""
    names = {key: name for name, key in area_ids(room.study).items()}
    return {
        (names[item], key): value for (item, key), value in taking_part.own_answers(now(room), rater).values.items()
    }


def written(room: Room) -> int:
    """Rows in the log of ratings."""
    return int(
        open_store.store().query("select count(*) as n from rating where workshop = $1", [room.workshop.id])[0]["n"]
    )


def test_a_number_is_never_given_to_somebody_else(persons: Room) -> None:
    first, _ = joined(persons, "")
    second, _ = joined(persons, "")
    remove(persons, second)
    assert joined(persons, "")[0].name == "Deltaker 3"
    rename(persons, first, "Deltaker 5")
    assert joined(persons, "")[0].name == "Deltaker 6"
    assert sorted(board(persons)) == ["Deltaker 3", "Deltaker 5", "Deltaker 6"]


def test_a_group_keeps_everything_under_another_name(room: Room) -> None:
    rater, key = joined(room, "Grupe 1", role=RaterRole.ELECTED)
    to(room, Step.RATE)
    answer(room, rater, {"Arkiv": (9, None)})
    taking_part.remark(rooms_of.actor(room, rater), now(room), rater, "t", area_ids(room.study)["Arkiv"], "Haster")
    before = said(room, rater)
    new = rename(room, rater, "Gruppe 1")
    assert (new.name, new.role) == ("Gruppe 1", RaterRole.ELECTED)
    assert said(room, new) == before
    assert list(taking_part.own_answers(now(room), new).comments.values()) == ["Haster"]
    assert seating.seat_of(now(room), key) == new
    assert list(board(room)) == ["Gruppe 1"]
    assert written(room) == 4


def test_only_the_letters_change_and_the_group_is_the_same(room: Room) -> None:
    rater, _ = joined(room, "gruppe 1")
    assert rename(room, rater, "GRUPPE 1").id == rater.id
    assert list(board(room)) == ["GRUPPE 1"]


def test_a_name_that_another_group_has_is_refused(room: Room) -> None:
    rater, _ = joined(room, "Gruppe 1")
    joined(room, "Gruppe 2")
    with refused("group_exists"):
        rename(room, rater, "gruppe 2")
    with refused("rater_name"):
        rename(room, rater, "x" * 300)
    assert list(board(room)) == ["Gruppe 1", "Gruppe 2"]


def test_what_a_group_wrote_goes_with_it_and_back_again(study: Study) -> None:
    room = rooms_of.opened(study, prompts=("Hva?",))
    rater, _ = joined(room, "Grupe 1")
    for number in (1, 2):
        taking_part.contribute(rooms_of.actor(room, rater), now(room), rater, f"t{number}", 0, f"Tekst {number}")
    collecting.group(FACILITATOR, study, room.workshop.id, ["t1"], "Idé")
    for name in ("Gruppe 1", "Grupe 1", "Gruppe 1"):
        rater = rename(room, rater, name)
        found = collecting.collected(FACILITATOR, study, room.workshop.id)
        assert [each.text for each in found.contributions] == ["Tekst 1", "Tekst 2"]
        assert [each.text for each in found.loose] == ["Tekst 2"]
        assert [each.text for each in taking_part.own_contributions(now(room), rater)] == ["Tekst 1", "Tekst 2"]


def test_the_last_answer_of_the_two_stands(room: Room) -> None:
    one, first = joined(room, "Gruppe 1")
    other, second = joined(room, "Gruppe 01")
    to(room, Step.RATE)
    answer(room, one, {"Arkiv": (1, 1), "Lønn": (2, 2)})
    answer(room, other, {"Arkiv": (9, None), "Telefoni": (7, 7)})
    ids = area_ids(room.study)
    tap(now(room), one, ids["Arkiv"], "potential", 3)
    before = written(room)
    merge(room, other, one)
    assert said(room, one) == {
        ("Arkiv", "potential"): 3,
        ("Arkiv", "feasibility"): None,
        ("Lønn", "potential"): 2,
        ("Lønn", "feasibility"): 2,
        ("Telefoni", "potential"): 7,
        ("Telefoni", "feasibility"): 7,
    }
    assert seating.seat_of(now(room), first) == seating.seat_of(now(room), second) == one
    assert list(board(room)) == ["Gruppe 1"]
    assert written(room) == before + 3
    assert not ratings.current(open_store.store(), room.workshop.id, 1).query("rater == @other.id").empty


def test_every_round_and_every_comment_is_merged(room: Room) -> None:
    one, _ = joined(room, "Gruppe 1")
    other, _ = joined(room, "Gruppe 01")
    ids = area_ids(room.study)
    to(room, Step.RATE)
    answer(room, other, {"Arkiv": (4, 4)})
    for number, (rater, name) in enumerate([(other, "Arkiv"), (one, "Arkiv"), (one, "Lønn"), (other, "Lønn")]):
        actor = rooms_of.actor(room, rater)
        taking_part.remark(actor, now(room), rater, f"t{number}", ids[name], f"Fra {rater.name}")
    to(room, Step.DISCUSS)
    rooms_of.step(room, Next("prioritisation", (ids["Arkiv"],)))
    answer(room, other, {"Arkiv": (8, 8)})
    merge(room, other, one)
    of_rounds = [ratings.of_rater(open_store.store(), room.workshop.id, number, one.id) for number in (1, 2)]
    assert [found[ids["Arkiv"], "potential"] for found in of_rounds] == [4, 8]
    comments = ratings.comments_of(open_store.store(), room.workshop.id, 1, one.id)
    assert comments == {ids["Arkiv"]: "Fra Gruppe 1", ids["Lønn"]: "Fra Gruppe 01"}


def test_a_comment_of_a_round_in_which_nobody_has_answered_is_merged_too(room: Room) -> None:
    one, _ = joined(room, "Gruppe 1")
    other, _ = joined(room, "Gruppe 01")
    to(room, Step.RATE)
    item = area_ids(room.study)["Arkiv"]
    taking_part.remark(rooms_of.actor(room, other), now(room), other, "t", item, "Haster")
    merge(room, other, one)
    assert taking_part.own_answers(now(room), one).comments == {item: "Haster"}


@pytest.mark.parametrize("last", ["one", "other"])
def test_points_are_not_overdrawn_by_a_merge(room: Room, last: str) -> None:
    """The later ballot stands as a whole."""
    people = {"one": joined(room, "Gruppe 1")[0], "other": joined(room, "Gruppe 01")[0]}
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    rooms_of.step(room, Next("dots", tuple(ids.values())))
    ballots = {"one": {"Arkiv": 5}, "other": {"Lønn": 3, "Telefoni": 2}}
    for who in sorted(people, key=lambda who: who == last):
        for name, points in ballots[who].items():
            tap(now(room), people[who], ids[name], "points", points)
    merge(room, people["other"], people["one"])
    found = {name: value for (name, _), value in said(room, people["one"]).items() if value}
    assert found == ballots[last]
    assert board(room)["Gruppe 1"].answered == 5


def test_what_both_wrote_is_the_merged_groups(study: Study) -> None:
    room = rooms_of.opened(study, prompts=("Hva?",))
    one, _ = joined(room, "Gruppe 1")
    other, _ = joined(room, "Gruppe 01")
    for rater in (one, other):
        taking_part.contribute(rooms_of.actor(room, rater), now(room), rater, rater.name, 0, f"Fra {rater.name}")
    merge(room, other, one)
    found = collecting.collected(FACILITATOR, study, room.workshop.id)
    assert {each.text for each in found.contributions} == {"Fra Gruppe 1", "Fra Gruppe 01"}
    assert {each.rater for each in found.contributions} == {one.id}


def test_a_group_is_not_merged_into_itself_or_into_nobody(room: Room) -> None:
    rater, _ = joined(room, "Gruppe 1")
    with refused("group_exists"):
        merge(room, rater, rater)
    with refused("not_found", NotFound):
        merge(room, rater, rater.model_copy(update={"id": "nobody"}))
    assert list(board(room)) == ["Gruppe 1"]


def test_a_removed_group_is_asked_to_join_anew_and_its_answers_stay_in_the_log(room: Room) -> None:
    rater, key = joined(room, "Tull")
    to(room, Step.RATE)
    answer(room, rater, {"Arkiv": (9, 9)})
    remove(room, rater)
    assert board(room) == {}
    assert seating.seat_of(now(room), key) is None
    assert written(room) == 2
    with refused("not_found", NotFound):
        remove(room, rater)
    again, _ = seating.join(now(room), key, Introduction("Gruppe 1"))
    assert said(room, again) == {}


def test_who_was_removed_or_renamed_meanwhile_is_not_told_that_an_answer_is_saved(room: Room) -> None:
    gone, _ = joined(room, "Tull")
    renamed, _ = joined(room, "Grupe 1")
    to(room, Step.RATE)
    remove(room, gone)
    rename(room, renamed, "Gruppe 1")
    for rater in (gone, renamed):
        with refused("no_seat", Denied):
            tap(now(room), rater, area_ids(room.study)["Arkiv"], "potential", 5)
    assert written(room) == 0
