"""What one chooses on the pages of SWOT: a function, a theme, and two sides to compare."""

from __future__ import annotations

import streamlit as st

from lib.actions.swot import statements
from lib.domain.swot.recurrence import Theme
from lib.exhibits.exhibit import Exhibit, address_of
from lib.exhibits.swot import choices, words
from lib.exhibits.swot.exhibits import Across
from lib.model.records import Area, Study
from lib.model.swot_records import SwotBook
from lib.ui import data, inputs, session, state
from lib.ui.session import t


def book(study: Study) -> SwotBook:
    """All that is said; ends the page where nothing is."""
    known = data.ask(statements.book, study)
    if not known.items:
        st.info(t("swot.empty"))
        st.stop()
    return known


def function(known: SwotBook) -> Area:
    """The function to look at; those of which something is said are marked, and one of them is first."""
    if not known.areas:
        st.info(t("swot.function_empty"))
        st.stop()
    spoken = known.functions
    names = {area.code: area.name for area in known.areas}
    if len(spoken) < len(known.areas):
        names |= {area.code: t("swot.with_words", area=area.name) for area in spoken}
    first = (spoken or known.areas)[0].code
    code = inputs.choice(t("swot.area"), state.SWOT_AREA, choices.FUNCTION, names, first)
    return next(area for area in known.areas if area.code == code)


def theme_picker(found: Across) -> Theme | None:
    """The theme to look into; the one that recurs most comes first."""
    if not found.themes:
        return None
    functions, language = len(found.known.analysed), session.language()
    names = {theme.name: words.title(language, theme, functions) for theme in found.themes}
    st.subheader(t("swot.theme_title"), anchor=False)
    if (picked := state.take(state.SWOT_PICK, str)) in names:
        state.keep(state.SWOT_THEME, picked)
    name = inputs.choice(t("swot.theme_pick"), state.SWOT_THEME, "tema", names, next(iter(names)))
    return next(theme for theme in found.themes if theme.name == name)


def compared(study: Study, known: SwotBook) -> Exhibit | None:
    """The two sides that stand beside each other; None where there are no two of that kind, which is said."""
    kinds = {kind: t(f"swot.by_{kind}") for kind in choices.KINDS}
    by = inputs.part(t("swot.compare_by"), state.SWOT_BY, choices.BY, kinds)
    names = choices.sides(session.language(), known, by).names
    if len(names) < 2:
        st.info(t("swot.too_few"))
        return None
    first, second, *_ = names
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        one = inputs.choice(t("swot.compare_one"), f"{state.SWOT_ONE}.{by}", choices.ONE, names, first)
        other = inputs.choice(t("swot.compare_other"), f"{state.SWOT_OTHER}.{by}", choices.OTHER, names, second)
    address = address_of({choices.BY: by, choices.ONE: one, choices.OTHER: other})
    return data.exhibit("swot.compare", study, address)
