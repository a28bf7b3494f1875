"""The styles of a workbook with our fills among them: each is a cell's own style with another fill."""

from __future__ import annotations

import re
from collections.abc import Callable

from lib.intake.marking.package import WORKBOOK, Package
from lib.intake.marking.xml import appended, attribute, with_attribute

FILLS = {"error": b"FFFFC9C4", "warning": b"FFFFEDB3"}  # light, so that dark text keeps its contrast
_FORMAT = rb"<(?:\w+:)?xf\b[^<>]*/>|<(?:\w+:)?xf\b[^<>]*>.*?</(?:\w+:)?xf\s*>"
_FILL = rb"<(?:\w+:)?fill\s*/>|<(?:\w+:)?fill\s*>.*?</(?:\w+:)?fill\s*>"


class Styles:
    """Numbers of styles. A workbook without a list of fills or formats gets no fills; its notes are enough."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = next((name for _, kind, name in package.relations(WORKBOOK) if kind == "styles"), "")
        self._xml = package.read(self._part) if self._part and package.has(self._part) else b""
        self._formats = self._within(b"cellXfs", _FORMAT)
        self._fills = self._within(b"fills", _FILL)
        self._known: dict[tuple[str, str], bytes] = {}

    def keep(self) -> None:
        if self._xml:
            self._package.changed[self._part] = self._xml

    def filled(self, style: str, severity: str) -> bytes:
        """The style with the fill of a severity."""
        return self._made(style, severity, lambda: self._fill(severity))

    def unfilled(self, style: str) -> bytes:
        """The style without a fill of ours; another fill stays."""
        if not self._formats:
            return style.encode()
        fill = attribute(self._formats[self._index(style)].split(b">")[0], b"fillId") or "0"
        index = int(fill) if fill.isdigit() else 0
        ours = index < len(self._fills) and any(colour in self._fills[index] for colour in FILLS.values())
        return self._made(style, "", lambda: b"0") if ours else style.encode()

    def of_lines(self, severity: str = "") -> bytes:
        """A plain style in which text breaks into lines, for our own sheet."""
        if not self._formats:
            return b"0"
        if (key := ("lines", severity)) not in self._known:
            fill = self._fill(severity) if severity else b"0"
            attributes = b'xf numFmtId="0" fontId="0" fillId="%s" borderId="0" xfId="0" applyFill="1"' % fill
            align = b'alignment vertical="top" wrapText="1"/>'
            self._known[key] = self._add_format(
                lambda p: b'<%s%s applyAlignment="1"><%s%s</%sxf>' % (p, attributes, p, align, p)
            )
        return self._known[key]

    def _made(self, style: str, severity: str, fill: Callable[[], bytes]) -> bytes:
        if not self._formats:
            return style.encode() or b"0"
        if (key := (style, severity)) not in self._known:
            head, rest = self._formats[self._index(style)].split(b">", 1)
            closed, head = head.endswith(b"/"), head.rstrip(b"/")
            head = with_attribute(with_attribute(head, b"fillId", fill()), b"applyFill", b"1")
            format_ = head + (b"/>" if closed else b">") + rest
            self._known[key] = self._add_format(lambda _: format_)
        return self._known[key]

    def _index(self, style: str) -> int:
        return int(style) if style.isdigit() and int(style) < len(self._formats) else 0

    def _add_format(self, new: Callable[[bytes], bytes]) -> bytes:
        return self._add(b"cellXfs", self._formats, new)

    def _fill(self, severity: str) -> bytes:
        own = next((i for i, fill in enumerate(self._fills) if FILLS[severity] in fill), None)
        if own is not None:
            return str(own).encode()

        def new(p: bytes) -> bytes:
            inner = b'<%spatternFill patternType="solid"><%sfgColor rgb="%s"/>' % (p, p, FILLS[severity])
            return b"<%sfill>%s</%spatternFill></%sfill>" % (p, inner, p, p)

        return self._add(b"fills", self._fills, new)

    def _within(self, element: bytes, pattern: bytes) -> list[bytes]:
        whole = rb"<(?:\w+:)?%s[\s>].*?</(?:\w+:)?%s\s*>" % (element, element)
        found = re.search(whole, self._xml, re.DOTALL)
        return re.findall(pattern, found[0], re.DOTALL) if found else []

    def _add(self, element: bytes, listed: list[bytes], new: Callable[[bytes], bytes]) -> bytes:
        def noted(prefix: bytes) -> bytes:
            listed.append(new(prefix))
            return listed[-1]

        self._xml = appended(self._xml, element, noted)
        counted = rb"(<(?:\w+:)?" + element + rb"\b[^<>]*?\bcount\s*=\s*[\"'])[0-9]+"
        self._xml = re.sub(counted, b"\\g<1>%d" % len(listed), self._xml, count=1)
        return str(len(listed) - 1).encode()
