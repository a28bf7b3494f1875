"""Each method on a small case computed by hand."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest

from lib.domain.assessment import share_at_least, summarise
from lib.domain.methods import METHODS
from lib.model.methods import Method

Answer = tuple[str, str, str, int | None]


def frame(answers: list[Answer]) -> pd.DataFrame:
    return pd.DataFrame(answers, columns=["rater", "item", "criterion", "value"])


def pairs(method: Method, given: dict[str, list[tuple[int | None, ...]]]) -> pd.DataFrame:
    """Per item, one tuple a rater: the values of the criteria in the method's order."""
    return frame(
        [
            (f"g{rater}", item, key, value)
            for item, raters in given.items()
            for rater, values in enumerate(raters)
            for key, value in zip(method.criterion_keys, values, strict=True)
        ]
    )


def test_the_six_methods_stand_under_their_own_keys() -> None:
    assert list(METHODS) == ["prioritisation", "risk", "self_evaluation", "scenarios", "gatherings", "dots"]
    assert all(key == method.key for key, method in METHODS.items())


def test_prioritisation_is_the_mean_of_the_raters_products() -> None:
    # Products 80, 6 and 25: mean 37, deviations 43, -31, -12 → variance (1849 + 961 + 144) / 2.
    summary = summarise(pairs(METHODS["prioritisation"], {"a": [(10, 8), (2, 3), (5, 5)]}), METHODS["prioritisation"])
    row = summary.iloc[0]
    assert row["score"] == pytest.approx(37)
    assert (row["potential"], row["feasibility"]) == (pytest.approx(17 / 3), pytest.approx(16 / 3))
    assert row["product_of_means"] == pytest.approx(17 / 3 * 16 / 3)
    assert row["spread"] == pytest.approx(1477**0.5)
    assert (row["rank"], row["n"], row["skipped"]) == (1, 3, 0)


def test_weights_raise_the_values_to_twice_their_share() -> None:
    given = pairs(METHODS["prioritisation"], {"a": [(4, 9)]})
    summary = summarise(given, METHODS["prioritisation"], {"potential": 0.75, "feasibility": 0.25})
    assert summary["score"].item() == pytest.approx(4**1.5 * 9**0.5)  # 8 · 3


def test_risk_takes_the_highest_of_each_and_multiplies() -> None:
    given = pairs(METHODS["risk"], {"a": [(2, 3), (1, 4)], "b": [(1, 5)], "c": [(2, 4)], "d": [(5, 5)]})
    summary = summarise(given, METHODS["risk"]).set_index("item")
    assert list(summary["score"]) == [25, 8, 8, 5]
    assert (summary.at["a", "probability"], summary.at["a", "consequence"]) == (2, 4)
    assert summary.at["a", "product_of_means"] == pytest.approx(1.5 * 3.5)
    assert summary.at["a", "spread"] == pytest.approx(2**0.5)  # the raters' own products are 6 and 4
    assert dict(summary["rank"]) == {"d": 1, "a": 2, "c": 2, "b": 4}
    assert dict(summary["rules"]) == {
        "d": ["critical_risk", "critical_consequence"],
        "a": [],
        "c": [],
        "b": ["critical_consequence"],
    }


@pytest.mark.parametrize(("probability", "consequence"), list(product(range(1, 6), repeat=2)))
def test_countermeasures_are_obligatory_as_the_booklet_says(probability: int, consequence: int) -> None:
    """SAM13: a sum of nine or more, or a consequence of five whatever the probability."""
    summary = summarise(pairs(METHODS["risk"], {"a": [(probability, consequence)]}), METHODS["risk"])
    obliged = probability * consequence >= 9 or consequence == 5
    assert bool(summary["rules"].item()) == obliged


def test_self_evaluation_lets_the_worst_grade_stand() -> None:
    given = pairs(METHODS["self_evaluation"], {"need": [(6,), (2,)], "team": [(5,), (6,)], "anchoring": [(4,), (5,)]})
    summary = summarise(given, METHODS["self_evaluation"])
    assert list(summary["item"]) == ["team", "anchoring", "need"]
    assert list(summary["score"]) == [5, 4, 2]
    assert list(summary["rules"]) == [["benefit_driver"], [], ["proposed_risk"]]
    assert summary["product_of_means"].isna().all()


def test_scenarios_have_means_side_by_side_and_no_total() -> None:
    given = pairs(METHODS["scenarios"], {"null": [(1, 5, 3, 1, 4, 2), (2, 5, 4, None, 4, 2)]})
    row = summarise(given, METHODS["scenarios"]).iloc[0]
    assert [row[key] for key in METHODS["scenarios"].criterion_keys] == [1.5, 5, 3.5, 1, 4, 2]
    assert all(pd.isna(row[column]) for column in ("score", "rank", "spread", "product_of_means"))
    assert (row["n"], row["skipped"]) == (2, 1)


def test_gatherings_have_means_and_the_share_that_gave_four_or_better() -> None:
    given = pairs(METHODS["gatherings"], {"g": [(6, 4, 1), (3, 4, 0), (4, 2, 1), (None, 5, 1)]})
    row = summarise(given, METHODS["gatherings"]).iloc[0]
    assert row["relevant_topics"] == pytest.approx(13 / 3)
    assert row["new_knowledge"] == pytest.approx(15 / 4)
    assert row["met_expectations"] == pytest.approx(3 / 4)
    shares = share_at_least(given, METHODS["gatherings"])
    assert list(shares["criterion"]) == ["relevant_topics", "new_knowledge"]
    assert list(shares["share"]) == [pytest.approx(2 / 3), pytest.approx(3 / 4)]
    assert list(shares["n"]) == [3, 4]


def test_dots_are_added_up() -> None:
    given = frame(
        [("g1", "a", "points", 5), ("g2", "b", "points", 3), ("g2", "a", "points", 1), ("g3", "b", "points", 3)]
    )
    summary = summarise(given, METHODS["dots"])
    assert list(summary["score"]) == [6, 6]
    assert list(summary["rank"]) == [1, 1]
    assert list(summary["n"]) == [2, 2]
    assert METHODS["dots"].budget is not None
