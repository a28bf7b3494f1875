"""Two who write at once, brought together field by field against what one of them had seen, for records of any kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic

from lib.model.records import R, Record

Fields = tuple[str, ...]
Values = tuple[object, ...]
_UNSAID = object()  # what a record that is new has in a field without a default


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two have written the same fields of a record, or one has removed what the other has changed.

    `theirs` and `ours` are the values of `fields`, None where that one has removed the record. `record` is a version
    that stands, for what it is called.
    """

    key: str
    fields: Fields
    theirs: Values | None
    ours: Values | None
    record: Record = field(compare=False)


Answers = Sequence[tuple[Conflict, bool]]
"""What somebody has chosen who was shown a conflict: whether their own shall stand."""


@dataclass(frozen=True, slots=True)
class Merged(Generic[R]):
    """What to write and what to remove of what stands; with `conflicts`, nothing before they are answered."""

    written: tuple[R, ...]
    removed: tuple[R, ...]
    conflicts: tuple[Conflict, ...]


def merge(
    seen: Mapping[str, R],
    typed: Mapping[str, R],
    held: Mapping[str, R],
    groups: Sequence[Fields] = (),
    answers: Answers = (),
) -> Merged[R]:
    """All by id: what one began with, what that one wants, and what stands now.

    A field that only one has changed is that one's. `groups` are fields that make sense only together and count as
    one. An answer counts for the very values it was given for; where either has moved on, the conflict is there anew.
    """
    written: list[R] = []
    removed: list[R] = []
    left: list[Conflict] = []
    for key in {**held, **typed, **seen}:
        now = held.get(key)
        wanted, found = _one(key, seen.get(key), typed.get(key), now, groups, answers)
        left += found
        if wanted is None and now is not None:
            removed.append(now)
        elif wanted is not None and wanted != now:
            written.append(wanted)
    return Merged(tuple(written), tuple(removed), tuple(left))


def _one(
    key: str, seen: R | None, typed: R | None, held: R | None, groups: Sequence[Fields], answers: Answers
) -> tuple[R | None, list[Conflict]]:
    """What shall stand of one record, and what must be asked first."""
    if typed in (seen, held):
        return held, []
    if held == seen:
        return typed, []
    if typed is not None and held is not None:
        return _fields(key, seen, typed, held, groups, answers)
    record = typed or held
    assert record is not None
    changed = tuple(sorted(_changes(seen, record)))
    theirs, ours = (None if each is None else _values(each, changed) for each in (held, typed))
    conflict = Conflict(key, changed, theirs, ours, record)
    mine = _answer(conflict, answers)
    return (typed if mine else held), [conflict] if mine is None else []


def _fields(
    key: str, seen: R | None, typed: R, held: R, groups: Sequence[Fields], answers: Answers
) -> tuple[R, list[Conflict]]:
    """Both want the record and have changed it since."""
    mine, theirs = _changes(seen, typed), _changes(seen, held)
    update: dict[str, object] = {}
    left: list[Conflict] = []
    for unit in _units(mine, groups):
        wish, now = _values(typed, unit), _values(held, unit)
        keep = True
        if theirs & {*unit} and wish != now:
            conflict = Conflict(key, unit, now, wish, held)
            answer = _answer(conflict, answers)
            left += [conflict] if answer is None else []
            keep = bool(answer)
        if keep:
            update |= zip(unit, wish, strict=True)
    return held.model_copy(update=update), left


def _units(changed: Iterable[str], groups: Sequence[Fields]) -> Iterator[Fields]:
    """Changed fields, those that make sense only together as one."""
    belongs = {name: group for group in groups for name in group}
    yield from dict.fromkeys(belongs.get(name, (name,)) for name in sorted(changed))


def _changes(before: Record | None, after: Record) -> set[str]:
    """The fields in which a record differs; of a new one those in which it says anything."""
    fields = type(after).model_fields
    blank = {name: _UNSAID if each.is_required() else each.get_default() for name, each in fields.items()}
    known = blank if before is None else dict(before)
    return {name for name in fields if name != "id" and getattr(after, name) != known[name]}


def _values(record: Record, fields: Fields) -> Values:
    return tuple(getattr(record, name) for name in fields)


def _answer(conflict: Conflict, answers: Answers) -> bool | None:
    return next((mine for asked, mine in answers if asked == conflict), None)
