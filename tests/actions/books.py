"""Small real workbooks for the actions: areas, groups and scores as rows of a sheet."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook

from lib.i18n import t
from lib.model.methods import Method

Rows = Sequence[Sequence[object]]
HEADING = ("Workshop", "Runde", "Gruppe", "Rolle", "Kommune", "Område", "Potensial", "Gjennomførbarhet")


_WRITTEN: dict[str, bytes] = {}


def book(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets, headings first; the same sheets are the same bytes, whatever the clock says."""
    known = repr(list(sheets.items()))
    if known not in _WRITTEN:
        _WRITTEN[known] = _written(sheets)
    return _WRITTEN[known]


def _written(sheets: Mapping[str, Rows]) -> bytes:
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


def rated_by(method: Method, value_of: Callable[[int, int], int] = lambda rater, item: rater + item) -> bytes:
    """A workbook of four groups that rate three areas by a method, within each criterion's scale."""
    headings = [t("nb", f"criteria.{criterion.key}") for criterion in method.criteria]
    lines: list[tuple[object, ...]] = [(*HEADING[:6], *headings)]
    for rater in range(4):
        for item, area in enumerate(("Arkiv", "Lønn", "Telefoni")):
            given = [c.low + value_of(rater, item) % min(c.high - c.low + 1, 3) for c in method.criteria]
            lines.append(
                ("Workshop", 1, f"Gruppe {rater + 1}", None, None, area, *(given if not method.budget else [1]))
            )
    return book({"Områder": areas("Arkiv", "Lønn", "Telefoni"), "Vurderinger": lines})
