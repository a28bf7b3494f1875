"""The plan as its page takes it: gate and revision every run, words and pictures once a revision, day and language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.bridge import plan as bridge_plan
from lib.actions.bridge.plan import PlanBook
from lib.charts.frames import title_lines
from lib.charts.look import Spec
from lib.charts.plan.frames import Bar, timeline_frame
from lib.charts.plan.timeline import TimelineTexts, timeline
from lib.domain.plan.milestones import PHASES, Delivery
from lib.exhibits.plan import words
from lib.i18n import DECIMAL_MARK, t, today
from lib.model.access import Actor
from lib.model.records import Revision, Study
from lib.ui import session
from lib.ui.data import revision_now

_MONTH = {"nb": "%m.%Y", "en": "%m/%Y"}


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with everything the page says and draws of it, in one language; no spec where there is nothing to draw."""

    book: PlanBook
    today: date
    deliveries: tuple[Delivery, ...]
    headline: str
    next: str
    basis: str
    timeline: pa.Table
    spec: Spec | None
    alt: str
    table: pa.Table


def plan(study: Study) -> Plan:
    """The plan as it stands today."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RISK_VIEW, study)
        return _plan(
            study_id=study.id,
            revision=revision_now(actor, study),
            today=today(),
            language=session.language(),
            _actor=actor,
            _study=study,
        )


@st.cache_resource(max_entries=256, show_spinner=False)
def _plan(study_id: str, revision: Revision, today: date, language: str, _actor: Actor, _study: Study) -> Plan:
    """Shared by all sessions without a copy, since nobody writes in it."""
    book = bridge_plan.plan(_actor, _study)
    found = book.deliveries(today)
    phases = [(phase.value, words.phase(language, phase)) for phase in PHASES]
    frame = timeline_frame([_bar(language, each, today) for each in found], phases, today)
    return Plan(
        book,
        today,
        tuple(found),
        words.headline(language, found, today),
        words.next_up(language, found, today),
        words.basis(language, found, today),
        pa.Table.from_pandas(frame, preserve_index=False),
        timeline(_texts(language), DECIMAL_MARK[language], title_lines(frame)) if frame["day"].notna().any() else None,
        words.alt(language, found, today),
        pa.Table.from_pandas(words.table(language, book, today), preserve_index=False),
    )


def _bar(language: str, each: Delivery, today: date) -> Bar:
    shown, said = words.deadline(language, each), words.said(language, each, today, short=True)
    return Bar(each.id, each.name, each.phase, each.day, shown, each.standing(today), said, each.owner or "")


def _texts(language: str) -> TimelineTexts:
    heads = [t(language, f"plan.{key}") for key in ("delivery", "deadline", "standing", "owner", "phase")]
    return TimelineTexts(t(language, "plan.timeline_key"), t(language, "plan.now"), _MONTH[language], *heads)
