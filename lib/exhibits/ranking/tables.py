"""A ranking as tables: the columns that say something for its method, in the reader's language."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from lib.actions.ranking.firmness import Firmness
from lib.actions.results import Ranking
from lib.domain.assessment import SHARE, share_at_least
from lib.domain.cube import Cube
from lib.domain.methods import METHODS
from lib.exhibits import results
from lib.exhibits.exhibit import FILES, SCREEN, Column, Table, numeric, share, text
from lib.exhibits.limits import limits
from lib.exhibits.ranking import firm_words, words
from lib.i18n import t
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
    SPREAD,
    N,
)
from lib.model.methods import Method

GAPS = (ONE, OTHER, GAP)
SPAN = "span"
Values = dict[str, Any]


def table(language: str, ranking: Ranking, firm: Firmness) -> Table:
    """Everything the pictures show, an item a row; hidden items at the end."""
    columns = _columns(language, ranking, firm)
    extra, apart = shares(ranking), {row[ITEM]: row for row in firm.gaps.to_dict("records")}
    spans = {} if ranking.intervals is None else {row[ITEM]: row for row in ranking.intervals.to_dict("records")}
    rows = [
        _values(language, ranking, row, spans.get(row[ITEM], {})) | extra.get(row[ITEM], {}) | _gap(apart, row[ITEM])
        for row in ranking.summary.to_dict("records")
    ]
    withheld = t(language, "ranking.withheld")
    rows += [{ITEM: ranking.material.names[item], AGREEMENT: withheld} for item in ranking.material.hidden]
    return Table(tuple(columns.values()), [[row.get(key) for key in columns] for row in rows], _alt(language))


def _alt(language: str) -> str:
    return t(language, "ranking.table_alt")


def _columns(language: str, ranking: Ranking, firm: Firmness) -> dict[str, Column]:
    """The columns that say something for the method, in the order of the table."""
    method, word = ranking.material.method, partial(t, language)
    score = partial(numeric, language, decimals=1, files=2)
    criteria = method.criterion_keys if len(method.criteria) > 1 else ()
    total = {RANK: numeric(language, word("ranking.place"))} if method.has_total else {}
    found = total | {ITEM: text(word(f"item_names.{ranking.material.kind}"))}
    found |= _total_columns(language, method) if method.has_total else {}
    found |= {AGREEMENT: Column(word("ranking.agreement"), partial(words.agreement, language), _stored_agreement)}
    found |= {DISSENT: text(word("ranking.dissent"))}
    found |= {RULES: text(word("ranking.rules"))} if method.rules else {}
    found |= {key: score(word(f"criteria.{key}")) for key in criteria}
    found |= {key: share(language, _share_heading(language, key)) for key in _share_columns(method)}
    found |= {N: numeric(language, word("ranking.n")), SKIPPED: numeric(language, word("ranking.skipped"))}
    found |= {PRODUCT_OF_MEANS: score(word("ranking.product_of_means"))} if method.is_mean_of_products else {}
    if len(firm.gaps):
        found |= {key: score(heading) for key, heading in firm_words.gap_columns(language, ranking).items()}
    return found


def _total_columns(language: str, method: Method) -> dict[str, Column]:
    """The score with the places it may hold: in words on the screen, as two numbers and the spread in files."""
    places = {LOW: "low_place", HIGH: "high_place"}
    found = {SCORE: numeric(language, results.score_heading(language, method), 1, 2)}
    found |= {SPAN: Column(t(language, "ranking.interval"), lambda span: span or "–", numeric=True, place=SCREEN)}
    found |= {key: _in_files(language, t(language, f"ranking.{head}"), 0) for key, head in places.items()}
    return found | {SPREAD: _in_files(language, t(language, "ranking.spread_column"), 2)}


def _in_files(language: str, heading: str, decimals: int) -> Column:
    shown = numeric(language, heading, decimals)
    return Column(heading, shown.write, shown.store, numeric=True, place=FILES)


def _stored_agreement(value: Any) -> float | str | None:
    """A number, or the word that stands where it may not be shown."""
    if isinstance(value, str):
        return value
    return None if value is None or value != value else round(float(value), 3)


def _values(language: str, ranking: Ranking, row: dict[Any, Any], span: dict[Any, Any]) -> Values:
    held: Values = {str(key): None if pd.api.types.is_scalar(value) and pd.isna(value) else value
                    for key, value in row.items()}  # fmt: skip
    low, high = (span.get(key) for key in (LOW, HIGH))
    return held | {
        ITEM: ranking.material.names[row[ITEM]],
        LOW: low,
        HIGH: high,
        SPAN: results.interval(language, low, high),
        DISSENT: t(language, "ranking.dissent_yes") if row[DISSENT] else "",
        RULES: rules(language, row[RULES]),
    }


def _gap(apart: dict[Any, dict[Any, Any]], item: str) -> Values:
    return {key: apart[item][key] for key in GAPS} if item in apart else {}


def _share_heading(language: str, key: str) -> str:
    criterion, _, grade = key.partition(">=")
    return t(language, "ranking.share", criterion=t(language, f"criteria.{criterion}"), grade=grade)


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


def rules(language: str, keys: list[str]) -> str:
    """The rules that fire, in words."""
    named = {rule.key for method in METHODS.values() for rule in method.rules}
    return ", ".join(t(language, f"rules.{key if key in named else 'own'}", **limits(language)) for key in keys)


def matrix(language: str, ranking: Ranking) -> Table:
    """The two criteria of each item, and its score."""
    method = ranking.material.method
    heads = [t(language, f"criteria.{key}") for key in method.criterion_keys]
    score = results.score_heading(language, method)
    columns = (text(t(language, f"item_names.{ranking.material.kind}")),
               *(numeric(language, head, 1, 2) for head in [*heads, score]))  # fmt: skip
    rows = [
        [ranking.material.names[row[ITEM]], *(row[key] for key in (*method.criterion_keys, SCORE))]
        for row in ranking.summary.to_dict("records")
    ]
    return Table(columns, rows, _alt(language))


def parties(language: str, ranking: Ranking, gaps: pd.DataFrame) -> Table:
    """The two parties' scores of each item, the widest difference first."""
    heads = firm_words.gap_columns(language, ranking)
    columns = (text(t(language, f"item_names.{ranking.material.kind}")),
               *(numeric(language, heads[key], 1, 2) for key in GAPS))  # fmt: skip
    rows = [[ranking.material.names[row[ITEM]], *(row[key] for key in GAPS)] for row in gaps.to_dict("records")]
    return Table(columns, rows, _alt(language))


def without(language: str, ranking: Ranking, firm: Firmness) -> Table:
    """What the five first would be without each party: who goes out and who comes in."""
    heads = ("party", "out_of_top", "into_top")
    names = ranking.material.names
    rows = [
        [
            firm_words.party(language, ranking, each.party),
            *(", ".join(names[item] for item in moved) for moved in each[1:]),
        ]
        for each in firm.left_out
    ]
    columns = tuple(text(t(language, f"firmness.{head}", **limits(language))) for head in heads)
    return Table(columns, rows, _alt(language))
