"""The plan as files, with the same gate and marks as on the screen: a table, and days for a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd

from lib.access import Action
from lib.actions import gate, plan_wording
from lib.actions.plans import PlanBook
from lib.domain.milestones import Delivery
from lib.i18n import clock, t
from lib.model.access import Actor
from lib.reports import calendar_file, tables
from lib.reports.calendar_file import Day


def workbook(actor: Actor, book: PlanBook, today: date, language: str) -> bytes:
    """The plan with its countermeasures as .xlsx, its days as dates."""
    gate.allow(actor, Action.RISK_VIEW, book.study)
    title = t(language, "plan.export_title", study=book.study.name)
    return tables.workbook(title, _notes(book, today, language), _rows(book, today, language))


def text(actor: Actor, book: PlanBook, today: date, language: str) -> bytes:
    """The same as semicolon-separated text."""
    gate.allow(actor, Action.RISK_VIEW, book.study)
    return tables.comma_separated(_notes(book, today, language), _rows(book, today, language))


def calendar(actor: Actor, book: PlanBook, today: date, language: str) -> bytes:
    """The deliveries that are not done and have a deadline, as .ics: one all-day event each."""
    gate.allow(actor, Action.RISK_VIEW, book.study)
    coming = [each for each in book.deliveries(today) if each.deadline and not each.done]
    name = t(language, "plan.export_title", study=book.study.name)
    return calendar_file.calendar(name, [_day(book, each, language) for each in coming], datetime.now(UTC))


def _day(book: PlanBook, each: Delivery, language: str) -> Day:
    told = {
        "owner": each.owner,
        "phase": plan_wording.phase(language, each.phase),
        "source": plan_wording.source(language, book, each),
    }
    lines = [f"{t(language, f'plan.{key}')}: {value}" for key, value in told.items() if value]
    lines += [t(language, "ranking.constructed")] if each.constructed else []
    return Day(each.id, each.deadline or date.max, each.name, "\n".join([*lines, book.study.name]))


def _notes(book: PlanBook, today: date, language: str) -> list[str]:
    plan = book.deliveries(today)
    constructed = [f"{t(language, 'ranking.constructed')}. {t(language, 'plan.constructed_why')}"]
    return [
        *(constructed if book.constructed else []),
        plan_wording.headline(language, plan, today),
        *filter(None, [plan_wording.next_up(language, plan, today)]),
        plan_wording.basis(language, plan, today),
        t(language, "ranking.export_source", when=clock(language, datetime.now(UTC))),
    ]


def _rows(book: PlanBook, today: date, language: str) -> pd.DataFrame:
    """As `plan_wording.table`, with dates as dates, and what each row is and whether it is made up."""
    plan, shown = book.deliveries(today), plan_wording.table(language, book, today)
    shown[t(language, "plan.deadline")] = pd.Series([each.deadline for each in plan], dtype=object)
    shown[t(language, "plan.done_day")] = pd.Series([each.done_on for each in plan], dtype=object)
    shown[t(language, "plan.kind")] = [plan_wording.kind(language, each) for each in plan]
    if book.constructed:
        shown[t(language, "columns.constructed")] = [
            t(language, "choices.yes") if each.constructed else "" for each in plan
        ]
    return shown
