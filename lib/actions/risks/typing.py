"""What somebody types about countermeasures and rules, cell by cell, and the records that it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from lib.actions.costs.typing import Line, whole
from lib.domain.risks.register import CONSEQUENCE, METHOD, PROBABILITY
from lib.intake.dates import reading
from lib.model.methods import Comparison, Rule, Total
from lib.model.problems import AppError
from lib.model.risk_records import Countermeasure, Phase, Progress

Rules = tuple[Rule, ...]
KINDS = ("score", "sum", CONSEQUENCE.key, PROBABILITY.key)


def countermeasures(typed: Iterable[Line]) -> list[Countermeasure]:
    """A row without anything typed is none; `id` stands in the row where it is no new one."""
    return [_countermeasure(line) for line in typed if any(_text(line, key) for key in ("name", "cost", "owner"))]


def _countermeasure(line: Line) -> Countermeasure:
    name = _text(line, "name")
    return Countermeasure(
        id=_text(line, "id"),
        risk="",
        name=name,
        probability=_step(line.get("probability")),
        consequence=_step(line.get("consequence")),
        cost=_cost(line, name),
        owner=_text(line, "owner") or None,
        deadline=_day(line.get("deadline"), name),
        progress=Progress(_text(line, "progress") or Progress.PLANNED),
        phase=Phase(_text(line, "phase") or Phase.EXECUTION),
        constructed=line.get("constructed") is True,
    )


def _step(value: object) -> int | None:
    return int(str(value)) if _is_given(value) else None


def _cost(line: Line, name: str) -> int | None:
    kroner = whole(line.get("cost"), name)
    if kroner is not None and kroner < 0:
        raise AppError("negative_amount", what=name, found=kroner)
    return kroner


def _day(value: object, name: str) -> date | None:
    """A day that somebody chose, or wrote as in a workbook."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if not isinstance(value, str) or not value.strip():
        return None
    found = reading(value)
    if found is None:
        raise AppError("not_a_day", what=name, found=value)
    return found


def rules(limits: Mapping[str, int]) -> Rules:
    """The rules with these limits by KINDS, 0 where there is none; the method's own where they say the same."""
    given = tuple(_rule(kind, limit) for kind in KINDS if (limit := limits.get(kind, 0)))
    return METHOD.rules if limits_of(given) == limits_of(METHOD.rules) else given


def _rule(kind: str, limit: int) -> Rule:
    criterion = kind if kind in (CONSEQUENCE.key, PROBABILITY.key) else None
    return Rule(f"{kind}_{limit}", criterion, Comparison.AT_LEAST, limit, Total.SUM if kind == "sum" else Total.SCORE)


def limits_of(held: Iterable[Rule]) -> dict[str, int]:
    """`rules` the other way; the lowest limit where two rules are of one kind."""
    found: dict[str, int] = {}
    for rule in held:
        kind = rule.criterion or ("sum" if rule.total is Total.SUM else "score")
        found[kind] = min(int(rule.limit), found.get(kind, int(rule.limit)))
    return found


def _text(line: Line, key: str) -> str:
    value = line.get(key)
    return str(value).strip() if _is_given(value) else ""


def _is_given(value: object) -> bool:
    return value is not None and value == value and str(value).strip() != ""
