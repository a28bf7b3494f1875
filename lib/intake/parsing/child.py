"""Parses a workbook in a process of its own, which may be killed: a workbook in, its sheets column by column out.

Started by `lib.intake.reading` with the limits as JSON in its first argument and what the file is («xlsx», «ods»,
«xls», «csv») in its second. Nothing of ours is imported but this folder and `lib.intake.confined`, so that it starts
fast and a hostile file meets as little code as possible. First line: `{"problem": code}` or `{"sheets": n}`; then for
each sheet a line about it with the different values of each column, and after that line, column by column, which of
them each row holds, in bytes, or in numbers of four where a column has more than BYTE values. calamine gives the
values; a second, light look finds what it leaves out.
"""

from __future__ import annotations

import csv
import datetime
import gc
import io
import json
import re
import sys
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from lib.intake.confined.within import OUT_OF_MEMORY, confine
from lib.intake.parsing import old_excel, opendocument, xlsx
from lib.intake.parsing.looks import Limits, Look

_BEGINNING = 1 << 16  # characters of a text that tell how it is separated
BYTE = 1 << 8
_MERGED = 5000  # ranges a sheet
_LOOKS = {"xlsx": xlsx.look, "ods": opendocument.look, "xls": old_excel.look}


def main() -> None:
    limits: Limits = json.loads(sys.argv[1])
    confine(limits)
    gc.disable()  # it ends soon, and there are no rings in a sheet
    parse = _parse_text if sys.argv[2] == "csv" else _parse_book
    try:
        for part in parse(sys.stdin.buffer.read(), limits, sys.argv[2]):
            sys.stdout.buffer.write(part)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _parse_book(data: bytes, limits: Limits, form: str) -> Iterator[bytes]:
    """All parts of the answer, in order."""
    import python_calamine

    try:
        metadata, sheets, looks = _opened(data, limits, form)
    except (python_calamine.PasswordError, PermissionError):
        yield _json_line({"problem": "password_protected"})
        return
    except MemoryError:
        raise
    except BaseException:  # the parser's own panics derive from BaseException, and all mean the same here
        yield _json_line({"problem": "not_a_workbook"})
        return
    yield _json_line({"sheets": sum(sheet is not None for sheet in sheets)})
    for about, sheet, seen in zip(metadata, sheets, looks, strict=True):
        if sheet is not None:
            yield from _sheet(about, sheet, seen, limits)


def _opened(data: bytes, limits: Limits, form: str) -> tuple[list[Any], list[Any], list[Look]]:
    """What calamine knows of the sheets and reads of them, None of a sheet without cells; and what it leaves out."""
    import python_calamine

    with ThreadPoolExecutor(1) as beside:  # calamine leaves Python free meanwhile
        looking = beside.submit(_LOOKS[form], data, limits)
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            metadata = book.sheets_metadata
            sheets = [book.get_sheet_by_index(i) if _is_grid(metadata[i]) else None for i in range(len(metadata))]
        except BaseException:
            looking.result()  # what the look has against a file says more
            raise
    looks = looking.result()
    if len(looks) != len(sheets):  # a blank would pass for an answer not given
        raise ValueError(len(looks))
    return metadata, sheets, looks


def _parse_text(data: bytes, limits: Limits, form: str) -> Iterator[bytes]:
    """The one sheet of a text with semicolons, tabs or commas; UTF-8, UTF-16 with its mark, or Windows-1252."""
    try:
        text = _decoded(data)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (ValueError, csv.Error):
        yield _json_line({"problem": "not_a_workbook"})
        return
    width = max(map(len, rows), default=0)
    too_large = len(rows) > limits["rows"] or width > limits["columns"] or len(rows) * width > limits["cells"]
    about = {"name": "", "visible": True, "top": 0, "too_large": too_large} | _sheet_facts(Look(), limits)
    yield _json_line({"sheets": 1})
    yield from _columns(about, [] if too_large else rows, 0, limits)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _delimiter(text: str) -> str:
    """What most of the first lines hold, outside quotation marks; a text without any is no table."""
    lines = [line for line in re.sub('"[^"]*"', "", text[:_BEGINNING]).splitlines()[:50] if line.strip()]
    held = {mark: sum(mark in line for line in lines) for mark in ";\t,"}
    mark = max(held, key=lambda each: held[each])
    if not held[mark]:
        raise ValueError(text[:20])
    return mark


def _is_grid(about: Any) -> bool:
    return str(about.typ) == "SheetTypeEnum.WorkSheet"


def _sheet(about: Any, sheet: Any, seen: Look, limits: Limits) -> Iterator[bytes]:
    top, left = sheet.start or (0, 0)
    bottom, right = sheet.end or (-1, -1)
    too_large = bottom >= limits["rows"] or right >= limits["columns"] or bottom * right > limits["cells"]
    rows = [] if too_large else sheet.to_python(skip_empty_area=True)
    seen.merged = seen.merged or [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    visible = str(about.visible) == "SheetVisibleEnum.Visible"
    told = {"name": sheet.name, "visible": visible, "top": top, "too_large": too_large} | _sheet_facts(seen, limits)
    yield from _columns(told, rows, left, limits)


def _columns(about: dict[str, Any], rows: Sequence[Sequence[object]], left: int, limits: Limits) -> Iterator[bytes]:
    """The line about a sheet, and which value stands in each row, as sheets repeat themselves."""
    columns = [_coded(column) for column in zip_longest(*rows, fillvalue="")] if rows else []
    written = [[_plain(value, limits["cell_characters"]) for value in values] for values, _ in columns]
    yield _json_line(about | {"rows": len(rows), "columns": [[""]] * left + written})
    yield bytes(left * len(rows))
    for values, codes in columns:
        yield bytes(codes) if len(values) <= BYTE else array("I", codes).tobytes()


def _coded(column: Sequence[Any]) -> tuple[list[Any], Iterator[int]]:
    """Its different values, and for each row the place of its own; TRUE and 1 are equal to Python only."""
    if bool not in set(map(type, column)):
        places = {value: place for place, value in enumerate(dict.fromkeys(column))}
        return list(places), map(places.__getitem__, column)
    keys = list(zip(map(type, column), column, strict=True))
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return [value for _, value in places], map(places.__getitem__, keys)


def _json_line(part: object) -> bytes:
    return json.dumps(part).encode() + b"\n"


def _sheet_facts(seen: Look, limits: Limits) -> dict[str, Any]:
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
