"""How the movement of risks is shown: the answer, the lines, two days to choose and the matrix at each."""

from __future__ import annotations

from datetime import date

import streamlit as st

from lib.i18n import today
from lib.model.records import Study
from lib.ui import inputs, session, show, state
from lib.ui.risks import history_views
from lib.ui.risks.history_views import Line, Matrix
from lib.ui.session import escape, t

_MATRIX_WIDTH = 340
_FIRST = date(2000, 1, 1)


def lines(study: Study) -> Line:
    """The answer and the lines with their figures; ends the page where nothing was ever stored."""
    found = history_views.line(study)
    if found.spec is None:
        st.info(t("history.empty"))
        st.stop()
    if found.found.constructed:
        st.badge(t("ranking.constructed"), color="orange", help=t("risk.constructed_why"))
    st.header(escape(found.headline), anchor=False)
    st.markdown(escape(found.basis))
    st.subheader(t("history.line_title"), anchor=False)
    st.vega_lite_chart(found.rows, found.spec, alt=found.alt, width="stretch")
    st.caption(t("history.line_note"))
    with st.expander(t("history.table_title")):
        if found.table is not None:
            show.table(found.table, t("history.table_alt"), tuple(found.table.column_names[1:]))
    return found


@st.fragment
def two_days(study: Study) -> None:
    """The matrix at two days, and each risk with its numbers on both."""
    session.begin()
    known, last = history_views.line(study).found, today()
    st.subheader(t("history.two_dates"), anchor=False)
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        first = min(known.first or last, last)
        then = inputs.day(t("history.before"), state.HISTORY_BEFORE, "fra", _FIRST, last, first)
        now = inputs.day(t("history.after"), state.HISTORY_AFTER, "til", _FIRST, last, last)
    found = history_views.pair(study, then, now, known.rules)
    grid = st.grid(2, min_column_width=_MATRIX_WIDTH, gap="medium")
    for each in (found.then, found.now):
        with grid.cell():
            _matrix(each)
    if found.table.num_rows:
        st.caption(t("history.numbers_note"))
        st.subheader(t("history.list"), anchor=False)
        show.reading_table(found.table.to_pandas(), t("history.list_alt"))


def _matrix(found: Matrix) -> None:
    st.markdown(f"**{escape(t('history.on', day=found.day))}**")
    if found.rows is None:
        st.info(escape(t("history.nothing_then", day=found.day)))
    else:
        st.vega_lite_chart(found.rows, found.spec, alt=found.alt, width="stretch")
