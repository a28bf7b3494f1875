"""The forms of the register: a new risk, one that is changed field by field, and the words beside each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lib.actions.risks import changes
from lib.actions.risks.register import RiskBook
from lib.domain.merging import Answers
from lib.domain.risks.register import STEPS
from lib.exhibits.risks import words as risk_words
from lib.model.records import Study
from lib.model.risk_records import Knowledge, Risk, RiskStatus
from lib.model.sheet_kinds import RISKS_SHEET
from lib.ui import session, state
from lib.ui.conflicts import save_or_ask
from lib.ui.session import t
from lib.ui.typed_table import moved_on

PAIRS = ("inherent_", "", "after_")
NEW = Risk(id="", factor="")


def new_risk(study: Study, book: RiskBook, area: str | None) -> None:
    """A blank form; the area that is looked at is chosen in it."""
    key = state.numbered(state.RISK_NEW, state.RISK_NEW)
    typed, asked = _form(key, book, NEW.model_copy(update={"area": area}), t("risk.add"), locked=False)
    if asked:
        with session.sayable():
            changes.add(session.visitor(), study, typed)
            state.count_on(state.RISK_NEW)
            session.start_anew(t("risk.added", factor=typed.factor.strip()))


def change_risk(study: Study, book: RiskBook, held: Risk) -> None:
    """A risk as it was when somebody began to type; what others have changed meanwhile is told, and stays."""
    counted = f"{state.RISK_FORM}.{held.id}"
    key = state.numbered(counted, counted)
    seen = (state.recall(f"{key}.seen", Risk) if f"{key}.factor" in st.session_state else None) or held
    state.keep(f"{key}.seen", seen)
    if seen != held:
        moved_on(counted)
    typed, asked = _form(key, book, seen, t("risk.save"), locked=held.status is RiskStatus.CLOSED)

    def save(answers: Answers) -> None:
        changes.save_risk(session.visitor(), study, typed, seen, answers)
        state.count_on(counted)
        session.start_anew(t("risk.saved"))

    save_or_ask(key, RISKS_SHEET, changes.names(book), asked, save)


def anew(risk: str) -> None:
    """The form of a risk is filled from what is stored the next time it is drawn."""
    state.count_on(f"{state.RISK_FORM}.{risk}")


def _form(key: str, book: RiskBook, shown: Risk, label: str, *, locked: bool) -> tuple[Risk, bool]:
    """What is typed, and whether the button is pressed. `locked`: the numbers of a closed risk stand."""
    fields: dict[str, Any] = {}
    with st.form(key):
        fields["factor"] = st.text_input(_needed("factor"), shown.factor, key=f"{key}.factor")
        fields["cause"] = st.text_area(t("columns.cause"), shown.cause or "", key=f"{key}.cause", height=80)
        with st.grid(2, min_column_width=220):
            fields |= _place(key, book, shown)
        fields |= _numbers(key, book, shown, locked)
        with st.grid(2, min_column_width=220):
            fields |= _about(key, shown)
        fields["source"] = st.text_input(t("columns.source"), shown.source or "", key=f"{key}.source")
        fields["constructed"] = st.checkbox(t("risk.constructed"), shown.constructed, key=f"{key}.constructed")
        asked = st.form_submit_button(label, type="primary")
    blank = {name: value or None for name, value in fields.items() if name not in ("factor", "constructed")}
    return Risk.model_validate(dict(shown) | fields | blank), asked


def _needed(column: str) -> str:
    return t("risk.needed", column=t(f"columns.{column}"))


def _place(key: str, book: RiskBook, shown: Risk) -> dict[str, Any]:
    areas = {"": t("risk.whole")} | changes.names(book)["area"]
    return {
        "area": _choice(t("columns.area"), areas, shown.area, f"{key}.area"),
        "measure": st.text_input(
            t("columns.measure"), shown.measure or "", key=f"{key}.measure", help=t("risk.measure_help")
        ),
    }


def _numbers(key: str, book: RiskBook, shown: Risk, locked: bool) -> dict[str, Any]:
    """S and K without anything done, now, and after; every step with its words."""
    words = risk_words.steps(session.language(), book)
    fields: dict[str, Any] = {}
    for when in ("", *(each for each in PAIRS if each)):
        with st.grid(2, min_column_width=220):
            for scale in ("probability", "consequence"):
                name = f"{when}{scale}"
                options = {0: t("risk.unrated_step")}
                options |= {step: f"{step} – {words[f'{scale}.{step}']}" for step in STEPS}
                label = t(f"risk_numbers.{name}")
                fields[name] = _choice(label, options, getattr(shown, name), f"{key}.{name}", disabled=locked)
    return fields


def _about(key: str, shown: Risk) -> dict[str, Any]:
    known = {"": "–"} | {each.value: t(f"choices.knowledge.{each}") for each in Knowledge}
    accepted = shown.status is RiskStatus.ACCEPTED
    typed = [each for each in RiskStatus if accepted or each is not RiskStatus.ACCEPTED]
    statuses = {each.value: t(f"choices.risk_status.{each}") for each in typed}
    return {
        "highest_by": st.text_input(t("columns.highest_by"), shown.highest_by or "", key=f"{key}.highest_by"),
        "knowledge": _choice(t("columns.knowledge"), known, shown.knowledge, f"{key}.knowledge"),
        "owner": st.text_input(t("columns.owner"), shown.owner or "", key=f"{key}.owner"),
        "status": _choice(t("columns.status"), statuses, shown.status, f"{key}.status"),
    }


def _choice(label: str, options: Mapping[Any, str], held: Any, key: str, disabled: bool = False) -> Any:
    listed = list(options)
    name: Callable[[Any], str] = options.__getitem__
    place = listed.index(held) if held in listed else 0
    return st.selectbox(label, listed, place, format_func=name, key=key, disabled=disabled)


def steps_table(book: RiskBook) -> None:
    """What each step means, for reading."""
    words = risk_words.steps(session.language(), book)
    for scale in ("probability", "consequence"):
        st.markdown(f"**{t(f'criteria.{scale}')} ({t(f'columns.{scale}')})**")
        st.markdown("\n".join(f"{step}. {session.escape(words[f'{scale}.{step}'])}" for step in STEPS))
