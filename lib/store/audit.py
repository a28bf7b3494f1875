"""Who did what, when: one line a deed, never changed, never a secret in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from lib.store.interface import Session

_COLUMNS = "noted_at, actor, action, study, subject, detail"


class Entry(NamedTuple):
    """`actor` is a name, `action` one of the access list, `subject` the id of what it was done to."""

    noted_at: datetime
    actor: str
    action: str
    study: str | None = None
    subject: str = ""
    detail: Mapping[str, str | int | float | bool | None] = {}


def append(session: Session, entry: Entry) -> None:
    session.execute(
        f"insert into audit ({_COLUMNS}) values ($1, $2, $3, $4, $5, $6)", [*entry[:5], json.dumps(dict(entry.detail))]
    )


def listed(session: Session, study: str | None = None, limit: int = 200) -> list[Entry]:
    """The newest first, of one study or of all."""
    rows = session.query(
        f"""
        select {_COLUMNS} from audit
        where cast($1 as text) is null or study = $1 order by seq desc limit cast($2 as bigint)
        """,
        [study, limit],
    )
    return [Entry(**row | {"detail": json.loads(row["detail"])}) for row in rows]
