"""Access to a workshop: every wrong code gets the same slow answer, guessing is slowed down, and seats are kept."""

from __future__ import annotations

import time
from http.cookies import SimpleCookie

import pytest
from starlette.testclient import TestClient

from lib.actions.live import codes, rooms, seating, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.model.live import Step
from lib.model.records import Study
from tests.actions import rooms_of
from tests.people import FACILITATOR
from tests.web import phones
from tests.web.phones import HERE, sit


def seats(room: Room) -> list[str]:
    return sorted(rater.name for rater in rooms_of.now(room).raters.values())


def test_the_code_leads_to_the_room_however_it_is_written(phone: TestClient, room: Room) -> None:
    code = room.plan.code
    for written in (code, code.lower(), f" {code[:3]}-{code[3:]} "):
        answer = phone.post("/delta", data={"kode": written})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/delta/{code}")
    assert phone.get(f"/delta/{code.lower()}").status_code == 200


def test_any_wrong_code_gets_the_same_answer_and_takes_as_long(phone: TestClient, room: Room) -> None:
    """The quickest of three tries at each, since a busy machine only ever adds to what an answer takes."""
    answers, quickest = set(), []
    for wrong in ("CCCCCC", "", "x" * 3000, room.plan.code[:5] + "A"):
        times = []
        for _ in range(3):
            begun = time.monotonic()
            answer = phone.post("/delta", data={"kode": wrong}, headers={"Origin": HERE})
            times.append(time.monotonic() - begun)
            answers.add((answer.status_code, answer.text))
        quickest.append(min(times))
    assert {status for status, _ in answers} == {404}
    assert len(answers) == 1
    assert min(quickest) >= 0.3
    assert max(quickest) - min(quickest) < 0.1
    assert phone.get("/delta/CCCCCC").status_code == 404


def test_a_wrong_code_says_the_same_wherever_it_stands(phone: TestClient, room: Room, at_once: None) -> None:
    for path in ("mine", "folg", "steg", "omrader"):
        assert phone.get(f"/delta/CCCCCC/{path}").json()["code"] == "wrong_code"
    for path in ("svar", "innspill", "bli-med"):
        assert phone.post(f"/delta/CCCCCC/{path}", data={"navn": "x"}).status_code == 404
    assert phone.post("/delta/CCCCCC/svar", json={"taps": []}).json()["code"] == "wrong_code"


def test_guessing_is_slowed_down_but_not_for_those_who_sit_there(
    phone: TestClient, other_phone: TestClient, room: Room, at_once: None
) -> None:
    seat = sit(other_phone, room)
    for _ in range(codes.WRONG_A_MINUTE):
        assert phone.post("/delta", data={"kode": "CCCCCC"}).status_code == 404
    for answer in (phone.post("/delta", data={"kode": room.plan.code}), phone.get(seat)):
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
    assert other_phone.get(seat).status_code == 200
    assert other_phone.get(f"{seat}/mine").status_code == 200


def test_joining_sets_a_cookie_that_scripts_cannot_read(phone: TestClient, room: Room) -> None:
    answer = phone.post(f"/delta/{room.plan.code}/bli-med", data={"navn": "Gruppe 1"}, headers={"Origin": HERE})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/delta/{room.plan.code}")
    cookie = SimpleCookie(answer.headers["set-cookie"])[seating.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "lax", "/", "")
    assert int(cookie["max-age"]) == seating.COOKIE_SECONDS


def test_the_cookie_is_secure_where_the_page_is(room: Room) -> None:
    with phones.phone("https://mulighetsrom.example") as client:
        joined = client.post(f"/delta/{room.plan.code}/bli-med", data={"navn": "Gruppe 1"})
    assert "Secure" in joined.headers["set-cookie"]


