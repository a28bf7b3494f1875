"""The page «Prioritering»: a part that runs again by itself, so that a control redraws its picture and not the page."""

from __future__ import annotations

import streamlit as st

from lib.actions.results import Choices
from lib.actions.suppression import Selection
from lib.exhibits import results
from lib.exhibits.exhibit import Address, Exhibit
from lib.exhibits.limits import limits
from lib.exhibits.ranking import exhibits, words
from lib.model.columns import DISSENT
from lib.model.records import Study
from lib.ui import data, inputs, session, show
from lib.ui.session import escape, t


@st.fragment
def ranking(study: Study, choices: Choices) -> None:
    """The answer, the controls that change it, the pictures, and the figures behind them."""
    session.begin()
    answer = st.container()
    with st.expander(t("ranking.filters"), expanded=inputs.narrowed()):
        selection = inputs.selection(choices)
        spread = inputs.spread_toggle()
    address = results.address(selection)
    order = data.exhibit("ranking.order", study, address)
    with answer:
        show.answer(order)
        _caveat()
    pictures = st.grid(2, min_column_width=show.PICTURE_WIDTH, gap="medium")
    with pictures.cell():
        matrix = data.exhibit_if_any("ranking.matrix", study, (*address, exhibits.SPREAD) if spread else address)
        if matrix:
            show.picture(matrix.picture, matrix.notes[0])
    with pictures.cell():
        show.picture(order.picture, t("ranking.list_note", **limits(session.language())))
    if not selection.filtered:
        _votes(study, choices, selection.round)
    _reordered(order)
    _firmness(study, address)
    st.subheader(t("ranking.table"), anchor=False)
    _table(order)
    show.downloads(study, order)


def _caveat() -> None:
    with st.expander(t("ranking.caveat_title")):
        stable = t("ranking.caveat_stable", **limits(session.language()))
        st.markdown(f"{t('ranking.caveat')}\n\n{stable}\n\n{t('ranking.caveat_source')}")


def _votes(study: Study, choices: Choices, number: int) -> None:
    """The newest vote with points, beside the whole room's ranking; nothing where there was none."""
    held = [each for each, method in choices.rounds.items() if method != choices.workshop.method]
    if held and number not in held:
        vote = Selection(choices.workshop.id, max(held))
        found = data.exhibit("ranking.order", study, results.address(vote))
        st.subheader(escape(t("live.votes_finding", headline=found.headline)), anchor=False)
        show.picture(found.picture, titled=False)


def _reordered(found: Exhibit) -> None:
    said = words.reordered(session.language(), found.found)
    if said:
        with st.container(border=True):
            st.markdown(f"**{t('ranking.reordered_title')}**")
            st.markdown("\n".join(f"- {escape(sentence)}" for sentence in said))
            st.caption(t("ranking.reordered_rule"))


def _firmness(study: Study, address: Address) -> None:
    """How firm the order is in words, and beside them two parties against each other where they may be shown."""
    firm, parties = (
        data.exhibit("ranking.firmness", study, address),
        data.exhibit_if_any("ranking.parties", study, address),
    )
    if not firm.found and not firm.notes and not parties:
        return
    st.subheader(t("firmness.title"), anchor=False)
    st.markdown(escape(firm.found))
    if firm.notes:
        st.markdown(f"**{t('firmness.left_out_title', **limits(session.language()))}**")
        st.markdown("\n".join(f"- {escape(sentence)}" for sentence in firm.notes))
    if parties:
        show.picture(parties.picture, parties.notes[0])


def _table(found: Exhibit) -> None:
    """The figures behind the pictures, and what one must know to read them."""
    ranking = found.found
    show.exhibit_table(found.table, {t("ranking.agreement"): 120})
    notes = [words.concordance(session.language(), ranking)]
    notes += [t("ranking.dissent_note")] if ranking.summary[DISSENT].any() else []
    notes += [t("ranking.withheld_note")] if ranking.material.hidden else []
    st.caption(" ".join(filter(None, notes)))
