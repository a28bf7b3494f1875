"""How the register is shown: the answer, the matrix with its cells, other rules beside, the table, the downloads."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.risks import changes
from lib.charts.risks.matrix import CELL
from lib.domain.risks.register import STEPS, standing
from lib.exhibits.risks import exports, tables, words
from lib.model.records import Study
from lib.ui import inputs, session, show, state
from lib.ui.risks import views
from lib.ui.risks.views import Seen
from lib.ui.session import escape, t

NO_CELL = ""
WIDTHS = {"number": 50, "factor": 290, "probability": 45, "consequence": 45, "sum": 60, "demand": 135, "after": 90}


def area_picker(study: Study) -> str:
    """Whose risks are looked at: an area's code, the whole, or all."""
    book = views.book(study)
    if not book.areas:
        return views.ALL
    counts = {area.code: sum(risk.area == area.id for risk in book.risks) for area in book.areas}
    names = {views.ALL: t("risk.all"), views.WHOLE: t("risk.only_whole")}
    names |= {
        area.code: t("risk.area_count", area=f"{area.code} {area.name}", n=counts[area.code]) for area in book.areas
    }
    return inputs.choice(t("risk.area"), state.RISK_AREA, "omrade", names, views.ALL)


def answer(found: Seen) -> None:
    """The answer in large type, and what it stands on."""
    if found.book.constructed:
        st.badge(t("ranking.constructed"), color="orange", help=t("risk.constructed_why"))
    st.header(escape(found.headline), anchor=False)
    st.caption(escape(found.basis))


def readiness(study: Study, found: Seen, area: str) -> None:
    """Whether a case may go on; who may let it go on all the same does so here, with a reason."""
    if not found.about or area == views.WHOLE:
        return
    (st.success if found.found.ready else st.warning)(escape(found.readiness))
    if not gate.may(session.visitor(), Action.RISK_ACCEPT, study):
        return
    place = next((each.id for each in found.book.areas if each.code == area), None)
    if found.found.override and st.button(t("risk.withdraw_override"), key=state.RISK_WITHDRAW_OVERRIDE):
        with session.sayable():
            changes.withdraw_override(session.visitor(), study, place)
            session.start_anew(t("risk.override_withdrawn"))
    if not found.found.ready:
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


def rule_picker(study: Study) -> str:
    """By which rule the matrix is drawn; the study's own first."""
    sets = tables.rule_sets(views.book(study))
    names = {key: tables.rule_name(session.language(), key, rules) for key, rules in sets.items()}
    return inputs.choice(t("risk.rule_shown"), state.RISK_RULE, "regel", names, "")


def matrix(found: Seen, key: str) -> None:
    """The matrix, and the risks of the cell that is clicked or chosen."""
    st.subheader(t("risk.matrix_title"), anchor=False)
    event: Any = st.vega_lite_chart(
        found.matrix, found.spec, alt=found.alt, width="stretch", on_select="rerun", selection_mode=CELL, key=key
    )
    _take_click(event, key)
    st.caption(escape(" ".join(filter(None, [t("risk.matrix_note", rule=found.rule), found.gravest]))))
    _cell(found)


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
    st.markdown("\n".join(f"- {_told(found, row)}" for row in here[chosen]))


def _in_cell(found: Seen, s: int, k: int) -> list[tables.Numbered]:
    drawn = {each.number for each in tables.moved(found.book, found.rows) if each.now == (s, k)}
    return [row for row in found.rows if row.number in drawn]


def _told(found: Seen, row: tables.Numbered) -> str:
    """«2 Frafall: må ha mottiltak fordi K er 5. Mottiltak: Vikaravtale.»"""
    said = [words.why(session.language(), row.risk, found.book.rules)]
    names = [each.name for each in standing(found.book.countermeasures, row.risk.id)]
    said.append(t("risk.has", names=", ".join(names)) if names else t("risk.has_none"))
    return f"**{row.number} {escape(row.risk.factor)}**: {escape(' '.join(filter(None, said)))}"


def alternatives(found: Seen) -> None:
    """What other rules would have demanded of the same risks."""
    st.subheader(t("risk.alternatives"), anchor=False)
    heads = tuple(t(f"risk_columns.{key}") for key in ("cells", "forced", "missing"))
    show.table(found.alternatives, t("risk.alternatives_alt"), heads)
    st.caption(t("risk.alternatives_note"))


def table(found: Seen) -> None:
    """Every risk, those that lack a countermeasure first."""
    st.subheader(t("risk.table"), anchor=False)
    widths = {t(f"risk_columns.{key}"): width for key, width in WIDTHS.items()}
    show.table(found.table, t("risk.table_alt"), tables.number_heads(session.language()), widths)
    st.caption(t("risk.table_note"))


def downloads(study: Study) -> None:
    """The register that can be uploaded again, and the booklet's own table; made when they are asked for."""
    make = {"register": exports.register_workbook, "booklet": exports.booklet_workbook}
    with st.container(horizontal=True):
        for key, maker in make.items():
            content = partial(maker, session.visitor(), study, session.language())
            name = f"{t(f'risk.file_{key}')}-{study.slug}.xlsx"
            st.download_button(t(f"risk.download_{key}"), content, name, on_click="ignore", key=f"risk.{key}")
