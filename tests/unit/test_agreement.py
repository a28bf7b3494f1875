"""Agreement among raters, against published figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import friedmanchisquare

from lib.domain.agreement import consensus, kendall_w, normalised_sd

COUNTS = hnp.arrays(np.int64, st.integers(2, 10), elements=st.integers(0, 50)).filter(lambda counts: counts.sum() > 0)
TABLES = hnp.arrays(np.float64, st.tuples(st.integers(2, 8), st.integers(3, 8)), elements=st.integers(1, 10))

# The data set «anxiety» of the R package irr: three raters, twenty subjects, many ties.
ANXIETY = [
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
]


def test_kendall_w_with_ties_as_in_irr() -> None:
    """irr::kendall(anxiety, correct = TRUE), ported as pyirr, whose test pins W = 0.54 and chi-square(19) = 30.8."""
    w = kendall_w(ANXIETY)
    assert round(w, 2) == 0.54
    assert round(3 * 19 * w, 1) == 30.8


def test_kendall_w_without_ties_as_in_proofwiki() -> None:
    """ProofWiki, «Kendall's Coefficient of Concordance/Examples/Arbitrary Example 1»: four judges, W = 1/16."""
    assert kendall_w([[1, 3, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]]) == pytest.approx(1 / 16)


@given(TABLES)
def test_kendall_w_is_friedmans_statistic_over_its_largest_value(table: np.ndarray) -> None:
    raters, items = table.shape
    assume((table != table[:, :1]).any())
    w = kendall_w(table)
    assert 0 <= w <= 1 + 1e-12
    assert w == pytest.approx(friedmanchisquare(*table.T).statistic / (raters * (items - 1)))


@given(hnp.arrays(np.float64, st.integers(2, 8), elements=st.integers(1, 10)), st.integers(2, 6))
def test_raters_who_order_alike_agree_wholly(one: np.ndarray, raters: int) -> None:
    assume(len(set(one)) > 1)
    assert kendall_w(np.tile(one, (raters, 1))) == pytest.approx(1)


def test_raters_with_anything_missing_are_left_out_of_w() -> None:
    assert kendall_w([*ANXIETY, [np.nan, *range(19)]]) == kendall_w(ANXIETY)


@pytest.mark.parametrize("table", [[[1, 2, 3]], [[1], [2]], [[2, 2], [5, 5]], np.empty((0, 3))])
def test_w_is_undefined_where_there_is_nothing_to_compare(table: list[list[float]]) -> None:
    assert np.isnan(kendall_w(table))


def test_consensus_as_published() -> None:
    """Tastle and Wierman's measure; the documentation of the R package agrmt gives 0.7256876 for these counts."""
    assert round(float(consensus([30, 40, 210, 130, 530, 50, 10])), 7) == 0.7256876


@given(COUNTS)
def test_consensus_lies_between_none_and_full(counts: np.ndarray) -> None:
    assert 0 <= consensus(counts) <= 1
    assert float(consensus(counts)) == pytest.approx(float(consensus(counts[::-1])))


@given(st.integers(2, 10), st.data(), st.integers(1, 100))
def test_consensus_is_full_when_all_gave_the_same(steps: int, data: st.DataObject, raters: int) -> None:
    counts = np.zeros(steps)
    counts[data.draw(st.integers(0, steps - 1))] = raters
    assert float(consensus(counts)) == 1
    assert float(normalised_sd(np.arange(steps), 0, steps - 1, counts=counts)) == 0


@given(st.integers(2, 10), st.integers(1, 100))
def test_two_equal_camps_at_the_ends_are_as_far_apart_as_can_be(steps: int, raters: int) -> None:
    counts = np.zeros(steps)
    counts[[0, -1]] = raters
    assert float(consensus(counts)) == pytest.approx(0)
    assert float(normalised_sd(np.arange(steps), 0, steps - 1, counts=counts)) == pytest.approx(1)


@given(st.lists(st.integers(1, 10), min_size=1, max_size=20))
def test_spread_is_the_population_sd_in_half_scale_widths(values: list[int]) -> None:
    expected = np.std(values) / 4.5
    counts = np.bincount(values, minlength=11)[1:]
    assert float(normalised_sd([*values, np.nan], 1, 10)) == pytest.approx(expected)
    assert float(normalised_sd(range(1, 11), 1, 10, counts=counts)) == pytest.approx(expected, abs=1e-9)


def test_no_answers_give_no_measure() -> None:
    assert np.isnan(consensus([0, 0, 0]))
    assert np.isnan(normalised_sd([np.nan], 1, 10))


def test_many_items_are_measured_at_once() -> None:
    assert list(consensus([[5, 0, 0], [3, 0, 3]])) == pytest.approx([1, 0])
