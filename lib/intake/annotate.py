"""A workbook and what is wrong with it → the same workbook with its cells marked, made in a child process.

Nothing but the marks changes: formats, formulas, charts, pictures and other sheets stay as they were. What is no .xlsx
comes back as one, with the same cells.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from lib.intake.cells import Cell, as_text
from lib.intake.confined.asking import ask
from lib.intake.forms import Limits
from lib.intake.layout import write
from lib.intake.reading import RawWorkbook
from lib.intake.texts import Texts
from lib.model.problems import Severity

UNNAMED = "Data"  # the sheet of a text file, which has no name
WIDTHS = (90, 24, 10, 30)
_SLOT = threading.BoundedSemaphore(1)  # a child may take `Limits.memory`


@dataclass(frozen=True, slots=True)
class Mark:
    """What the note at a cell says; the fill is the severity's."""

    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet of corrections: its cells, the fill of the whole row, and the place («C7») it leads to."""

    cells: tuple[str, ...]
    fill: Severity | None = None
    sheet: str = ""
    place: str = ""


Marks = Mapping[str, Mapping[str, Mark]]
"""Sheet → cell → mark."""


def annotated(data: bytes, marks: Marks, lines: Sequence[Line], texts: Texts, limits: Limits | None = None) -> bytes:
    """The .xlsx with a fill and a note at each marked cell and the lines on a sheet in front.

    Raises Unreadable where the workbook cannot be taken apart within the limits.
    """
    asked = {
        "authors": texts.everywhere("corrections.author"),
        "marks": {
            sheet: {place: (mark.severity.value, mark.text) for place, mark in cells.items()}
            for sheet, cells in marks.items()
        },
        "corrections": {
            "names": texts.everywhere("sheets.corrections"),
            "widths": WIDTHS,
            "rows": [(line.fill.value if line.fill else "", line.cells, _link(line)) for line in lines],
        },
    }
    with _SLOT:
        request = json.dumps(asked).encode() + b"\n" + data
        return ask("lib.intake.marking.child", request, limits or Limits())


def is_xlsx(data: bytes) -> bool:
    """Whether the bytes are a package whose parts can be marked."""
    try:
        return "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def as_xlsx(workbook: RawWorkbook) -> bytes:
    """The cells of a workbook of any format in an .xlsx, each where it stood."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for raw in workbook.sheets:
        sheet = book.create_sheet(raw.name or UNNAMED)
        for number, row in enumerate(raw.rows(), raw.top + 1):
            for column, cell in enumerate(row, 1):
                if cell not in (None, ""):
                    write(sheet, number, column, _written(cell))
    if not book.worksheets:
        book.create_sheet()
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _written(cell: Cell) -> str | float | int:
    return cell if isinstance(cell, str | float | int) else as_text(cell)


def _link(line: Line) -> tuple[str, int] | None:
    """Where the line leads, and which of its cells is the link."""
    if not line.sheet:
        return None
    name = line.sheet.replace("'", "''")
    return f"'{name}'!{line.place or 'A1'}", 2 if line.place else 1
