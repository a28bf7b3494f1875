"""Ratings as one dense block of numbers, which all arithmetic works on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.model.columns import CRITERION, ITEM, RATER, RATERS, UNKNOWN, VALUE

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """`values` [rows, items, criteria]: NaN where there is no number; `unknown`, same shape: «vet ikke» was said.

    A row is a rater, sorted by name, or what `times` [rows] unnamed raters answered alike: see `piles`.
    Items stand as given, then as first seen; so do criteria. The arrays of named raters are read-only.
    """

    raters: tuple[str, ...]
    items: tuple[str, ...]
    criteria: tuple[str, ...]
    values: Floats
    unknown: Bools
    times: Floats

    @classmethod
    def of(cls, ratings: pd.DataFrame | Cube, criteria: Sequence[str] = (), items: Sequence[str] = ()) -> Cube:
        """From a frame `rater, item, criterion, value`; of the same (rater, item, criterion) the last row counts.

        With `criteria` given, rows of any other criterion are left out. A cube stays itself, so that one serves many;
        ValueError if its criteria are others, or its items do not begin with `items`.
        """
        if isinstance(ratings, Cube):
            if ratings.criteria != tuple(criteria) or ratings.items[: len(items)] != tuple(items):
                raise ValueError(f"a cube of {ratings.criteria} and {ratings.items}, not of {criteria} and {items}")
            return ratings
        layers, names = _places(ratings[CRITERION], criteria)
        if criteria and len(names) > len(criteria):
            return cls.of(ratings[layers < len(criteria)], criteria, items)
        rows, raters = _places(ratings[RATER], sort=True)
        columns, item_names = _places(ratings[ITEM], items)
        answers = numbers(ratings[VALUE])
        values = np.full((len(raters), len(item_names), len(names)), np.nan)
        unknown = np.zeros(values.shape, dtype=np.bool_)
        values[rows, columns, layers] = answers  # numpy lets the last of repeated places stand
        unknown[rows, columns, layers] = np.isnan(answers)
        values.flags.writeable = unknown.flags.writeable = False
        return cls(raters, item_names, names, values, unknown, np.ones(len(raters)))


def by_answers(cube: Cube) -> Places:
    """The raters in an order that their answers decide, so that a label never decides who comes first.

    Items are ordered by what they were given, whoever gave it, and raters by their answers to the items in that order;
    raters who still tie have answered the same and are interchangeable.
    """
    answers = np.where(cube.unknown, -np.inf, np.nan_to_num(cube.values, nan=np.inf))
    by_label = np.array(sorted(range(len(cube.items)), key=cube.items.__getitem__), dtype=np.intp)
    received = np.sort(answers, axis=0)[:, by_label].transpose(0, 2, 1)
    items = by_label[np.lexsort(received.reshape(-1, len(by_label)))] if received.size else by_label
    return np.lexsort(answers[:, items].reshape(len(answers), -1).T) if answers.size else np.arange(len(answers))


def piles(sheets: pd.DataFrame, criteria: Sequence[str], items: Sequence[str] = ()) -> Iterator[Cube]:
    """One cube an item, of answer sheets: a row holds all that equal raters answered about one item.

    Columns: `item` text, a float64 a criterion (NaN: no number), `unknown` (any «vet ikke», so the cube's has one
    layer), `raters` (how many). Item by item, memory stays that of one pile; no item at all gives one empty cube.
    """
    codes, names = _places(sheets[ITEM], items)
    values, unknown = sheets[list(criteria)].to_numpy(np.float64), sheets[UNKNOWN].to_numpy(np.bool_)
    times, ends = sheets[RATERS].to_numpy(np.float64), np.bincount(codes, minlength=len(names)).cumsum()
    for place, rows in enumerate(np.split(np.argsort(codes, kind="stable"), ends[:-1])):
        item = names[place : place + 1]
        block = (len(rows), len(item))
        answers = values[rows].reshape(*block, len(criteria))
        yield Cube((), item, tuple(criteria), answers, unknown[rows].reshape(*block, 1), times[rows])


def numbers(column: pd.Series) -> Floats:
    """As floats, null as NaN."""
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _places(labels: pd.Series, known: Sequence[str] = (), sort: bool = False) -> tuple[Places, tuple[str, ...]]:
    """Where each label stands: the known ones first, the others as first seen, or sorted."""
    codes, names = pd.factorize(labels, sort=sort)
    place = {name: index for index, name in enumerate(dict.fromkeys((*known, *names)))}
    return np.array([place[name] for name in names], dtype=np.intp)[codes], tuple(place)
