"""What an import would change, for the preview before anybody confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from lib.intake.existing import Existing, comment_key, rating_key
from lib.model.records import Area, Municipality, Rater, Record, Rows, Workshop

Shown = str | int | float | bool | None
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

    new: tuple[str, ...] = ()
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

    def kinds(self) -> list[tuple[str, KindChanges]]:
        """Every kind by name, in the order of the sheets."""
        return [(kind.name, getattr(self, kind.name)) for kind in fields(self)]

    def __bool__(self) -> bool:
        """Whether the import would change anything at all."""
        return any(getattr(self, kind.name) for kind in fields(self))


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
    )


class _Names:
    """Names of everything by id, the new ones before the old."""

    def __init__(self, rows: Rows, existing: Existing) -> None:
        kinds = (
            *(existing.municipalities, existing.areas, existing.workshops, existing.raters),
            *(rows.municipalities, rows.areas, rows.workshops, rows.raters),
        )
        self._names = {record.id: record.name for records in kinds for record in records}

    def __getitem__(self, identity: str) -> str:
        return self._names.get(identity, identity)

    def label(self, workshop: str, number: int, rater: str, item: str) -> str:
        return f"{self[workshop]} · {number} · {self[rater]} · {self[item]}"

    def shown(self, key: str, value: object) -> Shown:
        if key == "@columns.municipality" and isinstance(value, str):
            return self[value]
        return value if isinstance(value, str | int | float | bool) else None


def _records(
    new: Iterable[Municipality | Area | Workshop | Rater],
    old: Iterable[Municipality | Area | Workshop | Rater],
    names: _Names,
) -> KindChanges:
    present = {record.id: record for record in old}
    added, changed, unchanged = [], [], 0
    for record in new:
        before = present.get(record.id)
        if before is None:
            added.append(record.name)
        elif columns := _differences(before, record, names):
            changed.append(Difference(record.name, columns))
        else:
            unchanged += 1
    return KindChanges(tuple(added), tuple(changed), unchanged)


def _differences(old: Record, new: Record, names: _Names) -> dict[str, tuple[Shown, Shown]]:
    before, after = _flat(old), _flat(new)
    return {
        key: (names.shown(key, before.get(key)), names.shown(key, after.get(key)))
        for key in before | after
        if before.get(key) != after.get(key)
    }


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
    for rating in rows.ratings:
        key = rating_key(rating)
        if key not in existing.ratings:
            added.append(names.label(*key[:4]))
        elif (old := existing.ratings[key]) != rating.value:
            column = f"@criteria.{rating.criterion}"
            changed.append(Difference(names.label(*key[:4]), {column: (old, rating.value)}))
        else:
            unchanged += 1
    return KindChanges(tuple(added), tuple(changed), unchanged)


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
