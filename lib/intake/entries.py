"""From a table to entries: one value a column for each row, with all faults of cells noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lib.intake.cells import Cell, Value, Wrong, convert
from lib.intake.findings import Findings
from lib.intake.sheets import Column, SheetKind, Type
from lib.intake.tables import Heading, Row, Table, address
from lib.intake.texts import Texts
from lib.model.problems import Severity

_SHORT = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of values under column keys. A column that the sheet lacks, or a faulty cell, has no key."""

    row: int
    values: dict[str, Value]
    figures: dict[str, Value] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A required text; empty where it is missing, which has been noted already."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Entries:
    """All rows of a sheet of one kind; `headings` holds the heading of each column as written."""

    sheet: str
    kind: SheetKind
    columns: dict[str, int]
    headings: dict[str, str]
    rows: tuple[Entry, ...]

    def has(self, key: str) -> bool:
        return key in self.columns

    def place(self, entry: Entry, key: str) -> str:
        return address(entry.row, self.columns[key])


def read_entries(
    table: Table, kind: SheetKind, figures: Sequence[Heading], texts: Texts, findings: Findings
) -> Entries:
    reader = _Reader(table, texts, findings)
    columns = [(column, table.columns[column.key]) for column in kind.columns if column.key in table.columns]
    extra = [(Column(figure.text, Type.DECIMAL), figure.column) for figure in figures]
    entries = tuple(Entry(row.number, reader.values(row, columns), reader.values(row, extra)) for row in table.rows)
    headings = {heading.key: heading.text for heading in reversed(table.headings) if heading.key}
    places = {column.key: table.places.get(index, index) for column, index in columns}
    return Entries(table.sheet, kind, places, headings, entries)


class _Reader:
    """Converts cells; equal cells of a column are converted once, as sheets repeat themselves."""

    def __init__(self, table: Table, texts: Texts, findings: Findings) -> None:
        self._sheet = table.sheet
        self._places = table.places
        self._texts = texts
        self._findings = findings
        self._known: dict[str, dict[tuple[type, Cell] | Cell, Value | Wrong]] = defaultdict(dict)

    def values(self, row: Row, columns: Sequence[tuple[Column, int]]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for column, index in columns:
            cell = row.cells[index] if index < len(row.cells) else None
            value, place = self._value(column, cell), self._places.get(index, index)
            if isinstance(value, Wrong):
                self._findings.add(value.code, self._sheet, row.number, place, cell, Severity.ERROR, **value.params)
                continue
            if value is None and column.required:
                self._findings.add("required_cell", self._sheet, row.number, place, column_name=_name(column))
            values[column.key] = value
        return values

    def _value(self, column: Column, cell: Cell) -> Value | Wrong:
        if isinstance(cell, str) and len(cell) > _SHORT:
            return self._converted(column, cell)
        known = self._known[column.key]
        key = cell if type(cell) is str else (type(cell), cell)
        if key not in known:
            known[key] = self._converted(column, cell)
        return known[key]

    def _converted(self, column: Column, cell: Cell) -> Value | Wrong:
        try:
            return convert(column, cell, self._texts)
        except Wrong as wrong:
            return wrong


def _name(column: Column) -> str:
    return f"@{column.text}"
