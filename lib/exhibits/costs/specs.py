"""The specs of the pictures of costs in the words of a language: made once, handed out many times."""

from __future__ import annotations

from lib.charts.costs import cash_flow, change, curves
from lib.charts.look import Spec
from lib.i18n import decimal_mark, t


def prepare(language: str) -> None:
    """Make those that the first visitors ask for."""
    for unit in (1_000, 1_000_000):
        curves_spec(language, unit, "today", span=True)
        flow_spec(language, unit)
    change_spec(language, 1, others=True)


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
    return curves.cost_curves(texts, decimal_mark(language))


def change_spec(language: str, lines: int, others: bool) -> Spec:
    """Each municipality's change from today, and other models' where they are drawn."""
    head, less, more = (t(language, f"costs.change_{key}") for key in ("head", "less", "more"))
    beside = t(language, "costs.change_others") if others else ""
    columns = (t(language, f"cost_columns.{key}") for key in ("municipality", "model"))
    return change.cost_change(change.ChangeTexts(head, less, more, beside, *columns), decimal_mark(language), lines)


def flow_spec(language: str, unit: int) -> Spec:
    """What is in hand each year, in a unit of kroner."""
    texts = cash_flow.FlowTexts(
        t(language, f"costs.unit.{unit}"),
        t(language, "costs.years_net"),
        t(language, "costs.years_cumulative"),
        t(language, "cost_columns.year"),
    )
    return cash_flow.cash_flow(texts, decimal_mark(language))
