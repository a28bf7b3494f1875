"""Registers with a past: what somebody stored at a moment that the test chooses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lib.actions import open_store
from lib.model.records import Batch, BatchKind, Record, Study, new_id
from lib.model.risk_records import Countermeasure, Risk
from lib.store import batches, imports, rows


def noon(day: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def risk(key: str, s: int | None = 3, k: int | None = 3, **more: Any) -> Risk:
    return Risk(**{"id": key, "factor": f"Faktor {key}", "probability": s, "consequence": k} | more)


def measure(key: str, risk: str, **more: Any) -> Countermeasure:
    return Countermeasure(**{"id": key, "risk": risk, "name": f"Mottiltak {key}"} | more)


def stored(study: Study, moment: datetime, *records: Record, gone: Sequence[Record] = ()) -> str:
    """One batch at a moment; its id."""
    batch = Batch(id=new_id(), study=study.id, kind=BatchKind.FORM, actor="prøve", created_at=moment)
    with imports.alone(open_store.store(), study.id) as tx:
        batches.begin(tx, batch)
        for each, removed in ((records, False), (gone, True)):
            for kind in {type(record) for record in each}:
                rows.append(tx, batch.id, study.id, [row for row in each if type(row) is kind], removed=removed)
    return batch.id


def spring(study: Study) -> None:
    """1 March: three risks, two of them forced. 10 March: one is covered, one rated anew. 20 March: one is closed."""
    stored(study, noon(1), risk("a", 4, 4), risk("b", 1, 5), risk("c", 2, 2))
    stored(study, noon(10), measure("m", "a"), risk("c", 3, 4))
    stored(study, noon(20), risk("b", 1, 5, status="closed"))
