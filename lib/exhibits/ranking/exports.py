"""What leaves the house: results as files, with the same gate, suppression and markings as on the screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from lib.access import Action
from lib.actions import gate
from lib.actions.ranking import firmness
from lib.actions.results import Ranking
from lib.exhibits.ranking import tables as ranking_tables
from lib.exhibits.ranking import words
from lib.i18n import clock, t
from lib.model.access import Actor
from lib.model.columns import (
    AGREEMENT,
    DISSENT,
    HIGH,
    ITEM,
    LOW,
    PRODUCT_OF_MEANS,
    RULES,
    SCORE,
    SPREAD,
)
from lib.reports import tables


def ranking_workbook(actor: Actor, ranking: Ranking, language: str) -> bytes:
    """The ranking as .xlsx, with numbers as numbers."""
    gate.allow(actor, Action.RESULTS_EXPORT, ranking.material.study)
    title = t(language, "ranking.export_title", study=ranking.material.study.name)
    return tables.workbook(title, _notes(ranking, language), _figures(actor, ranking, language))


def ranking_text(actor: Actor, ranking: Ranking, language: str) -> bytes:
    """The ranking as semicolon-separated text."""
    gate.allow(actor, Action.RESULTS_EXPORT, ranking.material.study)
    return tables.comma_separated(_notes(ranking, language), _figures(actor, ranking, language))


def _notes(ranking: Ranking, language: str) -> list[str]:
    constructed = [f"{t(language, 'ranking.constructed')}. {t(language, 'ranking.constructed_why')}"]
    return [
        *(constructed if ranking.material.workshop.constructed else []),
        words.headline(language, ranking),
        words.basis(language, ranking),
        *filter(None, [words.concordance(language, ranking)]),
        t(language, "ranking.caveat"),
        t(language, "ranking.export_source", when=clock(language, datetime.now(UTC))),
    ]


def _figures(actor: Actor, ranking: Ranking, language: str) -> pd.DataFrame:
    """The table's columns with numbers as numbers, and the interval and the spread in columns of their own."""
    gaps = firmness.firmness(actor, ranking).gaps
    frame, method = ranking.summary.merge(gaps, on=ITEM, how="left"), ranking.material.method
    if ranking.intervals is not None:
        frame = frame.merge(ranking.intervals[[ITEM, LOW, HIGH]], on=ITEM, how="left")
    rounded = (SCORE, PRODUCT_OF_MEANS, SPREAD, *ranking_tables.GAPS, *method.criterion_keys)
    decimals = dict.fromkeys(rounded, 2) | {AGREEMENT: 3}
    frame = frame.round(decimals)
    frame[DISSENT] = frame[DISSENT].map({True: t(language, "ranking.dissent_yes"), False: ""})
    frame[RULES] = [ranking_tables.rules(language, keys) for keys in frame[RULES]]
    for item, shares in ranking_tables.shares(ranking).items():
        for column, share in shares.items():
            frame.loc[frame[ITEM] == item, column] = round(share, 4)
    frame[ITEM] = frame[ITEM].map(ranking.material.names)
    names = ranking_tables.headings(language, ranking, gaps)
    more = {LOW: "low_place", HIGH: "high_place", SPREAD: "spread_column"} if method.has_total else {}
    names |= {column: t(language, f"ranking.{key}") for column, key in more.items()}
    return frame[[column for column in names if column in frame]].rename(columns=names).convert_dtypes()
