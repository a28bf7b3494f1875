"""Ratings as one dense block of numbers, which all arithmetic works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.model.columns import CRITERION, ITEM, RATER, VALUE

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """`values` [raters, items, criteria]: NaN where there is no number; `unknown`, same shape: «vet ikke» was said.

    Raters are sorted; items stand as given, then as first seen; so do criteria. Both arrays are read-only.
    """

    raters: tuple[str, ...]
    items: tuple[str, ...]
    criteria: tuple[str, ...]
    values: Floats
    unknown: Bools

    @classmethod
    def of(cls, ratings: pd.DataFrame, criteria: Sequence[str] = (), items: Sequence[str] = ()) -> Cube:
        """From a frame `rater, item, criterion, value`; of the same (rater, item, criterion) the last row counts.

        With `criteria` given, rows of any other criterion are left out.
        """
        layers, names = _places(ratings[CRITERION], criteria)
        if criteria and len(names) > len(criteria):
            return cls.of(ratings[layers < len(criteria)], criteria, items)
        rows, raters = _places(ratings[RATER], sort=True)
        columns, item_names = _places(ratings[ITEM], items)
        numbers = ratings[VALUE].to_numpy(dtype=np.float64, na_value=np.nan)
        values = np.full((len(raters), len(item_names), len(names)), np.nan)
        unknown = np.zeros(values.shape, dtype=np.bool_)
        values[rows, columns, layers] = numbers  # numpy lets the last of repeated places stand
        unknown[rows, columns, layers] = np.isnan(numbers)
        values.flags.writeable = unknown.flags.writeable = False
        return cls(raters, item_names, names, values, unknown)


def _places(labels: pd.Series, known: Sequence[str] = (), sort: bool = False) -> tuple[Places, tuple[str, ...]]:
    """Where each label stands: the known ones first, the others as first seen, or sorted."""
    codes, names = pd.factorize(labels, sort=sort)
    place = {name: index for index, name in enumerate(dict.fromkeys((*known, *names)))}
    return np.array([place[name] for name in names], dtype=np.intp)[codes], tuple(place)
