"""Where in a sheet the table is: its headings, and its rows of data with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from openpyxl.utils import get_column_letter

from lib.intake.cells import Cell, as_text
from lib.intake.reading import RawSheet
from lib.intake.texts import Texts, fold
from lib.model.coded import Coded, Mask, Places
from lib.model.kinds import SheetKind, Type, line
from lib.model.problems import Severity


class Heading(NamedTuple):
    """A heading as written, the column it stands in (from 0), and the key of the column it names (None: unknown)."""

    text: str
    column: int
    key: str | None


class Row(NamedTuple):
    """A row of data: Excel's row number, and its cells from column A on."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of how a table was found: a problem's code and its place; `column` from 0, `row` 0: none."""

    code: str
    row: int = 0
    column: int = 0
    found: Cell = None
    severity: Severity = Severity.WARNING
    params: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """`numbers` are the row numbers of its rows as Excel counts, and `cells[j][i]` is what stands in the i-th of them.

    `examples` are rows still marked as the template's example although somebody has changed them. `places`: where a
    column that was made of others stands in the sheet. `also`: further tables of the same sheet.
    """

    sheet: str
    row: int
    headings: tuple[Heading, ...]
    numbers: Places
    cells: tuple[Coded[Cell], ...]
    examples: tuple[Row, ...] = ()
    remarks: tuple[Remark, ...] = ()
    places: Mapping[int, int] = field(default_factory=dict)
    also: tuple[Table, ...] = ()

    @property
    def columns(self) -> dict[str, int]:
        """The first column under each known key."""
        return {heading.key: heading.column for heading in reversed(self.headings) if heading.key}

    def column(self, index: int) -> Coded[Cell]:
        """Blank where the sheet is not so wide."""
        return self.cells[index] if index < len(self.cells) else Coded[Cell].same(None, len(self.numbers))

    def only(self, rows: Mask) -> Table:
        return replace(self, numbers=self.numbers[rows], cells=tuple(column.at(rows) for column in self.cells))

    def rows(self, chosen: Mask) -> Iterator[Row]:
        """Some rows, for a closer look."""
        for index in np.flatnonzero(chosen).tolist():
            yield Row(int(self.numbers[index]), [column[index] for column in self.cells])


def by_column(rows: Sequence[Row]) -> tuple[Places, tuple[Coded[Cell], ...]]:
    """Row numbers and cells as a table holds them; rows may be ragged."""
    numbers = np.array([row.number for row in rows], np.intp)
    return numbers, tuple(map(Coded.of, zip_longest(*(row.cells for row in rows))))


FindTable = Callable[[RawSheet, SheetKind, Texts], Table | None]


def address(row: int, index: int) -> str:
    """«C7», from Excel's row number and a column counted from 0."""
    return f"{get_column_letter(index + 1)}{row}"


def heading_names(kind: SheetKind, texts: Texts) -> dict[str, str]:
    """Folded heading → column key."""
    return {fold(name): column.key for column in kind.columns for name in texts.names(column.text)}


def without_examples(table: Table, kind: SheetKind, texts: Texts) -> Table:
    """An example row left as it was is nobody's data; one that was changed but is still marked must be asked about."""
    first = table.columns.get(kind.columns[0].key)
    markers = tuple(marker.casefold() for marker in texts.everywhere("template.example"))
    if first is None:
        return table
    marked = table.column(first).where(lambda cell: line(as_text(cell)).casefold().startswith(markers))
    if not marked.any():
        return table
    changed = tuple(row for row in table.rows(marked) if not _is_untouched(row, table, kind, texts))
    return replace(table.only(~marked), examples=changed)


def _text_at(row: Row, index: int) -> str:
    return line(as_text(row.cells[index])) if index < len(row.cells) else ""


def _is_untouched(row: Row, table: Table, kind: SheetKind, texts: Texts) -> bool:
    written = {key: _text_at(row, index) for key, index in table.columns.items()}
    return any(
        all(text == line(str(example.get(key, ""))) for key, text in written.items())
        for example in (example_row(kind, texts, language) for language in texts.catalogues)
    )


def example_row(kind: SheetKind, texts: Texts, language: str) -> dict[str, str | int]:
    """The example of a template in a language: column key → value, the first one marked as an example."""
    catalogue = texts.catalogues[language]
    example: dict[str, str | int] = {}
    for column in kind.columns:
        key = f"columns.example.{kind.key}.{column.key}"
        if column.type is Type.SCORE and column.low is not None and column.high is not None:
            example[column.key] = column.low + round(0.7 * (column.high - column.low))
        elif text := catalogue.get(key):
            example[column.key] = int(text) if column.type in (Type.WHOLE, Type.KRONER) else text
    first = kind.columns[0].key
    example[first] = f"{catalogue['template.example']} {example[first]}"
    return example


def nearest(text: str, names: Sequence[str]) -> tuple[str, float]:
    """The most similar of some names, and how similar (0–1)."""
    scored = [(SequenceMatcher(None, fold(text), fold(name)).ratio(), name) for name in names]
    ratio, name = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return name, ratio
