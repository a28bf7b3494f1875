"""A table as a workbook or as comma-separated text, with the lines that must follow it wherever it goes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
NAME_LIMIT = 31  # letters of a sheet's name, as Excel has it
_NO_NAME = str.maketrans("", "", "[]:*?/\\")


class Sheet(NamedTuple):
    """A title, the notes that follow the table, and the table. `name` is on the tab, else the title."""

    title: str
    notes: Sequence[str]
    frame: pd.DataFrame
    name: str = ""


def workbook(*sheets: Sheet) -> bytes:
    """An .xlsx with these sheets. Text stays text, numbers are numbers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for each in sheets:
        _fill(book.create_sheet((each.name or each.title).translate(_NO_NAME)[:NAME_LIMIT]), *each[:3])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, title: str, notes: Sequence[str], frame: pd.DataFrame) -> None:
    for number, line in enumerate((title, *notes), 1):
        _write(sheet, number, 1, line, bold=number == 1)
    top = len(notes) + 3
    for column, heading in enumerate(frame.columns, 1):
        _write(sheet, top, column, heading, bold=True)
        for row, value in enumerate(frame[heading], top + 1):
            _write(sheet, row, column, value)
        longest = max([len(str(heading)), *(len(str(value)) for value in frame[heading])])
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, _WIDEST)
    sheet.freeze_panes = f"A{top + 1}"


def _write(sheet: Worksheet, row: int, column: int, value: Any, bold: bool = False) -> None:
    cell = sheet.cell(row, column)
    cell.value = None if value is None or value is pd.NA or value != value else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
        cell.alignment = Alignment(vertical="top")
    cell.font = Font(bold=bold)


def comma_separated(notes: Sequence[str], frame: pd.DataFrame) -> bytes:
    """Semicolons, decimal commas and a byte-order mark, as a Norwegian Excel opens it; the notes come first."""
    body = frame.map(_harmless).rename(columns=_harmless).to_csv(sep=";", decimal=",", index=False)
    lines = [_quoted(_harmless(note)) for note in notes]
    return ("\ufeff" + "\n".join([*lines, "", body] if lines else [body])).encode("utf-8")


def _harmless(value: object) -> object:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe makes it text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _quoted(note: object) -> str:
    return '"' + str(note).replace('"', '""') + '"'
