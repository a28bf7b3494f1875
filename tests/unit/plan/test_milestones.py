"""The plan as one list: every record once, overdue first, and a tick that can be taken back."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.domain.plan.milestones import Delivery, DeliveryStatus, counted, deliveries, faults, ticked
from lib.model.problems import Severity
from lib.model.risk_records import Countermeasure, Milestone, Phase, Progress

TODAY = date(2026, 11, 25)
PAST, SOON, LATER = (TODAY + timedelta(days=days) for days in (-3, 5, 60))
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
PHASES = st.sampled_from(Phase)
IDS = st.integers(0, 10**6).map(str)
milestones = st.lists(
    st.builds(
        Milestone, id=IDS, name=st.sampled_from("ABC"), phase=PHASES, deadline=DAYS, done_on=DAYS, owner=st.none(),
        area=st.none(), origin=st.none(), constructed=st.booleans(),
    ),
    max_size=8, unique_by=lambda each: each.id,
)  # fmt: skip
countermeasures = st.lists(
    st.builds(
        Countermeasure, id=IDS.map("k{}".format), risk=st.just("r"), name=st.sampled_from("ABC"), phase=PHASES,
        deadline=DAYS, progress=st.sampled_from(Progress), owner=st.none(), constructed=st.booleans(),
    ),
    max_size=8, unique_by=lambda each: each.id,
)  # fmt: skip


def milestone(name: str = "Avtale", phase: Phase = Phase.PLANNING, **more: Any) -> Milestone:
    return Milestone.model_validate({"id": name, "name": name, "phase": phase} | more)


def measure(name: str = "Prøvedrift", **more: Any) -> Countermeasure:
    return Countermeasure.model_validate({"id": name, "risk": "r1", "name": name} | more)


@given(milestones, countermeasures)
def test_every_record_is_there_once_but_those_that_are_dropped(
    some: list[Milestone], others: list[Countermeasure]
) -> None:
    found = Counter(each.id for each in deliveries(some, others, TODAY))
    kept = [each.id for each in others if each.progress is not Progress.DROPPED]
    assert found == Counter([*(each.id for each in some), *kept])


@given(milestones, countermeasures, st.randoms())
def test_overdue_comes_first_then_phase_by_phase_and_by_day(
    some: list[Milestone], others: list[Countermeasure], draw: Random
) -> None:
    plan = deliveries(some, others, TODAY)
    late = [each.status(TODAY) is DeliveryStatus.OVERDUE for each in plan]
    assert late == sorted(late, reverse=True)
    rest = plan[sum(late) :]
    for part in (plan[: sum(late)], *([each for each in rest if each.phase is phase] for phase in Phase)):
        assert [each.day or date.max for each in part] == sorted(each.day or date.max for each in part)
    assert [list(Phase).index(each.phase) for each in rest] == sorted(list(Phase).index(each.phase) for each in rest)
    draw.shuffle(some)
    assert deliveries(some, others[::-1], TODAY) == plan


@given(milestones, countermeasures)
def test_the_answer_counts_every_delivery_in_one_way(some: list[Milestone], others: list[Countermeasure]) -> None:
    plan = deliveries(some, others, TODAY)
    found = counted(plan, TODAY)
    standings = Counter(each.status(TODAY) for each in plan)
    assert found.all == sum(standings.values())
    assert (found.done, found.overdue) == (standings[DeliveryStatus.DONE], standings[DeliveryStatus.OVERDUE])
    assert (found.next is None) == (standings[DeliveryStatus.COMING] == 0)
    if found.next is not None:
        coming = [each for each in plan if each.status(TODAY) is DeliveryStatus.COMING]
        assert all((found.next.deadline or date.max) <= (each.deadline or date.max) for each in coming)


@given(milestones, countermeasures, st.booleans())
def test_a_tick_says_what_was_ticked_and_nothing_else(
    some: list[Milestone], others: list[Countermeasure], done: bool
) -> None:
    records: list[Milestone | Countermeasure] = [*some]
    records.extend(others)
    for record in records:
        after = ticked(record, done, TODAY)
        assert ticked(after, done, TODAY) == after
        assert Delivery(after, None).done == done
        changed = {key for key in type(record).model_fields if getattr(after, key) != getattr(record, key)}
        assert changed <= {"done_on", "progress"}


def test_a_tick_taken_back_leaves_a_countermeasure_started_and_a_milestone_undated() -> None:
    assert ticked(measure(), True, TODAY) == measure(progress=Progress.DONE)
    assert ticked(measure(progress=Progress.DONE), False, TODAY) == measure(progress=Progress.STARTED)
    assert ticked(milestone(), True, TODAY) == milestone(done_on=TODAY)
    assert ticked(milestone(done_on=PAST), True, TODAY) == milestone(done_on=PAST)
    assert ticked(milestone(done_on=PAST), False, TODAY) == milestone()


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({"deadline": PAST}, DeliveryStatus.OVERDUE),
        ({"deadline": TODAY}, DeliveryStatus.COMING),
        ({"deadline": SOON}, DeliveryStatus.COMING),
        ({}, DeliveryStatus.UNDATED),
        ({"deadline": PAST, "done_on": TODAY}, DeliveryStatus.DONE),
    ],
)
def test_a_delivery_is_overdue_the_day_after_its_deadline(more: dict[str, Any], standing: DeliveryStatus) -> None:
    assert deliveries([milestone(**more)], [], TODAY)[0].status(TODAY) is standing


def test_what_a_delivery_comes_from() -> None:
    plan = deliveries([milestone("A", origin="r2", area="a1"), milestone("B", area="a1")], [measure("C")], TODAY)
    assert {each.name: each.comes_from for each in plan} == {"A": "r2", "B": "a1", "C": "r1"}
    assert [each.name for each in plan if each.counters] == ["C"]


@pytest.mark.parametrize(
    ("record", "before", "warned"),
    [
        (milestone(deadline=PAST), None, True),
        (milestone(deadline=PAST), milestone(deadline=SOON), True),
        (milestone(deadline=PAST, name="Ny"), milestone(deadline=PAST), False),
        (milestone(deadline=PAST, done_on=PAST), None, False),
        (milestone(deadline=TODAY), None, False),
        (milestone(), None, False),
    ],
)
def test_a_deadline_that_had_passed_is_told_once_and_blocks_nothing(
    record: Milestone, before: Milestone | None, warned: bool
) -> None:
    found = faults(record, before, TODAY)
    assert [(each.code, each.place, each.severity) for each in found] == (
        [("milestone_past", "deadline", Severity.WARNING)] if warned else []
    )
