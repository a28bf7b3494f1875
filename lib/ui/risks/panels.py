"""The parts of «Risiko» in their order, and the rules and steps that a study may set for itself."""

from __future__ import annotations

import streamlit as st

from lib.actions.risks import changes, register
from lib.actions.risks.register import RiskBook
from lib.domain.merging import Answers
from lib.domain.risks.register import METHOD, STEPS, limits_of, rules_from
from lib.exhibits.exhibit import address_of
from lib.exhibits.limits import limits
from lib.exhibits.risks import words
from lib.exhibits.risks.exhibits import ALL, AREA, RULE
from lib.model.methods import Rule
from lib.model.records import Study
from lib.model.sheet_kinds import STEP_WORDS
from lib.ui import data, session, state
from lib.ui.conflicts import save_or_ask
from lib.ui.risks import forms, one, show
from lib.ui.session import escape, t

LIMITS = {"score": range(2, 26), "sum": range(3, 11), "consequence": range(2, 6), "probability": range(2, 6)}


def parts(study: Study) -> None:
    """The answer, the matrix with other rules beside, the table, and one risk at a time."""
    book = data.ask(register.register, study)
    area = ALL
    if book.risks:
        top = st.container()
        with st.grid(2, min_column_width=260):
            area, rule = show.area_picker(book), show.rule_picker(book)
        address = address_of({AREA: area, RULE: rule})
        found = data.exhibit("risks.register", study, address)
        with top:
            show.answer(study, found)
        show.matrix(found, f"{state.RISK_MATRIX}.{area}.{rule}")
        show.tables(study, found, data.exhibit("risks.alternatives", study, address))
        if key := one.picker(found.found):
            one.panel(study, key)
    else:
        st.info(t("risk.empty"))
    _more(study, book, area)


def _more(study: Study, book: RiskBook, area: str) -> None:
    """A new risk, and what the rules and steps are."""
    if one.may_edit(study):
        place = next((each.id for each in book.areas if each.code == area), None)
        with st.expander(t("risk.new"), expanded=not book.risks):
            forms.new_risk(study, book, place)
    elif not book.risks:
        st.caption(t("risk.read_only"))
    with st.expander(t("risk.policy")):
        _policy(study, book)
    with st.expander(t("risk.steps")):
        forms.steps_table(book)
        st.caption(t("risk.steps_source", **limits(session.language())))
        if one.may_edit(study):
            _steps(study, book)


def _policy(study: Study, book: RiskBook) -> None:
    """Which rule holds and why; who may edit sets another."""
    own = book.policy is not None and bool(book.policy.rules)
    st.markdown(escape(t("risk.policy_now", rule=words.rule_set(session.language(), book.rules))))
    if own and book.policy:
        st.markdown(escape(t("risk.policy_reason", reason=book.policy.reason)))
    st.caption(t("risk.policy_source", **limits(session.language())))
    if not one.may_edit(study):
        return
    held, key = limits_of(book.rules), state.numbered(state.RISK_POLICY, state.RISK_POLICY)
    chosen: dict[str, int] = {}
    with st.form(key):
        with st.grid(2, min_column_width=220):
            for kind, steps in LIMITS.items():
                options = [0, *steps]
                chosen[kind] = st.selectbox(
                    t(f"risk_limits.{kind}"),
                    options,
                    options.index(held.get(kind, 0)),
                    format_func=lambda step: str(step) if step else t("risk.no_limit"),
                    key=f"{key}.{kind}",
                )
        reason = st.text_area(t("risk.reason"), book.policy.reason if book.policy else "", key=f"{key}.reason")
        asked = st.form_submit_button(t("risk.save_policy"))
    if asked:
        _set_policy(study, rules_from(chosen), reason)
    if own and st.button(t("risk.policy_back"), key=f"{key}.back"):
        _set_policy(study, METHOD.rules, "")


def _set_policy(study: Study, rules: tuple[Rule, ...], reason: str) -> None:
    with session.sayable():
        changes.set_policy(session.visitor(), study, rules, reason)
        state.count_on(state.RISK_POLICY)
        session.start_anew(t("risk.policy_saved"))


def _steps(study: Study, book: RiskBook) -> None:
    """The study's own words; what is left as the product has it stays the product's."""
    key = state.numbered(state.RISK_STEPS, state.RISK_STEPS)
    seen = state.recall(f"{key}.seen", dict) or book.steps
    state.keep(f"{key}.seen", seen)
    default = words.default_steps(session.language())
    typed: dict[str, str] = {}
    called: dict[str, str] = {}
    with st.form(key):
        for scale in METHOD.criteria:
            for step in STEPS:
                name = f"{scale.key}.{step}"
                called[name] = f"{t(f'columns.{scale.key}')} {step}"
                held, hint = seen.get(name, ""), default[name]
                typed[name] = st.text_input(called[name], held, key=f"{key}.{name}", placeholder=hint)
        asked = st.form_submit_button(t("risk.save_steps"))

    def save(answers: Answers) -> None:
        changes.set_steps(session.visitor(), study, typed, seen, answers)
        state.count_on(state.RISK_STEPS)
        session.start_anew(t("risk.steps_saved"))

    save_or_ask(key, STEP_WORDS, {"step": called}, asked, save)
