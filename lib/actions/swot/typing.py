"""What somebody types into the tables of a function, cell by cell, and the records that it means.

A row with an `id` is one that stood there; what the table does not show of it is kept. AppError for a row that lacks
what it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lib.actions.costs.typing import whole
from lib.model.problems import AppError
from lib.model.records import RaterRole, Record
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotItem

Line = Mapping[str, object]
SHOWN = 60  # letters of a statement in a sentence about it


def items(typed: Iterable[Line], towns: Mapping[str, str], seen: Sequence[SwotItem]) -> list[SwotItem]:
    """SWOT items; `towns` is the name of a municipality → its id."""
    known = {row.id: row for row in seen}
    return [
        _row(SwotItem, known, line, _quadrant(line) | {
            "municipality": towns.get(_text(line, "municipality")),
            "role": RaterRole(role) if (role := _text(line, "role")) else None,
            "theme": _text(line, "theme") or None,
        })
        for line in typed
        if _is_filled(line, "quadrant")
    ]  # fmt: skip


def forces(typed: Iterable[Line], seen: Sequence[Force]) -> list[Force]:
    """Drivers and barriers; a blank strength is one that nobody has judged."""
    known = {row.id: row for row in seen}
    return [
        _row(Force, known, line, {
            "side": Side(_needed(line, "side", "side_missing")),
            "strength": whole(line.get("strength"), _shown(line)),
        })
        for line in typed
        if _is_filled(line, "side")
    ]  # fmt: skip


def notes(typed: Iterable[Line], towns: Mapping[str, str], seen: Sequence[Note]) -> list[Note]:
    """Benefits, high and pain points, and needs."""
    known = {row.id: row for row in seen}
    return [
        _row(Note, known, line, {
            "kind": NoteKind(_needed(line, "kind", "note_kind_missing")),
            "municipality": towns.get(_text(line, "municipality")),
        })
        for line in typed
        if _is_filled(line, "kind")
    ]  # fmt: skip


def _row(kind: type[Any], known: Mapping[str, Record], line: Line, own: dict[str, object]) -> Any:
    given = own | {
        "text": _text(line, "text"),
        "source": _text(line, "source") or None,
        "constructed": line.get("constructed") is True,
    }
    before = known.get(_text(line, "id"))
    return before.model_copy(update=given) if before else kind(id="", area="", **given)


def _quadrant(line: Line) -> dict[str, object]:
    return {"quadrant": Quadrant(_needed(line, "quadrant", "quadrant_missing"))}


def _is_filled(line: Line, choice: str) -> bool:
    """A row with neither text nor choice is none; one with a text alone lacks something, and one without is refused."""
    return bool(_text(line, "text") or _text(line, choice))


def _needed(line: Line, key: str, code: str) -> str:
    value = _text(line, key)
    if not value:
        raise AppError(code, what=_shown(line))
    return value


def _shown(line: Line) -> str:
    text = _text(line, "text")
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _text(line: Line, key: str) -> str:
    value = line.get(key)
    return value.strip() if isinstance(value, str) else ""
