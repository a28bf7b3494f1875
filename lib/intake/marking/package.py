"""The parts of a workbook's package, and how they refer to each other (ECMA-376, part 2)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lib.intake.marking.xml import appended, attribute

WORKBOOK = "xl/workbook.xml"
CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_KINDS = {
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}


class Package:
    """`changed` holds the parts that are written anew; the others are copied as they are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = archive.namelist()
        self._dropped: set[str] = set()
        self.changed: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        return self.changed[name] if name in self.changed else self._archive.read(name)

    def has(self, name: str) -> bool:
        return name in self.changed or (name in self._names and name not in self._dropped)

    @property
    def office(self) -> str:
        """What the types of relations begin with in this workbook."""
        return _STRICT if _STRICT.encode() in self.read(WORKBOOK) else _OFFICE

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """(id, last word of the type, part) of all that a part refers to inside the package."""
        name, found = relations_of(part), []
        for tag in re.findall(rb"<(?:\w+:)?Relationship\s([^<>]*)>", self.read(name) if self.has(name) else b""):
            key, kind, target = (attribute(tag, each) or "" for each in (b"Id", b"Type", b"Target"))
            if attribute(tag, b"TargetMode") != "External":
                inside = target if target.startswith("/") else f"/{posixpath.dirname(part)}/{target}"
                found.append((key, kind.rpartition("/")[2], posixpath.normpath(inside).lstrip("/")))
        return found

    def add(self, owner: str, kind: str, pattern: str, content: bytes) -> str:
        """A new part that another one refers to; the id of the relation."""
        name = next(name for number in range(1, 100_000) if not self.has(name := pattern.format(number)))
        self.changed[name] = content
        self._declare(name, kind)
        return self._relate(owner, kind, name)

    def part(self, owner: str, key: str) -> str:
        """The part behind a relation's id."""
        return next(name for known, _, name in self.relations(owner) if known == key)

    def _relate(self, owner: str, kind: str, target: str) -> str:
        name = relations_of(owner)
        xml = self.read(name) if self.has(name) else _EMPTY
        key = next(f"rIdM{number}" for number in range(1, 100_000) if f'"rIdM{number}"'.encode() not in xml)
        told = f'Relationship Id="{key}" Type="{self.office}/{kind}" Target="/{target}"/>'.encode()
        self.changed[name] = appended(xml, b"Relationships", lambda prefix: b"<" + prefix + told)
        return key

    def _declare(self, part: str, kind: str) -> None:
        xml = self.read(CONTENT_TYPES)
        told = f'Override PartName="/{part}" ContentType="{_KINDS[kind]}"/>'
        if part.endswith(".vml"):
            told = f'Default Extension="vml" ContentType="{_KINDS[kind]}"/>'
            if re.search(rb"Extension\s*=\s*[\"']vml[\"']", xml, re.IGNORECASE):
                return
        self.changed[CONTENT_TYPES] = appended(xml, b"Types", lambda prefix: b"<" + prefix + told.encode())

    def drop(self, kind: str) -> None:
        """Takes out the part of a kind that the workbook refers to, everywhere it is named."""
        for key, found, name in self.relations(WORKBOOK):
            if found == kind:
                self._dropped.add(name)
                self._strike(relations_of(WORKBOOK), "Id", key)
                self._strike(CONTENT_TYPES, "PartName", f"/{name}")

    def _strike(self, part: str, name: str, value: str) -> None:
        spelt = f"{name}\\s*=\\s*[\"']{re.escape(value)}[\"']".encode()
        line = rb"<(?:\w+:)?(?:Relationship|Override)\s[^<>]*" + spelt + rb"[^<>]*?/>"
        self.changed[part] = re.sub(line, b"", self.read(part))

    def sheets(self) -> dict[str, str]:
        """The part of each sheet of cells by the sheet's name."""
        targets = {key: name for key, kind, name in self.relations(WORKBOOK) if kind == "worksheet"}
        found = {}
        for tag in re.findall(rb"<(?:\w+:)?sheet\s([^<>]*)>", self.read(WORKBOOK)):
            key = re.search(rb"\w+:id\s*=\s*[\"']([^\"']*)[\"']", tag)
            if key and key[1].decode() in targets:
                found[attribute(tag, b"name") or ""] = targets[key[1].decode()]
        return found

    def written(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for name in dict.fromkeys([*self._names, *self.changed]):
                if name not in self._dropped:
                    new.writestr(name, self.read(name))
        return stream.getvalue()


def relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
