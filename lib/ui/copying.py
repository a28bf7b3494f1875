"""«Lag en kopi»: a study as one's own, offered on the overview and where a page of a demonstration is closed."""

from __future__ import annotations

from itertools import count

import streamlit as st

from lib.actions import copying
from lib.actions.studies import NAME_LIMIT
from lib.model.records import Study
from lib.ui import session, state
from lib.ui.session import t


def instead(study: Study) -> None:
    """What to do where a page is closed because the study is a demonstration."""
    if copying.may_copy(session.visitor(), study):
        st.markdown(t("copying.instead"))
        _form(study)
    else:
        st.markdown(t("copying.by_others"))


def offered(study: Study) -> None:
    """The form on the overview, for those who may."""
    if copying.may_copy(session.visitor(), study):
        st.subheader(t("copying.title"))
        st.markdown(t("copying.lead"))
        _form(study)


def _form(study: Study) -> None:
    key = f"{state.COPY_NAME}.{study.id}.{state.count(state.COPY_NAME)}"
    with st.form(f"{key}.form"):
        name = st.text_input(t("copying.name"), _free_name(study), key=key, help=t("overview.new_study_help"))
        asked = st.form_submit_button(t("copying.make"), type="primary")
    st.caption(t("copying.along"))
    if asked:
        with session.sayable():
            made = copying.copy(session.visitor(), study, name, state.promised(state.COPY_NAME))
            state.keep(state.PICK_STUDY, made.slug)
            state.count_on(state.COPY_NAME)
            session.start_anew(t("copying.done", name=made.name))


def _free_name(study: Study) -> str:
    """«Kopi av Indre Namdal», with a number where one's studies have that already."""
    taken = {known.name for known in session.visible_studies().values()}
    plain = study.name.removesuffix(" (demo)")
    names = (t("copying.numbered", n=n, name=plain) if n > 1 else t("copying.first", name=plain) for n in count(1))
    return next(name for name in names if name[:NAME_LIMIT] not in taken)[:NAME_LIMIT]
