"""The cells of a sheet with other styles, those that were not there included."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from lib.intake.marking.xml import attribute, spliced, with_attribute, without_attribute

Restyle = Callable[[str], bytes]
Pieces = list[tuple[int, int, bytes]]
_ROW = re.compile(rb"<(\w+:)?row\b([^<>]*)>")
_CELL = re.compile(rb"<(\w+:)?c\b([^<>]*)>")


def column_of(place: str) -> int:
    """«C7» → 3."""
    number = 0
    for letter in re.sub("[^A-Z]", "", place):
        number = number * 26 + ord(letter) - 64
    return number


def row_of(place: str) -> int:
    """«C7» → 7."""
    return int(re.sub("[^0-9]", "", place) or 0)


def restyled(xml: bytes, styles: Mapping[str, Restyle]) -> bytes:
    """A sheet in which each named cell gets the style that its function makes of the one it has («0» where none)."""
    rows: dict[int, dict[str, Restyle]] = defaultdict(dict)
    for place, restyle in sorted(styles.items(), key=lambda each: column_of(each[0])):
        rows[row_of(place)][place] = restyle
    opening = re.search(rb"<(\w+:)?sheetData\s*(/?)>", xml)
    if opening is None:
        raise ValueError("sheetData")
    prefix = opening[1] or b""
    if opening[2]:
        whole = b"<%ssheetData></%ssheetData>" % (prefix, prefix)
        return restyled(xml[: opening.start()] + whole + xml[opening.end() :], styles)
    return spliced(xml, _pieces(xml, opening.end(), prefix, rows))


def _pieces(xml: bytes, start: int, prefix: bytes, wanted: dict[int, dict[str, Restyle]]) -> Pieces:
    left, pieces, number = dict(sorted(wanted.items())), [], 0
    for found in _ROW.finditer(xml, start):
        number = int(attribute(found[2], b"r") or number + 1)
        for missing in [row for row in left if row < number]:
            pieces.append((found.start(), found.start(), _new_row(prefix, missing, left.pop(missing))))
        if number in left:
            pieces += _in_row(xml, found, prefix, left.pop(number))
        if not left:
            return pieces
    end = xml.index(b"</" + prefix + b"sheetData", start)
    return [*pieces, (end, end, b"".join(_new_row(prefix, row, cells) for row, cells in left.items()))]


def _new_row(prefix: bytes, number: int, cells: dict[str, Restyle]) -> bytes:
    return b'<%srow r="%d">%s</%srow>' % (prefix, number, _new_cells(prefix, cells), prefix)


def _new_cells(prefix: bytes, cells: dict[str, Restyle]) -> bytes:
    return b"".join(b'<%sc r="%s" s="%s"/>' % (prefix, place.encode(), cells[place]("0")) for place in cells)


def _in_row(xml: bytes, row: re.Match[bytes], prefix: bytes, cells: dict[str, Restyle]) -> Pieces:
    """`spans` goes, since a new cell may lie outside it and Excel does without."""
    tag = without_attribute(row[0][:-1].rstrip(b"/"), b"spans")
    if row[2].endswith(b"/"):
        return [(row.start(), row.end(), tag + b">" + _new_cells(prefix, cells) + b"</%srow>" % prefix)]
    end = xml.index(b"</" + prefix + b"row", row.end())
    pieces, left, column = [(row.start(), row.end(), tag + b">")], dict(cells), 0
    for found in _CELL.finditer(xml, row.end(), end):
        place = attribute(found[2], b"r")
        column = column_of(place) if place else column + 1
        for missing in [each for each in left if column_of(each) < column]:
            pieces.append((found.start(), found.start(), _new_cells(prefix, {missing: left.pop(missing)})))
        for each in [each for each in left if column_of(each) == column]:
            pieces.append((found.start(), found.end(), _restyled_tag(found, left.pop(each))))
    return [*pieces, (end, end, _new_cells(prefix, left))]


def _restyled_tag(found: re.Match[bytes], restyle: Restyle) -> bytes:
    closing = b"/>" if found[2].endswith(b"/") else b">"
    tag = found[0][: -len(closing)]
    return with_attribute(tag, b"s", restyle(attribute(tag, b"s") or "0")) + closing
