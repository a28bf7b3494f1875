"""A faulty workbook comes back with its cells marked and nothing else changed, and goes through when it is mended."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from lib.intake.annotate import Line, Mark, annotated, as_xlsx, is_xlsx
from lib.intake.forms import Limits
from lib.intake.marking.styles import FILLS
from lib.intake.reading import RawSheet, RawWorkbook, read
from lib.model.problems import Severity, Unreadable
from tests.intake.books import MUNICIPALITIES, checked, places, sheet_xml, texts, with_part, xlsx
from tests.intake.rich_books import SAYS, parts, rich

ERROR = "FFFFC9C4"
MARKS = {
    "Vurderinger": {"G3": Mark(Severity.ERROR, "«11» er utenfor skalaen."), "B9": Mark(Severity.WARNING, "Tom & <b>.")},
    "Kommuner": {"C2": Mark(Severity.WARNING, "Endret mye.")},
}
LINES = [
    Line(("Rett cellene.",)),
    Line(("Skala",), Severity.ERROR),
    Line(("", "Vurderinger", "G3", "11"), None, "Vurderinger", "G3"),
]


def marked(data: bytes, marks: Mapping[str, Mapping[str, Mark]] = MARKS, language: str = "nb") -> bytes:
    return annotated(data, marks, LINES, texts(language))


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data), rich_text=True)


def fill(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type else ""


def test_the_cells_are_filled_and_say_why() -> None:
    book = opened(marked(rich()))
    assert fill(book["Vurderinger"]["G3"]) == ERROR
    assert fill(book["Vurderinger"]["B9"]) == FILLS["warning"].decode()
    assert "«11» er utenfor skalaen." in book["Vurderinger"]["G3"].comment.text
    assert "Tom & <b>." in book["Vurderinger"]["B9"].comment.text
    assert fill(book["Vurderinger"]["H3"]) == ""
    assert book["Vurderinger"]["H3"].comment is None


def test_a_note_that_stood_there_stays_above_ours() -> None:
    text = opened(marked(rich()))["Kommuner"]["C2"].comment.text
    assert text.startswith(SAYS)
    assert text.endswith("Endret mye.")


def test_the_rest_of_a_marked_cell_stays() -> None:
    before, after = opened(rich())["Vurderinger"]["G3"], opened(marked(rich()))["Vurderinger"]["G3"]
    for what in ("value", "font", "border", "alignment", "number_format", "protection"):
        assert repr(getattr(before, what)) == repr(getattr(after, what)), what
    assert opened(marked(rich()))["Kommuner"]["C2"].number_format == "#,##0"


def test_every_part_that_no_mark_touches_stays_to_the_byte() -> None:
    data = rich()
    before, after = parts(data), parts(marked(data))
    assert before.keys() <= after.keys()
    touched = {name for name in before if before[name] != after[name]}
    ours = (
        "[Content_Types]",
        "xl/workbook.xml",
        "xl/_rels/workbook",
        "xl/styles",
        "xl/worksheets/sheet1",
        "xl/worksheets/sheet3",
        "xl/worksheets/_rels/sheet",
        "xl/comments",
        "xl/drawings/commentsDrawing",
    )
    assert {name for name in touched if not name.startswith(ours)} <= {"xl/comments/comment1.xml"}
    assert any(name.startswith("xl/charts/") for name in before.keys() - touched)
    assert any(name.startswith("xl/media/") for name in before.keys() - touched)
    assert "xl/worksheets/sheet4.xml" not in touched


def test_merged_cells_widths_rules_and_formulas_stay() -> None:
    before, after = opened(rich()), opened(marked(rich()))
    for name in before.sheetnames:
        one, other = before[name], after[name]
        assert one.merged_cells == other.merged_cells
        assert {k: d.width for k, d in one.column_dimensions.items()} == {
            k: d.width for k, d in other.column_dimensions.items()
        }
        assert [str(rule.sqref) for rule in one.data_validations.dataValidation] == [
            str(rule.sqref) for rule in other.data_validations.dataValidation
        ]
        assert [str(area.sqref) for area in one.conditional_formatting] == [
            str(area.sqref) for area in other.conditional_formatting
        ]
        assert [[cell.value for cell in row] for row in one] == [[cell.value for cell in row] for row in other][
            : one.max_row
        ]
        assert one.print_title_rows == other.print_title_rows
    assert after["Notater"]["B2"].value == "=SUM(A1:B1)"


def test_the_list_stands_first_with_a_link_to_each_cell() -> None:
    book = opened(marked(rich()))
    assert book.sheetnames == ["Rettelser", "Kommuner", "Områder", "Vurderinger", "Notater"]
    assert book.active.title == "Rettelser"
    assert not any(sheet.sheet_view.tabSelected for sheet in book.worksheets[1:])
    assert book["Rettelser"]["C3"].hyperlink.location == "'Vurderinger'!G3"
    assert opened(marked(rich(), language="en")).sheetnames[0] == "Corrections"


def test_a_long_sentence_in_the_list_has_room_and_the_list_is_printed_one_page_wide() -> None:
    long = Line(("Rett cellene. " * 10,))
    listed = opened(annotated(rich(), MARKS, [*LINES, long], texts()))["Rettelser"]
    last = listed.max_row
    assert [listed.row_dimensions[row].height for row in (1, last)] == [15, 30]
    assert listed.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_mended_workbook_goes_through(language: str) -> None:
    data = rich(score=11)
    assert places(checked(data), Severity.ERROR) == [("out_of_scale", "Vurderinger", "G3")]
    book = opened(marked(data, language=language))
    book["Vurderinger"]["G3"] = 8
    stream = io.BytesIO()
    book.save(stream)
    result = checked(stream.getvalue(), language="nb")
    assert result.errors == ()
    assert {code for code, _, _ in places(result, Severity.WARNING)} == {"unknown_sheet"}
    assert [rating.value for rating in result.rows.ratings] == [8, 7]


def test_marking_again_replaces_the_marks_of_the_round_before() -> None:
    again = marked(marked(rich()), {"Vurderinger": {"H3": Mark(Severity.ERROR, "Ny.")}}, "en")
    book = opened(again)
    assert book.sheetnames == ["Rettelser", "Kommuner", "Områder", "Vurderinger", "Notater"]
    ratings = book["Vurderinger"]
    assert (ratings["G3"].comment, ratings["B9"].comment, fill(ratings["G3"])) == (None, None, "")
    assert ratings["H3"].comment.text.endswith("Ny.")
    assert book["Kommuner"]["C2"].comment.text == SAYS
    shapes = b"".join(content for name, content in parts(again).items() if name.endswith(".vml"))
    assert shapes.count(b"<x:Row>2</x:Row>") == 1


def test_a_sheet_of_ones_own_with_our_name_is_left_alone() -> None:
    book = opened(marked(xlsx({"Rettelser": [["Mitt eget"]], "Kommuner": MUNICIPALITIES}), {}))
    assert book.sheetnames == ["Rettelser 2", "Rettelser", "Kommuner"]
    assert book["Rettelser"]["A1"].value == "Mitt eget"


@pytest.mark.parametrize("prefix", [b"", b"x:"])
@pytest.mark.parametrize(
    ("rows", "there"),
    [
        (b"", []),
        (b"<row/>", []),
        (b'<row r="2"/>', []),
        (b'<row r="2" spans="1:1"><c r="A2"/></row>', []),
        (b'<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row>', ["B2"]),
        (b'<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c></row><row r="4"><c r="B4"><v>4</v></c></row>', []),
        (b"<row r='2'><c r='B2' s='0' t='n'><v>2</v></c></row>", ["B2"]),
    ],
)
def test_cells_are_found_or_made_however_the_sheet_is_written(rows: bytes, there: list[str], prefix: bytes) -> None:
    spelt = rows.replace(b"</", b"\0").replace(b"<", b"<" + prefix).replace(b"\0", b"</" + prefix)
    sheet = sheet_xml(spelt)
    if prefix:
        sheet = sheet.replace(b"<worksheet xmlns=", b"<x:worksheet xmlns:x=").replace(b"</worksheet", b"</x:worksheet")
        sheet = sheet.replace(b"sheetData", b"x:sheetData")
    data = with_part(xlsx({"A": [["x"]]}), "xl/worksheets/sheet1.xml", sheet)
    marks = {"A": {place: Mark(Severity.ERROR, place) for place in ("AA2", "B2", "A3", "B4")}}
    after = opened(marked(data, marks))["A"]
    assert {place: after[place].comment.text[-len(place) :] for place in marks["A"]} == {p: p for p in marks["A"]}
    assert {fill(after[place]) for place in marks["A"]} == {ERROR}
    assert [place for place in ("B2", "A3") if after[place].value is not None] == there
    assert read(marked(data, marks)).sheets[1].rows() == read(data).sheets[0].rows() or rows in (b"", b"<row/>")


def test_notes_of_two_hundred_cells_each_have_their_own_shape() -> None:
    marks = {"Kommuner": {f"A{row}": Mark(Severity.ERROR, str(row)) for row in range(1, 201)}}
    book = opened(marked(rich(), marks))
    assert [book["Kommuner"][f"A{row}"].comment.text.split("\n")[-1] for row in (1, 200)] == ["1", "200"]


def test_the_notes_of_others_on_the_sheet_stay() -> None:
    book = Workbook()
    book.worksheets[0].title = "Kommuner"
    book.worksheets[0]["D4"].comment = Comment("En annen sak", "Økonomi")
    stream = io.BytesIO()
    book.save(stream)
    after = opened(marked(stream.getvalue()))["Kommuner"]
    assert after["D4"].comment.text == "En annen sak"
    assert after["C2"].comment.text.endswith("Endret mye.")


def test_cells_of_another_format_come_back_as_an_xlsx() -> None:
    raw = RawWorkbook((RawSheet.of("Kommuner", [["Kommune", "=1+1", None], ["Lierne", 5.5, True]], top=2),))
    data = as_xlsx(raw)
    assert is_xlsx(data)
    assert not is_xlsx(b"Kommune;Innbyggere\nLierne;1355\n")
    sheet = opened(marked(data, {"Kommuner": {"B4": Mark(Severity.ERROR, "Her.")}}))["Kommuner"]
    assert [cell.value for cell in sheet[4]] == ["Lierne", 5.5, True]
    assert (sheet["B3"].value, sheet["B3"].data_type, fill(sheet["B4"])) == ("=1+1", "s", ERROR)


@pytest.mark.parametrize("limits", [Limits(memory=60 << 20), Limits(seconds=0)])
def test_marking_stays_within_its_limits(limits: Limits) -> None:
    with pytest.raises(Unreadable):
        annotated(with_part(rich(), "xl/large.bin", bytes(60 << 20)), MARKS, LINES, texts(), limits)


def test_every_part_of_the_marked_workbook_is_well_formed() -> None:
    for data in (marked(rich()), marked(marked(rich()), language="en"), marked(xlsx({"Kommuner": MUNICIPALITIES}))):
        for name, content in parts(data).items():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(content)
