"""Sheets whose headings are not ours: what we guess of each column, and how a sheet is read once somebody has said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from lib.intake.cells import Cell, as_text, is_blank, line, shown
from lib.intake.naming import plain
from lib.intake.reading import RawSheet
from lib.intake.sheets import AREAS_SHEET, MUNICIPALITIES_SHEET, RECORD_SHEETS, SheetKind, any_ratings_sheet
from lib.intake.tables import heading_names, nearest
from lib.intake.texts import Texts, fold
from lib.model.mappings import Guess, SheetMapping
from lib.model.methods import Method

WITHIN = 20  # rows
_ROWS_SHOWN = 6
_ALIKE = 0.6
NOT_MATCHED = frozenset({"missing_column", "unknown_column", "unknown_sheet", "no_known_sheet", "duplicate_column"})


class Layout(NamedTuple):
    """`key` is the same for all sheets with these headings; `place` is the heading row's, from 0."""

    key: str
    place: int
    headings: tuple[str, ...]


def layout(sheet: RawSheet) -> Layout | None:
    """The row with most texts, the first of them; None where no row has two."""
    counts = [sum(isinstance(c, str) and not is_blank(c) for c in row) for row in sheet.rows[:WITHIN]]
    if max(counts, default=0) < 2:
        return None
    index = counts.index(max(counts))
    headings = tuple(line(as_text(cell)) for cell in sheet.rows[index])
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
    columns = {each.key: guessed_columns(found.headings, each, texts) for each in kinds.values()}
    chosen = kind or max(columns, key=lambda key: sum(map(bool, columns[key])))
    below = sheet.rows[found.place + 1 : found.place + 1 + _ROWS_SHOWN]
    rows = tuple(tuple(shown(_at(row, i), texts) for i in range(len(found.headings))) for row in below)
    return Guess(sheet.name, found.key, chosen, found.headings, columns[chosen], rows)


def guessed_columns(headings: Sequence[str], kind: SheetKind, texts: Texts) -> tuple[str, ...]:
    """A key for each heading: the one it names, else the most alike of those that are left; none is given twice."""
    names = heading_names(kind, texts)
    keys = [names.get(fold(plain(heading)), "") for heading in headings]
    keys = [key if key not in keys[:index] else "" for index, key in enumerate(keys)]
    for index, heading in enumerate(headings):
        left = [name for name, key in names.items() if key not in keys]
        name, alike = nearest(plain(heading), left)
        if heading and not keys[index] and alike >= _ALIKE:
            keys[index] = names[name]
    return tuple(keys)


def applied(sheet: RawSheet, mapping: SheetMapping, kind: SheetKind, texts: Texts) -> RawSheet:
    """The sheet with our headings over what somebody has named, and nothing of what is left out."""
    found = layout(sheet)
    if found is None:
        return sheet
    named = {column.key: texts(column.text) for column in kind.columns}
    headings: list[Cell] = [named.get(key) for key in mapping.columns]
    kept = [index for index, heading in enumerate(headings) if heading is not None]
    below = [_only(row, kept) for row in sheet.rows[found.place + 1 :]]
    above: list[list[Cell]] = [[] for _ in range(found.place)]
    merged = tuple(each for each in sheet.merged if each[0] > sheet.top + found.place)
    return replace(sheet, rows=(*above, headings, *below), merged=merged)


def _only(row: Sequence[Cell], kept: Sequence[int]) -> list[Cell]:
    cells: list[Cell] = [None] * len(row)
    for index in kept:
        if index < len(row):
            cells[index] = row[index]
    return cells


def _at(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else None
