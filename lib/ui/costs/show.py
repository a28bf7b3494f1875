"""How costs are shown: the answer, each municipality's kroner, the pictures, the tables, and the way to choose."""

from __future__ import annotations

import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.costs import cases, comparison, cost_figures
from lib.actions.costs.cases import DEFAULT, Case
from lib.actions.costs.comparison import Share
from lib.exhibits.costs import tables as cost_tables
from lib.exhibits.costs import words
from lib.exhibits.exhibit import Address, Exhibit
from lib.model.costs import CostModel
from lib.model.records import Study
from lib.ui import data, session, show, state
from lib.ui.costs import inputs
from lib.ui.session import escape, t

MODEL_WIDTH = 132  # px; a model has the name of its key in it
LARGE = 8  # so many municipalities have their kroner in large figures; of more the table tells


def answer(found: Exhibit) -> None:
    """Who pays more than today in large type, and what that stands on."""
    show.answer(found)
    shares = found.found.main.shares
    if len(shares) <= LARGE:
        _figures(shares)
    show.reservations(found, *found.notes)


def _figures(shares: tuple[Share, ...]) -> None:
    """Each municipality's kroner, to be read from the back row, and how that is against today."""
    language = session.language()
    with st.grid(4, min_column_width=180, gap="small"):
        for share in shares:
            with st.container():
                st.metric(escape(share.municipality), words.kroner(language, share.kroner))
                if change := words.against_today(language, share.change):
                    st.caption(escape(change))


def pictures(curves: Exhibit, found: Exhibit) -> None:
    """Which fixed parts all can live with, in words and as lines, and beside them the change from today."""
    if curves.found:
        st.subheader(t("costs.span_title"), anchor=False)
        for sentence in curves.found:
            st.markdown(escape(sentence))
    drawn = [(curves.picture, curves.notes[0]), (found.picture, "")]
    shown = [(each, note) for each, note in drawn if each]
    grid = st.grid(max(len(shown), 1), min_column_width=show.PICTURE_WIDTH, gap="medium")
    for each, note in shown:
        with grid.cell():
            show.picture(each, note)


def tables(study: Study, found: Exhibit, address: Address) -> None:
    """The figures behind the pictures, and all models side by side; the files hold them all."""
    if found.table.rows:
        st.subheader(t("costs.shares_title"), anchor=False)
        show.exhibit_table(found.table)
    st.subheader(t("costs.models_title"), anchor=False)
    figure = inputs.figure(cost_tables.compared_by(found.found))
    models = data.exhibit("costs.models", study, address)
    show.exhibit_table(cost_tables.models_by(session.language(), found.found, figure),
                       {t("cost_columns.model"): MODEL_WIDTH})  # fmt: skip
    case = found.found.case
    lacking = () if case.own_keys or not case.area else (t("costs.no_keys"),)
    for sentence in (*words.failed(session.language(), found.found), *lacking):
        st.caption(escape(sentence))
    show.downloads(study, models)


def choose_button(study: Study, case: Case, model: CostModel, usable: bool) -> None:
    """Keep the model for the area, for those who may; others read which is chosen."""
    if case.area is None:
        return
    area = case.area.name
    if case.chosen and comparison.same(case.chosen, model):
        st.caption(escape(t("costs.is_chosen", area=area)))
        return
    if not case.chosen:
        st.caption(escape(t("costs.none_chosen", area=area, fixed=DEFAULT, rest=100 - DEFAULT)))
    if not usable or not gate.may(session.visitor(), Action.COSTS_EDIT, study):
        return
    if st.button(t("costs.choose", area=escape(area)), type="primary", key=state.COSTS_CHOOSE):
        _choose(study, case, model)


def _choose(study: Study, case: Case, model: CostModel) -> None:
    area = case.area
    if area is None:
        return
    ids = {member.name: member.id for member in case.members}
    with session.sayable():
        choice = cases.choice_of(model, area.id, ids)
        cost_figures.choose_model(session.visitor(), study, area.id, choice)
        told = t("costs.choose_done", area=area.name, model=words.by_model(session.language(), model))
        session.start_anew(told)


def together(study: Study, found: Exhibit) -> None:
    """The figures behind the sum, and its files."""
    if found.table.rows:
        st.subheader(t("costs.together_table_title"), anchor=False)
        show.exhibit_table(found.table)
        if any(row.jobs_lost is not None for row in found.found.rows):
            st.caption(t("costs.jobs_note"))
    show.downloads(study, found)
