"""Parses a workbook in a process of its own, which may be killed: `child.py` < workbook > one line of JSON a part.

Started by `lib.intake.reading` as a script, isolated, with the limits as JSON in its first argument. It imports nothing
of ours, so that it starts fast and a hostile file meets as little code as possible. First line: `{"problem": code}` or
`{"sheets": n}`; then for each sheet a line about it and a line a row.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

Limits = dict[str, int]
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
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s*=\s*[\"']([^\"'<>]*)[\"']")


def main() -> None:
    limits: Limits = json.loads(sys.argv[1])
    _confine(limits)
    try:
        for part in parse(sys.stdin.buffer.read(), limits):
            sys.stdout.write(json.dumps(part) + "\n")
    except MemoryError:
        sys.exit(3)


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def parse(data: bytes, limits: Limits) -> Iterator[object]:
    """All parts of the answer, in order."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = book.sheets_metadata
        sheets = [book.get_sheet_by_index(i) if _is_grid(metadata[i]) else None for i in range(len(metadata))]
        faults = _faults(data, len(sheets))
    except python_calamine.PasswordError:
        yield {"problem": "password_protected"}
        return
    except MemoryError:
        raise
    except BaseException:  # the parser's own panics derive from BaseException, and all mean the same here
        yield {"problem": "not_a_workbook"}
        return
    yield {"sheets": sum(sheet is not None for sheet in sheets)}
    for about, sheet, (errors, formulas) in zip(metadata, sheets, faults, strict=True):
        if sheet is not None:
            yield from _sheet(about, sheet, errors, formulas, limits)


def _is_grid(about: Any) -> bool:
    return str(about.typ) == "SheetTypeEnum.WorkSheet"


def _sheet(about: Any, sheet: Any, errors: dict[str, str], formulas: list[str], limits: Limits) -> Iterator[object]:
    top, left = sheet.start or (0, 0)
    bottom, right = sheet.end or (-1, -1)
    too_large = bottom >= limits["rows"] or right >= limits["columns"] or bottom * right > limits["cells"]
    rows = [] if too_large else sheet.to_python(skip_empty_area=True)
    yield {
        "name": sheet.name,
        "visible": str(about.visible) == "SheetVisibleEnum.Visible",
        "top": top,
        "rows": len(rows),
        "too_large": too_large,
        "errors": errors,
        "formulas": formulas,
    }
    padding = [""] * left
    for row in rows:
        yield padding + [_plain(cell, limits["cell_characters"]) for cell in row]


def _plain(cell: object, longest: int) -> object:
    if isinstance(cell, str):
        return cell[:longest]
    if isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)


def _faults(data: bytes, sheets: int) -> list[tuple[dict[str, str], list[str]]]:
    """Cells with an error, and with a formula nobody computed, a sheet: calamine shows both as blank.

    A workbook in which they cannot be looked for is refused, since a blank would pass for an answer not given.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [_look(archive, target) for target in _targets(archive)]
    if len(found) != sheets:
        raise ValueError(len(found))
    return found


def _targets(archive: zipfile.ZipFile) -> list[str]:
    """The part of each sheet, in the workbook's order."""
    relations = {}
    for attributes in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        pairs = dict(_ATTRIBUTE.findall(attributes))
        relations[pairs.get(b"Id", b"")] = pairs.get(b"Target", b"").decode()
    names = [relations[key] for key in _SHEET.findall(archive.read("xl/workbook.xml"))]
    return [name.lstrip("/") if name.startswith("/") else f"xl/{name}" for name in names]


def _look(archive: zipfile.ZipFile, target: str) -> tuple[dict[str, str], list[str]]:
    errors: dict[str, str] = {}
    formulas: list[str] = []
    carried = b""
    with archive.open(target) as part:
        while chunk := part.read(_CHUNK):
            text = carried + chunk
            cut = max(text.rfind(b"</c>"), text.rfind(b":c>"))
            carried = text[max(cut, len(text) - _CARRY) :]
            if _IS_ERROR.search(text) or _FORMULA.search(text):
                _cells(text, errors, formulas)
    return errors, formulas


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


if __name__ == "__main__":
    main()
