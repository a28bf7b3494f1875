"""Every kind of sheet as data: its columns, their types and limits; headings and synonyms are in the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from lib.domain.costs.figures import JOBS_LIMIT, KRONER_LIMIT, YEARS
from lib.domain.risks.register import STEPS
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.methods import Criterion, Method
from lib.model.records import RaterRole, Record
from lib.model.risk_records import Countermeasure, Knowledge, Milestone, Phase, Progress, Risk, RiskStatus
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotItem

MUNICIPALITIES = "municipalities"
AREAS = "areas"
RATINGS = "ratings"
RISKS = "risks"
COUNTERMEASURES = "countermeasures"


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
STATEMENT_LIMIT = 2000
STRENGTHS = (1, 5)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `text` is the catalogue key of its heading.

    `needed`: the column must be there. `required`: besides, no row may leave it blank. `low` and `high` limit numbers,
    `max_length` counts characters, `choices` names a set of CHOICES. `refers`: its text names an «area», a
    «municipality» or a «risk». `field` is the field of the record where that is called something else. `beside`: it is
    no field of the record; `lib.intake.register` says what it means.
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
    Column("municipality", Type.LINE, refers="municipality"),
    Column("area", Type.LINE, required=True, needed=True, refers="area"),
)
_AFTER_SCORES = (
    Column("comment", Type.TEXT, max_length=2000),
    Column("persons", Type.CHOICE, choices="yes_no"),
    Column("constructed", Type.CHOICE, choices="yes_no"),
)


_AREA = Column("area", Type.LINE, required=True, needed=True, refers="area")
_MUNICIPALITY = Column("municipality", Type.LINE, required=True, needed=True, refers="municipality")
_KRONER = Column("kroner", Type.KRONER, required=True, needed=True, low=0, high=KRONER_LIMIT)
_JOBS = Column("jobs", Type.DECIMAL, low=0, high=JOBS_LIMIT)
_CONSTRUCTED = Column("constructed", Type.CHOICE, choices="yes_no")
STATEMENT = Column("statement", Type.LINE, required=True, needed=True, max_length=STATEMENT_LIMIT, field="text")
_WHERE = Column("municipality", Type.LINE, refers="municipality")
_SOURCE = Column("source", Type.LINE, max_length=500)

_OWNER = Column("owner", Type.LINE)


def _step(key: str, field: str = "", needed: bool = False) -> Column:
    """A column for S or K: whole steps of the scale, blank where nobody has judged them."""
    return Column(key, Type.WHOLE, needed=needed, low=STEPS[0], high=STEPS[-1], field=field)


# In the booklet's order; the columns that its table lacks stand after them or between.
RISKS_SHEET = SheetKind(
    RISKS,
    (
        Column("factor", Type.LINE, required=True, needed=True, max_length=200),
        Column("cause", Type.TEXT, max_length=1000),
        Column("area", Type.LINE, refers="area"),
        Column("measure", Type.LINE),
        _step("inherent_probability"),
        _step("inherent_consequence"),
        _step("probability", needed=True),
        _step("consequence", needed=True),
        Column("sum", Type.DECIMAL, beside=True),
        Column("countermeasure", Type.TEXT, max_length=2000, beside=True),
        _step("after_probability"),
        _step("after_consequence"),
        Column("highest_by", Type.LINE),
        Column("knowledge", Type.CHOICE, choices="knowledge"),
        _OWNER,
        Column("status", Type.CHOICE, choices="risk_status"),
        Column("source", Type.TEXT, max_length=500),
        _CONSTRUCTED,
    ),
    natural_key=("factor", "area", "measure"),
    record=Risk,
)
COUNTERMEASURES_SHEET = SheetKind(
    COUNTERMEASURES,
    (
        Column("risk", Type.LINE, required=True, needed=True, max_length=500, refers="risk"),
        Column("countermeasure", Type.LINE, required=True, needed=True, max_length=200, field="name"),
        _step("lowered_probability", "probability"),
        _step("lowered_consequence", "consequence"),
        Column("cost", Type.KRONER, low=0, high=KRONER_LIMIT),
        _OWNER,
        Column("deadline", Type.DATE),
        Column("progress", Type.CHOICE, choices="progress"),
        Column("phase", Type.CHOICE, choices="phase"),
        _CONSTRUCTED,
    ),
    natural_key=("risk", "countermeasure"),
    record=Countermeasure,
)
MILESTONES_SHEET = SheetKind(
    "milestones",
    (
        Column("milestone", Type.LINE, required=True, needed=True, field="name"),
        Column("phase", Type.CHOICE, required=True, needed=True, choices="phase"),
        replace(_AREA, required=False, needed=False),
        _OWNER,
        Column("deadline", Type.DATE),
        Column("done_on", Type.DATE),
        _CONSTRUCTED,
    ),
    natural_key=("milestone", "area"),
    record=Milestone,
)

RECORD_SHEETS = (
    SheetKind(
        "costs",
        (
            _AREA,
            Column("cost_item", Type.LINE, required=True, needed=True, field="name"),
            _KRONER,
            Column("cost_kind", Type.CHOICE, choices="cost_kind", field="kind"),
            Column("nature", Type.CHOICE, choices="nature", field="variable"),
            Column("recurrence", Type.CHOICE, choices="recurrence", field="one_off"),
            Column("from_year", Type.WHOLE, low=YEARS[0], high=YEARS[1]),
            Column("to_year", Type.WHOLE, low=YEARS[0], high=YEARS[1]),
            Column("shared_by", Type.LINE, max_length=60, field="model"),
            _CONSTRUCTED,
        ),
        natural_key=("area", "cost_item"),
        record=CostItem,
    ),
    SheetKind(
        "own_costs",
        (
            _MUNICIPALITY,
            _AREA,
            _KRONER,
            Column("alone", Type.KRONER, low=0, high=KRONER_LIMIT),
            _JOBS,
            _CONSTRUCTED,
        ),
        natural_key=("area", "municipality"),
        record=OwnCost,
    ),
    SheetKind(
        "partial_costs",
        (
            _AREA,
            Column("members", Type.LIST, required=True, needed=True, max_length=2000, refers="municipality"),
            _KRONER,
            _CONSTRUCTED,
        ),
        natural_key=("area", "members"),
        record=PartialCost,
    ),
    SheetKind(
        "participation",
        (
            _AREA,
            _MUNICIPALITY,
            Column("takes_part", Type.CHOICE, choices="yes_no"),
            Column("host", Type.CHOICE, choices="yes_no"),
            _JOBS,
            _CONSTRUCTED,
        ),
        natural_key=("area", "municipality"),
        record=Participation,
    ),
    RISKS_SHEET,
    COUNTERMEASURES_SHEET,
    MILESTONES_SHEET,
    SheetKind(
        "swot",
        (
            _AREA,
            Column("quadrant", Type.CHOICE, required=True, needed=True, choices="quadrant"),
            STATEMENT,
            _WHERE,
            Column("role", Type.CHOICE, choices="role"),
            _SOURCE,
            Column("theme", Type.LINE),
            _CONSTRUCTED,
        ),
        natural_key=("area", "quadrant", "statement", "municipality", "role", "source"),
        record=SwotItem,
        repeats=True,
    ),
    SheetKind(
        "forces",
        (
            _AREA,
            Column("side", Type.CHOICE, required=True, needed=True, choices="side"),
            STATEMENT,
            Column("strength", Type.WHOLE, low=STRENGTHS[0], high=STRENGTHS[1]),
            _SOURCE,
            _CONSTRUCTED,
        ),
        natural_key=("area", "side", "statement", "source"),
        record=Force,
        repeats=True,
    ),
    SheetKind(
        "notes",
        (
            _AREA,
            Column("note_kind", Type.CHOICE, required=True, needed=True, choices="note_kind", field="kind"),
            STATEMENT,
            _WHERE,
            _SOURCE,
            _CONSTRUCTED,
        ),
        natural_key=("area", "note_kind", "statement", "municipality", "source"),
        record=Note,
        repeats=True,
    ),
)
KIND_KEYS = (MUNICIPALITIES, AREAS, RATINGS, *(kind.key for kind in RECORD_SHEETS))


def sheet_of(record: type[Record]) -> SheetKind:
    """The kind of sheet whose rows are such records."""
    return next(kind for kind in RECORD_SHEETS if kind.record is record)


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
    return MUNICIPALITIES_SHEET, AREAS_SHEET, ratings_sheet(method), *RECORD_SHEETS
