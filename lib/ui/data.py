"""The actions' reads as pages take them: gate and revision every run, arithmetic and words once per revision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from lib import i18n
from lib.access import Action
from lib.actions import gate, results, studies, wording
from lib.actions.results import Choices, Material, Ranking
from lib.actions.studies import Overview
from lib.actions.suppression import EVEN, Selection
from lib.charts import frames
from lib.model.access import Actor
from lib.model.columns import HIGH, ITEM, LOW
from lib.model.records import Revision, Study, Workshop
from lib.ui import session, state


@dataclass(frozen=True, slots=True)
class Result:
    """A ranking with everything the page says and draws of it, in one language."""

    ranking: Ranking
    headline: str
    basis: str
    narrowed: str
    score_heading: str
    matrix: pd.DataFrame
    order: pd.DataFrame
    table: pd.DataFrame
    matrix_alt: str
    order_alt: str
    reordered: tuple[str, ...]


def overview(study: Study) -> Overview:
    """What the study holds."""
    with session.or_stop():
        actor = session.visitor()
        return _overview(study.id, _revision(actor, study), actor, study)


def workshops(study: Study) -> list[Workshop]:
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RESULTS_VIEW, study)
        return _workshops(study.id, _revision(actor, study), actor, study)


def choices(study: Study, workshop: str) -> Choices:
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RESULTS_VIEW, study)
        return _choices(study.id, _revision(actor, study), workshop, actor, study)


def result(study: Study, selection: Selection) -> Result:
    """The ranking of a selection, or a sentence that says why it is not shown."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RESULTS_VIEW, study)
        return _result(study.id, _revision(actor, study), selection, session.language(), actor, study)


def _revision(actor: Actor, study: Study) -> Revision:
    """Asked of the store once a run, so that all parts of a page show the same state."""
    known = state.recall(state.REVISION, tuple)
    if known is None or known[0] != study.id:
        known = (study.id, studies.revision_of(actor, study))
        state.keep(state.REVISION, known)
    return Revision(*known[1])


@st.cache_data(max_entries=64, show_spinner=False)
def _overview(study_id: str, revision: Revision, _actor: Actor, _study: Study) -> Overview:
    return studies.overview(_actor, _study)


@st.cache_data(max_entries=64, show_spinner=False)
def _workshops(study_id: str, revision: Revision, _actor: Actor, _study: Study) -> list[Workshop]:
    return results.workshops(_actor, _study)


@st.cache_data(max_entries=256, show_spinner=False)
def _choices(study_id: str, revision: Revision, workshop: str, _actor: Actor, _study: Study) -> Choices:
    return results.choices(_actor, _study, workshop)


@st.cache_resource(max_entries=256, show_spinner=False)
def _material(study_id: str, revision: Revision, selection: Selection, _actor: Actor, _study: Study) -> Material:
    return results.material(_actor, _study, selection)


@st.cache_resource(max_entries=1024, show_spinner=False)
def _result(
    study_id: str, revision: Revision, selection: Selection, language: str, _actor: Actor, _study: Study
) -> Result:
    """Shared by all sessions without a copy, since nobody writes in it; the weight alone costs only arithmetic."""
    even = replace(selection, weight=EVEN)
    ranking = results.weigh(_material(study_id, revision, even, _actor, _study), selection.weight)
    two = results.weighable(ranking.material.method)
    shown = partial(i18n.number, language, decimals=1)
    names = ranking.material.names
    return Result(
        ranking,
        wording.headline(language, ranking),
        wording.basis(language, ranking),
        wording.narrowed(language, ranking),
        wording.score_heading(language, ranking),
        _matrix(ranking, shown) if two else pd.DataFrame(),
        frames.ranking_frame(ranking.summary, _intervals(ranking), names, shown, _dissent_mark(language)),
        wording.table(language, ranking),
        wording.matrix_alt(language, ranking) if two else "",
        wording.list_alt(language, ranking),
        tuple(wording.reordered(language, ranking)),
    )


def _matrix(ranking: Ranking, shown: Callable[[float], str]) -> pd.DataFrame:
    material = ranking.material
    one, two = material.method.criteria
    return frames.matrix_frame(ranking.summary, material.names, (one, two), shown, ranking.weights, material.deviations)


def _intervals(ranking: Ranking) -> pd.DataFrame:
    return pd.DataFrame(columns=[ITEM, LOW, HIGH]) if ranking.intervals is None else ranking.intervals


def _dissent_mark(language: str) -> str:
    """A symbol and a word, so that neither colour nor shape has to carry it alone."""
    return f"◆ {i18n.t(language, 'ranking.dissent_yes')}"
