"""The part «Metode»: who could do better without the others, and what fair division says beside the model."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import i18n
from lib.actions.costs import fairness as cost_fairness
from lib.actions.costs.cases import Case
from lib.actions.costs.fairness import Fairness
from lib.exhibits.costs import tables, words
from lib.model.costs import CostModel
from lib.model.records import Study
from lib.ui import session
from lib.ui.costs import show
from lib.ui.session import escape, t


def fairness(study: Study, case: Case, model: CostModel, answer: DeltaGenerator) -> None:
    """The answer, the methods beside the model, and what each group would pay."""
    with session.or_stop():
        found = cost_fairness.fairness(session.visitor(), study, case, model)
    language = session.language()
    with answer:
        if case.constructed:
            show.constructed_mark()
        st.header(t("costs.blocking_title"), anchor=False)
        st.markdown("\n".join(f"- {escape(each)}" for each in words.blocking(language, found)))
        if warned := words.dearer(language, found):
            st.markdown(escape(warned))
        unsure = words.marks(language, case.unconfirmed)
        show.said(tuple(filter(None, [words.estimates(language, found), unsure])))
    st.subheader(t("costs.methods_title"), anchor=False)
    show.table(tables.methods(language, found, model), t("costs.methods_alt"))
    st.markdown("\n".join(f"- {t(f'fair_methods.means.{key}')}" for key in found.methods))
    show.said(_refused(language, found))
    if found.groups:
        with st.expander(t("costs.groups_title")):
            show.table(tables.groups(language, found), t("costs.groups_alt"))


def _refused(language: str, found: Fairness) -> tuple[str, ...]:
    """The methods that could not be computed, and why."""
    return tuple(
        t("costs.refused", method=t(f"fair_methods.{key}"), why=i18n.error(language, why))
        for key, why in found.refused.items()
    )
