"""Every kind of sheet as data: its columns, their types and limits; headings and synonyms are in the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from lib.model.methods import Criterion, Method

MUNICIPALITIES = "municipalities"
AREAS = "areas"
RATINGS = "ratings"
KIND_KEYS = (MUNICIPALITIES, AREAS, RATINGS)


class Type(StrEnum):
    LINE = "line"  # a name or another short text; outer and double spaces do not count
    TEXT = "text"  # a longer text, kept as written
    MUNICIPALITY_NUMBER = "municipality_number"
    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"
    SCORE = "score"  # a whole number of a scale, or «vet ikke»


CHOICES = {
    "role": ("role.elected", "role.administration", "role.employees"),
    "yes_no": ("yes", "no"),
}
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `text` is the catalogue key of its heading.

    `needed`: the column must be there. `required`: besides, no row may leave it blank. `low` and `high` limit numbers,
    `max_length` counts characters, `choices` names a set of CHOICES.
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

    @property
    def text(self) -> str:
        return f"{self.section}.{self.key}"


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet. `natural_key`: columns that no two rows share. `extra_numeric`: further headings are figures."""

    key: str
    columns: tuple[Column, ...]
    natural_key: tuple[str, ...]
    extra_numeric: bool = False
    method: Method | None = None

    @property
    def text(self) -> str:
        return f"sheets.{self.key}"


MUNICIPALITIES_SHEET = SheetKind(
    MUNICIPALITIES,
    (
        Column("number", Type.MUNICIPALITY_NUMBER, required=True, needed=True),
        Column("municipality", Type.LINE, required=True, needed=True, max_length=60),
        Column("population", Type.WHOLE, low=0, high=20_000_000),
        Column("year", Type.WHOLE, low=1900, high=2100),
    ),
    natural_key=("number",),
    extra_numeric=True,
)

FACT_SHEET = ("today", "start", "barriers", "partners", "stays_local")

AREAS_SHEET = SheetKind(
    AREAS,
    (
        Column("code", Type.LINE, required=True, needed=True, max_length=20),
        Column("area", Type.LINE, required=True, needed=True),
        Column("sector", Type.LINE),
        Column("description", Type.TEXT, max_length=4000),
        Column("source", Type.TEXT, max_length=500),
        *(Column(key, Type.TEXT, max_length=2000) for key in FACT_SHEET),
        Column("individual_decisions", Type.CHOICE, choices="yes_no"),
    ),
    natural_key=("code",),
)

_BEFORE_SCORES = (
    Column("workshop", Type.LINE, required=True, needed=True),
    Column("round", Type.WHOLE, low=1, high=99),
    Column("rater", Type.LINE, required=True, needed=True),
    Column("role", Type.CHOICE, choices="role"),
    Column("municipality", Type.LINE),
    Column("area", Type.LINE, required=True, needed=True),
)
_AFTER_SCORES = (
    Column("comment", Type.TEXT, max_length=2000),
    Column("persons", Type.CHOICE, choices="yes_no"),
    Column("constructed", Type.CHOICE, choices="yes_no"),
)


def _score(criterion: Criterion) -> Column:
    return Column(
        criterion.key,
        Type.SCORE,
        needed=True,
        low=criterion.low,
        high=criterion.high,
        section="criteria",
    )


def ratings_sheet(method: Method) -> SheetKind:
    """The sheet for ratings by a method, one column a criterion."""
    columns = (*_BEFORE_SCORES, *map(_score, method.criteria), *_AFTER_SCORES)
    return SheetKind(RATINGS, columns, natural_key=("workshop", "round", "rater", "area"), method=method)


def any_ratings_sheet(methods: Iterable[Method]) -> SheetKind:
    """The sheet for ratings before its method is known: the criteria of all of them, none of which must be there."""
    scores = {c.key: replace(_score(c), needed=False) for method in methods for c in method.criteria}
    return SheetKind(RATINGS, (*_BEFORE_SCORES, *scores.values(), *_AFTER_SCORES), natural_key=())


def all_sheets(method: Method) -> tuple[SheetKind, ...]:
    """Every kind, in the order of a template workbook."""
    return MUNICIPALITIES_SHEET, AREAS_SHEET, ratings_sheet(method)
