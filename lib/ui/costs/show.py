"""How costs are shown: the answer, each municipality's kroner, the pictures, the tables, and the way to choose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.costs import cases, comparison
from lib.actions.costs import figures as cost_figures
from lib.actions.costs.cases import Case
from lib.exhibits.costs import exports, words
from lib.exhibits.costs import tables as cost_tables
from lib.model.costs import CostModel
from lib.model.records import Study
from lib.ui import session, show, state
from lib.ui.costs import inputs, views
from lib.ui.costs.views import Compared, Picture, Summed
from lib.ui.session import escape, t

MODEL_WIDTH = 132  # px; a model has the name of its key in it
LARGE = 8  # so many municipalities have their kroner in large figures; of more the table tells


def constructed_mark() -> None:
    """The mark that made-up figures carry wherever they are seen."""
    st.badge(t("ranking.constructed"), color="orange", help=t("costs.constructed_why"))


def answer(found: Compared) -> None:
    """Who pays more than today in large type, and what that stands on."""
    if found.found.case.constructed:
        constructed_mark()
    st.header(escape(found.headline), anchor=False)
    st.caption(escape(" · ".join([found.basis])))
    if len(found.figures) <= LARGE:
        figures(found.figures)
    said(found.notes)


def figures(shown: tuple[tuple[str, str, str], ...]) -> None:
    """Each municipality's kroner, to be read from the back row, and how that is against today."""
    with st.grid(4, min_column_width=180, gap="small"):
        for name, kroner, change in shown:
            with st.container():
                st.metric(escape(name), kroner)
                if change:
                    st.caption(escape(change))


def said(notes: tuple[str, ...]) -> None:
    for note in notes:
        st.caption(escape(note))


def spans(found: Compared) -> None:
    """Which fixed parts all can live with."""
    if found.spans:
        st.subheader(t("costs.span_title"), anchor=False)
        for sentence in found.spans:
            st.markdown(escape(sentence))


def picture(drawn: Picture | None, note: str = "") -> None:
    if drawn is None:
        return
    st.subheader(escape(drawn.title), anchor=False)
    st.vega_lite_chart(drawn.rows, drawn.spec, alt=drawn.alt, width="stretch")
    if note:
        st.caption(note)


def pictures(found: Compared) -> None:
    drawn = [(found.curves, t("costs.curves_note")), (found.change, "")]
    shown = [(each, note) for each, note in drawn if each]
    grid = st.grid(max(len(shown), 1), min_column_width=show.PICTURE_WIDTH, gap="medium")
    for each, note in shown:
        with grid.cell():
            picture(each, note)


def tables(found: Compared) -> None:
    """The figures behind the pictures, and all models side by side."""
    if found.shares.num_columns:
        st.subheader(t("costs.shares_title"), anchor=False)
        table(found.shares, t("costs.shares_alt"))
    st.subheader(t("costs.models_title"), anchor=False)
    figure = inputs.figure(cost_tables.figures(found.found))
    word = t(f"cost_columns.{figure}")
    rows = views.models(found, figure)
    first, *names = rows.column_names
    show.table(rows, t("costs.models_alt", figure=word.lower()), tuple(names), {first: MODEL_WIDTH})
    lacking = () if found.found.case.own_keys or not found.found.case.area else (t("costs.no_keys"),)
    said((*found.failed, *lacking))


def table(rows: pd.DataFrame | pa.Table, alt: str) -> None:
    """A name first, figures to the right."""
    names = rows.columns if isinstance(rows, pd.DataFrame) else rows.column_names
    show.table(rows, alt, tuple(names[1:]))


def comparison_downloads(study: Study, found: Compared) -> None:
    make = {"xlsx": exports.comparison_workbook, "csv": exports.comparison_text}
    _downloads(study, {ending: partial(each, session.visitor(), study, found.found) for ending, each in make.items()})


def together_downloads(study: Study, found: Summed) -> None:
    make = {"xlsx": exports.together_workbook, "csv": exports.together_text}
    _downloads(study, {ending: partial(each, session.visitor(), study, found.found) for ending, each in make.items()})


def _downloads(study: Study, make: dict[str, Callable[[str], bytes]]) -> None:
    """Made when they are asked for."""
    labels = {"xlsx": t("costs.download_excel"), "csv": t("costs.download_csv")}
    with st.container(horizontal=True):
        for ending, label in labels.items():
            content, name = partial(make[ending], session.language()), f"{t('costs.file')}-{study.slug}.{ending}"
            st.download_button(label, content, name, on_click="ignore", key=f"{state.COSTS_CHOOSE}.{ending}")


def choose_button(study: Study, case: Case, model: CostModel, usable: bool) -> None:
    """Keep the model for the area, for those who may; others read which is chosen."""
    if case.area is None:
        return
    area = case.area.name
    if case.chosen and comparison.same(case.chosen, model):
        st.caption(escape(t("costs.is_chosen", area=area)))
        return
    if not case.chosen:
        st.caption(escape(t("costs.none_chosen", area=area)))
    if not usable or not gate.may(session.visitor(), Action.COSTS_EDIT, study):
        return
    if st.button(t("costs.choose", area=escape(area)), type="primary", key=state.COSTS_CHOOSE):
        _choose(study, case, model)


def _choose(study: Study, case: Case, model: CostModel) -> None:
    area = case.area
    if area is None:
        return
    ids = {member.name: member.id for member in case.members}
    with session.sayable():
        choice = cases.choice_of(model, area.id, ids)
        cost_figures.choose_model(session.visitor(), study, area.id, choice)
        told = t("costs.choose_done", area=area.name, model=words.by_model(session.language(), model))
        session.start_anew(told)


def together(found: Summed) -> None:
    if found.found.constructed:
        constructed_mark()
    st.header(escape(found.headline), anchor=False)
    if found.basis:
        st.caption(escape(found.basis))
    said(found.notes)


def together_table(found: Summed) -> None:
    if not found.table.num_rows:
        return
    st.subheader(t("costs.together_table_title"), anchor=False)
    table(found.table, t("costs.together_table_alt"))
    if any(row.jobs_lost is not None for row in found.found.rows):
        st.caption(t("costs.jobs_note"))
