"""From a table to entries: one value a column for each row, with all faults of cells noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final

import numpy as np

from lib.intake.cells import Cell, Value, Wrong, convert
from lib.intake.findings import MOST, Findings
from lib.intake.tables import Heading, Remark, Table, address
from lib.intake.texts import Texts
from lib.model.coded import Coded, Places
from lib.model.kinds import Column, SheetKind, Type
from lib.model.problems import Severity


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What stands for a cell that could not be taken, which has been noted already."""


SPOILT: Final = Spoilt()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of values under column keys. A column that the sheet lacks, or a faulty cell, has no key."""

    row: int
    values: dict[str, Value]
    extras: dict[str, Value] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A required text; empty where it is missing, which has been noted already."""
        return _text(self.values.get(key))


@dataclass(frozen=True, slots=True)
class Entries:
    """All rows of a sheet of one kind, by column; `headings` holds the heading of each column as written."""

    sheet: str
    kind: SheetKind
    columns: dict[str, int]
    headings: dict[str, str]
    numbers: Places
    values: Mapping[str, Coded[Value | Spoilt]]
    extras: Mapping[str, Coded[Value | Spoilt]]

    def __len__(self) -> int:
        return len(self.numbers)

    def has(self, key: str) -> bool:
        return key in self.columns

    def place(self, entry: Entry, key: str) -> str:
        return address(entry.row, self.columns[key])

    def texts(self, key: str) -> Coded[str]:
        """A column of texts, empty where there is none."""
        return self.values[key].mapped(_text) if key in self.values else Coded.same("", len(self))

    def entry(self, index: int) -> Entry:
        cells, extras = (((key, each[index]) for key, each in of.items()) for of in (self.values, self.extras))
        return Entry(int(self.numbers[index]), _taken(cells), _taken(extras))

    @property
    def rows(self) -> Iterator[Entry]:
        cells, extras = (
            zip(*of.values(), strict=True) if of else repeat((), len(self)) for of in (self.values, self.extras)
        )
        for number, row, more in zip(self.numbers.tolist(), cells, extras, strict=True):
            values, others = zip(self.values, row, strict=True), zip(self.extras, more, strict=True)
            yield Entry(number, _taken(values), _taken(others))


def _text(value: Value | Spoilt) -> str:
    return value if isinstance(value, str) else ""


def _taken(cells: Iterable[tuple[str, Value | Spoilt]]) -> dict[str, Value]:
    return {key: value for key, value in cells if not isinstance(value, Spoilt)}


def read_entries(table: Table, kind: SheetKind, extras: Sequence[Heading], texts: Texts, findings: Findings) -> Entries:
    """Equal cells of a column are converted once, as sheets repeat themselves."""
    columns = [(column, table.columns[column.key]) for column in kind.columns if column.key in table.columns]
    extra = [(Column(extra.text, Type.DECIMAL), extra.column) for extra in extras]
    faults: list[Remark] = []
    values = {column.key: _read(table, column, index, texts, faults) for column, index in columns}
    numbers = {column.key: _read(table, column, index, texts, faults) for column, index in extra}
    for fault in sorted(faults, key=lambda each: each.row):
        findings.add_remark(table.sheet, fault)
    headings = {heading.key: heading.text for heading in reversed(table.headings) if heading.key}
    places = {column.key: table.places.get(index, index) for column, index in columns}
    return Entries(table.sheet, kind, places, headings, table.numbers, values, numbers)


def _read(table: Table, column: Column, index: int, texts: Texts, faults: list[Remark]) -> Coded[Value | Spoilt]:
    cells, place = table.column(index), table.places.get(index, index)
    read = cells.mapped(lambda cell: _converted(column, cell, texts))
    for code, (cell, value) in enumerate(zip(cells.values, read.values, strict=True)):
        if isinstance(value, Wrong) or (value is None and column.required):
            for row in np.flatnonzero(cells.codes == code)[:MOST]:
                faults.append(_remark(column, int(table.numbers[row]), place, cell, value))
    return read.mapped(lambda value: SPOILT if isinstance(value, Wrong) else value)


def _converted(column: Column, cell: Cell, texts: Texts) -> Value | Wrong:
    try:
        return convert(column, cell, texts)
    except Wrong as wrong:
        return wrong


def _remark(column: Column, row: int, place: int, cell: Cell, value: Value | Wrong) -> Remark:
    if isinstance(value, Wrong):
        return Remark(value.code, row, place, cell, Severity.ERROR, value.params)
    return Remark("required_cell", row, place, severity=Severity.ERROR, params={"column_name": f"@{column.text}"})
