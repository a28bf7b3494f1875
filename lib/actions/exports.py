"""What leaves the house: results as files, with the same gate, suppression and markings as on the screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from lib.access import Action
from lib.actions import gate, wording
from lib.actions.results import Ranking
from lib.i18n import clock, t
from lib.model.access import Actor
from lib.model.columns import (
    AGREEMENT,
    DISSENT,
    HIGH,
    ITEM,
    LOW,
    PRODUCT_OF_MEANS,
    RANK,
    RULES,
    SCORE,
    SKIPPED,
    SPREAD,
    N,
)
from lib.reports import tables

_HEADINGS = {
    RANK: "place",
    ITEM: "area",
    N: "n",
    SKIPPED: "skipped",
    SPREAD: "spread_column",
    LOW: "low_place",
    HIGH: "high_place",
    AGREEMENT: "agreement",
    DISSENT: "dissent",
    RULES: "rules",
    PRODUCT_OF_MEANS: "product_of_means",
}


def ranking_workbook(actor: Actor, ranking: Ranking, language: str) -> bytes:
    """The ranking as .xlsx, with numbers as numbers."""
    gate.allow(actor, Action.RESULTS_EXPORT, ranking.material.study)
    title = t(language, "ranking.export_title", study=ranking.material.study.name)
    return tables.workbook(title, _notes(ranking, language), _figures(ranking, language))


def ranking_text(actor: Actor, ranking: Ranking, language: str) -> bytes:
    """The ranking as semicolon-separated text."""
    gate.allow(actor, Action.RESULTS_EXPORT, ranking.material.study)
    return tables.comma_separated(_notes(ranking, language), _figures(ranking, language))


def _notes(ranking: Ranking, language: str) -> list[str]:
    constructed = [f"{t(language, 'ranking.constructed')}. {t(language, 'ranking.constructed_why')}"]
    return [
        *(constructed if ranking.material.workshop.constructed else []),
        wording.headline(language, ranking),
        wording.basis(language, ranking),
        *filter(None, [wording.narrowed(language, ranking)]),
        *filter(None, [wording.concordance(language, ranking)]),
        t(language, "ranking.caveat"),
        t(language, "ranking.export_source", when=clock(language, datetime.now(UTC))),
    ]


def _figures(ranking: Ranking, language: str) -> pd.DataFrame:
    """The summary under its headings: numbers rounded to what is shown and one decimal more."""
    frame = ranking.summary.assign(**{RULES: [wording.rules(language, keys) for keys in ranking.summary[RULES]]})
    if ranking.intervals is not None:
        frame = frame.merge(ranking.intervals[[ITEM, LOW, HIGH]], on=ITEM, how="left")
    frame[ITEM] = frame[ITEM].map(ranking.material.names)
    frame[DISSENT] = frame[DISSENT].map({True: t(language, "ranking.dissent_yes"), False: ""})
    criteria = ranking.material.method.criterion_keys
    frame = frame.round(dict.fromkeys((SCORE, PRODUCT_OF_MEANS, SPREAD, *criteria), 2) | {AGREEMENT: 3})
    names = {column: t(language, f"ranking.{key}") for column, key in _HEADINGS.items()}
    names |= {key: t(language, f"criteria.{key}") for key in criteria}
    names[SCORE] = wording.score_heading(language, ranking.material.method)
    ruled = [RULES] if ranking.material.method.rules else []
    figures = [SCORE, *criteria, PRODUCT_OF_MEANS, LOW, HIGH, SPREAD, AGREEMENT, DISSENT, *ruled, N, SKIPPED]
    ordered = [RANK, ITEM, *figures]
    return frame[[column for column in ordered if column in frame]].rename(columns=names).convert_dtypes()
