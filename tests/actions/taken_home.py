"""An exhibit as somebody takes it home in a file."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Address
from lib.model.access import Actor
from lib.model.records import Study


def taken(
    key: str, actor: Actor, study: Study, ending: str = "xlsx", language: str = "nb", address: Address = ()
) -> bytes:
    return files.content(EXHIBITS[key], actor, study, address, language, ending)


def cells(data: bytes, sheet: str = "") -> list[list[Any]]:
    """The rows of a workbook's sheet, the first where none is named."""
    book = load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in (book[sheet] if sheet else book.worksheets[0]).iter_rows()]
