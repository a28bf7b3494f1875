"""Risks as pages take them: gate and revision every run, pictures and words once per revision, choice and language."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.risks import register
from lib.actions.risks.register import Readiness, RiskBook
from lib.charts.look import Spec
from lib.charts.risks import frames
from lib.domain.risks.register import forced_cells
from lib.exhibits import pictures
from lib.exhibits.risks import tables, words
from lib.exhibits.risks.tables import Numbered
from lib.i18n import t
from lib.model.access import Actor
from lib.model.records import Revision, Study
from lib.model.risk_records import Risk
from lib.ui import session
from lib.ui.data import revision_now

ALL, WHOLE = "", "helheten"


@dataclass(frozen=True, slots=True)
class Seen:
    """The register, or an area's part of it, with everything the page says and draws of it in one language."""

    book: RiskBook
    about: tuple[Risk, ...]
    rows: tuple[Numbered, ...]
    found: Readiness
    headline: str
    basis: str
    readiness: str
    gravest: str
    table: pa.Table
    alternatives: pa.Table
    matrix: pa.Table
    spec: Spec
    alt: str
    rule: str


def book(study: Study) -> RiskBook:
    """The whole register."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RISK_VIEW, study)
        return _book(study_id=study.id, revision=revision_now(actor, study), _actor=actor, _study=study)


def seen(study: Study, area: str, rule: str) -> Seen:
    """The risks of an area by its code, of the whole, or all; drawn by a rule of `rule_sets`."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RISK_VIEW, study)
        return _seen(
            study_id=study.id,
            revision=revision_now(actor, study),
            area=area,
            rule=rule,
            language=session.language(),
            _actor=actor,
            _study=study,
        )


def about(book: RiskBook, area: str) -> tuple[Risk, ...]:
    """The risks of an area by its code, those to the whole, or all."""
    if area == ALL:
        return book.risks
    held = next((each.id for each in book.areas if each.code == area), None)
    return tuple(risk for risk in book.risks if risk.area == held)


@st.cache_resource(max_entries=64, show_spinner=False)
def _book(study_id: str, revision: Revision, _actor: Actor, _study: Study) -> RiskBook:
    """Shared by all sessions without a copy, since nobody writes in it."""
    return register.register(_actor, _study)


@st.cache_resource(max_entries=256, show_spinner=False)
def _seen(study_id: str, revision: Revision, area: str, rule: str, language: str, _actor: Actor, _study: Study) -> Seen:
    known = _book(study_id=study_id, revision=revision, _actor=_actor, _study=_study)
    chosen = about(known, area)
    rows = tables.ordered(known, chosen)
    place = next((each.id for each in known.areas if each.code == area), None)
    found = register.readiness_in(known, place)
    sets = tables.rule_sets(known)
    drawn = sets.get(rule, known.rules)
    heads = (t(language, "columns.probability"), t(language, "columns.consequence"))
    demand = {True: t(language, "risk.cell_forced"), False: t(language, "risk.cell_free")}
    frame = frames.matrix_frame(tables.moved(known, rows), forced_cells(drawn), heads, demand)
    return Seen(
        known,
        chosen,
        tuple(rows),
        found,
        words.headline(language, known, chosen),
        words.basis(language, known, chosen),
        words.readiness(language, found),
        words.gravest(language, drawn),
        _sent(tables.register(language, known, rows)),
        _sent(tables.alternatives(language, known, chosen)),
        _sent(frame),
        pictures.risk_spec(language),
        words.matrix_alt(language, known, chosen, drawn),
        words.rule_set(language, drawn),
    )


def _sent(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)
