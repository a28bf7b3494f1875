"""Studies: one region's work each; written by a form, never changed."""

from __future__ import annotations

from lib.model.records import Study
from lib.store.interface import Session

_COLUMNS = ", ".join(Study.model_fields)


def add(session: Session, study: Study) -> bool:
    """False when the id or the slug is taken; then nothing changes."""
    return session.insert_new("study", list(Study.model_fields), list(study.model_dump().values()))


def find(session: Session, slug: str) -> Study | None:
    rows = session.query(f"select {_COLUMNS} from study where slug = $1", [slug])
    return Study(**rows[0]) if rows else None


def get(session: Session, study: str) -> Study | None:
    """The study with this id."""
    rows = session.query(f"select {_COLUMNS} from study where id = $1", [study])
    return Study(**rows[0]) if rows else None


def listed(session: Session) -> list[Study]:
    """All of them, the oldest first."""
    return [Study(**row) for row in session.query(f"select {_COLUMNS} from study order by seq")]
