"""Parses a workbook in a process of its own, which may be killed: `child.py` < workbook > one line of JSON a part.

Started by `lib.intake.reading` as a script, isolated, with the limits as JSON in its first argument and what the file
is («xlsx», «ods», «xls», «csv») in its second. It imports nothing of ours, so that it starts fast and a hostile file
meets as little code as possible. First line: `{"problem": code}` or `{"sheets": n}`; then for each sheet a line about
it and a line a row. calamine gives the values; a second, light look finds what it leaves out.
"""

import csv
import datetime
import io
import json
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from xml.parsers import expat

Limits = dict[str, int]


@dataclass
class Look:
    """What calamine leaves out of a sheet. Places are Excel addresses, rows and columns count from 0.

    `merged` ranges are top, left, bottom, right.
    """

    errors: dict[str, str] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


_CHUNK = 1 << 20
_CARRY = 1 << 16
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_IS_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")  # a formula may well come to an empty text
_ERROR_TEXT = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*>[^<]|<(?:\w+:)?is[\s>]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*?\bid\s*=\s*[\"']([^\"'<>]*)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\s([^<>]*)>")
_COL = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
_IS_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"']([0-9]{1,7})[\"']")
_MIN_MAX = re.compile(rb"\b(min|max)\s*=\s*[\"']([0-9]{1,5})[\"']")
_WIDEST = 16384
_MERGED = 5000  # ranges a sheet
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s*=\s*[\"']([^\"'<>]*)[\"']")


def main() -> None:
    limits: Limits = json.loads(sys.argv[1])
    _confine(limits)
    parse = _parse_text if sys.argv[2] == "csv" else _parse_book
    try:
        for part in parse(sys.stdin.buffer.read(), limits, sys.argv[2]):
            sys.stdout.write(json.dumps(part) + "\n")
    except MemoryError:
        sys.exit(3)


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _parse_book(data: bytes, limits: Limits, form: str) -> Iterator[object]:
    """All parts of the answer, in order."""
    import python_calamine

    look = {"xlsx": _look_into_xlsx, "ods": _look_into_ods, "xls": _look_into_xls}[form]
    try:
        looks = look(data, limits)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = book.sheets_metadata
        sheets = [book.get_sheet_by_index(i) if _is_grid(metadata[i]) else None for i in range(len(metadata))]
        if len(looks) != len(sheets):  # a blank would pass for an answer not given
            raise ValueError(len(looks))
    except (python_calamine.PasswordError, PermissionError):
        yield {"problem": "password_protected"}
        return
    except MemoryError:
        raise
    except BaseException:  # the parser's own panics derive from BaseException, and all mean the same here
        yield {"problem": "not_a_workbook"}
        return
    yield {"sheets": sum(sheet is not None for sheet in sheets)}
    for about, sheet, seen in zip(metadata, sheets, looks, strict=True):
        if sheet is not None:
            yield from _sheet(about, sheet, seen, limits)


def _parse_text(data: bytes, limits: Limits, form: str) -> Iterator[object]:
    """The one sheet of a text with semicolons, tabs or commas; UTF-8, UTF-16 with its mark, or Windows-1252."""
    try:
        text = _decoded(data)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (ValueError, csv.Error):
        yield {"problem": "not_a_workbook"}
        return
    width = max(map(len, rows), default=0)
    too_large = len(rows) > limits["rows"] or width > limits["columns"] or len(rows) * width > limits["cells"]
    kept = [] if too_large else rows
    yield {"sheets": 1}
    yield {"name": "", "visible": True, "top": 0, "rows": len(kept), "too_large": too_large} | _told(Look(), limits)
    for row in kept:
        yield [_plain(cell, limits["cell_characters"]) for cell in row]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _delimiter(text: str) -> str:
    """What most of the first lines hold, outside quotation marks; a text without any is no table."""
    lines = [line for line in re.sub('"[^"]*"', "", text[:_CARRY]).splitlines()[:50] if line.strip()]
    held = {mark: sum(mark in line for line in lines) for mark in ";\t,"}
    mark = max(held, key=lambda each: held[each])
    if not held[mark]:
        raise ValueError(text[:20])
    return mark


def _is_grid(about: Any) -> bool:
    return str(about.typ) == "SheetTypeEnum.WorkSheet"


