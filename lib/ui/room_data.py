"""What a discussion and the wall read, once per revision; as `lib.ui.data` does for results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import streamlit as st

from lib import i18n
from lib.actions import discussing
from lib.actions.discussing import Moved, Topic
from lib.actions.results import Ranking
from lib.actions.suppression import Selection
from lib.charts import frames
from lib.charts.look import Spec
from lib.model.access import Actor
from lib.model.columns import ITEM, SCORE
from lib.model.records import Revision, Study, Workshop
from lib.ui import data, pictures, session
from lib.ui.data import Result


@dataclass(frozen=True, slots=True)
class Spread:
    """Every rater's score around each area's mean, as Streamlit sends it; no rows where it may not be shown."""

    table: pa.Table
    spec: Spec
    alt: str


def topics(study: Study, selection: Selection) -> tuple[Topic, ...]:
    """What to talk about, first things first."""
    with session.or_stop():
        actor = session.visitor()
        revision, ranking = data.revision_now(actor, study), data.result(study, selection).ranking
        return _topics(study_id=study.id, revision=revision, selection=selection, _actor=actor, _ranking=ranking)


def moved(study: Study, workshop: Workshop) -> Moved | None:
    """The last two rounds side by side."""
    with session.or_stop():
        actor = session.visitor()
        return _moved(
            study_id=study.id, revision=data.revision_now(actor, study), workshop_id=workshop.id,
            _actor=actor, _study=study, _workshop=workshop,
        )  # fmt: skip


def spread(study: Study, selection: Selection) -> Spread:
    """How the raters' scores lie around the means."""
    result = data.result(study, selection)
    with session.or_stop():
        actor = session.visitor()
        return _spread(
            study_id=study.id,
            revision=data.revision_now(actor, study),
            selection=selection,
            language=session.language(),
            _actor=actor,
            _result=result,
        )


@st.cache_resource(max_entries=64, show_spinner=False)
def _topics(
    study_id: str, revision: Revision, selection: Selection, _actor: Actor, _ranking: Ranking
) -> tuple[Topic, ...]:
    return discussing.topics(_actor, _ranking)


@st.cache_resource(max_entries=64, show_spinner=False)
def _moved(
    study_id: str, revision: Revision, workshop_id: str, _actor: Actor, _study: Study, _workshop: Workshop
) -> Moved | None:
    return discussing.moved(_actor, _study, _workshop)


@st.cache_resource(max_entries=64, show_spinner=False)
def _spread(
    study_id: str, revision: Revision, selection: Selection, language: str, _actor: Actor, _result: Result
) -> Spread:
    ranking = _result.ranking
    method, people = ranking.material.method, ranking.material.people
    unnamed = i18n.t(language, "discuss.somebody")
    names = {rater.id: rater.name if ranking.material.workshop.group_mode else unnamed for rater in people}
    given = discussing.scores(_actor, ranking)
    written = partial(i18n.number, language, decimals=1)
    frame = frames.distribution_frame(ranking.summary, given, ranking.material.names, names, written)
    ceiling = method.highest_score or float(max([*given[SCORE].dropna(), 1.0]))
    spec = pictures.distribution_spec(language, method, ceiling, frames.title_lines(frame))
    alt = i18n.t(language, "discuss.spread_alt", count=frame[ITEM].nunique(), finding=_result.order_alt)
    return Spread(pa.Table.from_pandas(frame, preserve_index=False), spec, alt)
