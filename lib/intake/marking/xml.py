"""XML edited in place, as bytes: what is not touched stays to the letter, with whatever names it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape


def text_of(words: str) -> bytes:
    """Text for XML, whatever encoding the part declares."""
    plain = "".join(letter for letter in words if (letter >= " " and letter not in "\ufffe\uffff") or letter in "\n\t")
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return plain.encode("ascii", "xmlcharrefreplace")


def attribute(tag: bytes, name: bytes) -> str | None:
    """The value of an attribute in an opening tag."""
    found = re.search(rb"(?<![\w:])" + name + rb"\s*=\s*(\"([^\"]*)\"|'([^']*)')", tag)
    return unescape((found[2] or found[3] or b"").decode("utf-8", "replace")) if found else None


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """An opening tag (up to its «>») with an attribute set."""
    return without_attribute(tag, name).rstrip() + b" " + name + b'="' + value + b'"'


def without_attribute(tag: bytes, name: bytes) -> bytes:
    return re.sub(rb"\s+(?<![\w:])" + name + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", b"", tag)


def appended(xml: bytes, element: bytes, new: Callable[[bytes], bytes]) -> bytes:
    """XML with something more at the end of an element; `new` gets the prefix that the element has («x:»)."""
    closing = list(re.finditer(rb"</(\w+:)?" + element + rb"\s*>", xml))
    if closing:
        place = closing[-1]
        return xml[: place.start()] + new(place[1] or b"") + xml[place.start() :]
    whole = re.search(rb"<(\w+:)?" + element + rb"((?:\s[^<>]*)?)/>", xml)
    if whole is None:
        raise ValueError(element)
    name = (whole[1] or b"") + element
    opened = b"<" + name + whole[2] + b">" + new(whole[1] or b"") + b"</" + name + b">"
    return xml[: whole.start()] + opened + xml[whole.end() :]


def spliced(xml: bytes, pieces: list[tuple[int, int, bytes]]) -> bytes:
    """XML with each span (start, end) replaced; two at one place come in the order given."""
    parts, position = [], 0
    for start, end, new in sorted(pieces, key=lambda piece: piece[:2]):
        parts += [xml[position:start], new]
        position = end
    return b"".join([*parts, xml[position:]])
