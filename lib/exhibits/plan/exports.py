"""The plan as files, with the same gate and marks as on the screen: a table, and days for a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lib.access import Action
from lib.actions import gate
from lib.actions.bridge.plan import PlanBook
from lib.domain.plan.milestones import Delivery
from lib.exhibits.plan import words
from lib.i18n import clock, t
from lib.model.access import Actor
from lib.reports import calendar_file, tables
from lib.reports.calendar_file import Day


def workbook(actor: Actor, book: PlanBook, today: date, language: str) -> bytes:
    """The plan with its countermeasures as .xlsx, its days as dates."""
    gate.allow(actor, Action.RISK_VIEW, book.study)
    title = t(language, "plan.export_title", study=book.study.name)
    return tables.workbook(title, _notes(book, today, language), words.figures(language, book, today))


def text(actor: Actor, book: PlanBook, today: date, language: str) -> bytes:
    """The same as semicolon-separated text."""
    gate.allow(actor, Action.RISK_VIEW, book.study)
    return tables.comma_separated(_notes(book, today, language), words.figures(language, book, today))


def calendar(actor: Actor, book: PlanBook, today: date, language: str) -> bytes:
    """The deliveries that are not done and have a deadline, as .ics: one all-day event each."""
    gate.allow(actor, Action.RISK_VIEW, book.study)
    coming = [each for each in book.deliveries(today) if each.deadline and not each.done]
    name = t(language, "plan.export_title", study=book.study.name)
    return calendar_file.calendar(name, [_day(book, each, language) for each in coming], datetime.now(UTC))


def _day(book: PlanBook, each: Delivery, language: str) -> Day:
    told = {
        "owner": each.owner,
        "phase": words.phase(language, each.phase),
        "source": words.source(language, book, each),
    }
    lines = [f"{t(language, f'plan.{key}')}: {value}" for key, value in told.items() if value]
    lines += [t(language, "ranking.constructed")] if each.constructed else []
    return Day(each.id, each.deadline or date.max, each.name, "\n".join([*lines, book.study.name]))


def _notes(book: PlanBook, today: date, language: str) -> list[str]:
    plan = book.deliveries(today)
    constructed = [f"{t(language, 'ranking.constructed')}. {t(language, 'plan.constructed_why')}"]
    return [
        *(constructed if book.constructed else []),
        words.headline(language, plan, today),
        *filter(None, [words.next_up(language, plan, today)]),
        words.basis(language, plan, today),
        t(language, "ranking.export_source", when=clock(language, datetime.now(UTC))),
    ]
