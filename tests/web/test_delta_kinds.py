"""The raters' screens in workshops on risks, on the factors of the self-evaluation, and on SWOT."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from lib.actions import open_store
from lib.actions.live import seating
from lib.actions.live.rooms import Room
from lib.actions.risks import changes
from lib.i18n import LANGUAGES, t
from lib.model.live import Step
from lib.model.records import Study
from lib.store import live
from lib.web.files import ADDRESSES
from tests.actions import rooms_of
from tests.actions.live_kinds import KINDS, RISKS, grouped, of_kind, rated, register, swot_workshop
from tests.actions.rooms_of import area_ids, joined, now, to
from tests.people import FACILITATOR
from tests.web.phones import send, sit, tap
from tests.web.test_delta_pages import LIMIT, heading

QUIET = {"asks_role": False, "asks_municipality": False}


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


def others(room: Room, value: int) -> None:
    """Three groups that have given everything the same."""
    room = now(room)
    for number in (7, 8, 9):
        rater, _ = joined(room, f"Gruppe {number}")
        rated(room, rater, {each.name: (value,) * len(room.method.criteria) for each in room.subjects})


@pytest.mark.parametrize("method", KINDS)
def test_every_kind_is_rated_and_hidden_until_it_is_shown(phone: TestClient, study: Study, method: str) -> None:
    room = of_kind(study, method, **QUIET)
    seat = sit(phone, room, "Gruppe 1")
    room = to(room, Step.RATE)
    first = room.subjects[0]
    assert heading(phone.get(seat).text) == first.name
    given = [tap(room, first.id, key, 2, f"t{key}") for key in room.method.criterion_keys]
    assert all(result["saved"] for result in send(phone, room, *given))
    others(room, 4)
    result = {"prioritisation": "av 100, ", "risk": "16,0 av 25, ", "self_evaluation": "2,0 av 6, "}[method]
    for step in (Step.RATE, Step.FREEZE):
        to(room, step)
        assert result not in phone.get(seat).text
    to(room, Step.SHOW)
    page = phone.get(seat).text
    assert result in page
    assert ("mottiltak kreves" in page) is (method == "risk")
    assert "Dere svarte: " in page


@pytest.mark.parametrize("method", KINDS)
def test_a_form_without_scripts_answers_every_kind(phone: TestClient, study: Study, method: str) -> None:
    room = of_kind(study, method, **QUIET)
    seat = sit(phone, room, "Gruppe 1")
    room = to(room, Step.RATE)
    form = {"round": "1", "item": room.subjects[0].id, **dict.fromkeys(room.method.criterion_keys, "3")}
    assert phone.post(f"{seat}/svar", data=form).status_code == 303
    assert heading(phone.get(seat).text) == room.subjects[1].name
    assert {seat.answered for seat in seating.board(FACILITATOR, study, room.workshop.id)} == {
        len(room.method.criteria)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_factors_are_named_in_the_raters_language_with_their_questions(
    phone: TestClient, study: Study, language: str
) -> None:
    room = of_kind(study, "self_evaluation", **QUIET)
    seat = sit(phone, room)
    lobby = phone.get(f"{seat}?sprak={language}").text
    assert t(language, "read_meanwhile.factors") in lobby
    to(room, Step.RATE)
    page = phone.get(seat).text
    assert heading(page) == t(language, "factors.need")
    assert t(language, "about_items.factors") in page
    assert t(language, "factor_questions.need") in page
    sheets = phone.get(f"{seat}/omrader").json()["subjects"]
    assert [each["name"] for each in sheets][-1] == t(language, "factors.anchoring")


def test_a_risk_is_shown_with_its_cause_and_what_it_concerns(phone: TestClient, study: Study) -> None:
    register(study, "Ingen <søker>", cause="Små & spredte stillinger", area=area_ids(study)["Arkiv"])
    room = of_kind(study, "risk", **QUIET)
    seat = sit(phone, room)
    to(room, Step.RATE)
    page = phone.get(seat).text
    assert heading(page) == "Ingen &lt;søker&gt;"
    assert "Små &amp; spredte stillinger" in page
    assert t("nb", "about_items.risks") in page
    assert re.search(r"<h3>Gjelder</h3>\s*<p>Arkiv</p>", page)


def test_the_steps_are_explained_in_the_studys_own_words_where_it_has_any(phone: TestClient, study: Study) -> None:
    room = of_kind(study, "risk", **QUIET)
    seat = sit(phone, room)
    to(room, Step.RATE)
    page = phone.get(seat).text
    texts = [t("nb", f"risk_steps.{key}.{step}") for key in ("probability", "consequence") for step in range(1, 6)]
    assert all(text in page for text in texts)
    assert page.count('class="steps"') == 2
    changes.set_steps(FACILITATOR, study, {"probability.3": "Én gang i perioden"}, {})
    rooms_of.now(room)
    page = phone.get(seat).text
    assert "Én gang i perioden" in page
    assert t("nb", "risk_steps.probability.3") not in page
    assert t("nb", "risk_steps.consequence.3") in page


def test_other_methods_explain_no_steps(phone: TestClient, study: Study) -> None:
    room = of_kind(study, "self_evaluation", **QUIET)
    seat = sit(phone, room)
    to(room, Step.RATE)
    assert 'class="steps"' not in phone.get(seat).text


def test_statements_are_written_into_quadrants_and_given_points(phone: TestClient, study: Study) -> None:
    room = swot_workshop(study, area_ids(study)["Arkiv"], **QUIET)
    seat = sit(phone, room)
    page = phone.get(seat).text
    assert page.count('class="write"') == 4
    for prompt, text in enumerate(("Erfarne folk", "Ulike systemer", "Felles vakt", "Få søkere")):
        form = {"tap": f"tap-{prompt}", "prompt": str(prompt), "text": text}
        assert phone.post(f"{seat}/innspill", data=form).status_code == 303
        assert phone.post(f"{seat}/innspill", data=form).status_code == 303
    written = {each.text: each.prompt for each in live.contributions(open_store.store(), room.workshop.id)}
    assert written == {"Erfarne folk": 0, "Ulike systemer": 1, "Felles vakt": 2, "Få søkere": 3}
    assert phone.post(f"{seat}/innspill", data={"tap": "x", "prompt": "4", "text": "Ut"}).status_code == 409
    ideas = grouped(room)
    rooms_of.step(room)
    page = phone.get(seat).text
    assert heading(page) == "Gi poeng"
    assert all(f'data-item="{idea}"' in page for idea in ideas.values())
    given = [tap(room, ideas["Få søkere"], "points", 3, "p")]
    assert send(phone, now(room), *given)[0]["saved"]
    assert "3 poeng, 1 gruppe" not in phone.get(seat).text
    to(room, Step.SHOW)
    assert "3 poeng, 1 gruppe" in phone.get(seat).text


@pytest.mark.parametrize("step", [Step.COLLECT, Step.RATE])
def test_the_first_load_of_risks_is_light(phone: TestClient, study: Study, step: Step) -> None:
    register(study, *(f"{RISKS[0]} {number}" for number in range(15)), cause="x" * 300)
    room = of_kind(study, "risk", prompts=("Hva kan gå galt?",), **QUIET)
    seat = sit(phone, room)
    to(room, step)
    page = phone.get(seat)
    assert len(page.content) + sum(len(phone.get(file).content) for file in ADDRESSES.values()) <= LIMIT
