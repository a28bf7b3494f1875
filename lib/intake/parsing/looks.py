"""What calamine leaves out of a sheet; a second, light look at each kind of file finds it."""

from __future__ import annotations

from dataclasses import dataclass, field

Limits = dict[str, int]


@dataclass
class Look:
    """What calamine leaves out of a sheet. Places are Excel addresses, rows and columns count from 0.

    `merged` ranges are top, left, bottom, right.
    """

    errors: dict[str, str] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def letters(column: int) -> str:
    letters = ""
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return letters
