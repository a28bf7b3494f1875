"""Tables laid out across: groups beside each other over their scores, and Statistics Norway's years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from lib.intake.cells import Cell, as_text, is_blank
from lib.intake.naming import plain
from lib.intake.numbers import readings
from lib.intake.tables import Heading, Remark, Row, Table, by_column
from lib.intake.texts import fold
from lib.model.kinds import line
from lib.model.problems import Severity

# Table 07459 writes «K-3303 Kongsberg», «3303 Kongsberg» or, of one that is no more, «0604 Kongsberg (-2019)».
_REGION = re.compile(r"(?:K[-_ ]?)?(?!9999)([0-9]{4}) +(\S.*?)(?: \((?:-|[0-9]{4})[^()]*\))?")
_ENDED = re.compile(r".*\([0-9]{0,4}-([0-9]{4})\)")
_OTHER_REGION = re.compile(r"(?:F|KO|B|EAK)?[-_ ]?[0-9]{1,2} +\S.*|(?:K[-_ ]?)?9999 .*|\S.*landet")
_YEAR = re.compile(r"(?:.*\D)?((?:19|20)[0-9]{2})")


class _Group(NamedTuple):
    name: str
    column: int
    scores: dict[str, int]


def population_table(sheet: str, rows: Sequence[Row], names: Mapping[str, str]) -> Table | None:
    """Municipalities from an export of Statistics Norway: the newest year's figures, and that is said.

    A region that is no municipality, or was none in that year, is left out. Figures by sex or age are asked about, as
    one of them alone is no population. None where the sheet is no such export.
    """
    regions = [row for row in rows if _region(row)]
    if not regions:
        return None
    before = [row for row in rows if row.number < regions[0].number]
    column, width = _first(regions[0]), max(len(row.cells) for row in regions)
    years = _years(before, column, width)
    if not years or any(names.get(fold(as_text(cell))) == "number" for row in before for cell in row.cells):
        return None
    year, values, head = max(years)
    headings = (
        Heading("", width, "number"),
        Heading("", column, "municipality"),
        Heading(str(year), values, "population"),
        Heading(str(year), width + 1, "year"),
    )
    below = [row for row in rows if row.number > head]
    over = {row.number for row in regions if _is_over(row, column, values, year)}
    again, asked = _split(below, [at for each, at, _ in years if each == year], column, values)
    made = (row for row in regions if row.number not in over | again)
    remarks = [
        Remark("newest_year", head, values, str(year), params={"year": str(year)}),
        *(
            Remark("figures_split", number or head, at, None, Severity.ERROR, {"year": str(year)})
            for number, at in asked
        ),
        *_regions_left_out(below, over, column, year),
    ]
    taken = by_column([_with_region(row, column, values, width, year) for row in made])
    return Table(sheet, head, headings, *taken, remarks=tuple(remarks), places={width: column, width + 1: values})


def _is_over(row: Row, column: int, values: int, year: int) -> bool:
    """A municipality that was no more, and has no figure."""
    ended = _ENDED.fullmatch(line(as_text(row.cells[column])))
    return ended is not None and int(ended[1]) < year and as_text(_at(row, values)).strip(" .:-") in ("", "0")


def _split(
    below: Sequence[Row], newest: Sequence[int], column: int, values: int
) -> tuple[set[int], list[tuple[int, int]]]:
    """Rows that say more of a region already told of, and where to ask: a row (0: the headings') and a column."""
    seen, again = set[str](), set[int]()
    for row in (row for row in below if not is_blank(_at(row, values))):
        match = _region(row)
        if (match and match[1] in seen) or (seen and is_blank(_at(row, column))):
            again.add(row.number)
        seen |= {match[1]} if match else set()
    columns = sorted(set(newest))
    return again, [*([(0, columns[1])] if len(columns) > 1 else []), *([(min(again), values)] if again else [])]


def _regions_left_out(below: Sequence[Row], over: set[int], column: int, year: int) -> Iterator[Remark]:
    for row in below:
        cell = _at(row, column)
        if row.number in over:
            yield Remark("region_is_over", row.number, column, cell, params={"year": str(year)})
        elif _OTHER_REGION.fullmatch(line(as_text(cell))) and not _region(row):
            yield Remark("region_left_out", row.number, column, cell)


def _first(row: Row) -> int:
    return next((index for index, cell in enumerate(row.cells) if not is_blank(cell)), 0)


def _region(row: Row) -> re.Match[str] | None:
    """The number and name in a row's first cell, where figures follow."""
    filled = [cell for cell in row.cells if not is_blank(cell)]
    return _REGION.fullmatch(line(filled[0])) if len(filled) > 1 and isinstance(filled[0], str) else None


def _years(before: Sequence[Row], column: int, width: int) -> list[tuple[int, int, int]]:
    """Year, column and row of each heading that ends in a year, right of the regions."""
    found = []
    for row in before:
        for index, cell in enumerate(row.cells[:width]):
            if index > column and not is_blank(cell) and (match := _YEAR.fullmatch(line(as_text(cell)))):
                found.append((int(match[1]), index, row.number))
    return found


def _with_region(row: Row, column: int, values: int, width: int, year: int) -> Row:
    """Only what is taken of a row, each figure in its own column; number and year stand beyond the last."""
    cells: list[Cell] = [None] * (width + 2)
    if match := _region(row):
        cells[column], cells[values] = match[2], _at(row, values)
        cells[width], cells[width + 1] = match[1], year
    return Row(row.number, cells)


def matrix(
    sheet: str,
    first: Sequence[Row],
    across: Sequence[Row],
    rows: Callable[[], Sequence[Row]],
    names: Mapping[str, str],
    is_total: Callable[[Row], bool],
) -> Table | None:
    """Ratings with areas down and groups across, each group over the columns of its scores: a table a group.

    `first` are the rows among which the headings are, `across` the same with merged cells filled, `rows` gives all.
    The workshop is the line above the table, or the sheet's name, and that is said. None where no scores repeat.
    """
    for place, row in enumerate(first):
        keys = {index: names.get(fold(plain(as_text(cell)))) for index, cell in enumerate(row.cells)}
        if {"rater", "area"} <= set(keys.values()):  # a long list, whose rows may say what headings say too
            return None
        scores = {index: key for index, key in keys.items() if key and key not in _KNOWN_ALONE}
        if place and len(scores) > len(set(scores.values())):
            return _matrix(sheet, rows(), across, place, scores, names, is_total)
    return None


_KNOWN_ALONE = {"workshop", "round", "rater", "role", "municipality", "area", "comment", "persons", "constructed"}


def _matrix(
    sheet: str,
    rows: Sequence[Row],
    across: Sequence[Row],
    place: int,
    scores: Mapping[int, str],
    names: Mapping[str, str],
    is_total: Callable[[Row], bool],
) -> Table | None:
    groups = list(_groups(across[place - 1], scores))
    left = min(scores)
    area = next((i for i in range(left) if _names_area(i, across[place - 1 : place + 1], names)), None)
    filled = [i for i in range(left) if any(not is_blank(_at(row, i)) for row in rows[place + 1 :])]
    if not groups or not filled:
        return None
    area = filled[-1] if area is None else area
    title = next((line(text) for row in across[: place - 1] if (text := _only_text(row))), sheet)
    width = max(len(row.cells) for row in rows)
    kept = [row for row in rows[place + 1 :] if any(not is_blank(_at(row, index)) for index in scores)]
    totals = [row for row in kept if is_total(_from(row, area))]
    kept = [row for row in kept if row not in totals]
    said = [
        Remark("matrix_read", rows[place].number, left, title, params={"workshop": title, "count": len(groups)}),
        *(Remark("total_row_left_out", row.number, area, _at(row, area)) for row in totals),
        *_score_remarks(rows, across, place, scores, area, kept, groups),
    ]
    kept = [row for row in kept if not is_blank(_at(row, area))]
    tables = [_of_group(sheet, rows[place].number, group, kept, area, width, title) for group in groups]
    return replace(tables[0], remarks=tuple(said), also=tuple(tables[1:]))


def _score_remarks(
    rows: Sequence[Row],
    across: Sequence[Row],
    place: int,
    scores: Mapping[int, str],
    area: int,
    kept: Sequence[Row],
    groups: Sequence[_Group],
) -> Iterator[Remark]:
    """Scores that belong to no group or no area, and what else stands in the table and is not read."""
    taken = {index for group in groups for index in group.scores.values()}
    nameless = sorted(index for index in scores if index not in taken)
    if nameless:
        yield Remark("group_without_name", rows[place].number - 1, nameless[0], severity=Severity.ERROR)
    for row in kept:
        if is_blank(_at(row, area)):
            yield Remark("required_cell", row.number, area, None, Severity.ERROR, {"column_name": "@columns.area"})
    for index in range(area + 1, max(len(row.cells) for row in rows)):
        if index not in scores and any(not is_blank(_at(row, index)) for row in kept):
            name = next(
                (text for row in (rows[place], across[place - 1]) if (text := line(as_text(_at(row, index))))), ""
            )
            yield Remark("beside_scores_left_out", rows[place].number, index, name)


def _at(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else None


def _from(row: Row, index: int) -> Row:
    return Row(row.number, row.cells[index:])


def _names_area(index: int, heads: Sequence[Row], names: Mapping[str, str]) -> bool:
    return any(names.get(fold(as_text(_at(row, index)))) == "area" for row in heads)


def _only_text(row: Row) -> str:
    filled = {as_text(cell) for cell in row.cells if not is_blank(cell)}
    only = filled.pop() if len(filled) == 1 else ""
    return "" if readings(only) else only


def _groups(over: Row, scores: Mapping[int, str]) -> Iterator[_Group]:
    """A group's name stands over the first of its columns, or over all of them."""
    name, column, found = "", 0, dict[str, int]()
    for index in sorted(scores):
        text = line(as_text(_at(over, index)))
        if (text and text != name) or scores[index] in found:
            if name and found:
                yield _Group(name, column, found)
            name, column, found = text, index, {}
        found[scores[index]] = index
    if name and found:
        yield _Group(name, column, found)


def _of_group(sheet: str, head: int, group: _Group, rows: Sequence[Row], area: int, width: int, title: str) -> Table:
    headings = [Heading(title, width, "workshop"), Heading(group.name, width + 1, "rater"), Heading("", area, "area")]
    headings += [Heading(key, index, key) for key, index in group.scores.items()]
    taken = {area, *group.scores.values()}
    made = (
        [_at(row, index) if index in taken else None for index in range(width)] + [title, group.name] for row in rows
    )
    numbered = [Row(row.number, cells) for row, cells in zip(rows, made, strict=True)]
    return Table(sheet, head, tuple(headings), *by_column(numbered), places={width: area, width + 1: group.column})
