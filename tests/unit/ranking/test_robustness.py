"""How firm an order is said to be: chance is seeded, and never depends on how raters are called."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.assessment import summarise
from lib.domain.methods import METHODS
from lib.domain.ranking import robustness
from lib.domain.ranking.robustness import (
    indistinct_runs,
    leave_one_out,
    rank_intervals,
    stable_top,
    stable_tops,
    top_changes,
    top_changes_without,
)
from lib.model.methods import Method
from tests.examples import examples

PRIORITISATION = METHODS["prioritisation"]


def ratings(values: np.ndarray, method: Method = PRIORITISATION) -> pd.DataFrame:
    """[raters, items, criteria] as a frame; NaN is «vet ikke»."""
    return pd.DataFrame(
        [
            (f"g{rater:02}", f"a{item:02}", method.criterion_keys[layer], value)
            for (rater, item, layer), value in np.ndenumerate(values)
        ],
        columns=["rater", "item", "criterion", "value"],
    )


def random_values(seed: int, raters: int, items: int, method: Method = PRIORITISATION) -> np.ndarray:
    chance = np.random.default_rng(seed)
    layers = [chance.integers(c.low, c.high + 1, (raters, items)) for c in method.criteria]
    return np.stack(layers, axis=2).astype(float)


def intervals(rows: list[tuple[int, int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["rank", "low", "high"]).astype("Int64")
    return frame.assign(item=[f"a{place:02}" for place in range(len(rows))])


@given(st.integers(0, 2**32), st.permutations(range(6)), st.sampled_from(["prioritisation", "risk", "self_evaluation"]))
@settings(deadline=None, max_examples=examples(40))
def test_neither_rows_nor_the_names_of_raters_matter(seed: int, names: list[int], key: str) -> None:
    method = METHODS[key]
    given_ratings = ratings(random_values(seed, 6, 4, method), method)
    renamed = given_ratings.assign(rater=given_ratings["rater"].map({f"g{o:02}": f"x{n}" for o, n in enumerate(names)}))
    renamed = renamed.sample(frac=1, random_state=seed % 1000)
    items = sorted(given_ratings["item"].unique())
    expected = rank_intervals(given_ratings, method, draws=50, items=items)
    pd.testing.assert_frame_equal(rank_intervals(renamed, method, draws=50, items=items), expected)


@given(st.integers(0, 2**32), st.permutations(range(5)))
@settings(deadline=None, max_examples=examples(40))
def test_the_names_of_items_do_not_matter(seed: int, names: list[int]) -> None:
    given_ratings = ratings(random_values(seed, 12, 5))
    new_name = {f"a{old:02}": f"x{new}" for old, new in enumerate(names)}
    renamed = given_ratings.assign(item=given_ratings["item"].map(new_name))
    expected = rank_intervals(given_ratings, PRIORITISATION, draws=50)
    expected["item"] = expected["item"].map(new_name)
    found = rank_intervals(renamed, PRIORITISATION, draws=50)
    one, other = (frame.astype({"item": "str"}).sort_values("item", ignore_index=True) for frame in (found, expected))
    pd.testing.assert_frame_equal(one, other)


def test_the_same_seed_gives_the_same_and_another_seed_another() -> None:
    given_ratings = ratings(random_values(1, 9, 13))
    one, again, other = (rank_intervals(given_ratings, PRIORITISATION, draws=200, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert not one["top5"].equals(other["top5"])


def test_intervals_are_those_of_a_plain_bootstrap() -> None:
    """Against raters drawn and ranked one sample at a time: places differ by chance only."""
    values = random_values(3, 9, 8)
    found = rank_intervals(ratings(values), PRIORITISATION, draws=4000).set_index("item")
    chance = np.random.default_rng(7)
    scores = values.prod(axis=2)
    means = np.array([scores[chance.integers(9, size=9)].mean(axis=0) for _ in range(4000)])
    places = pd.DataFrame(-means).rank(axis=1, method="min").to_numpy()
    for item in range(8):
        row = found.loc[f"a{item:02}"]
        low, high = np.percentile(places[:, item], [5, 95], method="inverted_cdf")
        assert abs(row["low"] - low) <= 1
        assert abs(row["high"] - high) <= 1
        assert row["top5"] == pytest.approx((places[:, item] <= 5).mean(), abs=0.05)


@given(st.integers(0, 2**32), st.sampled_from(["prioritisation", "risk", "self_evaluation", "dots"]))
@settings(deadline=None, max_examples=examples(40))
def test_an_interval_holds_the_place_itself(seed: int, key: str) -> None:
    method = METHODS[key]
    given_ratings = ratings(random_values(seed, 5, 6, method), method)
    found = rank_intervals(given_ratings, method, draws=100)
    assert (found["low"] <= found["rank"]).all()
    assert (found["rank"] <= found["high"]).all()
    assert found["top5"].between(0, 1).all()
    summary = summarise(given_ratings, method)
    assert list(found["item"]) == list(summary["item"])
    assert list(found["rank"]) == list(summary["rank"])


def test_raters_who_all_say_the_same_leave_no_doubt() -> None:
    values = np.tile(np.array([[[9, 9], [5, 5], [2, 2]]], dtype=float), (4, 1, 1))
    found = rank_intervals(ratings(values), PRIORITISATION)
    assert found[["rank", "low", "high"]].to_numpy().tolist() == [[1, 1, 1], [2, 2, 2], [3, 3, 3]]
    assert stable_tops(found, leave_one_out(ratings(values), PRIORITISATION)) == (1, 2)


def test_pieces_of_draws_and_of_raters_give_the_same_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given_ratings = ratings(random_values(5, 9, 6))
    whole = rank_intervals(given_ratings, PRIORITISATION, draws=100), leave_one_out(given_ratings, PRIORITISATION)
    monkeypatch.setattr(robustness, "_CELLS_AT_ONCE", 30)
    pieces = rank_intervals(given_ratings, PRIORITISATION, draws=100), leave_one_out(given_ratings, PRIORITISATION)
    for one, other in zip(whole, pieces, strict=True):
        pd.testing.assert_frame_equal(one, other)


@given(st.integers(0, 2**32), st.sampled_from(["prioritisation", "risk", "self_evaluation", "dots"]))
@settings(deadline=None, max_examples=examples(40))
def test_leaving_a_rater_out_is_a_summary_without_that_rater(seed: int, key: str) -> None:
    method = METHODS[key]
    values = random_values(seed, 4, 5, method)
    values[0, 1, 0] = np.nan
    given_ratings = ratings(values, method)
    found = leave_one_out(given_ratings, method).set_index(["rater", "item"])["rank"]
    for rater in given_ratings["rater"].unique():
        without = summarise(given_ratings[given_ratings["rater"] != rater], method).set_index("item")["rank"]
        assert dict(found[rater]) == dict(without)


def test_an_item_without_a_score_has_no_interval() -> None:
    values = random_values(1, 4, 3)
    values[:, 2] = np.nan
    found = rank_intervals(ratings(values), PRIORITISATION).set_index("item")
    assert found.loc["a02"].isna().all()
    assert found.loc[["a00", "a01"]].notna().all(axis=None)


def left_out(ranks: list[list[int]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(f"g{rater}", f"a{item:02}", rank) for rater, row in enumerate(ranks) for item, rank in enumerate(row)],
        columns=["rater", "item", "rank"],
    )


def test_a_top_is_stable_when_no_interval_and_no_single_rater_breaks_it() -> None:
    found = intervals([(1, 1, 2), (2, 1, 2), (3, 2, 4), (4, 3, 4), (5, 5, 5)])
    agreeing = left_out([[1, 2, 3, 4, 5], [2, 1, 3, 4, 5]])
    assert stable_tops(found, agreeing) == (2, 4)
    assert stable_top(found, agreeing) == 4
    assert stable_top(found, agreeing, most=3) == 2
    assert stable_top(found, agreeing, most=1) is None
    assert stable_tops(found, left_out([[1, 2, 3, 4, 5], [1, 3, 2, 4, 5]])) == (4,)


def test_a_tie_across_the_border_is_no_stable_top() -> None:
    found = intervals([(1, 1, 1), (2, 2, 2), (2, 2, 2), (4, 4, 4)])
    assert stable_tops(found, left_out([[1, 2, 2, 4]])) == (1, 3)
    assert stable_tops(found, left_out([[1, 2, 2, 4], [1, 1, 3, 4]])) == (3,)
    assert stable_tops(found, left_out([[1, 2, 3, 4]])) == (1, 3)


def test_one_rater_alone_gives_no_stable_top() -> None:
    values = random_values(1, 1, 4)
    found = rank_intervals(ratings(values), PRIORITISATION)
    assert stable_top(found, leave_one_out(ratings(values), PRIORITISATION)) is None


def test_places_whose_intervals_share_a_place_cannot_be_told_apart() -> None:
    found = intervals([(1, 1, 1), (2, 2, 3), (3, 2, 4), (4, 4, 6), (5, 4, 6), (6, 5, 6), (7, 7, 7)])
    assert indistinct_runs(found) == [(2, 3), (4, 6)]
    assert indistinct_runs(found, stable=(5,)) == [(2, 3), (4, 5)]
    assert indistinct_runs(intervals([])) == []


def one_number(rows: list[list[float]]) -> pd.DataFrame:
    """[raters, items] as a frame of potential, with feasibility 1 for all, so that the score is the number."""
    return ratings(np.stack([np.array(rows, dtype=float), np.ones((len(rows), len(rows[0])))], axis=2))


def test_leaving_out_one_rater_says_who_goes_out_and_who_comes_in() -> None:
    """Means by hand 9, 6, 5 and 4; without the first 9, 4, 5 and 5,5: a03 takes the place of a01 among the two."""
    given_ratings = one_number([[9, 10, 5, 1], [9, 4, 5, 6], [9, 4, 5, 5]])
    assert top_changes(given_ratings, PRIORITISATION, top=2) == [("g00", ("a01",), ("a03",))]
    assert top_changes(given_ratings, PRIORITISATION, top=1) == []


def test_a_tie_at_the_last_place_is_in_the_top_whole() -> None:
    """Sums 15, 10 and 10: the two share place 2. Without the first a02 is alone there, without the second a01."""
    given_ratings = one_number([[5, 6, 4], [5, 2, 4], [5, 2, 2]])
    assert top_changes(given_ratings, PRIORITISATION, top=2) == [("g00", ("a01",), ()), ("g01", ("a02",), ())]
    alone = top_changes_without(given_ratings, PRIORITISATION, {"two": ("g00", "g01")}, top=2)
    assert alone == [("two", (), ())]


def test_an_item_that_nobody_else_rated_goes_out() -> None:
    given_ratings = one_number([[3, 9], [3, np.nan]])
    assert top_changes(given_ratings, PRIORITISATION, top=1) == [("g00", ("a01",), ("a00",))]


@given(st.integers(0, 2**32), st.sampled_from(["prioritisation", "risk", "self_evaluation", "dots"]))
@settings(deadline=None, max_examples=examples(40))
def test_a_party_left_out_is_a_summary_without_it(seed: int, key: str) -> None:
    method = METHODS[key]
    given_ratings = ratings(random_values(seed, 6, 5, method), method)
    parties = {"first": ("g00", "g01"), "none": (), "rest": ("g02", "g03", "g04")}
    before = tops(given_ratings, method)
    for change in top_changes_without(given_ratings, method, parties, top=2):
        after = tops(given_ratings[~given_ratings["rater"].isin(parties[change.left_out])], method)
        assert (set(change.out), set(change.into)) == (before - after, after - before)


def tops(given_ratings: pd.DataFrame, method: Method) -> set[str]:
    summary = summarise(given_ratings, method)
    return set(summary.loc[summary["rank"] <= 2, "item"])


@given(st.integers(0, 2**32), st.permutations(range(5)))
@settings(deadline=None, max_examples=examples(40))
def test_neither_rows_nor_names_decide_who_changes_the_top(seed: int, names: list[int]) -> None:
    given_ratings = ratings(random_values(seed, 5, 6))
    new = {f"g{old:02}": f"x{name}" for old, name in enumerate(names)}
    renamed = given_ratings.assign(rater=given_ratings["rater"].map(new)).sample(frac=1, random_state=seed % 1000)
    items = sorted(given_ratings["item"].unique())
    expected = {new[who]: change for who, *change in top_changes(given_ratings, PRIORITISATION, items=items, top=3)}
    found = {who: change for who, *change in top_changes(renamed, PRIORITISATION, items=items, top=3)}
    assert found == expected
