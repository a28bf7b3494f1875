"""Where in a sheet the table is, as people lay sheets out: titles above, notes beside, totals and remarks below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lib.intake.cells import Cell, as_text, is_blank
from lib.intake.naming import name_all, plain
from lib.intake.numbers import readings
from lib.intake.reading import RawSheet
from lib.intake.tables import Heading, Remark, Row, Table, address, heading_names, without_examples
from lib.intake.texts import Texts, fold
from lib.intake.units import in_larger_units
from lib.intake.wide import matrix, population_table
from lib.model.coded import Coded, Mask
from lib.model.kinds import SheetKind, line
from lib.model.problems import Severity
from lib.model.sheet_kinds import AREAS_SHEET, MUNICIPALITIES, MUNICIPALITIES_SHEET, RATINGS, RECORD_SHEETS

HEADING_WITHIN = 20  # rows


def find_table(sheet: RawSheet, kind: SheetKind, texts: Texts) -> Table | None:
    """The table of a kind in a sheet, and what is to be said of it. None: nothing there."""
    grid = _Grid(sheet)
    finder = _Finder(grid, kind, texts)
    table = finder.special() or finder.table()
    if table is None:
        return None
    above = [grid.row(index) for index in range(min(HEADING_WITHIN, grid.height)) if grid.number(index) < table.row]
    remarks = (*grid.remarks(), *in_larger_units(above, kind), *table.remarks)
    return replace(without_examples(table, kind, texts), remarks=remarks)


class _Grid:
    """The cells of a sheet by Excel's row numbers, without what is hidden, and with merged cells filled downwards."""

    def __init__(self, sheet: RawSheet) -> None:
        self.name, self.top, self._sheet = sheet.name, sheet.top, sheet
        self.columns, self.height = [*sheet.columns], sheet.height
        self._hidden: dict[str, list[int]] = {"hidden_rows": [], "hidden_columns": []}
        self._first: dict[str, tuple[int, int]] = {}
        self._fill_down()
        self._hide()

    @property
    def merged_downwards(self) -> set[int]:
        """Where cells merged over several rows begin."""
        return {top - self.top for top, _, bottom, _ in self._sheet.merged if bottom > top}

    def _fill_down(self) -> None:
        placed: dict[int, list[tuple[slice, Cell]]] = defaultdict(list)
        for top, left, bottom, _ in self._sheet.merged:
            value = self.cell(top - self.top, left)
            if bottom > top and not is_blank(value):
                placed[left].append((slice(top + 1 - self.top, bottom + 1 - self.top), value))
        for column, cells in placed.items():
            self.columns[column] = self.columns[column].put(*cells)

    def _hide(self) -> None:
        """Rows and columns that nobody sees are left out as long as they hold something and are not asked for."""
        filled = self.filled()
        within = (index - self.top for index in sorted(self._sheet.hidden_rows))
        rows = [index for index in within if 0 <= index < self.height and filled[index]]
        if rows:
            self._hidden["hidden_rows"] = [index + self.top + 1 for index in rows]
            self._first["hidden_rows"] = (self.number(rows[0]), 0)
            self.columns = [column.put((np.array(rows), None)) for column in self.columns]
        for index in sorted(self._sheet.hidden_columns & {*range(len(self.columns))}):
            held = ~self.columns[index].where(is_blank)
            if held.any():
                self._hidden["hidden_columns"].append(index + 1)
                self._first.setdefault("hidden_columns", (self.number(int(held.argmax())), index))
                self.columns[index] = Coded[Cell].same(None, self.height)

    def filled(self) -> Mask:
        """The rows in which anything stands."""
        return self.count(is_blank) < len(self.columns)

    def count(self, test: Callable[[Cell], bool]) -> npt.NDArray[np.int32]:
        """How many cells of each row pass a test."""
        counts: npt.NDArray[np.int32] = np.zeros(self.height, np.int32)
        for column in self.columns:
            counts += column.where(test)
        return counts

    def cell(self, index: int, column: int) -> Cell:
        if not 0 <= index < self.height or column >= len(self.columns):
            return None
        return self.columns[column][index]

    def row(self, index: int) -> Row:
        return Row(self.number(index), [column[index] for column in self.columns])

    def rows(self) -> list[Row]:
        """Every row; where a sheet is long this takes its time."""
        return [Row(number, list(row)) for number, row in enumerate(zip(*self.columns, strict=True), self.number(0))]

    def number(self, index: int) -> int:
        return self.top + index + 1

    def across(self, index: int) -> list[Cell]:
        """A row with each merged cell in all the columns that it covers."""
        cells = [*self.row(index).cells]
        for top, left, bottom, right in self._sheet.merged:
            if top <= index + self.top <= bottom and left < len(cells):
                cells += [None] * (right + 1 - len(cells))
                cells[left : right + 1] = [cells[left]] * (right + 1 - left)
        return cells

    def remarks(self) -> Iterator[Remark]:
        for code, numbers in self._hidden.items():
            if numbers:
                letters = code == "hidden_columns"
                row, column = self._first[code]
                yield Remark(code, row, column, params={"which": _ranges(numbers, letters)})


