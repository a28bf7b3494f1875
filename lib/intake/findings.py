"""Collects all that is wrong with a workbook, so that a person hears everything at once."""

from __future__ import annotations

from lib.intake.cells import Cell, shown
from lib.intake.tables import Remark, address
from lib.intake.texts import Texts
from lib.model.problems import Problem, Severity

MOST = 1000


class Enough(Exception):
    """There are so many problems that looking for more helps nobody."""


class Findings:
    """`add` notes a problem at a place; after MOST of them it raises Enough."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._noted: list[tuple[tuple[int, int], Problem]] = []

    def add(
        self,
        code: str,
        sheet: str = "",
        row: int = 0,
        column: int = 0,
        found: Cell = None,
        severity: Severity = Severity.ERROR,
        **params: str | int | float,
    ) -> None:
        """`row` as Excel counts, 0 where the problem is the whole sheet's; `column` from 0."""
        self.add_remark(sheet, Remark(code, row, column, found, severity, params))

    def add_remark(self, sheet: str, remark: Remark) -> None:
        """What was said while a table was looked for."""
        place = (remark.row, remark.column)
        cell = address(*place) if remark.row else ""
        found = shown(remark.found, self._texts)
        self._noted.append((place, Problem(remark.code, sheet, cell, found, remark.severity, remark.params)))
        if len(self._noted) >= MOST:
            raise Enough

    @property
    def count(self) -> int:
        return len(self._noted)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for _, problem in self._noted)

    def problems(self, sheets: list[str]) -> tuple[Problem, ...]:
        """All of them: the workbook's own first, then sheet by sheet from the top."""
        position = {name: index for index, name in enumerate(sheets)}
        ordered = sorted(self._noted, key=lambda noted: (position.get(noted[1].sheet, -1), noted[0]))
        found = tuple(problem for _, problem in ordered)
        if len(found) < MOST:
            return found
        return (Problem("too_many_problems", severity=Severity.WARNING, params={"count": MOST}), *found)
