"""What people scored and wrote: append-only, the last row per key among the standing batches counts.

The key of a rating is (workshop, round, rater, item, criterion), that of a comment (workshop, round, rater, item).
A row without a batch is a tap in the room and always stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import pandas as pd

from lib.model.coded import Coded
from lib.model.rating_columns import RatingColumns
from lib.model.records import Comment, Rating
from lib.store.interface import Session

# Of the standing rows of one workshop ($1) and round ($2).
STANDING = "workshop = $1 and round = $2 and (batch is null or batch not in (select batch from undone_batch))"


class _Log(NamedTuple):
    table: str
    columns: tuple[str, ...]


_RATINGS = _Log("rating", (*Rating._fields, "batch", "rated_at"))
_COMMENTS = _Log("comment", (*Comment._fields, "batch", "commented_at"))


def append(session: Session, batch: str | None, ratings: Iterable[Rating], rated_at: datetime | None = None) -> int:
    """Appends many at once; how many were new. One whose tap is known already is left out."""
    if not isinstance(ratings, RatingColumns):
        return _append(session, _RATINGS, batch, ratings, rated_at)
    beside = {"batch": batch, "rated_at": rated_at or datetime.now(UTC)}
    same = {name: Coded[object].same(value, len(ratings)) for name, value in beside.items()}
    return session.insert_columns(_RATINGS.table, {**ratings.columns, **same}) if ratings else 0


def append_comments(
    session: Session, batch: str | None, comments: Iterable[Comment], commented_at: datetime | None = None
) -> int:
    """As `append`, for comments."""
    return _append(session, _COMMENTS, batch, comments, commented_at)


def rate(session: Session, rating: Rating, rated_at: datetime | None = None) -> bool:
    """One tap in the room, on disk when this returns; False when the same tap had arrived before."""
    return session.insert_new(*_RATINGS, (*rating, None, rated_at or datetime.now(UTC)))


def remark(session: Session, comment: Comment, commented_at: datetime | None = None) -> bool:
    """As `rate`, for a comment."""
    return session.insert_new(*_COMMENTS, (*comment, None, commented_at or datetime.now(UTC)))


def current(session: Session, workshop: str, round_: int) -> pd.DataFrame:
    """The ratings that count: `rater`, `item`, `criterion` text, `value` float64 (NaN is «vet ikke»), oldest first."""
    frame = session.frame(
        _last("rating", "rater, item, criterion", "rater, item, criterion, value"), [workshop, round_]
    )
    return frame.astype({"value": "float64"})


def comments(session: Session, workshop: str, round_: int) -> list[Comment]:
    """The comments that count, oldest first; one that was emptied is gone."""
    rows = session.query(_last("comment", "rater, item", ", ".join(Comment._fields)), [workshop, round_])
    return [Comment(**row) for row in rows if row["text"]]


def rounds(session: Session, workshop: str) -> list[int]:
    """The rounds that anybody has rated in, in order."""
    rows = session.query(
        """
        select distinct round from rating
        where workshop = $1 and (batch is null or batch not in (select batch from undone_batch)) order by round
        """,
        [workshop],
    )
    return [row["round"] for row in rows]


def count(session: Session, workshop: str, round_: int) -> int:
    """How many rows must be read to know what counts: second thoughts are among them, undone imports are not."""
    return int(session.query(f"select count(*) as n from rating where {STANDING}", [workshop, round_])[0]["n"])


def _last(table: str, key: str, columns: str) -> str:
    return f"""
    select {columns} from (
      select *, row_number() over (partition by {key} order by seq desc) as nth from {table} where {STANDING}
    ) version
    where nth = 1 order by seq
    """


def _append(
    session: Session, log: _Log, batch: str | None, entries: Iterable[Rating] | Iterable[Comment], at: datetime | None
) -> int:
    """Whole stretches without taps go in at once; only a tap can have been here before."""
    moment = at or datetime.now(UTC)
    rows = [(*entry, batch, moment) for entry in entries]
    tap = log.columns.index("tap")
    if any(row[tap] is not None for row in rows):
        return sum(session.insert_new(*log, row) for row in rows)
    return session.insert(log.table, log.columns, rows) if rows else 0


def of_rater(session: Session, workshop: str, round_: int, rater: str) -> dict[tuple[str, str], int | None]:
    """(item, criterion) → what a rater says now, None for «vet ikke»."""
    rows = session.query(
        f"""
        select item, criterion, value from rating
        where {STANDING} and rater = $3 order by seq
        """,
        [workshop, round_, rater],
    )
    return {(row["item"], row["criterion"]): row["value"] for row in rows}


def comments_of(session: Session, workshop: str, round_: int, rater: str) -> dict[str, str]:
    """Item → the rater's comment; one that was emptied is gone."""
    rows = session.query(
        f"select item, text from comment where {STANDING} and rater = $3 order by seq", [workshop, round_, rater]
    )
    return {item: text for item, text in {row["item"]: row["text"] for row in rows}.items() if text}


def counting_values(session: Session, study: str) -> dict[tuple[tuple[str, str, str], int, str], int | None]:
    """((workshop, rater, item), round, criterion) → value, of all that counts in a study's workshops."""
    rows = session.query(
        """
        select workshop, rater, item, round, criterion, value from (
          select *, row_number() over (partition by workshop, round, rater, item, criterion order by seq desc) as nth
          from rating where workshop in (select id from workshop_version where study = $1)
          and (batch is null or batch not in (select batch from undone_batch))
        ) version
        where nth = 1
        """,
        [study],
    )
    return {
        ((row["workshop"], row["rater"], row["item"]), row["round"], row["criterion"]): row["value"] for row in rows
    }
