"""The part «Metode»: who could do better without the others, and what fair division says beside the model."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.exhibits.costs import tables, words
from lib.exhibits.exhibit import Address
from lib.model.records import Study
from lib.ui import data, session, show
from lib.ui.session import escape, t


def fairness(study: Study, address: Address, answer: DeltaGenerator) -> None:
    """The answer, the methods beside the model, and what each group would pay."""
    exhibit, language = data.exhibit("costs.fairness", study, address), session.language()
    found = exhibit.found
    with answer:
        show.marks(exhibit)
        st.header(t("costs.blocking_title"), anchor=False)
        st.markdown("\n".join(f"- {escape(each)}" for each in words.blocking(language, found)))
        if warned := words.dearer(language, found):
            st.markdown(escape(warned))
        st.caption(escape(words.estimates(language, found)))
        show.reservations(exhibit)
    st.subheader(t("costs.methods_title"), anchor=False)
    show.exhibit_table(exhibit.table)
    st.markdown("\n".join(f"- {t(f'fair_methods.means.{key}')}" for key in found.methods))
    for sentence in words.refused(language, found):
        st.caption(escape(sentence))
    if found.groups:
        with st.expander(t("costs.groups_title")):
            show.exhibit_table(tables.groups(language, found))
    show.downloads(study, exhibit)
