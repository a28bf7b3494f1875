"""Comparisons of costs as files, with the same marks as on the screen."""

from __future__ import annotations

from datetime import UTC, datetime

from lib.access import Action
from lib.actions import gate
from lib.actions.costs.comparison import Comparison, Together
from lib.exhibits.costs import tables as cost_tables
from lib.exhibits.costs import words
from lib.i18n import clock, error, t
from lib.model.access import Actor
from lib.model.records import Study
from lib.reports import tables


def comparison_workbook(actor: Actor, study: Study, found: Comparison, language: str) -> bytes:
    """Every model for every municipality as .xlsx."""
    gate.allow(actor, Action.COSTS_VIEW, study)
    return tables.workbook(
        _title(study, language), comparison_notes(found, language), cost_tables.long_models(language, found)
    )


def comparison_text(actor: Actor, study: Study, found: Comparison, language: str) -> bytes:
    """The same as semicolon-separated text."""
    gate.allow(actor, Action.COSTS_VIEW, study)
    return tables.comma_separated(comparison_notes(found, language), cost_tables.long_models(language, found))


def together_workbook(actor: Actor, study: Study, found: Together, language: str) -> bytes:
    """All cooperations for every municipality as .xlsx."""
    gate.allow(actor, Action.COSTS_VIEW, study)
    return tables.workbook(
        _title(study, language), together_notes(found, language), cost_tables.long_together(language, found)
    )


def together_text(actor: Actor, study: Study, found: Together, language: str) -> bytes:
    """The same as semicolon-separated text."""
    gate.allow(actor, Action.COSTS_VIEW, study)
    return tables.comma_separated(together_notes(found, language), cost_tables.long_together(language, found))


def comparison_notes(found: Comparison, language: str) -> list[str]:
    """What must follow the table: that figures are made up or unconfirmed, the answer, what could not be computed."""
    failed = [
        t(
            language,
            "costs.model_left_out",
            model=words.model_name(language, each.model),
            why=error(language, each.error),
        )
        for each in found.models
        if each.error
    ]
    return [
        *_marks(found.case.constructed, words.marks(language, found.case.unconfirmed), language),
        words.headline(language, found),
        words.basis(language, found.case),
        *filter(None, [words.missing_today(language, found.case)]),
        *failed,
        _made(language),
    ]


def together_notes(found: Together, language: str) -> list[str]:
    """As `comparison_notes`."""
    return [
        *_marks(found.constructed, words.marks(language, found.unconfirmed), language),
        words.verdict(language, found),
        words.together_basis(language, found),
        *words.left_out(language, found.left_out),
        _made(language),
    ]


def _marks(constructed: bool, unconfirmed: str, language: str) -> list[str]:
    made_up = [f"{t(language, 'ranking.constructed')}. {t(language, 'costs.constructed_why')}"] if constructed else []
    return [*made_up, *filter(None, [unconfirmed])]


def _title(study: Study, language: str) -> str:
    return t(language, "costs.export_title", study=study.name)


def _made(language: str) -> str:
    return t(language, "ranking.export_source", when=clock(language, datetime.now(UTC)))
