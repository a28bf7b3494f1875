"""What the pages show and do, run through the real frame on a real store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions import links, results, studies
from lib.actions.uploads import uploads
from lib.domain.methods import METHODS
from lib.exhibits.limits import limits
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.records import Study
from lib.ui import state
from tests import taken
from tests.actions.books import areas, book, municipalities, rated_by, scores
from tests.facts import DOCUMENTED_ORDER
from tests.pages.conftest import Open, said, spec_of
from tests.people import FACILITATOR

GOOD = book(
    {
        "Kommuner": municipalities(Grong=2359),
        "Områder": areas("Arkiv", "Lønn"),
        "Vurderinger": scores({f"G{number}": {"Arkiv": (8, 7), "Lønn": (5, number)} for number in range(1, 5)}),
    }
)
FAULTY = book({"Områder": areas("Arkiv"), "Vurderinger": scores({"G1": {"Arkiv": (11, 7)}, "G2": {"Arkivet": (3, 4)}})})


@pytest.fixture
def facilitator(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    return key_for(Role.FACILITATOR, own)


def test_a_first_visitor_meets_the_demonstrations_answer(open_page: Open) -> None:
    page = open_page()
    assert page.title[0].value == t("nb", "overview.title")
    assert any("Rus og psykiatri ligger øverst" in header.value for header in page.header)
    assert t("nb", "ranking.constructed") in said(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["study/overview.py", "results/prioritisation.py", "method/about.py"])
@pytest.mark.parametrize("study", ["indre-namdal", "kongsbergregionen"])
def test_pages_run_in_every_language(file: str, study: str, language: str, open_page: Open) -> None:
    page = open_page(file, study, sprak=language)
    assert not page.exception
    assert page.title[0].value


def test_the_answer_comes_before_the_pictures_and_the_table_after(open_page: Open) -> None:
    page = open_page("results/prioritisation.py")
    assert page.header[0].value.startswith("Rus og psykiatri ligger øverst")
    assert len(page.get("vega_lite_chart")) == 3
    assert "iterations" not in said(page)
    assert len(page.dataframe[0].value) == 13
    assert page.dataframe[0].value.iloc[0, 2] == "75,9"


def test_numbers_in_charts_have_a_decimal_comma_and_alt_text(open_page: Open) -> None:
    page = open_page("results/prioritisation.py")
    for place, chart in enumerate(page.get("vega_lite_chart")):
        assert spec_of(page, place)["config"]["locale"]["number"]["decimal"] == ","
        assert any(name in chart.proto.alt for name in DOCUMENTED_ORDER)


def test_how_firm_the_order_is_stands_between_the_pictures_and_the_table(open_page: Open) -> None:
    page = open_page("results/prioritisation.py")
    heads, words = [header.value for header in page.subheader], said(page).replace("\\", "")
    place = heads.index(t("nb", "firmness.title"))
    assert heads[place + 1] == "De folkevalgte gir Innføring av velferdsteknologi 10,8 poeng mer enn administrasjonen"
    assert heads[place + 2] == t("nb", "ranking.table")
    assert "Rus og psykiatri holder seg på plass 1." in words
    assert "Uten Gruppe 5 går Legetjeneste ut av de fem øverste, og Prosjektledelse byggeprosjekt kommer inn." in words
    assert page.dataframe[0].value["Folkevalgte minus administrasjonen"][4] == "10,8"
    assert "sikker" not in words.lower()


@pytest.mark.parametrize("narrowed", [{"rolle": "elected"}, {"uten": "Gruppe"}])
def test_a_narrowed_result_says_nothing_of_others_left_out(narrowed: dict[str, str], open_page: Open) -> None:
    if "uten" in narrowed:
        study = studies.find(FACILITATOR, "indre-namdal")
        workshop = results.workshops(FACILITATOR, study)[0]
        narrowed = {"uten": next(iter(results.choices(FACILITATOR, study, workshop.id).groups))}
    page = open_page("results/prioritisation.py", **narrowed)
    assert t("nb", "firmness.title") in said(page)
    assert t("nb", "firmness.left_out_title", **limits("nb")) not in said(page)
    assert len(page.get("vega_lite_chart")) == 2
    assert "Folkevalgte minus administrasjonen" not in page.dataframe[0].value


def test_the_weight_moves_the_parties_too(open_page: Open) -> None:
    page = open_page("results/prioritisation.py")
    before = page.dataframe[0].value["Folkevalgte minus administrasjonen"].tolist()
    page.slider(key=state.WEIGHT).set_value(80).run()
    assert page.dataframe[0].value["Folkevalgte minus administrasjonen"].tolist() != before


def test_choices_in_the_address_are_the_choices_on_the_page(open_page: Open) -> None:
    page = open_page("results/prioritisation.py", vekt="100", rolle="elected")
    assert page.slider(key=state.WEIGHT).value == 100
    assert page.selectbox(key=state.ROLE).value == "elected"
    assert "folkevalgte" in said(page)
    assert page.query_params["utredning"] == "indre-namdal"


@pytest.mark.parametrize("rubbish", ["-1", "101", "1e9", "٣", "", "<script>", "50.5"])
def test_rubbish_in_the_address_is_the_plain_picture(rubbish: str, open_page: Open) -> None:
    page = open_page("results/prioritisation.py", vekt=rubbish, rolle=rubbish, uten=rubbish)
    assert not page.exception
    assert page.slider(key=state.WEIGHT).value == 50
    assert page.header[0].value.startswith("Rus og psykiatri ligger øverst")


def test_the_weight_changes_the_scores(open_page: Open) -> None:
    page = open_page("results/prioritisation.py")
    before = page.dataframe[0].value.iloc[:, 2].tolist()
    page.slider(key=state.WEIGHT).set_value(80).run()
    assert page.dataframe[0].value.iloc[:, 2].tolist() != before
    assert "potensial 80" in said(page)


def test_the_language_changes_everything(open_page: Open) -> None:
    page = open_page("results/prioritisation.py")
    page.selectbox(key=state.LANGUAGE).set_value("en").run()
    assert page.title[0].value == t("en", "ranking.title")
    assert page.dataframe[0].value.iloc[0, 2] == "75.9"


def test_a_study_without_ratings_says_so(open_page: Open) -> None:
    page = open_page("results/prioritisation.py", "kongsbergregionen")
    assert t("nb", "ranking.none") in said(page)
    assert not page.get("vega_lite_chart")


def test_errors_are_listed_by_cell_and_nothing_is_stored(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("intake/upload.py", own.slug, facilitator)
    page.file_uploader[0].upload("feil.xlsx", FAULTY, uploads_mime()).run()
    assert not page.exception
    listed = page.table[0].value
    assert listed.iloc[:, 1].tolist() == ["Vurderinger\\!G2", "Vurderinger\\!F3"]
    assert "2 feil" in said(page)
    assert not [button for button in page.button if button.label == t("nb", "upload.confirm")]
    assert uploads.history(FACILITATOR, own) == []


def test_a_workbook_goes_in_and_out_again(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("intake/upload.py", own.slug, facilitator)
    page.file_uploader[0].upload("god.xlsx", GOOD, uploads_mime()).run()
    press_confirm(page)
    assert t("nb", "upload.stored", file="god.xlsx") in said(page).replace("\\", "")
    (batch,) = uploads.history(FACILITATOR, own)
    assert batch.live
    page.button(key=f"upload.undo.{batch.id}").click().run()
    assert not uploads.history(FACILITATOR, own)[0].live
    assert studies.overview(FACILITATOR, own).areas == ()


def test_a_file_that_is_no_workbook_gets_one_sentence(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("intake/upload.py", own.slug, facilitator)
    page.file_uploader[0].upload("tull.xlsx", b"dette er tekst", uploads_mime()).run()
    assert not page.exception
    assert len(page.table[0].value) == 1


def test_a_link_is_made_shown_once_and_revoked(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("administration/access.py", own.slug, facilitator)
    page.text_input(key=f"{state.LINK_LABEL}.0").set_value("Formannskapet *i* Grong")
    next(button for button in page.button if button.label == t("nb", "access.make")).click().run()
    address = page.code[0].value
    assert links.describe(address.rpartition("/")[2]) is not None
    page.button(key=state.PUT_AWAY).click().run()
    assert not page.code
    made = links.listing(FACILITATOR)[0]
    assert made.label == "Formannskapet *i* Grong"
    assert "\\*i\\*" in said(page)
    page.button(key=f"links.revoke.{made.id}").click().run()
    assert links.listing(FACILITATOR)[0].revoked_at is not None


def test_a_new_study_is_made_and_chosen(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("", own.slug, facilitator)
    page.text_input(key=f"{state.NEW_STUDY}.0").set_value("Øst for $x$ <b>fjell</b>")
    next(button for button in page.button if button.label == t("nb", "overview.create")).click().run()
    assert page.selectbox(key=state.STUDY).value == "ost-for-x-b-fjell-b"
    assert "\\$x\\$ \\<b\\>fjell" in said(page)


def test_fact_sheets_are_text(open_page: Open) -> None:
    page = open_page()
    page.selectbox(key=state.AREA).set_value("1").run()
    assert "Kilde" in said(page)
    assert f"**{t('nb', 'overview.description')}:**" in said(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", METHODS)
def test_every_method_has_its_page_and_its_files(
    key: str, language: str, own: Study, facilitator: str, open_page: Open
) -> None:
    """Also the methods without a total, with one question, or with points."""
    preview = uploads.check(FACILITATOR, own, "bok.xlsx", rated_by(METHODS[key]), "nb")
    assert not preview.errors
    uploads.confirm(FACILITATOR, preview)
    for file in ("study/overview.py", "results/prioritisation.py"):
        page = open_page(file, own.slug, facilitator, sprak=language)
        assert not page.exception
    assert len(page.dataframe[0].value) == 3
    charts = 2 if METHODS[key].is_plane else int(METHODS[key].has_total)
    assert len(page.get("vega_lite_chart")) == charts
    assert t(language, f"methods.{key}") in said(page).replace("\\", "")
    assert taken.sheet("ranking.order", own, language=language).max_row > 3
    assert taken.text("ranking.order", own, language=language)


def test_undo_in_a_stale_tab_never_redoes(own: Study, facilitator: str, open_page: Open) -> None:
    batch = uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "god.xlsx", GOOD, "nb"))
    stale = open_page("intake/upload.py", own.slug, facilitator)
    uploads.flip(FACILITATOR, own, batch.id, False)
    stale.button(key=f"upload.undo.{batch.id}").click().run()
    assert not uploads.history(FACILITATOR, own)[0].live


def test_a_preview_that_was_overtaken_is_made_anew(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("intake/upload.py", own.slug, facilitator)
    page.file_uploader[0].upload("god.xlsx", GOOD, uploads_mime()).run()
    other = book({"Områder": areas("Arkiv", "Lønn")})
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "andre.xlsx", other, "nb"))
    press_confirm(page)
    assert not page.exception
    assert t("nb", "errors.stale") in said(page)
    assert len(uploads.history(FACILITATOR, own)) == 1
    counts = page.dataframe[0].value
    assert counts.iloc[:, 3].tolist()[1] == "2"
    press_confirm(page)
    assert len(uploads.history(FACILITATOR, own)) == 2


def test_what_was_typed_stays_when_it_is_refused(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("administration/access.py", own.slug, facilitator)
    page.text_input(key=f"{state.LINK_LABEL}.0").set_value("x" * 100)
    next(button for button in page.button if button.label == t("nb", "access.make")).click().run()
    assert page.text_input(key=f"{state.LINK_LABEL}.0").value == "x" * 100
    assert len(links.listing(FACILITATOR)) == 1


def test_a_studys_name_is_text_everywhere(own: Study, facilitator: str, open_page: Open) -> None:
    made = studies.create(FACILITATOR, "**fet** $x$ :red[hei] www.a.no")
    page = open_page("", made.slug, facilitator)
    shown = [header.value for header in page.header if "fet" in header.value]
    assert shown == ["\\*\\*fet\\*\\* \\$x\\$ \\:red\\[hei\\] www\\.\u2060a\\.no"]


def press_confirm(page: AppTest) -> None:
    next(button for button in page.button if button.label == t("nb", "upload.confirm")).click().run()


def uploads_mime() -> str:
    from lib.ui.uploads.uploading import XLSX

    return XLSX


def test_the_data_folder_is_not_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    from lib.actions import open_store

    monkeypatch.delenv("MULIGHETSROM_STORE", raising=False)
    assert Path(__file__).parents[2] not in Path(open_store.address()).parents
