"""Sheets whose headings are not ours: what we guess of each column, and how a sheet is read once somebody has said."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from lib.intake.cells import Cell, as_text, is_blank, shown
from lib.intake.naming import plain
from lib.intake.numbers import readings
from lib.intake.reading import RawSheet
from lib.intake.tables import heading_names, nearest
from lib.intake.texts import Texts, fold
from lib.model.coded import Coded
from lib.model.kinds import Column, SheetKind, Type, line
from lib.model.mappings import FIGURE, Guess, SheetMapping
from lib.model.methods import Method
from lib.model.sheet_kinds import AREAS_SHEET, MUNICIPALITIES_SHEET, RECORD_SHEETS, any_ratings_sheet

WITHIN = 20  # rows
_ROWS_SHOWN = 6
_ALIKE = 0.7
_CODE = 20  # characters
# Counties of 2024; what begins otherwise is a year or another figure.
_NUMBER = re.compile("(?:03|11|15|18|3[1-4]|39|40|42|46|50|55|56)[0-9]{2}")
NOT_MATCHED = frozenset(
    {"missing_column", "unknown_column", "column_not_ours", "unknown_sheet", "no_known_sheet", "duplicate_column"}
)


class Layout(NamedTuple):
    """`key` is the same for all sheets with these headings; `place` is the heading row's, from 0."""

    key: str
    place: int
    headings: tuple[str, ...]


def layout(sheet: RawSheet) -> Layout | None:
    """The row with most texts, the first of them; None where no row has two."""
    rows = sheet.rows(stop=WITHIN)
    counts = [sum(isinstance(c, str) and not is_blank(c) for c in row) for row in rows]
    if max(counts, default=0) < 2:
        return None
    index = counts.index(max(counts))
    headings = tuple(line(as_text(cell)) for cell in rows[index])
    digest = hashlib.sha256("\x1f".join(map(fold, headings)).encode()).hexdigest()
    return Layout(digest[:20], index, headings)


def kinds_of(methods: Iterable[Method]) -> dict[str, SheetKind]:
    """Every kind of sheet by its key; the one for ratings has the criteria of all methods."""
    kinds = (MUNICIPALITIES_SHEET, AREAS_SHEET, any_ratings_sheet(methods), *RECORD_SHEETS)
    return {kind.key: kind for kind in kinds}


def guess(sheet: RawSheet, kind: str, kinds: Mapping[str, SheetKind], texts: Texts) -> Guess | None:
    """What a sheet may be, `kind` where its name says so already. None where it has no headings."""
    found = layout(sheet)
    if found is None:
        return None
    below = sheet.rows(found.place + 1, found.place + 1 + _ROWS_SHOWN)
    rows = tuple(tuple(shown(_at(row, i), texts) for i in range(len(found.headings))) for row in below)
    columns = {each.key: guessed_columns(found.headings, rows, each, texts) for each in kinds.values()}
    chosen = kind or max(columns, key=lambda key: _explains(kinds[key], columns[key]))
    return Guess(sheet.name, found.key, chosen, found.headings, columns[chosen], rows)


def _explains(kind: SheetKind, columns: Sequence[str]) -> int:
    """How well a kind explains a sheet: what is there of it, less what it cannot do without."""
    needed = {column.key for column in kind.columns if column.needed}
    return (
        len([key for key in columns if key and key != FIGURE])
        + 3 * len(needed & set(columns))
        - 2 * len(needed - set(columns))
    )


def guessed_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], kind: SheetKind, texts: Texts
) -> tuple[str, ...]:
    """A key for each heading: the one it names, else by what stands below, else the most alike of those left.

    None is given twice, and no column of texts is taken for figures or the other way about.
    """
    names = heading_names(kind, texts)
    values = [[text for row in rows if index < len(row) and (text := row[index])] for index in range(len(headings))]
    columns = {column.key: column for column in kind.columns}
    keys = [names.get(fold(plain(heading)), "") for heading in headings]
    keys = [key if key not in keys[:index] else "" for index, key in enumerate(keys)]
    if "number" in columns and "number" not in keys:
        _guess_number(keys, values)
    for index, heading in enumerate(headings):
        fitting = [name for name, key in names.items() if key not in keys and _fits(columns[key], values[index])]
        name, alike = nearest(plain(heading), fitting)
        if heading and not keys[index] and alike >= _ALIKE:
            keys[index] = names[name]
        elif heading and not keys[index] and kind.extra_numeric and values[index] and all(map(readings, values[index])):
            keys[index] = FIGURE
    return tuple(keys)


def _guess_number(keys: list[str], values: Sequence[Sequence[str]]) -> None:
    """Municipality numbers are told by themselves, and the first column of texts beside them is the names."""
    for index, below in enumerate(values):
        if not keys[index] and below and len({*below}) == len(below) and all(map(_NUMBER.fullmatch, below)):
            keys[index] = "number"
            texts = (i for i, each in enumerate(values) if not keys[i] and each and not any(map(readings, each)))
            if "municipality" not in keys and (names := next(texts, None)) is not None:
                keys[names] = "municipality"
            return


def _fits(column: Column, values: Sequence[str]) -> bool:
    """Whether the first values can be of a column; a code may well be a number."""
    figures = [bool(readings(value)) for value in values]
    if column.type in (Type.LINE, Type.TEXT, Type.LIST, Type.CHOICE, Type.DATE):
        return not figures or not all(figures) or column.max_length <= _CODE
    return not figures or any(figures)


def applied(sheet: RawSheet, mapping: SheetMapping, kind: SheetKind, texts: Texts) -> RawSheet:
    """The sheet with our headings over what somebody has named, and nothing of what is left out."""
    found = layout(sheet)
    if found is None:
        return sheet
    named = {column.key: texts(column.text) for column in kind.columns}
    headings: list[Cell] = [
        heading if key == FIGURE else named.get(key)
        for key, heading in zip(mapping.columns, found.headings, strict=False)
    ]
    merged = tuple(each for each in sheet.merged if each[0] > sheet.top + found.place)
    columns = (_named(*each, found.place) for each in zip_longest(sheet.columns, headings))
    return replace(sheet, columns=tuple(columns), merged=merged)


def _named(column: Coded[Cell], heading: Cell, place: int) -> Coded[Cell]:
    """A column under its heading, with nothing above it; nothing at all where it is left out."""
    if heading is None:
        return Coded[Cell].same(None, len(column))
    return column.put((slice(place), None), (place, heading))


def _at(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else None
