"""Workshops on risks, factors and SWOT on their pages: made, led, shown on the wall, and what comes out of them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions import open_store
from lib.actions.live import rooms, workshops
from lib.actions.live.rooms import Room
from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES, t
from lib.model.live import Collects, Step
from lib.model.records import Study
from lib.model.swot_records import SwotItem
from lib.store import rows
from lib.ui import state
from tests.actions.live_kinds import KINDS, RISKS, grouped, of_kind, rated, register, risks, swot_workshop, wrote
from tests.actions.rooms_of import area_ids, joined, now, stages, step, to
from tests.pages.conftest import Open, said
from tests.pages.room_pages import DISCUSS, LEAD, RATE, WALL, plainly, press, submit
from tests.people import FACILITATOR

SELF_EVALUATION = "risk/self_evaluation.py"


def answered(room: Room, *people: tuple[int, ...]) -> Room:
    """Groups that have answered; a value is given on every criterion of the item in its place."""
    raters = [joined(room, f"Gruppe {number}")[0] for number in range(1, len(people) + 1)]
    room = to(room, Step.RATE)
    names = [subject.name for subject in room.subjects]
    for rater, values in zip(raters, people, strict=True):
        rated(room, rater, {name: (value,) * len(room.method.criteria) for name, value in zip(names, values)})  # noqa: B905
    return now(room)


def tables(page: AppTest) -> str:
    return "\n".join(table.value.to_string() for table in page.table).replace("\\", "")


def part(page: AppTest, name: str) -> AppTest:
    page.segmented_control(key=state.WORKSHOP_PART).set_value(name).run()
    assert not page.exception
    return page


def pick(page: AppTest, kind: str) -> AppTest:
    page.selectbox(key=f"{state.WORKSHOP_METHOD}.0").set_value(kind).run()
    assert not page.exception
    return page


def made(study: Study) -> Room:
    ((workshop, _),) = workshops.listing(FACILITATOR, study)
    return rooms.room(workshop.id)


def test_a_workshop_on_risks_is_made_with_what_can_go_wrong_and_the_open_risks(
    study: Study, key: str, open_page: Open
) -> None:
    register(study, *RISKS)
    page = pick(open_page(LEAD, study.slug, key), "risk")
    assert page.text_area(key=f"{state.WORKSHOP_PROMPTS}.0.risks").value == t("nb", "live.prompt_risks")
    submit(page, "live.create")
    room = made(study)
    assert (room.workshop.method, room.workshop.group_mode, room.plan.collects) == ("risk", True, Collects.RISKS)
    assert set(room.plan.items) == {risk.id for risk in risks(study).values()}
    assert room.plan.prompts == [t("nb", "live.prompt_risks")]


def test_single_persons_rating_risks_are_warned_of(study: Study, key: str, open_page: Open) -> None:
    page = pick(open_page(LEAD, study.slug, key), "risk")
    assert t("nb", "live.risk_persons") not in plainly(page)
    page.radio(key=f"{state.WORKSHOP_MODE}.0").set_value(False).run()
    assert t("nb", "live.risk_persons") in plainly(page)
    assert t("nb", "live.risk_persons") not in plainly(pick(page, "prioritisation"))


def test_a_self_evaluation_is_made_on_the_agreed_scale(study: Study, key: str, open_page: Open) -> None:
    page = pick(open_page(LEAD, study.slug, key), "self_evaluation")
    assert page.selectbox(key=f"{state.WORKSHOP_SCALE}.0").value == 6
    page.selectbox(key=f"{state.WORKSHOP_SCALE}.0").set_value(10)
    submit(page, "live.create")
    room = to(made(study), Step.RATE)
    assert room.method.criteria[0].high == 10
    assert [subject.name for subject in room.subjects] == ["Behov", "Løsning", "Prosjektleder", "Team", "Forankring"]


def test_a_swot_is_made_collected_and_stored(study: Study, key: str, open_page: Open) -> None:
    page = pick(open_page(LEAD, study.slug, key), "swot")
    page.selectbox(key=f"{state.WORKSHOP_ABOUT}.0").set_value(area_ids(study)["Lønn"])
    submit(page, "live.create")
    room = made(study)
    assert (room.plan.collects, room.plan.about, len(room.plan.prompts)) == (Collects.SWOT, area_ids(study)["Lønn"], 4)
    wrote(room, "Gruppe 1", "Erfarne *folk*")
    part(page.run(), "ideas")
    press(page, "live.take_each.0")
    assert "live.keep_all.swot" not in {button.key for button in page.button}
    assert t("nb", "live.swot_waits") in plainly(page)
    to(room, Step.SHOW)
    press(page.run(), "live.keep_all.swot")
    assert [item.text for item in rows.current(open_store.store(), SwotItem, study.id)] == ["Erfarne *folk*"]
    assert t("nb", "live.kept.swot") in said(page)
    press(page, "live.keep_all.swot")
    assert len(rows.current(open_store.store(), SwotItem, study.id)) == 1


def test_all_ideas_go_into_the_register_and_are_rated(study: Study, key: str, open_page: Open) -> None:
    page = pick(open_page(LEAD, study.slug, key), "risk")
    submit(page, "live.create")
    room = made(study)
    wrote(room, "Gruppe 1", "Ingen søker jobben", "Kulturene er ulike")
    grouped(room)
    part(page.run(), "ideas")
    press(page, "live.keep_all.risks")
    assert set(risks(study)) == {"Ingen søker jobben", "Kulturene er ulike"}
    press(page, f"live.forward.{stages(room).seq}")
    assert (stages(room).step, len(now(room).subjects)) == (Step.RATE, 2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", KINDS)
def test_the_wall_shows_every_kind_when_it_is_out_and_not_before(
    study: Study, key: str, method: str, language: str, open_page: Open
) -> None:
    room = answered(of_kind(study, method), (2, 4, 1, 3, 1), (4, 4, 2, 3, 2), (2, 4, 2, 3, 3))
    wall = open_page(WALL, study.slug, key, sprak=language)
    for wanted in (Step.RATE, Step.FREEZE):
        to(room, wanted)
        assert not wall.run().exception
        assert not wall.table
        assert not wall.get("vega_lite_chart")
    for wanted in (Step.SHOW, Step.DISCUSS, Step.END):
        to(room, wanted)
        assert not wall.run().exception
        assert wall.table or wall.get("vega_lite_chart")
    words = {"risk": ("verdicts.demanded", "verdicts.no_demand"), "self_evaluation": ("factors.anchoring",)}
    assert all(t(language, each) in tables(wall) for each in words.get(method, ()))


def test_a_round_of_risks_is_told_and_entered_from_the_facilitators_page(
    study: Study, key: str, open_page: Open
) -> None:
    register(study, "<b>Systemene</b> snakker ikke sammen", *RISKS[:2])
    room = answered(of_kind(study, "risk"), (2, 3, 1), (2, 3, 2), (4, 2, 2))
    to(room, Step.DISCUSS)
    page = part(open_page(LEAD, study.slug, key), "discuss")
    assert t("nb", "verdicts.only_many", count=2, rated=3, by_median=1) in plainly(page)
    assert "Gruppe 3 ga S 4" in tables(page)
    press(page, "verdicts.enter.1")
    assert t("nb", "verdicts.entered", n="3") in plainly(page)
    assert sorted(risk.probability or 0 for risk in risks(study).values()) == [2, 3, 4]
    press(page, "verdicts.enter.1")
    assert t("nb", "verdicts.nothing_new") in plainly(page)
    discussed = open_page(DISCUSS, study.slug, key)
    assert not discussed.exception
    assert "Gruppe 3 ga S 4" in tables(discussed)
    assert "verdicts.enter.1" not in {button.key for button in discussed.button}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["table", "one"])
@pytest.mark.parametrize("method", ["risk", "self_evaluation"])
def test_a_group_with_a_laptop_rates_every_kind(
    study: Study, open_page: Open, method: str, view: str, language: str
) -> None:
    room = of_kind(study, method)
    _, seat = joined(room, "Gruppe 1")
    to(room, Step.RATE)
    page = open_page(RATE, study.slug, seat=seat, sprak=language)
    page.segmented_control(key=state.RATING_VIEW).set_value(view).run()
    assert not page.exception
    if view == "one":
        name = t(language, "factors.need") if method == "self_evaluation" else RISKS[0]
        assert any(name in heading.value.replace("\\", "") for heading in page.subheader)


def test_the_self_evaluation_is_read_and_proposed_from(study: Study, key: str, open_page: Open) -> None:
    page = open_page(SELF_EVALUATION, study.slug, key)
    assert t("nb", "self_evaluation.none") in plainly(page)
    room = answered(of_kind(study, "self_evaluation"), (4, 5, 6, 4, 2), (3, 5, 6, 4, 5))
    assert t("nb", "self_evaluation.none") in plainly(page.run())
    to(room, Step.SHOW)
    assert t("nb", "self_evaluation.poor", names="Behov og Forankring") in plainly(page.run())
    press(page, "self_evaluation.risk.anchoring")
    press(page, "self_evaluation.driver.leader")
    assert set(risks(study)) == {t("nb", "factor_risks.anchoring")}
    left = {button.key for button in page.button}
    assert "self_evaluation.risk.need" in left
    assert not {"self_evaluation.risk.anchoring", "self_evaluation.driver.leader"} & left
    assert t("nb", "self_evaluation.is_risk") in said(page)
    assert METHODS["self_evaluation"].criteria[0].high == 6


def test_the_pages_speak_english_of_the_factors_too(study: Study, key: str, open_page: Open) -> None:
    to(answered(of_kind(study, "self_evaluation"), (4, 5, 6, 4, 2)), Step.SHOW)
    page = open_page(SELF_EVALUATION, study.slug, key, sprak="en")
    assert "Anchoring" in tables(page)
    assert "Forankring" not in tables(page) + said(page)


def test_ideas_of_a_swot_are_never_areas(study: Study, key: str, open_page: Open) -> None:
    room = swot_workshop(study, area_ids(study)["Arkiv"])
    wrote(room, "Gruppe 1", "Erfarne folk")
    ideas = grouped(room)
    step(room)
    page = part(open_page(LEAD, study.slug, key), "ideas")
    assert not {f"live.make_area.{idea}" for idea in ideas.values()} & {button.key for button in page.button}
