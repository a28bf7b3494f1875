"""How the movement of risks is shown: the answer, the lines, two days to choose and the matrix at each."""

from __future__ import annotations

from datetime import date

import streamlit as st

from lib.actions.risks import history
from lib.exhibits.exhibit import Picture, address_of
from lib.exhibits.risks.exhibits import NOW, THEN
from lib.i18n import day, today
from lib.model.records import Study
from lib.ui import data, inputs, session, show, state
from lib.ui.session import escape, t

_MATRIX_WIDTH = 340
_FIRST = date(2000, 1, 1)


def lines(study: Study) -> None:
    """The answer and the lines with their figures; ends the page where nothing was ever stored."""
    found = data.exhibit_if_any("risks.history", study)
    if found is None:
        st.info(t("history.empty"))
        st.stop()
    show.answer(found)
    show.picture(found.picture, t("history.line_note"))
    with st.expander(t("history.table_title")):
        show.exhibit_table(found.table)
        show.downloads(study, found)


@st.fragment
def two_days(study: Study) -> None:
    """The matrix at two days, and each risk with its numbers on both."""
    session.begin()
    known, last = data.ask(history.history, study), today()
    st.subheader(t("history.two_dates"), anchor=False)
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        first = min(known.first or last, last)
        then = inputs.day(t("history.before"), state.HISTORY_BEFORE, THEN, _FIRST, last, first)
        now = inputs.day(t("history.after"), state.HISTORY_AFTER, NOW, _FIRST, last, last)
    found = data.exhibit("risks.two_days", study, address_of({THEN: then.isoformat(), NOW: now.isoformat()}))
    st.markdown(escape(found.headline))
    grid = st.grid(2, min_column_width=_MATRIX_WIDTH, gap="medium")
    for when, drawn in zip((then, now), found.found, strict=True):
        with grid.cell():
            _matrix(day(session.language(), when), drawn)
    if found.table.rows:
        st.caption(t("history.numbers_note"))
        st.subheader(t("history.list"), anchor=False)
        show.reading_table(found.table.shown.to_pandas(), found.table.alt)
        show.downloads(study, found)


def _matrix(when: str, drawn: Picture | None) -> None:
    st.markdown(f"**{escape(t('history.on', day=when))}**")
    if drawn is None:
        st.info(escape(t("history.nothing_then", day=when)))
    else:
        show.picture(drawn, titled=False)
