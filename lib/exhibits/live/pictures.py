"""The pictures of a workshop: every score around the means, two rounds side by side, how the answers fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from lib.actions.live import discussion
from lib.actions.live.discussion import Moved, Topic
from lib.actions.results import Ranking
from lib.charts import frames
from lib.charts.live import frames as live_frames
from lib.exhibits import results
from lib.exhibits.exhibit import Picture, drawn
from lib.exhibits.live import specs, words
from lib.i18n import number, t
from lib.model.columns import DISSENT, ITEM, ONE, OTHER, RANK, SCORE, SCORE_AFTER, SCORE_BEFORE
from lib.model.methods import Method, Pool


class Beside(NamedTuple):
    """What else is said of each item on the wall: a heading, and the words by item."""

    heading: str = ""
    words: Mapping[str, str] = {}


PLAIN = Beside()


def spread(
    language: str, ranking: Ranking, beside: Beside = PLAIN, only: Sequence[str] | None = None
) -> Picture | None:
    """How the raters' scores lie around the means; of some items in their own order with `only`."""
    method, material, given = ranking.material.method, ranking.material, discussion.scores.within(ranking)
    unnamed = t(language, "discuss.somebody")
    raters = {rater.id: rater.name if material.workshop.group_mode else unnamed for rater in material.people}
    written = partial(number, language, decimals=0 if method.budget else 1)
    frame = frames.distribution_frame(ranking.summary, given, material.names, raters, written)
    frame = live_frames.wall_frame(frame, results.intervals(ranking), *_marks(language, ranking), beside.words)
    if only is not None:
        order = {item: place for place, item in enumerate(only)}
        frame = frame[frame[ITEM].isin(order)].sort_values(ITEM, key=lambda items: items.map(order), kind="stable")
    if frame.empty:
        return None
    ceiling = method.highest_score or float(max([*given[SCORE].dropna(), 1.0]))
    spec = specs.wall_spec(language, method, ceiling, live_frames.name_room(frame), beside.heading)
    return drawn(frame, spec, _spread_alt(language, ranking, frame[ITEM].nunique()))


def _marks(language: str, ranking: Ranking) -> tuple[dict[str, int], dict[str, str]]:
    """Each item's place, and the mark that its name carries where the room is divided."""
    summary, mark = ranking.summary[ranking.summary[RANK].notna()], results.dissent_mark(language)
    places = {item: int(rank) for item, rank in zip(summary[ITEM], summary[RANK], strict=True)}
    return places, {item: mark for item, apart in zip(summary[ITEM], summary[DISSENT], strict=True) if apart}


def _spread_alt(language: str, ranking: Ranking, count: int) -> str:
    mean = ranking.material.method.pool is Pool.MEAN
    stroke = t(language, f"discuss.stroke_{'mean' if mean else 'stands'}")
    finding = results.order_alt(language, ranking)
    return t(language, "discuss.spread_alt", stroke=stroke, count=count, finding=finding)


def rounds(language: str, ranking: Ranking, moved: Moved) -> Picture | None:
    """Each item's score in the last two rounds; nothing by a method without a total."""
    material, method = ranking.material, ranking.material.method
    if not method.has_total:
        return None
    found: pd.DataFrame = moved.table.rename(columns={SCORE_BEFORE: ONE, SCORE_AFTER: OTHER})
    frame = frames.pairs_frame(found, material.names, partial(number, language, decimals=1))
    ceiling = method.highest_score or float(max([*found[ONE], *found[OTHER]], default=1))
    before, after = (t(language, "ranking.round_n", n=each) for each in (moved.before, moved.after))
    spec = specs.rounds_spec(language, method, (before, after), ceiling, frames.title_lines(frame))
    finding = words.moved_finding(language, moved, material)
    return drawn(frame, spec, finding, finding)


def answers(language: str, method: Method, each: Topic) -> Picture:
    """How many gave each step of each criterion; the alternative text says it all."""
    names = {key: t(language, f"criteria.{key}") for key in method.criterion_keys}
    frame = live_frames.answers_frame(each.counts, method.criteria, names)
    return drawn(frame, specs.answers_spec(language, method), words.answers_alt(language, method, each))
