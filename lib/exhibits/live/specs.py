"""The specs of the pictures of a workshop in the words of a language: made once, handed out many times."""

from __future__ import annotations

from lib.charts.live import answers, wall
from lib.charts.look import Spec
from lib.domain.methods import METHODS
from lib.exhibits import results
from lib.i18n import decimal_mark, t
from lib.model.methods import Method, Pool

_NAMES = 520  # the room that names on a wall are likely to need
_LINES = (1, 2, 3)  # how many lines the longest name may need on a phone


def prepare(language: str) -> None:
    """Make those that the first room asks for."""
    method = METHODS["prioritisation"]
    highest = method.highest_score or 1
    wall_spec(language, method, highest, _NAMES)
    answers_spec(language, method)
    first, second = (t(language, "ranking.round_n", n=number) for number in (1, 2))
    for lines in _LINES:
        rounds_spec(language, method, (first, second), highest, lines)


def wall_spec(language: str, method: Method, ceiling: float, names: int, extra: str = "") -> Spec:
    """The ranking on a wall, with every rater's score around each area's mean; `extra` heads a column more.

    `names` is the room for the longest name.
    """
    score, mean = results.score_heading(language, method), stands(language, method)
    places, area, rater = (t(language, key) for key in ("live.places", "discuss.area", "discuss.rater"))
    texts = wall.WallTexts(score, mean, places, extra, area, rater)
    return wall.wall(texts, decimal_mark(language), ceiling, names)


def stands(language: str, method: Method) -> str:
    """What the score that all of them come to is called."""
    return t(language, "discuss.mean" if method.pool is Pool.MEAN else "discuss.stands")


def rounds_spec(language: str, method: Method, names: tuple[str, str], ceiling: float, lines: int) -> Spec:
    """The scores of two rounds of these names."""
    return results.pairs_spec(language, results.score_heading(language, method), names, ceiling, lines)


def answers_spec(language: str, method: Method) -> Spec:
    """How many gave each step of each criterion of one area."""
    texts = answers.AnswersTexts(*(t(language, f"discuss.{key}") for key in ("criterion", "step", "count")))
    scales = method.criteria
    low, high = min(each.low for each in scales), max(each.high for each in scales)
    return answers.answers(texts, decimal_mark(language), low, high)
