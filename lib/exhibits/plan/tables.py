"""The plan as a table: when and how each delivery stands in one column on the screen, days as days in files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lib.actions.bridge.plan import PlanBook
from lib.domain.plan.milestones import Delivery
from lib.exhibits.exhibit import FILES, SCREEN, Column, Table, dated, text
from lib.exhibits.plan import words
from lib.i18n import t

_PLACES = {
    **{"delivery": "", "deadline_and_standing": SCREEN, "standing": FILES, "deadline": FILES, "done_day": FILES},
    **{"owner": "", "phase": "", "source": "", "kind": FILES},
}
_DAYS = ("deadline", "done_day")


def deliveries(language: str, book: PlanBook, today: date) -> Table:
    """Overdue first; in files also what each is, and whether it is made up where any is."""
    columns = [_column(language, key) for key in _PLACES]
    columns += [text(t(language, "columns.constructed"), FILES)] if book.constructed else []
    rows = [_row(language, book, each, today) for each in book.deliveries(today)]
    return Table(tuple(columns), rows, t(language, "plan.table_alt"))


def _column(language: str, key: str) -> Column:
    heading = t(language, f"plan.{key}")
    return replace(dated(language, heading) if key in _DAYS else text(heading), place=_PLACES[key])


def _row(language: str, book: PlanBook, each: Delivery, today: date) -> tuple[str | date | None, ...]:
    return (
        each.name,
        words.when(language, each, today),
        words.delivery_status(language, each, today),
        *(each.deadline, each.done_on),
        each.owner,
        words.phase(language, each.phase),
        words.source(language, book, each),
        words.kind(language, each),
        t(language, "choices.yes") if each.constructed else None,
    )
