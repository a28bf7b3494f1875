"""The picture of risks at two moments: counts by the rules, and what has become of each risk."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.domain.methods import METHODS
from lib.domain.risks.history import Count, Move, count, shifts
from lib.domain.risks.register import is_forced
from lib.model.risk_records import Countermeasure, Progress, Risk, RiskStatus

RULES = METHODS["risk"].rules
STEPS = st.none() | st.integers(1, 5)
registers = st.lists(
    st.builds(
        Risk, id=st.integers(0, 9).map(str), factor=st.just("F"), probability=STEPS, consequence=STEPS,
        status=st.sampled_from(RiskStatus), cause=st.none(),
    ),
    max_size=8, unique_by=lambda risk: risk.id,
)  # fmt: skip
measures = st.lists(
    st.builds(
        Countermeasure, id=st.integers(0, 99).map(str), risk=st.integers(0, 9).map(str), name=st.just("M"),
        progress=st.sampled_from(Progress), deadline=st.none(),
    ),
    max_size=8,
)  # fmt: skip


def risk(s: int | None = 3, k: int | None = 3, **more: Any) -> Risk:
    return Risk(**{"id": "r", "factor": "F", "probability": s, "consequence": k} | more)


@given(registers, measures)
def test_each_figure_is_a_part_of_the_one_before(risks: list[Risk], some: list[Countermeasure]) -> None:
    found = count(risks, some, RULES)
    assert 0 <= found.uncovered <= found.forced <= found.open <= len(risks)
    assert count([], some, RULES) == Count(0, 0, 0)
    still = [each for each in risks if each.status is not RiskStatus.CLOSED]
    assert found.forced == sum(is_forced(each.probability, each.consequence) for each in still)


def test_a_dropped_countermeasure_covers_nothing() -> None:
    """SAM13: S × K of at least 9, or a consequence of 5, must have a countermeasure."""
    one, other = risk(3, 3), risk(1, 5, id="q")
    planned = Countermeasure(id="m", risk="r", name="M")
    assert count([one, other], [planned], RULES) == Count(2, 2, 1)
    dropped = planned.model_copy(update={"progress": Progress.DROPPED})
    assert count([one, other], [dropped], RULES) == Count(2, 2, 2)


@given(registers, registers)
def test_a_risk_is_told_once_and_only_where_it_has_moved(then: list[Risk], now: list[Risk]) -> None:
    found = shifts(then, now)
    keys = [each.risk.id for each in found]
    assert len(keys) == len(set(keys))
    assert shifts(then, then) == []
    opposite = {Move.NEW: Move.GONE, Move.CLOSED: Move.REOPENED, Move.UP: Move.DOWN, Move.MOVED: Move.MOVED}
    opposite |= {other: move for move, other in opposite.items()}
    assert {each.risk.id: opposite[each.move] for each in found} == {
        each.risk.id: each.move for each in shifts(now, then)
    }


@pytest.mark.parametrize(
    ("was", "becomes", "move"),
    [
        (None, risk(), Move.NEW),
        (risk(), None, Move.GONE),
        (risk(), risk(status=RiskStatus.CLOSED), Move.CLOSED),
        (risk(status=RiskStatus.CLOSED), risk(2), Move.REOPENED),
        (risk(3, 3), risk(4, 3), Move.UP),
        (risk(3, 3), risk(2, 2), Move.DOWN),
        (risk(3, 3), risk(4, 2), Move.MOVED),
        (risk(None, 3), risk(3, 3), Move.MOVED),
        (risk(), risk(owner="Rådmannen"), None),
        (risk(), risk(status=RiskStatus.ACCEPTED), None),
    ],
)
def test_what_has_become_of_a_risk(was: Risk | None, becomes: Risk | None, move: Move | None) -> None:
    found = shifts([was] if was else [], [becomes] if becomes else [])
    assert [each.move for each in found] == ([move] if move else [])
