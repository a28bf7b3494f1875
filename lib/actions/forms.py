"""One save of a form: a batch that can be undone like an upload, in a transaction in which nobody else writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from lib.access import Action
from lib.actions import gate, open_store
from lib.model.access import Actor
from lib.model.records import Batch, BatchKind, Record, Study, new_id
from lib.store import Tx, batches, imports, rows

ABOUT = 120  # letters of what the history says a save is about


class Form(NamedTuple):
    """`kind` is what the history of uploads calls the rows that are written."""

    tx: Tx
    actor: Actor
    study: Study
    action: Action
    kind: str

    def write(
        self, about: str, written: Sequence[Record], removed: Sequence[Record] = (), count: int | None = None
    ) -> None:
        """One batch of records of whatever kinds, and its line in the audit log; nothing where nothing is changed.

        `count`: what the history tells, where that is not how many records.
        """
        if not written and not removed:
            return
        batch = Batch(
            id=new_id(),
            study=self.study.id,
            kind=BatchKind.FORM,
            actor=self.actor.name,
            created_at=datetime.now(UTC),
            file_name=about if len(about) <= ABOUT else f"{about[: ABOUT - 1]}…",
            counts={self.kind: len(written) + len(removed) if count is None else count},
        )
        batches.begin(self.tx, batch)
        for records, gone in ((written, False), (removed, True)):
            for kind in dict.fromkeys(map(type, records)):
                rows.append(
                    self.tx, batch.id, self.study.id, [each for each in records if type(each) is kind], removed=gone
                )
        gate.note(self.tx, self.actor, self.action, self.study.id, batch.id, about=about, **batch.counts)


@contextmanager
def form(actor: Actor, study: Study, action: Action, kind: str) -> Iterator[Form]:
    """Asks the gate, and holds the study for the one who saves."""
    gate.allow(actor, action, study)
    with imports.alone(open_store.store(), study.id) as tx:
        yield Form(tx, actor, study, action, kind)
