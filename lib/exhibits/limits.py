"""The limits that sentences tell, as a language writes them, each from the constant that holds it."""

from __future__ import annotations

from functools import cache

from lib.actions.suppression import EVEN, FEWEST
from lib.domain.assessment import DISSENT_LIMIT
from lib.domain.methods import METHODS
from lib.domain.ranking.robustness import DRAWS, MIDDLE, TOP
from lib.i18n import counted, number
from lib.model.factors import FACTORS
from lib.model.risk_records import STEPS

# Consensus from which agreement is called high and middling; ours, and said on «Om metoden».
HIGH_AGREEMENT, MIDDLE_AGREEMENT = 0.80, 0.65


@cache
def limits(language: str) -> dict[str, str]:
    """What fills the sentences that tell of limits; a sentence takes what it needs."""
    scale, highest = METHODS["prioritisation"].criteria[0], METHODS["prioritisation"].highest_score
    demanded = {rule.key: number(language, rule.limit) for rule in METHODS["risk"].rules}
    words = {"fewest": FEWEST, "top": TOP, "factors": len(FACTORS)}
    figures = {
        "draws": DRAWS,
        "middle": MIDDLE,
        "even": EVEN,
        "divided": DISSENT_LIMIT * 100,
        "grade_low": scale.low,
        "grade_high": scale.high,
        "score_low": scale.low**2,
        "score_high": highest,
        "step_low": STEPS[0],
        "step_high": STEPS[-1],
        "step_sum": STEPS[0] * STEPS[-1],
        "cells": len(STEPS) ** 2,
    }
    agreed = {"high_from": HIGH_AGREEMENT, "middle_from": MIDDLE_AGREEMENT}
    return (
        {key: counted(language, value) for key, value in words.items()}
        | {key: number(language, value) for key, value in figures.items()}
        | {key: number(language, value, 2) for key, value in agreed.items()}
        | demanded
    )
