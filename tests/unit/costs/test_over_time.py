"""Costs and gains over the years: sums, the year of break-even, and the published present value."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.costs.over_time import ALL, summary, yearly
from lib.model.costs import Flow, FlowKind, Number
from tests.unit.refusal import code_of

HUMP, RUNNING, GAIN = FlowKind.HUMP, FlowKind.RUNNING, FlowKind.GAIN

FLOWS = st.lists(
    st.builds(
        Flow,
        municipality=st.sampled_from(["Grong", "Lierne", "Røyrvik"]),
        year=st.integers(2026, 2034),
        kind=st.sampled_from(FlowKind),
        kroner=st.integers(0, 10**9),
    ),
    min_size=1,
    max_size=20,
)
TWO = [
    Flow("Grong", 2026, HUMP, 400),
    Flow("Grong", 2026, HUMP, 100),
    Flow("Grong", 2027, GAIN, 300),
    Flow("Grong", 2028, GAIN, 300),
    Flow("Grong", 2028, RUNNING, 50),
    Flow("Lierne", 2026, HUMP, 200),
    Flow("Lierne", 2028, GAIN, 100),
]


def rows(frame: pd.DataFrame, name: str) -> list[list[int]]:
    return frame[frame["municipality"] == name].drop(columns="municipality").to_numpy().tolist()


def test_every_year_has_its_row_and_the_sums_follow_the_years() -> None:
    found = yearly(TWO)
    assert list(found.columns) == ["municipality", "year", "hump", "running", "gain", "net", "cumulative"]
    assert rows(found, "Grong") == [
        [2026, 500, 0, 0, -500, -500],
        [2027, 0, 0, 300, 300, -200],
        [2028, 0, 50, 300, 250, 50],
    ]
    assert rows(found, "Lierne") == [
        [2026, 200, 0, 0, -200, -200],
        [2027, 0, 0, 0, 0, -200],
        [2028, 0, 0, 100, 100, -100],
    ]
    assert rows(found, ALL) == [
        [2026, 700, 0, 0, -700, -700],
        [2027, 0, 0, 300, 300, -400],
        [2028, 0, 50, 400, 350, -50],
    ]


def test_the_year_of_break_even_is_the_one_from_which_nothing_is_owed_again() -> None:
    found = summary(yearly(TWO), 0)
    assert found["municipality"].tolist() == ["Grong", "Lierne", ALL]
    assert found["break_even_year"].tolist() == [2028, pd.NA, pd.NA]
    assert found["present_value"].tolist() == found["net"].tolist() == [50, -100, -50]
    relapse = [Flow("a", 1, GAIN, 10), Flow("a", 2, RUNNING, 30), Flow("a", 3, GAIN, 20), Flow("a", 4, GAIN, 1)]
    assert summary(yearly(relapse), 0)["break_even_year"].tolist() == [3, 3]
    assert summary(yearly([Flow("a", 5, GAIN, 1)]), 0)["break_even_year"].tolist() == [5, 5]


def test_present_value_as_in_numpy_financial() -> None:
    """The documentation of numpy_financial.npv: −40 000, 5 000, 8 000, 12 000, 30 000 at 8 % is worth 3 065.22."""
    flows = [
        Flow("a", 0, HUMP, 40_000),
        *(Flow("a", y, GAIN, k) for y, k in enumerate([5000, 8000, 12_000, 30_000], 1)),
    ]
    assert summary(yearly(flows), 8)["present_value"].tolist() == [3065, 3065]


@given(FLOWS, st.integers(0, 100))
@settings(deadline=None)
def test_the_municipalities_sum_to_the_whole(flows: list[Flow], rate: int) -> None:
    by_year = yearly(flows)
    found = summary(by_year, rate)
    assert found["municipality"].iloc[-1] == ALL
    for column in ("hump", "running", "gain", "net", "present_value"):
        *own, together = found[column].tolist()
        assert sum(own) == together
    assert by_year.groupby("municipality", sort=False)["cumulative"].last().tolist() == found["net"].tolist()
    first = min(flow.year for flow in flows)
    signs = {HUMP: -1, RUNNING: -1, GAIN: 1}
    worth = sum(signs[f.kind] * f.kroner / Fraction(100 + rate, 100) ** (f.year - first) for f in flows)
    assert abs(found["present_value"].tolist()[-1] - worth) <= Fraction(1, 2)


@given(FLOWS, st.permutations(range(20)))
@settings(deadline=None)
def test_the_order_of_the_flows_does_not_matter(flows: list[Flow], order: list[int]) -> None:
    shuffled = [flows[place] for place in order if place < len(flows)]
    one, other = (summary(yearly(some), 4).set_index("municipality").sort_index() for some in (flows, shuffled))
    pd.testing.assert_frame_equal(one, other)


def test_years_can_be_asked_for_before_anything_happens() -> None:
    assert [row[0] for row in rows(yearly([Flow("a", 2027, GAIN, 1)], years=[2026, 2029]), "a")] == [
        2026,
        2027,
        2028,
        2029,
    ]


def test_nothing_gives_no_rows() -> None:
    assert yearly([]).empty
    assert list(summary(yearly([]), 4).columns)[-1] == "break_even_year"
    assert summary(yearly([]), 4).empty


@pytest.mark.parametrize(
    ("expected", "flows", "rate"),
    [
        ("negative_amount", [Flow("a", 1, GAIN, -1)], 4),
        ("not_a_number", [Flow("a", 1, GAIN, float("nan"))], 4),  # type: ignore[arg-type]
        ("too_many_years", [Flow("a", 1, GAIN, 1), Flow("a", 2026, GAIN, 1)], 4),
        ("rate_out_of_range", [Flow("a", 1, GAIN, 1)], -1),
        ("rate_out_of_range", [Flow("a", 1, GAIN, 1)], 101),
        ("not_a_number", [Flow("a", 1, GAIN, 1)], float("nan")),
    ],
)
def test_what_cannot_be_summed_is_named(expected: str, flows: list[Flow], rate: Number) -> None:
    assert code_of(lambda: summary(yearly(flows), rate)) == expected
