"""The law of the store: what stands is the standing batches replayed in the order they were made."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.model.records import Area, Municipality, Rating, Rows, new_id, stable_id
from lib.store import batches, ratings, rows
from lib.store.engine import Store
from lib.store.imports import commit_import
from tests.examples import examples
from tests.store.examples import NOW, a_batch

State = tuple[dict[str, Area], dict[str, Municipality], dict[tuple[str, str, str], int | None]]


class Import(NamedTuple):
    areas: list[tuple[int, str]]
    municipalities: list[tuple[int, int]]
    ratings: list[tuple[str, int, str, int | None]]


class Flip(NamedTuple):
    which: int
    live: bool


imports = st.builds(
    Import,
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ABC")), max_size=4),
    st.lists(st.tuples(st.integers(1, 2), st.integers(0, 3)), max_size=2),
    st.lists(
        st.tuples(
            st.sampled_from("rs"),
            st.integers(1, 3),
            st.sampled_from(["potential", "feasibility"]),
            st.none() | st.integers(1, 10),
        ),
        max_size=6,
    ),
)
steps = st.lists(imports | st.builds(Flip, st.integers(0, 5), st.booleans()), max_size=10)
some_examples = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def rows_of(study: str, step: Import) -> Rows:
    return Rows(
        areas=tuple(Area(id=stable_id(study, str(code)), code=str(code), name=name) for code, name in step.areas),
        municipalities=tuple(
            Municipality(id=stable_id(study, "m", str(n)), number=f"500{n}", name="M", population=people)
            for n, people in step.municipalities
        ),
        ratings=tuple(
            Rating(study, 1, rater, str(item), criterion, value) for rater, item, criterion, value in step.ratings
        ),
    )


def replayed(made: list[Rows]) -> State:
    areas = {area.id: area for written in made for area in written.areas}
    municipalities = {row.id: row for written in made for row in written.municipalities}
    values = {(row.rater, row.item, row.criterion): row.value for written in made for row in written.ratings}
    return areas, municipalities, values


def stored(store: Store, study: str) -> State:
    frame = ratings.current(store, study, 1)
    keys = zip(frame.rater, frame.item, frame.criterion, strict=True)
    numbers = (None if value != value else int(value) for value in frame.value)
    return (
        {area.id: area for area in rows.current(store, Area, study)},
        {row.id: row for row in rows.current(store, Municipality, study)},
        dict(zip(keys, numbers, strict=True)),
    )


@some_examples
@given(steps=steps)
def test_state_is_the_standing_batches_replayed(shared_store: Store, steps: list[Import | Flip]) -> None:
    study = new_id()
    made: list[tuple[str, Rows]] = []
    standing: dict[str, bool] = {}
    for step in steps:
        if isinstance(step, Import):
            batch, written = a_batch(study), rows_of(study, step)
            commit_import(shared_store, batch, written)
            made.append((batch.id, written))
            standing[batch.id] = True
        elif made:
            flipped = made[step.which % len(made)][0]
            changed = batches.flip(shared_store, flipped, step.live, "leder", NOW)
            assert changed == (standing[flipped] != step.live)
            standing[flipped] = step.live
        assert stored(shared_store, study) == replayed([written for batch_id, written in made if standing[batch_id]])
    assert {batch.id: batch.live for batch in batches.history(shared_store, study)} == standing


@some_examples
@given(before=st.lists(imports, max_size=3), step=imports)
def test_undo_right_after_an_import_restores_what_was_there(
    shared_store: Store, before: list[Import], step: Import
) -> None:
    study = new_id()
    for earlier in before:
        commit_import(shared_store, a_batch(study), rows_of(study, earlier))
    frames: list[Any] = [ratings.current(shared_store, study, 1)]
    was, batch = stored(shared_store, study), a_batch(study)
    commit_import(shared_store, batch, rows_of(study, step))
    became = stored(shared_store, study)
    batches.flip(shared_store, batch.id, False, "leder", NOW)
    assert stored(shared_store, study) == was
    assert ratings.current(shared_store, study, 1).equals(frames[0])
    batches.flip(shared_store, batch.id, True, "leder", NOW)
    assert stored(shared_store, study) == became
