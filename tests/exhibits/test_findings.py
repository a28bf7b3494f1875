"""«Alle funn»: the same answers as on the pages, for leaders and facilitators, and a sheet for each."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from lib.actions.uploads import uploads
from lib.exhibits.findings import findings, workbook
from lib.i18n import LANGUAGES
from lib.model.live import Step
from lib.model.records import Study
from tests.actions import cost_books
from tests.actions.rooms_of import answer, joined, opened, to
from tests.people import FACILITATOR, let_through


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_has_a_sheet_with_its_figures(demonstration: Study, language: str) -> None:
    found = findings(FACILITATOR, demonstration, language)
    book = load_workbook(io.BytesIO(workbook(FACILITATOR, demonstration, language)))
    front, *sheets = book.worksheets
    assert len(sheets) == len(found) > 5
    told = [row[1] for row in front.iter_rows(min_row=5, values_only=True)]
    assert told == [each.exhibit.finding for each in found]
    assert [row[0] for row in front.iter_rows(min_row=5, values_only=True)] == [sheet.title for sheet in sheets]
    for sheet, each in zip(sheets, found, strict=True):
        heads = list(each.exhibit.table.frame.columns)
        assert heads in [list(row)[: len(heads)] for row in sheet.iter_rows(values_only=True)], sheet.title


def test_findings_are_for_leaders_and_facilitators(own: Study) -> None:
    cost_books.keep(own, cost_books.BOTH)
    for act in (findings, workbook):
        assert let_through(lambda actor: act(actor, own, "nb"), own) == {"leader", "facilitator"}  # noqa: B023


def test_the_front_says_that_figures_are_made_up(demonstration: Study) -> None:
    front = load_workbook(io.BytesIO(workbook(FACILITATOR, demonstration, "nb"))).worksheets[0]
    first = next(row for row in front.iter_rows(min_row=5, values_only=True))
    assert "Konstruerte eksempeltall" in str(first[3])


@pytest.mark.parametrize("group_mode", [True, False])
def test_a_workshop_of_fewer_than_three_takes_nothing_from_the_other_findings(own: Study, group_mode: bool) -> None:
    cost_books.keep(own, cost_books.BOTH)
    before = [each.exhibit.finding for each in findings(FACILITATOR, own, "nb")]
    room = opened(own, items=tuple(area.id for area in uploads.current_rows(own).areas), group_mode=group_mode)
    to(room, Step.RATE)
    for name in ("Gruppe 1", "Gruppe 2"):
        rater, _ = joined(room, name)
        answer(room, rater, {area.name: (8, 3) for area in uploads.current_rows(own).areas})
    to(room, Step.SHOW)
    told = [each.exhibit.finding for each in findings(FACILITATOR, own, "nb")]
    assert [finding for finding in told if finding in before] == before
    front = load_workbook(io.BytesIO(workbook(FACILITATOR, own, "nb"))).worksheets[0]
    assert [row[1] for row in front.iter_rows(min_row=5, values_only=True)] == told
