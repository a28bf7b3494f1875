"""«Last opp»: the marked workbook, the receipt, what stands on changed rows, and an undo that asks first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.actions.uploads import uploads
from lib.i18n import t
from lib.model.access import Role
from lib.model.records import Batch, Study
from lib.ui.uploads.problems import TASKS_SHOWN
from tests.actions.books import areas, book, municipalities, scores
from tests.intake.rich_books import rich
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR

BASE = book({"Kommuner": municipalities(Grong=2359), "Områder": areas("Arkiv", "Lønn")})
RATED = book({"Vurderinger": scores({"Gruppe 1": {"Arkiv": (8, 7), "Lønn": (5, 5)}})})
RENAMED = book({"Områder": areas("Arkiv og innsyn", "Lønn")})
PAGE = "intake/upload.py"


@pytest.fixture
def facilitator(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    return key_for(Role.FACILITATOR, own)


def stored(study: Study, content: bytes) -> Batch:
    return uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb"))


def test_a_faulty_workbook_can_be_taken_back_with_its_notes(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, facilitator)
    page.file_uploader[0].upload("feil.xlsx", rich(score=11)).run()
    assert not page.exception
    assert page.table[0].value.iloc[0, 2] == t("nb", "corrections.places", count=1)
    assert t("nb", "upload.marked") in {button.label for button in page.download_button}


def test_the_receipt_says_how_much_and_undoes(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, facilitator)
    page.file_uploader[0].upload("god.xlsx", BASE).run()
    next(button for button in page.button if button.label == t("nb", "upload.confirm")).click().run()
    assert not page.exception
    text = said(page).replace("\\", "")
    assert t("nb", "upload.receipt", file="god.xlsx") in text
    assert "1 kommune og 2 områder" in text
    assert t("nb", "upload.receipt_changes", new="3", changed="0", unchanged="0") in text
    (batch,) = uploads.history(FACILITATOR, own)
    page.button(key=f"upload.receipt.{batch.id}").click().run()
    assert not uploads.history(FACILITATOR, own)[0].live
    assert t("nb", "upload.receipt", file="god.xlsx") not in said(page).replace("\\", "")


def test_an_undo_that_leaves_something_in_the_air_asks_first(own: Study, facilitator: str, open_page: Open) -> None:
    base, _ = stored(own, BASE), stored(own, RATED)
    page = open_page(PAGE, own.slug, facilitator)
    page.button(key=f"upload.undo.{base.id}").click().run()
    assert all(batch.live for batch in uploads.history(FACILITATOR, own))
    assert "4 vurderinger gjelder områder som forsvinner" in said(page)
    page.button(key=f"upload.leave.{base.id}").click().run()
    assert "som forsvinner" not in said(page)
    page.button(key=f"upload.undo.{base.id}").click().run()
    page.button(key=f"upload.undo_anyway.{base.id}").click().run()
    assert not page.exception
    assert [batch.live for batch in uploads.history(FACILITATOR, own)] == [True, False]
    page.button(key=f"upload.redo.{base.id}").click().run()
    assert all(batch.live for batch in uploads.history(FACILITATOR, own))


def test_the_preview_says_what_stands_on_what_changes(own: Study, facilitator: str, open_page: Open) -> None:
    for content in (BASE, RATED):
        stored(own, content)
    page = open_page(PAGE, own.slug, facilitator)
    page.file_uploader[0].upload("ny.xlsx", RENAMED).run()
    assert "2 vurderinger gjelder et område som endres" in said(page)


@pytest.mark.parametrize("file", ["study/overview.py", "results/prioritisation.py", "costs/comparison.py"])
def test_pages_stand_when_the_ground_is_undone(own: Study, facilitator: str, open_page: Open, file: str) -> None:
    base, _ = stored(own, BASE), stored(own, RATED)
    uploads.flip(FACILITATOR, own, base.id, False)
    assert not open_page(file, own.slug, facilitator).exception


def test_more_than_a_screenful_of_problems_is_counted(own: Study, facilitator: str, open_page: Open) -> None:
    numbers: list[list[object]] = [["Kommunenummer", "Kommune"], ["604", "Kongsberg"], ["", "Sigdal"], ["5042", ""]]
    rows: list[list[object]] = [["2026"], ["Arkiv", "mange"], ["Ukjent", 11], ["Lønn", "ca. 4"], ["", 5], ["Lønn", 2.5]]
    ratings: list[list[object]] = [["Område", "Potensial", "Gruppe", "Runde"], *([*row, "G", 200] for row in rows)]
    names: list[list[object]] = [["Kode", "Område", "Vedtak?"], ["1", "Arkiv", "x"], ["1", "Lønn", ""], ["", "IKT", ""]]
    found = book({"Kommuner": numbers, "Områder": names, "Vurderinger": ratings})
    page = open_page(PAGE, own.slug, facilitator)
    page.file_uploader[0].upload("feil.xlsx", found).run()
    assert not page.exception
    assert len(page.table[0].value) == TASKS_SHOWN
    assert any(each.value.startswith("… og ") and "steder i alt" in each.value for each in page.caption)


def test_every_missing_column_is_named(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, facilitator)
    page.file_uploader[0].upload("feil.xlsx", book({"Vurderinger": [["Til møtet"]]})).run()
    listed = " ".join(page.table[0].value.iloc[:, 0])
    assert all(f"«{name}»" in listed for name in ("Workshop", "Gruppe", "Område", "Potensial", "Gjennomførbarhet"))


def test_a_file_that_is_no_workbook_is_not_said_to_be_read(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page(PAGE, own.slug, facilitator)
    page.file_uploader[0].upload("feil.xlsx", b"\x00 noe annet").run()
    assert [(each.label, each.state) for each in page.status] == [(t("nb", "upload.unread"), "error")]
