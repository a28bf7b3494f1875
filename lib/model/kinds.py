"""What a kind of sheet, table or form is: columns, types, limits, choices and natural key, as data.

The kinds themselves are declared in `lib.model.sheet_kinds`; headings and synonyms are in the catalogues.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lib.model.cost_records import CostKind
from lib.model.methods import Method
from lib.model.records import RaterRole, Record, stable_id
from lib.model.risk_records import Knowledge, Phase, Progress, RiskStatus
from lib.model.swot_records import NoteKind, Quadrant, Side


class Type(StrEnum):
    LINE = "line"  # a name or another short text; outer and double spaces do not count
    TEXT = "text"  # a longer text, kept as written
    MUNICIPALITY_NUMBER = "municipality_number"
    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"
    KRONER = "kroner"  # whole and not negative
    LIST = "list"  # several of what the column refers to, split by «;» or «,»
    DATE = "date"
    SCORE = "score"  # a whole number of a scale, or «vet ikke»


CHOICES = {
    "role": ("role.elected", "role.administration", "role.employees"),
    "yes_no": ("yes", "no"),
    "cost_kind": tuple(f"cost_kind.{kind}" for kind in CostKind),
    "nature": ("nature.fixed", "nature.variable"),
    "recurrence": ("recurrence.running", "recurrence.one_off"),
    "risk_status": tuple(f"risk_status.{status}" for status in RiskStatus),
    "knowledge": tuple(f"knowledge.{strength}" for strength in Knowledge),
    "progress": tuple(f"progress.{progress}" for progress in Progress),
    "phase": tuple(f"phase.{phase}" for phase in Phase),
    "quadrant": tuple(f"quadrant.{each}" for each in Quadrant),
    "side": tuple(f"side.{each}" for each in Side),
    "note_kind": tuple(f"note_kind.{each}" for each in NoteKind),
}
# What a choice is in a record.
CHOICE_VALUES: dict[str, object] = {
    "yes": True,
    "no": False,
    "nature.fixed": False,
    "nature.variable": True,
    "recurrence.running": False,
    "recurrence.one_off": True,
    **{f"cost_kind.{kind}": kind for kind in CostKind},
    **{f"risk_status.{status}": status for status in RiskStatus},
    **{f"knowledge.{strength}": strength for strength in Knowledge},
    **{f"progress.{progress}": progress for progress in Progress},
    **{f"phase.{phase}": phase for phase in Phase},
    **{f"role.{each}": each for each in RaterRole},
    **{f"quadrant.{each}": each for each in Quadrant},
    **{f"side.{each}": each for each in Side},
    **{f"note_kind.{each}": each for each in NoteKind},
}
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `text` is the catalogue key of its heading.

    `needed`: the column must be there. `required`: besides, no row may leave it blank. `low` and `high` limit numbers,
    `max_length` counts characters, `choices` names a set of CHOICES. `refers`: its text names an «area», a
    «municipality» or a «risk». `field` is the field of the record where that is called something else. `beside`: it is
    no field of the record; `lib.intake.register` says what it means. Columns with the same word in `together` make
    sense only together. `start` is the choice that a new row of a table begins with, where the record has no default.
    """

    key: str
    type: Type
    required: bool = False
    needed: bool = False
    low: int | None = None
    high: int | None = None
    max_length: int = 120
    choices: str = ""
    section: str = "columns"
    refers: str = ""
    field: str = ""
    beside: bool = False
    together: str = ""
    start: str = ""

    @property
    def text(self) -> str:
        return f"{self.section}.{self.key}"

    @property
    def target(self) -> str:
        return self.field or self.key


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet. `natural_key`: columns that no two rows share. `extra_numeric`: further headings are figures.

    With a `record` each row is one of these, and reading, comparing, storing and writing follow from the columns.
    `repeats`: a row that says the same again is kept once, with a warning, where it is a fault in other kinds.
    """

    key: str
    columns: tuple[Column, ...]
    natural_key: tuple[str, ...]
    extra_numeric: bool = False
    method: Method | None = None
    record: type[Record] | None = None
    repeats: bool = False

    @property
    def text(self) -> str:
        return f"sheets.{self.key}"

    @property
    def naming(self) -> Column:
        """The column that a row is called by: the last that its natural key cannot do without."""
        return [column for column in map(self.column, self.natural_key) if column.needed][-1]

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Fields of the record that make sense only together."""
        words = dict.fromkeys(column.together for column in self.columns if column.together)
        return tuple(tuple(c.target for c in self.columns if c.together == word) for word in words)

    def column(self, field: str) -> Column:
        """The column of a field of the record, or with this key."""
        return next(column for column in self.columns if field in (column.target, column.key))


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff\u00ad"))


def line(text: str) -> str:
    """A name as it is kept: composed letters, no invisible characters, single spaces; so that names make no twins."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def printable(text: str) -> str:
    """A text without what cannot be seen; its lines stay."""
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())


def choice_of(column: Column, value: object) -> str:
    """The choice that stands for a value of a record."""
    return next(choice for choice in CHOICES[column.choices] if CHOICE_VALUES[choice] == value)


def identity(kind: SheetKind, study: str, values: Mapping[str, Any]) -> str:
    """The id that a record with these values under its fields gets, from its natural key.

    One that somebody has renamed since keeps the id it was given; `known` finds it.
    """
    key = (values.get(column.target) for column in kind.columns if column.key in kind.natural_key)
    parts = ("\x1e".join(part) if isinstance(part, list) else str(part or "").casefold() for part in key)
    return stable_id(study, kind.key, *parts)


def known(kind: SheetKind, study: str, records: Iterable[Record]) -> dict[str, Record]:
    """Records under the id that their natural key gives now, whatever their own is."""
    fields = [column.target for column in kind.columns if column.key in kind.natural_key]
    return {identity(kind, study, {field: getattr(record, field) for field in fields}): record for record in records}


def free(key: str, taken: Container[str]) -> str:
    """The id for a new record: the one of its natural key, unless one that was renamed since has that."""
    while key in taken:
        key = stable_id(key)
    return key
