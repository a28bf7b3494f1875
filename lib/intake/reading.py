"""Bytes of an upload → the cells of its sheets, read in a child process that may use only so much memory and time."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from openpyxl.utils import coordinate_to_tuple

from lib.intake.cells import Cell, Faulty
from lib.intake.forms import Limits, form_of
from lib.model.problems import Unreadable

_CHILD = Path(__file__).with_name("child.py")
_OUT_OF_MEMORY = 3
_UNSAYABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|_x00[01][0-9A-Fa-f]_")
_SLOTS = threading.BoundedSemaphore(2)  # each child may take `Limits.memory`


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as read: `rows[i][j]` stands in Excel's row `top + i + 1`, column `j + 1`; rows may be ragged.

    `fault` is the code of a problem that keeps the whole sheet from being read. `merged` ranges are top, left, bottom,
    right; they and the hidden rows and columns count from 0, as in the sheet.
    """

    name: str
    rows: tuple[list[Cell], ...] = ()
    top: int = 0
    visible: bool = True
    fault: str = ""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


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
        answer = _ask_child(data, limits, "xlsx" if form == "xlsm" else form)
    lines = answer.split(b"\n")
    first = json.loads(lines[0])
    if "problem" in first:
        raise Unreadable(first["problem"])
    sheets = tuple(_sheets(lines[1:], first["sheets"]))
    if any(map(_UNSAYABLE.search, (sheet.name for sheet in sheets))):
        raise Unreadable("sheet_name_unsayable")
    return RawWorkbook(sheets, form)


def _ask_child(data: bytes, limits: Limits, form: str) -> bytes:
    command = [sys.executable, "-I", str(_CHILD), json.dumps(asdict(limits)), form]
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and the upload is its standard input
            command, input=data, capture_output=True, timeout=limits.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("workbook_took_too_long") from fault
    if done.returncode == -signal.SIGXCPU:
        raise Unreadable("workbook_took_too_long")
    if done.returncode == _OUT_OF_MEMORY or done.returncode < 0:
        raise Unreadable("workbook_too_large")
    if done.returncode:
        raise Unreadable("not_a_workbook")
    return done.stdout


def _sheets(lines: list[bytes], count: int) -> Iterator[RawSheet]:
    position = 0
    for _ in range(count):
        about = json.loads(lines[position])
        end = position + 1 + about["rows"]
        rows = json.loads(b"[" + b",".join(lines[position + 1 : end]) + b"]")
        yield _sheet(about, rows)
        position = end


def _sheet(about: dict[str, Any], rows: list[list[Cell]]) -> RawSheet:
    if about["too_large"]:
        return RawSheet(about["name"], visible=about["visible"], fault="sheet_too_large")
    faulty = {place: Faulty("formula_without_value") for place in about["formulas"]}
    faulty |= {place: Faulty("error_cell", text) for place, text in about["errors"].items()}
    for place, cell in faulty.items():
        _put(rows, about["top"], place, cell)
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in about["merged"])
    hidden = frozenset(about["hidden_rows"]), frozenset(about["hidden_columns"])
    return RawSheet(about["name"], tuple(rows), about["top"], about["visible"], "", merged, *hidden)


def _put(rows: list[list[Cell]], top: int, place: str, cell: Faulty) -> None:
    """Lays a faulty cell over what calamine gave as blank; one outside the filled area belongs to no row of data."""
    row, column = coordinate_to_tuple(place)
    if 0 <= row - 1 - top < len(rows):
        cells = rows[row - 1 - top]
        cells += [None] * (column - len(cells))
        cells[column - 1] = cell
