"""The forms of the plan: one new milestone, and the table in which all of them are changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lib.actions.bridge import plan
from lib.actions.bridge.plan import PlanBook
from lib.actions.plan import typing
from lib.actions.plan.typing import Line, written_day
from lib.domain.plan.milestones import PHASES
from lib.exhibits.plan import words
from lib.i18n import today
from lib.model.records import Study
from lib.model.risk_records import Milestone
from lib.ui import session, state
from lib.ui.plan import show
from lib.ui.session import t

_COLUMNS = ("name", "phase", "area", "owner", "deadline", "done_on", "constructed")


def new(study: Study, book: PlanBook) -> None:
    """The form for a milestone, for those who may add one."""
    if not show.may_edit(study):
        return
    st.subheader(t("plan.new"), anchor=False)
    key = state.numbered(state.PLAN_NEW, state.PLAN_NEW)
    with st.form(f"{key}.form"):
        name = st.text_input(t("plan.name"), key=f"{key}.name", help=t("plan.new_help"), max_chars=plan.TEXT_LIMIT)
        with st.grid(2, min_column_width=220):
            phase = st.selectbox(t("plan.phase"), PHASES, format_func=_phase, key=f"{key}.phase")
            areas = {"": t("plan.area_none")} | {area.id: f"{area.code} {area.name}" for area in book.areas}
            area = st.selectbox(t("plan.area"), list(areas), format_func=areas.__getitem__, key=f"{key}.area")
            owner = st.text_input(t("plan.owner"), key=f"{key}.owner", max_chars=plan.TEXT_LIMIT)
            deadline = st.text_input(t("plan.deadline"), key=f"{key}.deadline", placeholder="25.11.2026")
        asked = st.form_submit_button(t("plan.add"), type="primary")
    if asked:
        with session.sayable():
            day = typing.day(deadline)
            made = Milestone(id="", name=name, phase=phase, area=area or None, owner=owner, deadline=day)
            late = plan.add(session.visitor(), study, made, today())
            state.count_on(state.PLAN_NEW)
            _done(t("plan.added", name=name.strip()), late)


def _phase(phase: Any) -> str:
    return words.phase(session.language(), phase)


def _done(sentence: str, late: Sequence[Milestone]) -> None:
    warned = words.late_when_typed(session.language(), late)
    session.start_anew(f"{sentence} {warned}".strip(), done=not late)


@st.fragment
def table(study: Study) -> None:
    """All milestones to type in, for those who may; what others store meanwhile is taken in field by field."""
    actor = session.begin()
    if not show.may_edit(study):
        return
    book = plan.plan(actor, study)
    areas = {f"{area.code} {area.name}": area.id for area in book.areas}
    with st.expander(t("plan.edit"), key=f"{state.PLAN_TABLE}.open", on_change="ignore"):
        st.caption(t("plan.edit_help"))
        key = state.numbered(state.PLAN_TABLE, state.PLAN_TABLE)
        seen = _seen(key, book.milestones)
        lines = [_line(each, {area: name for name, area in areas.items()}) for each in seen]
        frame = pd.DataFrame(lines or [dict.fromkeys(("id", *_COLUMNS))], columns=["id", *_COLUMNS])
        edited = st.data_editor(
            frame, hide_index=True, column_config=_columns(list(areas)), column_order=list(_COLUMNS), key=key,
            width="stretch", height="content", num_rows="dynamic", placeholder="", alt=t("plan.edit_alt"),
        )  # fmt: skip
        if st.button(t("plan.save"), key=f"{key}.save"):
            with session.sayable():
                typed = typing.milestones(_typed(edited), areas, seen)
                late = plan.save_milestones(actor, study, typed, seen, today())
                state.count_on(state.PLAN_TABLE)
                _done(t("plan.saved"), late)


def _typed(edited: pd.DataFrame) -> list[Line]:
    return [{str(key): value for key, value in line.items()} for line in edited.to_dict("records")]


def _line(each: Milestone, areas: dict[str, str]) -> dict[str, object]:
    days = {"deadline": written_day(each.deadline), "done_on": written_day(each.done_on)}
    shown = {"area": areas.get(each.area or "", ""), "owner": each.owner or "", "phase": each.phase.value}
    return each.model_dump(include={"id", "name", "constructed"}) | days | shown


def _columns(areas: list[str]) -> dict[str, Any]:
    phases = {phase.value: words.phase(session.language(), phase) for phase in PHASES}
    texts = {key: st.column_config.TextColumn(t(f"columns.{key}")) for key in ("owner", "deadline", "done_on")}
    return texts | {
        "name": st.column_config.TextColumn(t("columns.milestone"), width="medium"),
        "phase": st.column_config.SelectboxColumn(
            t("columns.phase"), options=list(phases), format_func=lambda key: phases[str(key)], default=PHASES[0].value
        ),
        "area": st.column_config.SelectboxColumn(t("columns.area"), options=["", *areas]),
        "constructed": st.column_config.CheckboxColumn(t("columns.constructed"), default=False),
    }


def _seen(key: str, stored: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """What the table was made of; another's later change is taken in as long as nothing is typed."""
    known, edits = state.recall(f"{key}.seen", tuple), st.session_state.get(key)
    touched = isinstance(edits, dict) and any(edits.values())
    if known is None or (known != stored and not touched):
        state.keep(f"{key}.seen", stored)
        return stored
    return known
