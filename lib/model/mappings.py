"""How a study reads sheets that our headings do not fit, remembered for the layout."""

from __future__ import annotations

from dataclasses import dataclass

from lib.model.records import Record

FIGURE = "figure"


class SheetMapping(Record):
    """A layout is read as a kind of sheet; `columns` are the keys from column A on, empty where one is left out.

    FIGURE is a further figure, which keeps its own heading.
    """

    layout: str
    kind: str
    columns: list[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """A sheet as it is, and what we take it for. `columns` are keys, empty where we have no guess; `rows` are shown."""

    sheet: str
    layout: str
    kind: str
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
