"""What SQL boils down is what the pure functions make of the same ratings: one truth, two ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from lib.domain import assessment
from lib.domain.methods import METHODS
from lib.model.methods import Combine, Criterion, Method, Order, Pool
from lib.model.records import Rating, Rows, new_id
from lib.store import batches, ratings, tally
from lib.store.engine import Store
from lib.store.imports import commit_import
from tests.examples import examples
from tests.store.examples import NOW, a_batch

ITEMS = ["c", "a", "b", "never rated"]
RATERS = ["r1", "r2", "r3", "r4", "r5"]
THREE = (Criterion("p", 1, 10), Criterion("q", 0, 5), Criterion("r", 1, 3))

methods = st.sampled_from(list(METHODS.values())) | st.builds(
    Method,
    key=st.just("any"),
    criteria=st.sampled_from([THREE, THREE[:2]]),
    combine=st.sampled_from([Combine.PRODUCT, Combine.MEAN, Combine.POINTS, Combine.SEPARATE]),
    pool=st.sampled_from(Pool),
    order=st.sampled_from(Order),
)


@st.composite
def answers(draw: st.DrawFn, method: Method, workshop: str) -> list[Rating]:
    criterion = st.sampled_from(method.criteria)
    value = criterion.flatmap(lambda c: st.tuples(st.just(c.key), st.none() | st.integers(c.low, c.high)))
    drawn = draw(st.lists(st.tuples(st.sampled_from(RATERS), st.sampled_from(ITEMS[:3]), value), max_size=40))
    return [Rating(workshop, 1, rater, item, key, number) for rater, item, (key, number) in drawn]


@st.composite
def shares(draw: st.DrawFn, method: Method) -> dict[str, float] | None:
    parts = draw(st.none() | st.lists(st.integers(0, 10), min_size=len(method.criteria), max_size=len(method.criteria)))
    if not parts or not sum(parts):
        return None
    return {key: part / sum(parts) for key, part in zip(method.criterion_keys, parts, strict=True)}


def chosen(frame: pd.DataFrame, raters: Sequence[str] | None, leave_out: Sequence[str]) -> pd.DataFrame:
    return frame[frame.rater.isin(RATERS if raters is None else raters) & ~frame.rater.isin(leave_out)]


@settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_sql_and_the_pure_functions_agree(shared_store: Store, data: st.DataObject) -> None:
    method, workshop = data.draw(methods), new_id()
    for undone in data.draw(st.lists(st.booleans(), max_size=3)):
        batch = a_batch(workshop)
        commit_import(shared_store, batch, Rows(ratings=tuple(data.draw(answers(method, workshop)))))
        if undone:
            batches.flip(shared_store, batch.id, False, "leder", NOW)
    ratings.append(shared_store, None, data.draw(answers(method, workshop)))

    raters = data.draw(st.none() | st.lists(st.sampled_from(RATERS), unique=True))
    leave_out = data.draw(st.lists(st.sampled_from(RATERS), unique=True, max_size=2))
    weights = data.draw(shares(method))

    sheets = tally.sheets(shared_store, workshop, 1, method, raters, leave_out)
    frame = chosen(ratings.current(shared_store, workshop, 1), raters, leave_out)
    found = assessment.summarise_sheets(sheets, method, weights, ITEMS)
    assert_frame_equal(found, assessment.summarise(frame, method, weights, ITEMS))


METHOD = METHODS["prioritisation"]


def rate(store: Store, rater: str, item: str, potential: int | None, feasibility: int | None) -> None:
    values = (("potential", potential), ("feasibility", feasibility))
    ratings.append(store, None, [Rating("w", 1, rater, item, criterion, value) for criterion, value in values])


def test_equal_sheets_are_counted_together(store: Store) -> None:
    for rater in RATERS:
        rate(store, rater, "a", 8, 5)
    rate(store, "r6", "a", 8, None)
    sheets = tally.sheets(store, "w", 1, METHOD)
    assert list(sheets.columns) == ["item", "potential", "feasibility", "unknown", "raters"]
    assert sorted(map(tuple, sheets.fillna(-1).to_numpy().tolist())) == [("a", 8, -1, True, 1), ("a", 8, 5, False, 5)]


def test_nothing_rated_gives_an_empty_frame_of_the_same_shape(store: Store) -> None:
    sheets = tally.sheets(store, "w", 1, METHOD)
    empty = assessment.summarise(ratings.current(store, "w", 1), METHOD)
    assert_frame_equal(assessment.summarise_sheets(sheets, METHOD), empty)
    assert assessment.summarise_sheets(sheets, METHOD, items=["a"]).n.tolist() == [0]


def test_no_raters_chosen_is_not_all_raters(store: Store) -> None:
    rate(store, "r1", "a", 8, 5)
    assert tally.sheets(store, "w", 1, METHOD, raters=[]).empty
    assert not tally.sheets(store, "w", 1, METHOD, raters=None).empty


def test_other_criteria_rounds_and_workshops_do_not_matter(store: Store) -> None:
    rate(store, "r1", "a", 8, 5)
    before = tally.sheets(store, "w", 1, METHOD)
    other = Rating("w", 1, "r1", "b", "grade", None)
    ratings.append(store, None, [other, other._replace(round=2, criterion="potential"), other._replace(workshop="v")])
    assert_frame_equal(tally.sheets(store, "w", 1, METHOD), before)


@pytest.mark.parametrize("value", [-500_000, -1, 0, 1, 500_000])
def test_every_number_that_fits_comes_back(store: Store, value: int) -> None:
    wide = replace(METHODS["dots"], criteria=(Criterion("points", -500_000, 500_000),))
    ratings.rate(store, Rating("w", 1, "r1", "a", "points", value))
    assert tally.sheets(store, "w", 1, wide).points.tolist() == [value]


@pytest.mark.parametrize("value", [-500_001, 500_001])
def test_a_number_that_does_not_fit_is_refused(store: Store, value: int) -> None:
    with pytest.raises(Exception, match=r"(?i)check"):
        ratings.rate(store, Rating("w", 1, "r1", "a", "points", value))


def test_spread_holds_where_many_agree(store: Store) -> None:
    ratings.append(store, None, [Rating("w", 1, f"r{n}", "a", "grade", 6 if n else 5) for n in range(2000)])
    found = assessment.summarise_sheets(
        tally.sheets(store, "w", 1, METHODS["self_evaluation"]), METHODS["self_evaluation"]
    )
    assert found.spread.tolist() == pytest.approx([np.std([5] + [6] * 1999, ddof=1)])
