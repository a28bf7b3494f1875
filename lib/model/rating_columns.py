"""Very many ratings, held by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from lib.model.coded import Coded, Places
from lib.model.records import Rating

FIELDS = Rating._fields[:-1]
"""All but the tap, which only a phone gives."""


@dataclass(frozen=True, slots=True, eq=False)
class RatingColumns(Sequence[Rating]):
    """A sequence of ratings; `columns` holds a column for each of FIELDS."""

    columns: Mapping[str, Coded[Any]]

    def __len__(self) -> int:
        return len(self.columns[FIELDS[0]])

    @overload
    def __getitem__(self, index: int) -> Rating: ...
    @overload
    def __getitem__(self, index: slice) -> RatingColumns: ...
    def __getitem__(self, index: int | slice) -> Rating | RatingColumns:
        if isinstance(index, slice):
            return self.at(np.arange(len(self))[index])
        return Rating(*(self.columns[field][index] for field in FIELDS))

    def __iter__(self) -> Iterator[Rating]:
        return map(Rating, *(self.columns[field] for field in FIELDS))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]

    def at(self, rows: Places) -> RatingColumns:
        return RatingColumns({field: column.at(rows) for field, column in self.columns.items()})
