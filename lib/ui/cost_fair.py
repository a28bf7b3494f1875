"""The part «Metode»: who could do better without the others, and what fair division says beside the model."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import i18n
from lib.actions import cost_fairness, cost_tables, cost_wording
from lib.actions.cost_cases import Case
from lib.actions.cost_fairness import Fairness
from lib.model.costs import CostModel
from lib.model.records import Study
from lib.ui import cost_show, session
from lib.ui.session import escape, t


def fairness(study: Study, case: Case, model: CostModel, answer: DeltaGenerator) -> None:
    """The answer, the methods beside the model, and what each group would pay."""
    with session.or_stop():
        found = cost_fairness.fairness(session.visitor(), study, case, model)
    language = session.language()
    with answer:
        if case.constructed:
            cost_show.constructed_mark()
        st.header(t("costs.blocking_title"), anchor=False)
        st.markdown("\n".join(f"- {escape(each)}" for each in cost_wording.blocking(language, found)))
        if warned := cost_wording.dearer(language, found):
            st.markdown(escape(warned))
        unsure = cost_wording.marks(language, case.unconfirmed)
        cost_show.said(tuple(filter(None, [cost_wording.estimates(language, found), unsure])))
    st.subheader(t("costs.methods_title"), anchor=False)
    cost_show.table(cost_tables.methods(language, found, model), t("costs.methods_alt"))
    st.markdown("\n".join(f"- {t(f'fair_methods.means.{key}')}" for key in found.methods))
    cost_show.said(_refused(language, found))
    if found.groups:
        with st.expander(t("costs.groups_title")):
            cost_show.table(cost_tables.groups(language, found), t("costs.groups_alt"))


def _refused(language: str, found: Fairness) -> tuple[str, ...]:
    """The methods that could not be computed, and why."""
    return tuple(
        t("costs.refused", method=t(f"fair_methods.{key}"), why=i18n.error(language, why))
        for key, why in found.refused.items()
    )
