"""The actions' reads as pages take them: gate and revision every run, arithmetic and words once per revision.

Cached functions are called by keyword: for a positional argument Streamlit looks up the signature every time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib import i18n
from lib.access import Action
from lib.actions import gate, results, studies
from lib.actions.ranking import firmness
from lib.actions.ranking.firmness import Firmness, Grounds
from lib.actions.results import Choices, Material, Ranking
from lib.actions.studies import Overview
from lib.actions.subjects import named
from lib.actions.suppression import EVEN, Selection
from lib.charts import frames
from lib.charts.look import Spec
from lib.exhibits import pictures
from lib.exhibits.ranking import firm_words, tables, words
from lib.model.access import Actor
from lib.model.columns import HIGH, ITEM, LOW, ONE, OTHER, RANK, SCORE
from lib.model.records import Revision, Study, Workshop
from lib.ui import session, state


@dataclass(frozen=True, slots=True)
class Firm:
    """How firm a ranking is, as it is said, and the picture of two parties; no spec where it may not be shown."""

    spans: tuple[str, ...]
    left_out: tuple[str, ...]
    gaps: pa.Table
    spec: Spec | None = None
    finding: str = ""
    alt: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A ranking with everything the page says and draws of it, in one language; tables as Streamlit sends them."""

    ranking: Ranking
    headline: str
    basis: str
    matrix: pa.Table
    matrix_specs: tuple[Spec, ...]  # without and with the spread; none for methods that have not just two criteria
    matrix_finding: str
    matrix_alt: str
    order: pa.Table
    order_spec: Spec
    order_finding: str
    order_alt: str
    table: pa.Table
    concordance: str
    reordered: tuple[str, ...]
    firm: Firm


def overview(study: Study) -> Overview:
    """What the study holds."""
    with session.or_stop():
        actor = session.visitor()
        return _overview(study_id=study.id, revision=revision_now(actor, study), _actor=actor, _study=study)


def workshops(study: Study) -> list[Workshop]:
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RESULTS_VIEW, study)
        return _workshops(study_id=study.id, revision=revision_now(actor, study), _actor=actor, _study=study)


def rankings(study: Study) -> list[Workshop]:
    """Those of `workshops` that rank areas."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RESULTS_VIEW, study)
        return _rankings(study_id=study.id, revision=revision_now(actor, study), _actor=actor, _study=study)


def choices(study: Study, workshop: str) -> Choices:
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RESULTS_VIEW, study)
        return _choices(
            study_id=study.id, revision=revision_now(actor, study), workshop=workshop, _actor=actor, _study=study
        )


def result(study: Study, selection: Selection) -> Result:
    """The ranking of a selection, or a sentence that says why it is not shown."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.RESULTS_VIEW, study)
        return _result(
            study_id=study.id,
            revision=revision_now(actor, study),
            selection=selection,
            language=session.language(),
            _actor=actor,
            _study=study,
        )


def revision_now(actor: Actor, study: Study) -> Revision:
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


@st.cache_data(max_entries=64, show_spinner=False)
def _rankings(study_id: str, revision: Revision, _actor: Actor, _study: Study) -> list[Workshop]:
    return results.on_areas(_actor, _study)


@st.cache_data(max_entries=256, show_spinner=False)
def _choices(study_id: str, revision: Revision, workshop: str, _actor: Actor, _study: Study) -> Choices:
    return results.choices(_actor, _study, workshop)


@st.cache_resource(max_entries=256, show_spinner=False)
def _material(study_id: str, revision: Revision, selection: Selection, _actor: Actor, _study: Study) -> Material:
    return results.material(_actor, _study, selection)


@st.cache_resource(max_entries=256, show_spinner=False)
def _grounds(study_id: str, revision: Revision, selection: Selection, _actor: Actor, _material: Material) -> Grounds:
    return firmness.grounds(_actor, _material)


@st.cache_resource(max_entries=1024, show_spinner=False)
def _result(
    study_id: str, revision: Revision, selection: Selection, language: str, _actor: Actor, _study: Study
) -> Result:
    """Shared by all sessions without a copy, since nobody writes in it; the weight alone costs only arithmetic."""
    even = replace(selection, weight=EVEN)
    material = _material(study_id=study_id, revision=revision, selection=even, _actor=_actor, _study=_study)
    material = replace(material, names=_names(language, material.names))
    grounds = _grounds(study_id=study_id, revision=revision, selection=even, _actor=_actor, _material=material)
    ranking, method = results.weigh(material, selection.weight), material.method
    firm = firmness.weigh(_actor, grounds, ranking)
    two, shown = (
        method.is_plane and bool(ranking.summary[RANK].notna().any()),
        partial(i18n.number, language, decimals=0 if method.budget else 1),
    )
    order = frames.ranking_frame(ranking.summary, intervals(ranking), material.names, shown, dissent_mark(language))
    lines, ceiling = frames.title_lines(order), method.highest_score or max([*order[SCORE], 1.0])
    return Result(
        ranking,
        words.headline(language, ranking),
        words.basis(language, ranking),
        _sent(_matrix(ranking, shown) if two else pd.DataFrame()),
        tuple(pictures.matrix_spec(language, method, spread) for spread in (False, True)) if two else (),
        words.matrix_finding(language, ranking) if two else "",
        words.matrix_alt(language, ranking) if two else "",
        _sent(order),
        pictures.order_spec(language, method, ceiling, lines),
        words.list_finding(language, ranking),
        words.list_alt(language, ranking),
        _sent(tables.table(language, ranking, firm.gaps)),
        words.concordance(language, ranking),
        tuple(words.reordered(language, ranking)),
        _firm(language, ranking, firm, shown),
    )


def _names(language: str, names: Mapping[str, str]) -> dict[str, str]:
    return {item: named(language, item, name) for item, name in names.items()}


def _firm(language: str, ranking: Ranking, found: Firmness, shown: Callable[[float], str]) -> Firm:
    said = tuple(firm_words.spans(language, ranking)), tuple(firm_words.left_out(language, ranking, found))
    pairs, scale = frames.pairs_frame(found.gaps, ranking.material.names, shown), firm_words.scale(language, ranking)
    if pairs.empty:
        return Firm(*said, _sent(pairs))
    ceiling = ranking.material.method.highest_score or max([*pairs[ONE], *pairs[OTHER], 1.0])
    return Firm(
        *said,
        _sent(pairs),
        pictures.gap_spec(language, scale, ceiling, frames.title_lines(pairs)),
        firm_words.gap_finding(language, ranking, found.gaps),
        firm_words.gap_alt(language, ranking, found.gaps),
        firm_words.gap_note(language, ranking, found),
    )


def _sent(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)


def _matrix(ranking: Ranking, shown: Callable[[float], str]) -> pd.DataFrame:
    material = ranking.material
    one, two = material.method.criteria
    return frames.matrix_frame(ranking.summary, material.names, (one, two), shown, ranking.weights, material.deviations)


def intervals(ranking: Ranking) -> pd.DataFrame:
    return pd.DataFrame(columns=[ITEM, LOW, HIGH]) if ranking.intervals is None else ranking.intervals


def dissent_mark(language: str) -> str:
    """A symbol and a word, so that neither colour nor shape has to carry it alone."""
    return f"◆ {i18n.t(language, 'ranking.dissent_yes')}"
