"""Sheets whose rows are records: read, held against the study and written again by nothing but their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lib.domain.record_faults import faults, faults_together
from lib.intake import register
from lib.intake.entries import Entries, Entry
from lib.intake.findings import Findings
from lib.intake.references import References
from lib.model.kinds import CHOICE_VALUES, Column, SheetKind, Type, choice_of, free, identity, known, line
from lib.model.problems import Fault, Severity
from lib.model.records import Record

SPLITS = re.compile("[;,\n]")
Fields = dict[str, Any]


@dataclass
class Context:
    """What readers know of each other: the day, the records that cells refer to by id, and what rows say of others."""

    today: date
    referred: dict[str, Record] = field(default_factory=dict)
    derived: list[Record] = field(default_factory=list)

    def about(self, record: Record) -> Record | None:
        """The record that another one belongs to, where rows of one sheet belong to rows of another."""
        return self.referred.get(str(getattr(record, "risk", None)))


class RecordReader:
    """Takes in one sheet after another of a kind; the results stand in `records`.

    `names` are the municipalities' by id, for what is said of two rows.
    """

    def __init__(
        self, kind: SheetKind, study: str, existing: Iterable[Record], references: References,
        names: Mapping[str, str], findings: Findings, context: Context,
    ) -> None:  # fmt: skip
        self._kind = kind
        self._study = study
        self._old = known(kind, study, existing)
        self._taken = {record.id for record in self._old.values()}
        self._references = references
        self._names = names
        self._findings = findings
        self._context = context
        self._places: dict[str, tuple[Entries, Entry]] = {}
        self.records: dict[str, Record] = {}

    def add(self, entries: Entries) -> None:
        """Takes in a sheet; nothing where a needed column is missing, which has been noted already."""
        if all(entries.has(column.key) for column in self._kind.columns if column.needed):
            for entry in entries.rows:
                self._add_row(entries, entry)

    def _add_row(self, entries: Entries, entry: Entry) -> None:
        columns = [column for column in self._kind.columns if entries.has(column.key)]
        if any(column.key not in entry.values for column in columns):
            return
        values = {column.target: self._value(entries, entry, column) for column in columns if not column.beside}
        if any(_is_missing(column, entry, values) for column in columns if not column.beside):
            return
        key = identity(self._kind, self._study, values)
        if key in self._places:
            self._again(key, values, entries, entry)
            return
        self._places[key] = (entries, entry)
        record = self._merged(key, values, entries, entry)
        self.records[key] = record
        beside = {column.key: entry.values[column.key] for column in columns if column.beside}
        about = self._context.about(record)
        found = faults(record, self._old.get(key), about, self._context.today)
        for fault in (*found, *register.faults_beside(record, beside)):
            self._note(entries, entry, fault)
        self._context.derived += register.derived(record, beside)

    def add_derived(self, records: Iterable[Record]) -> None:
        """Takes in what rows of another sheet say of this kind, where neither the study nor the sheet itself has it."""
        for record in records:
            key = identity(self._kind, self._study, dict(record))
            if key not in self._old and key not in self.records:
                self.records[key] = record.model_copy(update={"id": free(key, self._taken)})

    def _again(self, key: str, values: Fields, entries: Entries, entry: Entry) -> None:
        """A row about what a row before it was about: kept once where it may be and does not say otherwise."""
        held = self.records[key]
        beside = {column.target for column in self._kind.columns if column.key not in self._kind.natural_key}
        given = {field: value for field, value in values.items() if field in beside and value is not None}
        differs = any(getattr(held, field) not in (None, False, value) for field, value in given.items())
        if not self._kind.repeats or differs:
            self._note_twice("row_twice", Severity.ERROR, entries, entry, *self._places[key])
            return
        self._note_twice("row_again", Severity.WARNING, entries, entry, *self._places[key])
        self.records[key] = held.model_copy(update=given)

    def _value(self, entries: Entries, entry: Entry, column: Column) -> Any:
        """What a cell means to the record: ids of what it refers to, the value of a choice; None where it is blank."""
        value, text = entry.values[column.key], entry.text(column.key)
        if column.type is Type.LIST:
            found = [self._referred(entries, entry, column, part) for part in map(line, SPLITS.split(text)) if part]
            return sorted(set(found)) if all(found) else []
        if column.refers:
            return (self._referred(entries, entry, column, text) or None) if text else None
        return CHOICE_VALUES[text] if column.type is Type.CHOICE and text else value

    def _referred(self, entries: Entries, entry: Entry, column: Column, text: str) -> str:
        return self._references.find(entries, entry, column.key, column.refers, text)

    def _merged(self, key: str, values: Fields, entries: Entries, entry: Entry) -> Record:
        """The record as the study holds it with what the row says; a blank cell takes nothing away."""
        old, record = self._old.get(key), self._kind.record
        assert record is not None
        given = {field: value for field, value in values.items() if value is not None}
        if old is None:
            return record(**given, id=free(key, self._taken))
        for column in (column for column in self._kind.columns if not column.beside):
            held = getattr(old, column.target)
            if values.get(column.target, held) is None and held != record.model_fields[column.target].default:
                index = entries.columns[column.key]
                self._findings.add("blank_keeps_figure", entries.sheet, entry.row, index, severity=Severity.WARNING)
        return old.model_copy(update=given)

    def _note_twice(self, code: str, severity: Severity, entries: Entries, entry: Entry, *first: Any) -> None:
        sheet, row = first
        keys = [column.key for column in self._kind.columns if column.needed and column.key in self._kind.natural_key]
        last = keys[-1]
        place = f"{sheet.sheet}!{sheet.place(row, last)}"
        index = entries.columns[last]
        self._findings.add(code, entries.sheet, entry.row, index, entry.text(last), severity, first=place)

    def _note(self, entries: Entries, entry: Entry, fault: Fault) -> None:
        """At the cell that shows it, or the row's first where the sheet has no such column."""
        column = next(column for column in self._kind.columns if column.target == fault.place)
        index = entries.columns.get(column.key, entries.columns[self._kind.columns[0].key])
        params = dict(fault.params)
        if "municipality" in params:
            params["municipality"] = self._names.get(str(params["municipality"]), "")
        self._findings.add(fault.code, entries.sheet, entry.row, index, None, fault.severity, **params)

    def check_together(self) -> None:
        """What the rows contradict, of each other and of what the study holds beside them."""
        beside = (record for key, record in self._old.items() if key not in self.records)
        keys = {record.id: key for key, record in self.records.items()}
        for record, fault in faults_together([*beside, *self.records.values()]):
            if (key := keys.get(record.id)) in self._places:
                self._note(*self._places[key], fault)


def _is_missing(column: Column, entry: Entry, values: Fields) -> bool:
    """A required value that is blank, or a reference that means nothing; both have been noted."""
    lost = bool(column.refers) and bool(entry.text(column.key)) and not _is_given(values[column.target])
    return lost or (column.required and not _is_given(values[column.target]))


def _is_given(value: object) -> bool:
    return value is not None and value not in ("", [])


def written_cells(
    kind: SheetKind, records: Iterable[Record], references: Mapping[str, str], words: Mapping[str, str]
) -> Iterator[list[str | float | int | date | None]]:
    """The rows of cells of such records. `references`: what to write for an id; `words`: for a choice."""
    for record in records:
        yield [_cell(column, getattr(record, column.target, None), references, words) for column in kind.columns]


def _cell(
    column: Column, value: Any, references: Mapping[str, str], words: Mapping[str, str]
) -> str | float | int | date | None:
    if value is None or (column.key == "constructed" and not value):
        return None
    if column.type is Type.LIST:
        return "; ".join(references[each] for each in value)
    if column.refers:
        return references[value]
    if column.type is Type.CHOICE:
        return words[choice_of(column, value)]
    written: str | float | int | date = value
    return written
