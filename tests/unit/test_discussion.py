"""What to talk about first, who stand furthest apart, and what two rounds or two parties say against each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.assessment import summarise
from lib.domain.cube import Cube
from lib.domain.discussion import compare_rounds, discussion_order, gap, most_distant, scores_by
from lib.domain.methods import METHODS
from lib.domain.ranking.robustness import rank_intervals
from lib.model.columns import AGREEMENT, DISTANCE, GAP, ITEM, MOVED, ONE, OTHER, RANK, SCORE, WEIGHT
from lib.model.methods import Method
from tests.examples import examples

PRIORITISATION = METHODS["prioritisation"]
SCENARIOS = METHODS["scenarios"]
SEEDS = st.integers(0, 2**32)


def ratings(values: object, method: Method = PRIORITISATION) -> pd.DataFrame:
    """[raters, items, criteria] as a frame; NaN is «vet ikke»."""
    return pd.DataFrame(
        [
            (f"g{rater:02}", f"a{item:02}", method.criterion_keys[layer], value)
            for (rater, item, layer), value in np.ndenumerate(np.asarray(values, dtype=float))
        ],
        columns=["rater", "item", "criterion", "value"],
    )


def some(seed: int, raters: int = 5, items: int = 4, method: Method = PRIORITISATION) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    layers = [chance.integers(c.low, c.high + 1, (raters, items)) for c in method.criteria]
    values = np.stack(layers, axis=2).astype(float)
    values[chance.random(values.shape) < 0.1] = np.nan
    return ratings(values, method)


def renamed(frame: pd.DataFrame, names: list[int], seed: int) -> pd.DataFrame:
    """Other names for the raters, and the rows in another order."""
    new = {f"g{old:02}": f"x{name}" for old, name in enumerate(names)}
    return frame.assign(rater=frame["rater"].map(new)).sample(frac=1, random_state=seed % 1000)


def agreeing(agreement: list[float | None], ranks: list[int | None]) -> pd.DataFrame:
    items = [f"a{place}" for place in range(len(ranks))]
    return pd.DataFrame({ITEM: items, AGREEMENT: agreement, RANK: pd.array(ranks, dtype="Int64")})


def spanning(spans: list[tuple[int | None, int | None, int | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(spans, columns=["rank", "low", "high"]).astype("Int64")
    return frame.assign(item=[f"a{place}" for place in range(len(spans))])


def test_what_divides_and_can_move_comes_first() -> None:
    """By hand, five ranked: (1 − 0,9)·0/4, (1 − 0,6)·2/4, (1 − 0,5)·1/4, (1 − 0,8)·4/4, (1 − 0,6)·2/4."""
    summary = agreeing([0.9, 0.6, 0.5, 0.8, 0.6], [1, 2, 3, 4, 5])
    found = discussion_order(summary, spanning([(1, 1, 1), (2, 2, 4), (3, 3, 4), (4, 1, 5), (5, 3, 5)]))
    assert found[ITEM].tolist() == ["a1", "a3", "a4", "a2", "a0"]
    assert found[WEIGHT].tolist() == pytest.approx([0.2, 0.2, 0.2, 0.125, 0.0])


def test_without_an_order_only_the_disagreement_counts() -> None:
    summary = agreeing([0.9, None, 0.4], [None, None, None])
    for intervals in (None, spanning([(None, None, None)] * 3)):
        found = discussion_order(summary, intervals)
        assert found[ITEM].tolist() == ["a2", "a0"]
        assert found[WEIGHT].tolist() == pytest.approx([0.6, 0.1])


def test_an_item_without_a_place_is_left_out_and_one_alone_can_move_nothing() -> None:
    found = discussion_order(agreeing([0.2, 0.3], [1, None]), spanning([(1, 1, 1), (None, None, None)]))
    assert found.to_numpy().tolist() == [["a0", 0.0]]


@given(SEEDS, st.permutations(range(5)), st.sampled_from(["prioritisation", "risk", "scenarios"]))
@settings(deadline=None, max_examples=examples(40))
def test_neither_rows_nor_names_decide_what_to_talk_about(seed: int, names: list[int], key: str) -> None:
    method = METHODS[key]
    plain = some(seed, method=method)
    items = sorted(plain["item"].unique())
    one, other = (
        discussion_order(summarise(each, method, items=items), rank_intervals(each, method, draws=50, items=items))
        for each in (plain, renamed(plain, names, seed))
    )
    pd.testing.assert_frame_equal(one, other)
    assert one[WEIGHT].round(9).is_monotonic_decreasing
    assert one[WEIGHT].between(0, 1).all()


def test_equal_products_can_be_far_apart() -> None:
    """(10, 1) and (1, 10) have the same product and are 9/9 + 9/9 apart; (5, 2) is 5/9 + 1/9 from the first."""
    found = most_distant(ratings([[[10, 1]], [[1, 10]], [[5, 2]]]), PRIORITISATION)
    assert set(found.loc[0, [ONE, OTHER]]) == {"g00", "g01"}
    assert found.loc[0, DISTANCE] == 2.0


def test_each_criterion_counts_by_the_width_of_its_scale() -> None:
    """Gatherings: 1 to 6, 1 to 6 and 0 to 1; a whole yes or no outweighs two steps of five twice: 1 > 0,4 + 0,4."""
    method = METHODS["gatherings"]
    found = most_distant(ratings([[[3, 3, 0]], [[3, 3, 1]], [[5, 5, 0]]], method), method)
    assert found.loc[0, DISTANCE] == pytest.approx(1.8)
    assert set(found.loc[0, [ONE, OTHER]]) == {"g01", "g02"}


@pytest.mark.parametrize(
    "values", [[[[4, 4]], [[4, 4]]], [[[4, 4]]], [[[4, np.nan]], [[9, 9]]], [[[np.nan, np.nan]], [[np.nan, 3]]]]
)
def test_where_fewer_than_two_differ_there_is_no_pair(values: object) -> None:
    assert most_distant(ratings(values), PRIORITISATION).empty


@given(SEEDS, st.permutations(range(5)))
@settings(deadline=None, max_examples=examples(60))
def test_the_furthest_pair_is_the_one_that_answered_furthest_apart_whatever_the_names(
    seed: int, names: list[int]
) -> None:
    plain = some(seed)
    items = sorted(plain["item"].unique())
    cube = Cube.of(plain, PRIORITISATION.criterion_keys, items)
    found = most_distant(cube, PRIORITISATION)
    other = most_distant(renamed(plain, names, seed), PRIORITISATION, items)
    back = {f"x{name}": f"g{old:02}" for old, name in enumerate(names)}
    assert found[[ITEM, DISTANCE]].equals(other[[ITEM, DISTANCE]])
    answers = {name: cube.values[place].tobytes() for place, name in enumerate(cube.raters)}
    for column in (ONE, OTHER):
        assert [answers[name] for name in found[column]] == [answers[back[name]] for name in other[column]]
    for place, item in enumerate(items):
        steps = cube.values[:, place] / 9
        widest = np.nanmax(np.append(np.abs(steps[:, None] - steps).sum(axis=2), 0))
        assert found.set_index(ITEM)[DISTANCE].get(item, 0) == pytest.approx(widest)


def scored(**scores: float | None) -> pd.DataFrame:
    """A summary's item, score and rank, best first."""
    frame = pd.DataFrame({ITEM: list(scores), SCORE: pd.array(list(scores.values()), dtype="float64")})
    frame[RANK] = frame[SCORE].rank(ascending=False, method="min").astype("Int64")
    return frame.sort_values(RANK, kind="stable", ignore_index=True)


