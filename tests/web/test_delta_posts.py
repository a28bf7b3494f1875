"""What phones send: kept in order and once, by script or by form, and refused with a sentence where it must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from lib.actions.live import collecting, rooms, seating, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.model.live import Step
from lib.model.records import Rater, Study
from lib.web import bodies
from tests.actions import rooms_of
from tests.people import FACILITATOR
from tests.web.phones import address, code_of, send, sit, tap


def rating(room: Room) -> Room:
    return rooms_of.to(room, Step.RATE)


def rater(room: Room) -> Rater:
    (found,) = rooms_of.now(room).raters.values()
    return found


def said(room: Room) -> Mapping[tuple[str, str], int | None]:
    """What the one rater says now, by area name and criterion."""
    names = {item: name for name, item in rooms_of.area_ids(room.study).items()}
    values = taking_part.own_answers(rooms_of.now(room), rater(room)).values
    return {(names[item], criterion): value for (item, criterion), value in values.items()}


def ideas(room: Room, phone: TestClient) -> Room:
    """The room gives points to three ideas."""
    for text in ("Felles møter", "Delte leger", "Ett arkiv"):
        sent = phone.post(f"{address(room)}/innspill", json={"tap": text.encode().hex(), "prompt": 0, "text": text})
        assert sent.json()["results"][0]["saved"]
    collecting.take_each(FACILITATOR, room.study, room.workshop.id)
    return rooms_of.to(room, Step.POINTS)


@pytest.fixture
def asking(own: Study) -> Room:
    """A workshop that begins with an open question."""
    rooms_of.furnish(own)
    return rooms_of.opened(own, asks_role=False, asks_municipality=False, prompts=("Hva får vi til?",))


def test_taps_are_kept_in_order_and_seen_by_the_other_device(
    phone: TestClient, other_phone: TestClient, room: Room
) -> None:
    seat = sit(phone, room)
    sit(other_phone, room, sammen="1")
    rating(room)
    taps = [tap(room, "Arkiv", "potential", 3, "a"), tap(room, "Arkiv", "potential", 8, "b"),
            tap(room, "Lønn", "feasibility", None, "c")]  # fmt: skip
    answer = phone.post(f"{seat}/svar", json={"taps": taps}).json()
    assert answer["results"] == [{"tap": key, "saved": True} for key in "abc"]
    assert answer["stage"] == rooms_of.stages(room).seq
    ids, mine = rooms_of.area_ids(room.study), other_phone.get(f"{seat}/mine").json()
    assert mine["values"] == {ids["Arkiv"]: {"potential": 8}, ids["Lønn"]: {"feasibility": None}}
    assert (mine["round"], mine["stage"]) == (1, answer["stage"])


def test_a_tap_that_is_sent_again_counts_once(phone: TestClient, room: Room) -> None:
    sit(phone, room)
    rating(room)
    first = tap(room, "Arkiv", "potential", 3, "a")
    send(phone, room, first, tap(room, "Arkiv", "potential", 9, "b"))
    assert send(phone, room, first) == [{"tap": "a", "saved": True}]
    assert said(room) == {("Arkiv", "potential"): 9}


def test_a_refused_tap_has_its_own_sentence_and_the_others_are_kept(phone: TestClient, room: Room) -> None:
    sit(phone, room)
    rating(room)
    wrong = [
        tap(room, "Arkiv", "potential", 11, "a"),
        tap(room, "finnes ikke", "potential", 3, "b"),
        tap(room, "Arkiv", "points", 3, "c"),
        tap(room, "Arkiv", "potential", 10**30, "d"),
        tap(room, "Arkiv", "potential", 3, "é" * 8),
        {**tap(room, "Arkiv", "potential", 3, "f"), "round": 7},
    ]
    results = send(phone, room, *wrong, tap(room, "Arkiv", "potential", 5, "g"))
    codes = ["off_scale", "item_gone", "round_closed", "off_scale", "unstorable_text", "round_closed", ""]
    assert [code_of(each) for each in results] == codes
    assert said(room) == {("Arkiv", "potential"): 5}


def test_a_tap_after_the_freeze_is_refused_kindly(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    rating(room)
    late = tap(room, "Arkiv", "potential", 3)
    rooms_of.to(room, Step.FREEZE)
    assert code_of(send(phone, room, late)[0]) == "round_closed"
    answer = phone.post(f"{seat}/svar", data={"round": "1", "item": late["item"], "potential": "3"})
    assert answer.status_code == 409
    assert said(room) == {}


def test_an_item_that_is_taken_out_while_it_is_rated_is_refused_kindly(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    rating(room)
    gone = tap(room, "Lønn", "potential", 3)
    items = tuple(item for name, item in rooms_of.area_ids(room.study).items() if name != "Lønn")
    workshops.choose_items(FACILITATOR, room.study, room.workshop.id, rooms_of.stages(room).seq, items)
    assert code_of(send(phone, room, gone)[0]) == "item_gone"
    assert "Lønn" not in phone.get(f"{seat}?omrade=oversikt").text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"taps": {}}',
        b'{"taps": [1]}',
        b'{"taps": [{}]}',
        b'{"taps": [{"tap": 1, "round": 1, "item": "x", "criterion": "y", "value": 1}]}',
        b'{"taps": [{"tap": "a", "round": 1, "item": "x", "criterion": "y", "value": true}]}',
        b'{"taps": [{"tap": "a", "round": 1, "item": "x", "criterion": "y", "value": 1.5}]}',
        b'{"taps": [{"tap": "a", "round": "1", "item": "x", "criterion": "y", "value": 1}]}',
        b'{"taps": [{"tap": "a", "round": 1, "item": null, "criterion": "y", "value": 1}]}',
        b'{"taps": [{"tap": "a", "round": 1, "item": "x", "comment": "y", "text": "z"}]}',
    ],
)
def test_rubbish_gets_a_sentence(phone: TestClient, room: Room, body: bytes) -> None:
    seat = sit(phone, room)
    for path in ("svar", "innspill"):
        answer = phone.post(f"{seat}/{path}", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
        assert "Traceback" not in answer.text


def test_a_call_has_its_limits(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    rating(room)
    many = [tap(room, "Arkiv", "potential", 3, str(number)) for number in range(bodies.TAPS_LIMIT + 1)]
    assert phone.post(f"{seat}/svar", json={"taps": many}).status_code == 400
    assert len(send(phone, room, *many[:-1])) == bodies.TAPS_LIMIT
    large = phone.post(f"{seat}/svar", content=b"x" * (bodies.BODY_LIMIT + 1))
    assert large.status_code == 413


@pytest.mark.parametrize("fields", [{"round": "x"}, {"round": "1", "potential": "ti"}, {"round": "1" * 99}])
def test_a_form_that_is_not_ours_gets_a_sentence(phone: TestClient, room: Room, fields: dict[str, str]) -> None:
    seat = sit(phone, room)
    rating(room)
    form = {"item": rooms_of.area_ids(room.study)["Arkiv"], "potential": "3", **fields}
    assert phone.post(f"{seat}/svar", data=form).status_code == 400
    assert phone.post(f"{seat}/svar", content="&".join(["a=1"] * 500), headers=FORM).status_code == 400
    assert said(room) == {}


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_without_scripts_a_form_saves_one_item_and_goes_to_the_next_that_is_left(phone: TestClient, room: Room) -> None:
    seat, ids = sit(phone, room), rooms_of.area_ids(rating(room).study)
    places = {item: place for place, item in enumerate(rooms_of.stages(room).items, 1)}
    form = {"round": "1", "potential": "7", "feasibility": "vet-ikke", "comment": " <i>Ja</i> "}
    answer = phone.post(f"{seat}/svar", data={**form, "item": ids["Arkiv"]})
    assert answer.headers["location"] == f"{seat}?omrade={min(set(places.values()) - {places[ids['Arkiv']]})}"
    assert said(room) == {("Arkiv", "potential"): 7, ("Arkiv", "feasibility"): None}
    page = phone.get(f"{seat}?omrade={places[ids['Arkiv']]}").text
    assert "&lt;i&gt;Ja&lt;/i&gt;" in page
    assert page.count(" checked") == 2
    for name in ("Lønn", "Telefoni"):
        answer = phone.post(f"{seat}/svar", data={**form, "item": ids[name]})
    assert answer.headers["location"] == f"{seat}?omrade=oversikt"


def test_a_refused_form_keeps_what_was_typed(phone: TestClient, room: Room) -> None:
    seat, ids = sit(phone, room), rooms_of.area_ids(rating(room).study)
    long = "å" * (taking_part.COMMENT_LIMIT + 1)
    place = rooms_of.stages(room).items.index(ids["Lønn"]) + 1
    answer = phone.post(f"{seat}/svar?omrade={place}", data={"round": "1", "item": ids["Lønn"], "comment": long})
    assert answer.status_code == 409
    assert long in answer.text
    assert '<h1 tabindex="-1">Lønn</h1>' in answer.text


def test_points_cannot_be_overdrawn(phone: TestClient, asking: Room) -> None:
    seat = sit(phone, asking)
    room = ideas(asking, phone)
    first, second, _ = room.stage.items
    results = send(phone, room, tap(room, first, "points", 4, "a"), tap(room, second, "points", 2, "b"))
    assert [code_of(each) for each in results] == ["", "points_spent"]
    answer = phone.post(f"{seat}/svar", data={"round": "0", f"points:{first}": "4", f"points:{second}": "3"})
    assert answer.status_code == 409
    assert "5 poeng" in answer.text


def test_without_scripts_points_move_from_one_idea_to_another(phone: TestClient, asking: Room) -> None:
    seat = sit(phone, asking)
    room = ideas(asking, phone)
    first, second, third = room.stage.items
    for given in ((4, 1, 0), (0, 1, 4)):
        form = {f"points:{item}": str(value) for item, value in zip((first, second, third), given, strict=True)}
        assert phone.post(f"{seat}/svar", data={"round": "0", **form}).headers["location"] == seat
        values = taking_part.own_answers(room, rater(room)).values
        assert [values.get((item, "points"), 0) for item in (first, second, third)] == list(given)


def test_what_is_written_is_kept_once_and_stands_under_the_question(phone: TestClient, asking: Room) -> None:
    seat = sit(phone, asking)
    form = {"tap": "a", "prompt": "0", "text": "<b>Felles</b> vakt"}
    for _ in range(2):
        assert phone.post(f"{seat}/innspill", data=form).headers["location"] == f"{seat}#sporsmal-0"
    assert phone.get(seat).text.count("&lt;b&gt;Felles&lt;/b&gt; vakt") == 1
    for wrong in ({"text": ""}, {"text": "x" * 400}, {"prompt": "9"}):
        assert phone.post(f"{seat}/innspill", data={**form, "tap": "b", **wrong}).status_code == 409
    assert phone.post(f"{seat}/innspill", data={**form, "prompt": "x"}).status_code == 400


def test_writing_after_the_step_is_refused_kindly_and_shows_what_was_written(phone: TestClient, asking: Room) -> None:
    seat = sit(phone, asking)
    rating(asking)
    late: dict[str, Any] = {"tap": "a", "prompt": 0, "text": "For sent"}
    assert code_of(phone.post(f"{seat}/innspill", json=late).json()["results"][0]) == "collecting_closed"
    assert code_of(send(phone, asking, late)[0]) == "collecting_closed"


def test_comments_arrive_as_taps(phone: TestClient, room: Room) -> None:
    seat, ids = sit(phone, room), rooms_of.area_ids(rating(room).study)
    comment = {"tap": "a", "round": 1, "item": ids["Arkiv"], "comment": "**Viktig** <b>nå</b>"}
    assert send(phone, room, comment) == [{"tap": "a", "saved": True}]
    assert phone.get(f"{seat}/mine").json()["comments"] == {ids["Arkiv"]: "**Viktig** <b>nå</b>"}
    place = rooms_of.stages(room).items.index(ids["Arkiv"]) + 1
    assert "**Viktig** &lt;b&gt;nå&lt;/b&gt;" in phone.get(f"{seat}?omrade={place}").text


def test_a_second_round_begins_empty(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    rating(room)
    send(phone, room, tap(room, "Arkiv", "potential", 3))
    room = rooms_of.to(room, Step.DISCUSS)
    rooms_of.step(room, Next("prioritisation", (rooms_of.area_ids(room.study)["Arkiv"],)))
    assert phone.get(f"{seat}/mine").json()["values"] == {}
    assert " checked" not in phone.get(seat).text
    assert seating.board(FACILITATOR, room.study, room.workshop.id)[0].answered == 0


def test_a_seated_phone_is_let_in_without_the_store_and_a_moved_room_is_not(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    code = room.plan.code
    rooms.look_again(room.workshop.id)
    assert rooms.at_hand(code) is None
    assert phone.get(f"{seat}/steg").json() == {"stage": room.stage.seq}
    assert rooms.at_hand(code) is rooms.by_code(code)
    moved = rooms_of.to(room, Step.RATE)
    assert phone.get(f"{seat}/steg").json() == {"stage": moved.stage.seq}
    assert rooms.at_hand("unknown") is None
