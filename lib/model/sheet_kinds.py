"""Every kind of sheet as data: its columns, their types and limits; each limit is stated here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lib.model.cost_records import CostItem, KeyFigure, OwnCost, PartialCost, Participation
from lib.model.kinds import Column, SheetKind, Type
from lib.model.methods import Criterion, Method
from lib.model.records import Record
from lib.model.risk_records import STEPS, Countermeasure, Milestone, Risk, StepWords
from lib.model.swot_records import STRENGTHS, Force, Note, SwotItem

MUNICIPALITIES = "municipalities"
AREAS = "areas"
RATINGS = "ratings"
RISKS = "risks"
COUNTERMEASURES = "countermeasures"
KRONER_LIMIT = 100_000_000_000
YEARS = (1900, 2100)

MUNICIPALITIES_SHEET = SheetKind(
    MUNICIPALITIES,
    (
        Column("number", Type.MUNICIPALITY_NUMBER, required=True, needed=True),
        Column("municipality", Type.LINE, required=True, needed=True, max_length=60),
        Column("population", Type.WHOLE, low=0, high=20_000_000),
        Column("year", Type.WHOLE, low=YEARS[0], high=YEARS[1]),
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
_JOBS = Column("jobs", Type.DECIMAL, low=0, high=100_000)
_CONSTRUCTED = Column("constructed", Type.CHOICE, choices="yes_no")
_STATEMENT = Column("statement", Type.LINE, required=True, needed=True, max_length=2000, field="text")
_WHERE = Column("municipality", Type.LINE, refers="municipality")
_SOURCE = Column("source", Type.LINE, max_length=500)

_OWNER = Column("owner", Type.LINE)


def _step(key: str, together: str, field: str = "", needed: bool = False) -> Column:
    """A column for S or K: whole steps of the scale, blank where nobody has judged them."""
    return Column(key, Type.WHOLE, needed=needed, low=STEPS[0], high=STEPS[-1], field=field, together=together)


# In the booklet's order; the columns that its table lacks stand after them or between.
RISKS_SHEET = SheetKind(
    RISKS,
    (
        Column("factor", Type.LINE, required=True, needed=True, max_length=200),
        Column("cause", Type.TEXT, max_length=1000),
        Column("area", Type.LINE, refers="area"),
        Column("measure", Type.LINE),
        _step("inherent_probability", "inherent"),
        _step("inherent_consequence", "inherent"),
        _step("probability", "now", needed=True),
        _step("consequence", "now", needed=True),
        Column("sum", Type.DECIMAL, beside=True),
        Column("countermeasure", Type.TEXT, max_length=2000, beside=True),
        _step("after_probability", "after"),
        _step("after_consequence", "after"),
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
        _step("lowered_probability", "lowered", "probability"),
        _step("lowered_consequence", "lowered", "consequence"),
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
        Column("phase", Type.CHOICE, required=True, needed=True, choices="phase", start="phase.clarification"),
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
            replace(_KRONER, together="amount"),
            Column("cost_kind", Type.CHOICE, choices="cost_kind", field="kind"),
            Column("nature", Type.CHOICE, choices="nature", field="variable"),
            Column("recurrence", Type.CHOICE, choices="recurrence", field="one_off", together="amount"),
            Column("from_year", Type.WHOLE, low=YEARS[0], high=YEARS[1], together="years"),
            Column("to_year", Type.WHOLE, low=YEARS[0], high=YEARS[1], together="years"),
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
            Column("takes_part", Type.CHOICE, choices="yes_no", together="host"),
            Column("host", Type.CHOICE, choices="yes_no", together="host"),
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
            _STATEMENT,
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
            _STATEMENT,
            Column("strength", Type.WHOLE, low=STRENGTHS[0], high=STRENGTHS[-1]),
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
            _STATEMENT,
            _WHERE,
            _SOURCE,
            _CONSTRUCTED,
        ),
        natural_key=("area", "note_kind", "statement", "municipality", "source"),
        record=Note,
        repeats=True,
    ),
)
# What is typed and has no sheet of its own.
KEYS = SheetKind(
    "keys",
    (
        Column("key", Type.LINE, required=True, needed=True, section="cost_figures"),
        Column("figure", Type.DECIMAL, low=0, high=KRONER_LIMIT, section="cost_figures"),
    ),
    natural_key=("key",),
    record=KeyFigure,
)
STEP_WORDS = SheetKind(
    "steps",
    (
        Column("step", Type.LINE, required=True, needed=True, refers="step", section="risk"),
        Column("steps", Type.LINE, max_length=160, section="risk", field="text"),
    ),
    natural_key=("step",),
    record=StepWords,
)
ROLE = Column("role", Type.LINE, required=True, section="risk")
REASON = Column("reason", Type.TEXT, required=True, max_length=1000, section="risk")
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
