"""What is shown of a plan: milestones and countermeasures as one list, along the days and as days for a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from lib.access import Action
from lib.actions.bridge import plan
from lib.actions.bridge.plan import PlanBook
from lib.actions.reads import per_revision, reads
from lib.charts.frames import title_lines
from lib.charts.plan.frames import Bar, timeline_frame
from lib.domain.plan.milestones import PHASES, Delivery
from lib.exhibits import days
from lib.exhibits.exhibit import Address, Declared, Exhibit, Picture, constructed, drawn
from lib.exhibits.plan import specs, tables, words
from lib.i18n import t
from lib.model.access import Actor
from lib.model.records import Study
from lib.reports import calendar_file
from lib.reports.calendar_file import Day

PAGE = "risk/plan.py"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it stands on a day, overdue deliveries first."""

    book: PlanBook
    today: date
    deliveries: tuple[Delivery, ...]


@reads(Action.RISK_VIEW)
def deliveries(study: Study, address: Address, language: str) -> Exhibit:
    """What is late, what comes next, and all that is to be delivered."""
    return _deliveries.within(study, address, days.as_of(address), language)


@per_revision(Action.RISK_VIEW)
def _deliveries(study: Study, address: Address, today: date, language: str) -> Exhibit:
    book = plan.plan.within(study)
    found = book.deliveries(today)
    upcoming = words.next_up(language, found, today)
    return Exhibit(
        "plan.deliveries",
        address,
        say=partial(words.headline, language, found, today),
        picture_of=partial(_timeline, language, found, today),
        table_of=partial(tables.deliveries, language, book, today),
        basis=words.basis(language, found, today),
        marks=constructed(language, book.constructed, "plan.constructed_why"),
        notes=(upcoming,) if upcoming else (),
        found=Plan(book, today, tuple(found)),
    )


def _timeline(language: str, found: list[Delivery], today: date) -> Picture | None:
    """Only where something has a day."""
    if not any(each.day for each in found):
        return None
    phases = [(phase.value, words.phase(language, phase)) for phase in PHASES]
    frame = timeline_frame([_bar(language, each, today) for each in found], phases, today)
    spec = specs.timeline_spec(language, title_lines(frame))
    return drawn(frame, spec, words.alt(language, found, today), t(language, "plan.timeline"))


def _bar(language: str, each: Delivery, today: date) -> Bar:
    shown, said = words.deadline(language, each), words.delivery_status(language, each, today, short=True)
    return Bar(each.id, each.name, each.phase, each.day, shown, each.status(today), said, each.owner or "")


def calendar(actor: Actor, study: Study, address: Address, language: str) -> bytes:
    """The deliveries that are not done and have a deadline, as .ics: one all-day event each."""
    book = plan.plan(actor, study)
    coming = [each for each in book.deliveries(days.as_of(address)) if each.deadline and not each.done]
    name = f"{t(language, 'exhibits.plan.deliveries')}, {study.name}"
    return calendar_file.calendar(name, [_day(language, book, each) for each in coming], datetime.now(UTC))


def _day(language: str, book: PlanBook, each: Delivery) -> Day:
    told = {
        "owner": each.owner,
        "phase": words.phase(language, each.phase),
        "source": words.source(language, book, each),
    }
    lines = [f"{t(language, f'plan.{key}')}: {value}" for key, value in told.items() if value]
    lines += [t(language, "ranking.constructed")] if each.constructed else []
    return Day(each.id, each.deadline or date.max, each.name, "\n".join([*lines, book.study.name]))


def planned(study: Study) -> list[Address]:
    """The plain one, where there is anything to deliver."""
    return [()] if plan.plan.within(study).deliveries(date.max) else []


EXHIBITS = (Declared("plan.deliveries", "plan", deliveries, Action.RISK_VIEW, PAGE, planned, {"ics": calendar}),)
