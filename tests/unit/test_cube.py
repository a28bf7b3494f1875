"""The block of numbers: what goes into it, in which order, and what is left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lib.domain.cube import Cube, piles
from lib.model.columns import CRITERION, ITEM, RATER, RATERS, UNKNOWN, VALUE

COLUMNS = [RATER, ITEM, CRITERION, VALUE]


def frame(*rows: tuple[str, str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_rows_of_a_foreign_criterion_are_left_out_with_their_raters_and_items() -> None:
    given = frame(("a", "i", "own", 3), ("b", "j", "foreign", 9), ("a", "i", "other", 4), ("a", "i", "foreign", 8))
    cube = Cube.of(given, ("own", "other"))
    assert (cube.raters, cube.items, cube.criteria) == (("a",), ("i",), ("own", "other"))
    assert cube.values.tolist() == [[[3.0, 4.0]]]


def test_without_criteria_given_all_are_taken_as_first_seen() -> None:
    assert Cube.of(frame(("a", "i", "z", 1), ("a", "i", "y", 2))).criteria == ("z", "y")


def test_of_the_same_place_the_last_row_counts_and_dont_know_is_no_number() -> None:
    cube = Cube.of(frame(("a", "i", "c", 1), ("a", "i", "c", 5), ("b", "i", "c", None)), ("c",))
    assert cube.values[0].tolist() == [[5.0]]
    assert np.isnan(cube.values[1]).all()
    assert cube.unknown.tolist() == [[[False]], [[True]]]


def test_a_cube_of_other_criteria_or_items_is_refused() -> None:
    cube = Cube.of(frame(("a", "i", "c", 1)), ("c",), ("i",))
    assert Cube.of(cube, ("c",), ("i",)) is cube
    for criteria, items in ((("d",), ("i",)), (("c",), ("j",))):
        with pytest.raises(ValueError, match="a cube of"):
            Cube.of(cube, criteria, items)


def test_a_pile_is_a_cube_an_item_in_the_order_given() -> None:
    sheets = pd.DataFrame(
        {ITEM: ["j", "i", "j"], "c": [1.0, 2.0, np.nan], UNKNOWN: [False, False, True], RATERS: [4.0, 5.0, 6.0]}
    )
    found = list(piles(sheets, ("c",), ("i", "j")))
    assert [cube.items for cube in found] == [("i",), ("j",)]
    assert [cube.times.tolist() for cube in found] == [[5.0], [4.0, 6.0]]
    assert found[1].unknown.tolist() == [[[False]], [[True]]]
