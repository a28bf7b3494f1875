"""The specs of the pictures of a SWOT in the words of a language: made once, handed out many times."""

from __future__ import annotations

from lib.charts.look import Spec
from lib.charts.swot import force_field, theme_matrix
from lib.i18n import decimal_mark, t
from lib.model.swot_records import STRENGTHS


def prepare(language: str) -> None:
    """Make those that the first visitors ask for."""
    theme_spec(language, 1)
    for some_unjudged in (False, True):
        force_spec(language, some_unjudged, 1)


def theme_spec(language: str, lines: int) -> Spec:
    """Themes against functions."""
    texts = theme_matrix.MatrixTexts(*(t(language, f"swot.{key}") for key in ("theme_pick", "function", "force")))
    return theme_matrix.theme_matrix(texts, decimal_mark(language), lines)


def force_spec(language: str, some_unjudged: bool, lines: int) -> Spec:
    """Drivers against barriers; the rings of those that nobody has judged are explained where there are any."""
    strength = t(language, "swot.forces_head", low=STRENGTHS[0], high=STRENGTHS[-1])
    heads = ("driver", "barrier", "unjudged", "force", "side_head")
    driver, barrier, unjudged, force, side = (t(language, f"swot.{key}") for key in heads)
    ring = unjudged if some_unjudged else ""
    texts = force_field.ForceTexts(driver, barrier, strength, ring, force, side)
    return force_field.force_field(texts, decimal_mark(language), lines)
