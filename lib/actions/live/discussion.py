"""What the room talks about once a result is out: where it disagrees and it matters, and what another round moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.access import Action
from lib.actions import open_store, results, rounds
from lib.actions.reads import per_revision, reads
from lib.actions.results import Ranking
from lib.actions.suppression import EVEN, Selection
from lib.domain import discussion
from lib.domain.cube import Cube
from lib.domain.scoring import combine, shares_of
from lib.model.columns import AGREEMENT, DISSENT, HIGH, ITEM, LOW, ONE, OTHER, RANK, RATER, SCORE
from lib.model.records import Study
from lib.store import ratings


@dataclass(frozen=True, slots=True)
class Stand:
    """A group by name, with what it gave on each criterion."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """An item to talk about. `counts`: criterion → how many gave each step of its scale, lowest first.

    `apart` are the two furthest from each other and comments carry names in group mode only: persons are never named.
    """

    item: str
    name: str
    place: int | None
    low: int | None
    high: int | None
    agreement: float
    dissent: bool
    counts: Mapping[str, tuple[int, ...]]
    apart: tuple[Stand, Stand] | None
    comments: tuple[tuple[str, str], ...]


@reads(Action.RESULTS_VIEW)
def topics(ranking: Ranking) -> tuple[Topic, ...]:
    """Every item that was answered, the one most worth talking about first; nothing of fewer than three persons."""
    material = ranking.material
    cube = material.answers
    if not isinstance(cube, Cube) or material.tells_too_much:
        return ()
    order = discussion.discussion_order(ranking.summary, ranking.intervals)
    lines = {row[ITEM]: row for row in ranking.summary.to_dict("records")}
    spans = {} if ranking.intervals is None else {row[ITEM]: row for row in ranking.intervals.to_dict("records")}
    remarks, apart = _remarks(ranking), _apart(ranking, cube)
    return tuple(
        Topic(
            item=item,
            name=material.names[item],
            place=_whole(lines[item][RANK]),
            low=_whole(spans.get(item, {}).get(LOW)),
            high=_whole(spans.get(item, {}).get(HIGH)),
            agreement=float(lines[item][AGREEMENT]),
            dissent=bool(lines[item][DISSENT]),
            counts=_counts(ranking, cube, item),
            apart=apart.get(item),
            comments=remarks.get(item, ()),
        )
        for item in order[ITEM]
    )


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _counts(ranking: Ranking, cube: Cube, item: str) -> dict[str, tuple[int, ...]]:
    place, found = cube.items.index(item), {}
    for layer, criterion in enumerate(ranking.material.method.criteria):
        values = cube.values[:, place, layer]
        found[criterion.key] = tuple(int(np.sum(values == step)) for step in criterion.steps)
    return found


def _apart(ranking: Ranking, cube: Cube) -> dict[str, tuple[Stand, Stand]]:
    if not ranking.material.workshop.group_mode:
        return {}
    names = {rater.id: rater.name for rater in ranking.material.people}

    def stand(rater: str, item: str) -> Stand:
        values = cube.values[cube.raters.index(rater), cube.items.index(item)]
        return Stand(names[rater], tuple(int(value) for value in values))

    found = discussion.most_distant(cube, ranking.material.method).to_dict("records")
    return {row[ITEM]: (stand(row[ONE], row[ITEM]), stand(row[OTHER], row[ITEM])) for row in found}


def _remarks(ranking: Ranking) -> dict[str, tuple[tuple[str, str], ...]]:
    """Item → who said what, the newest word of each."""
    material = ranking.material
    names = {rater.id: rater.name if material.workshop.group_mode else "" for rater in material.people}
    last: dict[tuple[str, str], str] = {}
    for number in sorted(each for each in rounds.of(material.workshop).main if each <= material.selection.round):
        for comment in ratings.comments(open_store.store(), material.workshop.id, number):
            if comment.rater in names:
                last[comment.item, comment.rater] = comment.text
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for (item, rater), text in last.items():
        found[item] = (*found.get(item, ()), (names[rater], text))
    return found


@reads(Action.RESULTS_VIEW)
def scores(ranking: Ranking) -> pd.DataFrame:
    """`item`, `rater`, `score`: each rater's own score; nothing of fewer than three persons, or without a total."""
    material = ranking.material
    cube = material.answers
    if not isinstance(cube, Cube) or material.tells_too_much or not material.method.has_total:
        return pd.DataFrame(columns=[ITEM, RATER, SCORE])
    own = combine(cube.values, material.method, shares_of(material.method, ranking.weights))
    labels = pd.MultiIndex.from_product([cube.raters, cube.items], names=[RATER, ITEM])
    return pd.Series(own.ravel(), labels, name=SCORE).reset_index()


@dataclass(frozen=True, slots=True)
class Moved:
    """Two rounds side by side: `table` is the frame of `discussion.compare_rounds`."""

    before: int
    after: int
    table: pd.DataFrame


@per_revision(Action.RESULTS_VIEW)
def moved(study: Study, workshop: str) -> Moved | None:
    """What the last round by the workshop's own method moved since the one before; None where there is only one."""
    shown = rounds.of(results.choices.within(study, workshop).workshop).main[-2:]
    if len(shown) < 2:
        return None
    one, other = (results.weigh(results.material.within(study, Selection(workshop, number)), EVEN) for number in shown)
    return Moved(shown[0], shown[1], discussion.compare_rounds(one.summary, other.summary))
