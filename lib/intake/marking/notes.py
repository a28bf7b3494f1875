"""The notes of a sheet: their texts in one part, and the shapes in which Excel shows them in another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lib.intake.marking.cells import column_of, row_of
from lib.intake.marking.package import Package
from lib.intake.marking.xml import appended, attribute, text_of

_AFTER = (  # what may come after <legacyDrawing> in a sheet (ECMA-376, 18.3.1.99)
    rb"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)[\s/>]"
)
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s([^<>]*)>.*?</(?:\w+:)?comment\s*>", re.DOTALL)
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape\s*>", re.DOTALL)
_NAMES = (
    b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_LONGEST = 4000  # characters; more stands on the sheet of corrections


class Notes:
    """`authors`: how we sign our notes in each language, the visitor's first."""

    def __init__(self, package: Package, sheet: str, authors: Sequence[str]) -> None:
        self._package = package
        self._sheet = sheet
        self._authors = authors
        found = {kind: name for _, kind, name in package.relations(sheet) if package.has(name)}
        self._comments, self._drawing = found.get("comments", ""), found.get("vmlDrawing", "")

    def withdraw(self) -> set[str]:
        """Takes away our notes of an earlier round; the cells that had one."""
        if not self._comments:
            return set()
        xml = self._package.read(self._comments)
        listed = _authors(xml)
        signed = {*map(text_of, self._authors)} | {author.encode() for author in self._authors}
        ours = {str(index) for index, name in enumerate(listed) if name in signed}
        alone: set[str] = set()
        beside: set[str] = set()

        def sift(found: re.Match[bytes]) -> bytes:
            place = attribute(found[1], b"ref") or ""
            if attribute(found[1], b"authorId") in ours:
                alone.add(place)
                return b""
            rest = self._without_ours(found[0], signed)
            beside.update({place} if rest != found[0] else ())
            return rest

        self._package.changed[self._comments] = _COMMENT.sub(sift, xml)
        if alone and self._drawing:
            drawn = self._package.read(self._drawing)
            self._package.changed[self._drawing] = _SHAPE.sub(lambda f: b"" if _place(f[0]) in alone else f[0], drawn)
        return alone | beside

    @staticmethod
    def _without_ours(comment: bytes, signed: set[bytes]) -> bytes:
        runs = re.split(rb"(?=<(?:\w+:)?r>)", comment)
        for index, run in enumerate(runs[1:], 1):
            text = re.sub(rb"<[^<>]*>", b"", run).strip()
            if any(text.startswith(name + b":") for name in signed):
                closing = re.search(rb"</(?:\w+:)?r>", run)
                runs[index] = run[closing.end() :] if closing else run
        return b"".join(runs)

    def add(self, xml: bytes, texts: Mapping[str, str]) -> bytes:
        """Notes at cells, below those that stand there; the sheet's XML, which refers to their shapes."""
        if not self._comments:
            self._begin()
        there = {attribute(tag, b"ref"): tag for tag in _COMMENT.findall(self._package.read(self._comments))}
        new = [place for place in texts if place not in there]
        self._extend({place: text for place, text in texts.items() if place in there})
        self._write({place: texts[place] for place in new})
        return self._draw(xml, new)

    def _begin(self) -> None:
        main = re.search(rb"xmlns(?::\w+)?\s*=\s*[\"']([^\"']*/main)[\"']", self._package.read(self._sheet))
        name = main[1] if main else b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        empty = b'<comments xmlns="%s"><authors></authors><commentList></commentList></comments>' % name
        head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
        key = self._package.add(self._sheet, "comments", "xl/comments{}.xml", head + empty)
        self._comments = self._package.part(self._sheet, key)

    def _extend(self, texts: Mapping[str, str]) -> None:
        """Our text after somebody's own. A threaded comment shows nothing but its thread, so it is left alone."""
        xml = self._package.read(self._comments)
        threads = {str(index) for index, name in enumerate(_authors(xml)) if name.startswith(b"tc=")}

        def longer(found: re.Match[bytes]) -> bytes:
            place = attribute(found[1], b"ref") or ""
            if place not in texts or attribute(found[1], b"authorId") in threads:
                return found[0]
            return appended(found[0], b"text", lambda p: self._run(p, "\n\n" + self._signed(texts[place])))

        self._package.changed[self._comments] = _COMMENT.sub(longer, xml)

    def _write(self, texts: Mapping[str, str]) -> None:
        xml = self._package.read(self._comments)
        author = len(_authors(xml))
        name = text_of(self._authors[0])
        xml = appended(xml, b"authors", lambda p: b"<%sauthor>%s</%sauthor>" % (p, name, p))
        for place, text in texts.items():

            def new(p: bytes, place: str = place, text: str = text) -> bytes:
                head = b'<%scomment ref="%s" authorId="%d"><%stext>' % (p, place.encode(), author, p)
                return head + self._run(p, self._signed(text)) + b"</%stext></%scomment>" % (p, p)

            xml = appended(xml, b"commentList", new)
        self._package.changed[self._comments] = xml

    def _signed(self, text: str) -> str:
        return f"{self._authors[0]}:\n{text[:_LONGEST]}"

    @staticmethod
    def _run(prefix: bytes, text: str) -> bytes:
        return b'<%sr><%st xml:space="preserve">%s</%st></%sr>' % (prefix, prefix, text_of(text), prefix, prefix)

    def _draw(self, xml: bytes, places: Sequence[str]) -> bytes:
        """A hidden shape for each new note; a sheet without a drawing of notes gets one and refers to it."""
        if not self._drawing:
            empty = b"<xml " + _NAMES + b">" + _SHAPE_TYPE + b"</xml>"
            key = self._package.add(self._sheet, "vmlDrawing", "xl/drawings/vmlDrawing{}.vml", empty)
            self._drawing = self._package.part(self._sheet, key)
            xml = _referring(xml, self._package.office.encode(), key.encode())
        drawn = self._package.read(self._drawing)
        first = max([1024, *map(int, re.findall(rb"_x0000_s([0-9]{1,9})\b", drawn))]) + 1
        if b"_x0000_t202" not in drawn:
            drawn = appended(drawn, b"xml", lambda _: _SHAPE_TYPE.replace(b" id=", b" " + _NAMES + b" id=", 1))
        shapes = b"".join(_shape(first + index, place) for index, place in enumerate(places))
        self._package.changed[self._drawing] = appended(drawn, b"xml", lambda _: shapes)
        return xml


