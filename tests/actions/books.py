"""Small real workbooks for the actions: areas, groups and scores as rows of a sheet."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
HEADING = ("Workshop", "Runde", "Gruppe", "Rolle", "Kommune", "Område", "Potensial", "Gjennomførbarhet")


def book(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets, headings first."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, lines in sheets.items():
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            cell.data_type = "s"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def municipalities(**population: int) -> list[tuple[object, ...]]:
    numbers = range(5001, 5001 + len(population))
    rows = [(str(number), name, count) for number, (name, count) in zip(numbers, population.items(), strict=True)]
    return [("Kommunenummer", "Kommune", "Innbyggere"), *rows]


def areas(*names: str) -> list[tuple[object, ...]]:
    return [("Kode", "Område"), *((str(number), name) for number, name in enumerate(names, 1))]


def scores(
    given: Mapping[str, Mapping[str, tuple[int, int]]], who: Mapping[str, tuple[str, str]] | None = None
) -> list[tuple[object, ...]]:
    """`given`: group → area → (potential, feasibility); `who`: group → (role, municipality)."""
    lines: list[tuple[object, ...]] = [HEADING]
    for group, answers in given.items():
        role, municipality = (who or {}).get(group, (None, None))
        lines += [("Workshop", 1, group, role, municipality, area, *pair) for area, pair in answers.items()]
    return lines
