"""Numbers as people write them: what they can mean is taken, what must be guessed is asked about."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.messy.layouts import HEAD, towns
from tests.intake.messy.making import Case, xlsx

AREA = [["Kode", "Område"], ["1", "Arkiv"]]


def written(name: str, cell: object, code: str = "", population: int = 1355) -> Case:
    """A population written so; with a code it is an error at its cell."""
    held = f"5042 Lierne {None if code else population} None"
    return towns(f"«{name}»", [HEAD, ["5042", "Lierne", cell]], *([(f"!{code}", "C2")] if code else []), held=(held,))


def kroner(cell: object, code: str = "", amount: int = 450_000) -> Case:
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Områder": AREA,
        "Kostnader": [["Område", "Post", "Kroner"], ["1", "Drift", cell]],
    }
    told = ((code, "Kostnader", "C2", "E"),) if code else ()
    return Case(
        f"kroner «{cell}»", lambda: xlsx(sheets), ("1 Arkiv", *([] if code else [f"Drift {amount} Arkiv"])), told
    )


CASES = (
    written("1 355", "1 355"),
    written("1.355", "1.355"),
    written("thin space", "1\u2009355"),
    written("hair space", "1\u200a355"),
    written("narrow no-break space", "1\u202f355"),
    written("no-break space", "1\u00a0355"),
    written("trailing space", " 1355 "),
    written("1 355,5", "1 355,5", "not_whole"),
    written("ca. 40", "ca. 40", "number_in_words"),
    written("om lag 1 400", "om lag 1 400", "number_in_words"),
    written("25 %", "25 %", "number_in_words"),
    written("1 355 innb.", "1 355 innb.", "number_in_words"),
    written("1,4 tusen", "1,4 tusen", "number_in_words"),
    written("to interval", "1300-1400", "not_a_number"),
    written("a dash", "-", "not_a_number"),
    written("an error", "#N/A", "error_cell"),
    written("a formula nobody has computed", "=1000+355", "formula_without_value"),
    kroner(450_000),
    kroner("450 000"),
    kroner("kr 450 000"),
    kroner("450 000 kr"),
    kroner("450.000,-"),
    kroner("NOK 450 000"),
    kroner("kr 1,2 mill", "number_in_words"),
    kroner("1,2 mill. kr", "number_in_words"),
    kroner("0,5 mrd", "number_in_words"),
    kroner("450'", "not_a_number"),
)
