"""How our workbooks look, and how text is written so that Excel shows it and never runs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import cast

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lib.intake.texts import Texts
from lib.model.kinds import CHOICES, UNKNOWN, Column, Type

LAST_ROW = 2000  # how far down the drop-downs reach
_LIST_LIMIT = 255  # characters in a drop-down, set by Excel
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_HEADING = PatternFill("solid", fgColor="E6E9ED")
_EXAMPLE = Font(italic=True, color="6B7280")
_WIDTHS = {Type.TEXT: 44, Type.LINE: 26, Type.LIST: 44}


def write(sheet: Worksheet, row: int, column: int, value: str | float | int | date | None) -> ExcelCell:
    """Writes a value; a text stays a text, character by character, whatever it begins with."""
    cell = cast(ExcelCell, sheet.cell(row, column))
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd.mm.yyyy"
        return cell
    cell.value = _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value.startswith(_STARTS_FORMULA)
    return cell


def heading_row(sheet: Worksheet, row: int, headings: Sequence[tuple[str, str]]) -> None:
    """A heading row that stays in sight, each heading with its explanation as a note."""
    for index, (heading, explanation) in enumerate(headings, 1):
        cell = write(sheet, row, index, heading)
        cell.font = Font(bold=True)
        cell.fill = _HEADING
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if explanation:
            cell.comment = Comment(explanation, "Mulighetsrom", height=140, width=320)
    sheet.freeze_panes = f"A{row + 1}"


def widths(sheet: Worksheet, columns: Sequence[Column], extra: int = 0) -> None:
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(column.type, 16)
    for index in range(len(columns) + 1, len(columns) + extra + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 16


def data_row(
    sheet: Worksheet, row: int, values: Sequence[str | float | int | date | None], example: bool = False
) -> None:
    for index, value in enumerate(values, 1):
        cell = write(sheet, row, index, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if example:
            cell.font = _EXAMPLE


def allowed(column: Column, texts: Texts) -> str:
    """What a column takes, in words."""
    match column.type:
        case Type.CHOICE:
            return texts(f"choices.list.{column.choices}")
        case Type.SCORE:
            return texts("template.allowed.score", low=column.low, high=column.high, unknown=_unknown(texts))
        case Type.WHOLE:
            return texts("template.allowed.whole", low=column.low, high=column.high)
        case Type.KRONER | Type.DECIMAL | Type.LIST | Type.DATE:
            return texts(f"template.allowed.{column.type}")
        case Type.MUNICIPALITY_NUMBER:
            return texts("template.allowed.municipality_number")
        case _:
            return texts("template.allowed.text", limit=column.max_length)


def _unknown(texts: Texts) -> str:
    return texts(f"choices.{UNKNOWN}")


def validate(sheet: Worksheet, column: Column, index: int, first_row: int, texts: Texts) -> None:
    """Adds the drop-down or the limits of a column, from a row down."""
    rule = _rule(column, texts)
    if rule is not None:
        add_rule(sheet, rule, index, first_row, texts("template.invalid"), allowed(column, texts))


def add_rule(sheet: Worksheet, rule: DataValidation, index: int, first_row: int, title: str, message: str) -> None:
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = title[:32], message[:225]
    letter = get_column_letter(index)
    rule.add(f"{letter}{first_row}:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _rule(column: Column, texts: Texts) -> DataValidation | None:
    match column.type:
        case Type.CHOICE:
            return _listed([texts(f"choices.{choice}") for choice in CHOICES[column.choices]])
        case Type.SCORE if column.low is not None and column.high is not None:
            return _listed([*map(str, range(column.low, column.high + 1)), _unknown(texts)])
        case Type.WHOLE:
            low, high = str(column.low), str(column.high)
            return DataValidation(type="whole", operator="between", errorStyle="warning", formula1=low, formula2=high)
        case _:
            return None


def _listed(words: Sequence[str]) -> DataValidation | None:
    joined = ",".join(words)
    return DataValidation(type="list", formula1=f'"{joined}"') if len(joined) <= _LIST_LIMIT else None
