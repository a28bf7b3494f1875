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


def amounts(name: str, *rows: Sequence[object], told: Sequence[tuple[str, str]] = (), held: Sequence[str] = ()) -> Case:
    """A sheet of costs as it stands; what is said is an error where the code begins with «!»."""
    sheets: dict[str, Sequence[Sequence[object]]] = {"Områder": AREA, "Kostnader": rows}
    problems = tuple((c.lstrip("!"), "Kostnader", cell, "E" if c[0] == "!" else "W") for c, cell in told)
    return Case(f"amounts: {name}", lambda: xlsx(sheets), ("1 Arkiv", *held), problems)


COSTS = ["Område", "Post", "Kroner"]

CASES = (
    amounts(
        "in thousands, as the title says",
        ["Budsjett, tall i hele tusen"],
        COSTS,
        ["Arkiv", "Drift", 450],
        told=[("!larger_units", "A1")],
        held=["Drift 450 Arkiv"],
    ),
    amounts(
        "in millions, as a note beside the title says",
        ["Budsjett", None, "(mill. kr)"],
        COSTS,
        ["Arkiv", "Drift", 2],
        told=[("!larger_units", "C1")],
        held=["Drift 2 Arkiv"],
    ),
    amounts(
        "in thousands, as the heading says",
        [*COSTS[:2], "Kroner (1000)"],
        ["Arkiv", "Drift", 450],
        told=[("!missing_column", ""), ("!unknown_column", "C1")],
    ),
    amounts(
        "in kroner under a title with a year",
        ["Budsjett 2026, i kroner"],
        COSTS,
        ["Arkiv", "Drift", 450],
        held=["Drift 450 Arkiv"],
    ),
    amounts(
        "a sum of each area in the column of items",
        COSTS,
        ["Arkiv", "Drift", 450],
        ["Arkiv", "Sum", 450],
        [None, "I alt", 450],
        told=[("total_row_left_out", "B3"), ("total_row_left_out", "B4")],
        held=["Drift 450 Arkiv"],
    ),
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
    written("a dash", "-", "mark_for_nothing"),
    written("two points, as Statistics Norway has them", "..", "mark_for_nothing"),
    written("1 355 personer", "1 355 personer", "number_in_words"),
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
