"""«Alle funn»: the answer of every exhibit that a study has something to say by, and all of them in one workbook."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from lib.access import Action
from lib.actions import gate
from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Declared, Exhibit
from lib.i18n import t
from lib.model.access import Actor
from lib.model.problems import AppError
from lib.model.records import Study
from lib.reports import tables
from lib.reports.tables import NAME_LIMIT, Sheet

SLUG = "alle-funn"
_HEADS = ("number", "finding", "basis", "marks")


class Found(NamedTuple):
    """An exhibit with what declares it, and so where it is opened."""

    declared: Declared
    exhibit: Exhibit


def findings(actor: Actor, study: Study, language: str) -> list[Found]:
    """In the order of the catalogue; what the actor may not see, or what cannot be computed, is left out."""
    gate.allow(actor, Action.FINDINGS_VIEW, study)
    found = []
    for declared in EXHIBITS.values():
        if gate.may(actor, declared.build.action, study):
            found += _built(declared, actor, study, language)
    return found


def _built(declared: Declared, actor: Actor, study: Study, language: str) -> list[Found]:
    found = []
    for address in declared.instances(study):
        try:
            found.append(Found(declared, declared.build(actor, study, address, language)))
        except AppError:
            continue
    return found


def workbook(actor: Actor, study: Study, language: str) -> bytes:
    """A sheet with every finding, numbered, and a sheet for each exhibit under its number."""
    gate.allow(actor, Action.RESULTS_EXPORT, study)
    found = [each for each in findings(actor, study, language) if gate.may(actor, each.declared.export, study)]
    named = [f"{n} {t(language, f'exhibits.{each.exhibit.key}')}"[:NAME_LIMIT] for n, each in enumerate(found, 1)]
    sheets = [
        Sheet(files.title(exhibit, study, language), files.notes(exhibit, language), exhibit.table.frame, name)
        for (_, exhibit), name in zip(found, named, strict=True)
    ]
    rows = [
        (name, exhibit.finding, exhibit.basis, " ".join(files.marked(language, mark) for mark in exhibit.marks))
        for (_, exhibit), name in zip(found, named, strict=True)
    ]
    front = pd.DataFrame(rows, columns=[t(language, f"findings.{head}") for head in _HEADS])
    title = f"{t(language, 'findings.title')}, {study.name}"
    return tables.workbook(Sheet(title, [files.made(language)], front, t(language, "findings.title")), *sheets)
