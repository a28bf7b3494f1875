"""The forms of the plan: one new milestone, and the table in which all of them are changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.actions.bridge import plan
from lib.actions.bridge.plan import PlanBook
from lib.actions.saving import read
from lib.domain.merging import Answers
from lib.domain.plan.milestones import PHASES
from lib.exhibits.plan import words
from lib.i18n import today
from lib.model.records import Study
from lib.model.risk_records import Milestone
from lib.model.sheet_kinds import MILESTONES_SHEET
from lib.ui import session, state
from lib.ui.plan import show
from lib.ui.session import t
from lib.ui.typed_table import typed_table

_COLUMN = MILESTONES_SHEET.column


def new(study: Study, book: PlanBook) -> None:
    """The form for a milestone, for those who may add one."""
    if not show.may_edit(study):
        return
    st.subheader(t("plan.new"), anchor=False)
    key, longest = state.numbered(state.PLAN_NEW, state.PLAN_NEW), _COLUMN("name").max_length
    with st.form(f"{key}.form"):
        name = st.text_input(t("plan.name"), key=f"{key}.name", help=t("plan.new_help"), max_chars=longest)
        with st.grid(2, min_column_width=220):
            phase = st.selectbox(t("plan.phase"), PHASES, format_func=_phase, key=f"{key}.phase")
            areas = {"": t("plan.area_none")} | plan.names(book)["area"]
            area = st.selectbox(t("plan.area"), list(areas), format_func=areas.__getitem__, key=f"{key}.area")
            owner = st.text_input(t("plan.owner"), key=f"{key}.owner", max_chars=_COLUMN("owner").max_length)
            deadline = st.text_input(t("plan.deadline"), key=f"{key}.deadline", placeholder="25.11.2026")
        asked = st.form_submit_button(t("plan.add"), type="primary")
    if asked:
        with session.sayable():
            day = read(_COLUMN("deadline"), deadline)
            made = Milestone(id="", name=name, phase=phase, area=area or None, owner=owner, deadline=day)
            warned = words.late_when_typed(session.language(), plan.add(session.visitor(), study, made, today()))
            state.count_on(state.PLAN_NEW)
            session.start_anew(f"{t('plan.added', name=name.strip())} {warned}".strip(), done=not warned)


def _phase(phase: Any) -> str:
    return words.phase(session.language(), phase)


@st.fragment
def table(study: Study) -> None:
    """All milestones to type in, for those who may; what others store meanwhile is taken in field by field."""
    actor = session.begin()
    if not show.may_edit(study):
        return
    book = plan.plan(actor, study)

    def save(typed: list[Milestone], seen: Sequence[Milestone], answers: Answers) -> str:
        late = plan.save_milestones(actor, study, typed, seen, today(), answers)
        return words.late_when_typed(session.language(), late)

    with st.expander(t("typed.milestones.title"), key=f"{state.PLAN_TABLE}.open", on_change="ignore"):
        typed_table(
            MILESTONES_SHEET,
            state.PLAN_TABLE,
            book.milestones,
            save,
            may=True,
            names=plan.names(book),
            fixed={},
            titled=False,
        )
