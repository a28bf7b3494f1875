"""The parts of «Kostnader» that run again by themselves: one cooperation, a trial amount, and all together."""

from __future__ import annotations

import streamlit as st

from lib.actions.costs import cases
from lib.actions.costs.cases import Case
from lib.model.records import Study
from lib.ui import session
from lib.ui.costs import fairness, inputs, show, views, years
from lib.ui.session import t


@st.fragment
def area(study: Study, area: str) -> None:
    """One cooperation: by models, over time, or how fair the model is."""
    session.begin()
    book = views.book(study)
    with session.or_stop():
        case = cases.case_of(book, area)
    part = inputs.part(case)
    if part == inputs.MODELS:
        _models(study, case)
        return
    answer = st.container()
    model = inputs.model(case)
    if part == inputs.YEARS:
        years.years(study, book, area, {area: model}, answer)
        years.events(study, case, model)
    if part == inputs.METHOD:
        fairness.fairness(study, case, model, answer)


@st.fragment
def trial(study: Study) -> None:
    """A sum that no budget is needed for."""
    session.begin()
    book = views.book(study)
    _models(study, cases.trial(book, inputs.trial_amount()))


def _models(study: Study, case: Case) -> None:
    """The answer, the model that can be shifted, the pictures, and the figures behind them."""
    answer = st.container()
    model = inputs.model(case)
    found = views.comparison(study, case, model)
    with answer:
        show.answer(found)
    show.choose_button(study, case, model, usable=not found.found.main.error)
    show.spans(found)
    show.pictures(found)
    show.tables(found)
    show.comparison_downloads(study, found)


@st.fragment
def together(study: Study) -> None:
    """All cooperations in sum, as they stand and with another model for one of them."""
    session.begin()
    if inputs.together_part() == inputs.YEARS:
        years.years(study, views.book(study), None, {}, st.container())
        return
    answer = st.container()
    st.subheader(t("costs.what_if"), anchor=False)
    found = views.together(study, *inputs.what_if(views.book(study)))
    with answer:
        show.together(found)
        show.picture(found.change)
    show.together_table(found)
    show.together_downloads(study, found)
