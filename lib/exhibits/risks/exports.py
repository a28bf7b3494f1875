"""The register as files: the sheets that can be uploaded again, and the booklet's own table, with the same marks."""

from __future__ import annotations

from lib.access import Action
from lib.actions import gate
from lib.actions.risks import register
from lib.actions.sheet_texts import texts
from lib.domain.methods import METHODS
from lib.exhibits.risks import tables as risk_tables
from lib.exhibits.risks import words
from lib.i18n import t
from lib.intake import template
from lib.model.access import Actor
from lib.model.records import Rows, Study
from lib.model.sheet_kinds import COUNTERMEASURES, RISKS
from lib.reports import tables


def register_workbook(actor: Actor, study: Study, language: str) -> bytes:
    """The sheets «Risiko» and «Mottiltak» as .xlsx, in the form of the template."""
    book = register.register(actor, study)
    rows = Rows(areas=book.areas, records=(*book.risks, *book.countermeasures))
    return template.sheets_of(rows, METHODS, (RISKS, COUNTERMEASURES), texts(language))


def booklet_workbook(actor: Actor, study: Study, language: str) -> bytes:
    """SAM13's table as .xlsx: risk factor, S, K, sum, countermeasure."""
    gate.allow(actor, Action.RISK_VIEW, study)
    book = register.register(actor, study)
    rows = risk_tables.ordered(book, book.risks)
    notes = [f"{t(language, 'ranking.constructed')}. {t(language, 'risk.constructed_why')}"] if book.constructed else []
    notes += [words.headline(language, book, book.risks), words.basis(language, book, book.risks)]
    frame = risk_tables.booklet(language, book, rows)
    return tables.workbook(t(language, "sheets.risks"), notes, frame)
