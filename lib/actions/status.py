"""Whether the product is alive, for those who watch it; never a secret, a path or a name."""

from __future__ import annotations

from typing import TypedDict

from lib.actions import open_store
from lib.store import migrations

VERSION = "0.1.0"


class Status(TypedDict):
    name: str
    version: str
    store: str
    engine: str
    schema: int


def report() -> Status:
    """The state of the store as «ok» or «unavailable», with its engine and the schema's version."""
    try:
        store = open_store.store()
        return Status(
            name="mulighetsrom", version=VERSION, store="ok", engine=store.kind, schema=migrations.version(store)
        )
    except Exception:  # whatever is wrong with the store, the watcher gets an answer and no details
        return Status(name="mulighetsrom", version=VERSION, store="unavailable", engine="", schema=0)
