"""A model of «Kostnader» as it stands in an address, and back: the same shares, limits, host and years."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.actions.costs import cases
from lib.actions.costs.cases import OWN
from lib.domain.costs.models import by_key, fixed_part
from lib.exhibits.costs import choices
from lib.model.costs import EQUAL, POPULATION, TODAY, CostModel
from lib.model.records import Study
from tests.actions import cost_books
from tests.examples import examples

CASE = cases.case_of(cost_books.ARCHIVE, "arkiv")
NAMES = [member.name for member in CASE.members]
LIMIT = st.one_of(
    st.none(),
    st.integers(1, 10**9),
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 10**9), min_size=1),
)
SHARE = st.dictionaries(st.sampled_from((EQUAL, POPULATION, TODAY)), st.integers(1, 100), min_size=1)


def phased(years: int) -> tuple[int, ...]:
    return tuple(round(100 * step / (years + 1)) for step in range(1, years + 1))


@given(SHARE, LIMIT, LIMIT, st.sampled_from(["", *NAMES]), st.integers(0, 100), st.integers(0, 10))
@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_model_of_ones_own_survives_its_address(
    shares: dict[str, int], floor: object, cap: object, host: str, percent: int, years: int
) -> None:
    model = CostModel(OWN, shares, floor, cap, host or None, percent if host else 0, phased(years))  # type: ignore[arg-type]
    assert choices.model_of(CASE, choices.address(CASE, model)) == model


@pytest.mark.parametrize("model", [fixed_part(0), fixed_part(20), fixed_part(100), by_key(TODAY), by_key("elever")])
def test_a_plain_model_survives_its_address(model: CostModel) -> None:
    assert choices.model_of(CASE, choices.address(CASE, model)) == model


@pytest.mark.parametrize(
    ("parameter", "rubbish"), [("fast", "-1"), ("fast", "1e3"), ("fast", "²"), ("modell", "?"), ("fast", "9" * 40)]
)
def test_what_an_address_cannot_mean_is_the_plain_model(parameter: str, rubbish: str) -> None:
    assert choices.model_of(CASE, ((parameter, rubbish),)) == fixed_part(20)


def test_a_trial_amount_stands_in_the_address(own: Study) -> None:
    cost_books.keep(own, cost_books.ARCHIVE)
    case = choices.case_of(own, (("belop", "250000"), ("samarbeid", "proving")))
    assert case.total == 250_000
    assert choices.where(case) == {"samarbeid": "proving", "belop": "250000"}
