"""«Kostnader» as a visitor sees it: the trial amount, one cooperation, all together, over time, and the method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions.costs import cost_figures
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.records import Study
from lib.model.swot_records import Note, NoteKind
from lib.ui import state
from tests.actions import cost_books
from tests.actions.cost_books import ARCHIVE, BOTH, hump, item, keep, partial, takes_part
from tests.pages.conftest import Open, said, spec_of
from tests.people import FACILITATOR

PAGE = "costs/comparison.py"
RICH = replace(
    BOTH,
    items=(*(each.model_copy(update={"constructed": True}) for each in BOTH.items), hump("Arkiv", 40_000, 2027)),
    notes=(Note(id="n", area="arkiv", kind=NoteKind.QUALITY, text="Bedre vern av dokumentene"),),
    partial=(partial("Arkiv", ["Røyrvik", "Namsskogan"], 265_892),),
    own=tuple(each.model_copy(update={"jobs": 0.5}) for each in BOTH.own),
    participation=(takes_part("Arkiv", "Grong", host=True, jobs=1.5),),
)


@pytest.fixture
def leader(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    keep(own, RICH)
    return key_for(Role.LEADER, own)


def words(page: AppTest) -> str:
    return said(page).replace("\\", "")


def test_a_trial_amount_needs_no_budget(open_page: Open) -> None:
    """PwC, Indre Namdal (2022): 1 000 000 kr by 20/80."""
    page = open_page(PAGE, samarbeid="proving")
    assert not page.exception
    shown = {metric.label: metric.value for metric in page.metric}
    expected = {"Røyrvik": "123 496", "Lierne": "266 022", "Namsskogan": "184 396", "Grong": "426 086"}
    assert shown == {name: f"{kroner}\u00a0kr".replace(" ", "\u202f") for name, kroner in expected.items()}
    assert "mangler" not in words(page)
    assert words(page).count("Grong betaler mest med 20/80, 426\u202f086\u00a0kr.") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", ["alle", "A1", "proving"])
@pytest.mark.parametrize("part", ["modeller", "over-tid", "metode"])
def test_every_part_runs_in_every_language(
    own: Study, leader: str, area: str, part: str, language: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid=area, vis=part, sprak=language)
    assert not page.exception
    assert page.title[0].value == t(language, "pages.comparison")
    assert "nan" not in words(page).lower().split()


def test_the_page_opens_on_all_together_and_says_whether_all_gain(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    assert page.header[0].value.replace("\\", "") == (
        "Grong, Lierne og Røyrvik kommer ikke best ut hver gang, men alle betaler mindre samlet."
    )
    assert t("nb", "ranking.constructed") in words(page)
    assert "Årsverk inn" in page.dataframe[0].value.columns
    assert "Grong −17\u202f828" in page.get("vega_lite_chart")[0].proto.alt


def test_another_model_for_one_area_refutes_it(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    page.selectbox(key=state.COSTS_WHAT_IF).select("A2").run()
    page.selectbox(key=f"{state.COSTS_WHAT_IF_MODEL}.A2").select("50_50").run()
    assert "betaler mindre samlet" not in words(page)
    assert page.query_params["hvaom"] == "A2"


def test_who_pays_more_than_today_is_the_headline(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1")
    head = page.header[0].value.replace("\\", "")
    assert head == "Grong (6\u202f086\u00a0kr) og Lierne (6\u202f022\u00a0kr) betaler mer enn i dag med 20/80."
    assert "Tallene er ikke bekreftet av Grong, Lierne, Namsskogan og Røyrvik." in words(page)
    assert "Ingen fast del passer for alle" in words(page)


def test_the_slider_moves_the_answer_and_stands_in_the_address(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1")
    page.slider(key=f"{state.COSTS_FIXED}.A1").set_value(100).run()
    assert "med 100/0" in page.header[0].value.replace("\\", "")
    assert page.query_params["fast"] == "100"
    again = open_page(PAGE, own.slug, leader, samarbeid="A1", fast="100")
    assert again.header[0].value == page.header[0].value


@pytest.mark.parametrize("wrong", ["-1", "101", "x", "²"])
def test_a_slider_value_that_cannot_be_falls_back(own: Study, leader: str, wrong: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", fast=wrong, modell="x", vis="y")
    assert not page.exception
    assert "med 20/80" in page.header[0].value.replace("\\", "")


def test_charts_have_alt_texts_and_tables_behind(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1")
    for place, chart in enumerate(page.get("vega_lite_chart")):
        assert spec_of(page, place)["config"]["locale"]["number"]["decimal"] == ","
        assert "Røyrvik" in chart.proto.alt
    assert [len(table.value) for table in page.dataframe] == [5, 6]  # four and their sum; six models that can be used


def test_an_own_mix_that_is_not_whole_says_so_in_a_sentence(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", modell="eget", lik="20", innb="70")
    assert not page.exception
    assert page.header[0].value.replace("\\", "").startswith("Andelene skal bli 100 prosent")


def test_an_own_mix_with_a_cap_and_a_host_is_computed(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(
        PAGE, own.slug, leader, samarbeid="A1", modell="eget", hoyst="400000", vert="Grong", vertpst="10", innfasing="3"
    )
    assert not page.exception
    assert {metric.label: metric.value for metric in page.metric}["Grong"] == "400\u202f000\u00a0kr"


def test_limits_can_be_each_municipalitys_own_and_are_kept_when_chosen(
    own: Study, leader: str, open_page: Open
) -> None:
    limits = {"minst.Røyrvik": "150000", "hoyst.Grong": "400000"}
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", modell="eget", **limits)
    shown = {metric.label: metric.value for metric in page.metric}
    assert (shown["Røyrvik"], shown["Grong"]) == ("150\u202f000\u00a0kr", "400\u202f000\u00a0kr")
    page.button(key=state.COSTS_CHOOSE).click().run()
    choice = cost_figures.book(FACILITATOR, own).choices[0]
    assert (choice.floors, choice.caps) == ({"røyrvik": 150_000}, {"grong": 400_000})
    again = open_page(PAGE, own.slug, leader, samarbeid="A1")
    assert {metric.label: metric.value for metric in again.metric} == shown


def test_another_cooperation_starts_without_the_limits_of_the_first(own: Study, leader: str, open_page: Open) -> None:
    asked = {"minst.Røyrvik": "150000", "nokkel.Saker": "10", "modell": "eget"}
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", **asked)
    page.selectbox(key=state.COSTS_AREA).select("A2").run()
    assert not {*asked} & {*page.query_params}


def test_a_key_that_the_municipalities_brought_is_a_model_and_part_of_a_mix(
    own: Study, key_for: Callable[[Role, Study], str], open_page: Open
) -> None:
    cases = {"Røyrvik": 100.0, "Lierne": 300.0, "Namsskogan": 200.0, "Grong": 400.0}
    towns = (town.model_copy(update={"keys": {"Saker": cases[town.name]}}) for town in ARCHIVE.municipalities)
    keep(own, replace(ARCHIVE, municipalities=tuple(towns)))
    key = key_for(Role.LEADER, own)
    alone = open_page(PAGE, own.slug, key, samarbeid="A1", modell="nokkel.Saker")
    assert {metric.label: metric.value for metric in alone.metric}["Grong"] == "400\u202f000\u00a0kr"
    assert "etter nøkkelen Saker" in alone.header[0].value.replace("\\", "")
    mixed = open_page(PAGE, own.slug, key, samarbeid="A1", modell="eget", lik="50", innb="0", **{"nokkel.Saker": "50"})
    assert {metric.label: metric.value for metric in mixed.metric}["Grong"] == "325\u202f000\u00a0kr"


def test_without_a_key_of_their_own_the_page_says_how_to_bring_one(own: Study, leader: str, open_page: Open) -> None:
    assert "Legg til kolonner i arket Kommuner" in words(open_page(PAGE, own.slug, leader, samarbeid="A1"))


def test_a_leader_chooses_a_model_and_all_see_which(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", fast="35")
    page.button(key=state.COSTS_CHOOSE).click().run()
    assert not page.exception
    assert {choice.id: choice.shares for choice in cost_figures.book(FACILITATOR, own).choices} == {
        "arkiv": {"equal": 35, "population": 65}
    }
    assert "Denne modellen er valgt for Arkiv." in words(page)


def test_a_reader_may_look_and_not_choose(
    own: Study, leader: str, key_for: Callable[[Role, Study], str], open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, key_for(Role.READER, own), samarbeid="A1")
    assert page.metric
    assert state.COSTS_CHOOSE not in [button.key for button in page.button]


def test_the_years_say_when_it_is_earned_back_and_what_is_not_counted(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", vis="over-tid")
    assert page.header[0].value.replace("\\", "").startswith("Fra 2028 har kommunene til sammen mer igjen")
    assert "Bedre vern av dokumentene" in words(page)


@pytest.mark.parametrize("event", ["merforbruk", "avregning", "prisvekst", "kommer-senere", "gar-ut"])
def test_what_if_something_changes(own: Study, leader: str, event: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", vis="over-tid", hendelse=event)
    assert not page.exception
    assert len(page.dataframe[-1].value) == 4


def test_blocking_groups_stand_behind_the_method_with_names_and_kroner(
    own: Study, leader: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader, samarbeid="A1", vis="metode")
    told = "Namsskogan og Røyrvik betaler 42\u202f000\u00a0kr mer enn om de samarbeidet uten de andre."
    assert told in words(page)
    assert told not in words(open_page(PAGE, own.slug, leader, samarbeid="A1"))
    assert "Shapley" in page.dataframe[0].value.columns


@pytest.mark.parametrize("people", [{"Grong": 2359}, {"Grong": 2359, "Lierne": 0}, {"Grong": 2359, "Lierne": None}, {}])
@pytest.mark.parametrize("part", ["modeller", "over-tid", "metode"])
def test_bad_figures_give_sentences_and_never_a_trace(
    own: Study, people: dict[str, int | None], part: str, key_for: Callable[[Role, Study], str], open_page: Open
) -> None:
    keep(own, cost_books.book({}, {"Arkiv": 1}, people))
    page = open_page(PAGE, own.slug, key_for(Role.LEADER, own), samarbeid="A1", vis=part)
    assert not page.exception
    assert "nan" not in words(page).lower().split()


def test_a_million_million_and_one_krone(own: Study, key_for: Callable[[Role, Study], str], open_page: Open) -> None:
    keep(own, replace(ARCHIVE, items=(item("Arkiv", "Drift", 10**12),)))
    key = key_for(Role.LEADER, own)
    assert not open_page(PAGE, own.slug, key, samarbeid="A1").exception
    page = open_page(PAGE, own.slug, key, samarbeid="proving", belop="1")
    assert sorted(metric.value for metric in page.metric) == ["0\u00a0kr", "0\u00a0kr", "0\u00a0kr", "1\u00a0kr"]
