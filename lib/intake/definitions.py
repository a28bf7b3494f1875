"""The sheets that say what there is: municipalities and areas, merged with what the study holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from lib.intake.entries import Entries, Entry
from lib.intake.findings import Findings
from lib.intake.tables import nearest
from lib.intake.texts import fold
from lib.model.problems import Severity
from lib.model.records import Area, Municipality, stable_id
from lib.model.sheet_kinds import FACT_SHEET


class Lookup:
    """Finds what a cell refers to, by code or by name; a code goes before a name."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        self._written: dict[str, None] = {}
        self._nearest: dict[str, str] = {}

    def add(self, identity: str, code: str, name: str) -> None:
        self._codes[code.casefold()] = identity
        self._names.setdefault(name.casefold(), set()).add(identity)
        self._written |= {name: None, code: None}

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that a text may mean."""
        if identity := self._codes.get(text.casefold()):
            return (identity,)
        return tuple(self._names.get(text.casefold(), ()))

    def nearest(self, text: str) -> str:
        """What somebody may have meant; empty where there is nothing to refer to."""
        if text not in self._nearest:
            close = get_close_matches(text, self._written, n=1, cutoff=0.5)
            self._nearest[text] = close[0] if close else nearest(text, list(self._written))[0]
        return self._nearest[text]


def lookup(records: Iterable[Municipality] | Iterable[Area]) -> Lookup:
    found = Lookup()
    for record in records:
        found.add(record.id, record.code if isinstance(record, Area) else record.number, record.name)
    return found


def note_duplicates(entries: Entries, findings: Findings) -> None:
    """A natural key that stands twice in a sheet, with the place of the first."""
    first: dict[tuple[str, ...], Entry] = {}
    key_columns = entries.kind.natural_key
    for entry in entries.rows:
        key = tuple(entry.text(column).casefold() for column in key_columns)
        if all(key) and first.setdefault(key, entry) is not entry:
            _note(entries, entry, first[key], key_columns[0], "duplicate_row", findings)


def note_namesakes(entries: Entries, key: str, findings: Findings) -> None:
    """Two codes for one name are allowed, but seldom meant."""
    first: dict[str, Entry] = {}
    for entry in entries.rows:
        name = entry.text(key).casefold()
        if name and first.setdefault(name, entry) is not entry:
            _note(entries, entry, first[name], key, "duplicate_name", findings, Severity.WARNING)


def _note(
    entries: Entries,
    entry: Entry,
    earlier: Entry,
    key: str,
    code: str,
    findings: Findings,
    severity: Severity = Severity.ERROR,
) -> None:
    first = entries.place(earlier, key)
    findings.add(code, entries.sheet, entry.row, entries.columns[key], entry.text(key), severity, first=first)


def municipalities(entries: Entries, existing: Mapping[str, Municipality], study: str) -> dict[str, Municipality]:
    """The municipalities of a sheet by id; a column that the sheet lacks keeps its present value."""
    found: dict[str, Municipality] = {}
    for entry in entries.rows:
        number, name = entry.text("number"), entry.text("municipality")
        if number and name:
            identity = stable_id(study, "municipality", number)
            old = existing.get(identity) or Municipality(id=identity, number=number, name=name)
            given = {key: entry.values[key] for key in ("population", "year") if key in entry.values}
            update = given | {"name": name, "keys": _keys(old.keys, entry)}
            found.setdefault(identity, old.model_copy(update=update))
    return found


def _keys(old: Mapping[str, float], entry: Entry) -> dict[str, float]:
    """A key written with other capitals is the same key; a blank cell takes it away."""
    spelt = {fold(key): key for key in old}
    keys = dict(old)
    for heading, value in entry.extras.items():
        name = spelt.get(fold(heading), heading)
        keys.pop(name, None)
        if isinstance(value, float):
            keys[name] = value
    return keys


def areas(entries: Entries, existing: Mapping[str, Area], study: str) -> dict[str, Area]:
    """The areas of a sheet by id; a column that the sheet lacks keeps its present value."""
    found: dict[str, Area] = {}
    for entry in entries.rows:
        code, name = entry.text("code"), entry.text("area")
        if code and name:
            identity = stable_id(study, "area", code.casefold())
            old = existing.get(identity) or Area(id=identity, code=code, name=name)
            found.setdefault(identity, old.model_copy(update=_area_values(entry) | {"code": code, "name": name}))
    return found


def _area_values(entry: Entry) -> dict[str, Any]:
    plain = ("sector", "description", "source", *FACT_SHEET)
    values: dict[str, Any] = {key: entry.values[key] for key in plain if key in entry.values}
    if "individual_decisions" in entry.values:
        values["individual_decisions"] = yes_no(entry.values["individual_decisions"])
    return values


def yes_no(value: object) -> bool | None:
    return None if value is None else value == "yes"
