"""«Kostnadstall» through the real frame: what is typed is stored, what is wrong is said, and figures are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions import cost_data, uploads
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.cost_records import CostBook
from lib.model.records import Study
from lib.ui import state
from tests.actions.books import areas, book, municipalities
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR, leader

PAGE = "costs/figures.py"
CONTENT = book({"Kommuner": municipalities(Grong=2359, Lierne=1355), "Områder": areas("Arkiv", "Lønn")})


@pytest.fixture
def region(own: Study) -> Study:
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "bok.xlsx", CONTENT, "nb"))
    return own


@pytest.fixture
def page(region: Study, open_page: Open, key_for: Callable[[Role, Study], str]) -> AppTest:
    return open_page(PAGE, region.slug, key_for(Role.LEADER, region))


def known(study: Study) -> CostBook:
    return cost_data.book(leader(study), study)


def type_in(page: AppTest, what: str, about: str, **edits: Any) -> AppTest:
    """Types into a table and presses its button."""
    key = f"{state.FIGURES}.{what}.{about}.0"
    page.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
    return page.button(key=f"{key}.save").click().run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("study", ["indre-namdal", "kongsbergregionen"])
def test_anybody_reads_a_demonstration_and_nobody_types_in_it(study: str, language: str, open_page: Open) -> None:
    page = open_page(PAGE, study, sprak=language)
    assert not page.exception
    assert t(language, "figures.read_only") in said(page)
    assert not [button for button in page.button if "save" in (button.key or "")]
    constructed = t(language, "ranking.constructed") in said(page)
    assert constructed is (study == "indre-namdal")


def test_a_study_without_areas_says_what_to_do(own: Study, open_page: Open, key_for: Callable[..., str]) -> None:
    page = open_page(PAGE, own.slug, key_for(Role.LEADER, own))
    assert t("nb", "figures.empty") in said(page)


def test_a_forgotten_pension_is_pointed_out(open_page: Open) -> None:
    assert "pensjon" not in "".join(warning.value for warning in open_page(PAGE, omrade="4").warning)
    (warning,) = open_page(PAGE, omrade="9").warning
    assert "pensjon" in warning.value
    assert "overhead" not in warning.value
