"""Uploads: look at a workbook, say what it would do, store it as one batch, and undo or redo that batch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from lib.access import Action
from lib.actions import gate, open_store, rounds
from lib.actions.gc_pause import collection_paused
from lib.actions.sheet_texts import texts
from lib.actions.uploads import dependents, mappings
from lib.actions.uploads.dependents import Dependents
from lib.actions.uploads.study_rows import counts_of
from lib.actions.uploads.study_rows import current_rows as current_rows
from lib.actions.uploads.study_rows import existing_rows as existing_rows
from lib.domain.methods import METHODS
from lib.i18n import t
from lib.intake import template
from lib.intake.changes import Changes, changes
from lib.intake.checks import check as check_rows
from lib.intake.existing import Existing, comment_key, rating_key
from lib.intake.forms import limits_of
from lib.intake.reading import RawWorkbook, read
from lib.model.access import Actor
from lib.model.mappings import Guess
from lib.model.problems import AppError, NotFound, Problem, Severity, Stale, Unreadable
from lib.model.records import Batch, BatchKind, Revision, Rows, Study, new_id
from lib.model.settings import Settings
from lib.model.sheet_kinds import KIND_KEYS, all_sheets
from lib.store import batches, imports

FILE_NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would do to a study. `batch` is the id it will get, so that confirming twice stores once.

    `stands_on`: what the study holds that stands on rows which would change. `hides`: the workbook has hidden rows,
    columns or sheets. `unmatched` are our guesses of sheets whose headings could not be matched.
    """

    study: Study
    batch: str
    file_name: str
    sha256: str
    content: bytes
    rows: Rows
    problems: tuple[Problem, ...]
    changes: Changes | None
    revision: Revision
    earlier: Batch | None
    stands_on: tuple[Dependents, ...] = ()
    hides: bool = False
    unmatched: tuple[Guess, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the file was a workbook at all, so that there are cells to look at."""
        return self.changes is not None

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.WARNING]


def check(
    actor: Actor,
    study: Study,
    file_name: str,
    content: bytes,
    language: str,
    on_step: Callable[[str], None] = lambda step: None,
    with_hidden: bool = False,
) -> Preview:
    """Read a workbook and say everything that is wrong with it, or everything it would change. Stores nothing.

    `with_hidden`: hidden rows, columns and sheets are taken in too.
    """
    gate.allow(actor, Action.UPLOAD_CHECK, study)
    with collection_paused():
        return look(study, file_name, content, language, on_step, with_hidden)


def look(
    study: Study,
    file_name: str,
    content: bytes,
    language: str,
    on_step: Callable[[str], None] = lambda step: None,
    with_hidden: bool = False,
) -> Preview:
    """`check` without the gate, for what the product itself brings."""
    store, digest = open_store.store(), hashlib.sha256(content).hexdigest()
    seen = store.revision(study.id)
    earlier = next((batch for batch in batches.by_sha256(store, study.id, digest) if batch.live), None)
    called = _plain_name(file_name) or t(language, "upload.unnamed")
    preview = partial(Preview, study, new_id(), called, digest, content)
    limits = limits_of(Settings.from_environment())
    on_step("reading")
    try:
        workbook = read(content, limits)
    except Unreadable as refused:
        return preview(Rows(), (Problem(refused.code, params=refused.params),), None, seen, earlier)
    on_step("checking")
    current = current_rows(study)
    existing = existing_rows(current)
    shown = workbook.with_all_shown() if with_hidden else workbook
    known = mappings.of_study(study)
    checked = check_rows(shown, METHODS, existing, study.id, texts(language), limits=limits, mappings=known)
    on_step("comparing")
    problems = (*_of_the_file(file_name, workbook), *checked.problems, *_written_among_live(checked.rows, existing))
    return replace(
        preview(checked.rows, problems, changes(checked.rows, existing), seen, earlier),
        stands_on=dependents.changed(checked.rows, current),
        hides=workbook.hides,
        unmatched=mappings.unmatched(workbook, checked.problems, texts(language)),
    )


def _of_the_file(file_name: str, workbook: RawWorkbook) -> Iterator[Problem]:
    """What a file is, is told by its content; a name that says something else is worth knowing."""
    suffix, form = Path(file_name).suffix.casefold(), f".{workbook.form}"
    if suffix not in (form, "") and not (suffix == ".txt" and form == ".csv"):
        params = {"suffix": _plain_name(suffix), "form": form}
        yield Problem("wrong_suffix", found=_plain_name(file_name), severity=Severity.WARNING, params=params)
    if form == ".xlsm":
        yield Problem("macros_not_run", severity=Severity.WARNING)


def _written_among_live(written: Rows, existing: Existing) -> list[Problem]:
    """A workshop that was led live keeps what was answered in the room; a workbook may not write among it."""
    live = {held.id: held.name for held in written.workshops if rounds.of(held).last}
    if not live:
        return []
    known = object()
    new = {each.workshop for each in written.ratings if existing.ratings.get(rating_key(each), known) != each.value}
    new |= {each.workshop for each in written.comments if existing.comments.get(comment_key(each)) != each.text}
    return [Problem("workshop_is_live", found=name) for key, name in live.items() if key in new]


def confirm(actor: Actor, preview: Preview, kind: BatchKind = BatchKind.UPLOAD) -> Batch:
    """Store a previewed workbook as one batch; the same preview twice is stored once.

    AppError `has_errors` or `nothing_new`; Stale when the study has moved since the preview was made.
    """
    gate.allow(actor, Action.UPLOAD_IMPORT, preview.study)
    with collection_paused():
        return store_preview(actor, preview, kind)


def store_preview(actor: Actor, preview: Preview, kind: BatchKind) -> Batch:
    """`confirm` without the gate, for what the product itself brings."""
    with imports.alone(open_store.store(), preview.study.id) as tx:
        if (stored := batches.find(tx, preview.batch)) is not None:
            return stored
        if preview.errors:
            raise AppError("has_errors")
        if not preview.changes:
            raise AppError("nothing_new")
        if tx.revision(preview.study.id) != preview.revision:
            raise Stale
        batch = _batch_of(actor, preview, kind)
        imports.write_import(tx, batch, preview.rows, preview.content)
        gate.note(tx, actor, Action.UPLOAD_IMPORT, batch.study, batch.id, file=preview.file_name, **batch.counts)
    return batch


def _batch_of(actor: Actor, preview: Preview, kind: BatchKind) -> Batch:
    return Batch(
        id=preview.batch,
        study=preview.study.id,
        kind=kind,
        actor=actor.name,
        created_at=datetime.now(UTC),
        file_name=preview.file_name,
        sha256=preview.sha256,
        counts=counts_of(preview.rows),
    )


def flip(actor: Actor, study: Study, batch: str, live: bool) -> Batch:
    """Undo (`live=False`) or redo a batch of this study. Twice is harmless; NotFound for another study's batch."""
    gate.allow(actor, Action.UPLOAD_UNDO, study)
    found = dependents.own(study, batch)
    with imports.alone(open_store.store(), study.id) as tx:
        if batches.flip(tx, batch, live, actor.name, datetime.now(UTC)):
            gate.note(tx, actor, Action.UPLOAD_UNDO, study.id, batch, live=int(live))
    return found


def history(actor: Actor, study: Study) -> list[Batch]:
    """The study's uploads, the newest first, undone ones too."""
    gate.allow(actor, Action.UPLOAD_HISTORY, study)
    return [batch for batch in batches.history(open_store.store(), study.id) if batch.kind is not BatchKind.WORKSHOP]


def original(actor: Actor, study: Study, batch: str) -> bytes:
    """The uploaded file as it came."""
    gate.allow(actor, Action.UPLOAD_ORIGINAL, study)
    content = batches.original(open_store.store(), dependents.own(study, batch).id)
    if content is None:
        raise NotFound
    return content


def template_workbook(actor: Actor, study: Study, method: str, language: str, kind: str = "") -> bytes:
    """A template for one kind of sheet, or one workbook with all of them."""
    gate.allow(actor, Action.TEMPLATE_DOWNLOAD, study)
    kinds = [sheet for sheet in all_sheets(METHODS[method]) if kind in ("", sheet.key)]
    return template.template(kinds, texts(language))


def current_workbook(actor: Actor, study: Study, language: str) -> bytes:
    """All that the study holds, in the form in which it can be uploaded again."""
    gate.allow(actor, Action.TEMPLATE_DOWNLOAD, study)
    return template.workbook(current_rows(study), METHODS, texts(language))


def sheet_kinds() -> tuple[str, ...]:
    return KIND_KEYS


def method_keys() -> tuple[str, ...]:
    return tuple(METHODS)


def _plain_name(file_name: str) -> str:
    """The last part of a file's name without control characters, for lists and logs; empty where there is none."""
    name = "".join(letter for letter in file_name.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    return name[-FILE_NAME_LIMIT:]
