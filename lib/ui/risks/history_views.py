"""How the risks have moved, as the page takes it: gate and revision every run, words and pictures once a revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.risks import history
from lib.actions.risks.history import History, Snapshot
from lib.charts.look import Spec
from lib.charts.risks import frames
from lib.charts.risks.frames import Moment, history_frame
from lib.charts.risks.history import HistoryTexts
from lib.charts.risks.history import risk_history as lines_spec
from lib.domain.risks.register import forced_cells
from lib.exhibits import pictures
from lib.exhibits.risks import history_words
from lib.i18n import DECIMAL_MARK, day, t, today
from lib.model.access import Actor
from lib.model.methods import Rule
from lib.model.records import Revision, Study
from lib.ui import session
from lib.ui.data import revision_now

_DAY = {"nb": "%d.%m.%y", "en": "%d/%m/%y"}


@dataclass(frozen=True, slots=True)
class Line:
    """The counts day by day with all that is said and drawn of them; nothing said where nothing was ever stored."""

    found: History
    headline: str = ""
    basis: str = ""
    rows: pa.Table | None = None
    spec: Spec | None = None
    alt: str = ""
    table: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture at the end of a day; no rows where there was no list of risks yet."""

    day: str
    rows: pa.Table | None
    spec: Spec
    alt: str


@dataclass(frozen=True, slots=True)
class Pair:
    then: Matrix
    now: Matrix
    table: pa.Table


def line(study: Study) -> Line:
    """The counts of each day."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RISK_VIEW, study)
        return _line(
            study_id=study.id,
            revision=revision_now(actor, study),
            today=today(),
            language=session.language(),
            _actor=actor,
            _study=study,
        )


def pair(study: Study, then: date, now: date, rules: tuple[Rule, ...]) -> Pair:
    """Two days side by side, both held against these rules."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RISK_VIEW, study)
        return _pair(
            study_id=study.id,
            revision=revision_now(actor, study),
            days=(then, now),
            language=session.language(),
            _actor=actor,
            _study=study,
            _rules=rules,
        )


@st.cache_resource(max_entries=256, show_spinner=False)
def _line(study_id: str, revision: Revision, today: date, language: str, _actor: Actor, _study: Study) -> Line:
    """Shared by all sessions without a copy, since nobody writes in it."""
    found = history.history(_actor, _study)
    if not found.points:
        return Line(found)
    names = (t(language, "history.forced"), t(language, "history.uncovered"))
    moments = [Moment(_noon(when), day(language, when), count.forced, count.uncovered) for when, count in found.points]
    heads = [*(t(language, f"history.{key}") for key in ("risks", "when", "line")), _DAY[language]]
    texts = HistoryTexts(*heads)
    most = max(count.forced for _, count in found.points)
    return Line(
        found,
        history_words.headline(language, found),
        history_words.basis(language, found),
        _sent(history_frame(moments, _noon(today), names)),
        lines_spec(texts, DECIMAL_MARK[language], most),
        history_words.line_alt(language, found),
        _sent(history_words.table(language, found)),
    )


def _noon(when: date) -> datetime:
    """So that an axis in UTC shows the day itself."""
    return datetime.combine(when, time(12), UTC)


@st.cache_resource(max_entries=256, show_spinner=False)
def _pair(
    study_id: str,
    revision: Revision,
    days: tuple[date, date],
    language: str,
    _actor: Actor,
    _study: Study,
    _rules: tuple[Rule, ...],
) -> Pair:
    then, now = (history.snapshot(_actor, _study, each) for each in days)
    numbers = history_words.numbered(then, now)
    one, other = (_matrix(language, each, when, numbers, _rules) for each, when in zip((then, now), days, strict=True))
    return Pair(one, other, _sent(history_words.pair(language, then, now)))


def _matrix(
    language: str, snapshot: Snapshot | None, when: date, numbers: dict[str, int], rules: tuple[Rule, ...]
) -> Matrix:
    spec = pictures.risk_spec(language)
    if snapshot is None:
        return Matrix(day(language, when), None, spec, "")
    heads = (t(language, "columns.probability"), t(language, "columns.consequence"))
    demand = {True: t(language, "risk.cell_forced"), False: t(language, "risk.cell_free")}
    frame = frames.matrix_frame(history_words.drawn(snapshot, numbers), forced_cells(rules), heads, demand)
    return Matrix(day(language, when), _sent(frame), spec, history_words.matrix_alt(language, snapshot, numbers))


def _sent(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)
