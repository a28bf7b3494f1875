"""Which risks must have a countermeasure, what is left of them after it, and what has changed since one was accepted.

SAM13: S × K of at least 9, or a consequence of 5 however unlikely, must have a countermeasure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from lib.domain.methods import METHODS
from lib.model.methods import Comparison, Criterion, Rule, Total
from lib.model.problems import AppError, Fault, Severity
from lib.model.records import Record
from lib.model.risk_records import Acceptance, Countermeasure, Progress, Risk, RiskPolicy, RiskStatus

METHOD = METHODS["risk"]
PROBABILITY, CONSEQUENCE = METHOD.criteria
STEPS = PROBABILITY.steps
RATED = tuple(f"{when}{each.key}" for when in ("inherent_", "", "after_") for each in METHOD.criteria)


def _product(limit: int) -> tuple[Rule, ...]:
    return (Rule(f"product_{limit}", None, Comparison.AT_LEAST, limit),)


# «Hva ville andre regler krevd»: the method's own first.
RULE_SETS: dict[str, tuple[Rule, ...]] = {
    "own": METHOD.rules,
    "product_15": _product(15),
    "product_12": _product(12),
    "product_6": _product(6),
    "sum_7": (Rule("sum_7", None, Comparison.AT_LEAST, 7, Total.SUM),),
}

LIMITED = ("score", "sum", CONSEQUENCE.key, PROBABILITY.key)  # what a rule may set a limit for


class Numbers(NamedTuple):
    """S and K, None where nobody has judged them."""

    probability: int | None
    consequence: int | None

    @property
    def product(self) -> int | None:
        return None if self.probability is None or self.consequence is None else self.probability * self.consequence


def rules_of(policy: RiskPolicy | None) -> tuple[Rule, ...]:
    """A study's own rules, else the method's."""
    return tuple(map(_rule, policy.rules)) if policy and policy.rules else METHOD.rules


def _rule(fields: Mapping[str, Any]) -> Rule:
    comparison, total = Comparison(fields["comparison"]), Total(fields.get("total", Total.SCORE))
    return Rule(fields["key"], fields["criterion"], comparison, float(fields["limit"]), total)


def rules_from(limits: Mapping[str, int]) -> tuple[Rule, ...]:
    """The rules with these limits by LIMITED, 0 where there is none; the method's own where they say the same."""
    given = tuple(_limit(kind, limit) for kind in LIMITED if (limit := limits.get(kind, 0)))
    return METHOD.rules if limits_of(given) == limits_of(METHOD.rules) else given


def _limit(kind: str, limit: int) -> Rule:
    criterion = kind if kind in (CONSEQUENCE.key, PROBABILITY.key) else None
    return Rule(f"{kind}_{limit}", criterion, Comparison.AT_LEAST, limit, Total.SUM if kind == "sum" else Total.SCORE)


def limits_of(held: Iterable[Rule]) -> dict[str, int]:
    """`rules_from` the other way; the lowest limit where two rules are of one kind."""
    found: dict[str, int] = {}
    for rule in held:
        kind = rule.criterion or ("sum" if rule.total is Total.SUM else "score")
        found[kind] = min(int(rule.limit), found.get(kind, int(rule.limit)))
    return found


def check_rules(rules: Sequence[Rule]) -> None:
    """AppError for no rule at all, a limit that no cell or every cell reaches, and one that a rising S or K leaves."""
    if not rules:
        raise AppError("no_rules")
    for rule in rules:
        low, high = _reach(rule)
        rises = rule.comparison is Comparison.AT_LEAST or (rule.comparison is Comparison.EQUAL and rule.limit == high)
        if not rises or not low < rule.limit <= high or not float(rule.limit).is_integer():
            raise AppError("rule_limit", low=str(low + 1), high=str(high))


def _reach(rule: Rule) -> tuple[int, int]:
    """The least and the most that what a rule looks at can be."""
    scales: tuple[Criterion, Criterion] = (PROBABILITY, CONSEQUENCE)
    if rule.criterion:
        scale = next(each for each in scales if each.key == rule.criterion)
        return scale.low, scale.high
    (a, b), (c, d) = ((each.low, each.high) for each in scales)
    return (a + c, b + d) if rule.total is Total.SUM else (a * c, b * d)


