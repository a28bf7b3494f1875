"""A light look into .xlsx: what is wrong or hidden in the parts of its sheets."""

from __future__ import annotations

import io
import re
import zipfile

from lib.intake.parsing.looks import Limits, Look

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
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s*=\s*[\"']([^\"'<>]*)[\"']")


def look(data: bytes, limits: Limits) -> list[Look]:
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
            cut = max(text.rfind(b"</c>"), text.rfind(b":c>") if b":" in text else -1)
            carried = text[max(cut, len(text) - _CARRY) :]
            if _may_hold_faults(text):
                _cells(text, seen.errors, seen.formulas)
            if b"hidden" in text:
                _hidden(text, seen)
    seen.formulas = list(dict.fromkeys(seen.formulas))
    return seen


def _may_hold_faults(text: bytes) -> bool:
    """Whether there may be an error or a formula; told by what is quicker looked for than a pattern."""
    return (
        b'"e"' in text
        or b"<f" in text
        or (b"'" in text and b"'e'" in text)  # hardly any sheet has a single quote or a prefix
        or (b":" in text and b":f" in text)
    )


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
