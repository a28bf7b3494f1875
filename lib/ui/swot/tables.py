"""The tables of «Funksjon» in which leaders type: each saved by its own button, and refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.actions.swot import statements
from lib.actions.swot.statements import Said
from lib.domain.merging import Answers
from lib.model.records import Study
from lib.model.sheet_kinds import sheet_of
from lib.model.swot_records import Force, Note, SwotItem
from lib.ui import session, state
from lib.ui.session import t
from lib.ui.swot import editing
from lib.ui.typed_table import typed_table


def typing(study: Study, area: str) -> None:
    """The three tables, for those who may type."""
    if editing.may_edit(study):
        with st.expander(t("swot.typing_title")):
            _table(study, area, SwotItem, "items")
            _table(study, area, Force, "forces")
            _table(study, area, Note, "notes")


@st.fragment
def _table(study: Study, area: str, record: type[Said], what: str) -> None:
    actor = session.begin()
    known = statements.book(actor, study)

    def save(typed: list[Said], seen: Sequence[Said], answers: Answers) -> None:
        statements.save(actor, study, area, record, typed, seen, answers)

    typed_table(
        sheet_of(record),
        f"{state.SWOT_TABLE}.{what}.{area}",
        statements.of_area(known, record, area),
        save,
        may=True,
        names=statements.names(known),
        fixed={"area": area},
    )
