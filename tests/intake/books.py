"""Workbooks for tests: real .xlsx bytes, whole ones and such as nobody should upload."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook

from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES, catalogue
from lib.intake.checks import Checked, check
from lib.intake.existing import Existing
from lib.intake.forms import Limits
from lib.intake.reading import read
from lib.intake.texts import Texts
from lib.model.problems import Severity

Cells = Sequence[Sequence[object]]
STUDY = "study"
TODAY = date(2026, 1, 1)  # the day that deadlines are held against, whenever the tests run
MUNICIPALITIES: Cells = [["Kommunenummer", "Kommune", "Innbyggere", "År"], ["5042", "Lierne", 1355, 2020]]
AREAS: Cells = [["Kode", "Område"], ["1", "Rus og psykiatri"], ["2", "Næringsutvikling"]]
RATINGS_HEADING = ["Workshop", "Runde", "Gruppe", "Rolle", "Kommune", "Område", "Potensial", "Gjennomførbarhet"]


def texts(language: str = "nb") -> Texts:
    return Texts(language, {known: catalogue(known) for known in LANGUAGES})


def xlsx(sheets: Mapping[str, Cells], hidden: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets, each a list of rows from A1 on."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def checked(data: bytes, existing: Existing | None = None, language: str = "nb") -> Checked:
    return check(read(data), METHODS, existing or Existing(), STUDY, texts(language), today=TODAY)


def errors(sheets: Mapping[str, Cells], existing: Existing | None = None) -> list[tuple[str, str, str]]:
    """(code, sheet, cell) of every error of a workbook with these sheets."""
    return places(checked(xlsx(sheets), existing), Severity.ERROR)


def warnings(sheets: Mapping[str, Cells], existing: Existing | None = None) -> list[tuple[str, str, str]]:
    return places(checked(xlsx(sheets), existing), Severity.WARNING)


def places(result: Checked, severity: Severity) -> list[tuple[str, str, str]]:
    return [(p.code, p.sheet, p.cell) for p in result.problems if p.severity is severity]


def with_ratings(*rows: Sequence[object], heading: Sequence[object] = RATINGS_HEADING) -> dict[str, Cells]:
    """A workbook with a municipality, two areas and these rows of ratings (from row 2)."""
    return {"Kommuner": MUNICIPALITIES, "Områder": AREAS, "Vurderinger": [heading, *rows]}


def rating(**changed: object) -> list[object]:
    """A row of ratings without fault, except for what is changed."""
    row: dict[str, object] = {
        "workshop": "Januar",
        "round": 1,
        "rater": "Gruppe 1",
        "role": "Folkevalgt",
        "municipality": "Lierne",
        "area": "Rus og psykiatri",
        "potential": 8,
        "feasibility": 7,
    }
    return list((row | changed).values())


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one part of the package replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return stream.getvalue()


def sheet_xml(cells: bytes, before: bytes = b"") -> bytes:
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return (
        b'<?xml version="1.0"?>'
        + before
        + b"<worksheet "
        + namespace
        + b"><sheetData>"
        + cells
        + (b"</sheetData></worksheet>")
    )


SMALL = Limits(memory=1 << 30, cpu=5, seconds=20)


def compound_file(*streams: str) -> bytes:
    """An OLE compound file (MS-CFB, version 3) whose root holds one stream of zeros under each name.

    Excel saves a password-protected workbook so: streams «EncryptionInfo» and «EncryptedPackage» (MS-OFFCRYPTO 2.3).
    """
    end, free, fat_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    content = [bytes(4096) for _ in streams]  # at the cut-off, so that no mini stream is needed
    starts = [2 + 8 * index for index in range(len(streams))]
    fat = [fat_sector, end]
    for start in starts:
        fat += [*range(start + 1, start + 8), end]
    fat += [free] * (128 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        end,
        0,
        end,
        0,
    )
    header += struct.pack("<109I", 0, *[free] * 108)
    entries = [_directory_entry("Root Entry", 5, 1, end, 0, free)]
    for index, (name, start) in enumerate(zip(streams, starts, strict=True)):
        entries.append(_directory_entry(name, 2, free, start, 4096, index + 2 if index + 1 < len(streams) else free))
    directory = b"".join(entries).ljust(512, b"\0")
    return header + struct.pack("<128I", *fat) + directory + b"".join(content)


def _directory_entry(name: str, kind: int, child: int, start: int, size: int, right: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16xI8x8xIQ", written, len(written), kind, 1, 0xFFFFFFFF, right, child, 0, start, size)
