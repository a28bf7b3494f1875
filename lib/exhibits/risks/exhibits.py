"""What is shown of risks: the register in its matrix, other rules beside, the booklet's table, and how it has moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial

from lib.access import Action
from lib.actions.reads import per_revision, reads
from lib.actions.risks import history, register
from lib.actions.risks.history import History, Snapshot
from lib.actions.risks.register import Readiness, RiskBook
from lib.actions.sheet_texts import texts
from lib.charts.risks import frames
from lib.charts.risks.frames import Moment, Moved
from lib.domain.methods import METHODS
from lib.domain.risks.register import forced_cells
from lib.exhibits import days
from lib.exhibits.exhibit import Address, Declared, Exhibit, Mark, Picture, address_of, constructed, drawn
from lib.exhibits.risks import history_words, specs, tables, words
from lib.exhibits.risks.tables import Numbered
from lib.i18n import day, t
from lib.intake import template
from lib.model.access import Actor
from lib.model.methods import Rule
from lib.model.problems import NotFound
from lib.model.records import Rows, Study
from lib.model.risk_records import Risk
from lib.model.sheet_kinds import COUNTERMEASURES, RISKS

PAGE, HISTORY = "risk/register.py", "risk/history.py"
AREA, RULE, THEN, NOW = "omrade", "regel", "fra", "til"
ALL, WHOLE = "", "helheten"


@dataclass(frozen=True, slots=True)
class Seen:
    """A part of the register: all, an area's (its id is `place`), or the whole's; `rules` are those that are drawn."""

    book: RiskBook
    place: str | None
    about: tuple[Risk, ...]
    rows: tuple[Numbered, ...]
    readiness: Readiness | None
    rules: tuple[Rule, ...]


def _selected_risks(study: Study, address: Address) -> Seen:
    told, book = dict(address), register.register.within(study)
    code = told.get(AREA, ALL)
    place = _place(book, code)
    about = book.risks if code == ALL else tuple(risk for risk in book.risks if risk.area == place)
    ready = register.readiness_in(book, place) if about and code != WHOLE else None
    rules = tables.rule_sets(book).get(told.get(RULE, ""), book.rules)
    return Seen(book, place, about, tuple(tables.ordered(book, about)), ready, rules)


def _place(book: RiskBook, code: str) -> str | None:
    """The id of an area; None for all and for the whole. NotFound for a code that is none."""
    if code in (ALL, WHOLE):
        return None
    found = next((area.id for area in book.areas if area.code == code), None)
    if found is None:
        raise NotFound
    return found


def _basis(language: str, address: Address, seen: Seen) -> str:
    """Which part of the register where it is not all of it, by which rule, and how many it forces."""
    area = next((area.name for area in seen.book.areas if area.id == seen.place), "")
    part = t(language, "risk.only_whole") if (AREA, WHOLE) in address else area
    return " · ".join(filter(None, [part, words.basis(language, seen.book, seen.about)]))


def _marks(language: str, made_up: bool) -> tuple[Mark, ...]:
    return constructed(language, made_up, "risk.constructed_why")


@per_revision(Action.RISK_VIEW)
def in_register(study: Study, address: Address, language: str) -> Exhibit:
    """Which risks must have a countermeasure and have none, and where each stands; drawn by a rule of `rule_sets`."""
    seen = _selected_risks(study, address)
    ready = [words.readiness(language, seen.readiness)] if seen.readiness else []
    return Exhibit(
        "risks.register",
        address,
        say=partial(words.headline, language, seen.book, seen.about),
        picture_of=partial(_matrix, language, seen),
        table_of=partial(tables.register, language, seen.book, seen.rows),
        basis=_basis(language, address, seen),
        marks=_marks(language, seen.book.constructed),
        notes=tuple(ready),
        found=seen,
    )


def _matrix(language: str, seen: Seen) -> Picture:
    alt = words.matrix_alt(language, seen.book, seen.about, seen.rules)
    return _drawn(language, tables.moved(seen.book, seen.rows), seen.rules, alt, t(language, "risk.matrix_title"))


def _drawn(language: str, moved: Sequence[Moved], rules: Sequence[Rule], alt: str, title: str) -> Picture:
    heads = (t(language, "columns.probability"), t(language, "columns.consequence"))
    demand = {True: t(language, "risk.cell_forced"), False: t(language, "risk.cell_free")}
    frame = frames.matrix_frame(moved, forced_cells(rules), heads, demand)
    return drawn(frame, specs.risk_spec(language), alt, title)


@per_revision(Action.RISK_VIEW)
def alternatives(study: Study, address: Address, language: str) -> Exhibit:
    """What other rules would have demanded of the same risks."""
    seen = _selected_risks(study, address)
    found = tables.demands(language, seen.book, seen.about)
    return Exhibit(
        "risks.alternatives",
        address,
        say=partial(words.alternatives, language, seen.about, [each.forced for each in found]),
        table_of=partial(tables.alternatives, language, found),
        basis=_basis(language, address, seen),
        marks=_marks(language, seen.book.constructed),
        notes=(t(language, "risk.alternatives_note"),),
    )


@per_revision(Action.RISK_VIEW, size=64)
def booklet(study: Study, address: Address, language: str) -> Exhibit:
    """SAM13's own table of the whole register, in a form that can be read in again."""
    seen = _selected_risks(study, ())
    return Exhibit(
        "risks.booklet",
        (),
        say=partial(words.headline, language, seen.book, seen.about),
        table_of=partial(tables.booklet, language, seen.book, seen.rows),
        basis=words.basis(language, seen.book, seen.about),
        marks=_marks(language, seen.book.constructed),
    )


