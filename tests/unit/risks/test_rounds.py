"""How the rule of the highest number behaves as more rate, and what stands behind a highest number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.domain.cube import Cube
from lib.domain.methods import METHODS
from lib.domain.risks.register import is_forced
from lib.domain.risks.rounds import Forcing, forcing, top
from lib.model.columns import CRITERION, ITEM, RATER, VALUE

METHOD = METHODS["risk"]
RISKS = 1500


def cube(values: np.ndarray) -> Cube:
    """A cube of `values` [raters, risks, S and K]."""
    raters, items = (
        tuple(f"{letter}{number:02}" for number in range(n)) for letter, n in zip("ri", values.shape[:2], strict=True)
    )
    return Cube(raters, items, METHOD.criterion_keys, values, np.zeros(values.shape, bool), np.ones(len(raters)))


def simulated(raters: int) -> Cube:
    """Risks whose true S and K lie around 2.6, and raters who see each a step off, now up, now down."""
    chance = np.random.default_rng(1)
    true = chance.normal(2.6, 1, (1, RISKS, 2))
    return cube(np.clip(np.rint(true + chance.normal(0, 1, (raters, RISKS, 2))), 1, 5))


@pytest.mark.parametrize(("raters", "share"), [(1, 1 / 3), (5, 0.80), (40, 0.98)])
def test_the_more_who_rate_the_more_risks_are_forced(raters: int, share: float) -> None:
    """About a third with one rater, 80 % with five, practically all with forty; the middle rater stays at a third."""
    found = forcing(simulated(raters), METHOD.rules)
    assert found.rated == RISKS
    assert found.forced / RISKS == pytest.approx(share, abs=0.04)
    assert found.by_median / RISKS == pytest.approx(1 / 3, abs=0.05)
    assert found.only_because_many is (raters > 1)


@pytest.mark.parametrize(
    ("rated", "forced", "by_median", "warned"),
    [(10, 8, 3, True), (10, 8, 6, False), (10, 5, 0, False), (10, 6, 5, True), (0, 0, 0, False), (1, 1, 0, True)],
)
def test_the_warning_is_for_most_forced_that_the_middle_rater_would_not_force(
    rated: int, forced: int, by_median: int, warned: bool
) -> None:
    assert Forcing(rated, forced, by_median).only_because_many is warned


STEPS = st.integers(1, 5)
PAIRS = st.lists(st.tuples(STEPS, STEPS), min_size=1, max_size=6)


@given(PAIRS)
def test_the_highest_stand_and_the_middle_is_never_above_them(pairs: list[tuple[int, int]]) -> None:
    found = forcing(cube(np.array(pairs, float)[:, None, :]), METHOD.rules)
    probability, consequence = (max(side) for side in zip(*pairs, strict=True))
    assert found.forced == is_forced(probability, consequence)
    assert found.by_median <= found.forced


@given(PAIRS)
def test_one_sees_alone_what_nobody_else_gave_as_high(pairs: list[tuple[int, int]]) -> None:
    given_ = cube(np.array(pairs, float)[:, None, :])
    found = top(given_, "i00", 0)
    numbers = [pair[0] for pair in pairs]
    assert found is not None
    assert (found.low, found.high) == (min(numbers), max(numbers))
    assert len(found.givers) == numbers.count(max(numbers))
    assert found.alone is (numbers.count(max(numbers)) == 1 and len(set(numbers)) > 1)


def test_what_nobody_gave_a_number_is_neither_rated_nor_forced() -> None:
    lines = [("a", "i", "probability", 5.0), ("a", "i", "consequence", None), ("b", "j", "probability", 2.0)]
    frame = pd.DataFrame(lines, columns=[RATER, ITEM, CRITERION, VALUE])
    found = Cube.of(frame, METHOD.criterion_keys)
    assert forcing(found, METHOD.rules) == Forcing(0, 0, 0)
    assert top(found, "i", 1) is None
    assert top(found, "j", 0) == (2, 2, ("b",), False)
