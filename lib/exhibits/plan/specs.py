"""The spec of the picture of a plan in the words of a language: made once, handed out many times."""

from __future__ import annotations

from lib.charts.look import Spec
from lib.charts.plan.timeline import TimelineTexts, timeline
from lib.i18n import decimal_mark, t


def prepare(language: str) -> None:
    """Make what the first visitors ask for."""
    timeline_spec(language, 1)


def timeline_spec(language: str, lines: int) -> Spec:
    """The deliveries along the days, phase for phase."""
    heads = [t(language, f"plan.{key}") for key in ("delivery", "deadline", "standing", "owner", "phase")]
    key, now, month = (t(language, key) for key in ("plan.timeline_key", "plan.now", "language.short_month"))
    texts = TimelineTexts(key, now, month, *heads)
    return timeline(texts, decimal_mark(language), lines)
