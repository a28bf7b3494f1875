"""What to talk about first, shown alike on «Drøft» and on the facilitator's page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.actions import results as found_results
from lib.actions.live import collecting
from lib.actions.live.discussion import Topic
from lib.actions.suppression import Selection
from lib.exhibits import results
from lib.exhibits.exhibit import Exhibit, Picture
from lib.exhibits.live import exhibits, words
from lib.model.records import Study
from lib.ui import data, inputs, session, show, state
from lib.ui.session import escape, t


def shown_picker(study: Study) -> Selection | None:
    """The workshop and round whose result is talked about, None and a sentence where nothing is out."""
    found = data.ask(found_results.workshops, study)
    if not found:
        st.info(t("ranking.none"))
        return None
    return results.plain_selection(data.ask(found_results.choices, study, inputs.workshop_picker(found)))


def topics(study: Study, selection: Selection) -> None:
    """The list, and one of its areas in full: how the answers fell, who stand furthest apart, what was said."""
    address = results.address(selection)
    found = data.exhibit_if_any("live.topics", study, address)
    if not found:
        st.info(t("discuss.nothing"))
        return
    show.marks(found)
    st.header(escape(found.headline), anchor=False)
    _table(study, found)
    names = {topic.item: topic.name for topic in found.found}
    key = f"{state.TOPIC}.{selection.workshop}.{selection.round}"  # another round begins with its own first topic
    asked = inputs.choice(t("discuss.which"), key, "tema", names, next(iter(names)))
    answers = data.ask(exhibits.answers, study, address, asked, session.language())
    topic(next(each for each in found.found if each.item == asked), answers)
    rounds = data.exhibit_if_any("live.rounds", study, address)
    if rounds:
        st.subheader(escape(rounds.headline), anchor=False)
        show.picture(rounds.picture, titled=False)
        _table(study, rounds)


def _table(study: Study, found: Exhibit) -> None:
    """The figures, how to read them, and the same as files."""
    show.exhibit_table(found.table)
    for note in found.notes:
        st.caption(note)
    show.downloads(study, found)


def proposals(study: Study) -> None:
    """What the rooms wrote and made of it, the one with most points first; nothing before the points are out."""
    for workshop, lines in data.ask(collecting.proposals, study):
        st.header(escape(t("discuss.proposals", name=workshop.name)), anchor=False)
        heads = (t("discuss.proposal"), t("discuss.points"))
        rows = [dict(zip(heads, (idea.text, show.number(points)), strict=True)) for idea, points in lines]
        show.reading_table(pd.DataFrame(rows), t("discuss.proposals_alt"))


def topic(each: Topic, answers: Picture) -> None:
    """One area: its distribution, the two groups furthest apart, and the comments."""
    mark = f" · ◆ {t('ranking.dissent_yes')}" if each.dissent else ""
    st.subheader(escape(each.name) + mark, anchor=False)
    show.picture(answers)
    if each.apart:
        st.markdown(escape(words.apart(session.language(), each)))
    for who, text in each.comments:
        st.markdown(f"> {escape(text)}" + (f"  \n> – {escape(who)}" if who else ""))
