"""The charts' specs in the words of a language: made once, handed out many times."""

from __future__ import annotations

from lib.actions.ranking.firmness import COMPARED
from lib.charts import pairs
from lib.charts.costs import cash_flow, change, curves
from lib.charts.live import answers, wall
from lib.charts.look import Spec
from lib.charts.ranking import priority_matrix, ranking
from lib.charts.risks import matrix
from lib.domain.methods import METHODS
from lib.exhibits.ranking import words
from lib.i18n import DECIMAL_MARK, LANGUAGES, t
from lib.model.methods import Method, Pool

_LEVELS = (0.2, 0.4, 0.6, 0.8)  # shares of the highest score that a line of equal score goes through
_NAMES = 520  # the room that names on a wall are likely to need
_LINES = (1, 2, 3)  # how many lines the longest name may need on a phone


def matrix_spec(language: str, method: Method, spread: bool) -> Spec:
    """The matrix of a method with two criteria and a ceiling."""
    one, two = method.criteria
    x, y = (t(language, f"criteria.{each.key}") for each in (one, two))
    texts = priority_matrix.MatrixTexts(
        x,
        y,
        words.score_heading(language, method),
        t(language, f"item_names.{method.items}"),
        t(language, "ranking.place"),
    )
    levels = tuple(share * (method.highest_score or 1) for share in _LEVELS)
    return priority_matrix.priority_matrix((one, two), texts, DECIMAL_MARK[language], levels, spread)


def order_spec(language: str, method: Method, ceiling: float, lines: int) -> Spec:
    """The list of a method whose scores reach `ceiling`."""
    interval, n, agreement = (t(language, f"ranking.{key}") for key in ("interval", "n", "agreement"))
    item = t(language, f"item_names.{method.items}")
    texts = ranking.RankingTexts(words.score_heading(language, method), interval, item, n, agreement)
    return ranking.ranking(texts, DECIMAL_MARK[language], ceiling, lines)


def gap_spec(language: str, scale: str, ceiling: float, lines: int) -> Spec:
    """The elected and the administration on a `scale` that reaches `ceiling`."""
    elected, administration = (t(language, f"ranking.roles.{role}") for role in COMPARED)
    return pairs_spec(language, scale, (elected, administration), ceiling, lines)


def pairs_spec(language: str, scale: str, names: tuple[str, str], ceiling: float, lines: int) -> Spec:
    """Two values of each area under their names."""
    texts = pairs.PairsTexts(scale, *names, t(language, "firmness.gap"), t(language, "ranking.area"))
    return pairs.pairs(texts, DECIMAL_MARK[language], ceiling, lines)


def wall_spec(language: str, method: Method, ceiling: float, names: int, extra: str = "") -> Spec:
    """The ranking on a wall, with every rater's score around each area's mean; `extra` heads a column more.

    `names` is the room for the longest name.
    """
    score, mean, places = (
        words.score_heading(language, method),
        t(language, "discuss.mean" if method.pool is Pool.MEAN else "discuss.stands"),
        t(language, "live.places"),
    )
    texts = wall.WallTexts(score, mean, places, extra, t(language, "discuss.area"), t(language, "discuss.rater"))
    return wall.wall(texts, DECIMAL_MARK[language], ceiling, names)


def answers_spec(language: str, method: Method) -> Spec:
    """How many gave each step of each criterion of one area."""
    texts = answers.AnswersTexts(*(t(language, f"discuss.{key}") for key in ("criterion", "step", "count")))
    scales = method.criteria
    low, high = min(each.low for each in scales), max(each.high for each in scales)
    return answers.answers(texts, DECIMAL_MARK[language], low, high)


def curves_spec(language: str, unit: int, against: str, span: bool) -> Spec:
    """What each pays by fixed part, in a unit of kroner; diamonds are limits `against` «today» or «alone», if any."""
    marked = (
        t(language, f"costs.curves_limit_{against}") if against else "",
        t(language, "costs.curves_span") if span else "",
    )
    kroner = t(language, f"costs.unit.{unit}")
    texts = curves.CurvesTexts(
        t(language, "costs.curves_percent"), kroner, *marked, t(language, "cost_columns.municipality")
    )
    return curves.cost_curves(texts, DECIMAL_MARK[language])


def change_spec(language: str, lines: int, others: bool) -> Spec:
    """Each municipality's change from today, and other models' where they are drawn."""
    head, less, more = (t(language, f"costs.change_{key}") for key in ("head", "less", "more"))
    beside = t(language, "costs.change_others") if others else ""
    columns = (t(language, f"cost_columns.{key}") for key in ("municipality", "model"))
    return change.cost_change(change.ChangeTexts(head, less, more, beside, *columns), DECIMAL_MARK[language], lines)


def flow_spec(language: str, unit: int) -> Spec:
    """What is in hand each year, in a unit of kroner."""
    texts = cash_flow.FlowTexts(
        t(language, f"costs.unit.{unit}"),
        t(language, "costs.years_net"),
        t(language, "costs.years_cumulative"),
        t(language, "cost_columns.year"),
    )
    return cash_flow.cash_flow(texts, DECIMAL_MARK[language])


def risk_spec(language: str) -> Spec:
    """The matrix of probability and consequence."""
    axes = (
        f"{t(language, f'criteria.{key}')} ({t(language, f'columns.{key}')})" for key in ("probability", "consequence")
    )
    heads = (t(language, f"risk_columns.{key}") for key in ("cell", "sum", "demand", "risks"))
    return matrix.risk_matrix(matrix.RiskTexts(*axes, *heads), DECIMAL_MARK[language])


def prepare() -> None:
    """Make the specs that the first visitors ask for, all at the same moment."""
    method = METHODS["prioritisation"]
    for language in LANGUAGES:
        for spread in (False, True):
            matrix_spec(language, method, spread)
        wall_spec(language, method, method.highest_score or 1, _NAMES)
        for unit in (1_000, 1_000_000):
            curves_spec(language, unit, "today", span=True)
            flow_spec(language, unit)
        change_spec(language, 1, others=True)
        risk_spec(language)
        for lines in _LINES:
            order_spec(language, method, method.highest_score or 1, lines)
            gap_spec(language, words.score_heading(language, method), method.highest_score or 1, lines)
