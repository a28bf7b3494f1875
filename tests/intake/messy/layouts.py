"""Where people put their tables: below titles, beside notes, above totals, under merged headings, in hidden places."""

from __future__ import annotations

from tests.intake.books import Cells
from tests.intake.messy.making import Case, xlsx

HEAD = ["Kommunenummer", "Kommune", "Innbyggere"]
LIERNE, GRONG = ["5042", "Lierne", 1355], ["5045", "Grong", 2345]
TOWNS: Cells = [HEAD, LIERNE, GRONG]
HELD = ("5042 Lierne 1355 None", "5045 Grong 2345 None")
AREAS = ("1 Arkiv", "2 Lønn")


def towns(name: str, cells: Cells, *problems: tuple[str, str], held: tuple[str, ...] = HELD, **layout: object) -> Case:
    """A case with one sheet, «Kommuner»; a problem is a code and a cell, an error where the code begins with «!»."""
    told = tuple((c.lstrip("!"), "Kommuner", cell, "E" if c.startswith("!") else "W") for c, cell in problems)
    return Case(name, lambda: xlsx({"Kommuner": cells}, **layout), held, told)  # type: ignore[arg-type]


def areas(name: str, cells: Cells, *problems: tuple[str, str], held: tuple[str, ...] = AREAS, **layout: object) -> Case:
    told = tuple((c.lstrip("!"), "Områder", cell, "E" if c.startswith("!") else "W") for c, cell in problems)
    return Case(name, lambda: xlsx({"Områder": cells}, **layout), held, told)  # type: ignore[arg-type]


CASES = (
    towns("plain", TOWNS),
    towns("title rows above", [["Folketall i regionen"], ["Hentet i mars"], [], *TOWNS]),
    towns("a note of several cells above", [["Versjon", 2, "utkast"], [], *TOWNS]),
    towns("blank columns before", [[None, None, *row] for row in TOWNS]),
    towns("a blank row after the headings", [HEAD, [], LIERNE, GRONG]),
    towns("a blank row between the rows", [HEAD, LIERNE, [], [], GRONG]),
    towns("a blank column within", [[a, None, b, c] for a, b, c in TOWNS]),
    towns("columns in another order", [[row[2], row[0], row[1]] for row in TOWNS]),
    towns(
        "a title merged over the table",
        [["Kommuner i Indre Namdal"], *TOWNS],
        merged={"Kommuner": ["A1:C1"]},
    ),
    towns(
        "headings of two lines",
        [["Kommune-", None, "Antall"], ["nummer", "Kommune", "innbyggere"], LIERNE, GRONG],
    ),
    towns(
        "headings merged over two lines",
        [["Kommunenummer", "Kommune", "Folketall"], [None, None, "Innbyggere"], LIERNE, GRONG],
        merged={"Kommuner": ["A1:A2", "B1:B2"]},
    ),
    towns(
        "a heading merged over two columns",
        [["Kommune", None, "Innbyggere"], ["Kommunenummer", "Navn på kommune", None], LIERNE, GRONG],
        merged={"Kommuner": ["A1:B1"]},
    ),
    towns("a total", [*TOWNS, ["Sum", None, 3700]], ("total_row_left_out", "A4")),
    towns("a total in the second column", [*TOWNS, [None, "Totalt", 3700]], ("total_row_left_out", "B4")),
    towns("a total below a blank row", [*TOWNS, [], ["I alt", None, "3 700"]], ("total_row_left_out", "A5")),
    towns("a total in English", [*TOWNS, ["Grand total", None, 3700]], ("total_row_left_out", "A4")),
    towns("a total in capitals", [*TOWNS, ["SUM", None, 3700]], ("total_row_left_out", "A4")),
    towns("a total in nynorsk", [*TOWNS, ["Samla", None, 3700]], ("total_row_left_out", "A4")),
    towns("a mean", [*TOWNS, ["Gjennomsnitt", None, 1850]], ("total_row_left_out", "A4")),
    towns(
        "a total without a name is asked about",
        [*TOWNS, [None, None, 3700]],
        ("!required_cell", "A4"),
        ("!required_cell", "B4"),
        held=HELD,
    ),
    towns("a source below", [*TOWNS, ["Kilde: Statistisk sentralbyrå"]], ("note_left_out", "A4")),
    towns(
        "remarks below a blank row",
        [*TOWNS, [], ["Tallene er fra 1. januar."], ["* foreløpig"]],
        ("note_left_out", "A5"),
        ("note_left_out", "A6"),
    ),
    towns(
        "a note to the right without a heading",
        [HEAD, [*LIERNE, None, "sjekk denne"], GRONG],
        ("column_without_heading", "E2"),
    ),
    towns(
        "notes to the right under a heading",
        [[*HEAD, None, "Husk"], [*LIERNE, None, "ring Grong"], GRONG],
        ("side_note", "E1"),
    ),
    towns(
        "a further figure to the right of a gap",
        [[*HEAD, None, "Elever"], [*LIERNE, None, 120], [*GRONG, None, 250]],
        held=("5042 Lierne 1355 None ('Elever', 120.0)", "5045 Grong 2345 None ('Elever', 250.0)"),
    ),
    towns(
        "a hidden row",
        [HEAD, LIERNE, ["5046", "Høylandet", 1229], GRONG],
        ("hidden_rows", "A3"),
        rows={"Kommuner": [3]},
    ),
    towns("a hidden blank row", [HEAD, LIERNE, [], GRONG], rows={"Kommuner": [3]}),
    towns(
        "a hidden column",
        [[*HEAD, "Elever"], [*LIERNE, 120], [*GRONG, 250]],
        ("hidden_columns", "D1"),
        columns={"Kommuner": ["D"]},
    ),
    Case(
        "a hidden sheet",
        lambda: xlsx({"Kommuner": TOWNS, "Områder": [["Kode", "Område"], ["1", "Arkiv"]]}, hidden=["Områder"]),
        HELD,
        (("hidden_sheet", "Områder", "", "W"),),
    ),
    areas(
        "two tables below each other",
        [["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"], [], ["Kommunenummer", "Kommune"], ["5042", "Lierne"]],
        ("!several_tables", "A5"),
    ),
    areas(
        "two tables beside each other",
        [["Kode", "Område", None, "Kode", "Område"], ["1", "Arkiv", None, "3", "HR"], ["2", "Lønn", None, "4", "IKT"]],
        ("!several_tables", "D1"),
    ),
    areas(
        "headings repeated as on a printout",
        [["Kode", "Område"], ["1", "Arkiv"], ["Kode", "Område"], ["2", "Lønn"]],
        ("repeated_heading", "A3"),
    ),
    areas(
        "cells merged downwards",
        [["Sektor", "Kode", "Område"], ["Stab", "1", "Arkiv"], [None, "2", "Lønn"]],
        merged={"Områder": ["A2:A3"]},
    ),
    areas("a single row", [["Kode", "Område"], ["1", "Arkiv"]], held=AREAS[:1]),
    areas(
        "a heading with nothing below",
        [["Kode", "Område"]],
        held=(),
    ),
    areas(
        "a table that begins far down",
        [*[[f"linje {n}"] for n in range(12)], ["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"]],
    ),
)
