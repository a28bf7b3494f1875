"""What a workshop came to as tables, in the reader's language; of single persons never who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd

from lib.actions.bridge.risk_rounds import Outcome
from lib.actions.bridge.self_evaluation import Graded
from lib.actions.live.discussion import Moved, Topic
from lib.actions.results import Ranking
from lib.exhibits import results
from lib.exhibits.exhibit import Column, Table, numeric, text
from lib.exhibits.live import specs, words
from lib.i18n import number, t
from lib.model.columns import DISSENT, HIGH, ITEM, LOW, RANK, RANK_AFTER, RANK_BEFORE, SCORE, SCORE_AFTER, SCORE_BEFORE
from lib.model.methods import Items


def _item(language: str, kind: Items) -> Column:
    return text(t(language, f"item_names.{kind}"))


def _places(heading: str) -> Column:
    return Column(heading, str, numeric=True)


def topics(language: str, found: Sequence[Topic], kind: Items) -> Table:
    """An item a row, the one most worth talking about first."""
    heads = {key: t(language, f"discuss.{key}")
             for key in ("turn", "place", "places", "agreement", "dissent", "remarks")}  # fmt: skip
    whole = partial(numeric, language)
    columns = [whole(heads["turn"]), _item(language, kind), whole(heads["place"])]
    columns += [_places(heads["places"]), numeric(language, heads["agreement"], 2), text(heads["dissent"])]
    divided = t(language, "ranking.dissent_yes")
    rows = [
        [turn, each.name, each.place, results.interval(language, each.low, each.high), each.agreement,
         divided if each.dissent else "", len(each.comments)]
        for turn, each in enumerate(found, 1)
    ]  # fmt: skip
    return Table((*columns, whole(heads["remarks"])), rows, t(language, "discuss.table_alt"))


def rounds(language: str, ranking: Ranking, moved: Moved) -> Table:
    """Each item's place and score in the last two rounds."""
    numbers, names = (moved.before, moved.after), ranking.material.names
    places = (numeric(language, t(language, "discuss.round_place", round=each)) for each in numbers)
    scores = (numeric(language, t(language, "discuss.round_score", round=each), 1, 2) for each in numbers)
    rows = [
        [names[row[ITEM]], *(row[key] for key in (RANK_BEFORE, RANK_AFTER, SCORE_BEFORE, SCORE_AFTER))]
        for row in moved.table.to_dict("records")
    ]
    columns = (_item(language, ranking.material.kind), *places, *scores)
    return Table(columns, rows, t(language, "discuss.rounds_alt"))


def spread(language: str, ranking: Ranking, given: pd.DataFrame) -> Table:
    """Each item's place, what stands, the places it may hold, and every score by size, so that none is anybody's."""
    method = ranking.material.method
    heads = [t(language, f"discuss.{key}") for key in ("place", "places", "dissent", "scores")]
    columns = [numeric(language, heads[0]), _item(language, ranking.material.kind)]
    columns += [numeric(language, specs.stands(language, method), 1, 2), _places(heads[1])]
    spans = {row[ITEM]: (row[LOW], row[HIGH]) for row in results.intervals(ranking).to_dict("records")}
    divided = t(language, "ranking.dissent_yes")
    rows = [
        [row[RANK], ranking.material.names[row[ITEM]], row[SCORE],
         results.interval(language, *spans.get(row[ITEM], (None, None))), divided if row[DISSENT] else "",
         _by_size(language, 0 if method.budget else 1, given[given[ITEM] == row[ITEM]][SCORE])]
        for row in ranking.summary[ranking.summary[RANK].notna()].to_dict("records")
    ]  # fmt: skip
    return Table((*columns, text(heads[2]), text(heads[3])), rows, t(language, "discuss.spread_table_alt"))


def _by_size(language: str, decimals: int, scores: pd.Series[float]) -> str:
    """«20,0 · 48,0 (2) · 100,0»."""
    times = Counter(number(language, score, decimals) for score in scores.dropna().sort_values())
    return " · ".join(score if count == 1 else f"{score} ({count})" for score, count in times.items())


def risks(language: str, found: Outcome) -> Table:
    """A risk a row: the highest numbers, what they demand, and what is behind them."""
    heads = {key: t(language, f"verdicts.{key}")
             for key in ("risk", "s", "k", "product", "demand", "spread", "alone")}  # fmt: skip
    numbers = ("s", "k", "product")
    columns = (numeric(language, head) if key in numbers else text(head) for key, head in heads.items())
    rows = [
        [each.name, *(side and side.high for side in each.sides), each.product,
         t(language, "verdicts.demanded" if each.rules else "verdicts.no_demand"),
         words.spread(language, each), words.alone(language, each)]
        for each in found.risks
    ]  # fmt: skip
    return Table(tuple(columns), rows, t(language, "verdicts.table_alt"))


def grades(language: str, ranking: Ranking, found: Sequence[Graded]) -> Table:
    """A factor a row: the worst grade, all grades, and what they mean."""
    (criterion,) = ranking.material.method.criteria
    heads = [t(language, f"self_evaluation.{key}") for key in ("factor", "grade", "spread", "means")]
    worst = Column(heads[1], partial(_grade, language, criterion.high), numeric=True)
    rows = [
        [t(language, f"factors.{each.factor}"), each.grade, words.grades(language, each, criterion.steps),
         t(language, f"self_evaluation.means_{each.proposes or 'nothing'}")]
        for each in found
    ]  # fmt: skip
    columns = (text(heads[0]), worst, *map(text, heads[2:]))
    return Table(columns, rows, t(language, "self_evaluation.table_alt"))


def _grade(language: str, highest: int, grade: int | None) -> str:
    return "–" if grade is None else t(language, "delta.of", score=grade, highest=highest)
