"""The demonstration studies: workbooks in data/, taken in by the same intake as everybody's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from lib.actions import open_store
from lib.actions.uploads import uploads
from lib.i18n import DEFAULT, today
from lib.model.access import Actor
from lib.model.problems import AppError
from lib.model.records import BatchKind, Record, Rows, Study, stable_id
from lib.store import batches, studies

DATA = Path(__file__).parents[2] / "data"
PRODUCT = Actor("mulighetsrom")


@dataclass(frozen=True, slots=True)
class Demo:
    """A workbook in data/; `as_on` is the day that its dates are meant to be seen from."""

    slug: str
    name: str
    file: str
    as_on: date


DEMOS = (
    Demo("indre-namdal", "Indre Namdal (demo)", "indre_namdal.xlsx", date(2026, 11, 30)),
    Demo("kongsbergregionen", "Kongsbergregionen (demo)", "kongsbergregionen.xlsx", date(2026, 11, 30)),
)


def ensure() -> None:
    """Make the demonstrations what data/ says they are; nothing to do when they are already."""
    for demo in DEMOS:
        _ensure(demo, (DATA / demo.file).read_bytes())


def _ensure(demo: Demo, content: bytes) -> None:
    """A changed workbook takes the place of the one before; its batch's id is its content, so replicas agree.

    Its dates are those of the day on which it is first laid.
    """
    store, digest, now = open_store.store(), hashlib.sha256(content).hexdigest(), datetime.now(UTC)
    study = Study(id=stable_id("demo", demo.slug), slug=demo.slug, name=demo.name, demo=True, created_at=now)
    studies.add(store, study)
    standing = [batch for batch in batches.history(store, study.id) if batch.live]
    if [batch.sha256 for batch in standing] == [digest]:
        return
    for batch in standing:
        batches.flip(store, batch.id, False, PRODUCT.name, now)
    known = stable_id(study.id, digest)
    if batches.find(store, known) is not None:
        batches.flip(store, known, True, PRODUCT.name, now)
        return
    preview = uploads.look(study, demo.file, content, DEFAULT)
    if preview.errors:
        raise AppError("unexpected", file=demo.file, problems=str(preview.errors[:3]))
    laid = replace(preview, batch=known, rows=_seen_from(preview.rows, demo.as_on, today()))
    uploads.store_preview(PRODUCT, laid, BatchKind.DEMO)


def _seen_from(written: Rows, as_on: date, day: date) -> Rows:
    """The rows with every date moved by whole weeks, so that what was late or near then is so now, on its weekday."""
    moved = timedelta(weeks=(day - as_on).days // 7)
    return replace(written, records=tuple(_moved(record, moved) for record in written.records))


def _moved(record: Record, by: timedelta) -> Record:
    dates = {name: value + by for name, value in record if isinstance(value, date)}
    return record.model_copy(update=dates)
