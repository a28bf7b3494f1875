"""Between records and the cells of a table in which somebody types: written as a sheet writes, read as an upload reads.

Cells lie under the fields of the record. Mistyped names the row and the column of what cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from lib.actions.saving import Names, read
from lib.actions.sheet_texts import texts
from lib.i18n import number
from lib.intake.record_sheets import SPLITS
from lib.model.kinds import CHOICE_VALUES, CHOICES, Column, SheetKind, Type, choice_of, line
from lib.model.problems import Mistyped
from lib.model.records import R, Record

Line = Mapping[str, object]


def is_tick(column: Column) -> bool:
    """Whether a column has two choices, one of them that it is so."""
    return column.type is Type.CHOICE and {CHOICE_VALUES[each] for each in CHOICES[column.choices]} == {True, False}


def choices(column: Column, language: str) -> list[str]:
    """The words of a column's choices."""
    return [texts(language)(f"choices.{each}") for each in CHOICES[column.choices]]


def blank(kind: SheetKind, language: str) -> dict[str, object]:
    """The cells that a new row begins with."""
    assert kind.record is not None
    found: dict[str, object] = {}
    for column in kind.columns:
        field = kind.record.model_fields.get(column.target)
        value = CHOICE_VALUES[column.start] if column.start else None
        if field is not None and not field.is_required():
            value = field.get_default()
        found[column.target] = cell(column, value, {}, language)
    return found


def cells(kind: SheetKind, record: Record, names: Names, language: str) -> dict[str, object]:
    """A record as a row of the table."""
    shown_as = {c.target: cell(c, getattr(record, c.target), names, language) for c in kind.columns if not c.beside}
    return {"id": record.id} | shown_as


def cell(column: Column, value: Any, names: Names, language: str) -> object:
    """A value as it stands in a cell: a tick as it is, several names as a list, all else as text; None where blank."""
    known = names.get(column.refers, {})
    if value is None or is_tick(column):
        return value
    if column.type is Type.LIST:
        return [known[each] for each in value if each in known]
    if column.refers:
        return known.get(value)
    if column.type is Type.CHOICE:
        return texts(language)(f"choices.{choice_of(column, value)}")
    return _figure(column, value, language)


def _figure(column: Column, value: Any, language: str) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if column.type is Type.KRONER:
        return number(language, value)
    return decimal(value, language) if column.type is Type.DECIMAL else str(value)


def decimal(value: float, language: str) -> str:
    """A figure as it is read back just as it was: three decimals could be thousands, so they become four."""
    if float(value).is_integer():
        return number(language, value)
    whole, _, decimals = f"{Decimal(repr(value)):f}".partition(".")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}"


def records(
    kind: SheetKind,
    typed: Iterable[Line],
    seen: Sequence[R],
    names: Names,
    language: str,
    fixed: Mapping[str, object],
) -> list[R]:
    """The records that rows of cells mean; one with an `id` was there, and what the table does not show of it is kept.

    `fixed` are fields that are the same in all of them and no columns of the table. A row with nothing in it is none.
    """
    return list(_records(kind, typed, {each.id: each for each in seen}, names, language, fixed))


def _records(
    kind: SheetKind,
    typed: Iterable[Line],
    known: Mapping[str, R],
    names: Names,
    language: str,
    fixed: Mapping[str, object],
) -> Iterator[R]:
    columns = [column for column in kind.columns if column.target not in fixed and not column.beside]
    empty = blank(kind, language)
    for place, row in enumerate(typed, 1):
        held = known.get(str(row.get("id")))
        if _is_blank(kind, columns, row, empty, kept=held is not None):
            continue
        name = row.get(kind.naming.target)
        where = f"{place} ({line(str(name))[:60]})" if isinstance(name, str) and name.strip() else str(place)
        values = {c.target: _value(kind, c, row.get(c.target), names, language, where) for c in columns}
        if held is not None:
            yield held.model_copy(update=values)
        else:
            yield kind.record.model_validate({"id": "", **fixed, **values})  # type: ignore[union-attr, misc]


def _is_blank(kind: SheetKind, columns: Sequence[Column], row: Line, empty: Line, *, kept: bool) -> bool:
    """Whether nothing is typed in a row that needs something; a choice that it began with is not typed.

    Of rows that need nothing but the name they are given, such as who takes part, those that are as a new one.
    """
    own = [column for column in columns if not (column.refers and column is kind.naming and column.type is Type.LINE)]
    needed = [column for column in own if column.required and not column.start]
    asked = [each for each in own if each.type is not Type.CHOICE or each in needed] if needed else own
    if kept and not needed:
        return False
    return all(_is_empty(row.get(each.target)) or row.get(each.target) == empty[each.target] for each in asked)


def _is_empty(written: object) -> bool:
    """A cell that nobody has typed in comes as None or as a number that is none."""
    if isinstance(written, list | tuple):
        return not written
    return written is None or written != written or not str(written).strip()


def _value(kind: SheetKind, column: Column, written: object, names: Names, language: str, where: str) -> Any:
    """What a cell means to the record; the record's own default where it is blank."""
    assert kind.record is not None
    if _is_empty(written):
        field = kind.record.model_fields[column.target]
        if column.required:
            raise Mistyped("cell.required", where, column=f"@{column.text}")
        return None if field.is_required() else field.get_default()
    if is_tick(column) and isinstance(written, bool):
        return written
    if column.refers:
        return _referred(column, written, names, where)
    value = read(column, str(written), where, language)
    return CHOICE_VALUES[str(value)] if column.type is Type.CHOICE else value


def _referred(column: Column, written: object, names: Names, where: str) -> str | list[str]:
    """The ids of what is named."""
    ids = {name.casefold(): key for key, name in names.get(column.refers, {}).items()}
    listed = written if isinstance(written, list | tuple) else [written]
    parts = [part for each in listed for part in _parts(column, str(each)) if part]
    for part in parts:
        if part.casefold() not in ids:
            raise Mistyped("cell.unknown", where, column=f"@{column.text}", found=part)
    found = [ids[part.casefold()] for part in parts]
    return sorted(set(found)) if column.type is Type.LIST else found[0]


def _parts(column: Column, written: str) -> Iterable[str]:
    return map(line, SPLITS.split(written)) if column.type is Type.LIST else [line(written)]