def test_another_site_cannot_join_or_answer(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    for path in ("bli-med", "svar", "innspill"):
        answer = phone.post(f"{seat}/{path}", data={"navn": "Andre"}, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403
    assert seats(room) == ["Gruppe 1"]


def test_two_devices_answer_as_one_group_once_they_say_so(
    phone: TestClient, other_phone: TestClient, room: Room
) -> None:
    sit(phone, room, "Gruppe 1")
    asked = other_phone.post(f"/delta/{room.plan.code}/bli-med", data={"navn": " gruppe  1"})
    assert asked.status_code == 409
    assert "set-cookie" not in asked.headers
    assert 'name="sammen" value="1"' in asked.text
    sit(other_phone, room, "gruppe 1", sammen="1")
    assert seats(room) == ["Gruppe 1"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 300, "to\nlinjer\x00"])
def test_a_name_that_cannot_be_shown_is_asked_for_again(phone: TestClient, room: Room, name: str) -> None:
    answer = phone.post(f"/delta/{room.plan.code}/bli-med", data={"navn": name})
    assert answer.status_code == 400
    assert name.strip()[:100] in answer.text
    assert seats(room) == []


def test_the_address_of_a_form_leads_back_to_the_room(phone: TestClient, room: Room) -> None:
    for form in ("bli-med", "svar", "innspill"):
        answer = phone.get(f"/delta/{room.plan.code}/{form}?sprak=en")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/delta/{room.plan.code}")


def test_names_are_text_on_the_page(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room, "<b>**Røyrvik**</b> & co")
    assert "<b>**Røyrvik**" not in phone.get(seat).text
    assert "&lt;b&gt;**Røyrvik**&lt;/b&gt; &amp; co" in phone.get(seat).text


def test_role_and_municipality_are_asked_for_where_the_plan_says_so(phone: TestClient, own: Study) -> None:
    rooms_of.furnish(own)
    room = rooms_of.opened(own)
    page = phone.get(f"/delta/{room.plan.code}").text
    place = next(key for key, name in room.municipalities.items() if name == "Grong")
    assert 'name="rolle"' in page
    assert f'value="{place}"' in page
    kept = phone.post(f"/delta/{room.plan.code}/bli-med", data={"navn": "", "rolle": "elected", "kommune": place}).text
    assert 'value="elected" required checked' in kept
    assert f'value="{place}" selected' in kept
    sit(phone, room, "Gruppe 1", rolle="elected", kommune=place)
    (rater,) = rooms_of.now(room).raters.values()
    assert (rater.role, rater.municipality) == ("elected", place)


@pytest.mark.parametrize("neither", ["ingen", "", "finnes ikke"])
def test_a_mixed_group_has_no_role_and_no_municipality(phone: TestClient, own: Study, neither: str) -> None:
    rooms_of.furnish(own)
    room = rooms_of.opened(own)
    sit(phone, room, "Gruppe 1", rolle=neither, kommune=neither)
    (rater,) = rooms_of.now(room).raters.values()
    assert (rater.role, rater.municipality) == (None, None)


def test_single_persons_are_not_asked_for_a_name(phone: TestClient, other_phone: TestClient, own: Study) -> None:
    rooms_of.furnish(own)
    room = rooms_of.opened(own, group_mode=False)
    assert 'name="navn"' not in phone.get(f"/delta/{room.plan.code}").text
    for client in (phone, other_phone, phone):
        sit(client, room, "")
    assert seats(room) == ["Deltaker 1", "Deltaker 2"]


def test_a_seat_is_kept_over_reload_and_restart(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room, "Gruppe 7")
    rooms._forget()
    assert "Gruppe 7" in phone.get(seat).text


def test_whoever_was_removed_is_asked_to_join_anew(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    (rater,) = rooms_of.now(room).raters
    seating.remove(FACILITATOR, room.study, room.workshop.id, rater)
    for answer in (phone.post(f"{seat}/svar", json={"taps": []}), phone.get(f"{seat}/mine"), phone.get(f"{seat}/folg")):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_seated")
    assert 'name="navn"' in phone.get(seat).text


def test_a_workshop_that_has_ended_lets_nobody_in_and_thanks_those_who_were(
    phone: TestClient, other_phone: TestClient, room: Room
) -> None:
    seat = sit(phone, room)
    rooms_of.to(room, Step.DISCUSS)
    workshops.forward(FACILITATOR, room.study, room.workshop.id, rooms_of.stages(room).seq, Next())
    assert phone.get(seat).status_code == 200
    assert 'action="/delta' not in other_phone.get(seat).text
    assert other_phone.post(f"{seat}/bli-med", data={"navn": "Sen"}).status_code == 403
    assert seats(room) == ["Gruppe 1"]
