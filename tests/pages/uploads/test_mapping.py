"""«Last opp» with sheets that are not ours: asked about only then, mended, remembered, and stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.actions import studies
from lib.actions.uploads import uploads
from lib.i18n import t
from lib.model.access import Role
from lib.model.records import Study
from lib.ui import state
from tests.intake.books import Cells
from tests.intake.messy.making import csv, xlsx
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR

MIME = "application/octet-stream"
OTHERS: Cells = [["Stad", "Nr i registeret", "Folk", "Sist endra av"], ["Grong", "5045", 2359, "x"]]


@pytest.fixture
def facilitator(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    return key_for(Role.FACILITATOR, own)


def test_headings_that_fit_are_not_asked_about(own: Study, facilitator: str, open_page: Open) -> None:
    page = open_page("intake/upload.py", own.slug, facilitator)
    page.file_uploader[0].upload("liste.csv", csv([["Nr.", "Teneste"], ["1", "Arkiv"]]), MIME).run()
    assert not page.exception
    assert t("nb", "mapping.lead") not in said(page)
    assert [button.label for button in page.button if button.label == t("nb", "upload.confirm")]


def test_a_sheet_that_is_not_ours_is_mended_remembered_and_stored(
    own: Study, facilitator: str, open_page: Open
) -> None:
    page = open_page("intake/upload.py", own.slug, facilitator)
    page.file_uploader[0].upload("bok.xlsx", xlsx({"Ark1": OTHERS}), MIME).run()
    assert t("nb", "mapping.lead") in said(page)
    (kind,) = [box for box in page.selectbox if box.key and box.key.endswith(".kind")]
    kind.set_value("municipalities").run()
    for index, column in enumerate(["municipality", "number", "population", ""]):
        (box,) = [box for box in page.selectbox if box.key and box.key.endswith(f".municipalities.{index}")]
        box.set_value(column).run()
    next(button for button in page.button if button.label == t("nb", "mapping.read")).click().run()
    assert not page.exception
    assert t("nb", "mapping.lead") not in said(page)
    assert t("nb", "errors.stale") not in said(page)
    next(button for button in page.button if button.label == t("nb", "upload.confirm")).click().run()
    (town,) = studies.overview(FACILITATOR, own).municipalities
    assert (town.number, town.name, town.population) == ("5045", "Grong", 2359)
    assert [batch.counts for batch in uploads.history(FACILITATOR, own)] == [{"municipalities": 1}, {"mappings": 1}]


def test_what_is_hidden_is_offered(own: Study, facilitator: str, open_page: Open) -> None:
    rows: Cells = [["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"]]
    page = open_page("intake/upload.py", own.slug, facilitator)
    page.file_uploader[0].upload("bok.xlsx", xlsx({"Områder": rows}, rows={"Områder": [3]}), MIME).run()
    page.checkbox(key=state.WITH_HIDDEN).check().run()
    next(button for button in page.button if button.label == t("nb", "upload.confirm")).click().run()
    assert len(studies.overview(FACILITATOR, own).areas) == 2
