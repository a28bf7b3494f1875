"""The tables of «Kostnadstall»: each saved by its own button, and refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.actions import typed_rows
from lib.actions.costs import cases, cost_figures
from lib.actions.costs.cost_figures import YEAR, Figures
from lib.actions.typed_rows import Line
from lib.domain.merging import Answers
from lib.model.cost_records import CostItem, KeyFigure, OwnCost, PartialCost, Participation
from lib.model.records import Study
from lib.model.sheet_kinds import KEYS, sheet_of
from lib.ui import session, state
from lib.ui.costs import figure_panels
from lib.ui.session import t
from lib.ui.typed_table import typed_table


@st.fragment
def items(study: Study, area: str) -> None:
    """The area's cost lines."""
    known = cost_figures.book(session.begin(), study)
    held = [row.model for row in cost_figures.of_area(known, CostItem, area)]
    models = dict.fromkeys((*cases.model_names(cases.case_of(known, area)), *filter(None, held)))
    _table(study, area, CostItem, models=tuple(models))


@st.fragment
def own(study: Study, area: str) -> None:
    """What each municipality pays today."""
    _table(study, area, OwnCost, a_row_each=True)


@st.fragment
def participation(study: Study, area: str) -> None:
    """Who takes part, who is the host, and where the jobs of the cooperation are."""
    _table(study, area, Participation, a_row_each=True)


@st.fragment
def partial(study: Study, area: str) -> None:
    """What smaller cooperations would cost."""
    _table(study, area, PartialCost)


def _table(
    study: Study, area: str, record: type[Figures], *, a_row_each: bool = False, models: Sequence[str] = ()
) -> None:
    actor = session.begin()
    known, kind = cost_figures.book(actor, study), sheet_of(record)

    def save(typed: list[Figures], seen: Sequence[Figures], answers: Answers) -> None:
        cost_figures.save(actor, study, area, record, typed, seen, answers)

    typed_table(
        kind,
        f"{state.FIGURES}.{kind.key}.{area}",
        cost_figures.of_area(known, record, area),
        save,
        may=figure_panels.may_edit(study),
        names=cost_figures.names(known),
        fixed={"area": area},
        a_row_each=a_row_each,
        options={"model": models},
    )


@st.fragment
def keys(study: Study, town: str) -> None:
    """A municipality's population and other allocation keys."""
    actor = session.begin()
    held = next((each for each in cost_figures.book(actor, study).municipalities if each.id == town), None)
    if held is None:
        return

    def save(typed: list[KeyFigure], seen: Sequence[KeyFigure], answers: Answers) -> None:
        cost_figures.save_keys(actor, study, town, typed, seen, answers)

    typed_table(
        KEYS,
        f"{state.FIGURES}.{KEYS.key}.{town}",
        cost_figures.key_figures(held),
        save,
        may=figure_panels.may_edit(study),
        names={},
        fixed={},
        written=_key,
    )


def _key(row: KeyFigure) -> Line:
    """Population and year under the names that people know; a year without a space in it."""
    cells = typed_rows.cells(KEYS, row, {}, session.language())
    named = {"key": t(f"columns.{row.id}")} if row.id in cost_figures.FIXED_KEYS else {}
    year = {"figure": f"{row.figure:.0f}"} if row.id == YEAR and row.figure is not None else {}
    return cells | named | year
