"""One import, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from lib.model.records import Batch, Record, Rows
from lib.store import batches, ratings, rows
from lib.store.interface import Store, Tx


def alone(store: Store, study: str) -> AbstractContextManager[Tx]:
    """A transaction in which nobody else imports to the study, in any replica.

    Imports go in one after the other, so that the rows of two never lie among each other in the log: state is then the
    standing batches replayed in the order they were made.
    """
    return store.exclusive(f"imports to {study}")


def commit_import(store: Store, batch: Batch, written: Rows, original: bytes | None = None) -> bool:
    """Writes the batch, its rows and its file in one transaction; False, and nothing, when the batch is there."""
    with alone(store, batch.study) as tx:
        return write_import(tx, batch, written, original)


def write_import(tx: Tx, batch: Batch, written: Rows, original: bytes | None = None) -> bool:
    """As `commit_import`, in a transaction from `alone` that has more to do: a check before, an audit line after."""
    if not batches.begin(tx, batch):
        return False
    if original is not None:
        batches.keep_original(tx, batch, original)
    for records in (written.municipalities, written.areas, written.workshops, written.raters, *_by_kind(written)):
        rows.append(tx, batch.id, batch.study, records)
    ratings.append(tx, batch.id, written.ratings, batch.created_at)
    ratings.append_comments(tx, batch.id, written.comments, batch.created_at)
    return True


def _by_kind(written: Rows) -> Iterator[Sequence[Record]]:
    for kind in dict.fromkeys(type(record) for record in written.records):
        yield written.of(kind)
