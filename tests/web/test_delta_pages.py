"""The raters' screens: the right one in each step, light enough for one mast, shut to all scripts but ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lib.actions import open_store
from lib.actions.live import workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.actions.uploads import uploads
from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES, t
from lib.model.live import Step
from lib.model.methods import Method
from lib.model.records import Study
from lib.web.delta_pages import POLICY
from lib.web.files import ADDRESSES
from lib.web.headers import HEADERS
from tests.actions import rooms_of
from tests.people import FACILITATOR
from tests.web.phones import sit

DEMO = Path(__file__).parents[2] / "data" / "indre_namdal.xlsx"
LIMIT = 40_000
"""Bytes in all on the first load, uncompressed: a hall of forty shares one mast."""


def heading(page: str) -> str:
    """The heading that is seen."""
    seen = re.sub(r"<(form|section)[^>]* hidden>.*?</\1>", "", page, flags=re.DOTALL)
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", seen)
    assert len(found) == 1, found
    return str(found[0])


def indre_namdal(study: Study) -> None:
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", DEMO.read_bytes(), "nb")
    uploads.confirm(FACILITATOR, preview)


def answered(room: Room, *names: str) -> None:
    """Groups that have rated all three areas, so that there is a result."""
    for name in names:
        rater, _ = rooms_of.joined(room, name)
        rooms_of.answer(room, rater, {"Arkiv": (9, 8), "Lønn": (5, 5), "Telefoni": (2, 3)})


def test_the_page_follows_the_room_from_beginning_to_end(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room, "Gruppe 1")
    seen = {step: heading(phone.get(seat).text) for step in _through(room)}
    assert seen == {
        Step.COLLECT: "Gruppe 1 er med",
        Step.RATE: room.areas[room.plan.items[0]].name,
        Step.FREEZE: "Stengt for svar",
        Step.SHOW: "Resultatet",
        Step.DISCUSS: "Resultatet",
        Step.END: "Takk for at dere var med",
    }


def _through(room: Room) -> Iterator[Step]:
    """Each step as the room reaches it."""
    for step in (Step.COLLECT, Step.RATE, Step.FREEZE, Step.SHOW, Step.DISCUSS, Step.END):
        rooms_of.to(room, step)
        yield step


def test_the_result_stays_hidden_until_it_is_shown_and_then_has_own_answers_beside(
    phone: TestClient, room: Room
) -> None:
    seat = sit(phone, room, "Gruppe 1")
    rooms_of.to(room, Step.RATE)
    answered(room, "Gruppe 2", "Gruppe 3", "Gruppe 4")
    (own,) = (rater for rater in rooms_of.now(room).raters.values() if rater.name == "Gruppe 1")
    rooms_of.answer(room, own, {"Arkiv": (7, None)})
    for step in (Step.RATE, Step.FREEZE):
        rooms_of.to(room, step)
        assert "72,0" not in phone.get(seat).text
    rooms_of.to(room, Step.SHOW)
    page = phone.get(seat).text
    assert "72,0 av 100, 3 grupper" in page
    assert "Dere svarte: Potensial: 7 · Gjennomførbarhet: vet ikke" in page
    assert page.index("Arkiv") < page.index("Lønn") < page.index("Telefoni")


def test_the_first_item_that_is_left_comes_first_and_any_other_can_be_asked_for(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    room = rooms_of.to(room, Step.RATE)
    names = [subject.name for subject in room.subjects]
    (rater,) = room.raters.values()
    rooms_of.answer(room, rater, {names[0]: (1, 2)})
    assert heading(phone.get(seat).text) == names[1]
    assert "2 av 3" in phone.get(seat).text
    assert heading(phone.get(f"{seat}?omrade=1").text) == names[0]
    for wrong in ("0", "4", "x", "-1", "²", "9" * 5000):
        assert heading(phone.get(f"{seat}?omrade={wrong}").text) == names[1]
    assert heading(phone.get(f"{seat}?omrade=1&runde=7").text) == names[1]


def test_the_overview_says_in_words_what_is_left(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    room = rooms_of.to(room, Step.RATE)
    (rater,), names = room.raters.values(), [subject.name for subject in room.subjects]
    rooms_of.answer(room, rater, {names[0]: (1, 2)})
    rooms_of.tap(room, rater, room.stage.items[1], "potential", None)
    page = phone.get(f"{seat}?omrade=oversikt").text
    assert heading(page) == "Oversikt"
    assert re.findall(r"<b>(.*?)</b> <span>(.*?)</span>", page) == list(
        zip(names, ("besvart", "delvis besvart", "gjenstår"), strict=True)
    )
    rooms_of.answer(room, rater, dict.fromkeys(names[1:], (3, 3)))
    assert heading(phone.get(seat).text) == "Alt er besvart"


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_method_can_be_rated(phone: TestClient, own: Study, method: Method) -> None:
    rooms_of.furnish(own)
    room = rooms_of.opened(own, method=method.key, asks_role=False, asks_municipality=False)
    seat = sit(phone, room)
    room = rooms_of.to(room, Step.RATE)
    page = phone.get(seat).text
    for criterion in room.method.criteria:
        name = criterion.key if room.method.budget is None else f"{criterion.key}:{room.stage.items[0]}"
        values = re.findall(rf'name="{name}" value="(\d+)"', page)
        assert values == [str(step) for step in criterion.steps]
        assert (f'name="{name}" value="vet-ikke"' in page) is (room.method.budget is None)
        words = [t("nb", f"anchors.{criterion.key}.{end}") for end in ("low", "high")]
        spelt = room.method.budget is None and criterion.high > 1
        assert all((word in page) is spelt for word in words)


def test_the_lobby_has_the_fact_sheets(phone: TestClient, own: Study) -> None:
    indre_namdal(own)
    room = rooms_of.opened(own, asks_role=False, asks_municipality=False)
    page = phone.get(sit(phone, room)).text
    assert page.count("<details>") == 13
    assert "Samarbeid i dag" in page


@pytest.mark.parametrize("step", [Step.COLLECT, Step.RATE, Step.FREEZE])
def test_the_first_load_is_light(phone: TestClient, own: Study, step: Step) -> None:
    indre_namdal(own)
    room = rooms_of.opened(own, asks_role=False, asks_municipality=False, prompts=("Hva får vi til?",) * 3)
    seat = sit(phone, room)
    rooms_of.to(room, step)
    page = phone.get(seat)
    files = re.findall(r'(?:href|src)="(/delta/filer/[^"]+)"', page.text)
    assert sorted(files) == sorted(ADDRESSES.values())
    assert len(page.content) + sum(len(phone.get(file).content) for file in files) <= LIMIT


def test_nothing_comes_from_elsewhere_and_nothing_stands_in_line(phone: TestClient, room: Room) -> None:
    pages = [phone.get("/delta").text, phone.get(f"/delta/{room.plan.code}").text]
    seat = sit(phone, room)
    pages += [phone.get(seat).text for step in _through(room)]
    for page in pages:
        assert not re.search(r"https?://|<style|style=| on[a-z]+=|<script(?! src=\"/delta/filer/)", page)


def test_the_pages_have_a_policy_of_their_own(phone: TestClient, room: Room) -> None:
    for path in ("/delta", f"/delta/{room.plan.code}"):
        headers = phone.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["cache-control"] == "no-store"
        assert all(headers[name] == value for name, value in HEADERS.items() if name != "Content-Security-Policy")
    assert "unsafe" not in POLICY


def test_files_are_kept_for_good_and_change_their_address_with_their_content(phone: TestClient) -> None:
    for name, path in ADDRESSES.items():
        answer = phone.get(path)
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/css" if name.endswith("css") else "text/javascript")
        assert phone.get(f"/delta/filer/0123456789ab/{name}").status_code == 404
    assert phone.get("/delta/filer/x/..%2fheaders.py").status_code == 404


def test_the_language_is_remembered(phone: TestClient, room: Room) -> None:
    assert '<html lang="en">' in phone.get("/delta?sprak=en").text
    seat = sit(phone, room, "Group 1")
    page = phone.get(seat).text
    assert '<html lang="en">' in page
    assert heading(page) == "Group 1 is in"
    assert phone.post(f"{seat}/svar", json={"taps": 1}).json()["message"] == t("en", "errors.unreadable")
    assert heading(phone.get(f"{seat}?sprak=nb").text) == "Gruppe 1 er med".replace("Gruppe", "Group")
    assert '<html lang="nb">' in phone.get(f"{seat}?sprak=xx").text


def test_every_other_language_is_offered(phone: TestClient) -> None:
    for language in LANGUAGES:
        offered = re.findall(
            r'sprak=(\w+)" lang="\1" hreflang="\1">([^<]+)', phone.get(f"/delta?sprak={language}").text
        )
        assert dict(offered) == {code: name for code, name in LANGUAGES.items() if code != language}


def test_the_clock_shows_when_the_time_is_up(phone: TestClient, own: Study) -> None:
    rooms_of.furnish(own)
    room = rooms_of.opened(own, minutes={Step.RATE: 10}, asks_role=False, asks_municipality=False)
    seat = sit(phone, room)
    assert 'id="timer"' not in phone.get(seat).text
    stage = rooms_of.to(room, Step.RATE).stage
    assert stage.ends_at
    assert f'data-ends="{int(stage.ends_at.timestamp() * 1000)}"' in phone.get(seat).text


def test_another_round_by_points_is_given_on_one_page(phone: TestClient, room: Room) -> None:
    seat = sit(phone, room)
    room = rooms_of.to(room, Step.DISCUSS)
    workshops.forward(FACILITATOR, room.study, room.workshop.id, room.stage.seq, Next("dots", tuple(room.plan.items)))
    page = phone.get(seat).text
    assert heading(page) == "Gi poeng"
    assert "5 av 5 poeng igjen" in page


def test_a_store_that_does_not_answer_is_said_so_and_tried_again(
    phone: TestClient, room: Room, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = sit(phone, room)
    open_store.close()
    monkeypatch.setenv("MULIGHETSROM_STORE", str(home.parent))
    answer = phone.post(f"{seat}/svar", json={"taps": []})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "MULIGHETSROM" not in answer.text
    assert str(home.parent) not in answer.text + phone.get(seat).text
