"""The demonstration studies: workbooks in data/, taken in by the same intake as everybody's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lib.actions import open_store
from lib.actions.uploads import uploads
from lib.i18n import DEFAULT
from lib.model.access import Actor
from lib.model.problems import AppError
from lib.model.records import BatchKind, Study, stable_id
from lib.store import batches, studies

DATA = Path(__file__).parents[2] / "data"
PRODUCT = Actor("mulighetsrom")


@dataclass(frozen=True, slots=True)
class Demo:
    slug: str
    name: str
    file: str


DEMOS = (
    Demo("indre-namdal", "Indre Namdal (demo)", "indre_namdal.xlsx"),
    Demo("kongsbergregionen", "Kongsbergregionen (demo)", "kongsbergregionen.xlsx"),
)


def ensure() -> None:
    """Make the demonstrations what data/ says they are; nothing to do when they are already."""
    for demo in DEMOS:
        _ensure(demo, (DATA / demo.file).read_bytes())


def _ensure(demo: Demo, content: bytes) -> None:
    """A changed workbook takes the place of the one before; its batch's id is its content, so replicas agree."""
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
    uploads.store_preview(PRODUCT, replace(preview, batch=known), BatchKind.DEMO)
