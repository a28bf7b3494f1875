"""What is shown of a ranking: the order, the matrix of its criteria, how firm it is, and two parties side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from lib import i18n
from lib.access import Action
from lib.actions import results as found_results
from lib.actions.ranking import firmness
from lib.actions.ranking.firmness import Firmness
from lib.actions.reads import per_revision
from lib.actions.results import Ranking
from lib.actions.suppression import Selection
from lib.charts import frames
from lib.exhibits import results
from lib.exhibits.exhibit import Address, Declared, Exhibit, Picture, drawn
from lib.exhibits.ranking import firm_words, specs, tables, words
from lib.i18n import t
from lib.model.columns import ONE, OTHER, RANK, SCORE
from lib.model.problems import Denied, NotFound
from lib.model.records import Study

PAGE = "results/prioritisation.py"
SPREAD = ("spredning", "ja")
"""Beside a selection: how far the groups are apart is drawn in the matrix too."""


@per_revision(Action.RESULTS_VIEW, size=1024)
def _firm(study: Study, selection: Selection, language: str) -> Firmness:
    return firmness.firmness.within(results.ranking.within(study, selection, language))


def _selection_and_ranking(study: Study, address: Address, language: str) -> tuple[Selection, Ranking]:
    selection = results.selection_of(study, address)
    return selection, results.ranking.within(study, selection, language)


@per_revision(Action.RESULTS_VIEW, size=1024)
def order(study: Study, address: Address, language: str) -> Exhibit:
    """Which come first; the list is its picture, and the whole table stands behind it."""
    selection, ranking = _selection_and_ranking(study, address, language)
    firm = partial(_firm.within, study, selection, language)
    notes = [words.concordance(language, ranking), t(language, "ranking.caveat")]
    return Exhibit(
        "ranking.order",
        results.address(selection),
        say=partial(words.headline, language, ranking),
        picture_of=partial(_order_picture, language, ranking),
        table_of=lambda: tables.table(language, ranking, firm()),
        basis=results.basis(language, ranking),
        marks=results.marks(language, ranking),
        notes=tuple(filter(None, notes)),
        found=ranking,
    )


def _order_picture(language: str, ranking: Ranking) -> Picture | None:
    shown, method = written(language, ranking), ranking.material.method
    frame = frames.ranking_frame(
        ranking.summary, results.intervals(ranking), ranking.material.names, shown, results.dissent_mark(language)
    )
    if frame.empty:
        return None
    lines, ceiling = frames.title_lines(frame), method.highest_score or max([*frame[SCORE], 1.0])
    spec = specs.order_spec(language, method, ceiling, lines)
    return drawn(frame, spec, results.order_alt(language, ranking), words.list_finding(language, ranking))


def written(language: str, ranking: Ranking) -> partial[str]:
    """How scores are written in pictures."""
    return partial(i18n.number, language, decimals=0 if ranking.material.method.budget else 1)


@per_revision(Action.RESULTS_VIEW, size=1024)
def matrix(study: Study, address: Address, language: str) -> Exhibit:
    """The two criteria against each other. NotFound for methods that have not just two, or where nothing is ranked."""
    selection, ranking = _selection_and_ranking(study, address, language)
    spread = SPREAD in address
    if not _is_drawn(ranking):
        raise NotFound
    return Exhibit(
        "ranking.matrix",
        results.address(selection),
        say=partial(words.matrix_finding, language, ranking),
        picture_of=partial(_matrix_picture, language, ranking, spread),
        table_of=partial(tables.matrix, language, ranking),
        basis=results.basis(language, ranking),
        marks=results.marks(language, ranking),
        notes=(t(language, f"matrix_note.{ranking.material.method.key}"), t(language, "ranking.caveat")),
    )


def _is_drawn(ranking: Ranking) -> bool:
    return ranking.material.method.is_plane and bool(ranking.summary[RANK].notna().any())


def _matrix_picture(language: str, ranking: Ranking, spread: bool) -> Picture:
    material, shown = ranking.material, written(language, ranking)
    one, two = material.method.criteria
    frame = frames.matrix_frame(
        ranking.summary, material.names, (one, two), shown, ranking.weights, material.deviations
    )
    spec, alt = specs.matrix_spec(language, material.method, spread), words.matrix_alt(language, ranking)
    return drawn(frame, spec, alt, words.matrix_finding(language, ranking))


@per_revision(Action.RESULTS_VIEW, size=256)
def without(study: Study, address: Address, language: str) -> Exhibit:
    """How firm the order is: the places the first may hold, and without whom others would be among the five first."""
    selection, ranking = _selection_and_ranking(study, address, language)
    firm = _firm.within(study, selection, language)
    spans = " ".join(firm_words.spans(language, ranking))
    return Exhibit(
        "ranking.firmness",
        results.address(selection),
        say=lambda: spans or words.headline(language, ranking),
        table_of=partial(tables.without, language, ranking, firm),
        basis=results.basis(language, ranking),
        marks=results.marks(language, ranking),
        notes=tuple(firm_words.left_out(language, ranking, firm)),
        found=spans,
    )


@per_revision(Action.RESULTS_VIEW, size=256)
def parties(study: Study, address: Address, language: str) -> Exhibit:
    """The elected against the administration. NotFound where they may not be held against each other."""
    selection, ranking = _selection_and_ranking(study, address, language)
    firm = _firm.within(study, selection, language)
    if firm.gaps.empty:
        raise NotFound
    return Exhibit(
        "ranking.parties",
        results.address(selection),
        say=lambda: firm_words.gap_finding(language, ranking, firm.gaps),
        picture_of=partial(_parties_picture, language, ranking, firm.gaps),
        table_of=lambda: tables.parties(language, ranking, firm.gaps),
        basis=results.basis(language, ranking),
        marks=results.marks(language, ranking),
        notes=(firm_words.gap_note(language, ranking, firm),),
    )


def _parties_picture(language: str, ranking: Ranking, gaps: pd.DataFrame) -> Picture:
    frame = frames.pairs_frame(gaps, ranking.material.names, written(language, ranking))
    ceiling = ranking.material.method.highest_score or max([*frame[ONE], *frame[OTHER], 1.0])
    spec = specs.gap_spec(language, firm_words.scale(language, ranking), ceiling, frames.title_lines(frame))
    return drawn(
        frame, spec, firm_words.gap_alt(language, ranking, gaps), firm_words.gap_finding(language, ranking, gaps)
    )


def _ordered(study: Study) -> Iterator[tuple[Address, Ranking]]:
    """Every workshop in which areas have an order, as it stands; what may not be shown is left out."""
    for workshop in found_results.on_areas.within(study):
        address = results.address(results.plain_selection(found_results.choices.within(study, workshop.id)))
        try:
            ranking = _selection_and_ranking(study, address, i18n.DEFAULT)[1]
        except Denied:
            continue
        if results.first_names(ranking):
            yield address, ranking


def instances(study: Study) -> Iterator[Address]:
    """Every workshop in which areas have an order."""
    return (address for address, _ in _ordered(study))


def _planes(study: Study) -> Iterator[Address]:
    """Those with two criteria in a picture."""
    return (address for address, ranking in _ordered(study) if _is_drawn(ranking))


def _compared(study: Study) -> Iterator[Address]:
    """Those in which the two parties may be held against each other."""
    for address, _ in _ordered(study):
        if len(_firm.within(study, results.selection_of(study, address), i18n.DEFAULT).gaps):
            yield address


EXHIBITS = (
    Declared("ranking.order", "rekkefolge", order, Action.RESULTS_EXPORT, PAGE, instances),
    Declared("ranking.matrix", "matrise", matrix, Action.RESULTS_EXPORT, PAGE, _planes),
    Declared("ranking.firmness", "fasthet", without, Action.RESULTS_EXPORT, PAGE, instances),
    Declared("ranking.parties", "partene", parties, Action.RESULTS_EXPORT, PAGE, _compared),
)
