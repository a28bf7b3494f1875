"""What whoever runs the product can set, from environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

STORE = "MULIGHETSROM_STORE"
ADDRESS = "MULIGHETSROM_ADDRESS"


@dataclass(frozen=True, slots=True)
class Settings:
    """`store`: a path or a postgresql:// address, empty for the user's data folder. `address`: the public address."""

    store: str = ""
    address: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        return cls(store=environment.get(STORE, ""), address=environment.get(ADDRESS, "").rstrip("/"))
