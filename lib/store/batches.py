"""Batches: one write that stands or falls as a whole, its history, and the workbook it came from."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from lib.model.records import Batch
from lib.store.interface import Row, Session

_COLUMNS = ("id", "study", "kind", "actor", "created_at", "file_name", "sha256", "counts")
_WITH_LIVE = f"""
select {", ".join(_COLUMNS)}, id not in (select batch from undone_batch) as live from batch
"""


def begin(session: Session, batch: Batch) -> bool:
    """Enters the batch; False when it was entered before, and then nothing changes."""
    values: dict[str, Any] = batch.model_dump(mode="json") | {
        "created_at": batch.created_at,
        "counts": json.dumps(batch.counts),
    }
    return session.insert_new("batch", _COLUMNS, [values[column] for column in _COLUMNS])


def flip(session: Session, batch: str, live: bool, actor: str, flipped_at: datetime) -> bool:
    """Undo (`live=False`) or redo; False when there is no such batch or it stood that way already."""
    study = session.query("select study from batch where id = $1", [batch])
    written = session.execute(
        """
        insert into batch_flip (batch, live, actor, flipped_at)
        select id, cast($2 as boolean), cast($3 as text), cast($4 as timestamptz) from batch
        where id = $1 and (id not in (select batch from undone_batch)) <> cast($2 as boolean)
        """,
        [batch, live, actor, flipped_at],
        [row["study"] for row in study],
    )
    return written == 1


def history(session: Session, study: str) -> list[Batch]:
    """All batches of a study, the newest first, undone ones too."""
    return [_batch(row) for row in session.query(f"{_WITH_LIVE} where study = $1 order by seq desc", [study])]


def find(session: Session, batch: str) -> Batch | None:
    rows = session.query(f"{_WITH_LIVE} where id = $1", [batch])
    return _batch(rows[0]) if rows else None


def by_sha256(session: Session, study: str, sha256: str) -> list[Batch]:
    """The batches of a study that came from a file with this content, the newest first."""
    rows = session.query(f"{_WITH_LIVE} where study = $1 and sha256 = $2 order by seq desc", [study, sha256])
    return [_batch(row) for row in rows]


def keep_original(session: Session, batch: Batch, content: bytes) -> None:
    session.execute(
        "insert into original (batch, file_name, sha256, bytes) values ($1, $2, $3, $4)",
        [batch.id, batch.file_name, batch.sha256, content],
    )


def original(session: Session, batch: str) -> bytes | None:
    """The uploaded file as it came, None for a batch without one."""
    rows = session.query("select bytes from original where batch = $1", [batch])
    return rows[0]["bytes"] if rows else None


def _batch(row: Row) -> Batch:
    return Batch(**row | {"counts": json.loads(row["counts"])})
