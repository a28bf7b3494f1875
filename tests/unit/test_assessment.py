"""What must hold for every assessment: laws on random ratings, and the edges of what counts as an answer."""

from __future__ import annotations

import dataclasses
from itertools import permutations
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.domain.agreement import consensus, normalised_sd
from lib.domain.assessment import concordance, order_differences, share_at_least, summarise
from lib.domain.cube import Cube
from lib.domain.methods import METHODS
from lib.model.methods import Combine, Comparison, Method, Rule, Total

METHOD = st.sampled_from(list(METHODS.values()))
PRIORITISATION = METHODS["prioritisation"]
PAIRS = {"a": {"probability": 5, "consequence": 2}, "b": {"probability": 3, "consequence": 3}}
COLUMNS = ["rater", "item", "criterion", "value"]


@st.composite
def ratings(draw: st.DrawFn, method: Method, complete: bool = False) -> pd.DataFrame:
    """Up to six raters and five items; unless complete, some answers are «vet ikke» and some are missing."""
    raters, items = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    rows = []
    for rater in range(raters):
        for item in range(items):
            for criterion in method.criteria:
                number = st.integers(criterion.low, criterion.high)
                answer = draw(number if complete else st.one_of(number, number, number, st.none(), st.just("missing")))
                if answer != "missing":
                    rows.append((f"g{rater}", f"a{item}", criterion.key, answer))
    assume(rows)
    return pd.DataFrame(rows, columns=COLUMNS)


@st.composite
def rated(draw: st.DrawFn) -> tuple[Method, pd.DataFrame]:
    method = draw(METHOD)
    return method, draw(ratings(method))


def by_item(summary: pd.DataFrame) -> pd.DataFrame:
    return summary.sort_values("item").reset_index(drop=True)