def _sheet(about: Any, sheet: Any, seen: Look, limits: Limits) -> Iterator[object]:
    top, left = sheet.start or (0, 0)
    bottom, right = sheet.end or (-1, -1)
    too_large = bottom >= limits["rows"] or right >= limits["columns"] or bottom * right > limits["cells"]
    rows = [] if too_large else sheet.to_python(skip_empty_area=True)
    seen.merged = seen.merged or [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    visible = str(about.visible) == "SheetVisibleEnum.Visible"
    yield {"name": sheet.name, "visible": visible, "top": top, "rows": len(rows), "too_large": too_large} | _told(
        seen, limits
    )
    padding = [""] * left
    for row in rows:
        yield padding + [_plain(cell, limits["cell_characters"]) for cell in row]


def _told(seen: Look, limits: Limits) -> dict[str, Any]:
    about = asdict(seen)
    for key, most in (("hidden_rows", "rows"), ("hidden_columns", "columns")):
        about[key] = sorted(index for index in about[key] if index < limits[most])
    return about | {"merged": about["merged"][:_MERGED]}


def _plain(cell: object, longest: int) -> object:
    if isinstance(cell, str):
        return cell[:longest]
    if isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)


def _look_into_xlsx(data: bytes, limits: Limits) -> list[Look]:
    """Cells with an error, and with a formula nobody computed: calamine shows both as blank; and what is hidden."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [_look(archive, target) for target in _targets(archive)]


def _targets(archive: zipfile.ZipFile) -> list[str]:
    """The part of each sheet, in the workbook's order."""
    relations = {}
    for attributes in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        pairs = dict(_ATTRIBUTE.findall(attributes))
        relations[pairs.get(b"Id", b"")] = pairs.get(b"Target", b"").decode()
    names = [relations[key] for key in _SHEET.findall(archive.read("xl/workbook.xml"))]
    return [name.lstrip("/") if name.startswith("/") else f"xl/{name}" for name in names]


def _look(archive: zipfile.ZipFile, target: str) -> Look:
    seen, carried = Look(), b""
    with archive.open(target) as part:
        while chunk := part.read(_CHUNK):
            text = carried + chunk
            if b"<!DOCTYPE" in text:  # Excel writes none, and entities are nothing but trouble
                raise ValueError(target)
            cut = max(text.rfind(b"</c>"), text.rfind(b":c>"))
            carried = text[max(cut, len(text) - _CARRY) :]
            if _IS_ERROR.search(text) or _FORMULA.search(text):
                _cells(text, seen.errors, seen.formulas)
            if b"hidden" in text:
                _hidden(text, seen)
    seen.formulas = list(dict.fromkeys(seen.formulas))
    return seen


def _hidden(text: bytes, seen: Look) -> None:
    for attributes in _ROW.findall(text):
        if _IS_HIDDEN.search(attributes) and (number := _ROW_NUMBER.search(attributes)):
            seen.hidden_rows.add(int(number[1]) - 1)
    for attributes in _COL.findall(text):
        if _IS_HIDDEN.search(attributes):
            ends = {key: int(value) for key, value in _MIN_MAX.findall(attributes)}
            seen.hidden_columns.update(range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), _WIDEST)))


def _cells(text: bytes, errors: dict[str, str], formulas: list[str]) -> None:
    for match in _CELL.finditer(text):
        attributes, content = match.groups()
        if _IS_ERROR.search(attributes):
            value = _ERROR_TEXT.search(content)
            errors[_place(attributes)] = value[1].decode("utf-8", "replace")[:40] if value else "#"
        elif _FORMULA.search(content) and not _VALUE.search(content) and not _IS_TEXT.search(attributes):
            formulas.append(_place(attributes))


def _place(attributes: bytes) -> str:
    place = _REFERENCE.search(attributes)
    if place is None:
        raise ValueError(attributes)
    return place[1].decode()


def _look_into_ods(data: bytes, limits: Limits) -> list[Look]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as part:
        reader = _OpenDocument(limits)
        reader.parser.ParseFile(part)
    return reader.looks


