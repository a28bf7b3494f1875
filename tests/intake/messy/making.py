"""Bytes of messy workbooks: .xlsx with a layout, .xls, .ods and .csv, and what a case expects."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

from lib.model.records import Area, Municipality, Rater, Rows, Workshop
from tests.intake.books import Cells, compound_file

Place = tuple[str, str, str, str]  # code, sheet, cell, «E» or «W»


@dataclass(frozen=True)
class Case:
    """`held` is what would be written, one text a row (see `held`); `problems` everything that is said."""

    name: str
    make: Callable[[], bytes]
    held: tuple[str, ...] = ()
    problems: tuple[Place, ...] = ()


def held(rows: Rows) -> tuple[str, ...]:
    """The rows of an import as short texts, without their ids."""
    named: tuple[Area | Municipality | Workshop | Rater, ...]
    named = (*rows.workshops, *rows.raters, *rows.areas, *rows.municipalities)
    names = {each.id: each.name for each in named}
    towns = [" ".join(map(str, (t.number, t.name, t.population, t.year, *t.keys.items()))) for t in rows.municipalities]
    areas = [f"{area.code} {area.name}" for area in rows.areas]
    rated = [
        f"{names[r.workshop]}/{names[r.rater]}/{names.get(r.item, '?')} {r.criterion}={r.value}" for r in rows.ratings
    ]
    fields = ("name", "kroner")
    records = [
        " ".join(str(getattr(each, name)) for name in fields if hasattr(each, name)) + f" {names.get(_area(each), '?')}"
        for each in rows.records
    ]
    return (*towns, *areas, *rated, *records)


def _area(record: object) -> str:
    return str(getattr(record, "area", ""))


def xlsx(
    sheets: Mapping[str, Cells],
    merged: Mapping[str, Sequence[str]] | None = None,
    rows: Mapping[str, Sequence[int]] | None = None,
    columns: Mapping[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook; `rows` and `columns` are hidden ones of each sheet, `hidden` are sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
        for number in (rows or {}).get(name, ()):
            sheet.row_dimensions[number].hidden = True
        for letter in (columns or {}).get(name, ()):
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same package with further parts."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def csv(rows: Cells, mark: str = ";", encoding: str = "utf-8") -> bytes:
    lines = (mark.join("" if cell is None else str(cell) for cell in row) for row in rows)
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'office:version="1.3"><office:body><office:spreadsheet>{}</office:spreadsheet></office:body>'
    "</office:document-content>"
)
_COLLAPSED = ' table:visibility="collapse"'
_ODS_END = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
)
_ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods(sheets: Mapping[str, Cells], hidden_rows: Sequence[int] = ()) -> bytes:
    """An OpenDocument spreadsheet as LibreOffice writes it, blank rows repeated to the end of the sheet."""
    tables = "".join(_ods_table(name, rows, hidden_rows) for name, rows in sheets.items())
    return package(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": _ODS.format(tables).encode(),
            "META-INF/manifest.xml": _ODS_MANIFEST.encode(),
        }
    )


def package(parts: Mapping[str, bytes]) -> bytes:
    return with_parts(_empty_zip(), parts)


def _empty_zip() -> bytes:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    return stream.getvalue()


def _ods_table(name: str, rows: Cells, hidden: Sequence[int]) -> str:
    written = "".join(
        f"<table:table-row{_COLLAPSED if number in hidden else ''}>{''.join(map(_ods_cell, row))}</table:table-row>"
        for number, row in enumerate(rows, 1)
    )
    return f"<table:table table:name={quoteattr(name)}>{written}{_ODS_END}</table:table>"


def _ods_cell(value: object) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'  # noqa: E501
        case str() if value.startswith("#"):
            return (
                '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
                f'calcext:value-type="error"><text:p>{value}</text:p></table:table-cell>'
            )
        case _:
            written = escape(str(value))
            return f'<table:table-cell office:value-type="string"><text:p>{written}</text:p></table:table-cell>'


_XLS_ERRORS = {"#REF!": 0x17, "#DIV/0!": 0x07, "#N/A": 0x2A}


def xls(sheets: Mapping[str, Cells], hidden_rows: Sequence[int] = ()) -> bytes:
    """A workbook in the old binary form (MS-XLS, BIFF8), of at most 4096 bytes."""
    bodies = [_xls_sheet(rows, hidden_rows) for rows in sheets.values()]
    starts, place = [], len(_xls_globals(sheets, [0] * len(bodies)))
    for body in bodies:
        starts.append(place)
        place += len(body)
    stream = (_xls_globals(sheets, starts) + b"".join(bodies)).ljust(4096, b"\0")
    assert len(stream) == 4096
    return compound_file("Workbook")[:-4096] + stream


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(what: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, what, 0x0DBB, 0x07CC, 0, 6))


def _text(text: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _xls_globals(sheets: Mapping[str, Cells], starts: Sequence[int]) -> bytes:
    listed = (
        _record(0x85, struct.pack("<IBB", start, 0, 0) + _text(name, "B"))
        for name, start in zip(sheets, starts, strict=True)
    )
    return _begin(5) + _record(0x42, struct.pack("<H", 1200)) + b"".join(listed) + _record(0x0A)


def _xls_sheet(rows: Cells, hidden: Sequence[int]) -> bytes:
    cells = b"".join(
        _xls_cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line)
    )
    away = b"".join(_record(0x208, struct.pack("<HHHHHHI", n - 1, 0, 9, 255, 0, 0, 0x20)) for n in hidden)
    return _begin(0x10) + away + cells + _record(0x0A)


def _xls_cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    match value:
        case None:
            return b""
        case int() | float():
            return _record(0x203, place + struct.pack("<d", value))
        case str() if value in _XLS_ERRORS:
            return _record(0x205, place + struct.pack("<BB", _XLS_ERRORS[value], 1))
        case _:
            return _record(0x204, place + _text(str(value), "H"))
