"""A column in which equal values are held once, as sheets and logs repeat themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T")
U = TypeVar("U")
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[T]):
    """What stands in row i is `values[codes[i]]`. Some values may be of no row; `compact` leaves those out.

    Any function of a value is worked out once a value, not once a row.
    """

    values: Sequence[T]
    codes: Codes

    @classmethod
    def of(cls, column: Iterable[T]) -> Coded[T]:
        """1 and TRUE are equal to Python and not to a person, so the type tells values apart too."""
        index: dict[tuple[type, T], int] = {}
        codes = [index.setdefault((type(value), value), len(index)) for value in column]
        return cls([value for _, value in index], np.array(codes, np.int32))

    @classmethod
    def same(cls, value: T, length: int) -> Coded[T]:
        return cls([value], np.zeros(length, np.int32))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> T:
        return self.values[int(self.codes[row])]

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.codes.tolist())

    def mapped(self, function: Callable[[T], U]) -> Coded[U]:
        return Coded([function(value) for value in self.values], self.codes)

    def where(self, test: Callable[[T], Any]) -> Mask:
        """The rows whose value passes a test."""
        return np.fromiter((bool(test(value)) for value in self.values), np.bool_, len(self.values))[self.codes]

    def at(self, rows: Places | Mask | slice) -> Coded[T]:
        """Only some rows, and of the values only theirs."""
        return Coded(self.values, self.codes[rows]).compact()

    def compact(self) -> Coded[T]:
        used = np.bincount(self.codes, minlength=len(self.values)) > 0
        if used.all():
            return self
        renumbered = (np.cumsum(used) - 1).astype(np.int32)
        return Coded([self.values[code] for code in np.flatnonzero(used).tolist()], renumbered[self.codes])

    def put(self, *placed: tuple[Places | Mask | slice | int, T]) -> Coded[T]:
        """The same with other values in some rows: (rows, value), the later ones over the earlier."""
        codes = self.codes.copy()
        for code, (rows, _) in enumerate(placed, len(self.values)):
            codes[rows] = code
        return Coded([*self.values, *(value for _, value in placed)], codes)