def firing(probability: int | None, consequence: int | None, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that demand a countermeasure for a risk with these numbers; none where one of them is missing."""
    if probability is None or consequence is None:
        return ()
    return tuple(rule for rule in rules if _fires(rule, probability, consequence))


def _fires(rule: Rule, probability: int, consequence: int) -> bool:
    single = {PROBABILITY.key: probability, CONSEQUENCE.key: consequence}
    totals = {Total.SCORE: probability * consequence, Total.SUM: probability + consequence}
    value = single[rule.criterion] if rule.criterion else totals[rule.total]
    match rule.comparison:
        case Comparison.AT_LEAST:
            return value >= rule.limit
        case Comparison.AT_MOST:
            return value <= rule.limit
        case Comparison.EQUAL:
            return value == rule.limit


def is_forced(probability: int | None, consequence: int | None, rules: Iterable[Rule] = METHOD.rules) -> bool:
    """Whether a risk with these numbers must have a countermeasure."""
    return bool(firing(probability, consequence, rules))


def forced_cells(rules: Sequence[Rule]) -> frozenset[tuple[int, int]]:
    """(S, K) of the cells of the matrix that force a countermeasure."""
    return frozenset((s, k) for s in STEPS for k in STEPS if is_forced(s, k, rules))


def active_countermeasures(countermeasures: Iterable[Countermeasure], risk: str) -> list[Countermeasure]:
    """A risk's countermeasures that are not dropped."""
    return [each for each in countermeasures if each.risk == risk and each.progress is not Progress.DROPPED]


def residual(risk: Risk, countermeasures: Iterable[Countermeasure]) -> Numbers:
    """S and K when the countermeasures are done, never above now; the register's own where none of them says."""
    own = active_countermeasures(countermeasures, risk.id)
    return Numbers(
        _lowered(risk.probability, [each.probability for each in own], risk.after_probability),
        _lowered(risk.consequence, [each.consequence for each in own], risk.after_consequence),
    )


def _lowered(now: int | None, by: Iterable[int | None], said: int | None) -> int | None:
    steps = [step for step in by if step is not None] or ([said] if said is not None else [])
    return None if now is None else min([now, *steps])


def forced(risks: Iterable[Risk], rules: Sequence[Rule]) -> list[Risk]:
    """The risks that are not closed and must have a countermeasure."""
    return [
        risk
        for risk in risks
        if risk.status is not RiskStatus.CLOSED and is_forced(risk.probability, risk.consequence, rules)
    ]


def uncovered(
    risks: Iterable[Risk], countermeasures: Sequence[Countermeasure], rules: Sequence[Rule] = METHOD.rules
) -> list[Risk]:
    """The forced risks without a countermeasure; that somebody has accepted one does not take the demand away."""
    return [risk for risk in forced(risks, rules) if not active_countermeasures(countermeasures, risk.id)]


def frozen(risk: Risk, countermeasures: Iterable[Countermeasure]) -> dict[str, object]:
    """A copy of a risk with its countermeasures, as an acceptance keeps it."""
    own = sorted((each for each in countermeasures if each.risk == risk.id), key=lambda each: each.id)
    return risk.model_dump(mode="json") | {"countermeasures": [each.model_dump(mode="json") for each in own]}


def differs(
    acceptance: Acceptance, risk: Risk, countermeasures: Iterable[Countermeasure] = ()
) -> dict[str, tuple[object, object]]:
    """The fields in which a risk is no longer as it was accepted: field → (then, now)."""
    then, now = acceptance.accepted, frozen(risk, countermeasures)
    return {key: (then.get(key), now[key]) for key in now if then.get(key) != now[key]}


def faults(
    record: Record, before: Record | None = None, about: Record | None = None, today: date | None = None
) -> list[Fault]:
    """What cannot stand in a risk or a countermeasure, or should be looked at.

    `before` is what it was, `about` the risk that a countermeasure belongs to, `today` where its deadline is held
    against it. What has not changed is not told again.
    """
    if record == before:
        return []
    match record:
        case Risk():
            return [*_off_scale(record, RATED), *_raised_after(record), *_rated_closed(record, before)]
        case Countermeasure():
            raised = _raises(record, about) if isinstance(about, Risk) else []
            return [*_off_scale(record, ("probability", "consequence")), *raised, *_past(record, before, today)]
        case _:
            return []


def _off_scale(record: Record, fields: Iterable[str]) -> list[Fault]:
    scale = {"low": str(STEPS[0]), "high": str(STEPS[-1])}
    values = ((field, getattr(record, field)) for field in fields)
    return [
        Fault("step_off_scale", field, scale) for field, value in values if value is not None and value not in STEPS
    ]


def _raised_after(risk: Risk) -> list[Fault]:
    pairs = (("after_probability", risk.probability), ("after_consequence", risk.consequence))
    return [
        Fault("after_above_now", field, {"now": str(now)})
        for field, now in pairs
        if now is not None and (getattr(risk, field) or 0) > now
    ]


def _rated_closed(risk: Risk, before: Record | None) -> list[Fault]:
    if not isinstance(before, Risk) or not before.status is risk.status is RiskStatus.CLOSED:
        return []
    moved = [field for field in RATED if getattr(risk, field) != getattr(before, field)]
    return [Fault("closed_rerated", field) for field in moved[:1]]


def _raises(each: Countermeasure, risk: Risk) -> list[Fault]:
    """One that is done may be above what is now, since somebody has rated the risk anew after it."""
    if each.progress in (Progress.DONE, Progress.DROPPED):
        return []
    pairs = (("probability", risk.probability), ("consequence", risk.consequence))
    return [
        Fault("countermeasure_raises", field, {"now": str(now)})
        for field, now in pairs
        if now is not None and (getattr(each, field) or 0) > now
    ]


def _past(each: Countermeasure, before: Record | None, today: date | None) -> list[Fault]:
    held = before.deadline if isinstance(before, Countermeasure) else None
    if today is None or each.deadline is None or each.progress in (Progress.DONE, Progress.DROPPED):
        return []
    past = each.deadline < today and each.deadline != held
    return [Fault("deadline_past", "deadline", severity=Severity.WARNING)] if past else []


def sum_fault(risk: Risk, stated: float | None) -> list[Fault]:
    """A sum in a table that is not S × K; it is never kept, so it is only told."""
    if stated is None or risk.sum is None or stated == risk.sum:
        return []
    return [Fault("sum_not_product", "sum", {"expected": str(risk.sum)}, Severity.WARNING)]
