"""What stood at a moment, on both engines."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.model.records import Batch, BatchKind, Record, new_id
from lib.model.risk_records import Countermeasure, Milestone, Phase, Risk
from lib.store import batches, imports, rows
from lib.store.engine import Store
from tests.examples import examples
from tests.store.examples import NOW, some_risks

DAY = timedelta(days=1)


def written(store: Store, study: str, moment: datetime, *records: Record, removed: bool = False) -> str:
    """Write records of one kind at a moment; the batch's id."""
    batch = Batch(id=new_id(), study=study, kind=BatchKind.FORM, actor="leder", created_at=moment)
    with imports.alone(store, study) as tx:
        batches.begin(tx, batch)
        rows.append(tx, batch.id, study, records, removed=removed)
    return batch.id


def risk(probability: int, key: str = "r") -> Risk:
    return Risk(id=key, factor="Nøkkelperson slutter", probability=probability, consequence=3)


def test_a_record_stood_from_its_moment_until_the_next(store: Store) -> None:
    written(store, "s", NOW, risk(2))
    written(store, "s", NOW + 2 * DAY, risk(4))
    written(store, "s", NOW + 4 * DAY, risk(4), removed=True)
    found = [rows.at(store, Risk, "s", NOW + days * DAY) for days in (-1, 0, 1, 2, 3, 4)]
    assert found == [[], [risk(2)], [risk(2)], [risk(4)], [risk(4)], []]
    assert rows.at(store, Risk, "another", NOW + DAY) == []


def test_what_has_been_undone_never_stood(store: Store) -> None:
    written(store, "s", NOW, risk(2))
    batch = written(store, "s", NOW + DAY, risk(4))
    batches.flip(store, batch, False, "leder", NOW + 3 * DAY)
    assert rows.at(store, Risk, "s", NOW + 2 * DAY) == [risk(2)]
    assert rows.moments(store, [Risk], "s") == [NOW]
    batches.flip(store, batch, True, "leder", NOW + 4 * DAY)
    assert rows.at(store, Risk, "s", NOW + 2 * DAY) == [risk(4)]
    assert rows.moments(store, [Risk], "s") == [NOW, NOW + DAY]


def test_moments_are_those_of_the_kinds_that_are_asked_for(store: Store) -> None:
    written(store, "s", NOW, risk(2), risk(3, "q"))
    written(store, "s", NOW + DAY, Countermeasure(id="c", risk="r", name="Opplæring"))
    written(store, "s", NOW + 2 * DAY, Milestone(id="m", name="Avtale", phase=Phase.PLANNING))
    written(store, "another", NOW + 3 * DAY, risk(2))
    assert rows.moments(store, [Risk, Countermeasure], "s") == [NOW, NOW + DAY]
    assert rows.moments(store, [Milestone], "s") == [NOW + 2 * DAY]


def test_every_kind_comes_back_as_it_was_written(store: Store) -> None:
    for kind in {type(record) for record in some_risks()}:
        ours = [record for record in some_risks() if type(record) is kind]
        written(store, "s", NOW, *ours)
        assert rows.at(store, kind, "s", NOW) == ours


steps = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 5), st.booleans(), st.booleans()), max_size=8
)


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps, day=st.integers(-1, 30))
def test_at_a_moment_stood_what_the_standing_batches_until_then_say(
    shared_store: Store, steps: list[tuple[int, int, int, bool, bool]], day: int
) -> None:
    study, moment, replayed = new_id(), NOW, dict[str, Risk]()
    for later, key, probability, removed, undone in steps:
        moment += later * DAY
        each = risk(probability, str(key))
        batch = written(shared_store, study, moment, each, removed=removed)
        if undone:
            batches.flip(shared_store, batch, False, "leder", moment)
        elif moment <= NOW + day * DAY and removed:
            replayed.pop(each.id, None)
        elif moment <= NOW + day * DAY:
            replayed[each.id] = each
    assert {each.id: each for each in rows.at(shared_store, Risk, study, NOW + day * DAY)} == replayed
    assert rows.at(shared_store, Risk, study, moment) == rows.current(shared_store, Risk, study)
