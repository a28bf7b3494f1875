"""What kind of sheet a sheet is: by its name, else by its headings where they leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lib.intake.reading import RawSheet
from lib.intake.tables import FindTable, Table
from lib.intake.texts import Texts, fold
from lib.model.kinds import SheetKind
from lib.model.methods import Method
from lib.model.sheet_kinds import (
    AREAS_SHEET,
    KIND_KEYS,
    MUNICIPALITIES_SHEET,
    RATINGS,
    RECORD_SHEETS,
    any_ratings_sheet,
)

OURS = ("explanation", "corrections")  # sheets that we write and do not read
_ENOUGH = 60  # rows that tell what a sheet holds


def recognised(name: str, texts: Texts) -> str:
    """The kind of a sheet with this name («Vurderinger 2» too), or empty."""
    plain = fold(re.sub(r"[\s(]*[0-9]+\)?$", "", name))
    kinds = (*KIND_KEYS, *OURS)
    return next((kind for kind in kinds if plain in map(fold, texts.names(f"sheets.{kind}"))), "")


def understood(sheet: RawSheet, methods: Iterable[Method], texts: Texts, find: FindTable) -> str:
    """The one kind whose needed columns a sheet has, the one that explains most headings; empty: none, or several."""
    methods = tuple(methods)
    beginning = replace(sheet, columns=tuple(column.at(slice(_ENOUGH)) for column in sheet.columns))
    fits: dict[str, int] = {}
    for kind in (MUNICIPALITIES_SHEET, AREAS_SHEET, any_ratings_sheet(methods), *RECORD_SHEETS):
        table = find(beginning, kind, texts)
        if table is not None and table.numbers.size and _is_whole(table, kind, methods):
            known = sum(heading.key is not None for heading in table.headings)
            fits[kind.key] = 2 * known - len(table.headings)
    best = [key for key, fit in fits.items() if fit == max(fits.values())]
    return best[0] if len(best) == 1 else ""


def _is_whole(table: Table, kind: SheetKind, methods: Iterable[Method]) -> bool:
    keys = set(table.columns)
    if not {column.key for column in kind.columns if column.needed} <= keys:
        return False
    return kind.key != RATINGS or any(keys >= set(method.criterion_keys) for method in methods)
