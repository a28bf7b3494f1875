"""The parts of «Kostnader» that run again by themselves: one cooperation, a trial amount, and all together."""

from __future__ import annotations

import streamlit as st

from lib.actions.costs import cases, cost_figures
from lib.actions.costs.cases import Case
from lib.exhibits.costs import choices
from lib.model.records import Study
from lib.ui import data, session, show
from lib.ui.costs import fairness, inputs, years
from lib.ui.costs import show as cost_show
from lib.ui.session import t


@st.fragment
def area(study: Study, area: str) -> None:
    """One cooperation: by models, over time, or how fair the model is."""
    session.begin()
    book = data.ask(cost_figures.book, study)
    with session.or_stop():
        case = cases.case_of(book, area)
    part = inputs.part(case)
    if part == inputs.MODELS:
        _models(study, case)
        return
    answer = st.container()
    model = inputs.model(case)
    if part == inputs.YEARS:
        years.years(study, choices.address(case, model), answer)
        years.events(study, case, model)
    if part == inputs.METHOD:
        fairness.fairness(study, choices.address(case, model), answer)


@st.fragment
def trial(study: Study) -> None:
    """A sum that no budget is needed for."""
    session.begin()
    _models(study, cases.trial(data.ask(cost_figures.book, study), inputs.trial_amount()))


def _models(study: Study, case: Case) -> None:
    """The answer, the model that can be shifted, the pictures, and the figures behind them."""
    answer = st.container()
    model = inputs.model(case)
    address = choices.address(case, model)
    found = data.exhibit("costs.comparison", study, address)
    with answer:
        cost_show.answer(found)
    cost_show.choose_button(study, case, model, usable=not found.found.main.error)
    cost_show.pictures(data.exhibit("costs.curves", study, address), found)
    cost_show.tables(study, found, address)


@st.fragment
def together(study: Study) -> None:
    """All cooperations in sum, as they stand and with another model for one of them."""
    session.begin()
    if inputs.together_part() == inputs.YEARS:
        years.years(study, (), st.container())
        return
    answer = st.container()
    st.subheader(t("costs.what_if"), anchor=False)
    found = data.exhibit("costs.together", study, inputs.what_if(data.ask(cost_figures.book, study)))
    with answer:
        show.answer(found)
        show.reservations(found, *found.notes)
        show.picture(found.picture)
    cost_show.together(study, found)
