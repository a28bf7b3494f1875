"""What is wrong with the headings of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lib.intake.cells import is_blank
from lib.intake.findings import Findings
from lib.intake.tables import Heading, Table, address, heading_names, nearest
from lib.intake.texts import Texts, fold
from lib.model.kinds import SheetKind
from lib.model.methods import Method
from lib.model.problems import Severity

ALIKE = 0.5  # below this a suggestion only puzzles
MISSPELT = 0.8  # a heading this like a missing column is that column misspelt, not a further one


def choose_method(table: Table, methods: Iterable[Method]) -> Method:
    """The method whose criteria all have a column, else the one with most of them; the earlier on a tie."""
    present = table.columns.keys()

    def fit(method: Method) -> tuple[bool, int]:
        found = sum(key in present for key in method.criterion_keys)
        return found == len(method.criteria), found

    return max(methods, key=fit)


def check_headings(table: Table, kind: SheetKind, texts: Texts, findings: Findings) -> tuple[Heading, ...]:
    """Notes every fault of the headings; returns those that are further numbers of the kind."""
    for column in kind.columns:
        if column.needed and column.key not in table.columns:
            findings.add("missing_column", table.sheet, column_name=f"@{column.text}")
    _note_repeated(table, findings)
    _note_nameless(table, findings)
    known = {column.key for column in kind.columns}
    extras = []
    for heading in table.headings:
        if heading.key is None and kind.extra_numeric and not _is_misspelt(heading, kind, table, texts):
            extras.append(heading)
        elif heading.key is None:
            suggestion, alike = nearest(heading.text, _own_names(kind, texts))
            place = (table.sheet, table.row, heading.column, heading.text)
            if alike >= ALIKE:
                findings.add("unknown_column", *place, suggestion=suggestion)
            else:
                findings.add("column_not_ours", *place)
        elif heading.key not in known:
            findings.add("mixed_methods", table.sheet, table.row, heading.column, heading.text)
    return tuple(extras)


def _own_names(kind: SheetKind, texts: Texts) -> list[str]:
    return [texts(column.text) for column in kind.columns]


def _is_misspelt(heading: Heading, kind: SheetKind, table: Table, texts: Texts) -> bool:
    missing = [name for name, key in heading_names(kind, texts).items() if key not in table.columns]
    return nearest(heading.text, missing)[1] >= MISSPELT


def _note_repeated(table: Table, findings: Findings) -> None:
    first: dict[str, Heading] = {}
    for heading in table.headings:
        earlier = first.setdefault(heading.key or fold(heading.text), heading)
        if earlier is not heading:
            place = address(table.row, earlier.column)
            findings.add("duplicate_column", table.sheet, table.row, heading.column, heading.text, first=place)


def _note_nameless(table: Table, findings: Findings) -> None:
    """Cells beside the table belong to no column; they are left out, and that is said."""
    named = {heading.column for heading in table.headings}
    for index, row in _nameless(table, named):
        findings.add("column_without_heading", table.sheet, row, index, severity=Severity.WARNING)


def _nameless(table: Table, named: set[int]) -> Iterator[tuple[int, int]]:
    for index in sorted(set(range(len(table.cells))) - named):
        filled = ~table.cells[index].where(is_blank)
        if filled.any():
            yield index, int(table.numbers[filled.argmax()])
