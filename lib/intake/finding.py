"""Where in a sheet the table is, as people lay sheets out: titles above, notes beside, totals and remarks below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lib.intake.cells import Cell, as_text, is_blank, line
from lib.intake.naming import name_all, plain
from lib.intake.numbers import readings
from lib.intake.reading import RawSheet
from lib.intake.sheets import AREAS_SHEET, MUNICIPALITIES, MUNICIPALITIES_SHEET, RATINGS, RECORD_SHEETS, SheetKind
from lib.intake.tables import Heading, Remark, Row, Table, address, heading_names, without_examples
from lib.intake.texts import Texts, fold
from lib.intake.wide import matrix, population_table
from lib.model.problems import Severity

HEADING_WITHIN = 20  # rows


def find_table(sheet: RawSheet, kind: SheetKind, texts: Texts) -> Table | None:
    """The table of a kind in a sheet, and what is to be said of it. None: nothing there."""
    grid = _Grid(sheet)
    finder = _Finder(grid, kind, texts)
    table = finder.special() or finder.table()
    if table is None:
        return None
    return replace(without_examples(table, kind, texts), remarks=(*grid.remarks(), *table.remarks))


class _Grid:
    """The cells of a sheet by Excel's row numbers, without what is hidden, and with merged cells filled downwards."""

    def __init__(self, sheet: RawSheet) -> None:
        self.name, self.top, self._sheet = sheet.name, sheet.top, sheet
        self.rows: list[list[Cell]] = [*sheet.rows]
        self._hidden: dict[str, list[int]] = {"hidden_rows": [], "hidden_columns": []}
        self._first: dict[str, tuple[int, int]] = {}
        self._fill_down()
        self._hide()

    @property
    def merged_downwards(self) -> set[int]:
        """Where cells merged over several rows begin."""
        return {top - self.top for top, _, bottom, _ in self._sheet.merged if bottom > top}

    def _fill_down(self) -> None:
        for top, left, bottom, _ in self._sheet.merged:
            value = self.cell(top - self.top, left)
            for index in range(max(0, top + 1 - self.top), min(bottom + 1 - self.top, len(self.rows))):
                if not is_blank(value):
                    self._put(index, left, value)

    def _hide(self) -> None:
        """Rows and columns that nobody sees are left out as long as they hold something and are not asked for."""
        for index in sorted(self._sheet.hidden_rows):
            if 0 <= index - self.top < len(self.rows) and not all(map(is_blank, self.rows[index - self.top])):
                self._hidden["hidden_rows"].append(index + 1)
                self._first.setdefault("hidden_rows", (index + 1, 0))
                self.rows[index - self.top] = []
        for column in sorted(self._sheet.hidden_columns):
            held = [i for i in range(len(self.rows)) if not is_blank(self.cell(i, column))]
            if held:
                self._hidden["hidden_columns"].append(column + 1)
                self._first.setdefault("hidden_columns", (self.number(held[0]), column))
            for index in held:
                self._put(index, column, None)

    def _put(self, index: int, column: int, value: Cell) -> None:
        cells = [*self.rows[index]]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = value
        self.rows[index] = cells

    def cell(self, index: int, column: int) -> Cell:
        if not 0 <= index < len(self.rows) or column >= len(self.rows[index]):
            return None
        return self.rows[index][column]

    def number(self, index: int) -> int:
        return self.top + index + 1

    def across(self, index: int) -> list[Cell]:
        """A row with each merged cell in all the columns that it covers."""
        cells = [*self.rows[index]]
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
        rows = [Row(self._grid.number(index), cells) for index, cells in enumerate(self._grid.rows)]
        if self._kind.key == MUNICIPALITIES:
            return population_table(self._grid.name, rows, self._names)
        if self._kind.key == RATINGS:
            across = [Row(row.number, self._grid.across(index)) for index, row in enumerate(rows[:HEADING_WITHIN])]
            return matrix(self._grid.name, rows, across, self._names, self._is_total)
        return None

    def table(self) -> Table | None:
        head = self._head()
        if head is None:
            return None
        head, beside = self._beside(head)
        rows, below = self._rows(head)
        number = self._grid.number(head.line)
        return Table(
            self._grid.name, number, tuple(head.headings), tuple(rows), remarks=(*head.remarks, *beside, *below)
        )

    def _head(self) -> _Head | None:
        """The row with most known headings; without any, the first row with two texts, or the first not blank."""
        one_line = [self._one_line(index) for index in range(min(HEADING_WITHIN, len(self._grid.rows)))]
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
        written = [(as_text(cell), i) for i, cell in enumerate(self._grid.rows[index]) if not is_blank(cell)]
        return _Head(index, index + 1, index, *name_all(written, self._names, self._grid.number(index), self._labels))

    def _two_lines(self, upper: _Head) -> _Head | None:
        """A heading that goes on in the row below, or stands over several columns."""
        index = upper.index
        if index + 1 >= len(self._grid.rows):
            return None
        over, under = self._grid.across(index), self._grid.rows[index + 1]
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
            elif keys or any(heading.key for heading in kept) is False or self._are_figures(block, head):
                kept += block
            else:
                remarks.append(Remark("side_note", row, first.column, first.text))
                self._clear(block, head)
        return replace(head, headings=kept), remarks

    def _are_figures(self, block: Sequence[Heading], head: _Head) -> bool:
        """Whether what stands under some unknown headings are numbers, which the kind takes."""
        cells = [self._grid.cell(i, each.column) for each in block for i in range(head.below, len(self._grid.rows))]
        filled = [cell for cell in cells if not is_blank(cell)]
        return self._kind.extra_numeric and bool(filled) and all(map(_is_number, filled))

    def _clear(self, block: Sequence[Heading], head: _Head) -> None:
        """Takes a note out of the rows, so that it is not told of twice."""
        first = block[0].column
        for index in range(head.below, len(self._grid.rows)):
            self._grid.rows[index] = self._grid.rows[index][:first]

    def _rows(self, head: _Head) -> tuple[list[Row], list[Remark]]:
        rows: list[Row] = []
        remarks: list[Remark] = []
        gap = False
        for index in range(head.below, len(self._grid.rows)):
            row = Row(self._grid.number(index), self._grid.rows[index])
            filled = [(i, cell) for i, cell in enumerate(row.cells) if not is_blank(cell)]
            if not filled:
                gap = bool(rows)
                continue
            remark = self._remark(row, filled, head, gap)
            if remark is None:
                rows.append(row)
                gap = False
            else:
                remarks.append(remark)
                if remark.code == "several_tables":
                    break
        return rows, remarks

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
        """«Sum» first in a row of figures."""
        filled = [cell for cell in row.cells if not is_blank(cell)]
        first = filled[0] if filled else None
        return isinstance(first, str) and fold(first) in self._totals and all(map(_is_number, filled[1:]))

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
