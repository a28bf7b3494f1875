"""The sheet that lists what is to be mended, put first among the workbook's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import TypedDict

from lib.intake.marking.package import WORKBOOK, Package
from lib.intake.marking.styles import Styles
from lib.intake.marking.xml import text_of, with_attribute, without_attribute

TAB = b"FFB3261F"  # by its name and this colour our sheet is known when the workbook comes again
_LETTERS = "ABCDEFGH"
_LINE = 15  # points
_LETTER = 1.1  # of the width that a column counts in, with room for words that are not broken
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"


class CorrectionSheet(TypedDict):
    """`names`: what it is called in each language, the visitor's first. `rows`: (fill, cells, link) a row.

    A link is («'Sheet'!C7», the index of the cell that it lies on), or nothing.
    """

    names: list[str]
    widths: list[int]
    rows: list[tuple[str, list[str], tuple[str, int] | None]]


def put_first(package: Package, told: CorrectionSheet, styles: Styles) -> None:
    """Writes the sheet in the place of an earlier one, or as a new one in front."""
    xml = _sheet(package, told, styles)
    for name, part in package.sheets().items():
        if name in told["names"] and TAB in package.read(part)[:4000]:
            package.changed[part] = xml
            return
    _show_no_other(package)
    key = package.add(WORKBOOK, "worksheet", "xl/worksheets/sheet{}.xml", xml)
    package.drop("calcChain")  # Excel makes it anew; it counts sheets
    package.changed[WORKBOOK] = _listed(package.read(WORKBOOK), _free(told["names"][0], package), key, package.office)


def _free(name: str, package: Package) -> str:
    taken = {each.casefold() for each in package.sheets()}
    return next(each for n in range(1, 1000) if (each := f"{name} {n}" if n > 1 else name).casefold() not in taken)


def _listed(xml: bytes, name: str, key: str, office: str) -> bytes:
    """The workbook with the sheet in front, opened on it; what counts sheets by their place counts one more."""
    ids = [int(each) for each in re.findall(rb"sheetId\s*=\s*[\"']([0-9]+)", xml)]
    opening = re.search(rb"<(\w+:)?sheets\s*>", xml)
    if opening is None:
        raise ValueError("sheets")
    tag = b'<%ssheet name="%s" sheetId="%d" xmlns:rel="%s" rel:id="%s"/>' % (
        *(opening[1] or b"", text_of(name), max(ids, default=0) + 1, office.encode(), key.encode()),
    )
    xml = xml[: opening.end()] + tag + xml[opening.end() :]
    moved = rb"(\blocalSheetId\s*=\s*[\"'])([0-9]+)"
    xml = re.sub(moved, lambda found: found[1] + b"%d" % (int(found[2]) + 1), xml)

    def opened(found: re.Match[bytes]) -> bytes:
        head, closing = found[0].rstrip(b"/>"), b"/>" if found[0].endswith(b"/>") else b">"
        return with_attribute(without_attribute(head, b"firstSheet"), b"activeTab", b"0") + closing

    return re.sub(rb"<(?:\w+:)?workbookView\b[^<>]*>", opened, xml, count=1)


def _show_no_other(package: Package) -> None:
    """Two chosen sheets would be edited together, so no other one stays chosen."""
    for part in package.sheets().values():
        head = package.read(part)
        plain = re.sub(rb"\btabSelected\s*=\s*([\"'])(?:1|true)\1", b'tabSelected="0"', head[:8000])
        if plain != head[:8000]:
            package.changed[part] = plain + head[8000:]


def _sheet(package: Package, told: CorrectionSheet, styles: Styles) -> bytes:
    main = _MAIN if "purl" not in package.office else _STRICT_MAIN
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (n, n, w) for n, w in enumerate(told["widths"], 1)
    )
    rows = b"".join(
        _row(number, styles.of_lines(fill), cells, _height(cells, told["widths"]))
        for number, (fill, cells, _) in enumerate(told["rows"], 1)
    )
    links = b"".join(_link(number, link) for number, (_, _, link) in enumerate(told["rows"], 1) if link)
    return b"".join(
        [
            b'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="%s">' % main.encode(),
            b'<sheetPr><tabColor rgb="%s"/><pageSetUpPr fitToPage="1"/></sheetPr>' % TAB,
            b'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>',
            b"<cols>%s</cols><sheetData>%s</sheetData>" % (columns, rows),
            b"<hyperlinks>%s</hyperlinks>" % links if links else b"",
            b'<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>',
        ]
    )


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Points for the lines that the fullest cell takes; LibreOffice does not fit the row to them by itself."""
    return _LINE * max(
        (ceil(len(cell) * _LETTER / width) for cell, width in zip(cells, widths, strict=False)), default=1
    )


def _row(number: int, style: bytes, cells: Sequence[str], height: int) -> bytes:
    written = b"".join(
        b'<c r="%s%d" s="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
        % (letter.encode(), number, style, text_of(cell))
        for letter, cell in zip(_LETTERS, cells, strict=False)
        if cell
    )
    return b'<row r="%d" ht="%d" customHeight="1">%s</row>' % (number, max(_LINE, height), written)


def _link(number: int, link: tuple[str, int]) -> bytes:
    target, index = link
    return b'<hyperlink ref="%s%d" location="%s"/>' % (_LETTERS[index].encode(), number, text_of(target))
