"""What a study has said of sheets with other headings than ours: what we guess, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from lib.access import Action
from lib.actions import gate, open_store
from lib.actions.sheet_texts import texts
from lib.domain.methods import METHODS
from lib.intake.kinds import OURS, recognised
from lib.intake.mapping import NOT_MATCHED, guess, guessed_columns, kinds_of
from lib.intake.reading import RawWorkbook
from lib.intake.texts import Texts
from lib.model.access import Actor
from lib.model.mappings import FIGURE, Guess, SheetMapping
from lib.model.problems import AppError, Problem
from lib.model.records import Batch, BatchKind, Study, new_id, stable_id
from lib.store import batches, imports, rows

KINDS = kinds_of(METHODS.values())


def of_study(study: Study) -> dict[str, SheetMapping]:
    """What the study remembers, by layout."""
    return {
        each.layout: each for each in rows.current(open_store.store(), SheetMapping, study.id) if each.kind in KINDS
    }


def unmatched(workbook: RawWorkbook, problems: Sequence[Problem], words: Texts) -> tuple[Guess, ...]:
    """Our guesses of the sheets whose headings could not be matched."""
    return tuple(_unmatched(workbook, problems, words))


def _unmatched(workbook: RawWorkbook, problems: Sequence[Problem], words: Texts) -> Iterator[Guess]:
    asked = {problem.sheet for problem in problems if problem.code in NOT_MATCHED}
    nothing_known = any(problem.code == "no_known_sheet" for problem in problems)
    for sheet in workbook.sheets:
        kind = recognised(sheet.name, words)
        unsure = sheet.visible and kind not in OURS and (sheet.name in asked or nothing_known)
        if unsure and (found := guess(sheet, kind, KINDS, words)):
            yield found


def columns_of(kind: str) -> dict[str, str]:
    """The keys of a kind's columns, each with the catalogue key of its heading; further figures where it has some."""
    named = {column.key: column.text for column in KINDS[kind].columns}
    return named | ({FIGURE: "mapping.figure"} if KINDS[kind].extra_numeric else {})


def guessed(guess: Guess, kind: str, language: str) -> tuple[str, ...]:
    """Our guess over each heading when a sheet is of another kind than we took it for."""
    return guessed_columns(guess.headings, guess.rows, KINDS[kind], texts(language))


def remember(actor: Actor, study: Study, sheet: str, layout: str, kind: str, columns: Sequence[str]) -> None:
    """From now on sheets of this layout are read so in this study; one batch, that can be undone.

    AppError `column_twice` where two columns are the same, `nothing_mapped` where none is named.
    """
    gate.allow(actor, Action.UPLOAD_IMPORT, study)
    named = [key for key in columns if key]
    once = [key for key in named if key != FIGURE]
    if len(set(once)) < len(once):
        raise AppError("column_twice")
    if not named or kind not in KINDS or not set(named) <= set(columns_of(kind)):
        raise AppError("nothing_mapped")
    record = SheetMapping(id=stable_id(study.id, "mapping", layout), layout=layout, kind=kind, columns=list(columns))
    with imports.alone(open_store.store(), study.id) as tx:
        batch = Batch(
            id=new_id(),
            study=study.id,
            kind=BatchKind.FORM,
            actor=actor.name,
            created_at=datetime.now(UTC),
            file_name=sheet or None,
            counts={"mappings": 1},
        )
        batches.begin(tx, batch)
        rows.append(tx, batch.id, study.id, [record])
        gate.note(tx, actor, Action.UPLOAD_IMPORT, study.id, batch.id, about=sheet, **batch.counts)
