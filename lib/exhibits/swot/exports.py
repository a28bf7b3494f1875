"""What recurs across functions as files, with the same marks as on the screen."""

from __future__ import annotations

from datetime import UTC, datetime

from lib.access import Action
from lib.actions import gate
from lib.actions.swot import statements
from lib.actions.swot import themes as swot_themes
from lib.domain.swot.recurrence import Theme
from lib.exhibits.swot import words
from lib.i18n import clock, t
from lib.model.access import Actor
from lib.model.records import Study
from lib.model.swot_records import SwotBook
from lib.reports import tables


def matrix_workbook(actor: Actor, study: Study, language: str) -> bytes:
    """Themes against functions as .xlsx."""
    known, themes = _read(actor, study)
    title = t(language, "swot.export_title", study=study.name)
    return tables.workbook(title, _notes(language, known, themes), words.matrix(language, known, themes))


def statements_text(actor: Actor, study: Study, language: str) -> bytes:
    """Every statement with its theme and origin as semicolon-separated text."""
    known, themes = _read(actor, study)
    held = {item.id: theme.name for theme in themes for item in theme.items}
    suggested = frozenset(id for theme in themes for id in theme.suggested)
    frame = words.statements(language, known, known.items, held, suggested)
    return tables.comma_separated(_notes(language, known, themes), frame)


def _read(actor: Actor, study: Study) -> tuple[SwotBook, list[Theme]]:
    gate.allow(actor, Action.SWOT_VIEW, study)
    return statements.book(actor, study), swot_themes.recurring(actor, study)


def _notes(language: str, known: SwotBook, themes: list[Theme]) -> list[str]:
    """What must follow the table: that rows are made up, the answer, what it stands on, and what the letters mean."""
    made_up = [f"{t(language, 'ranking.constructed')}. {t(language, 'swot.constructed_why')}"]
    return [
        *(made_up if known.constructed else []),
        words.headline(language, known, themes),
        words.basis(language, known, themes),
        words.letters(language),
        t(language, "ranking.export_source", when=clock(language, datetime.now(UTC))),
    ]
