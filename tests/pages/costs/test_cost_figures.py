"""«Kostnadstall» through the real frame: what is typed is stored, what is wrong is said, and figures are confirmed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions.costs import cost_figures
from lib.actions.uploads import uploads
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.cost_records import CostBook, OwnCost
from lib.model.records import Study
from lib.ui import state
from tests.actions.books import areas, book, municipalities
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR, leader

PAGE = "costs/cost_figures.py"
CONTENT = book({"Kommuner": municipalities(Grong=2359, Lierne=1355), "Områder": areas("Arkiv", "Lønn")})


@pytest.fixture
def region(own: Study) -> Study:
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "bok.xlsx", CONTENT, "nb"))
    return own


@pytest.fixture
def page(region: Study, open_page: Open, key_for: Callable[[Role, Study], str]) -> AppTest:
    return open_page(PAGE, region.slug, key_for(Role.LEADER, region))


def known(study: Study) -> CostBook:
    return cost_figures.book(leader(study), study)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("study", ["indre-namdal", "kongsbergregionen"])
def test_anybody_reads_a_demonstration_and_nobody_types_in_it(study: str, language: str, open_page: Open) -> None:
    page = open_page(PAGE, study, sprak=language)
    assert not page.exception
    assert t(language, "cost_figures.read_only") in said(page)
    assert not [button for button in page.button if "save" in (button.key or "")]
    constructed = t(language, "ranking.constructed") in said(page)
    assert constructed is (study == "indre-namdal")


def test_a_study_without_areas_says_what_to_do(own: Study, open_page: Open, key_for: Callable[..., str]) -> None:
    page = open_page(PAGE, own.slug, key_for(Role.LEADER, own))
    assert t("nb", "cost_figures.empty") in said(page)


def test_a_forgotten_pension_is_pointed_out(open_page: Open) -> None:
    assert "pensjon" not in "".join(warning.value for warning in open_page(PAGE, omrade="4").warning)
    (warning,) = open_page(PAGE, omrade="9").warning
    assert "pensjon" in warning.value
    assert "overhead" not in warning.value


def test_a_municipality_confirms_what_it_sees_and_the_page_says_who_did(page: AppTest, region: Study) -> None:
    assert said(page).count(t("nb", "cost_figures.unconfirmed")) == 1
    (button,) = [each for each in page.button if (each.key or "").startswith(state.FIGURES_CONFIRM)]
    button.click().run()
    assert "Grong har ingen egne kostnader" in said(page).replace("\\", "")
    grong, area = known(region).municipalities[0], known(region).areas[0]
    cost_figures.save(
        leader(region), region, area.id, OwnCost, [OwnCost(id="", area="", municipality=grong.id, kroner=500_000)]
    )
    page.run()
    (button,) = [each for each in page.button if (each.key or "").startswith(state.FIGURES_CONFIRM)]
    button.click().run()
    assert known(region).confirmed[grong.id]
    assert t("nb", "cost_figures.confirm_done") in said(page).replace("\\", "")
    frames = [each.value for each in page.dataframe]
    standings = next(frame for frame in frames if t("nb", "cost_figures.standing") in frame.columns)
    assert "prøve" in str(standings.iloc[0, 2])
    assert standings.iloc[1, 2] == t("nb", "cost_figures.unconfirmed")


def test_saving_what_nobody_changed_changes_nothing(page: AppTest, region: Study) -> None:
    before = known(region)
    tables = [key for each in page.button if (key := each.key or "").endswith(".save")]
    assert len(tables) == 5
    page.button(key=tables[0]).click().run()
    assert t("nb", "typed.costs.saved") in said(page).replace("\\", "")
    assert known(region) == before
