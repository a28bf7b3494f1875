"""The specs of the pictures of risks in the words of a language: made once, handed out many times."""

from __future__ import annotations

from lib.charts.look import Spec
from lib.charts.risks import history, matrix
from lib.i18n import decimal_mark, t


def prepare(language: str) -> None:
    """Make those that the first visitors ask for."""
    risk_spec(language)
    history_spec(language)


def risk_spec(language: str) -> Spec:
    """The matrix of probability and consequence."""
    axes = (
        f"{t(language, f'criteria.{key}')} ({t(language, f'columns.{key}')})" for key in ("probability", "consequence")
    )
    heads = (t(language, f"risk_columns.{key}") for key in ("cell", "sum", "demand", "risks"))
    return matrix.risk_matrix(matrix.RiskTexts(*axes, *heads), decimal_mark(language))


def history_spec(language: str) -> Spec:
    """How many risks must have a countermeasure, and how many of these have none, day by day."""
    risks, when, line = (t(language, f"history.{key}") for key in ("risks", "when", "line"))
    texts = history.HistoryTexts(risks, when, line, t(language, "language.short_day"))
    return history.risk_history(texts, decimal_mark(language))
