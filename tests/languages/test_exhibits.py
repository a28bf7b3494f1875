"""Every exhibit in the generated language, and all files: no sentence of them comes from the code."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from lib.actions import links, studies
from lib.actions.uploads import corrections, uploads
from lib.commands import start
from lib.domain.methods import METHODS
from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS, prepare
from lib.exhibits.exhibit import Exhibit
from lib.model.records import Study
from tests.actions.books import areas, book, scores
from tests.languages import made, seen
from tests.people import FACILITATOR

# What a chart goes by and nobody reads: the sort of a mark, the shape of a delivery, where a label stands.
UNSEEN = ["kind", "standing", "narrow_align", "wide_align"]


def strange(texts: Iterator[tuple[str, str]], known: re.Pattern[str]) -> list[tuple[str, str]]:
    return [(place, rest) for place, text in texts if (rest := made.left_or_unfilled(text, known))]


def said(found: Exhibit) -> Iterator[tuple[str, str]]:
    yield from (("finding", found.finding), ("basis", found.basis), ("alt", found.table.alt))
    yield from (("note", each) for each in (*found.notes, *(mark.why for mark in found.marks)))
    for column in found.table.columns:
        yield "heading", column.heading
    for row in found.table.rows:
        yield from (("cell", column.write(value)) for column, value in zip(found.table.columns, row, strict=True))
    if picture := found.picture:
        yield from (("picture", picture.alt), ("picture", picture.title), *seen.in_spec(picture.spec, "spec"))
        for column in picture.rows.to_pandas().select_dtypes(("object", "string")).columns.difference(UNSEEN):
            yield from ((f"rows.{column}", str(each)) for each in picture.rows[column].to_pylist() if each is not None)


@pytest.mark.parametrize("slug", ["indre-namdal", "kongsbergregionen", "var-region"])
def test_every_exhibit_and_its_files_speak_from_the_catalogue(
    slug: str, filled: Study, language: str, known: re.Pattern[str]
) -> None:
    prepare()
    study, found = studies.find(FACILITATOR, slug), {}
    for declared in EXHIBITS.values():
        for address in declared.instances(study):
            exhibit = declared.build(FACILITATOR, study, address, language)
            assert "⟦" in exhibit.finding
            texts = [*said(exhibit)]
            for ending in files.endings(declared):
                content = files.content(declared, FACILITATOR, study, address, language, ending)
                texts += cells(content) if ending.endswith("xlsx") else [(ending, each) for each in lines(content)]
            if rest := strange(iter(texts), known):
                found[declared.key] = rest
    assert found == {}


def cells(content: bytes) -> list[tuple[str, str]]:
    """Every text of a workbook, with what is said of its cells and what may stand in them."""
    texts = []
    for sheet in load_workbook(io.BytesIO(content)):
        texts += [("sheet", sheet.title)] if len(sheet.title) < 31 else []  # longer ones are cut
        for row in sheet.iter_rows():
            texts += [(cell.coordinate, str(cell.value)) for cell in row if cell.value is not None]
            texts += [("comment", cell.comment.text) for cell in row if cell.comment]
        for rule in sheet.data_validations.dataValidation:
            texts += [("rule", str(each)) for each in (rule.error, rule.errorTitle, rule.prompt) if each]
    return texts


def lines(content: bytes) -> list[str]:
    """The lines of a file of text; of a calendar what a calendar shows."""
    told = content.decode("utf-8-sig").replace("\r\n ", "").replace("\\n", " ").splitlines()
    shown = ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "LOCATION")
    return [line.partition(":")[2] for line in told if line.startswith(shown)] if told[0] == "BEGIN:VCALENDAR" else told


@pytest.mark.parametrize("method", METHODS)
def test_the_templates_do(method: str, filled: Study, language: str, known: re.Pattern[str]) -> None:
    assert strange(iter(cells(uploads.template_workbook(FACILITATOR, filled, method, language))), known) == []


def test_the_study_as_a_workbook_does(filled: Study, language: str, known: re.Pattern[str]) -> None:
    assert strange(iter(cells(uploads.current_workbook(FACILITATOR, filled, language))), known) == []


def test_a_template_of_the_language_is_read_again(filled: Study, language: str) -> None:
    content = uploads.current_workbook(FACILITATOR, filled, language)
    preview = uploads.check(FACILITATOR, filled, "alt.xlsx", content, language)
    assert not preview.errors
    assert not preview.changes


def test_the_corrected_workbook_does(filled: Study, language: str, known: re.Pattern[str]) -> None:
    faulty = book({"Områder": areas("Arkiv"), "Vurderinger": scores({"G1": {"Arkiv": (11, 7)}})})
    preview = uploads.check(FACILITATOR, filled, "feil.xlsx", faulty, language)
    texts = [each for each in cells(corrections.workbook(FACILITATOR, preview, language)) if "⟦" in each[1]]
    assert len(texts) > 5
    assert strange(iter(texts), known) == []


def test_what_the_terminal_says_does(
    home: object, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "DEFAULT", language)
    monkeypatch.setattr(links, "first_key", lambda: "nøkkel")
    start.open_app("http://127.0.0.1:8501")
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 3
    assert [line for line in told if made.left_or_unfilled(line, made.pattern(()))] == []
