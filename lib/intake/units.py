"""Amounts in thousands or millions of kroner: what is said above a table must not make 450 kroner of 450 000."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lib.intake.cells import as_text, is_blank
from lib.intake.tables import Remark, Row
from lib.model.kinds import SheetKind, Type, line
from lib.model.problems import Severity

_LARGER = re.compile(
    r"\b(?:(?:i|hele|heile|in)\s+(?:hele\s+|heile\s+)?(?:1[ .]?000|tusen|thousands?|mill(?:\.|ion\w*)?)"
    r"|(?:1[ .]?000|tusen|mill\.?)\s*(?:kr|kroner|nok)|t\.?kr|mnok|knok)\b",
    re.IGNORECASE,
)


def in_larger_units(above: Sequence[Row], kind: SheetKind) -> Iterator[Remark]:
    """An error at the first cell above a table of kroner that says «i hele tusen», «1000 kr» or «mill. kr»."""
    if not any(column.type is Type.KRONER for column in kind.columns):
        return
    for row in above:
        for index, cell in enumerate(row.cells):
            if not is_blank(cell) and _LARGER.search(line(as_text(cell))):
                yield Remark("larger_units", row.number, index, cell, Severity.ERROR)
                return
