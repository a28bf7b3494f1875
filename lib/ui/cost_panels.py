"""The parts of «Kostnader» that run again by themselves: one cooperation, a trial amount, and all together."""

from __future__ import annotations

import streamlit as st

from lib.actions import cost_cases
from lib.actions.cost_cases import Case
from lib.model.records import Study
from lib.ui import cost_fair, cost_inputs, cost_show, cost_time, cost_views, session
from lib.ui.session import t


@st.fragment
def area(study: Study, area: str) -> None:
    """One cooperation: by models, over time, or how fair the model is."""
    session.begin()
    book = cost_views.book(study)
    with session.or_stop():
        case = cost_cases.case_of(book, area)
    part = cost_inputs.part(case)
    if part == cost_inputs.MODELS:
        _models(study, case)
        return
    answer = st.container()
    model = cost_inputs.model(case)
    if part == cost_inputs.YEARS:
        cost_time.years(study, book, area, {area: model}, answer)
        cost_time.events(study, case, model)
    if part == cost_inputs.METHOD:
        cost_fair.fairness(study, case, model, answer)


@st.fragment
def trial(study: Study) -> None:
    """A sum that no budget is needed for."""
    session.begin()
    book = cost_views.book(study)
    _models(study, cost_cases.trial(book, cost_inputs.trial_amount()))


def _models(study: Study, case: Case) -> None:
    """The answer, the model that can be shifted, the pictures, and the figures behind them."""
    answer = st.container()
    model = cost_inputs.model(case)
    found = cost_views.comparison(study, case, model)
    with answer:
        cost_show.answer(found)
    cost_show.choose_button(study, case, model, usable=not found.found.main.error)
    cost_show.spans(found)
    cost_show.pictures(found)
    cost_show.tables(found)
    cost_show.comparison_downloads(study, found)


@st.fragment
def together(study: Study) -> None:
    """All cooperations in sum, as they stand and with another model for one of them."""
    session.begin()
    if cost_inputs.together_part() == cost_inputs.YEARS:
        cost_time.years(study, cost_views.book(study), None, {}, st.container())
        return
    answer = st.container()
    st.subheader(t("costs.what_if"), anchor=False)
    found = cost_views.together(study, *cost_inputs.what_if(cost_views.book(study)))
    with answer:
        cost_show.together(found)
        cost_show.picture(found.change)
    cost_show.together_table(found)
    cost_show.together_downloads(study, found)
