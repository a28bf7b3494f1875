"""«Utvikling» as a visitor sees it: the lines, two days in the address, and a day before there was a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.records import Study
from lib.ui import state
from tests.actions.past import noon, risk, spring, stored
from tests.pages.conftest import Open, said, spec_of

PAGE = "risk/history.py"


@pytest.fixture
def key(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    return key_for(Role.READER, own)


def words(page: AppTest) -> str:
    return said(page).replace("\\", "").replace("\u2060", "")


def alts(page: AppTest) -> list[str]:
    return [chart.proto.alt for chart in page.get("vega_lite_chart")]


def test_the_answer_the_lines_and_two_matrices(own: Study, key: str, open_page: Open) -> None:
    spring(own)
    page = open_page(PAGE, own.slug, key)
    assert not page.exception
    assert page.header[0].value.replace("\\", "") == (
        "2 av 2 risikoer må ha mottiltak nå. Det var 2 av 3 den 1. mars 2026."
    )
    assert len(alts(page)) == 3
    assert "Må ha mottiltak: fra 2 til 2. Mangler mottiltak: fra 2 til 1." in alts(page)[0]
    assert "den 1. mars 2026: 1 med S 4 og K 4, 1 med S 2 og K 2 og 1 med S 1 og K 5" in alts(page)[1]
    assert spec_of(page, 0)["config"]["locale"]["number"]["decimal"] == ","
    assert [row["Endring"] for row in page.table[0].value.to_dict("records")] == ["som før", "lukket", "høyere"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_runs_in_every_language(own: Study, key: str, language: str, open_page: Open) -> None:
    spring(own)
    page = open_page(PAGE, own.slug, key, sprak=language)
    assert not page.exception
    assert page.title[0].value == t(language, "pages.history")
    assert "nan" not in words(page).lower().split()


def test_the_days_stand_in_the_address(own: Study, key: str, open_page: Open) -> None:
    spring(own)
    page = open_page(PAGE, own.slug, key, fra="2026-03-10", til="2026-03-20")
    assert "den 10. mars 2026" in alts(page)[1]
    page.date_input(key=state.HISTORY_AFTER).set_value(date(2026, 3, 12)).run()
    assert page.query_params["til"] == "2026-03-12"
    assert "den 12. mars 2026" in alts(page)[2]


@pytest.mark.parametrize("wrong", ["i går", "2026-02-31", "1999-01-01", "3000-01-01", ""])
def test_a_day_that_cannot_be_falls_back(own: Study, key: str, wrong: str, open_page: Open) -> None:
    spring(own)
    page = open_page(PAGE, own.slug, key, fra=wrong)
    assert not page.exception
    assert page.date_input(key=state.HISTORY_BEFORE).value == date(2026, 3, 1)


def test_a_day_before_there_was_a_list_says_so(own: Study, key: str, open_page: Open) -> None:
    spring(own)
    page = open_page(PAGE, own.slug, key, fra="2026-02-01")
    assert not page.exception
    assert "Risikolisten fantes ikke den 1. februar 2026." in words(page)
    assert len(alts(page)) == 2
    assert {row["Endring"] for row in page.table[0].value.to_dict("records")} == {"ny"}


def test_a_study_without_risks_says_so(own: Study, key: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, key)
    assert not page.exception
    assert t("nb", "history.empty") in words(page)
    assert not alts(page)


def test_a_factor_is_text_whatever_stands_in_it(own: Study, key: str, open_page: Open) -> None:
    stored(own, noon(1), risk("a", 4, 4, factor="<b>**Fet**</b> :red[rød]"))
    page = open_page(PAGE, own.slug, key)
    assert not page.exception
    assert "\\*\\*Fet" in str(page.table[0].value.iloc[0, 1])


def test_risks_that_nobody_has_rated_give_an_empty_matrix(own: Study, key: str, open_page: Open) -> None:
    stored(own, noon(1), risk("a", None, None))
    page = open_page(PAGE, own.slug, key)
    assert not page.exception
    assert "Ingen risikoer hadde tall da." in alts(page)[1]
