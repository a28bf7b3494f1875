"""How a study's risks have moved: the counts day by day, and the register as it was at the end of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lib.access import Action
from lib.actions import open_store
from lib.actions.reads import per_revision, reads
from lib.actions.risks.register import book_in
from lib.domain.risks.history import Count, Shift, count, shifts
from lib.i18n import OSLO
from lib.model.methods import Rule
from lib.model.records import Area, Study
from lib.model.risk_records import Countermeasure, Risk, RiskStatus
from lib.store import Session, rows


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The register at the end of a day, in Norwegian time."""

    day: date
    risks: tuple[Risk, ...]
    countermeasures: tuple[Countermeasure, ...]

    @property
    def open(self) -> list[Risk]:
        return [risk for risk in self.risks if risk.status is not RiskStatus.CLOSED]


@dataclass(frozen=True, slots=True)
class History:
    """`points` are the days on which the register or its countermeasures were changed, oldest first.

    All days are held against the rules that stand now, so that a change of rules is no change of risks.
    """

    study: Study
    rules: tuple[Rule, ...]
    points: tuple[tuple[date, Count], ...]
    constructed: bool = False

    @property
    def first(self) -> date | None:
        return self.points[0][0] if self.points else None


@per_revision(Action.RISK_VIEW)
def history(study: Study) -> History:
    """The counts of each day on which something was stored; what has been undone since never was."""
    store = open_store.store()
    book = book_in(store, study)
    changed = rows.moments(store, (Risk, Countermeasure), study.id)
    days = dict.fromkeys(moment.astimezone(OSLO).date() for moment in changed)
    found = ((day, _snapshot(store, study, day)) for day in days)
    points = tuple((day, count(each.risks, each.countermeasures, book.rules)) for day, each in found)
    return History(study, book.rules, points, book.constructed)


@reads(Action.RISK_VIEW)
def snapshot(study: Study, day: date) -> Snapshot | None:
    """The register at the end of a day; None where there was none yet."""
    store = open_store.store()
    changed = rows.moments(store, (Risk,), study.id)
    if not changed or changed[0].astimezone(OSLO).date() > day:
        return None
    return _snapshot(store, study, day)


def moved(then: Snapshot | None, now: Snapshot | None) -> list[Shift]:
    """What has become of the risks between two days."""
    return shifts(then.risks if then else (), now.risks if now else ())


def _snapshot(session: Session, study: Study, day: date) -> Snapshot:
    """As `risks.book_in`, risks of an area that an undo has taken away are left out."""
    end = datetime.combine(day + timedelta(days=1), time(), OSLO) - timedelta(microseconds=1)
    places = {None, *(area.id for area in rows.at(session, Area, study.id, end))}
    held = tuple(risk for risk in rows.at(session, Risk, study.id, end) if risk.area in places)
    known = {risk.id for risk in held}
    measures = rows.at(session, Countermeasure, study.id, end)
    return Snapshot(day, held, tuple(each for each in measures if each.risk in known))
