"""What is to be mended is listed by what to do, and comes back in the workbook itself."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from lib.actions.uploads import corrections, uploads
from lib.i18n import LANGUAGES, sentence, t
from lib.model.problems import Problem, Severity
from lib.model.records import Study
from tests.intake.rich_books import rich
from tests.people import FACILITATOR, let_through

SCALE = {"low": "1", "high": "10"}
OFF = [Problem("out_of_scale", "Vurderinger", f"G{row}", str(row), params=SCALE) for row in range(11, 15)]
WARNING = Problem("hidden_sheet", "Skjult", severity=Severity.WARNING)


def look(study: Study, content: bytes, name: str = "tall.xlsx") -> uploads.Preview:
    return uploads.check(FACILITATOR, study, name, content, "nb")


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def test_one_thing_to_do_stands_once_with_all_its_places() -> None:
    (task, other) = corrections.tasks("nb", [WARNING, *OFF])
    assert (task.severity, other.severity) == (Severity.ERROR, Severity.WARNING)
    assert [place.cell for place in task.places] == ["G11", "G12", "G13", "G14"]
    assert task.sentence == t("nb", "problems.out_of_scale", found="…", **SCALE)
    assert other.sentence == sentence("nb", WARNING)


def test_what_is_done_differently_is_told_apart_while_it_is_little() -> None:
    found = [
        Problem("unknown_area", "Vurderinger", f"F{row}", name, params={"suggestion": near})
        for row, (name, near) in enumerate([("Arkv", "Arkiv"), ("Arkv", "Arkiv"), ("Lønnn", "Lønn")], 2)
    ]
    assert [len(task.places) for task in corrections.tasks("nb", found)] == [2, 1]
    assert "«Arkv»" in corrections.tasks("nb", found)[0].sentence
    many = [replace(found[0], found=str(n), params={"suggestion": str(n)}) for n in range(9)]
    (task,) = corrections.tasks("nb", many)
    assert (len(task.places), task.sentence.count("…")) == (9, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_says_all_of_a_cell_in_one_note_in_the_visitors_language(own: Study, language: str) -> None:
    preview = look(own, rich(score=11))
    twice = replace(preview, problems=(replace(WARNING, sheet="Vurderinger", cell="G3"), *preview.problems))
    book = opened(corrections.workbook(FACILITATOR, twice, language))
    note = book["Vurderinger"]["G3"].comment.text
    must, worth = (t(language, f"corrections.{severity}") for severity in Severity)
    assert 0 < note.index(must) < note.index(worth)
    assert book.sheetnames[0] == t(language, "sheets.corrections")
    links = {cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink}
    assert links == {"'Vurderinger'!G3", "'Notater'!A1"}


def test_a_workbook_that_cannot_be_marked_gives_the_list_alone_and_says_so(
    own: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = look(own, rich(score=11))
    broken = rich(score=11).replace(b"xl/worksheets/sheet4.xml", b"xl/worksheets/sheet9.xml")
    book = opened(corrections.workbook(FACILITATOR, replace(preview, content=broken), "nb"))
    assert book["Rettelser"]["A1"].value == t("nb", "corrections.alone")
    assert "Vurderinger" in {cell.value for cell in book["Rettelser"]["B"]}


@pytest.mark.parametrize(
    ("name", "becomes"),
    [("tall.xlsx", "tall-rettelser.xlsx"), ("makro.XLSM", "makro-rettelser.xlsm"), ("uten", "uten-rettelser.xlsx")],
)
def test_the_file_keeps_its_name(own: Study, name: str, becomes: str) -> None:
    assert corrections.file_name("nb", look(own, rich(), name)) == becomes


def test_only_those_who_may_upload_get_the_marked_workbook(own: Study) -> None:
    preview = look(own, rich(score=11))
    let = let_through(lambda actor: corrections.workbook(actor, preview, "nb"), own)
    assert let == {"leader", "facilitator"}


def test_a_text_file_comes_back_as_a_workbook_with_its_cells_marked(own: Study) -> None:
    preview = look(own, b"Kommunenummer;Kommune\n5042;Lierne\n50;Grong\n", "tall.csv")
    book = opened(corrections.workbook(FACILITATOR, preview, "nb"))
    marked = {cell.coordinate for sheet in book.worksheets[1:] for row in sheet for cell in row if cell.comment}
    assert marked == {"A3"}
    assert corrections.file_name("nb", preview) == "tall-rettelser.xlsx"
