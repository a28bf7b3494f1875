"""A workshop's result in words: what to talk about, what moved, what a round of risks or factors came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.actions.bridge.risk_rounds import Judged, Outcome, Side
from lib.actions.bridge.self_evaluation import RISK, Graded
from lib.actions.live.discussion import Moved, Topic
from lib.actions.results import Material
from lib.i18n import counted, listing, t
from lib.model.columns import ITEM, MOVED, RANK_AFTER, RANK_BEFORE
from lib.model.methods import Comparison, Criterion, Items, Method


def topics_finding(language: str, found: Sequence[Topic], kind: Items) -> str:
    """The answer first: what to begin with, or that there is little to talk about."""
    apart, first = sum(each.dissent for each in found), found[0].name
    if not apart:
        return t(language, "discuss.finding_none", name=first, what=t(language, f"items_none.{kind}"))
    what = t(language, f"items_counted.{kind}", count=apart, words=counted(language, apart))
    return t(language, "discuss.finding", name=first, what=what)


def answers_alt(language: str, method: Method, each: Topic) -> str:
    """How many gave each step, criterion by criterion."""
    return " ".join(_given(language, criterion, each.counts[criterion.key]) for criterion in method.criteria)


def _given(language: str, criterion: Criterion, counts: Sequence[int]) -> str:
    steps = zip(criterion.steps, counts, strict=True)
    given = [t(language, "discuss.gave", step=step, n=count) for step, count in steps if count]
    return f"{t(language, f'criteria.{criterion.key}')}: {listing(language, given)}."


def apart(language: str, each: Topic) -> str:
    """«Gruppe 2 (9 og 8) og Gruppe 7 (3 og 4) er lengst fra hverandre.»"""
    if each.apart is None:
        return ""
    one, other = ((who.name, listing(language, [str(value) for value in who.values])) for who in each.apart)
    return t(language, "discuss.apart", one=one[0], one_values=one[1], other=other[0], other_values=other[1])


def moved_rows(moved: Moved) -> list[dict[Any, Any]]:
    """The items that have another place than before."""
    return [row for row in moved.table.to_dict("records") if not pd.isna(row[MOVED]) and row[MOVED]]


def moved_finding(language: str, moved: Moved, material: Material) -> str:
    """Which item moved most between the rounds, or that none did."""
    rows = moved_rows(moved)
    if not rows:
        what = t(language, f"items_none.{material.kind}")
        return t(language, "discuss.nothing_moved", what=what, before=moved.before, after=moved.after)
    row = max(rows, key=lambda each: abs(each[MOVED]))
    places = {"before": row[RANK_BEFORE], "after": row[RANK_AFTER]}
    return t(language, "discuss.moved_most", name=material.names[row[ITEM]], **places)


def risks_finding(language: str, found: Outcome) -> str:
    """The answer first: how many risks demand countermeasures, and which is the greatest."""
    forced, rated = found.forcing.forced, found.forcing.rated
    if not rated:
        return t(language, "verdicts.nothing_rated")
    first = next((each.name for each in found.risks if each.product is not None), "")
    if not forced:
        return t(language, "verdicts.none_forced", rated=rated, name=first)
    return t(language, "verdicts.forced", count=forced, rated=rated, name=first)


def only_many(language: str, found: Outcome) -> str:
    """That most are forced only because many rated, where so."""
    rated, forced, by_median = found.forcing
    if not found.forcing.only_because_many:
        return ""
    return t(language, "verdicts.only_many", count=forced, rated=rated, by_median=by_median)


def spread(language: str, each: Judged) -> str:
    """«S 2–4, K 3 · uenighet»."""
    sides = zip("sk", each.sides, strict=True)
    said = [f"{t(language, f'verdicts.{key}')} {_span(side)}" for key, side in sides if side]
    return " · ".join([", ".join(said), *([t(language, "ranking.dissent_yes")] if each.dissent else [])])


def _span(side: Side) -> str:
    return str(side.high) if side.low == side.high else f"{side.low}–{side.high}"


def alone(language: str, each: Judged) -> str:
    """Where one gave a higher number than all others; which group, and of single persons never who."""
    said = []
    for key, side in zip("sk", each.sides, strict=True):
        if side and side.alone:
            who = side.givers[0] if side.givers else t(language, "verdicts.somebody")
            criterion = t(language, f"verdicts.{key}")
            said.append(t(language, "verdicts.alone_gave", who=who, criterion=criterion, step=side.high))
    return listing(language, said)


def grades_finding(language: str, found: Sequence[Graded]) -> str:
    """The answer first: which factors are critical, or that none is."""
    poor = [t(language, f"factors.{each.factor}") for each in found if each.proposes == RISK]
    key = "poor" if poor else "none_poor"
    return t(language, f"self_evaluation.{key}", names=listing(language, poor))


def grades(language: str, each: Graded, steps: range) -> str:
    """«2 (1), 4 (3), 5 (2)», and whether one alone gave the worst."""
    counts = zip(steps, each.counts, strict=True)
    given = [t(language, "self_evaluation.given", step=step, n=count) for step, count in counts if count]
    lonely = each.alone and each.grade != each.best
    marks = [t(language, "self_evaluation.alone", step=each.grade)] if lonely else []
    marks += [t(language, "ranking.dissent_yes")] if each.dissent else []
    return " · ".join([", ".join(given) or "–", *marks])


def scale_note(language: str, method: Method) -> str:
    (criterion,) = method.criteria
    limits = {rule.comparison: int(rule.limit) for rule in method.rules}
    poor, good = limits[Comparison.AT_MOST], limits[Comparison.AT_LEAST]
    return t(language, "self_evaluation.scale_note", low=criterion.low, high=criterion.high, poor=poor, good=good)
