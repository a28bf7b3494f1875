"""What somebody types into a table of figures, cell by cell as text, and the records that it means.

A cell is read as in a workbook: «1 200 000», «1,5». AppError names the row where something cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lib.intake.numbers import readings
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.problems import AppError

Line = Mapping[str, object]


def number(written: object, what: str) -> float | None:
    """The figure in a cell, None where it is blank."""
    if not isinstance(written, str) or not written.strip():
        return None
    found = readings(written)
    if not found:
        raise AppError("not_a_number", what=what)
    if len(found) > 1:
        raise AppError("ambiguous_figure", what=what, found=written)
    return found[0]


def whole(written: object, what: str) -> int | None:
    """As `number`, for kroner and years: where thousands may be meant they are."""
    if not isinstance(written, str) or not written.strip():
        return None
    found = readings(written)
    if not found:
        raise AppError("not_a_number", what=what)
    if not float(found[0]).is_integer():
        raise AppError("figure_not_whole", what=what)
    return int(found[0])


def items(typed: Iterable[Line]) -> list[CostItem]:
    """Cost lines; a row without name and sum is none."""
    return [_item(line) for line in typed if _text(line, "name") or _text(line, "kroner")]


def _item(line: Line) -> CostItem:
    name = _text(line, "name")
    return CostItem(
        id="",
        area="",
        name=name,
        kroner=_needed(line, name),
        kind=CostKind(str(line.get("kind") or CostKind.OPERATION)),
        variable=line.get("variable") is True,
        one_off=line.get("one_off") is True,
        from_year=whole(line.get("from_year"), name),
        to_year=whole(line.get("to_year"), name),
        model=_text(line, "model") or None,
        constructed=line.get("constructed") is True,
    )


def own(typed: Iterable[Line], names: Mapping[str, str]) -> list[OwnCost]:
    """Costs of today, a row a municipality; one without a sum has none, if nothing else stands there either."""
    return [
        OwnCost(
            id="",
            area="",
            municipality=town,
            kroner=_needed(line, names[town]),
            alone=whole(line.get("alone"), names[town]),
            jobs=number(line.get("jobs"), names[town]),
            constructed=line.get("constructed") is True,
        )
        for line, town in _of_towns(typed, names)
        if any(_text(line, key) for key in ("kroner", "alone", "jobs"))
    ]


def participation(typed: Iterable[Line], names: Mapping[str, str]) -> list[Participation]:
    """Who takes part, a row a municipality."""
    return [
        Participation(
            id="",
            area="",
            municipality=town,
            takes_part=line.get("takes_part") is True,
            host=line.get("host") is True,
            jobs=number(line.get("jobs"), names[town]),
            constructed=line.get("constructed") is True,
        )
        for line, town in _of_towns(typed, names)
    ]


def partial(typed: Iterable[Line], ids: Mapping[str, str]) -> list[PartialCost]:
    """Smaller cooperations; `ids` is name → id, and a row with neither members nor sum is none."""
    filled = (line for line in typed if _members(line) or _text(line, "kroner"))
    return [
        PartialCost(
            id="",
            area="",
            members=[ids[name] for name in _members(line) if name in ids],
            kroner=_needed(line, ", ".join(_members(line))),
            constructed=line.get("constructed") is True,
        )
        for line in filled
    ]


def keys(typed: Iterable[Line], held: Iterable[str]) -> dict[str, float | None]:
    """Allocation keys by name; one that is held and no longer stands there is taken away."""
    found: dict[str, float | None] = dict.fromkeys(held)
    for line in typed:
        name = _text(line, "key")
        if name or _text(line, "figure"):
            found[name] = number(line.get("figure"), name)
    return found


def _of_towns(typed: Iterable[Line], names: Mapping[str, str]) -> Iterable[tuple[Line, str]]:
    return ((line, town) for line in typed if (town := _text(line, "municipality")) in names)


def _members(line: Line) -> Sequence[str]:
    members = line.get("members")
    return [str(name) for name in members] if isinstance(members, list | tuple) else []


def _needed(line: Line, what: str) -> int:
    kroner = whole(line.get("kroner"), what)
    if kroner is None:
        raise AppError("kroner_missing", what=what)
    return kroner


def _text(line: Line, key: str) -> str:
    value = line.get(key)
    return value.strip() if isinstance(value, str) else ""
