"""Random records of any kind of sheet, made from its columns alone: a new kind needs nothing here.

A kind that must not contradict itself in ways its columns do not tell gets its values sifted by `record_faults`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from lib.domain.record_faults import faults, faults_together
from lib.model.kinds import CHOICE_VALUES, CHOICES, Column, SheetKind, Type, identity
from lib.model.problems import Severity
from lib.model.records import Area, Municipality, Record

Known = dict[str, list[str]]
"""What a column may refer to: kind of reference → ids."""
MOST_TRIES = 8


@st.composite
def records_of(
    draw: st.DrawFn, kind: SheetKind, study: str, known: Known, names: st.SearchStrategy[str], held: list[Record]
) -> list[Record]:
    """Up to four records of a kind that do not contradict themselves, each other, or what they belong to of `held`."""
    found: dict[str, Record] = {}
    if not all(known.get(column.refers) for column in kind.columns if column.refers):
        return []
    for _ in range(draw(st.integers(0, MOST_TRIES))):
        record = draw(_record(kind, study, known, names))
        together = [*found.values(), record]
        if record.id not in found and not _refused(record, held) and not _refused_together(together):
            found[record.id] = record
    return list(found.values())[:4]


def _refused(record: Record, held: list[Record]) -> bool:
    about = next((each for each in held if each.id == getattr(record, "risk", None)), None)
    return any(fault.severity is Severity.ERROR for fault in faults(record, None, about, date.today()))


def _refused_together(records: list[Record]) -> bool:
    return any(fault.severity is Severity.ERROR for _, fault in faults_together(records))


@st.composite
def _record(draw: st.DrawFn, kind: SheetKind, study: str, known: Known, names: st.SearchStrategy[str]) -> Record:
    assert kind.record is not None
    fields = kind.record.model_fields
    values: dict[str, Any] = {}
    for column in (column for column in kind.columns if not column.beside):
        given = draw(_value(column, known, names))
        blank = not column.required and not fields[column.target].is_required() and draw(st.booleans())
        values[column.target] = fields[column.target].default if blank else given
    return kind.record(**values, id=identity(kind, study, values))


def _value(column: Column, known: Known, names: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    low, high = column.low, column.high
    match column.type:
        case Type.LIST:
            return st.lists(st.sampled_from(known[column.refers]), min_size=1, max_size=4, unique=True).map(sorted)
        case _ if column.refers:
            return st.sampled_from(known[column.refers])
        case Type.CHOICE:
            return st.sampled_from([CHOICE_VALUES[choice] for choice in CHOICES[column.choices]])
        case Type.WHOLE | Type.KRONER | Type.SCORE:
            return st.integers(low or 0, high if high is not None else 10**9)
        case Type.DECIMAL:
            return st.floats(low or 0, high if high is not None else 1e9).map(lambda value: float(f"{value:.15g}"))
        case Type.DATE:
            return st.dates(date(2000, 1, 1), date(2060, 12, 31))
        case Type.MUNICIPALITY_NUMBER:
            return st.integers(301, 5999).map("{:04d}".format)
        case _:
            return names.map(lambda text: text[: column.max_length].strip()).filter(bool)


def known_of(towns: list[Municipality], items: list[Area]) -> Known:
    return {"municipality": [town.id for town in towns], "area": [item.id for item in items]}
