"""Secret addresses that give a role. The key is never kept, only the sha256 of it, by which a link is found."""

from __future__ import annotations

from datetime import datetime

from lib.model.records import Link
from lib.store.interface import Session

_LINKS = """
select id, role, study, label, created_at, expires_at, revoked_at
from link left join link_revocation revocation on revocation.link = link.id
"""


def keep(session: Session, link: Link, key_hash: str) -> None:
    session.execute(
        """
        insert into link (id, key_hash, role, study, label, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        [link.id, key_hash, link.role, link.study, link.label, link.created_at, link.expires_at],
    )


def find(session: Session, key_hash: str) -> Link | None:
    """The link with this key, also when it has expired or was revoked: the record says so, the caller decides."""
    rows = session.query(f"{_LINKS} where key_hash = $1", [key_hash])
    return Link(**rows[0]) if rows else None


def get(session: Session, link: str) -> Link | None:
    """The link with this id, in whatever state."""
    rows = session.query(f"{_LINKS} where id = $1", [link])
    return Link(**rows[0]) if rows else None


def listed(session: Session) -> list[Link]:
    """All links of all studies, the newest first, expired and revoked ones too."""
    return [Link(**row) for row in session.query(f"{_LINKS} order by link.seq desc")]


def revoke(session: Session, link: str, revoked_at: datetime) -> bool:
    """False when there is no such link or it was revoked already."""
    written = session.execute(
        """
        insert into link_revocation (link, revoked_at)
        select id, cast($2 as timestamptz) from link where id = $1 on conflict do nothing
        """,
        [link, revoked_at],
    )
    return written == 1
