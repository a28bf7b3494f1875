"""The pages of SWOT through the real frame: what recurs, the way back to each statement, and what leaders change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions.swot import statements
from lib.actions.uploads import uploads
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.records import Study
from lib.model.swot_records import Quadrant, SwotItem
from lib.ui import state
from tests.actions.swot_books import area_id, furnish, known, of_area, typed
from tests.pages.conftest import Open, said, spec_of
from tests.people import leader

ACROSS, FUNCTION, COMPARE = "swot/across.py", "swot/function.py", "swot/compare.py"
DEMO = "kongsbergregionen"
Key = Callable[[Role, Study], str]


@pytest.fixture
def region(own: Study) -> Study:
    furnish(own)
    return own


def plain(test: AppTest) -> str:
    return said(test).replace("\\", "").replace("\u2060", "")


def button(test: AppTest, part: str) -> AppTest:
    (found,) = [each for each in test.button if part in (each.key or "")]
    return found.click().run()


def test_the_first_line_of_the_demo_is_the_small_professional_environment(open_page: Open) -> None:
    page = open_page(ACROSS, DEMO)
    assert not page.exception
    assert (
        page.header[0].value.replace("\\", "")
        == "Lite fagmiljø går igjen i 7 av 7 funksjoner: trussel i 6, svakhet i 1"
    )
    (behind,) = [each.value for each in page.table]
    assert len(behind) == 7
    assert list(behind[t("nb", "columns.quadrant")]).count("Trussel") == 6
    assert all("KS" in source for source in behind[t("nb", "columns.source")])
    spec_of(page, 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", [ACROSS, FUNCTION, COMPARE])
def test_anybody_reads_the_demo_and_nobody_changes_it(file: str, language: str, open_page: Open) -> None:
    page = open_page(file, DEMO, sprak=language)
    assert not page.exception
    assert not [each for each in page.button if (each.key or "").startswith("swot")]
    assert t(language, "ranking.constructed") not in said(page)


@pytest.mark.parametrize("file", [ACROSS, COMPARE])
def test_a_study_without_statements_says_what_to_do(file: str, own: Study, open_page: Open, key_for: Key) -> None:
    assert t("nb", "swot.empty") in said(open_page(file, own.slug, key_for(Role.READER, own)))


def test_a_theme_of_the_address_is_looked_into(open_page: Open) -> None:
    page = open_page(ACROSS, DEMO, tema="Ulik organisering og ulike ansvarsområder")
    (behind,) = [each.value for each in page.table]
    assert set(behind[t("nb", "swot.function")]) == {"Regnskap", "Telefoni"}
    assert set(behind[t("nb", "swot.state")]) == {t("nb", "swot.suggestion")}
    fallen_back = open_page(ACROSS, DEMO, tema="<b>ukjent</b>")
    assert len(fallen_back.table[0].value) == 7


def test_a_leader_accepts_renames_splits_merges_and_removes(region: Study, open_page: Open, key_for: Key) -> None:
    page = open_page(ACROSS, region.slug, key_for(Role.LEADER, region))
    assert "Lang reisevei går igjen i 3 av 3 funksjoner: trussel i 2, svakhet i 1" in plain(page)
    page = button(page, f"{state.SWOT_DO}.accept")
    assert "Temaet «Lang reisevei» er satt." in plain(page)
    assert [item.theme for item in known(region).items].count("Lang reisevei") == 4
    (name,) = [each for each in page.text_input if f"{state.SWOT_NAME}.rename" in (each.key or "")]
    name.input("Avstand")
    page = button(page, f"{state.SWOT_DO}.rename")
    assert "Avstand går igjen i 3 av 3 funksjoner" in plain(page)
    (which,) = [each for each in page.multiselect if f"{state.SWOT_WHICH}.split" in (each.key or "")]
    which.set_value([next(item.id for item in known(region).items if item.theme)])
    (new,) = [each for each in page.text_input if f"{state.SWOT_NAME}.split" in (each.key or "")]
    new.input("Pris")
    page = button(page, f"{state.SWOT_DO}.split")
    assert sorted({item.theme or "" for item in known(region).items}) == ["", "Avstand", "Pris"]
    page = button(page, f"{state.SWOT_DO}.merge")
    assert {item.theme for item in known(region).items} == {"Avstand", None}
    page = button(page, f"{state.SWOT_DO}.remove")
    assert {item.theme for item in known(region).items} == {None}
    assert not page.exception


def test_a_name_that_is_none_is_refused_with_a_sentence(region: Study, open_page: Open, key_for: Key) -> None:
    page = open_page(ACROSS, region.slug, key_for(Role.LEADER, region))
    (name,) = [each for each in page.text_input if f"{state.SWOT_NAME}.accept" in (each.key or "")]
    name.input("  ")
    page = button(page, f"{state.SWOT_DO}.accept")
    assert "«Tema» må fylles ut." in plain(page)
    assert {item.theme for item in known(region).items} == {None}


def test_a_reader_sees_no_controls(region: Study, open_page: Open, key_for: Key) -> None:
    key = key_for(Role.READER, region)
    for file in (ACROSS, FUNCTION):
        page = open_page(file, region.slug, key)
        assert not [each for each in page.button if (each.key or "").startswith("swot")]
    assert t("nb", "swot.read_only") in said(page)


def test_one_function_shows_its_quadrants_forces_and_benefits(open_page: Open) -> None:
    page = open_page(FUNCTION, DEMO, omrade="6")
    text = plain(page)
    assert "Svakhet (2)" in text
    assert "- Små fagmiljøer" in text
    assert "7 fremmere mot 3 hemmere. Ingen har vurdert hvor sterke de er" in text
    assert "Gevinst i kvalitet" in text
    assert "Kilde: KS-Konsulent" in text


def test_a_statement_is_shown_once_with_both_origins_and_markup_is_text(
    region: Study, open_page: Open, key_for: Key
) -> None:
    seen = of_area(region, "Arkiv")
    statements.save(leader(region), region, area_id(region, "Arkiv"), SwotItem, [*seen, typed("<b>**fet**</b>")], seen)
    page = open_page(FUNCTION, region.slug, key_for(Role.READER, region))
    assert plain(page).count("- Lang reisevei") == 1
    assert "*(Grong, tillitsvalgte og ansatte; Lierne)*" in plain(page)
    (shown,) = [each.value for each in page.markdown if "fet" in str(each.value)]
    assert "\\<b\\>\\*\\*fet" in shown


def test_five_hundred_statements_in_one_quadrant_are_paged(region: Study, open_page: Open, key_for: Key) -> None:
    area, seen = area_id(region, "Telefoni"), of_area(region, "Telefoni")
    many = [typed(f"Mulighet nummer {nth}", Quadrant.OPPORTUNITY) for nth in range(500)]
    statements.save(leader(region), region, area, SwotItem, [*seen, *many, typed("x" * 2000)], seen)
    page = open_page(FUNCTION, region.slug, key_for(Role.READER, region), omrade="3", **{"side-opportunity": "42"})
    assert not page.exception
    assert "Mulighet (500)" in plain(page)
    assert "Side 42 av 42" in page.selectbox(key=f"{state.SWOT_PAGE}.opportunity").options
    assert plain(page).count("Mulighet nummer") == 8
    assert t("nb", "swot.read_whole") in [each.label for each in page.expander]


def test_a_leader_sends_a_statement_on_once(region: Study, open_page: Open, key_for: Key) -> None:
    page = open_page(FUNCTION, region.slug, key_for(Role.LEADER, region), omrade="2")
    page = button(page, ".do")
    assert "Sendt videre som «Lange avstander»." in plain(page)
    assert list(known(region).became.values()) == ["Lange avstander"]
    assert "→ Lange avstander" in plain(page)
    (threat,) = known(region).made_of
    register = open_page("risk/register.py", region.slug, key_for(Role.READER, region), risiko=threat)
    assert "Sendt hit fra Lønn: «Lange avstander»" in plain(register)
    page = open_page(FUNCTION, region.slug, key_for(Role.LEADER, region), omrade="2")
    page = button(page, ".do")
    assert t("nb", "swot.sent_all") in plain(page)
    made = next(area for area in known(region).areas if area.name == "Felles innkjøp av system")
    back = open_page(FUNCTION, region.slug, key_for(Role.READER, region), omrade=made.code)
    assert "Sendt hit fra Lønn: «Felles innkjøp av system»" in plain(back)


def test_what_another_has_sent_on_is_said_and_nothing_else_is_sent(
    region: Study, open_page: Open, key_for: Key
) -> None:
    one, late = (open_page(FUNCTION, region.slug, key_for(Role.LEADER, region), omrade="2") for _ in range(2))
    button(one, ".do")
    late = button(late, ".do")
    assert t("nb", "errors.already_sent", name="Lange avstander") in plain(late)
    assert list(known(region).became.values()) == ["Lange avstander"]


def test_saving_what_nobody_changed_changes_nothing(region: Study, open_page: Open, key_for: Key) -> None:
    page = open_page(FUNCTION, region.slug, key_for(Role.LEADER, region))
    before, batches = known(region), uploads.history(leader(region), region)
    tables = [key for each in page.button if (key := each.key or "").endswith(".save")]
    assert len(tables) == 3
    for what, kind in (("items", "swot"), ("forces", "forces"), ("notes", "notes")):
        page = button(page, f"{state.SWOT_TABLE}.{what}")
        assert t("nb", f"typed.{kind}.saved") in plain(page)
    assert (known(region), uploads.history(leader(region), region)) == (before, batches)


def test_what_is_typed_is_stored_and_a_row_without_a_quadrant_is_refused(
    region: Study, open_page: Open, key_for: Key
) -> None:
    page = open_page(FUNCTION, region.slug, key_for(Role.LEADER, region))
    table = f"{state.SWOT_TABLE}.items.{area_id(region, 'Arkiv')}.0"
    for row, told in (
        ({"constructed": False, "text": "Få søkere"}, "«Kvadrant» må fylles ut."),
        ({"constructed": False, "text": "Få søkere", "quadrant": "weakness"}, t("nb", "typed.swot.saved")),
    ):
        page.session_state[table] = {"edited_rows": {}, "added_rows": [row], "deleted_rows": []}
        page = button(page, f"{table}.save")
        assert told in plain(page)
    assert [item.quadrant for item in of_area(region, "Arkiv") if item.text == "Få søkere"] == [Quadrant.WEAKNESS]


def test_two_functions_and_two_parties_stand_side_by_side(region: Study, open_page: Open, key_for: Key) -> None:
    page = open_page(COMPARE, DEMO, en="1", annen="6")
    assert page.header[0].value.replace("\\", "") == "Begge snakker om: «Lite fagmiljø»."
    key = key_for(Role.READER, region)
    page = open_page(COMPARE, region.slug, key, etter="role", en="elected", annen="administration")
    text = plain(page)
    assert "Folkevalgt" in text
    assert "Lange avstander" in text
    assert "Lang reisevei, dyrt" in text
    assert "3 utsagn sier ikke hvem de kommer fra" in text
    page = open_page(COMPARE, region.slug, key, etter="municipality")
    assert "«Lang reisevei»" in plain(page)


def test_a_comparison_that_lacks_a_side_says_so(open_page: Open) -> None:
    assert t("nb", "swot.too_few") in said(open_page(COMPARE, DEMO, etter="municipality"))
