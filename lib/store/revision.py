"""The revision of a study: moves whenever anything that the study shows may have changed."""

from __future__ import annotations

from lib.model.records import Revision
from lib.store.face import Session
from lib.store.rows import TABLES

_WORKSHOPS = "workshop in (select id from workshop_version where study = $1)"
_LOGS = (
    "batch where study = $1",
    "batch_flip where batch in (select id from batch where study = $1)",
    *(f"{table} where study = $1" for table in TABLES.values()),
    f"rating where {_WORKSHOPS}",
    f"comment where {_WORKSHOPS}",
    f"stage where {_WORKSHOPS}",
    f"contribution where {_WORKSHOPS}",
)
_COUNTED = " union all ".join(f"select count(*) as rows_written, max(seq) as seq from {log}" for log in _LOGS)
_REVISION = f"""
select cast(sum(rows_written) as bigint) as rows_written, coalesce(max(seq), 0) as seq from ({_COUNTED}) log
"""


def revision(session: Session, study: str) -> Revision:
    """Of the committed rows. The count is what tells when a row with a lower seq is committed after a higher one."""
    found = session.query(_REVISION, [study])[0]
    return Revision(found["rows_written"], found["seq"])
