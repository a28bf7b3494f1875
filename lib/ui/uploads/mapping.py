"""The part of «Last opp» for sheets with other headings than ours: the sheet as it is, and a choice for each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.actions.uploads import mappings, uploads
from lib.actions.uploads.uploads import Preview
from lib.model.mappings import Guess
from lib.model.records import Study
from lib.ui import session, show, state
from lib.ui.session import escape, t

SHEETS_SHOWN = 3


def sheets(study: Study, found: Preview) -> None:
    """The sheets whose headings could not be matched, shown only then."""
    for guess in found.unmatched[:SHEETS_SHOWN]:
        with st.container(border=True):
            _sheet(study, guess)


def _sheet(study: Study, guess: Guess) -> None:
    st.subheader(escape(t("mapping.title", sheet=guess.sheet or t("mapping.the_table"))))
    st.markdown(t("mapping.lead"))
    key = f"{state.MAPPING}.{guess.layout}"
    kinds = uploads.sheet_kinds()
    place = kinds.index(guess.kind)
    kind = st.selectbox(
        t("mapping.kind"), kinds, place, format_func=lambda each: t(f"sheets.{each}"), key=f"{key}.kind"
    )
    same = kind == guess.kind
    guessed = guess.columns if same else mappings.guessed(guess, kind, session.language())
    chosen = _columns(guess, kind, guessed, f"{key}.{kind}")
    _as_it_is(guess)
    if st.button(t("mapping.read"), type="primary", key=f"{key}.read"):
        with session.sayable():
            mappings.remember(session.visitor(), study, guess.sheet, guess.layout, kind, chosen)
            state.forget(state.PREVIEW)
            st.rerun()


def _columns(guess: Guess, kind: str, guessed: tuple[str, ...], key: str) -> list[str]:
    """A choice for each column, our guess chosen first."""
    names = mappings.columns_of(kind)
    options = ["", *names]
    chosen = []
    with st.container(horizontal=True):
        for index, heading in enumerate(guess.headings):
            label = escape(heading) or t("mapping.column", number=index + 1)
            start = options.index(guessed[index])
            chosen.append(
                st.selectbox(
                    label,
                    options,
                    start,
                    format_func=lambda each: t(names[each]) if each else t("mapping.leave_out"),
                    key=f"{key}.{index}",
                    width=220,
                )
            )
    return chosen


def _as_it_is(guess: Guess) -> None:
    heads = [heading or t("mapping.column", number=index + 1) for index, heading in enumerate(guess.headings)]
    unique = [head if head not in heads[:index] else f"{head} ({index + 1})" for index, head in enumerate(heads)]
    show.table(pd.DataFrame(list(guess.rows), columns=unique), t("mapping.alt"))
