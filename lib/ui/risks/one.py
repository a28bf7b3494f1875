"""One risk: what is known of it, its countermeasures, and what a role has accepted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import i18n
from lib.access import Action
from lib.actions import gate
from lib.actions.bridge import sending_on
from lib.actions.risks import changes, register
from lib.actions.risks.register import RiskBook
from lib.domain.merging import Answers
from lib.domain.risks.register import faults, residual
from lib.exhibits.risks import tables, words
from lib.exhibits.risks.exhibits import Seen
from lib.model.records import Study
from lib.model.risk_records import Countermeasure, Risk, RiskStatus
from lib.model.sheet_kinds import COUNTERMEASURES_SHEET
from lib.ui import data, inputs, session, show, state
from lib.ui.risks import forms
from lib.ui.session import escape, t
from lib.ui.typed_table import typed_table


def may_edit(study: Study) -> bool:
    return gate.may(session.visitor(), Action.RISK_EDIT, study)


def picker(found: Seen) -> str:
    """The id of the risk to look at, or "" for none."""
    names = {"": t("risk.pick_none")} | {row.risk.id: f"{row.number} {row.risk.factor}" for row in found.rows}
    return inputs.choice(t("risk.pick"), state.RISK, "risiko", names, "")


@st.fragment
def panel(study: Study, key: str) -> None:
    """All about one risk, which runs again by itself."""
    session.begin()
    book = data.ask(register.register, study)
    with session.or_stop():
        held = book.risk(key)
    st.subheader(escape(held.factor), anchor=False)
    _facts(book, held)
    with session.or_stop():
        show.origins(sending_on.origins(session.visitor(), study, key))
    if may_edit(study):
        _status(study, held)
        with st.expander(t("risk.change"), expanded=not book.of(key) and held.sum is None):
            forms.change_risk(study, book, held)
    _countermeasures(study, book, held)
    _acceptance(study, book, held)
    if may_edit(study) and st.button(t("risk.remove"), key=f"{state.RISK}.remove.{key}", type="tertiary"):
        with session.sayable():
            changes.remove(session.visitor(), study, held)
            state.keep(state.RISK, "")
            session.start_anew(t("risk.removed", factor=held.factor))


def _facts(book: RiskBook, held: Risk) -> None:
    """In one line where it stands now and goes, and why it must have a countermeasure; the rest as a list."""
    left = residual(held, book.countermeasures)
    numbers = [_numbers(held.inherent_probability, held.inherent_consequence)]
    numbers += [_numbers(held.probability, held.consequence), _numbers(left.probability, left.consequence)]
    for column, head, shown in zip(st.columns(3), ("inherent", "now", "after"), numbers, strict=True):
        column.metric(t(f"risk.metric_{head}"), shown)
    demand = words.why(session.language(), held, book.rules)
    st.markdown(escape(demand or t("risk.not_demanded")))
    told = [(key, getattr(held, key)) for key in ("cause", "measure", "highest_by", "owner", "source")]
    lines = [f"- **{t('columns.area')}:** {escape(book.area_name(held) or t('risk.whole'))}"]
    lines += [f"- **{t(f'columns.{key}')}:** {escape(value)}" for key, value in told if value]
    if held.knowledge:
        lines.append(f"- **{t('columns.knowledge')}:** {t(f'choices.knowledge.{held.knowledge}')}")
    lines.append(f"- **{t('columns.status')}:** {t(f'choices.risk_status.{held.status}')}")
    st.markdown("\n".join(lines))


def _numbers(s: int | None, k: int | None) -> str:
    return f"{s} × {k} = {s * k}" if s is not None and k is not None else "–"


def _status(study: Study, held: Risk) -> None:
    """Closing a risk, and opening it again, which comes before rating it anew."""
    closed = held.status is RiskStatus.CLOSED
    if closed:
        st.info(t("risk.is_closed"))
    label = t("risk.open_again" if closed else "risk.close")
    if st.button(label, key=f"{state.RISK}.status.{held.id}.{held.status}"):
        with session.sayable():
            wish = RiskStatus.OPEN if closed else RiskStatus.CLOSED
            changes.set_status(session.visitor(), study, held.id, wish)
            forms.anew(held.id)
            session.start_anew(t("risk.opened" if closed else "risk.closed"))


def _countermeasures(study: Study, book: RiskBook, held: Risk) -> None:
    """The table of what is done about the risk."""
    st.markdown(f"**{t('risk.countermeasures')}**")
    stored, may = book.of(held.id), may_edit(study)
    if not may and not stored:
        st.caption(t("risk.no_countermeasures"))
        return
    _late(stored)

    def save(typed: list[Countermeasure], seen: Sequence[Countermeasure], answers: Answers) -> None:
        changes.save_countermeasures(session.visitor(), study, held.id, typed, seen, answers)

    typed_table(
        COUNTERMEASURES_SHEET,
        f"{state.RISK_MEASURES}.{held.id}",
        stored,
        save,
        may=may,
        names=changes.names(book),
        fixed={"risk": held.id},
        titled=False,
    )


def _late(stored: tuple[Countermeasure, ...]) -> None:
    """Countermeasures whose deadline has passed without their being done."""
    late = [
        each.name for each in stored if any(f.code == "deadline_past" for f in faults(each, None, None, i18n.today()))
    ]
    if late:
        st.warning(escape(t("risk.late", names=i18n.listing(session.language(), [f"«{name}»" for name in late]))))


def _acceptance(study: Study, book: RiskBook, held: Risk) -> None:
    """Who has accepted the risk, what it was then, and what is otherwise now."""
    said, may = book.acceptances.get(held.id), gate.may(session.visitor(), Action.RISK_ACCEPT, study)
    st.markdown(f"**{t('risk.acceptance')}**")
    if said is None:
        st.caption(t("risk.accepted_unnamed" if held.status is RiskStatus.ACCEPTED else "risk.not_accepted"))
        if may and held.status is not RiskStatus.CLOSED:
            with st.expander(t("risk.accept")):
                _accept(study, book, held)
        return
    st.markdown(escape(words.accepted(session.language(), said)))
    if changed := tables.differences(session.language(), book, said, held):
        st.warning(t("risk.differs"))
        lines = [map(escape, each) for each in changed]
        st.markdown("\n".join(f"- {_differs(*line)}" for line in lines))
    with st.expander(t("risk.frozen")):
        show.reading_table(tables.frozen(session.language(), book, said), t("risk.frozen_alt"))
    if may and st.button(t("risk.withdraw"), key=f"{state.RISK_ACCEPT}.withdraw.{held.id}"):
        with session.sayable():
            changes.withdraw(session.visitor(), study, held.id)
            forms.anew(held.id)
            session.start_anew(t("risk.withdrawn"))


def _differs(field: str, then: str, now: str) -> str:
    return t("risk.differs_line", field=field, then=then, now=now)


def _accept(study: Study, book: RiskBook, held: Risk) -> None:
    counted = f"{state.RISK_ACCEPT}.{held.id}"
    key = state.numbered(counted, counted)
    st.markdown(t("risk.accept_lead"))
    with st.form(key):
        role = st.text_input(t("risk.role"), key=f"{key}.role", help=t("risk.role_help"))
        reason = st.text_area(t("risk.reason"), key=f"{key}.reason")
        asked = st.form_submit_button(t("risk.accept"))
    if asked:
        with session.sayable():
            changes.accept(session.visitor(), study, held, book.of(held.id), role, reason)
            state.count_on(counted)
            forms.anew(held.id)
            session.start_anew(t("risk.accept_done"))
