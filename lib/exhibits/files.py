"""An exhibit as a file: the same figures and the same marks as on the screen, in every format and of every subject."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from lib.actions import gate
from lib.exhibits.exhibit import Address, Declared, Exhibit, Mark, MarkKind
from lib.i18n import clock, t
from lib.model.access import Actor
from lib.model.problems import NotFound
from lib.model.records import Study
from lib.reports import tables

TABLES: dict[str, Callable[[str, list[str], Exhibit], bytes]] = {
    "xlsx": lambda title, notes, found: tables.workbook(tables.Sheet(title, notes, found.table.frame)),
    "csv": lambda title, notes, found: tables.comma_separated(notes, found.table.frame),
}


def endings(declared: Declared) -> tuple[str, ...]:
    """The formats that an exhibit can be taken away in."""
    return (*TABLES, *declared.files)


def name_of(slug: str, study: Study, ending: str) -> str:
    """«rekkefolge-indre-namdal.xlsx»."""
    return f"{slug}-{study.slug}.{ending}"


def content(declared: Declared, actor: Actor, study: Study, address: Address, language: str, ending: str) -> bytes:
    """The file. Denied for who may see but not take away, NotFound for a format that there is none of."""
    gate.allow(actor, declared.export, study)
    if ending in declared.files:
        return declared.files[ending](actor, study, address, language)
    if ending not in TABLES:
        raise NotFound
    found = declared.build(actor, study, address, language)
    return TABLES[ending](title(found, study, language), notes(found, language), found)


def title(found: Exhibit, study: Study, language: str) -> str:
    return f"{t(language, f'exhibits.{found.key}')}, {study.name}"


def notes(found: Exhibit, language: str) -> list[str]:
    """What must follow the table: the marks, the answer, what it rests on, reservations, and when it was made."""
    said = [*(marked(language, mark) for mark in found.marks), found.finding, found.basis, *found.notes, made(language)]
    return list(dict.fromkeys(filter(None, said)))


def made(language: str) -> str:
    """By what, and when."""
    return t(language, "exhibits.source", when=clock(language, datetime.now(UTC)))


def marked(language: str, mark: Mark) -> str:
    """«Konstruerte eksempeltall. …», or why a figure is unconfirmed or hidden."""
    return f"{t(language, 'ranking.constructed')}. {mark.why}" if mark.kind is MarkKind.CONSTRUCTED else mark.why