def _authors(xml: bytes) -> list[bytes]:
    return [name.strip() for name in re.findall(rb"<(?:\w+:)?author(?:\s[^<>]*)?(?:/>|>([^<]*)<)", xml)]


def _referring(xml: bytes, office: bytes, key: bytes) -> bytes:
    """The sheet with its reference to the shapes, where the order of a sheet's elements has it."""
    prefix = re.search(rb"<(\w+:)?worksheet[\s>]", xml)
    name = (prefix[1] or b"") if prefix else b""
    told = b'<%slegacyDrawing xmlns:rel="%s" rel:id="%s"/>' % (name, office, key)
    body = xml.rindex(b"</" + name + b"sheetData>")
    after = re.search(_AFTER, xml[body:])
    place = body + after.start() if after else xml.rindex(b"</" + name + b"worksheet")
    return xml[:place] + told + xml[place:]


def _place(shape: bytes) -> str:
    """«C7» of the cell whose note a shape is."""
    row, column = (re.search(rb"<x:%s>\s*([0-9]+)" % name, shape) for name in (b"Row", b"Column"))
    if row is None or column is None:
        return ""
    letters, number = "", int(column[1]) + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{int(row[1]) + 1}"


def _shape(number: int, place: str) -> bytes:
    row, column = row_of(place) - 1, column_of(place) - 1
    anchor = f"{column + 1}, 15, {max(0, row - 1)}, 10, {column + 5}, 15, {row + 7}, 4".encode()
    data = b"<x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column>"
    return (
        b'<v:shape %s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
        b'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" obscured="t"/>'
        b'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
        b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>%s</x:ClientData></v:shape>'
    ) % (_NAMES, number, data % (anchor, row, column))
