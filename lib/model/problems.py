"""Everything that can go wrong, as data: a stable code, the place, what was found; the sentence is made in lib.i18n."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  # blocks the import
    WARNING = "warning"  # informs


class Spelled(int):
    """A small number that a sentence writes in letters, «tre»."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in an uploaded workbook.

    `cell` is an Excel address («C7») or empty when the problem is the whole sheet's; `sheet` is empty when it is the
    whole file's. `found` is what stood there, as text. `params` fill the sentence `problems.<code>` of the catalogue.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    severity: Severity = Severity.ERROR
    params: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record cannot stand, or what to look at in it. `place` is the field where it shows.

    A `municipality` among the params is an id. Forms refuse errors; warnings are for previews of uploads.
    """

    code: str
    place: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    severity: Severity = Severity.ERROR


class AppError(Exception):
    """The project's own errors. `code` names a sentence `errors.<code>` in the catalogue, `params` fill it."""

    code = "unexpected"

    def __init__(self, code: str | None = None, **params: str | int | float) -> None:
        self.code = code or type(self).code
        self.params = params
        super().__init__(f"{self.code} {params}" if params else self.code)


class Denied(AppError):
    """`decide()` said no; `code` is its reason."""

    code = "denied"


class NotFound(AppError):
    code = "not_found"


class Unreadable(AppError):
    """A file that cannot be read as a workbook at all; `code` is also a problem code."""

    code = "not_a_workbook"


class StoreBusy(AppError):
    """Another process holds the DuckDB file."""

    code = "store_busy"


class Mistyped(AppError):
    """Something that somebody has typed cannot be taken. `row` says which row of a table, empty in a form."""

    code = "cell.required"

    def __init__(self, code: str, row: str = "", **params: str | int | float) -> None:
        super().__init__(code, **params)
        self.row = row


class Stale(AppError):
    """What the visitor saw has changed since; nothing was done."""

    code = "stale"
