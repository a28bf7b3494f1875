"""What is shown of a workshop: what to talk about, every score, what moved, rounds of risks and of factors.

A discussion is of all who rated: an address that narrows a result to some of them is read as the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from lib import i18n
from lib.access import Action
from lib.actions import results as found_results
from lib.actions.bridge import risk_rounds, self_evaluation
from lib.actions.live import discussion
from lib.actions.reads import per_revision
from lib.actions.results import Ranking
from lib.actions.suppression import Selection
from lib.exhibits import results
from lib.exhibits.exhibit import Address, Build, Declared, Exhibit, Picture
from lib.exhibits.limits import limits
from lib.exhibits.live import pictures, tables, words
from lib.exhibits.live.pictures import PLAIN, Beside
from lib.i18n import number, t
from lib.model.columns import ITEM, RANK_AFTER, RANK_BEFORE, SCORE
from lib.model.problems import Denied, NotFound
from lib.model.records import Study

PAGE, GRADES_PAGE = "workshop/discuss.py", "risk/self_evaluation.py"
FIRST = 6
"""So many topics fill the wall."""
BESIDE = "ved_siden"
POINTS, ROUNDS = ((BESIDE, each) for each in ("poeng", "runder"))
"""With a selection: what stands beside the scores, a vote with points or the places of the round before."""


def _ranking(study: Study, address: Address, language: str) -> Ranking:
    chosen = results.selection_of(study, address)
    return results.ranking.within(study, Selection(chosen.workshop, chosen.round), language)


def _of(ranking: Ranking, language: str, key: str, asked: Address = (), **shown: Any) -> Exhibit:
    """An exhibit of the round that a ranking is of, with what it rests on."""
    where, rests = (*results.address(ranking.selection), *asked), results.basis(language, ranking)
    return Exhibit(key, where, basis=rests, marks=results.marks(language, ranking), **shown)


@per_revision(Action.RESULTS_VIEW)
def topics(study: Study, address: Address, language: str) -> Exhibit:
    """What to talk about first. NotFound where there are too few answers to say."""
    ranking = _ranking(study, address, language)
    found, kind = discussion.topics.within(ranking), ranking.material.kind
    if not found:
        raise NotFound
    return _of(
        ranking,
        language,
        "live.topics",
        say=partial(words.topics_finding, language, found, kind),
        picture_of=lambda: pictures.spread(language, ranking, only=[each.item for each in found[:FIRST]]),
        table_of=partial(tables.topics, language, found, kind),
        notes=(t(language, "discuss.order_note", **limits(language)),),
        found=found,
    )


@per_revision(Action.RESULTS_VIEW)
def answers(study: Study, address: Address, item: str, language: str) -> Picture:
    """How the answers to one of the topics fell."""
    method = _ranking(study, address, language).material.method
    for each in topics.within(study, address, language).found:
        if each.item == item:
            return pictures.answers(language, method, each)
    raise NotFound


@per_revision(Action.RESULTS_VIEW)
def spread(study: Study, address: Address, language: str) -> Exhibit:
    """Every rater's score around the means. NotFound where raters have no score of their own, or too few have."""
    ranking = _ranking(study, address, language)
    given, asked = discussion.scores.within(ranking), tuple(each for each in (POINTS, ROUNDS) if each in address)
    if given[SCORE].isna().all():
        raise NotFound
    return _of(
        ranking,
        language,
        "live.spread",
        asked,
        say=partial(results.first, language, ranking),
        picture_of=lambda: pictures.spread(language, ranking, _beside(study, ranking.selection, asked, language)),
        table_of=partial(tables.spread, language, ranking, given),
    )


def _beside(study: Study, selection: Selection, asked: Address, language: str) -> Beside:
    known = found_results.choices.within(study, selection.workshop)
    votes = [each for each, method in known.rounds.items() if method != known.workshop.method]
    moved = discussion.moved.within(study, selection.workshop)
    if POINTS in asked and votes:
        summary = results.ranking.within(study, Selection(selection.workshop, max(votes)), language).summary
        points = {item: number(language, score) for item, score in zip(summary[ITEM], summary[SCORE], strict=True)}
        return Beside(t(language, "live.dots"), points)
    if ROUNDS in asked and moved:
        places = {row[ITEM]: f"{row[RANK_BEFORE]} → {row[RANK_AFTER]}" for row in words.moved_rows(moved)}
        return Beside(t(language, "live.moved", before=moved.before), places)
    return PLAIN


@per_revision(Action.RESULTS_VIEW)
def rounds(study: Study, address: Address, language: str) -> Exhibit:
    """What the last round moved since the one before. NotFound where there is only one."""
    workshop = results.selection_of(study, address).workshop
    moved = discussion.moved.within(study, workshop)
    if moved is None:
        raise NotFound
    ranking = results.ranking.within(study, Selection(workshop, moved.after), language)
    return _of(
        ranking,
        language,
        "live.rounds",
        say=partial(words.moved_finding, language, moved, ranking.material),
        picture_of=partial(pictures.rounds, language, ranking, moved),
        table_of=partial(tables.rounds, language, ranking, moved),
    )


@per_revision(Action.RESULTS_VIEW)
def risk_round(study: Study, address: Address, language: str) -> Exhibit:
    """The highest numbers of each risk and what they demand. NotFound for other methods."""
    ranking = _ranking(study, address, language)
    found = risk_rounds.outcome.within(ranking)
    if not found or not found.risks:
        raise NotFound
    return _of(
        ranking,
        language,
        "live.risk_round",
        say=partial(words.risks_finding, language, found),
        table_of=partial(tables.risks, language, found),
        notes=tuple(filter(None, [t(language, "verdicts.note", **limits(language)), words.only_many(language, found)])),
    )


@per_revision(Action.RESULTS_VIEW)
def grades(study: Study, address: Address, language: str) -> Exhibit:
    """The worst grade of each factor and what it means. NotFound for other methods."""
    ranking = _ranking(study, address, language)
    found = self_evaluation.outcome.within(ranking)
    if not found:
        raise NotFound
    return _of(
        ranking,
        language,
        "live.grades",
        say=partial(words.grades_finding, language, found),
        table_of=partial(tables.grades, language, ranking, found),
        notes=(words.scale_note(language, ranking.material.method),),
        found=found,
    )


def _where(build: Build) -> Callable[[Study], Iterator[Address]]:
    """Every workshop of which it has something to say, by the round that stands."""

    def instances(study: Study) -> Iterator[Address]:
        for workshop in found_results.workshops.within(study):
            address = results.address(results.plain_selection(found_results.choices.within(study, workshop.id)))
            with suppress(NotFound, Denied):
                build.within(study, address, i18n.DEFAULT)
                yield address

    return instances


EXHIBITS = (
    Declared("live.topics", "drofting", topics, Action.RESULTS_EXPORT, PAGE, _where(topics)),
    Declared("live.spread", "spredning", spread, Action.RESULTS_EXPORT, PAGE, _where(spread)),
    Declared("live.rounds", "runder", rounds, Action.RESULTS_EXPORT, PAGE, _where(rounds)),
    Declared("live.risk_round", "risikorunde", risk_round, Action.RESULTS_EXPORT, PAGE, _where(risk_round)),
    Declared("live.grades", "egenevaluering", grades, Action.RESULTS_EXPORT, GRADES_PAGE, _where(grades)),
)
