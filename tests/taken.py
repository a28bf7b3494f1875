"""An exhibit taken away as a file, by the same way as the route does it."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Address
from lib.model.access import Actor
from lib.model.records import Study
from tests.people import FACILITATOR


def taken(
    key: str, study: Study, address: Address = (), language: str = "nb", ending: str = "xlsx", by: Actor = FACILITATOR
) -> bytes:
    return files.content(EXHIBITS[key], by, study, address, language, ending)


def sheet(key: str, study: Study, address: Address = (), language: str = "nb", by: Actor = FACILITATOR) -> Worksheet:
    return load_workbook(io.BytesIO(taken(key, study, address, language, "xlsx", by))).worksheets[0]


def rows(
    key: str, study: Study, address: Address = (), language: str = "nb", by: Actor = FACILITATOR
) -> list[list[Any]]:
    """The lines of the workbook from the headings on; before them stand the notes, one a line."""
    lines = [[cell.value for cell in row] for row in sheet(key, study, address, language, by).iter_rows()]
    return lines[next(place for place, line in enumerate(lines) if line[1:] and line[1] is not None) :]


def text(key: str, study: Study, address: Address = (), language: str = "nb", by: Actor = FACILITATOR) -> str:
    return taken(key, study, address, language, "csv", by).decode("utf-8-sig")
