"""Marks the cells of a workbook, in a process that may be killed: a line of JSON and the .xlsx in, the .xlsx out.

The parts of the package are edited where a mark goes and copied otherwise, since libraries that read and write a whole
workbook lose some of it: charts, pictures, pivot tables, macros. Nothing of ours is imported but this folder and
`lib.intake.confined`.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Mapping
from typing import TypedDict

from lib.intake.confined.within import OUT_OF_MEMORY, confine
from lib.intake.marking.cells import restyled
from lib.intake.marking.corrections import CorrectionSheet, put_first
from lib.intake.marking.notes import Notes
from lib.intake.marking.package import Package
from lib.intake.marking.styles import Styles


class Asked(TypedDict):
    """`marks`: sheet → cell → (severity, text of the note). `authors`: how notes are signed in each language."""

    authors: list[str]
    marks: dict[str, dict[str, tuple[str, str]]]
    corrections: CorrectionSheet


def main() -> None:
    confine(json.loads(sys.argv[1]))
    try:
        asked: Asked = json.loads(sys.stdin.buffer.readline())
        sys.stdout.buffer.write(marked(sys.stdin.buffer.read(), asked))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def marked(data: bytes, asked: Asked) -> bytes:
    """The workbook with a fill and a note at every marked cell, and the sheet of corrections first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = Package(archive)
        styles = Styles(package)
        for name, part in package.sheets().items():
            _mark(package, part, asked["authors"], asked["marks"].get(name, {}), styles)
        put_first(package, asked["corrections"], styles)
        styles.keep()
        return package.written()


def _mark(
    package: Package, part: str, authors: list[str], marks: Mapping[str, tuple[str, str]], styles: Styles
) -> None:
    """What has been mended since an earlier round loses its mark."""
    notes = Notes(package, part, authors)
    mended = notes.withdraw() - marks.keys()
    if not marks and not mended:
        return
    fresh = {place: lambda style, s=severity: styles.filled(style, s) for place, (severity, _) in marks.items()}
    xml = restyled(package.read(part), {**dict.fromkeys(mended, styles.unfilled), **fresh})
    package.changed[part] = notes.add(xml, {place: text for place, (_, text) in marks.items()}) if marks else xml
