"""Parts of a page that run again by themselves, so that a control redraws its picture and not the whole page."""

from __future__ import annotations

import streamlit as st

from lib.actions.results import Choices
from lib.model.records import Study
from lib.ui import data, inputs, session, show
from lib.ui.session import t


@st.fragment
def ranking(study: Study, choices: Choices) -> None:
    """The answer, the controls that change it, the pictures, and the figures behind them."""
    session.begin()
    answer = st.container()
    with st.expander(t("ranking.filters"), expanded=inputs.narrowed()):
        selection = inputs.selection(choices)
        spread = inputs.spread_toggle()
    result = data.result(study, selection)
    with answer:
        show.answer(result)
        show.caveat()
    pictures = st.grid(2, min_column_width=show.PICTURE_WIDTH, gap="medium")
    with pictures.cell():
        show.matrix(result, spread)
    with pictures.cell():
        show.order(result)
    show.votes(study, choices, selection)
    show.reordered(result)
    show.firmness(result)
    st.subheader(t("ranking.table"), anchor=False)
    show.ranking_table(result)
    show.ranking_downloads(result)
