"""The parts of «Egenevaluering»: which one, its grades, what is proposed from them, and the questions behind."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lib.access import Action
from lib.actions import gate, studies
from lib.actions import results as found_results
from lib.actions.bridge import self_evaluation
from lib.actions.bridge.self_evaluation import DRIVER, RISK, Graded
from lib.actions.suppression import Selection
from lib.exhibits import results
from lib.model.factors import FACTORS
from lib.model.records import Study
from lib.ui import data, inputs, session, show, state
from lib.ui.session import escape, t


def picker(study: Study) -> Selection | None:
    """The self-evaluation that is looked at, the round that stands; None and a sentence where none is out."""
    names = {each.id: each.name for each in data.ask(self_evaluation.workshops, study)}
    if not names:
        st.info(t("self_evaluation.none"))
        return None
    first = next(iter(names))
    chosen = first if len(names) == 1 else inputs.choice(
        t("self_evaluation.which"), state.GRADED, "workshop", names, first
    )  # fmt: skip
    return results.plain_selection(data.ask(found_results.choices, study, chosen))


def result(study: Study, selection: Selection) -> None:
    """The answer, each factor with its worst grade, all grades and what they mean; then what is proposed from them."""
    found = data.exhibit_if_any("live.grades", study, results.address(selection))
    if not found:
        st.info(t("self_evaluation.none"))
        return
    show.answer(found)
    show.reading_table(found.table.shown.to_pandas(), found.table.alt)
    st.caption(found.notes[0])
    show.downloads(study, found)
    _suggestions(study, selection, [each for each in found.found if each.proposes in (RISK, DRIVER)])


def _suggestions(study: Study, selection: Selection, calling: list[Graded]) -> None:
    """A risk of each weak factor and a driver of each strong one, each once, for those who may write them."""
    st.subheader(t("self_evaluation.suggestions"), anchor=False)
    if not calling:
        st.markdown(t("self_evaluation.nothing_to_suggest"))
        return
    made = data.ask(self_evaluation.proposed, study, selection.workshop)
    for each in calling:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{escape(t(f'factors.{each.factor}'))}**")
            if each.proposes == RISK:
                _risk(study, selection, each, made.risks)
            else:
                _driver(study, selection, each, made.drivers)


def _risk(study: Study, selection: Selection, each: Graded, made: frozenset[str]) -> None:
    def propose() -> str:
        name = self_evaluation.propose_risk(
            session.visitor(), study, selection.workshop, selection.round, each.factor, session.language()
        )
        return t("self_evaluation.risk_made", name=name)

    st.markdown(escape(t(f"factor_risks.{each.factor}")))
    _once(study, each, RISK, each.factor in made, propose)


def _driver(study: Study, selection: Selection, each: Graded, made: frozenset[str]) -> None:
    areas = {area.id: f"{area.code} {area.name}" for area in data.ask(studies.overview, study).areas}
    st.markdown(escape(t(f"factor_drivers.{each.factor}")))
    done = each.factor in made
    area = None if done else st.selectbox(
        t("self_evaluation.area"), list(areas), format_func=lambda key: areas.get(key, ""),
        key=f"{state.GRADED_AREA}.{each.factor}",
    )  # fmt: skip

    def propose() -> str:
        text = self_evaluation.propose_driver(
            session.visitor(), study, selection.workshop, selection.round, each.factor, area or "", session.language()
        )
        return t("self_evaluation.driver_made", text=text)

    _once(study, each, DRIVER, done, propose)


def _once(study: Study, each: Graded, kind: str, done: bool, propose: Callable[[], str]) -> None:
    """The button, or that it has been pressed."""
    words = {RISK: "risk", DRIVER: "driver"}[kind]
    if done:
        st.badge(t(f"self_evaluation.is_{words}"))
        return
    if not gate.may(session.visitor(), Action.RISK_EDIT, study):
        return
    if st.button(t(f"self_evaluation.suggest_{words}"), key=f"self_evaluation.{words}.{each.factor}"):
        with session.sayable():
            session.start_anew(propose())


def questions() -> None:
    """What to ask oneself of each factor, before the grade is set."""
    with st.expander(t("self_evaluation.questions")):
        lines = (f"- **{t(f'factors.{factor}')}:** {t(f'factor_questions.{factor}')}" for factor in FACTORS)
        st.markdown("\n".join(lines))
        st.caption(t("sources.SAM13"))
