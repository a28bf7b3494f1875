"""«Risiko» as a visitor sees it: the answer, the matrix and its cells, one risk, acceptance, rules, and two at once."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions.risks import changes, register
from lib.charts.labels import text_width
from lib.domain.risks.register import RULE_SETS
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.records import Study
from lib.model.risk_records import Risk, RiskStatus
from lib.ui import state
from tests.actions.risk_books import added, against, covered, furnish, measures, now
from tests.pages.conftest import Open, said, spec_of
from tests.people import FACILITATOR

PAGE = "risk/register.py"
PADDING = 9  # pixels at either side of a cell


@pytest.fixture
def held(own: Study) -> Risk:
    """A forced risk without a countermeasure, beside one with and one that needs none."""
    furnish(own)
    covered(own, added(own, "Dyrt", 4, 4), against("Anbud", 2, owner="Innkjøp"))
    added(own, "Sent", 2, 2)
    return added(own, "Frafall", 1, 5)


@pytest.fixture
def leader(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    return key_for(Role.LEADER, own)


def words(page: AppTest) -> str:
    return said(page).replace("\\", "")


def button(page: AppTest, key: str) -> None:
    next(each for each in page.button if each.label == t("nb", key)).click().run()


def test_the_demo_opens_with_the_answer_and_the_mark_of_made_up_figures(open_page: Open) -> None:
    page = open_page(PAGE)
    assert not page.exception
    assert page.header[0].value.replace("\\", "") == "3 av 12 risikoer må ha mottiltak og mangler det."
    assert t("nb", "ranking.constructed") in words(page)
    assert "Ikke klar til behandling" in words(page)
    assert list(page.dataframe[1].value["Nr."]) == [str(number) for number in range(1, 14)]
    assert not [each for each in page.button if each.label == t("nb", "risk.add")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", ["", "A1", "helheten"])
def test_every_part_runs_in_every_language(
    own: Study, held: Risk, leader: str, area: str, language: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader, omrade=area, risiko=held.id, celle="1-5", regel="sum_7", sprak=language)
    assert not page.exception
    assert page.title[0].value == t(language, "pages.register")


def test_an_empty_study_says_how_to_begin(own: Study, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    assert t("nb", "risk.empty") in words(page)
    key = f"{state.RISK_NEW}.0"
    page.text_input(key=f"{key}.factor").input("Lite fagmiljø")
    page.selectbox(key=f"{key}.probability").select(4)
    page.selectbox(key=f"{key}.consequence").select(3)
    button(page, "risk.add")
    assert not page.exception
    assert page.header[0].value.replace("\\", "") == "Den ene risikoen må ha mottiltak og mangler det."
    (made,) = register.register(FACILITATOR, own).risks
    assert (made.factor, made.probability, made.consequence, made.area) == ("Lite fagmiljø", 4, 3, None)


def test_the_matrix_has_its_forced_cells_an_alt_text_and_a_sentence_on_the_gravest(
    own: Study, held: Risk, leader: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader)
    assert spec_of(page, 0)["config"]["locale"]["number"]["decimal"] == ","
    assert "S 1 og K 5: 1" in page.get("vega_lite_chart")[0].proto.alt
    assert "K = 5 krever mottiltak også når S = 1" in words(page)
    page.selectbox(key=state.RISK_RULE).select("product_15").run()
    assert "K = 5 krever mottiltak også når S = 1" not in words(page)
    assert page.query_params["regel"] == "product_15"
    assert "3 av" not in page.header[0].value  # the rule that is drawn changes nothing of what holds


def test_a_cell_shows_its_risks_and_why_they_are_forced(own: Study, held: Risk, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    page.selectbox(key=state.RISK_CELL).select("1-5").run()
    assert "Frafall**: Må ha mottiltak fordi K er 5. Har ingen mottiltak." in words(page)
    assert page.query_params["celle"] == "1-5"
    page.selectbox(key=state.RISK_CELL).select("1-1").run()
    assert t("nb", "risk.cell_empty") in words(page)


def test_other_rules_stand_beside(own: Study, held: Risk, leader: str, open_page: Open) -> None:
    table = open_page(PAGE, own.slug, leader).dataframe[0].value
    assert list(table.iloc[:, 1]) == ["12", "6", "8", "15", "10"]
    assert list(table.iloc[:, 2]) == ["2", "1", "1", "1", "1"]
    assert list(table.iloc[:, 3]) == ["1", "0", "0", "0", "0"]


def test_a_risk_is_changed_and_says_so(own: Study, held: Risk, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    key = f"{state.RISK_FORM}.{held.id}.0"
    page.selectbox(key=f"{key}.probability").select(2)
    button(page, "risk.save")
    assert now(own, held).probability == 2
    assert t("nb", "risk.saved") in [each.value.replace("\\", "") for each in page.success]


def test_two_who_change_the_same_field_both_see_it_and_the_second_chooses(
    own: Study, held: Risk, leader: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    key = f"{state.RISK_FORM}.{held.id}.0"
    changes.save_risk(FACILITATOR, own, held.model_copy(update={"probability": 4, "owner": "Rådmann"}), held)
    page.selectbox(key=f"{key}.probability").select(2)
    page.text_input(key=f"{key}.highest_by").input("Gruppe 1")
    button(page, "risk.save")
    (choice,) = page.radio
    assert [option.replace("\\", "").partition(" (")[0] for option in choice.options] == [
        "Nå lagret: S: 4, K: 5",
        "Du skrev: S: 2, K: 5",
    ]
    assert now(own, held).probability == 4
    choice.set_value(True).run()
    button(page, "typed.save_choices")
    last = now(own, held)
    assert (last.probability, last.owner, last.highest_by) == (2, "Rådmann", "Gruppe 1")


def test_countermeasures_are_typed_in_a_table_and_one_that_raises_is_refused(
    own: Study, held: Risk, leader: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    key = f"{state.RISK_MEASURES}.{held.id}.0"
    row = {"name": "Vikaravtale", "probability": "2", "cost": "50 000", "deadline": "2030-06-01"}
    page.session_state[key] = {"edited_rows": {0: row}, "added_rows": [], "deleted_rows": []}
    button(page, "typed.countermeasures.save")
    assert "Et mottiltak kan ikke øke risikoen" in words(page)
    page.session_state[key] = {"edited_rows": {0: row | {"probability": "1"}}, "added_rows": [], "deleted_rows": []}
    button(page, "typed.countermeasures.save")
    (stored,) = measures(own, held)
    assert (stored.name, stored.probability, stored.cost, str(stored.deadline)) == (
        "Vikaravtale",
        1,
        50_000,
        "2030-06-01",
    )
    assert page.header[0].value.replace("\\", "") == "Alle de 2 risikoene som må ha mottiltak, har det."


def test_a_deadline_has_room_in_its_column(own: Study, held: Risk, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    columns = json.loads(page.dataframe[-1].proto.columns)
    assert columns["deadline"]["width"] > text_width("30.06.2030", 15) + 2 * PADDING


def test_a_role_accepts_and_a_later_change_stands_beside_the_copy(
    own: Study, held: Risk, leader: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    key = f"{state.RISK_ACCEPT}.{held.id}.0"
    page.text_input(key=f"{key}.role").input("Styringsgruppen")
    page.text_area(key=f"{key}.reason").input("Vi lever med den.")
    button(page, "risk.accept")
    assert "Styringsgruppen har akseptert risikoen: «Vi lever med den.»" in words(page)
    seen = now(own, held)
    changes.save_risk(FACILITATOR, own, seen.model_copy(update={"probability": 3}), seen)
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    assert t("nb", "risk.differs") in words(page)
    assert "**S:** 1 da den ble akseptert, 3 nå" in words(page)


def test_a_closed_risk_is_opened_before_its_numbers_can_be_changed(
    own: Study, held: Risk, leader: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    button(page, "risk.close")
    assert now(own, held).status is RiskStatus.CLOSED
    page = open_page(PAGE, own.slug, leader, risiko=held.id)
    assert page.selectbox(key=f"{state.RISK_FORM}.{held.id}.0.probability").disabled
    button(page, "risk.open_again")
    assert now(own, held).status is RiskStatus.OPEN


def test_a_role_lets_the_case_go_on_with_a_reason_that_is_shown(
    own: Study, held: Risk, leader: str, open_page: Open
) -> None:
    page = open_page(PAGE, own.slug, leader)
    key = f"{state.RISK_OVERRIDE}.0"
    page.text_input(key=f"{key}.role").input("Kommunedirektøren")
    page.text_area(key=f"{key}.reason").input("Fristen er i morgen.")
    button(page, "risk.override_do")
    assert "Kommunedirektøren lar saken gå videre: «Fristen er i morgen.»" in words(page)
    assert register.readiness(FACILITATOR, own).ready
    button(page, "risk.withdraw_override")
    assert "Ikke klar til behandling" in words(page)


def test_a_study_sets_its_own_rule_and_goes_back(own: Study, held: Risk, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    key = f"{state.RISK_POLICY}.0"
    page.selectbox(key=f"{key}.score").select(12)
    page.selectbox(key=f"{key}.consequence").select(0)
    button(page, "risk.save_policy")
    assert "«Begrunnelse» må fylles ut." in words(page)
    page.text_area(key=f"{key}.reason").input("Vi tåler mer.")
    button(page, "risk.save_policy")
    book = register.register(FACILITATOR, own)
    assert [(rule.criterion, rule.limit) for rule in book.rules] == [(None, 12)]
    assert "Etter utredningens egen regel" in words(page)
    button(page, "risk.policy_back")
    assert register.register(FACILITATOR, own).rules == RULE_SETS["own"]


def test_a_study_has_its_own_words_for_the_steps(own: Study, held: Risk, leader: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, leader)
    page.text_input(key=f"{state.RISK_STEPS}.0.probability.1").input("Aldri hos oss")
    button(page, "risk.save_steps")
    assert "1. Aldri hos oss" in words(page)
    assert register.register(FACILITATOR, own).steps == {"probability.1": "Aldri hos oss"}


def test_a_persons_text_is_text(own: Study, leader: str, open_page: Open) -> None:
    furnish(own)
    made = added(own, "**fet** <b>x</b>", 1, 5)
    page = open_page(PAGE, own.slug, leader, risiko=made.id, celle="1-5")
    assert "**fet**" not in said(page)
    assert not page.exception
