"""What a rater does: answers in every step and by every method, points never overdrawn, and nothing seen too early."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.actions import open_store
from lib.actions.live import collecting, seating, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Introduction
from lib.actions.live.taking_part import COMMENT_LIMIT, WRITTEN_LIMIT, Tap
from lib.actions.live.workshops import Next
from lib.domain.methods import METHODS
from lib.model.access import VISITOR
from lib.model.live import Step
from lib.model.methods import Method
from lib.model.problems import Denied
from lib.model.records import Rater, Study, new_id
from lib.store import live, ratings
from tests.actions import rooms_of
from tests.actions.rooms_of import actor, answer, area_ids, back, joined, now, refused, stages, step, tap, to
from tests.people import ELSEWHERE, FACILITATOR, leader, reader


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


def arkiv(room: Room) -> str:
    return area_ids(room.study)["Arkiv"]


def giving(room: Room) -> Room:
    """The room in a second round, of points."""
    to(room, Step.DISCUSS)
    return step(room, Next("dots", tuple(area_ids(room.study).values())))


def given(room: Room) -> dict[str, int]:
    """Rater → points given in the round that the room is in."""
    frame = ratings.current(open_store.store(), room.workshop.id, stages(room).round)
    return {str(key): int(points) for key, points in frame.groupby("rater")["value"].sum().items()}


@pytest.mark.parametrize("wanted", [Step.COLLECT, Step.RATE, Step.FREEZE, Step.SHOW, Step.DISCUSS, Step.END])
def test_answers_are_taken_while_the_room_rates_and_from_paper_until_it_is_shown(
    room: Room, rater: Rater, wanted: Step
) -> None:
    paper = on_paper(room)
    room = to(room, wanted)
    own, leading = (actor(room, rater), rater, {Step.RATE}), (FACILITATOR, paper, {Step.RATE, Step.FREEZE})
    for person, who, steps in (own, leading):
        given = Tap(new_id(), 1, arkiv(room), "potential", 5)
        if wanted in steps:
            assert taking_part.rate(person, room, who, given)
        else:
            with refused("round_closed", Denied):
                taking_part.rate(person, room, who, given)


def on_paper(room: Room) -> Rater:
    """A group whose answers somebody else enters."""
    return seating.add(FACILITATOR, room.study, room.workshop.id, Introduction(name="Fra papir"))


def test_who_has_no_seat_answers_nothing_and_sees_nothing(room: Room, rater: Rater) -> None:
    paper = on_paper(room)
    room = to(room, Step.RATE)
    for person, code in (
        (VISITOR, "sign_in_first"),
        (reader(ELSEWHERE), "other_study"),
        (leader(room.study), "not_yours"),
    ):
        for who in (rater, paper):
            with refused(code, Denied):
                taking_part.rate(person, room, who, Tap(new_id(), 1, arkiv(room), "potential", 5))
            with refused(code, Denied):
                taking_part.answers(person, room, who)


def test_a_facilitator_neither_sees_nor_gives_the_answers_of_those_who_have_a_device(room: Room, rater: Rater) -> None:
    room = to(room, Step.RATE)
    assert tap(room, rater, arkiv(room), "potential", 8)
    with refused("not_yours", Denied):
        taking_part.rate(FACILITATOR, room, rater, Tap(new_id(), 1, arkiv(room), "potential", 5))
    with refused("not_yours", Denied):
        taking_part.answers(FACILITATOR, room, rater)
    other, _ = joined(room, "Gruppe 2")
    with refused("not_yours", Denied):
        taking_part.answers(actor(room, other), now(room), rater)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_step_of_every_scale_is_taken_and_nothing_beside_it(study: Study, method: Method) -> None:
    room = rooms_of.opened(study, method=method.key)
    rater, _ = joined(room, "Gruppe 1")
    room, item = to(room, Step.RATE), arkiv(room)
    for criterion in method.criteria:
        for value in criterion.steps:
            assert tap(room, rater, item, criterion.key, value)
        assert taking_part.own_answers(room, rater).values[item, criterion.key] == criterion.high
        for value in (criterion.low - 1, criterion.high + 1, 10**9, -(10**9)):
            with refused("off_scale", Denied):
                tap(room, rater, item, criterion.key, value)
        if method.budget is None:
            assert tap(room, rater, item, criterion.key, None)
        else:
            with refused("round_closed", Denied):
                tap(room, rater, item, criterion.key, None)
    assert taking_part.own_answers(room, rater).has_all(item, method)


def test_an_answer_to_another_round_another_item_or_another_question_is_refused(room: Room, rater: Rater) -> None:
    room = to(room, Step.RATE)
    for given, code in (
        (Tap("t", 2, arkiv(room), "potential", 5), "round_closed"),
        (Tap("t", 0, arkiv(room), "potential", 5), "round_closed"),
        (Tap("t", 1, "nowhere", "potential", 5), "item_gone"),
        (Tap("t", 1, arkiv(room), "points", 5), "round_closed"),
    ):
        with refused(code, Denied):
            taking_part.rate(actor(room, rater), room, rater, given)


def test_an_item_that_was_taken_out_is_gone(room: Room, rater: Rater) -> None:
    room = to(room, Step.RATE)
    left = tuple(item for item in room.stage.items if item != arkiv(room))
    workshops.choose_items(FACILITATOR, room.study, room.workshop.id, room.stage.seq, left)
    with refused("item_gone", Denied):
        tap(now(room), rater, arkiv(room), "potential", 5)


def test_the_same_tap_is_taken_once_and_the_last_one_counts(room: Room, rater: Rater) -> None:
    room = to(room, Step.RATE)
    assert tap(room, rater, arkiv(room), "potential", 3, "t1")
    assert tap(room, rater, arkiv(room), "potential", 8, "t2")
    assert not tap(room, rater, arkiv(room), "potential", 3, "t1")
    assert taking_part.own_answers(room, rater).values == {(arkiv(room), "potential"): 8}


@pytest.mark.parametrize("key", ["", "x" * 65, "å"])
def test_a_tap_needs_a_plain_id(room: Room, rater: Rater, key: str) -> None:
    room = to(room, Step.RATE)
    with refused("unstorable_text"):
        taking_part.rate(actor(room, rater), room, rater, Tap(key, 1, arkiv(room), "potential", 3))


def test_points_are_not_overdrawn_by_ten_devices_at_once(room: Room, rater: Rater) -> None:
    room = giving(room)
    items = [item for item in room.stage.items for _ in range(4)]

    def give(item: str) -> bool:
        try:
            return tap(room, rater, item, "points", 2)
        except Denied as spent:
            return spent.code != "points_spent"

    with ThreadPoolExecutor(10) as devices:
        taken = list(devices.map(give, items))
    assert given(room) == {rater.id: 4}
    assert not all(taken)


def test_points_may_be_moved_and_taken_back(room: Room, rater: Rater) -> None:
    room, ids = giving(room), area_ids(room.study)
    tap(room, rater, ids["Arkiv"], "points", 5)
    with refused("points_spent", Denied):
        tap(room, rater, ids["Lønn"], "points", 1)
    tap(room, rater, ids["Arkiv"], "points", 4)
    tap(room, rater, ids["Lønn"], "points", 1)
    assert given(room) == {rater.id: 5}


def test_points_to_an_area_that_goes_can_be_given_again_and_do_not_return_with_it(room: Room, rater: Rater) -> None:
    room, ids = giving(room), area_ids(room.study)
    tap(room, rater, ids["Arkiv"], "points", 5)
    for items in ((ids["Lønn"],), tuple(ids.values())):
        workshops.choose_items(FACILITATOR, room.study, room.workshop.id, stages(room).seq, items)
        tap(now(room), rater, ids["Lønn"], "points", 5)
    assert given(room) == {rater.id: 5}
    with refused("points_spent", Denied):
        tap(now(room), rater, ids["Arkiv"], "points", 1)


def test_points_to_an_idea_that_was_dissolved_can_be_given_again(asking: Room) -> None:
    rater, _ = joined(asking, "Gruppe 1")
    for text in ("Ett", "To"):
        taking_part.contribute(actor(asking, rater), now(asking), rater, text, 0, text)
    collecting.take_each(FACILITATOR, asking.study, asking.workshop.id)
    room = step(asking)
    one, other = (idea.id for idea in room.ideas)
    tap(room, rater, one, "points", 5)
    back(room)
    collecting.dissolve(FACILITATOR, room.study, room.workshop.id, one)
    room = step(room)
    assert tap(room, rater, other, "points", 5)
    assert given(room) == {rater.id: 5}


def test_a_round_that_began_by_another_method_leaves_the_points_whole(room: Room, rater: Rater) -> None:
    """The facilitator chose the wrong method, somebody answered, and they went back and chose again."""
    ids = area_ids(room.study)
    to(room, Step.DISCUSS)
    step(room, Next("prioritisation", tuple(ids.values())))
    answer(room, rater, {"Arkiv": (9, 9), "Lønn": (8, 8)})
    back(room)
    room = step(room, Next("dots", tuple(ids.values())))
    (seat,) = seating.board(FACILITATOR, room.study, room.workshop.id)
    assert seat.answered == 0
    assert tap(room, rater, ids["Lønn"], "points", 5)
    (seat,) = seating.board(FACILITATOR, room.study, room.workshop.id)
    assert seat.answered == 5
    shown = taking_part.outcome(to(room, Step.SHOW))
    assert {line.name: line.score for line in shown} == {"Lønn": 5, "Arkiv": 0, "Telefoni": 0}


def test_a_comment_takes_the_place_of_the_one_before_and_empty_takes_it_away(room: Room, rater: Rater) -> None:
    room = to(room, Step.RATE)
    for text, kept in (("Haster", "Haster"), (" Haster ikke \n", "Haster ikke"), (" ", None)):
        assert taking_part.remark(actor(room, rater), room, rater, new_id(), arkiv(room), text)
        assert taking_part.own_answers(room, rater).comments.get(arkiv(room)) == kept


def test_a_comment_has_its_limits(room: Room, rater: Rater) -> None:
    def remark(text: str, item: str = "", tap: str = "") -> bool:
        return taking_part.remark(actor(room, rater), now(room), rater, tap or new_id(), item or arkiv(room), text)

    with refused("round_closed", Denied):
        remark("For tidlig")
    to(room, Step.RATE)
    assert remark("x" * COMMENT_LIMIT)
    for text, item, code in (
        ("x" * (COMMENT_LIMIT + 1), "", "comment_too_long"),
        ("Hei", "nowhere", "item_gone"),
        ("\0", "", "unstorable_text"),
    ):
        with refused(code):
            remark(text, item)
    assert remark("En gang", tap="t")
    assert not remark("En gang til", tap="t")
    to(room, Step.FREEZE)
    with refused("round_closed", Denied):
        remark("For sent")
    paper = on_paper(room)
    assert taking_part.remark(FACILITATOR, now(room), paper, new_id(), arkiv(room), "Fra papir")


def test_a_workshop_without_comments_takes_none(study: Study) -> None:
    room = rooms_of.opened(study, comments=False)
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    with refused("item_gone", Denied):
        taking_part.remark(actor(room, rater), room, rater, "t", arkiv(room), "Hei")


def test_contributions_are_taken_while_the_room_collects(asking: Room) -> None:
    rater, _ = joined(asking, "Gruppe 1")

    def write(text: str, prompt: int = 0, tap: str = "") -> bool:
        return taking_part.contribute(actor(asking, rater), now(asking), rater, tap or new_id(), prompt, text)

    assert write(" Felles \n vakt ", 1, "t")
    assert not write("Felles vakt", 1, "t")
    assert write("x" * WRITTEN_LIMIT)
    for text, prompt, code in (
        ("", 0, "idea_text"),
        ("x" * (WRITTEN_LIMIT + 1), 0, "idea_text"),
        ("Hei", 2, "collecting_closed"),
        ("Hei", -1, "collecting_closed"),
        ("\0", 0, "unstorable_text"),
    ):
        with refused(code):
            write(text, prompt)
    found = [(each.prompt, each.text) for each in taking_part.own_contributions(now(asking), rater)]
    assert found == [(1, "Felles vakt"), (0, "x" * WRITTEN_LIMIT)]
    step(asking)
    with refused("collecting_closed", Denied):
        write("For sent")


def test_one_rater_may_not_fill_the_wall_and_a_tap_sent_again_is_no_new_one(
    asking: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_part, "CONTRIBUTIONS_LIMIT", 2)
    rater, _ = joined(asking, "Gruppe 1")
    written = [taking_part.contribute(actor(asking, rater), now(asking), rater, tap, 0, tap) for tap in "abb"]
    assert written == [True, True, False]
    with refused("contributions_limit"):
        taking_part.contribute(actor(asking, rater), now(asking), rater, "c", 0, "c")
    assert len(live.contributions(open_store.store(), asking.workshop.id)) == 2


def test_a_person_on_paper_may_answer_too(study: Study) -> None:
    room = to(rooms_of.opened(study, group_mode=False), Step.RATE)
    person = seating.add(FACILITATOR, study, room.workshop.id, Introduction())
    assert taking_part.rate(FACILITATOR, now(room), person, Tap("t", 1, arkiv(room), "potential", 5))
