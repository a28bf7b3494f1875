"""What is said of risks: the answer, why a cell forces a countermeasure, what holds a case back, what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lib.actions.risks.register import Readiness, RiskBook
from lib.domain.risks import register
from lib.exhibits.limits import limits
from lib.i18n import clock, listing, number, t
from lib.model.methods import Rule, Total
from lib.model.risk_records import Acceptance, Override, Risk, RiskStatus

NAMED = 3  # risks that a sentence names before it only counts


def headline(language: str, book: RiskBook, about: Sequence[Risk]) -> str:
    """«3 av 11 risikoer må ha mottiltak og mangler det.»"""
    live = [risk for risk in about if risk.status is not RiskStatus.CLOSED]
    demanded = register.forced(live, book.rules)
    missing = register.uncovered(live, book.countermeasures, book.rules)
    if not live:
        return t(language, "risk.none_open")
    if not demanded and all(risk.sum is None for risk in live):
        return t(language, "risk.none_rated", count=len(live))
    if not demanded:
        return t(language, "risk.none_forced", count=len(live))
    if not missing:
        return t(language, "risk.all_covered", count=len(demanded))
    if len(live) == 1:
        return t(language, "risk.missing_alone")
    return t(language, "risk.missing", count=len(missing), of=len(live))


def basis(language: str, book: RiskBook, about: Sequence[Risk]) -> str:
    """By which rule, how many it forces, and which are not judged."""
    live = [risk for risk in about if risk.status is not RiskStatus.CLOSED]
    said = [
        t(
            language,
            "risk.by_own_rule" if book.policy and book.policy.rules else "risk.by_rule",
            rule=rule_set(language, book.rules),
        ),
        t(language, "risk.forced_of", n=len(register.forced(live, book.rules)), of=len(live)),
    ]
    unrated = sum(risk.sum is None for risk in live)
    closed = len(about) - len(live)
    said += [t(language, "risk.unrated", n=unrated)] if unrated else []
    said += [t(language, "risk.closed_count", n=closed)] if closed else []
    return " ".join(said)


def alternatives(language: str, about: Sequence[Risk], forced: Sequence[int]) -> str:
    """How many risks must have a countermeasure by the rule that holds, the first of them, and by the others."""
    live = [risk for risk in about if risk.status is not RiskStatus.CLOSED]
    low, high = min(forced[1:]), max(forced[1:])
    key = "risk.others_demand" if low == high else "risk.others_demand_between"
    return t(language, key, n=forced[0], of=len(live), low=low, high=high)


def rule_set(language: str, rules: Iterable[Rule]) -> str:
    """«S × K er minst 9 eller K er 5»."""
    return listing(language, [rule_text(language, rule) for rule in rules], either=True)


def rule_text(language: str, rule: Rule) -> str:
    """One limit in words."""
    what = rule.criterion or ("sum" if rule.total is Total.SUM else "score")
    exact = rule.criterion is not None and rule.limit == register.STEPS[-1]
    key = f"risk_rules.{what}_is" if exact else f"risk_rules.{what}"
    return t(language, key, limit=number(language, rule.limit))


def why(language: str, risk: Risk, rules: Sequence[Rule]) -> str:
    """Why a risk must have a countermeasure; empty where it need not."""
    fires = register.firing(risk.probability, risk.consequence, rules)
    return (
        t(language, "risk.demanded_because", rule=listing(language, [rule_text(language, each) for each in fires]))
        if fires
        else ""
    )


def gravest(language: str, rules: Sequence[Rule]) -> str:
    """Why even the least likely of the gravest consequence is forced; empty where the rules do not force it."""
    low, high = register.STEPS[0], register.STEPS[-1]
    forces = register.is_forced(low, high, rules) and not register.is_forced(high, low, rules)
    return t(language, "risk.gravest", **limits(language)) if forces else ""


def readiness(language: str, found: Readiness) -> str:
    """Whether a case may go on, and what holds it back or who has let it go."""
    if not found.uncovered:
        return t(language, "risk.ready")
    if found.overridden and found.override:
        return f"{t(language, 'risk.ready_by_override')} {overridden(language, found.override)}"
    named = [f"«{risk.factor}»" for risk in found.uncovered[:NAMED]]
    more = len(found.uncovered) - len(named)
    named += [t(language, "risk.more", n=more)] if more else []
    since = f" {t(language, 'risk.since_override', role=found.override.role)}" if found.override else ""
    return t(language, "risk.held_back", risks=listing(language, named)) + since


def overridden(language: str, given: Override) -> str:
    return t(
        language, "risk.override_given",
        role=given.role, reason=given.reason, who=given.given_by, when=clock(language, given.given_at),
    )  # fmt: skip


def accepted(language: str, said: Acceptance) -> str:
    return t(
        language, "risk.accepted_by",
        role=said.role, reason=said.reason, who=said.accepted_by, when=clock(language, said.accepted_at),
    )  # fmt: skip


def steps(language: str, book: RiskBook) -> dict[str, str]:
    """The words of every step by «probability.1»: the study's own, else the product's."""
    own = book.steps
    keys = (f"{scale.key}.{step}" for scale in register.METHOD.criteria for step in scale.steps)
    return {key: own.get(key) or t(language, f"risk_steps.{key}") for key in keys}


def default_steps(language: str) -> dict[str, str]:
    return {
        f"{scale.key}.{step}": t(language, f"risk_steps.{scale.key}.{step}")
        for scale in register.METHOD.criteria
        for step in scale.steps
    }


def matrix_alt(language: str, book: RiskBook, about: Sequence[Risk], rules: Sequence[Rule]) -> str:
    """How many risks stand where, for who cannot see the picture."""
    live = [risk for risk in about if risk.status is not RiskStatus.CLOSED and risk.sum is not None]
    cells: dict[tuple[int, int], int] = {}
    for risk in live:
        cell = (risk.probability or 0, risk.consequence or 0)
        cells[cell] = cells.get(cell, 0) + 1
    told = [t(language, "risk.alt_cell", s=s, k=k, n=n) for (s, k), n in sorted(cells.items(), reverse=True)]
    lowered = sum(register.residual(risk, book.countermeasures).product != risk.sum for risk in live)
    count = {"forced": len(register.forced(live, rules)), "of": len(live), "lowered": lowered}
    told_of = {"rule": rule_set(language, rules), "cells": ", ".join(told)}
    return t(language, "risk.matrix_alt", **(limits(language) | told_of), **count)