def alike(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(by_item(one), by_item(other), rtol=1e-9, atol=1e-9)


@given(rated(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_rows_does_not_matter(case: tuple[Method, pd.DataFrame], chance: Random) -> None:
    method, given_ratings = case
    order = list(range(len(given_ratings)))
    chance.shuffle(order)
    alike(summarise(given_ratings, method), summarise(given_ratings.iloc[order], method))


@given(rated(), st.permutations(range(6)), st.permutations(range(5)))
@settings(deadline=None)
def test_labels_do_not_matter(case: tuple[Method, pd.DataFrame], raters: list[int], items: list[int]) -> None:
    method, given_ratings = case
    new_item = {f"a{old}": f"x{new}" for old, new in enumerate(items)}
    renamed = given_ratings.assign(
        rater=given_ratings["rater"].map({f"g{old}": f"y{new}" for old, new in enumerate(raters)}),
        item=given_ratings["item"].map(new_item),
    )
    expected = summarise(given_ratings, method)
    alike(expected.assign(item=expected["item"].map(new_item)), summarise(renamed, method))


@given(rated())
@settings(deadline=None)
def test_an_answer_given_again_replaces_the_first(case: tuple[Method, pd.DataFrame]) -> None:
    method, given_ratings = case
    earlier = given_ratings.assign(value=method.criteria[0].high)
    alike(summarise(given_ratings, method), summarise(pd.concat([earlier, given_ratings]), method))


@given(ratings(PRIORITISATION), st.floats(0, 1))
@settings(deadline=None)
def test_a_product_stays_between_one_and_a_hundred(given_ratings: pd.DataFrame, share: float) -> None:
    summary = summarise(given_ratings, PRIORITISATION, {"potential": share, "feasibility": 1 - share})
    for column in ("score", "product_of_means"):
        assert summary[column].dropna().between(1 - 1e-9, 100 + 1e-9).all()


@given(ratings(PRIORITISATION))
@settings(deadline=None)
def test_equal_weights_are_the_plain_product(given_ratings: pd.DataFrame) -> None:
    plain = summarise(given_ratings, PRIORITISATION)
    alike(plain, summarise(given_ratings, PRIORITISATION, {"potential": 0.5, "feasibility": 0.5}))
    wide = given_ratings.pivot(index=["rater", "item"], columns="criterion", values="value")
    wide = wide.reindex(columns=["potential", "feasibility"])
    products = (wide["potential"] * wide["feasibility"]).groupby("item").mean()
    for item, score in zip(plain["item"], plain["score"], strict=True):
        assert score == pytest.approx(products[item], nan_ok=True)


@given(st.sampled_from(["prioritisation", "scenarios", "gatherings"]), st.data())
@settings(deadline=None)
def test_a_rater_who_is_like_everyone_keeps_the_mean(key: str, data: st.DataObject) -> None:
    method = METHODS[key]
    one = data.draw(ratings(method, complete=True))
    same = one[one["rater"] == "g0"]
    crowd = pd.concat([same.assign(rater=f"g{number}") for number in range(3)])
    before, after = summarise(same, method), summarise(crowd, method)
    columns = ["item", *method.criterion_keys, "score", "product_of_means", "rank"]
    alike(before[columns], after[columns])
    assert (after["agreement"] == 1).all()
    assert not after["dissent"].any()


@given(ratings(METHODS["risk"], complete=True), st.data())
@settings(deadline=None)
def test_raising_a_risk_never_unfires_a_rule(given_ratings: pd.DataFrame, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(given_ratings) - 1))
    values = given_ratings["value"].to_numpy(dtype=np.int64).copy()
    values[row] = min(5, values[row] + 1)
    raised = given_ratings.assign(value=values)
    before = summarise(given_ratings, METHODS["risk"]).set_index("item")["rules"]
    after = summarise(raised, METHODS["risk"]).set_index("item")["rules"]
    assert all(set(before[item]) <= set(after[item]) for item in before.index)


def test_a_rule_on_the_sum_looks_at_the_pooled_values_and_leaves_the_score_alone() -> None:
    rules = (Rule("sum_7", None, Comparison.AT_LEAST, 7, Total.SUM), *METHODS["risk"].rules)
    rows = [("g", item, key, value) for item, pair in PAIRS.items() for key, value in pair.items()]
    found = summarise(pd.DataFrame(rows, columns=COLUMNS), dataclasses.replace(METHODS["risk"], rules=rules))
    fired = found.set_index("item")["rules"]
    assert (fired["a"], fired["b"]) == (["sum_7", "critical_risk"], ["critical_risk"])


@given(rated())
@settings(deadline=None)
def test_agreement_is_of_every_number_given(case: tuple[Method, pd.DataFrame]) -> None:
    method, given_ratings = case
    cube = Cube.of(given_ratings, method.criterion_keys)
    for row in summarise(given_ratings, method).itertuples():
        answers = cube.values[:, cube.items.index(str(row.item))].T
        mine = [(c, list(column[~np.isnan(column)])) for c, column in zip(method.criteria, answers, strict=True)]
        given_numbers = [(c, numbers) for c, numbers in mine if numbers]
        each = [consensus([numbers.count(step) for step in c.steps]) for c, numbers in given_numbers]
        assert row.agreement == pytest.approx(np.mean(each) if each else np.nan, nan_ok=True)
        assert row.dissent == any(normalised_sd(n, c.low, c.high) > 0.3 + 1e-9 for c, n in given_numbers)


def test_a_summary_has_the_documented_columns_and_types() -> None:
    given_ratings = pd.DataFrame([("g", "a", "potential", 7), ("g", "a", "feasibility", None)], columns=COLUMNS)
    for summary in (summarise(given_ratings, PRIORITISATION), summarise(given_ratings[:0], PRIORITISATION)):
        assert [(name, str(dtype)) for name, dtype in summary.dtypes.items()] == [
            ("item", "str"),
            *((name, "float64") for name in ("potential", "feasibility", "score", "product_of_means")),
            ("rank", "Int64"),
            *((name, "int64") for name in ("n", "skipped")),
            *((name, "float64") for name in ("spread", "agreement")),
            ("dissent", "bool"),
            ("rules", "object"),
        ]


@given(rated(), st.data())
@settings(deadline=None)
def test_a_cube_serves_as_the_frame_it_came_from(case: tuple[Method, pd.DataFrame], data: st.DataObject) -> None:
    method, given_ratings = case
    items = data.draw(st.permutations([f"a{number}" for number in range(5)]))
    cube = Cube.of(given_ratings, method.criterion_keys, items)
    pd.testing.assert_frame_equal(summarise(cube, method), summarise(given_ratings, method, items=items))
    for other, order in ((PRIORITISATION if method.key == "risk" else METHODS["risk"], items), (method, items[1:])):
        with pytest.raises(ValueError, match="cube"):
            summarise(cube, other, items=order)


def test_a_rater_counts_for_an_item_only_when_both_are_numbers() -> None:
    given_ratings = pd.DataFrame(
        [
            ("g1", "a", "potential", 4),
            ("g1", "a", "feasibility", 5),
            ("g2", "a", "potential", 10),
            ("g2", "a", "feasibility", None),
            ("g3", "a", "potential", 10),
        ],
        columns=COLUMNS,
    )
    row = summarise(given_ratings, PRIORITISATION).iloc[0]
    assert (row["score"], row["potential"], row["feasibility"], row["n"], row["skipped"]) == (20, 4, 5, 1, 1)
    assert pd.isna(row["spread"])


def test_an_item_that_nobody_scored_has_no_rank_and_stands_last() -> None:
    given_ratings = pd.DataFrame([("g", "b", "points", None), ("g", "c", "points", 1)], columns=COLUMNS)
    summary = summarise(given_ratings, METHODS["dots"], items=["a", "b", "c"])
    assert list(summary["item"]) == ["c", "a", "b"]
    assert list(summary["rank"].isna()) == [False, True, True]
    assert list(summary["skipped"]) == [0, 0, 1]
    assert list(summary["n"]) == [1, 0, 0]


def test_nothing_rated_gives_an_empty_summary() -> None:
    assert summarise(pd.DataFrame([], columns=COLUMNS), PRIORITISATION).empty


def test_ties_take_the_lowest_place_and_keep_the_given_order() -> None:
    rows = [("g", item, "points", value) for item, value in {"a": 1, "b": 3, "c": 3, "d": 2}.items()]
    summary = summarise(pd.DataFrame(rows, columns=COLUMNS), METHODS["dots"], items=["d", "c", "b", "a"])
    assert list(summary["item"]) == ["c", "b", "d", "a"]
    assert list(summary["rank"]) == [1, 1, 3, 4]


def test_scores_that_differ_by_rounding_only_are_ties() -> None:
    orders = enumerate(permutations([(6, 7), (10, 8), (7, 6)]))
    rows = [(f"g{r}", f"a{i}", *v) for i, order in orders for r, v in enumerate(order)]
    long = [(r, i, k, v) for r, i, p, f in rows for k, v in (("potential", p), ("feasibility", f))]
    summary = summarise(pd.DataFrame(long, columns=COLUMNS), PRIORITISATION, {"potential": 0.7, "feasibility": 0.3})
    assert list(summary["rank"]) == [1] * 6


def test_two_camps_at_the_ends_of_the_scale_are_dissent() -> None:
    rows = [(f"g{n}", "a", key, value) for n, value in enumerate([1, 10]) for key in PRIORITISATION.criterion_keys]
    row = summarise(pd.DataFrame(rows, columns=COLUMNS), PRIORITISATION).iloc[0]
    assert (row["agreement"], row["dissent"]) == (pytest.approx(0), True)


def test_a_value_outside_the_scale_is_refused() -> None:
    for value in (0, 11):
        with pytest.raises(ValueError, match="scale"):
            summarise(pd.DataFrame([("g", "a", "potential", value)], columns=COLUMNS), PRIORITISATION)


@pytest.mark.parametrize("weights", [{"potential": 1.0}, {"potential": 0.9, "feasibility": 0.9}, {"x": 1.0}])
def test_weights_that_are_not_shares_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="shares"):
        summarise(pd.DataFrame([("g", "a", "potential", 1)], columns=COLUMNS), PRIORITISATION, weights)


def test_unknown_counts_in_the_denominator_where_the_method_says_so() -> None:
    given_ratings = pd.DataFrame(
        [("g1", "a", "relevant_topics", 5), ("g2", "a", "relevant_topics", None)], columns=COLUMNS
    )
    method = METHODS["gatherings"]
    for unknown, share in ((False, 1), (True, 0.5)):
        shares = share_at_least(given_ratings, dataclasses.replace(method, unknown_in_denominator=unknown))
        assert shares["share"].iloc[0] == share
    with pytest.raises(ValueError, match="dots"):
        share_at_least(given_ratings, METHODS["dots"])


def test_raters_who_go_with_each_other_turn_the_order() -> None:
    # a: (10, 10) and (2, 2) → mean of products 52, product of means 36; b: (7, 7) twice → 49 and 49.
    given_values = {"a": [(10, 10), (2, 2)], "b": [(7, 7), (7, 7)]}
    rows = [
        (f"g{rater}", item, key, value)
        for item, raters in given_values.items()
        for rater, values in enumerate(raters)
        for key, value in zip(PRIORITISATION.criterion_keys, values, strict=True)
    ]
    (found,) = order_differences(summarise(pd.DataFrame(rows, columns=COLUMNS), PRIORITISATION))
    assert (found.above, found.below) == ("a", "b")
    assert [found.gap_above, found.gap_below] == pytest.approx([16, 0])


@given(ratings(PRIORITISATION))
@settings(deadline=None)
def test_the_gap_is_the_population_covariance_and_the_larger_one_stands_above(given_ratings: pd.DataFrame) -> None:
    summary = summarise(given_ratings, PRIORITISATION)
    cube = Cube.of(given_ratings, PRIORITISATION.criterion_keys)
    for pair in order_differences(summary):
        assert pair.gap_above > pair.gap_below
        for item, gap in ((pair.above, pair.gap_above), (pair.below, pair.gap_below)):
            values = cube.values[:, cube.items.index(item)]
            values = values[~np.isnan(values).any(axis=1)]
            assert gap == pytest.approx(np.cov(values.T, ddof=0)[0, 1], abs=1e-9)


@given(rated())
@settings(deadline=None)
def test_methods_without_a_total_have_no_rank(case: tuple[Method, pd.DataFrame]) -> None:
    method, given_ratings = case
    summary = summarise(given_ratings, method)
    assert (summary["rank"].isna() == summary["score"].isna()).all()
    assert method.combine is not Combine.SEPARATE or summary["score"].isna().all()


def test_concordance_is_of_those_who_scored_everything() -> None:
    """Two of three groups scored all: same order gives 1, opposite orders 0; the third left one area out."""
    same = [("g1", "a", 9, 9), ("g1", "b", 5, 5), ("g2", "a", 8, 8), ("g2", "b", 1, 1), ("g3", "a", 2, 2)]
    opposite = [*same[:2], ("g2", "a", 1, 1), ("g2", "b", 8, 8), ("g3", "a", 2, 2)]
    for answers, expected in ((same, 1.0), (opposite, 0.0)):
        rows = [
            (rater, item, key, value)
            for rater, item, *pair in answers
            for key, value in zip(PRIORITISATION.criterion_keys, pair, strict=True)
        ]
        found = concordance(pd.DataFrame(rows, columns=COLUMNS), PRIORITISATION)
        assert found.raters == 2
        assert found.w == pytest.approx(expected)


def test_one_rater_has_no_concordance() -> None:
    rows = [("g1", item, key, 5) for item in "ab" for key in PRIORITISATION.criterion_keys]
    found = concordance(pd.DataFrame(rows, columns=COLUMNS), PRIORITISATION)
    assert np.isnan(found.w)
    assert found.raters == 1
