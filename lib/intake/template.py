"""Workbooks that people fill in, and the current data in the same form: what is written here, `reading` takes back."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lib.intake.contents import Filled, filled_sheets
from lib.intake.layout import LAST_ROW, add_rule, allowed, data_row, heading_row, validate, widths, write
from lib.intake.tables import example_row
from lib.intake.texts import Texts
from lib.model.kinds import SheetKind, Type
from lib.model.methods import Method
from lib.model.records import Rows
from lib.model.sheet_kinds import AREAS, MUNICIPALITIES, RISKS

# The kind of sheet that a reference is chosen from, and the column where the names stand.
_REFERS = {"area": (AREAS, "B"), "municipality": (MUNICIPALITIES, "B"), "risk": (RISKS, "A")}


def template(kinds: Sequence[SheetKind], texts: Texts) -> bytes:
    """An .xlsx to fill in: a sheet a kind, with an example row that reading leaves out, and a sheet that explains."""
    return _book([Filled(kind, [_example(kind, texts)]) for kind in kinds], texts, example=True)


def workbook(rows: Rows, methods: Mapping[str, Method], texts: Texts) -> bytes:
    """An .xlsx of current rows, in the form of the template."""
    return _book(filled_sheets(rows, methods, texts), texts, example=False)


def sheets_of(rows: Rows, methods: Mapping[str, Method], kinds: Collection[str], texts: Texts) -> bytes:
    """Some kinds of sheet alone, filled with rows; the others' rows are only referred to."""
    return _book(
        [filled for filled in filled_sheets(rows, methods, texts) if filled.kind.key in kinds], texts, example=False
    )


def _example(kind: SheetKind, texts: Texts) -> list[str | float | int | None]:
    example = example_row(kind, texts, texts.language)
    return [example.get(column.key) for column in kind.columns]


def _book(sheets: Sequence[Filled], texts: Texts, example: bool) -> bytes:
    book = Workbook()
    book.properties.creator = "Mulighetsrom"
    book.remove(book.worksheets[0])
    titles = _titles([filled.kind for filled in sheets], texts)
    first_rows = {filled.kind.key: 3 if filled.constructed else 2 for filled in sheets}
    for title, filled in zip(titles, sheets, strict=True):
        sheet = book.create_sheet(title)
        _fill(sheet, filled, texts, example)
        _references(sheet, filled, dict(zip([f.kind.key for f in sheets], titles, strict=True)), first_rows, texts)
    constructed = any(filled.constructed for filled in sheets)
    _explain(book.create_sheet(texts("sheets.explanation")), titles, sheets, texts, example, constructed)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _titles(kinds: Iterable[SheetKind], texts: Texts) -> list[str]:
    """«Vurderinger», and «Vurderinger 2» where there is one sheet a method."""
    titles: list[str] = []
    for kind in kinds:
        name = texts(kind.text)
        taken = sum(title.startswith(name) for title in titles)
        titles.append(f"{name} {taken + 1}" if taken else name)
    return titles


def _fill(sheet: Worksheet, filled: Filled, texts: Texts, example: bool) -> None:
    kind, first = filled.kind, 2
    if filled.constructed:
        write(sheet, 1, 1, texts("template.constructed")).font = Font(bold=True, size=12)
        first = 3
    headings = [(texts(column.text), _note(kind, index, texts)) for index, column in enumerate(kind.columns)]
    heading_row(sheet, first - 1, [*headings, *((extra, "") for extra in filled.extras)])
    widths(sheet, kind.columns, len(filled.extras))
    for row, values in enumerate(filled.rows, first):
        data_row(sheet, row, values, example)
    for index, column in enumerate(kind.columns, 1):
        validate(sheet, column, index, first, texts)


def _references(
    sheet: Worksheet, filled: Filled, titles: Mapping[str, str], first_rows: Mapping[str, int], texts: Texts
) -> None:
    """Areas and municipalities are chosen from their own sheets, where a cell takes one of them."""
    for index, column in enumerate(filled.kind.columns, 1):
        target, letter = _REFERS.get(column.refers, ("", ""))
        if target in titles and column.type is not Type.LIST:
            first = first_rows[target]
            source = f"={quote_sheetname(titles[target])}!${letter}${first}:${letter}${LAST_ROW}"
            rule = DataValidation(type="list", formula1=source, errorStyle="warning")
            message = texts("template.allowed.reference", sheet=titles[target])
            add_rule(sheet, rule, index, 3 if filled.constructed else 2, texts("template.invalid"), message)


def _note(kind: SheetKind, index: int, texts: Texts) -> str:
    column = kind.columns[index]
    required = texts("template.required" if column.required else "template.optional")
    return f"{_meaning(kind, index, texts)}\n{required}. {allowed(column, texts)}"


def _meaning(kind: SheetKind, index: int, texts: Texts) -> str:
    column = kind.columns[index]
    if column.type is Type.SCORE:
        return texts("columns.help.ratings.criterion", criterion=texts(column.text))
    return texts(f"columns.help.{kind.key}.{column.key}", low=column.low, high=column.high)


def _explain(
    sheet: Worksheet,
    titles: Sequence[str],
    sheets: Sequence[Filled],
    texts: Texts,
    example: bool,
    constructed: bool,
) -> None:
    """The sheet that lists every column: what it means, whether it must be filled in, what it takes."""
    introduction = [texts("template.introduction")]
    introduction += [texts("template.example_note", marker=texts("template.example"))] if example else []
    introduction += [texts("template.constructed")] if constructed else []
    for row, sentence in enumerate(introduction, 1):
        write(sheet, row, 1, sentence)
    start = len(introduction) + 2
    headings = ("sheet", "column", "meaning", "required", "allowed")
    heading_row(sheet, start, [(texts(f"template.heading.{heading}"), "") for heading in headings])
    sheet.freeze_panes = None
    for title, filled in zip(titles, sheets, strict=True):
        for index, column in enumerate(filled.kind.columns):
            required = texts("choices.yes" if column.required else "choices.no")
            values = [title, texts(column.text), _meaning(filled.kind, index, texts), required, allowed(column, texts)]
            start += 1
            data_row(sheet, start, values)
        if filled.kind.extra_numeric:
            start += 1
            data_row(sheet, start, [title, texts("template.figures.heading"), texts("template.figures.meaning")])
    for letter, width in zip("ABCDE", (18, 24, 70, 14, 50), strict=True):
        sheet.column_dimensions[letter].width = width