def _ranges(numbers: Sequence[int], letters: bool) -> str:
    """«4, 6–9», or «C, F–H»."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    names = [[address(1, end - 1)[:-1] if letters else str(end) for end in run] for run in runs]
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in names)


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading row, perhaps of two lines: `line` is the index of what is named, `below` of the row under it."""

    index: int
    below: int
    line: int
    headings: list[Heading]
    remarks: list[Remark]

    @property
    def keys(self) -> set[str]:
        return {heading.key for heading in self.headings if heading.key}


class _Finder:
    def __init__(self, grid: _Grid, kind: SheetKind, texts: Texts) -> None:
        self._grid, self._kind, self._texts = grid, kind, texts
        self._names = heading_names(kind, texts)
        self._labels = {column.key: column.text for column in kind.columns}
        self._totals = {fold(word) for word in texts.names("template.totals")}
        self._notes = tuple(word.casefold() for word in texts.names("template.notes"))

    def special(self) -> Table | None:
        """A table that is laid out in another way than a row for each thing."""
        if self._kind.key == MUNICIPALITIES:
            return population_table(self._grid.name, self._grid.rows(), self._names)
        if self._kind.key == RATINGS:
            beginning = range(min(HEADING_WITHIN, self._grid.height))
            across = [Row(self._grid.number(index), self._grid.across(index)) for index in beginning]
            first = [self._grid.row(index) for index in beginning]
            return matrix(self._grid.name, first, across, self._grid.rows, self._names, self._is_total)
        return None

    def table(self) -> Table | None:
        head = self._head()
        if head is None:
            return None
        head, beside = self._beside(head)
        rows, below = self._rows(head)
        numbers, cells = np.flatnonzero(rows) + self._grid.number(0), (each.at(rows) for each in self._grid.columns)
        remarks = (*head.remarks, *beside, *below)
        number = self._grid.number(head.line)
        return Table(self._grid.name, number, tuple(head.headings), numbers, tuple(cells), remarks=remarks)

    def _head(self) -> _Head | None:
        """The row with most known headings; without any, the first row with two texts, or the first not blank."""
        one_line = [self._one_line(index) for index in range(min(HEADING_WITHIN, self._grid.height))]
        if not any(head.headings for head in one_line):
            return None
        known = max(one_line, key=lambda head: (len(head.keys), len(head.headings), -head.index))
        two = max(filter(None, map(self._two_lines, one_line)), key=lambda head: len(head.keys), default=None)
        if two is not None and len(two.keys) > len(known.keys):
            return two
        if known.keys:
            return self._with_second(known, one_line)
        wide = next((head for head in one_line if len(head.headings) > 1), None)
        return wide or next(head for head in one_line if head.headings)

    def _with_second(self, head: _Head, one_line: Sequence[_Head]) -> _Head:
        """A second line that names the same columns again, as cells merged over both do, is no row of data."""
        below = one_line[head.below] if head.below < len(one_line) else None
        merged = below is not None and head.index in self._grid.merged_downwards
        return replace(head, below=head.below + 1) if below and merged and below.keys == head.keys else head

    def _one_line(self, index: int) -> _Head:
        written = [(as_text(cell), i) for i, cell in enumerate(self._grid.row(index).cells) if not is_blank(cell)]
        return _Head(index, index + 1, index, *name_all(written, self._names, self._grid.number(index), self._labels))

    def _two_lines(self, upper: _Head) -> _Head | None:
        """A heading that goes on in the row below, or stands over several columns."""
        index = upper.index
        if index + 1 >= self._grid.height:
            return None
        over, under = self._grid.across(index), self._grid.row(index + 1).cells
        written = []
        for column in range(max(len(over), len(under))):
            above = as_text(over[column]) if column < len(over) else ""
            if text := self._joined(above, as_text(under[column]) if column < len(under) else "", over):
                written.append((text, column))
        head = _Head(
            index, index + 2, index + 1, *name_all(written, self._names, self._grid.number(index + 1), self._labels)
        )
        return head if len(head.keys) == len([heading for heading in head.headings if heading.key]) else None

    def _joined(self, above: str, below: str, over: Sequence[Cell]) -> str:
        """The line that is known, or both; the upper alone where it stands over this one column."""
        both = f"{above} {below}".strip()
        alone = sum(as_text(cell) == above for cell in over) == 1
        for text in (below, both, *([above] if alone or not below else [])):
            if fold(text) in self._names or fold(plain(text)) in self._names:
                return text
        return both if below else above

    def _beside(self, head: _Head) -> tuple[_Head, list[Remark]]:
        """Headings to the right of a gap: another table, which is asked about, or notes, which are left out."""
        blocks = _blocks(head.headings)
        kept, remarks = [*blocks[0]], []
        for block in blocks[1:]:
            keys = {heading.key for heading in block if heading.key}
            row, first = self._grid.number(head.line), block[0]
            if len(keys & {heading.key for heading in kept}) > 1 or (
                not keys and self._other_kind([heading.text for heading in block])
            ):
                start = address(row, kept[0].column)
                remarks.append(
                    Remark("several_tables", row, first.column, first.text, Severity.ERROR, {"first": start})
                )
                self._clear(block, head)
            elif keys or any(heading.key for heading in kept) is False or self._are_figures(block, head):
                kept += block
            else:
                remarks.append(Remark("side_note", row, first.column, first.text))
                self._clear(block, head)
        return replace(head, headings=kept), remarks

    def _are_figures(self, block: Sequence[Heading], head: _Head) -> bool:
        """Whether what stands under some unknown headings are numbers, which the kind takes."""
        below = (self._grid.columns[each.column].at(slice(head.below, None)) for each in block)
        filled = [cell for column in below for cell in column.values if not is_blank(cell)]
        return self._kind.extra_numeric and bool(filled) and all(map(_is_number, filled))

    def _clear(self, block: Sequence[Heading], head: _Head) -> None:
        """Takes a note out of the rows, so that it is not told of twice."""
        for index in range(block[0].column, len(self._grid.columns)):
            self._grid.columns[index] = self._grid.columns[index].put((slice(head.below, None), None))

    def _rows(self, head: _Head) -> tuple[Mask, list[Remark]]:
        """Which rows are the table's, and what is to be said of others; only what may be none is looked at closely."""
        filled, plain = self._grid.filled(), self._plain(head)
        index = np.arange(self._grid.height)
        below = index >= head.below
        rows, remarks = plain & below, list[Remark]()
        last_row = np.maximum.accumulate(np.where(rows, index, -1))
        last_blank = np.maximum.accumulate(np.where(below & ~filled, index, -1))
        last = -1
        for place in np.flatnonzero(below & filled & ~plain).tolist():
            last = max(last, int(last_row[place]))
            row = self._grid.row(place)
            cells = [(i, cell) for i, cell in enumerate(row.cells) if not is_blank(cell)]
            remark = self._remark(row, cells, head, gap=0 <= last < last_blank[place])
            if remark is None:
                rows[place], last = True, place
            else:
                remarks.append(remark)
            if remark is not None and remark.code == "several_tables":
                rows[place:] = False
                break
        return rows, remarks

    def _plain(self, head: _Head) -> Mask:
        """Rows of which nothing can be said: no total, no heading, no lonely remark. Told once a value, not a row."""
        known = {name for names in (self._names, *_all_names(self._texts)) for name in names}
        filled = len(self._grid.columns) - self._grid.count(is_blank)
        words = self._grid.count(lambda cell: isinstance(cell, str) and not is_blank(cell))
        headings = self._grid.count(lambda cell: isinstance(cell, str) and fold(cell) in known)
        totals = self._grid.count(lambda cell: isinstance(cell, str) and fold(cell) in self._totals)
        plain: Mask = (filled > (len(head.keys) > 1)) & (totals == 0) & ((words < filled) | (headings < 2))
        return plain

    def _remark(self, row: Row, filled: list[tuple[int, Cell]], head: _Head, gap: bool) -> Remark | None:
        """Why a row is none of the table's, or must be asked about; None: it is one of its rows."""
        column, first = filled[0]
        listed = [as_text(cell) for _, cell in filled]
        if all(isinstance(cell, str) for _, cell in filled) and self._is_heading(listed, head, gap):
            if {fold(text) for text in listed} <= {fold(heading.text) for heading in head.headings}:
                return Remark("repeated_heading", row.number, column, first)
            start = address(self._grid.number(head.line), head.headings[0].column)
            return Remark("several_tables", row.number, column, first, Severity.ERROR, {"first": start})
        if self._is_total(row):
            column, first = next((i, cell) for i, cell in filled if fold(as_text(cell)) in self._totals)
            return Remark("total_row_left_out", row.number, column, first)
        if len(filled) == 1 and len(head.keys) > 1 and self._is_note(first, gap):
            return Remark("note_left_out", row.number, column, first)
        return None

    def _is_heading(self, listed: Sequence[str], head: _Head, gap: bool) -> bool:
        own = {self._names.get(fold(text)) for text in listed} - {None}
        same = len(own) > 1 and own == head.keys
        return same or (gap and (len(own) > 1 or self._other_kind(listed)))

    def _other_kind(self, listed: Sequence[str]) -> bool:
        """Whether these are headings of a table of another kind."""
        return len(listed) > 1 and any(
            len({names.get(fold(text)) for text in listed} - {None}) > 1 for names in _all_names(self._texts)
        )

    def _is_total(self, row: Row) -> bool:
        """«Sum» first in a row of figures, or last before them: «Arkiv, Sum, 450 000»."""
        filled = [cell for cell in row.cells if not is_blank(cell)]
        last = max((index for index, cell in enumerate(filled) if not _is_number(cell)), default=-1)
        named = last == 0 or 0 < last < len(filled) - 1
        return named and fold(as_text(filled[last])) in self._totals

    def _is_note(self, cell: Cell, gap: bool) -> bool:
        text = line(as_text(cell)).casefold()
        return isinstance(cell, str) and (text.startswith(self._notes) or (gap and len(text.split()) > 1))


def _all_names(texts: Texts) -> Iterable[Mapping[str, str]]:
    return (heading_names(kind, texts) for kind in (MUNICIPALITIES_SHEET, AREAS_SHEET, *RECORD_SHEETS))


def _blocks(headings: Sequence[Heading]) -> list[list[Heading]]:
    """Headings in runs without a blank column between them."""
    blocks: list[list[Heading]] = []
    for heading in headings:
        if blocks and blocks[-1][-1].column == heading.column - 1:
            blocks[-1].append(heading)
        else:
            blocks.append([heading])
    return blocks


def _is_number(cell: Cell) -> bool:
    return is_blank(cell) or not isinstance(cell, str) or bool(readings(cell))
