"""Which risks must have a countermeasure: all 25 cells by SAM13's rule, and the laws that hold for every rule."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.domain.record_faults import faults
from lib.domain.risks import register
from lib.model.methods import Comparison, Rule, Total
from lib.model.problems import AppError, Severity
from lib.model.risk_records import Acceptance, Countermeasure, Progress, Risk, RiskPolicy, RiskStatus
from tests.unit.refusal import code_of

STEPS = st.integers(1, 5)
MAYBE = st.none() | STEPS
# Saman om ein betre kommune (2013): a sum of 9 or more, or a consequence of 5. Rows are S from 5 down, columns K 1–5.
FORCED = """
. X X X X
. . X X X
. . X X X
. . . . X
. . . . X
"""


def test_all_25_cells_by_the_rule_of_the_source() -> None:
    rows = [line.split() for line in FORCED.strip().splitlines()]
    expected = {(5 - r, 1 + k) for r, row in enumerate(rows) for k, mark in enumerate(row) if mark == "X"}
    assert len(expected) == 4 + 3 + 3 + 1 + 1
    found = {(s, k) for s in range(1, 6) for k in range(1, 6) if register.is_forced(s, k)}
    assert found == expected == register.forced_cells(register.RULE_SETS["own"])


def test_the_least_likely_with_the_gravest_consequence_is_forced_by_the_consequence_alone() -> None:
    assert [rule.key for rule in register.firing(1, 5, register.RULE_SETS["own"])] == ["critical_consequence"]
    assert [rule.key for rule in register.firing(3, 3, register.RULE_SETS["own"])] == ["critical_risk"]
    assert not register.is_forced(None, 5)


@pytest.mark.parametrize(
    ("key", "count"), [("own", 12), ("product_15", 6), ("product_12", 8), ("product_6", 15), ("sum_7", 10)]
)
def test_how_many_cells_each_rule_forces(key: str, count: int) -> None:
    assert len(register.forced_cells(register.RULE_SETS[key])) == count


@given(STEPS, STEPS, st.integers(0, 4), st.integers(0, 4), st.sampled_from(sorted(register.RULE_SETS)))
def test_raising_s_or_k_never_unforces_a_risk(s: int, k: int, more: int, worse: int, key: str) -> None:
    rules = register.RULE_SETS[key]
    if register.is_forced(s, k, rules):
        assert register.is_forced(min(s + more, 5), min(k + worse, 5), rules)


LIMITED = st.builds(
    Rule,
    st.just("own"),
    st.sampled_from([None, "probability", "consequence"]),
    st.sampled_from(Comparison),
    st.integers(-1, 27).map(float),
    st.sampled_from(Total),
)


@given(st.lists(LIMITED, max_size=3), STEPS, STEPS, st.integers(0, 4), st.integers(0, 4))
def test_nor_does_it_by_any_rule_that_a_study_may_set(rules: list[Rule], s: int, k: int, more: int, worse: int) -> None:
    try:
        register.check_rules(rules)
    except AppError:
        return
    assert 0 < len(register.forced_cells(rules)) < 25
    if register.is_forced(s, k, rules):
        assert register.is_forced(min(s + more, 5), min(k + worse, 5), rules)


@pytest.mark.parametrize(
    ("criterion", "total", "low", "high"),
    [
        ("probability", Total.SCORE, 1, 5),
        ("consequence", Total.SUM, 1, 5),
        (None, Total.SCORE, 1, 25),
        (None, Total.SUM, 2, 10),
    ],
)
def test_a_limit_is_one_that_some_cells_reach_and_not_all(
    criterion: str | None, total: Total, low: int, high: int
) -> None:
    for limit in range(low - 2, high + 3):
        rule = Rule("own", criterion, Comparison.AT_LEAST, limit, total)
        forced = len(register.forced_cells([rule]))
        if low < limit <= high:
            register.check_rules([rule])
            assert 0 < forced < 25
        else:
            assert code_of(partial(register.check_rules, [rule])) == "rule_limit"
            assert forced in (0, 25)


@pytest.mark.parametrize(
    ("comparison", "limit", "stands"),
    [
        (Comparison.EQUAL, 5, True),
        (Comparison.EQUAL, 4, False),
        (Comparison.AT_MOST, 5, False),
        (Comparison.AT_MOST, 3, False),
        (Comparison.AT_LEAST, 2, True),
    ],
)
def test_no_rule_lets_go_of_a_risk_that_grows(comparison: Comparison, limit: int, stands: bool) -> None:
    rule = Rule("own", "probability", comparison, limit)
    if stands:
        register.check_rules([rule])
        return
    with pytest.raises(AppError) as refused:
        register.check_rules([rule])
    assert (refused.value.code, refused.value.params) == ("rule_limit", {"low": "2", "high": "5"})


@pytest.mark.parametrize("kind", register.LIMITED)
def test_a_limit_that_was_set_is_the_one_that_is_read_again(kind: str) -> None:
    (rule,) = register.rules_from({kind: 4})
    assert register.limits_of([rule]) == {kind: 4}
    assert register.limits_of([rule, *register.rules_from({kind: 3})]) == {kind: 3}


def test_a_closed_risk_that_is_rated_anew_is_told_of_once() -> None:
    told = faults(risk(2, 3, status="closed"), risk(3, 4, status="closed"))
    assert [fault.code for fault in told] == ["closed_rerated"]


def test_a_studys_rules_are_kept_as_fields_and_read_again() -> None:
    rules: list[dict[str, object]] = [
        {"key": "sum_7", "criterion": None, "comparison": ">=", "limit": 7, "total": "sum"},
        {"key": "critical_consequence", "criterion": "consequence", "comparison": "=", "limit": 5},
    ]
    found = register.rules_of(RiskPolicy(id="s", rules=rules, reason="", steps={}))
    assert found == (*register.RULE_SETS["sum_7"], register.RULE_SETS["own"][1])
    assert register.rules_of(RiskPolicy(id="s", rules=[], reason="", steps={})) == register.rules_of(None)


def risk(s: int | None = 3, k: int | None = 3, **more: Any) -> Risk:
    return Risk(id="r", factor="Lite fagmiljø", probability=s, consequence=k, **more)


def against(s: int | None = None, k: int | None = None, **more: Any) -> Countermeasure:
    fields = {"id": "c", "risk": "r", "name": "Vikaravtale", "probability": s, "consequence": k, **more}
    return Countermeasure(**fields)


@given(MAYBE, MAYBE, MAYBE, MAYBE, st.lists(st.builds(against, MAYBE, MAYBE, progress=st.sampled_from(Progress))))
def test_what_is_left_is_never_above_now(
    s: int | None, k: int | None, after_s: int | None, after_k: int | None, measures: list[Countermeasure]
) -> None:
    now = risk(s, k, after_probability=after_s, after_consequence=after_k)
    left = register.residual(now, measures)
    for before, after in ((s, left.probability), (k, left.consequence)):
        assert (before is None) == (after is None)
        assert before is None or after is None or after <= before


def test_what_is_left_comes_from_the_countermeasures_and_else_from_the_register() -> None:
    now = risk(4, 5, after_probability=1, after_consequence=1)
    assert register.residual(now, []) == (1, 1)
    assert register.residual(now, [against(3), against(2, id="d"), against(k=4, id="e")]) == (2, 4)
    assert register.residual(now, [against(2, 2, progress=Progress.DROPPED)]) == (1, 1)
    assert register.residual(now, [against(2, 2, risk="other")]).product == 1


def test_a_dropped_countermeasure_covers_nothing_and_a_closed_risk_needs_none() -> None:
    one, other = risk(), risk(status=RiskStatus.CLOSED)
    assert register.uncovered([one, other], []) == [one]
    assert register.uncovered([one], [against()]) == []
    assert register.uncovered([one], [against(progress=Progress.DROPPED)]) == [one]
    assert register.uncovered([risk(2, 4)], []) == []
    assert register.uncovered([risk(status=RiskStatus.ACCEPTED)], []) != []


def test_a_change_after_acceptance_shows_in_which_fields() -> None:
    now, measure = risk(), against(2)
    said = Acceptance(
        id="r", role="Styringsgruppen", reason="", accepted=register.frozen(now, [measure]), accepted_by="leder",
        accepted_at=datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    assert register.differs(said, now, [measure]) == {}
    assert register.differs(said, risk(4), [measure]) == {"probability": (3, 4)}
    assert list(register.differs(said, now, [against(1)])) == ["countermeasures"]


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("record", "before", "code", "place"),
    [
        (risk(6), None, "step_off_scale", "probability"),
        (risk(0), None, "step_off_scale", "probability"),
        (risk(inherent_consequence=9), None, "step_off_scale", "inherent_consequence"),
        (risk(after_probability=4), None, "after_above_now", "after_probability"),
        (risk(2, status="closed"), risk(3, status="closed"), "closed_rerated", "probability"),
        (against(4), None, "countermeasure_raises", "probability"),
        (against(k=5), None, "countermeasure_raises", "consequence"),
        (against(deadline=date(2026, 11, 24)), None, "deadline_past", "deadline"),
    ],
)
def test_each_fault_has_its_place(record: Risk, before: Risk | None, code: str, place: str) -> None:
    (found,) = faults(record, before, risk(), TODAY)
    assert (found.code, found.place) == (code, place)
    assert (found.severity is Severity.WARNING) == (code == "deadline_past")


def test_what_has_not_changed_or_is_over_is_not_told() -> None:
    late = against(5, deadline=date(2026, 1, 1))
    assert faults(late, late, risk(), TODAY) == []
    assert faults(against(5, deadline=date(2026, 1, 1), progress=Progress.DONE), None, risk(), TODAY) == []
    assert faults(against(3, deadline=TODAY), None, risk(), TODAY) == []
    reopened = risk(2, status=RiskStatus.OPEN)
    assert faults(reopened, risk(3, status=RiskStatus.CLOSED)) == []
    assert faults(risk(3, status=RiskStatus.CLOSED, owner="Rådmann"), risk(3, status=RiskStatus.CLOSED)) == []


@pytest.mark.parametrize(("stated", "told"), [(9, False), (None, False), (6, True), (9.5, True)])
def test_a_sum_that_is_not_the_product_is_told(stated: float | None, told: bool) -> None:
    assert bool(register.sum_fault(risk(), stated)) == told
