"""What a discussion and the wall read, once per revision; as `lib.ui.data` does for results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import streamlit as st

from lib import i18n
from lib.actions.bridge import risk_rounds, self_evaluation
from lib.actions.bridge.risk_rounds import Outcome
from lib.actions.bridge.self_evaluation import Graded
from lib.actions.live import discussion
from lib.actions.live.discussion import Moved, Topic
from lib.actions.results import Ranking
from lib.actions.suppression import Selection
from lib.charts import frames
from lib.charts.live import frames as live_frames
from lib.charts.look import Spec
from lib.exhibits import pictures
from lib.model.access import Actor
from lib.model.columns import DISSENT, ITEM, RANK, SCORE
from lib.model.methods import Pool
from lib.model.records import Revision, Study, Workshop
from lib.ui import data, session
from lib.ui.data import Result


@dataclass(frozen=True, slots=True)
class Spread:
    """Every rater's score around each area's mean, as Streamlit sends it; no rows where it may not be shown."""

    table: pa.Table
    spec: Spec
    alt: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What else is said of each item on the wall: a heading, and the words by item."""

    heading: str = ""
    words: tuple[tuple[str, str], ...] = ()


PLAIN = Beside()


def topics(study: Study, selection: Selection) -> tuple[Topic, ...]:
    """What to talk about, first things first."""
    with session.or_stop():
        actor = session.visitor()
        revision, ranking = data.revision_now(actor, study), data.result(study, selection).ranking
        return _topics(
            study_id=study.id, revision=revision, selection=selection, language=session.language(),
            _actor=actor, _ranking=ranking,
        )  # fmt: skip


def risk_outcome(study: Study, selection: Selection) -> Outcome | None:
    """What a round of risks came to; None for other methods."""
    with session.or_stop():
        actor = session.visitor()
        revision, ranking = data.revision_now(actor, study), data.result(study, selection).ranking
        return _outcome(
            study_id=study.id, revision=revision, selection=selection, language=session.language(),
            _actor=actor, _ranking=ranking,
        )  # fmt: skip


def graded(study: Study, selection: Selection) -> tuple[Graded, ...]:
    """The factors of a self-evaluation; none for other methods."""
    with session.or_stop():
        actor = session.visitor()
        revision, ranking = data.revision_now(actor, study), data.result(study, selection).ranking
        return _graded(
            study_id=study.id, revision=revision, selection=selection, language=session.language(),
            _actor=actor, _ranking=ranking,
        )  # fmt: skip


def moved(study: Study, workshop: Workshop) -> Moved | None:
    """The last two rounds side by side."""
    with session.or_stop():
        actor = session.visitor()
        return _moved(
            study_id=study.id, revision=data.revision_now(actor, study), workshop_id=workshop.id,
            _actor=actor, _study=study, _workshop=workshop,
        )  # fmt: skip


def spread(study: Study, selection: Selection, beside: Beside = PLAIN, only: tuple[str, ...] = ()) -> Spread:
    """How the raters' scores lie around the means; of some items in their own order with `only`."""
    result = data.result(study, selection)
    with session.or_stop():
        actor = session.visitor()
        return _spread(
            study_id=study.id,
            revision=data.revision_now(actor, study),
            selection=selection,
            language=session.language(),
            beside=beside,
            only=only,
            _actor=actor,
            _result=result,
        )


@st.cache_resource(max_entries=64, show_spinner=False)
def _topics(
    study_id: str, revision: Revision, selection: Selection, language: str, _actor: Actor, _ranking: Ranking
) -> tuple[Topic, ...]:
    return discussion.topics(_actor, _ranking)


@st.cache_resource(max_entries=64, show_spinner=False)
def _outcome(
    study_id: str, revision: Revision, selection: Selection, language: str, _actor: Actor, _ranking: Ranking
) -> Outcome | None:
    return risk_rounds.outcome(_actor, _ranking)


@st.cache_resource(max_entries=64, show_spinner=False)
def _graded(
    study_id: str, revision: Revision, selection: Selection, language: str, _actor: Actor, _ranking: Ranking
) -> tuple[Graded, ...]:
    return self_evaluation.outcome(_actor, _ranking)


@st.cache_resource(max_entries=64, show_spinner=False)
def _moved(
    study_id: str, revision: Revision, workshop_id: str, _actor: Actor, _study: Study, _workshop: Workshop
) -> Moved | None:
    return discussion.moved(_actor, _study, _workshop)


@st.cache_resource(max_entries=64, show_spinner=False)
def _spread(
    study_id: str,
    revision: Revision,
    selection: Selection,
    language: str,
    beside: Beside,
    only: tuple[str, ...],
    _actor: Actor,
    _result: Result,
) -> Spread:
    ranking = _result.ranking
    method, material = ranking.material.method, ranking.material
    unnamed = i18n.t(language, "discuss.somebody")
    names = {rater.id: rater.name if material.workshop.group_mode else unnamed for rater in material.people}
    given = discussion.scores(_actor, ranking)
    written = partial(i18n.number, language, decimals=0 if method.budget else 1)
    frame = frames.distribution_frame(ranking.summary, given, material.names, names, written)
    frame = live_frames.wall_frame(frame, data.intervals(ranking), *_marks(language, ranking), dict(beside.words))
    if only:
        order = {item: place for place, item in enumerate(only)}
        frame = frame[frame[ITEM].isin(only)].sort_values(ITEM, key=lambda items: items.map(order), kind="stable")
    ceiling = method.highest_score or float(max([*given[SCORE].dropna(), 1.0]))
    stroke = i18n.t(language, f"discuss.stroke_{'mean' if method.pool is Pool.MEAN else 'stands'}")
    alt = i18n.t(language, "discuss.spread_alt", stroke=stroke, count=frame[ITEM].nunique(), finding=_result.order_alt)
    spec = pictures.wall_spec(language, method, ceiling, live_frames.name_room(frame), beside.heading)
    return Spread(pa.Table.from_pandas(frame, preserve_index=False), spec, alt)


def _marks(language: str, ranking: Ranking) -> tuple[dict[str, int], dict[str, str]]:
    """Each item's place, and the mark that its name carries where the room is divided."""
    summary = ranking.summary[ranking.summary[RANK].notna()]
    places = {item: int(rank) for item, rank in zip(summary[ITEM], summary[RANK], strict=True)}
    apart = {
        item: data.dissent_mark(language) for item, apart in zip(summary[ITEM], summary[DISSENT], strict=True) if apart
    }
    return places, apart
