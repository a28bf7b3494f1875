"""What whoever runs the product can set, from environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

STORE = "MULIGHETSROM_STORE"
ADDRESS = "MULIGHETSROM_ADDRESS"
UPLOAD_MEGABYTES = "MULIGHETSROM_UPLOAD_MEGABYTES"
UPLOAD_MEMORY = "MULIGHETSROM_UPLOAD_MEMORY"
UPLOAD_SECONDS = "MULIGHETSROM_UPLOAD_SECONDS"
UPLOAD_ROWS = "MULIGHETSROM_UPLOAD_ROWS"
UPLOAD_COLUMNS = "MULIGHETSROM_UPLOAD_COLUMNS"


@dataclass(frozen=True, slots=True)
class Settings:
    """`store`: a path or a postgresql:// address, empty for the user's data folder. `address`: the public address.

    What an uploaded workbook may cost: `upload_megabytes` of file, `upload_memory` in megabytes and `upload_seconds` of
    processor time to read it, and `upload_rows` and `upload_columns` a sheet.
    """

    store: str = ""
    address: str = ""
    upload_megabytes: int = 20
    upload_memory: int = 500
    upload_seconds: int = 4
    upload_rows: int = 200_000
    upload_columns: int = 500

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """ValueError where a limit is no whole number above zero."""
        limits = {
            field: _positive(variable, environment[variable])
            for field, variable in _LIMITS.items()
            if environment.get(variable)
        }
        return cls(store=environment.get(STORE, ""), address=environment.get(ADDRESS, "").rstrip("/"), **limits)


_LIMITS = {
    "upload_megabytes": UPLOAD_MEGABYTES,
    "upload_memory": UPLOAD_MEMORY,
    "upload_seconds": UPLOAD_SECONDS,
    "upload_rows": UPLOAD_ROWS,
    "upload_columns": UPLOAD_COLUMNS,
}


def _positive(variable: str, written: str) -> int:
    if not written.isascii() or not written.isdigit() or not int(written):
        raise ValueError(f"{variable}={written}")
    return int(written)
