"""Which filtered results may be shown so that nobody can be found, by subtraction either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

ALL = "*"
EVERYTHING = (ALL, ALL)

Cell = tuple[str | None, str | None]
Selection = tuple[str, str]
Rows = NDArray[np.int64]


def publishable(cells: Mapping[Cell, int], minimum: int = 3) -> frozenset[Selection]:
    """The selections (role or ALL, municipality or ALL) that may be shown together.

    `cells` says how many raters there are of each (role or None, municipality or None). No selection shown has fewer
    than `minimum` raters, and no group of 1 to `minimum` − 1 raters made of whole cells can be computed from those
    shown: its indicator vector over the cells is outside their row space. EVERYTHING is always shown where there is
    anybody. The others are tried in a fixed order and kept when safe: single roles, single municipalities, then both,
    the larger first, ties by label. «No role» and «no municipality» are no selections of their own.
    """
    people = {cell: count for cell, count in sorted(cells.items(), key=_label) if count > 0}
    sizes = np.array(list(people.values()), dtype=np.int64)
    if sizes.sum() < minimum:
        return frozenset({EVERYTHING} if people else ())
    indicators = {selection: _indicator(selection, list(people)) for selection in _selections(list(people))}
    tried = sorted(
        (selection for selection, row in indicators.items() if row @ sizes >= minimum),
        key=lambda selection: (_kind(selection), -int(indicators[selection] @ sizes), selection),
    )
    protected = np.array(list(_small_groups(sizes, minimum)), dtype=np.int64).reshape(-1, len(sizes))
    kept = _safe(np.array([indicators[selection] for selection in tried]), protected)
    return frozenset(selection for selection, safe in zip(tried, kept, strict=True) if safe)


def _label(entry: tuple[Cell, int]) -> tuple[str, str]:
    role, municipality = entry[0]
    return role or "", municipality or ""


def _selections(people: list[Cell]) -> set[Selection]:
    return {
        (role, municipality)
        for cell in people
        for role in (ALL, cell[0])
        for municipality in (ALL, cell[1])
        if role is not None and municipality is not None
    }


def _kind(selection: Selection) -> int:
    role, municipality = selection
    return (municipality != ALL) * 2 + (role != ALL) if selection != EVERYTHING else 0


def _indicator(selection: Selection, people: list[Cell]) -> Rows:
    role, municipality = selection
    return np.array([role in (ALL, cell[0]) and municipality in (ALL, cell[1]) for cell in people], dtype=np.int64)


def _small_groups(sizes: Rows, minimum: int) -> Iterator[Rows]:
    """The indicator of every union of cells that holds fewer than `minimum` raters."""
    small = np.flatnonzero(sizes < minimum)
    for cells in range(1, minimum):
        for group in combinations(small, cells):
            if sizes[list(group)].sum() < minimum:
                yield np.bincount(group, minlength=len(sizes)).astype(np.int64)


def _safe(tried: Rows, protected: Rows) -> list[bool]:
    """For each row tried: whether adding it to those kept before leaves every protected row outside their span.

    Gaussian elimination on all rows at once. Roles with their combinations, and municipalities, are two families of
    nested sets, so the matrix is totally unimodular: pivots are 1 or −1 and whole numbers stay exact.
    """
    rest, kept = np.vstack([protected, tried]), []
    for index in range(len(protected), len(rest)):
        row = rest[index]
        after = rest
        if row.any():
            pivot = np.flatnonzero(row)[0]
            after = rest - np.outer(rest[:, pivot] * row[pivot], row)
        safe = bool(after[: len(protected)].any(axis=1).all())
        rest = after if safe else rest
        kept.append(safe)
    return kept
