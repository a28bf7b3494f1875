"""The one save of what somebody has typed: tidied and checked as an upload is, merged with what others have stored.

Limits, references and natural keys are the kind's. Nothing is stored before every conflict has been answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic

from lib.actions.forms import Form
from lib.actions.sheet_texts import texts
from lib.domain.merging import Answers, Conflict, Merged, merge
from lib.domain.record_faults import faults, faults_together
from lib.i18n import DEFAULT, today
from lib.intake.cells import Wrong, convert, shown
from lib.model.kinds import Column, SheetKind, Type, free, identity, printable
from lib.model.problems import AppError, Fault, Mistyped, NotFound, Severity
from lib.model.records import R, Record
from lib.store import rows

Names = Mapping[str, Mapping[str, str]]
"""What a column refers to («area», «municipality») → id → what it is called."""
_UNTOUCHED = (Type.CHOICE, Type.DATE)  # a record cannot hold anything else in these


class Conflicted(AppError):
    """Two have written the same, and nothing is stored yet. `by`: id of a record → who wrote what stands, and when."""

    code = "conflicted"

    def __init__(self, conflicts: Sequence[Conflict], by: Mapping[str, tuple[str, datetime]]) -> None:
        super().__init__()
        self.conflicts = tuple(conflicts)
        self.by = dict(by)


@dataclass(frozen=True, slots=True)
class Stored(Generic[R]):
    """What is held against what was typed: the records it is about as they are now, and others of the kind.

    `names` has what columns may refer to, `belongs` the record that all of them belong to. `single`: it is a form, in
    which an error tells no row, and something new that is there already is refused, not merged.
    """

    held: Sequence[R]
    others: Sequence[R] = ()
    names: Names | None = None
    belongs: Record | None = None
    single: bool = False


def save(
    form: Form,
    kind: SheetKind,
    typed: Sequence[R],
    seen: Sequence[R] | None,
    now: Stored[R],
    about: str = "",
    answers: Answers = (),
) -> Merged[R]:
    """The records are these from now on, besides what others have written since they were `seen`; one batch.

    A record without an id is new. `seen` None: what stands. Mistyped for what cannot be taken, NotFound for a
    reference to what is gone, Conflicted for what two have written; then nothing is stored.
    """
    found = merged(form, kind, typed, seen, now, answers)
    named = about or ", ".join(called(kind, each, now.names or {}) for each in (*found.written, *found.removed))
    form.write(named, found.written, found.removed)
    return found


def merged(
    form: Form, kind: SheetKind, typed: Sequence[R], seen: Sequence[R] | None, now: Stored[R], answers: Answers = ()
) -> Merged[R]:
    """`save` without writing."""
    held, before = _by_id(now.held), _by_id(now.held if seen is None else seen)
    rows_of = _Rows(form.study.id, kind, now)
    given = rows_of.identified([rows_of.tidied(each, before, n) for n, each in enumerate(typed, 1)], before)
    found = merge(before, given, held, kind.groups, answers)
    if found.conflicts:
        stored = rows.TABLES.keys() & {kind.record}
        by = rows.last_written(form.tx, next(iter(stored)), form.study.id) if stored else {}
        raise Conflicted(found.conflicts, by)
    rows_of.check(found, held)
    return found


def distinct(called: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Id → name, for a table to choose from; where two have the same name, what tells them apart stands before it."""
    names = [name for name, _ in called.values()]
    return {key: name if names.count(name) == 1 else f"{more} {name}" for key, (name, more) in called.items()}


def called(kind: SheetKind, record: Record, names: Names) -> str:
    """What a record is called where one speaks of it."""
    column = kind.naming
    value = getattr(record, column.target)
    known = names.get(column.refers, {})
    return ", ".join(known.get(each, "") for each in value) if isinstance(value, list) else known.get(value, str(value))


def check_text(column: Column, written: str) -> str:
    """A single text as it is kept; Mistyped where it is missing or too long."""
    return str(_value(replace(column, required=True), written, ""))


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {each.id: each for each in records}