class _OpenDocument:
    """Walks through content.xml (OpenDocument 1.3, part 3, chapter 9), where rows and cells are written repeated."""

    def __init__(self, limits: Limits) -> None:
        self.looks: list[Look] = []
        self._limits = limits
        self._row = self._column = self._repeats = 0
        self._error = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *declared: object) -> None:
        raise ValueError(declared)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table":
                self.looks.append(Look())
                self._row = self._column = 0
            case "table:table-column":
                repeats = int(attributes.get("table:number-columns-repeated", 1))
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self._column + repeats, self._limits["columns"])
                    self.looks[-1].hidden_columns.update(range(self._column, last))
                self._column += repeats
            case "table:table-row":
                self._column, self._repeats = 0, int(attributes.get("table:number-rows-repeated", 1))
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self._row + self._repeats, self._limits["rows"])
                    self.looks[-1].hidden_rows.update(range(self._row, last))
            case "table:table-cell" | "table:covered-table-cell":
                self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = f"{_letters(self._column)}{self._row + 1}"
        if attributes.get("calcext:value-type") == "error":
            self.looks[-1].errors[place] = "#"
            self._error = place
        elif "table:formula" in attributes and "office:value-type" not in attributes:
            self.looks[-1].formulas.append(place)
        wide = int(attributes.get("table:number-columns-spanned", 1))
        high = int(attributes.get("table:number-rows-spanned", 1))
        if wide > 1 or high > 1:
            corner = (self._row, self._column)
            self.looks[-1].merged.append((*corner, self._row + high - 1, self._column + wide - 1))
        repeats = int(attributes.get("table:number-columns-repeated", 1))
        if "office:value-type" in attributes and repeats * self._repeats > self._limits["cells"]:
            raise MemoryError
        self._column += repeats

    def _text(self, text: str) -> None:
        if self._error and self.looks[-1].errors[self._error] == "#" and text.startswith("#"):
            self.looks[-1].errors[self._error] = text[:40]

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeats
        elif name == "table:table-cell":
            self._error = ""


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return letters


_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _look_into_xls(data: bytes, limits: Limits) -> list[Look]:
    """The records of each sheet in the old binary form (MS-XLS 2.4): errors, hidden rows and columns, merged cells."""
    book = _stream(data)
    if any(kind == 0x2F for _, kind, _ in _records(book, 0)):
        raise PermissionError
    starts = [struct.unpack_from("<I", body)[0] for _, kind, body in _records(book, 0) if kind == 0x85]
    if not starts:
        raise ValueError("no sheets")
    return [_look_at_records(book, start) for start in starts]


def _look_at_records(book: bytes, start: int) -> Look:
    seen = Look()
    for _, kind, body in _records(book, start):
        if kind == 0x205 and body[7]:
            _put_error(seen, body, body[6])
        elif kind == 0x06 and body[6] == 2 and body[12:14] == b"\xff\xff":
            _put_error(seen, body, body[8])
        elif kind == 0x208 and body[12] & 0x20:
            seen.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == 0x7D and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            seen.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == 0xE5:
            for place in range(struct.unpack_from("<H", body)[0]):
                top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * place)
                seen.merged.append((top, left, bottom, right))
    return seen


def _put_error(seen: Look, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", body)
    seen.errors[f"{_letters(column)}{row + 1}"] = _ERRORS.get(code, "#")


def _records(book: bytes, place: int) -> Iterator[tuple[int, int, bytes]]:
    """Place, kind and body of the records of one part of the stream, a chart within it too, up to its end."""
    depth = 0
    while place + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, place)
        depth += (kind in (0x09, 0x209, 0x409, 0x809)) - (kind == 0x0A)
        if depth <= 0:
            return
        yield place, kind, book[place + 4 : place + 4 + length]
        place += 4 + length


def _stream(data: bytes) -> bytes:
    """The stream «Workbook» (or «Book») of a compound file (MS-CFB)."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    count, first = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    heads = [n for n in struct.unpack_from("<109I", data, 76)[:count] if n < 0xFFFFFFF0]
    more, left = struct.unpack_from("<II", data, 68)
    for _ in range(left):
        listed = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        heads, more = [*heads, *listed[:-1]], listed[-1]
    table = [n for head in heads[:count] for n in struct.unpack_from(f"<{size // 4}I", data, (head + 1) * size)]
    directory = _chain(data, table, first, size)
    for start in range(0, len(directory), 128):
        entry = directory[start : start + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        length = struct.unpack_from("<I", entry, 120)[0]
        if name in ("Workbook", "Book") and length >= 4096:
            return _chain(data, table, struct.unpack_from("<I", entry, 116)[0], size)[:length]
    raise ValueError("Workbook")


def _chain(data: bytes, table: list[int], sector: int, size: int) -> bytes:
    parts: list[bytes] = []
    while sector < len(table) and len(parts) <= len(table):
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)


if __name__ == "__main__":
    main()
