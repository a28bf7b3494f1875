"""A ranking as a table: the columns that say something for its method, in the reader's language."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lib.actions.results import Ranking
from lib.domain.assessment import SHARE, share_at_least
from lib.domain.cube import Cube
from lib.domain.methods import METHODS
from lib.exhibits.ranking import firm_words, words
from lib.i18n import number, percent, t
from lib.model.columns import (
    AGREEMENT,
    CRITERION,
    DISSENT,
    GAP,
    HIGH,
    ITEM,
    LOW,
    ONE,
    OTHER,
    PRODUCT_OF_MEANS,
    RANK,
    RULES,
    SCORE,
    SKIPPED,
    N,
)
from lib.model.methods import Method

GAPS = (ONE, OTHER, GAP)


def table(language: str, ranking: Ranking, gaps: pd.DataFrame) -> pd.DataFrame:
    """Everything the pictures show, as text in the reader's language, under its headings; hidden items at the end."""
    names, apart = ranking.material.names, _apart(language, gaps)
    spans = {} if ranking.intervals is None else _spans(ranking.intervals)
    extra = shares(ranking)
    heads = headings(language, ranking, gaps)
    lines = []
    for row in ranking.summary.to_dict("records"):
        low, high = spans.get(row[ITEM], (None, None))
        shown = _line(language, ranking, row) | extra.get(row[ITEM], {}) | {ITEM: names[row[ITEM]]}
        shown |= {LOW: words.interval(language, low, high), **apart.get(row[ITEM], dict.fromkeys(GAPS, "–"))}
        lines.append([shown[key] if isinstance(shown[key], str) else percent(language, shown[key]) for key in heads])
    hidden = {ITEM: "", next(iter(heads)): "–"}
    for item in ranking.material.hidden:
        shown = dict.fromkeys(heads, "–") | hidden | {ITEM: names[item], AGREEMENT: t(language, "ranking.withheld")}
        lines.append([shown[key] for key in heads])
    return pd.DataFrame(lines, columns=list(heads.values()))


def _apart(language: str, gaps: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {row[ITEM]: {key: number(language, row[key], 1) for key in GAPS} for row in gaps.to_dict("records")}


def headings(language: str, ranking: Ranking, gaps: pd.DataFrame) -> dict[str, str]:
    """The columns that say something for the method, in the order of the table, and what stands above each.

    `gaps` holds two parties against each other; empty where they may not be.
    """
    method = ranking.material.method
    criteria = method.criterion_keys if len(method.criteria) > 1 else ()
    keys = {
        **({RANK: "place"} if method.has_total else {}),
        ITEM: "area",
        **({SCORE: "", LOW: "interval"} if method.has_total else {}),
        AGREEMENT: "agreement",
        DISSENT: "dissent",
        **({RULES: "rules"} if method.rules else {}),
        **dict.fromkeys(criteria, ""),
        **dict.fromkeys(_share_columns(method), ""),
        N: "n",
        SKIPPED: "skipped",
        **({PRODUCT_OF_MEANS: "product_of_means"} if method.is_mean_of_products else {}),
    }
    heads = {
        key: t(language, f"ranking.{head}") if head else _heading(language, method, key) for key, head in keys.items()
    }
    heads[ITEM] = t(language, f"item_names.{ranking.material.kind}")
    return heads | (firm_words.gap_columns(language, ranking) if len(gaps) else {})


def _heading(language: str, method: Method, key: str) -> str:
    """The headings that depend on the method: its score, its criteria, and the share that gave a grade or better."""
    if key == SCORE:
        return words.score_heading(language, method)
    criterion, _, grade = key.partition(">=")
    named = t(language, f"criteria.{criterion}")
    return t(language, "ranking.share", criterion=named, grade=grade) if grade else named


def _share_columns(method: Method) -> list[str]:
    grade = method.share_at_least
    return [f"{each.key}>={grade}" for each in method.criteria if each.high >= grade] if grade else []


def shares(ranking: Ranking) -> dict[str, dict[str, float]]:
    """Item → column → the share of the answers that gave the method's grade or better."""
    material, grade = ranking.material, ranking.material.method.share_at_least
    if grade is None or not isinstance(material.answers, Cube):
        return {}
    found: dict[str, dict[str, float]] = {}
    for row in share_at_least(material.answers, material.method).to_dict("records"):
        found.setdefault(row[ITEM], {})[f"{row[CRITERION]}>={grade}"] = row[SHARE]
    return found


def _spans(intervals: pd.DataFrame) -> dict[str, tuple[float | None, float | None]]:
    columns = (intervals[column] for column in (ITEM, LOW, HIGH))
    return {item: (low, high) for item, low, high in zip(*columns, strict=True)}


def _line(language: str, ranking: Ranking, row: dict[Any, Any]) -> dict[str, Any]:
    one = {
        key: number(language, row[key], 1) for key in (SCORE, PRODUCT_OF_MEANS, *ranking.material.method.criterion_keys)
    }
    return one | {
        RANK: "–" if pd.isna(row[RANK]) else str(row[RANK]),
        AGREEMENT: words.agreement(language, row[AGREEMENT]),
        DISSENT: t(language, "ranking.dissent_yes") if row[DISSENT] else "",
        RULES: rules(language, row[RULES]),
        N: number(language, row[N]),
        SKIPPED: number(language, row[SKIPPED]),
    }


def rules(language: str, keys: list[str]) -> str:
    """The rules that fire, in words."""
    named = {rule.key for method in METHODS.values() for rule in method.rules}
    return ", ".join(t(language, f"rules.{key if key in named else 'own'}") for key in keys)
