"""What an import would change, for the preview before anybody confirms it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import overload

from lib.intake.existing import Existing, comment_key, rating_key
from lib.model.kinds import Column, SheetKind, Type, choice_of
from lib.model.records import Area, Municipality, Rater, Rating, Record, Rows, Workshop
from lib.model.risk_records import Risk
from lib.model.sheet_kinds import RECORD_SHEETS
from lib.model.words import Word

Shown = str | int | float | bool | None
LABEL_PART = 120  # letters of each part of a row's label
_HEADINGS = {
    Municipality: {"name": "municipality"},
    Area: {"name": "area"},
    Workshop: {"name": "workshop"},
    Rater: {"name": "rater"},
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that would change. `columns`: «@columns.population» or a figure's own name → (old, new)."""

    label: str
    columns: Mapping[str, tuple[Shown, Shown]]


@dataclass(frozen=True, slots=True)
class KindChanges:
    """The rows of one kind: labels of the new ones, what changes in others, and how many stay."""

    new: Sequence[str] = ()
    changed: tuple[Difference, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


@dataclass(frozen=True, slots=True)
class Changes:
    municipalities: KindChanges
    areas: KindChanges
    workshops: KindChanges
    raters: KindChanges
    ratings: KindChanges
    comments: KindChanges
    records: Mapping[str, KindChanges]

    def kinds(self) -> list[tuple[str, KindChanges]]:
        """Every kind by name, in the order of the sheets."""
        named = (kind.name for kind in fields(self) if kind.name != "records")
        return [*((name, getattr(self, name)) for name in named), *self.records.items()]

    def __bool__(self) -> bool:
        """Whether the import would change anything at all."""
        return any(changed for _, changed in self.kinds())


def changes(rows: Rows, existing: Existing) -> Changes:
    """New, changed and unchanged rows of every kind."""
    names = _Names(rows, existing)
    return Changes(
        _records(rows.municipalities, existing.municipalities, names),
        _records(rows.areas, existing.areas, names),
        _records(rows.workshops, existing.workshops, names),
        _records(rows.raters, existing.raters, names),
        _ratings(rows, existing, names),
        _comments(rows, existing, names),
        {kind.key: _of_sheet(kind, rows, existing, names) for kind in RECORD_SHEETS},
    )


class _Names:
    """Names of everything by id, the new ones before the old."""

    def __init__(self, rows: Rows, existing: Existing) -> None:
        kinds = (
            *(existing.municipalities, existing.areas, existing.workshops, existing.raters),
            *(rows.municipalities, rows.areas, rows.workshops, rows.raters),
        )
        self._names = {record.id: record.name for records in kinds for record in records}
        risks = (record for record in (*existing.records, *rows.records) if isinstance(record, Risk))
        self._names |= {risk.id: risk.factor for risk in risks}

    def __getitem__(self, identity: str) -> str:
        return self._names.get(identity, identity)

    def label(self, workshop: str, number: int, rater: str, item: str) -> str:
        return f"{self[workshop]} · {number} · {self[rater]} · {self[item]}"

    def cell(self, column: Column, value: object) -> Shown:
        """A value of a record as a person reads it."""
        if value is None:
            return None
        if isinstance(value, date):
            return f"{value:%d.%m.%Y}"
        if isinstance(value, list):
            return "; ".join(self[each] for each in value)
        if column.type is Type.CHOICE and column.choices != "yes_no":
            return Word(f"choices.{choice_of(column, value)}")
        if column.refers:
            return self[str(value)]
        return value if isinstance(value, str | int | float | bool) else None

    def shown(self, key: str, value: object) -> Shown:
        if key == "@columns.municipality" and isinstance(value, str):
            return self[value]
        return value if isinstance(value, str | int | float | bool) else None


def _records(
    new: Iterable[Municipality | Area | Workshop | Rater],
    old: Iterable[Municipality | Area | Workshop | Rater],
    names: _Names,
) -> KindChanges:
    def cells(record: Record) -> dict[str, Shown]:
        return {key: names.shown(key, value) for key, value in _flat(record).items()}

    return _compared(new, old, lambda record: names[record.id], cells)


def _of_sheet(kind: SheetKind, rows: Rows, existing: Existing, names: _Names) -> KindChanges:
    """The rows of a sheet whose rows are records, under the headings of its columns."""

    def cells(record: Record) -> dict[str, Shown]:
        fields = (column for column in kind.columns if not column.beside)
        return {f"@{column.text}": names.cell(column, getattr(record, column.target)) for column in fields}

    def label(record: Record) -> str:
        key = (column for column in kind.columns if column.key in kind.natural_key and column.type is not Type.CHOICE)
        parts = (names.cell(column, getattr(record, column.target)) for column in key)
        return " · ".join(_short(str(part)) for part in parts if part is not None)

    new = [record for record in rows.records if type(record) is kind.record]
    old = [record for record in existing.records if type(record) is kind.record]
    return _compared(new, old, label, cells)


def _short(part: str) -> str:
    return part if len(part) <= LABEL_PART else f"{part[: LABEL_PART - 1]}…"


def _compared(
    new: Iterable[Record],
    old: Iterable[Record],
    label: Callable[[Record], str],
    cells: Callable[[Record], Mapping[str, Shown]],
) -> KindChanges:
    present = {record.id: record for record in old}
    added, changed, unchanged = [], [], 0
    for record in new:
        before = present.get(record.id)
        if before is None:
            added.append(label(record))
            continue
        was, becomes = cells(before), cells(record)
        columns = {
            key: (was.get(key), becomes.get(key)) for key in {**was, **becomes} if was.get(key) != becomes.get(key)
        }
        if columns:
            changed.append(Difference(label(record), columns))
        else:
            unchanged += 1
    return KindChanges(tuple(added), tuple(changed), unchanged)


def _flat(record: Record) -> dict[str, object]:
    """Values under the catalogue keys of their columns, figures under their own names."""
    headings = _HEADINGS[type(record)]
    values = record.model_dump()
    figures: dict[str, object] = values.pop("keys", {})
    if isinstance(record, Workshop):
        values["persons"] = not values.pop("group_mode")
    return {f"@columns.{headings.get(key, key)}": value for key, value in values.items()} | figures


def _ratings(rows: Rows, existing: Existing, names: _Names) -> KindChanges:
    added, changed, unchanged = [], [], 0
    if not existing.ratings:
        return KindChanges(_Labels(rows.ratings, names))
    for index, rating in enumerate(rows.ratings):
        key = rating_key(rating)
        if key not in existing.ratings:
            added.append(index)
        elif (old := existing.ratings[key]) != rating.value:
            column = f"@criteria.{rating.criterion}"
            changed.append(Difference(names.label(*key[:4]), {column: (old, rating.value)}))
        else:
            unchanged += 1
    return KindChanges(_Labels([rows.ratings[index] for index in added], names), tuple(changed), unchanged)


@dataclass(frozen=True, slots=True)
class _Labels(Sequence[str]):
    """What ratings are called, each written when somebody looks at it."""

    ratings: Sequence[Rating]
    names: _Names

    def __len__(self) -> int:
        return len(self.ratings)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return _Labels(self.ratings[index], self.names)
        return self.names.label(*self.ratings[index][:4])


def _comments(rows: Rows, existing: Existing, names: _Names) -> KindChanges:
    added, changed, unchanged = [], [], 0
    for comment in rows.comments:
        old = existing.comments.get(comment_key(comment))
        label = names.label(*comment_key(comment))
        if not old:
            added.append(label)
        elif old != comment.text:
            changed.append(Difference(label, {"@columns.comment": (old, comment.text)}))
        else:
            unchanged += 1
    return KindChanges(tuple(added), tuple(changed), unchanged)