def test_two_rounds_side_by_side() -> None:
    found = compare_rounds(scored(a=80, b=60, c=40), scored(a=70, b=50, c=75))
    assert found.to_numpy().tolist() == [["c", 40, 75, 3, 1, 2], ["a", 80, 70, 1, 2, -1], ["b", 60, 50, 2, 3, -1]]


def test_nothing_moves_because_other_items_were_left_out() -> None:
    found = compare_rounds(scored(a=80, b=60, c=40), scored(c=30, d=90, e=None))
    assert found[ITEM].tolist() == ["d", "c", "e"]
    assert found.iloc[1, 1:].tolist() == [40, 30, 3, 2, 0]
    assert found.iloc[:, 1:].isna().to_numpy()[[0, 2]].tolist() == [[True, False, True, False, True], [True] * 5]


@given(SEEDS, SEEDS)
@settings(deadline=None, max_examples=examples(30))
def test_places_won_are_places_lost_with_the_same_items_and_no_ties(one: int, other: int) -> None:
    items = [f"a{place}" for place in range(6)]
    orders = [np.random.default_rng(seed).permutation(items) for seed in (one, other)]
    rounds = [scored(**{item: float(score) for score, item in enumerate(order)}) for order in orders]
    found = compare_rounds(*rounds)
    assert found[ITEM].tolist() == rounds[1][ITEM].tolist()
    assert found[MOVED].sum() == 0
    assert (found[MOVED] == found["rank_before"] - found["rank_after"]).all()


def test_the_widest_gap_comes_first_whichever_way_it_goes() -> None:
    found = gap(scored(a=50, b=40, c=30, d=20), scored(a=52, b=30, c=42, e=7))
    assert found.to_numpy().tolist() == [["c", 30, 42, -12], ["b", 40, 30, 10], ["a", 50, 52, -2]]


@given(SEEDS)
@settings(deadline=None, max_examples=examples(30))
def test_a_gap_turns_with_the_parties(seed: int) -> None:
    one, other = (summarise(some(seed + place), PRIORITISATION) for place in (0, 1))
    there, back = gap(one, other).set_index(ITEM), gap(other, one).set_index(ITEM).reindex(gap(one, other)[ITEM])
    assert np.allclose(there[GAP], -back[GAP])
    assert np.allclose(there[GAP], there[ONE] - there[OTHER])
    assert there[GAP].abs().round(9).is_monotonic_decreasing


def test_points_are_compared_by_what_each_rater_of_a_party_gave() -> None:
    """Dots: the first two give 5 + 1 and 0 + 0, the other three 1 + 1 + 1 and 5 + 0 + 1: 3 and 0 against 1 and 2."""
    method = METHODS["dots"]
    given_ratings = ratings([[[5], [0]], [[1], [0]], [[1], [5]], [[1], [0]], [[1], [1]]], method)
    one, other = scores_by(given_ratings, method, [("g00", "g01"), ("g02", "g03", "g04")])
    assert gap(one, other).to_numpy().tolist() == [["a00", 3, 1, 2], ["a01", 0, 2, -2]]


@given(SEEDS, st.sampled_from(["prioritisation", "risk", "self_evaluation"]))
@settings(deadline=None, max_examples=examples(30))
def test_a_partys_scores_are_a_summary_of_its_own_ratings(seed: int, key: str) -> None:
    method = METHODS[key]
    plain = some(seed, method=method)
    parties = [("g00", "g03"), ("g01", "g02", "g04")]
    for party, found in zip(parties, scores_by(plain, method, parties), strict=True):
        own = summarise(plain[plain["rater"].isin(party)], method).set_index(ITEM)[SCORE].reindex(found[ITEM])
        assert np.allclose(found[SCORE], own.to_numpy(dtype=float), equal_nan=True)
