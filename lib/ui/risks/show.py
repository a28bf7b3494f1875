"""How the register is shown: the answer, the matrix with its cells, other rules beside, the table, the downloads."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.risks import changes
from lib.actions.risks.register import Readiness, RiskBook
from lib.charts.risks.matrix import CELL
from lib.domain.risks.register import STEPS, active_countermeasures
from lib.exhibits.exhibit import Exhibit
from lib.exhibits.risks import tables as risk_tables
from lib.exhibits.risks import words
from lib.exhibits.risks.exhibits import ALL, AREA, RULE, WHOLE, Seen
from lib.exhibits.risks.tables import Numbered
from lib.model.records import Study
from lib.ui import data, inputs, session, show, state
from lib.ui.session import escape, t

NO_CELL = ""
WIDTHS = {"number": 50, "factor": 290, "probability": 45, "consequence": 45, "sum": 60, "demand": 135, "after": 90}


def area_picker(book: RiskBook) -> str:
    """Whose risks are looked at: an area's code, the whole, or all."""
    if not book.areas:
        return ALL
    counts = {area.code: sum(risk.area == area.id for risk in book.risks) for area in book.areas}
    names = {ALL: t("risk.all"), WHOLE: t("risk.only_whole")}
    names |= {
        area.code: t("risk.area_count", area=f"{area.code} {area.name}", n=counts[area.code]) for area in book.areas
    }
    return inputs.choice(t("risk.area"), state.RISK_AREA, AREA, names, ALL)


def answer(study: Study, found: Exhibit) -> None:
    """The answer in large type, what it stands on, and whether a case may go on."""
    show.answer(found)
    if found.found.readiness:
        _readiness(study, found.found.place, found.found.readiness, found.notes[0])


def _readiness(study: Study, place: str | None, found: Readiness, said: str) -> None:
    """Who may let a case go on all the same does so here, with a reason."""
    (st.success if found.ready else st.warning)(escape(said))
    if not gate.may(session.visitor(), Action.RISK_ACCEPT, study):
        return
    if found.override and st.button(t("risk.withdraw_override"), key=state.RISK_WITHDRAW_OVERRIDE):
        with session.sayable():
            changes.withdraw_override(session.visitor(), study, place)
            session.start_anew(t("risk.override_withdrawn"))
    if not found.ready:
        with st.expander(t("risk.override")):
            _override(study, place)


def _override(study: Study, place: str | None) -> None:
    st.markdown(t("risk.override_lead"))
    key = state.numbered(state.RISK_OVERRIDE, state.RISK_OVERRIDE)
    with st.form(key):
        role = st.text_input(t("risk.role"), key=f"{key}.role", help=t("risk.role_help"))
        reason = st.text_area(t("risk.reason"), key=f"{key}.reason")
        asked = st.form_submit_button(t("risk.override_do"))
    if asked:
        with session.sayable():
            changes.override(session.visitor(), study, place, role, reason)
            state.count_on(state.RISK_OVERRIDE)
            session.start_anew(t("risk.override_done"))


def rule_picker(book: RiskBook) -> str:
    """By which rule the matrix is drawn; the study's own first."""
    sets = risk_tables.rule_sets(book)
    names = {key: risk_tables.rule_name(session.language(), key, rules) for key, rules in sets.items()}
    return inputs.choice(t("risk.rule_shown"), state.RISK_RULE, RULE, names, "")


def matrix(found: Exhibit, key: str) -> None:
    """The matrix, and the risks of the cell that is clicked or chosen."""
    drawn, rules = found.picture, found.found.rules
    if drawn is None:
        return
    st.subheader(drawn.title, anchor=False)
    event: Any = st.vega_lite_chart(
        drawn.rows, drawn.spec, alt=drawn.alt, width="stretch", on_select="rerun", selection_mode=CELL, key=key
    )
    _take_click(event, key)
    note = t("risk.matrix_note", rule=words.rule_set(session.language(), rules))
    st.caption(escape(" ".join(filter(None, [note, words.gravest(session.language(), rules)]))))
    _cell(found.found)


def _take_click(event: Any, key: str) -> None:
    """A click goes before the list of cells until somebody chooses there."""
    picked = (event.selection.get(CELL) or [{}])[0] if event else {}
    cell = f"{picked['s']:.0f}-{picked['k']:.0f}" if {"s", "k"} <= picked.keys() else NO_CELL
    if cell != state.recall(f"{key}.clicked", str):
        if state.recall(f"{key}.clicked", str) is not None or cell:
            state.keep(state.RISK_CELL, cell)
        state.keep(f"{key}.clicked", cell)


def _cell(found: Seen) -> None:
    here = {f"{s}-{k}": _in_cell(found, s, k) for s in reversed(STEPS) for k in reversed(STEPS)}
    names = {NO_CELL: t("risk.no_cell")}
    names |= {cell: t("risk.cell", s=cell[0], k=cell[2], n=len(rows)) for cell, rows in here.items()}
    chosen = inputs.choice(t("risk.cell_pick"), state.RISK_CELL, "celle", names, NO_CELL)
    if chosen == NO_CELL:
        return
    if not here[chosen]:
        st.caption(t("risk.cell_empty"))
    st.markdown("\n".join(f"- {_risk_sentence(found, row)}" for row in here[chosen]))


def _in_cell(found: Seen, s: int, k: int) -> list[Numbered]:
    drawn = {each.number for each in risk_tables.moved(found.book, found.rows) if each.now == (s, k)}
    return [row for row in found.rows if row.number in drawn]


def _risk_sentence(found: Seen, row: Numbered) -> str:
    """«2 Frafall: må ha mottiltak fordi K er 5. Mottiltak: Vikaravtale.»"""
    said = [words.why(session.language(), row.risk, found.book.rules)]
    names = [each.name for each in active_countermeasures(found.book.countermeasures, row.risk.id)]
    said.append(t("risk.has", names=", ".join(names)) if names else t("risk.has_none"))
    return f"**{row.number} {escape(row.risk.factor)}**: {escape(' '.join(filter(None, said)))}"


def tables(study: Study, found: Exhibit, alternatives: Exhibit) -> None:
    """What other rules would have demanded, every risk with those first that lack a countermeasure, and the files."""
    st.subheader(t("risk.alternatives"), anchor=False)
    show.exhibit_table(alternatives.table)
    st.caption(t("risk.alternatives_note"))
    st.subheader(t("risk.table"), anchor=False)
    show.exhibit_table(found.table, {t(f"risk_columns.{key}"): width for key, width in WIDTHS.items()})
    st.caption(t("risk.table_note"))
    show.downloads(study, found, alternatives, data.exhibit("risks.booklet", study))