class _Rows(Generic[R]):
    """What was typed, row by row, with what an error calls each of them."""

    def __init__(self, study: str, kind: SheetKind, now: Stored[R]) -> None:
        self._study, self._kind, self._now = study, kind, now
        self._places: dict[str, str] = {}

    def tidied(self, row: R, before: Mapping[str, R], number: int) -> tuple[R, str]:
        """The row as an upload would keep it, and what it is called; one that nobody has touched is left alone."""
        place = self._place(row, number)
        if before.get(row.id) == row:
            return row, place
        update: dict[str, Any] = {}
        for column in self._kind.columns:
            if not column.beside:
                update[column.target] = self._tidy(column, getattr(row, column.target), place)
        return row.model_copy(update=update), place

    def _place(self, row: R, number: int) -> str:
        name = called(self._kind, row, self._now.names or {}).strip()
        return "" if self._now.single else f"{number} ({name})" if name else str(number)

    def _tidy(self, column: Column, value: Any, place: str) -> Any:
        if not column.refers:
            return value if column.type in _UNTOUCHED else _value(column, value, place)
        if column.required and not value:
            raise Mistyped("cell.required", place, column=f"@{column.text}")
        listed = sorted(set(value)) if column.type is Type.LIST else [value]
        if value and not {*listed} <= (self._now.names or {}).get(column.refers, {}).keys():
            raise NotFound
        return listed if column.type is Type.LIST else value

    def identified(self, given: Sequence[tuple[R, str]], before: Mapping[str, R]) -> dict[str, R]:
        """The rows by their ids; a new one has the id of its natural key, or of the record that has that key now."""
        held = _by_id(self._now.held)
        found = {row.id: row for row, _ in given if row.id in before or row.id in held}
        self._places |= {row.id: place for row, place in given if row.id}
        keys = {self._natural(row): key for key, row in found.items()}
        standing = {self._natural(row): key for key, row in held.items() if key not in found}
        taken = {*before, *held, *(each.id for each in self._now.others)}
        for row, place in given:
            if row.id in found:
                continue
            name = self._natural(row)
            if self._now.single and name in standing:
                raise self._twice(row, place)
            if name in keys:
                self._again(row, found[keys[name]], place)
                continue
            key = standing.get(name) or free(name, taken)
            taken.add(key)
            keys[name], self._places[key] = key, place
            found[key] = row.model_copy(update={"id": key})
        return found

    def _natural(self, row: R) -> str:
        return identity(self._kind, self._study, dict(row))

    def _again(self, row: R, first: R, place: str) -> None:
        """A row about what a row before it was about: left out where it may be, and says nothing else."""
        columns = (column for column in self._kind.columns if not column.beside)
        beside = [column.target for column in columns if column.key not in self._kind.natural_key]
        differs = any(getattr(row, name) not in (None, False, getattr(first, name)) for name in beside)
        if differs or not self._kind.repeats:
            raise self._twice(row, place)

    def _twice(self, row: Record, place: str) -> Mistyped:
        return Mistyped("twice", place, name=called(self._kind, row, self._now.names or {}))

    def check(self, found: Merged[R], held: Mapping[str, R]) -> None:
        """What is written is told apart from all that stands, and contradicts neither itself nor the rest."""
        gone = {each.id for each in found.removed}
        last = {key: each for key, each in held.items() if key not in gone} | _by_id(found.written)
        names: dict[str, set[str]] = {}
        for each in (*last.values(), *self._now.others):
            names.setdefault(self._natural(each), set()).add(each.id)
        for each in found.written:
            place = self._places.get(each.id, "")
            if names[self._natural(each)] != {each.id}:
                raise self._twice(each, place)
            for fault in faults(each, held.get(each.id), self._now.belongs, today()):
                self._refuse(fault, place)
        for record, fault in faults_together(last.values()):
            self._refuse(fault, self._places.get(record.id, ""))

    def _refuse(self, fault: Fault, place: str) -> None:
        if fault.severity is not Severity.ERROR:
            return
        towns = (self._now.names or {}).get("municipality", {})
        params = {key: towns.get(str(v), v) if key == "municipality" else v for key, v in fault.params.items()}
        raise Mistyped(fault.code, place, **{"what": f"@{self._kind.column(fault.place).text}", **params})


def read(column: Column, written: Any, place: str = "", language: str = DEFAULT) -> Any:
    """The value of a text or number as the cell of an upload would be taken; None where it is blank, else Mistyped."""
    try:
        return convert(column, written, texts(language))
    except Wrong as wrong:
        told = {"found": shown(written, texts(language)), **wrong.params}
        raise Mistyped(f"cell.{wrong.code}", place, column=f"@{column.text}", **told) from None


def _value(column: Column, value: Any, place: str) -> Any:
    """`read` of what stands in a record; what cannot be seen is left out."""
    kept = read(column, printable(value).strip() if isinstance(value, str) else value, place)
    if column.required and kept is None:
        raise Mistyped("cell.required", place, column=f"@{column.text}")
    return kept