def form(actor: Actor, study: Study, address: Address, language: str) -> bytes:
    """The whole register as the sheets «Risiko» and «Mottiltak» of the template, which can be uploaded again."""
    book = register.register(actor, study)
    rows = Rows(areas=book.areas, records=(*book.risks, *book.countermeasures))
    return template.sheets_of(rows, METHODS, (RISKS, COUNTERMEASURES), texts(language))


@reads(Action.RISK_VIEW)
def over_time(study: Study, address: Address, language: str) -> Exhibit:
    """How many risks must have a countermeasure, day by day. NotFound where nothing was ever stored."""
    return _over_time.within(study, address, days.as_of(address), language)


@per_revision(Action.RISK_VIEW)
def _over_time(study: Study, address: Address, until: date, language: str) -> Exhibit:
    found = history.history.within(study)
    if not found.points:
        raise NotFound
    return Exhibit(
        "risks.history",
        address,
        say=partial(history_words.headline, language, found),
        picture_of=partial(_lines, language, found, until),
        table_of=partial(history_words.table, language, found),
        basis=history_words.basis(language, found),
        marks=_marks(language, found.constructed),
        notes=(t(language, "history.line_note"),),
        found=found,
    )


def _lines(language: str, found: History, until: date) -> Picture:
    names = (t(language, "history.forced"), t(language, "history.uncovered"))
    moments = [Moment(_noon(when), day(language, when), count.forced, count.uncovered) for when, count in found.points]
    frame = frames.history_frame(moments, _noon(until), names)
    alt, title = history_words.line_alt(language, found), t(language, "history.line_title")
    return drawn(frame, specs.history_spec(language), alt, title)


def _noon(when: date) -> datetime:
    """So that an axis in UTC shows the day itself."""
    return datetime.combine(when, time(12), UTC)


@reads(Action.RISK_VIEW)
def two_days(study: Study, address: Address, language: str) -> Exhibit:
    """The matrix at the end of two days, the first of all and today where the address names none.

    Found are both pictures, None where there was no list of risks yet.
    """
    now = days.named(address, NOW, days.as_of(address))
    first = history.history.within(study).first
    return _two_days.within(study, days.named(address, THEN, first or now), now, language)


@per_revision(Action.RISK_VIEW)
def _two_days(study: Study, then: date, now: date, language: str) -> Exhibit:
    found, both = history.history.within(study), (then, now)
    before, after = (history.snapshot.within(study, each) for each in both)
    numbers = history_words.numbered(before, after)
    one, other = (_then(language, each, numbers, found.rules) for each in (before, after))
    return Exhibit(
        "risks.two_days",
        address_of({THEN: then.isoformat(), NOW: now.isoformat()}),
        say=partial(history_words.moves, language, both, before, after),
        picture_of=lambda: other,
        table_of=partial(history_words.pair, language, both, before, after),
        marks=_marks(language, found.constructed),
        found=(one, other),
    )


def _then(language: str, snapshot: Snapshot | None, numbers: dict[str, int], rules: tuple[Rule, ...]) -> Picture | None:
    if snapshot is None:
        return None
    alt = history_words.matrix_alt(language, snapshot, numbers)
    title = t(language, "history.on", day=day(language, snapshot.day))
    return _drawn(language, history_words.drawn(snapshot, numbers), rules, alt, title)


def each_part(study: Study) -> Iterator[Address]:
    """All risks, and each area that has some."""
    yield from somewhere(study)
    book = register.register.within(study)
    spoken = {risk.area for risk in book.risks}
    yield from (((AREA, area.code),) for area in book.areas if area.id in spoken)


def somewhere(study: Study) -> list[Address]:
    """The plain one, where there are risks."""
    return [()] if register.register.within(study).risks else []


def ever(study: Study) -> list[Address]:
    """The plain one, where there ever were risks."""
    return [()] if history.history.within(study).points else []


def changed(study: Study) -> list[Address]:
    """The plain one, where the risks were changed on a later day than they were listed."""
    return [()] if len(history.history.within(study).points) > 1 else []


EXHIBITS = (
    Declared("risks.register", "risikoregister", in_register, Action.RISK_VIEW, PAGE, each_part, {"skjema.xlsx": form}),
    Declared("risks.alternatives", "andre-regler", alternatives, Action.RISK_VIEW, PAGE, somewhere),
    Declared("risks.booklet", "risikotabell", booklet, Action.RISK_VIEW, PAGE, somewhere),
    Declared("risks.history", "risikoutvikling", over_time, Action.RISK_VIEW, HISTORY, ever),
    Declared("risks.two_days", "to-tidspunkt", two_days, Action.RISK_VIEW, HISTORY, changed),
)
