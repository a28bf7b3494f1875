"""Nobody can be found in what is shown, by adding and subtracting either."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.disclosure import ALL, EVERYTHING, Cell, Selection, publishable
from tests.examples import examples

ROLES = st.sampled_from(["administration", "elected", "employees", None])
PLACES = st.sampled_from(["m1", "m2", "m3", None])
CELLS = st.dictionaries(st.tuples(ROLES, PLACES), st.integers(0, 6), max_size=10)


def rows(selections: list[Selection], cells: list[Cell]) -> np.ndarray:
    return np.array([[r in (ALL, c[0]) and m in (ALL, c[1]) for c in cells] for r, m in selections], dtype=float)


def small_groups(cells: dict[Cell, int], minimum: int) -> list[np.ndarray]:
    sizes = np.array(list(cells.values()))
    unions = [np.isin(np.arange(len(sizes)), group) for n in (1, 2) for group in combinations(range(len(sizes)), n)]
    return [union.astype(float) for union in unions if sizes[union].sum() < minimum]


def in_span(group: np.ndarray, shown: np.ndarray) -> bool:
    return bool(np.linalg.matrix_rank(np.vstack([shown, group])) == np.linalg.matrix_rank(shown))


@given(CELLS)
@settings(deadline=None)
def test_no_small_group_is_in_the_span_of_what_is_shown(cells: dict[Cell, int]) -> None:
    people = {cell: count for cell, count in cells.items() if count}
    shown = publishable(cells)
    assert (EVERYTHING in shown) == bool(people)
    if sum(people.values()) < 3:
        assert shown <= {EVERYTHING}
        return
    matrix = rows(sorted(shown), list(people))
    assert (matrix @ list(people.values()) >= 3).all()
    assert not any(in_span(group, matrix) for group in small_groups(people, 3))


@given(CELLS)
@settings(deadline=None)
def test_what_is_held_back_would_give_somebody_away(cells: dict[Cell, int]) -> None:
    people = {cell: count for cell, count in cells.items() if count}
    shown = sorted(publishable(cells))
    roles, places = ({cell[axis] for cell in people} - {None} | {ALL} for axis in (0, 1))
    for held in set(product(sorted(map(str, roles)), sorted(map(str, places)))) - set(shown):
        matrix = rows([*shown, held], list(people))
        too_few = float(matrix[-1] @ list(people.values())) < 3
        assert too_few or any(in_span(group, matrix) for group in small_groups(people, 3))


@given(st.dictionaries(st.tuples(ROLES, PLACES), st.integers(0, 4), max_size=5))
@settings(deadline=None, max_examples=examples(50))
def test_no_sum_or_difference_of_what_is_shown_is_a_small_group(cells: dict[Cell, int]) -> None:
    people = {cell: count for cell, count in cells.items() if count}
    shown = sorted(publishable(cells))[:7]
    if sum(people.values()) < 3:
        return
    matrix, sizes = rows(shown, list(people)), np.array(list(people.values()))
    for signs in product((-1, 0, 1), repeat=len(shown)):
        found = signs @ matrix
        if np.isin(found, (0, 1)).all() and found.any():
            assert found @ sizes >= 3


@given(CELLS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_cells_are_given_does_not_matter(cells: dict[Cell, int], chance: Random) -> None:
    entries = list(cells.items())
    chance.shuffle(entries)
    assert publishable(dict(entries)) == publishable(cells)


def test_the_last_role_is_not_left_to_be_subtracted() -> None:
    shown = publishable({("a", "m"): 3, ("b", "m"): 3, ("c", "m"): 1})
    assert shown == {EVERYTHING, (ALL, "m"), ("a", ALL), ("a", "m")}


def test_the_larger_of_two_that_cannot_both_be_shown_is_shown() -> None:
    shown = publishable({("a", "m"): 3, ("b", "m"): 4, ("c", "m"): 2})
    assert ("b", ALL) in shown
    assert ("a", ALL) not in shown


def test_raters_without_a_role_are_protected_too() -> None:
    assert publishable({("a", None): 5, (None, None): 2}) == {EVERYTHING}
    assert publishable({("a", None): 5, (None, None): 3}) == {EVERYTHING, ("a", ALL)}


def test_all_is_shown_when_every_group_is_large() -> None:
    cells: dict[Cell, int] = {(role, place): 3 for role in ("a", "b") for place in ("m", "n")}
    assert publishable(cells) == set(product(("a", "b", ALL), ("m", "n", ALL)))


@pytest.mark.parametrize(("cells", "shown"), [({}, set()), ({("a", "m"): 0}, set()), ({("a", "m"): 2}, {EVERYTHING})])
def test_the_whole_is_shown_whenever_there_is_anybody(cells: dict[Cell, int], shown: set[Selection]) -> None:
    assert publishable(cells) == shown


def test_as_many_as_are_enough_are_enough() -> None:
    assert publishable({("a", "m"): 3}) == set(product(("a", ALL), ("m", ALL)))
    assert publishable({("a", "m"): 4}, minimum=5) == {EVERYTHING}
    assert publishable({("a", "m"): 5}, minimum=5) == set(product(("a", ALL), ("m", ALL)))


def test_a_higher_minimum_protects_larger_groups() -> None:
    cells: dict[Cell, int] = {("a", "m"): 4, ("b", "m"): 8, ("c", "m"): 4}
    assert ("a", ALL) in publishable(cells, minimum=4)
    assert publishable(cells, minimum=5) == {EVERYTHING, (ALL, "m"), ("b", ALL), ("b", "m")}


@pytest.mark.parametrize(
    "cells",
    [{("a", "x"): 3, ("a", "y"): 1, ("b", "y"): 3}, {("a", "y"): 3, ("b", "x"): 3, ("b", "y"): 1}],
)
def test_roles_are_shown_before_municipalities_where_not_both_can_be(cells: dict[Cell, int]) -> None:
    found = publishable(cells)
    assert {("a", ALL), ("b", ALL)} <= found
    assert not found & {(ALL, "x"), (ALL, "y")}
