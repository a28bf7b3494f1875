"""Templates: what a person downloads explains itself, and comes back as nothing until it is filled in."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES
from lib.intake.checks import Checked
from lib.intake.tables import heading_names
from lib.intake.template import template
from lib.intake.texts import fold
from lib.model.kinds import SheetKind
from lib.model.sheet_kinds import (
    AREAS_SHEET,
    MUNICIPALITIES_SHEET,
    RECORD_SHEETS,
    all_sheets,
    any_ratings_sheet,
    ratings_sheet,
)
from tests.intake.books import checked, texts

PRIORITISATION = METHODS["prioritisation"]


def opened(language: str = "nb", kinds: tuple[SheetKind, ...] = all_sheets(PRIORITISATION)) -> Workbook:
    return load_workbook(io.BytesIO(template(kinds, texts(language))))


def filled(book: Workbook) -> Checked:
    stream = io.BytesIO()
    book.save(stream)
    return checked(stream.getvalue())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
def test_an_untouched_template_is_read_as_nothing_in_any_language(language: str, method: str) -> None:
    data = template(all_sheets(METHODS[method]), texts(language))
    assert [(p.code, p.sheet) for p in checked(data).problems] == [("no_rows", "")]


def test_a_row_below_the_example_is_read_and_the_example_is_not() -> None:
    book = opened(kinds=(MUNICIPALITIES_SHEET,))
    book["Kommuner"].append(["5042", "Lierne", 1355, 2020])
    result = filled(book)
    assert (result.problems, [m.name for m in result.rows.municipalities]) == ((), ["Lierne"])


def test_an_example_that_somebody_wrote_over_is_read() -> None:
    book = opened(kinds=(AREAS_SHEET,))
    for column, value in enumerate(["7", "Arkiv", None, None, None, None, None, None, None, None, "ja"], 1):
        book["Områder"].cell(2, column).value = value
    result = filled(book)
    assert (result.problems, [(a.code, a.individual_decisions) for a in result.rows.areas]) == ((), [("7", True)])


def test_an_example_that_was_changed_but_is_still_marked_is_asked_about() -> None:
    book = opened(kinds=(AREAS_SHEET,))
    book["Områder"]["B2"] = "Arkiv"
    assert [(p.code, p.sheet, p.cell) for p in filled(book).problems] == [("example_marker_left", "Områder", "A2")]


def test_every_heading_has_a_note_and_a_line_in_the_explanation_sheet() -> None:
    book = opened()
    explained = {(row[0], row[1]) for row in book["Forklaring"].iter_rows(values_only=True)}
    for name in book.sheetnames[:-1]:
        for cell in book[name][1]:
            assert cell.comment is not None
            assert (name, cell.value) in explained


def test_choices_and_scores_have_drop_downs() -> None:
    rules = {str(rule.sqref).split(":")[0]: rule for rule in opened()["Vurderinger"].data_validations.dataValidation}
    assert rules["D2"].formula1 == '"Folkevalgt,Administrasjon,Tillitsvalgte og ansatte"'
    assert rules["G2"].formula1 == '"1,2,3,4,5,6,7,8,9,10,vet ikke"'
    assert rules["F2"].formula1 == "='Områder'!$B$2:$B$2000"
    assert {rule.type for rule in rules.values()} == {"list", "whole"}


def test_the_heading_row_stays_in_sight() -> None:
    assert opened()["Vurderinger"].freeze_panes == "A2"


@pytest.mark.parametrize(
    "kind",
    [
        *RECORD_SHEETS,
        MUNICIPALITIES_SHEET,
        AREAS_SHEET,
        any_ratings_sheet(METHODS.values()),
        *map(ratings_sheet, METHODS.values()),
    ],
)
def test_no_heading_or_synonym_names_two_columns_of_a_sheet(kind: SheetKind) -> None:
    words = texts()
    for column in kind.columns:
        for name in words.names(column.text):
            assert heading_names(kind, words)[fold(name)] == column.key, name
