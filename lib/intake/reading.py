"""Bytes of an upload → the cells of its sheets, read in a child process that may use only so much memory and time."""

from __future__ import annotations

import json
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import numpy as np
from openpyxl.utils import coordinate_to_tuple

from lib.intake.cells import Cell, Faulty
from lib.intake.confined.asking import ask
from lib.intake.forms import Limits, form_of
from lib.intake.parsing.child import BYTE
from lib.model.coded import Coded
from lib.model.problems import Unreadable

_UNSAYABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|_x00[01][0-9A-Fa-f]_")
_SLOTS = threading.BoundedSemaphore(2)  # each child may take `Limits.memory`


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as read: the cell in Excel's row `top + i + 1`, column `j + 1`, is `columns[j][i]`; all are equally long.

    `fault` is the code of a problem that keeps the whole sheet from being read. `merged` ranges are top, left, bottom,
    right; they and the hidden rows and columns count from 0, as in the sheet.
    """

    name: str
    columns: tuple[Coded[Cell], ...] = ()
    top: int = 0
    visible: bool = True
    fault: str = ""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @classmethod
    def of(cls, name: str, rows: Iterable[Sequence[Cell]], top: int = 0) -> RawSheet:
        """From rows of cells, which may be ragged."""
        return cls(name, tuple(map(Coded.of, zip_longest(*rows))), top)

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[Cell]]:
        """Some of its rows, all of them as a rule."""
        part = slice(start, stop)
        return [list(row) for row in zip(*(column.at(part) for column in self.columns), strict=True)]


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """`form` is what the file is, whatever its name says: «xlsx», «xlsm», «xls», «ods» or «csv»."""

    sheets: tuple[RawSheet, ...] = ()
    form: str = "xlsx"

    @property
    def hides(self) -> bool:
        return any(not each.visible or each.hidden_rows or each.hidden_columns for each in self.sheets)

    def with_all_shown(self) -> RawWorkbook:
        """The same with nothing hidden."""
        plain = frozenset[int]()
        sheets = (replace(each, visible=True, hidden_rows=plain, hidden_columns=plain) for each in self.sheets)
        return replace(self, sheets=tuple(sheets))


def read(data: bytes, limits: Limits | None = None) -> RawWorkbook:
    """The sheets of a workbook; raises Unreadable with a code when the file cannot be taken at all.

    What it is, its content tells: .xlsx and .xlsm (whose macros are never run), .xls, .ods, or a text with separators.
    """
    limits = limits or Limits()
    form = form_of(data, limits)
    with _SLOTS:
        answer = ask("lib.intake.parsing.child", data, limits, "xlsx" if form == "xlsm" else form)
    first, _, rest = answer.partition(b"\n")
    told = json.loads(first)
    if "problem" in told:
        raise Unreadable(told["problem"])
    sheets = tuple(_sheets(rest, told["sheets"]))
    if any(map(_UNSAYABLE.search, (sheet.name for sheet in sheets))):
        raise Unreadable("sheet_name_unsayable")
    return RawWorkbook(sheets, form)


def _sheets(answer: bytes, count: int) -> Iterator[RawSheet]:
    start = 0
    for _ in range(count):
        end = answer.index(b"\n", start)
        about = json.loads(answer[start:end])
        start, columns = end + 1, list[Coded[Cell]]()
        for values in about["columns"]:
            kind = np.dtype(np.uint8 if len(values) <= BYTE else np.uint32)
            codes = np.frombuffer(answer, kind, about["rows"], start).astype(np.int32)
            start += codes.size * kind.itemsize
            columns.append(Coded(values, codes))
        yield _sheet(about, columns)


def _sheet(about: dict[str, Any], columns: list[Coded[Cell]]) -> RawSheet:
    if about["too_large"]:
        return RawSheet(about["name"], visible=about["visible"], fault="sheet_too_large")
    faulty = {place: Faulty("formula_without_value") for place in about["formulas"]}
    faulty |= {place: Faulty("error_cell", text) for place, text in about["errors"].items()}
    _put(columns, about["top"], about["rows"], faulty)
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in about["merged"])
    hidden = frozenset(about["hidden_rows"]), frozenset(about["hidden_columns"])
    return RawSheet(about["name"], tuple(columns), about["top"], about["visible"], "", merged, *hidden)


def _put(columns: list[Coded[Cell]], top: int, height: int, faulty: Mapping[str, Faulty]) -> None:
    """Lays faulty cells over what calamine gave as blank; one outside the filled area belongs to no row of data."""
    placed: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for place, cell in faulty.items():
        row, column = coordinate_to_tuple(place)
        if 0 <= row - 1 - top < height:
            placed[column - 1].append((row - 1 - top, cell))
    for column, cells in placed.items():
        columns += [Coded[Cell].same(None, height)] * (column + 1 - len(columns))
        columns[column] = columns[column].put(*cells)
