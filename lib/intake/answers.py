"""What the sheets of a workbook answer, by column: who answered what where, and with which values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lib.intake.entries import Entries, Entry
from lib.intake.existing import CommentKey
from lib.model.coded import Coded, Codes, Places
from lib.model.rating_columns import RatingColumns

ANSWER = ["workshop", "round", "rater", "item"]
_LAST_ROUND = 99


class Answers:
    """`answered` has a row for each item that a rater answers: `sheet` (a place in `sheets`), `row` (of its entries),
    `workshop`, `round`, `rater`, `item`; `given` a row for each number or «vet ikke», with `criterion` and `value` too.

    All but sheet, row and round are codes: places in `ids`, `criteria` and `values`.
    """

    def __init__(self) -> None:
        self.sheets: list[Entries] = []
        self.ids: list[str] = []
        self.criteria: list[str] = []
        self.values: list[int | None] = []
        self._codes: dict[str, dict[Any, int]] = {"ids": {}, "criteria": {}, "values": {}}
        self._answered: list[pd.DataFrame] = []
        self._given: list[pd.DataFrame] = []

    def sheet(self, entries: Entries) -> int:
        self.sheets.append(entries)
        return len(self.sheets) - 1

    def code(self, identity: str) -> int:
        return self._code("ids", self.ids, identity)

    def value(self, value: int | None) -> int:
        return self._code("values", self.values, value)

    def _code(self, kind: str, held: list[Any], value: Any) -> int:
        codes = self._codes[kind]
        if value not in codes:
            codes[value] = len(held)
            held.append(value)
        return codes[value]

    def again(self, answered: pd.DataFrame) -> tuple[npt.NDArray[np.bool_], list[tuple[int, int]]]:
        """Which rows answer what has been answered before, and for each of them sheet and row of the first time."""
        together = pd.concat([*self._answered, answered], ignore_index=True)
        repeated = together.duplicated(ANSWER).to_numpy()
        again = repeated[len(together) - len(answered) :]
        if not again.any():
            return again, []
        group = together.groupby(ANSWER, sort=False).ngroup().to_numpy()
        first = together[~repeated].iloc[group[repeated]]
        return again, list(zip(first["sheet"], first["row"], strict=True))

    def add(self, answered: pd.DataFrame) -> None:
        self._answered.append(answered)

    def give(self, answered: pd.DataFrame, criteria: Sequence[str], values: Places) -> None:
        """`values`: for each answered row and criterion the code of what was given, or -1."""
        places, columns = np.nonzero(values >= 0)
        codes = np.array([self._code("criteria", self.criteria, key) for key in criteria], np.intp)
        given = answered.iloc[places].assign(criterion=codes[columns], value=values[places, columns])
        self._given.append(given)

    @property
    def answered(self) -> pd.DataFrame:
        return pd.concat(self._answered, ignore_index=True) if self._answered else pd.DataFrame()

    @property
    def given(self) -> pd.DataFrame:
        return pd.concat(self._given, ignore_index=True) if self._given else pd.DataFrame()

    def place(self, row: pd.Series[Any]) -> tuple[Entries, Entry]:
        """Where a row of `answered` or `given` stands."""
        entries = self.sheets[int(row["sheet"])]
        return entries, entries.entry(int(row["row"]))

    def keys(self, answered: pd.DataFrame) -> Iterator[CommentKey]:
        ids = self.ids
        for workshop, number, rater, item in zip(*(answered[key].tolist() for key in ANSWER), strict=True):
            yield CommentKey(ids[workshop], number, ids[rater], ids[item])

    def ratings(self) -> RatingColumns:
        """All that was given, row by row and in each row criterion by criterion."""
        given = self.given
        lists: dict[str, list[Any]] = dict.fromkeys(ANSWER, self.ids)
        lists |= {"round": list(range(_LAST_ROUND + 1)), "criterion": self.criteria, "value": self.values}
        columns = {key: Coded(held, _as_codes(given, key)).compact() for key, held in lists.items()}
        return RatingColumns(columns)


def _as_codes(frame: pd.DataFrame, key: str) -> Codes:
    return frame[key].to_numpy(np.int32) if len(frame) else np.zeros(0, np.int32)


def groups(columns: Sequence[Coded[Any]], length: int) -> Places:
    """A number for each row, the same where rows agree in all columns, counted in the order of their first rows."""
    numbers: npt.NDArray[np.intp] = np.zeros(length, np.intp)
    for column in columns:
        numbers = pd.factorize(numbers * len(column.values) + column.codes)[0]
    return numbers
