"""Bytes of an upload → the cells of its sheets, read in a child process that may use only so much memory and time."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import coordinate_to_tuple

from lib.intake.cells import Cell, Faulty
from lib.model.problems import Unreadable

_CHILD = Path(__file__).with_name("child.py")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OUT_OF_MEMORY = 3
_SLOTS = threading.BoundedSemaphore(2)  # each child may take `Limits.memory`


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may cost. Bytes, seconds, and counts; `ratio` is unpacked to packed bytes."""

    upload: int = 20 << 20  # what the server takes, as Streamlit counts megabytes
    unpacked: int = 300_000_000
    ratio: int = 200
    parts: int = 2000
    rows: int = 200_000
    columns: int = 500
    cells: int = 3_000_000
    cell_characters: int = 32_767
    memory: int = 1 << 30
    cpu: int = 20
    seconds: int = 40


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as read: `rows[i][j]` stands in Excel's row `top + i + 1`, column `j + 1`; rows may be ragged.

    `fault` is the code of a problem that keeps the whole sheet from being read.
    """

    name: str
    rows: tuple[list[Cell], ...] = ()
    top: int = 0
    visible: bool = True
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    sheets: tuple[RawSheet, ...] = ()


def read(data: bytes, limits: Limits | None = None) -> RawWorkbook:
    """The sheets of an .xlsx workbook; raises Unreadable with a code when the file cannot be taken at all."""
    limits = limits or Limits()
    _look_outside(data, limits)
    with _SLOTS:
        answer = _ask_child(data, limits)
    lines = answer.split(b"\n")
    first = json.loads(lines[0])
    if "problem" in first:
        raise Unreadable(first["problem"])
    return RawWorkbook(tuple(_sheets(lines[1:], first["sheets"])))


def _look_outside(data: bytes, limits: Limits) -> None:
    """What can be told before anything is unpacked."""
    if not data:
        raise Unreadable("empty_file")
    if len(data) > limits.upload:
        raise Unreadable("workbook_too_large")
    if data.startswith(_OLE):
        raise Unreadable("password_protected" if _ENCRYPTED in data else "not_a_workbook")
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise Unreadable("not_a_workbook") from fault
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable("not_a_workbook")
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > limits.parts or unpacked > limits.unpacked or unpacked > limits.ratio * max(1, packed):
        raise Unreadable("workbook_too_large")


def _ask_child(data: bytes, limits: Limits) -> bytes:
    command = [sys.executable, "-I", str(_CHILD), json.dumps(asdict(limits))]
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
    return RawSheet(about["name"], tuple(rows), about["top"], about["visible"])


def _put(rows: list[list[Cell]], top: int, place: str, cell: Faulty) -> None:
    """Lays a faulty cell over what calamine gave as blank; one outside the filled area belongs to no row of data."""
    row, column = coordinate_to_tuple(place)
    if 0 <= row - 1 - top < len(rows):
        cells = rows[row - 1 - top]
        cells += [None] * (column - len(cells))
        cells[column - 1] = cell
