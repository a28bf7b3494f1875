"""The current rows of a study as rows of cells, sheet by sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lib.intake.definitions import Lookup, lookup
from lib.intake.existing import CommentKey
from lib.intake.record_sheets import SPLITS, written_cells
from lib.intake.register import risk_names
from lib.intake.texts import Texts
from lib.model.kinds import CHOICE_VALUES, SheetKind
from lib.model.methods import Method
from lib.model.records import Area, Municipality, Rater, Record, Rows
from lib.model.risk_records import Risk
from lib.model.sheet_kinds import AREAS_SHEET, FACT_SHEET, MUNICIPALITIES_SHEET, RECORD_SHEETS, ratings_sheet

Written = str | float | int | date | None


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet to write: one list of cells a row; `extras` are the headings after the kind's own columns."""

    kind: SheetKind
    rows: Sequence[Sequence[Written]]
    extras: tuple[str, ...] = ()
    constructed: bool = False


def filled_sheets(rows: Rows, methods: Mapping[str, Method], texts: Texts) -> list[Filled]:
    """Municipalities, areas, a sheet of ratings for each method in use, and the kinds whose rows are records."""
    used = [method for key, method in methods.items() if any(workshop.method == key for workshop in rows.workshops)]
    sheets = [_municipalities(rows), _areas(rows, texts), *(_Ratings(rows, method, texts).sheet() for method in used)]
    sheets += _record_sheets(rows, texts)
    return [sheet for sheet in sheets if sheet.rows]


def _record_sheets(rows: Rows, texts: Texts) -> list[Filled]:
    references, words = _all_references(rows), {choice: texts(f"choices.{choice}") for choice in CHOICE_VALUES}
    return [
        Filled(
            kind,
            list(written_cells(kind, held, references, words)),
            constructed=any(getattr(record, "constructed", False) for record in held),
        )
        for kind in RECORD_SHEETS
        if (held := [each for each in rows.records if type(each) is kind.record and _stands(kind, each, references)])
    ]


def _stands(kind: SheetKind, record: Record, references: Mapping[str, str]) -> bool:
    """Whether all that a row refers to is there; an undo may have taken it away since."""
    named = (getattr(record, column.target) for column in kind.columns if column.refers and not column.beside)
    ids = (each for value in named for each in (value if isinstance(value, list) else [value]))
    return all(each is None or each in references for each in ids)


def _all_references(rows: Rows) -> dict[str, str]:
    """A municipality whose name would be split in a list goes by its number."""
    names = _references(rows.municipalities)
    numbers = {town.id: town.number for town in rows.municipalities if SPLITS.search(names[town.id])}
    risks = risk_names({risk.id: risk for risk in rows.of(Risk)}, {area.id: area for area in rows.areas})
    return _references(rows.areas) | names | numbers | risks


def _municipalities(rows: Rows) -> Filled:
    extras = tuple(sorted({key for record in rows.municipalities for key in record.keys}))
    return Filled(MUNICIPALITIES_SHEET, [_municipality(record, extras) for record in rows.municipalities], extras)


def _municipality(record: Municipality, extras: Sequence[str]) -> list[Written]:
    return [record.number, record.name, record.population, record.year, *map(record.keys.get, extras)]


def _areas(rows: Rows, texts: Texts) -> Filled:
    return Filled(AREAS_SHEET, [_area(record, texts) for record in rows.areas])


def _area(record: Area, texts: Texts) -> list[Written]:
    facts: list[Written] = [getattr(record, key) for key in FACT_SHEET]
    about: list[Written] = [_code(record.code), record.name, record.sector, record.description, record.source]
    return [*about, *facts, _yes_no(record.individual_decisions, texts)]


def _code(code: str) -> Written:
    """A plain number is written as one, so that Excel does not warn about a number stored as text."""
    return int(code) if code.isascii() and code.isdigit() and len(code) < 10 and str(int(code)) == code else code


def _yes_no(value: bool | None, texts: Texts) -> str | None:
    return None if value is None else texts("choices.yes" if value else "choices.no")


class _Ratings:
    """The sheet of ratings by one method."""

    def __init__(self, rows: Rows, method: Method, texts: Texts) -> None:
        self._rows = rows
        self._method = method
        self._texts = texts
        self._workshops = {record.id: record for record in rows.workshops if record.method == method.key}
        self._raters = {record.id: record for record in rows.raters}
        self._areas = _references(rows.areas)
        self._municipalities = _references(rows.municipalities)

    def sheet(self) -> Filled:
        values = self._values()
        comments = {CommentKey(*comment[:4]): comment.text for comment in self._rows.comments}
        keys = [key for key in {**values, **comments} if key.workshop in self._workshops]
        order = self._order()
        keys.sort(key=lambda key: (order[key.workshop], key.round, order[key.rater], order[key.item]))
        cells = [self._row(key, values.get(key, {}), comments.get(key)) for key in keys]
        constructed = any(record.constructed for record in self._workshops.values())
        return Filled(ratings_sheet(self._method), cells, constructed=constructed)

    def _values(self) -> dict[CommentKey, dict[str, int | None]]:
        values: dict[CommentKey, dict[str, int | None]] = {}
        for rating in self._rows.ratings:
            key = CommentKey(rating.workshop, rating.round, rating.rater, rating.item)
            values.setdefault(key, {})[rating.criterion] = rating.value
        return values

    def _order(self) -> dict[str, int]:
        rows = self._rows
        kinds = ([w.id for w in rows.workshops], [r.id for r in rows.raters], [a.id for a in rows.areas])
        return {identity: index for kind in kinds for index, identity in enumerate(kind)}

    def _row(self, key: CommentKey, values: Mapping[str, int | None], comment: str | None) -> list[Written]:
        workshop, rater = self._workshops[key.workshop], self._raters[key.rater]
        scores = [self._score(values, criterion) for criterion in self._method.criterion_keys]
        before = [workshop.name, key.round, rater.name, *self._party(rater), self._areas[key.item]]
        return [*before, *scores, comment, self._mark(not workshop.group_mode), self._mark(workshop.constructed)]

    def _party(self, rater: Rater) -> list[Written]:
        role = self._texts(f"choices.role.{rater.role.value}") if rater.role else None
        return [role, self._municipalities.get(rater.municipality or "")]

    def _score(self, values: Mapping[str, int | None], criterion: str) -> Written:
        if criterion not in values:
            return None
        value = values[criterion]
        return self._texts("choices.unknown") if value is None else value

    def _mark(self, holds: bool) -> str | None:
        return self._texts("choices.yes") if holds else None


def _references(records: Sequence[Municipality] | Sequence[Area]) -> dict[str, str]:
    """What to write for each record: its name, or its code where the name alone may mean another one."""
    known: Lookup = lookup(records)
    return {
        record.id: record.name
        if known.find(record.name) == (record.id,)
        else (record.code if isinstance(record, Area) else record.number)
        for record in records
    }
