"""The specs of the pictures of a ranking in the words of a language: made once, handed out many times."""

from __future__ import annotations

from lib.actions.ranking.firmness import COMPARED
from lib.charts.look import Spec
from lib.charts.ranking import priority_matrix, ranking
from lib.domain.methods import METHODS
from lib.exhibits import results
from lib.i18n import decimal_mark, t
from lib.model.methods import Method

_LEVELS = (0.2, 0.4, 0.6, 0.8)  # shares of the highest score that a line of equal score goes through
_LINES = (1, 2, 3)  # how many lines the longest name may need on a phone


def prepare(language: str) -> None:
    """Make those that the first visitors ask for."""
    method = METHODS["prioritisation"]
    highest = method.highest_score or 1
    for spread in (False, True):
        matrix_spec(language, method, spread)
    for lines in _LINES:
        order_spec(language, method, highest, lines)
        gap_spec(language, results.score_heading(language, method), highest, lines)


def matrix_spec(language: str, method: Method, spread: bool) -> Spec:
    """The matrix of a method with two criteria and a ceiling."""
    one, two = method.criteria
    x, y = (t(language, f"criteria.{each.key}") for each in (one, two))
    texts = priority_matrix.MatrixTexts(
        x,
        y,
        results.score_heading(language, method),
        t(language, f"item_names.{method.items}"),
        t(language, "ranking.place"),
    )
    levels = tuple(share * (method.highest_score or 1) for share in _LEVELS)
    return priority_matrix.priority_matrix((one, two), texts, decimal_mark(language), levels, spread)


def order_spec(language: str, method: Method, ceiling: float, lines: int) -> Spec:
    """The list of a method whose scores reach `ceiling`."""
    interval, n, agreement = (t(language, f"ranking.{key}") for key in ("interval", "n", "agreement"))
    item = t(language, f"item_names.{method.items}")
    texts = ranking.RankingTexts(results.score_heading(language, method), interval, item, n, agreement)
    return ranking.ranking(texts, decimal_mark(language), ceiling, lines)


def gap_spec(language: str, scale: str, ceiling: float, lines: int) -> Spec:
    """The elected and the administration on a `scale` that reaches `ceiling`."""
    elected, administration = (t(language, f"ranking.roles.{role}") for role in COMPARED)
    return results.pairs_spec(language, scale, (elected, administration), ceiling, lines)
