"""What people call their columns and sheets, in bokmål, nynorsk and English, abbreviated and misspelt."""

from __future__ import annotations

from tests.intake.books import Cells
from tests.intake.messy.layouts import AREAS, GRONG, HELD, LIERNE, areas, towns
from tests.intake.messy.making import Case, xlsx

RATED = ("Risiko/G1/Arkiv probability=3", "Risiko/G1/Arkiv consequence=5")
ROWS = [["Arkiv", "G1", "Risiko", 3, 5]]


def risks(name: str, heading: list[object], *problems: tuple[str, str], held: tuple[str, ...] = RATED) -> Case:
    """Ratings by the method of risks under a heading in the order area, group, workshop, two scores."""
    told = tuple((code.lstrip("!"), "Vurderinger", cell, "E" if code[0] == "!" else "W") for code, cell in problems)
    sheets: dict[str, Cells] = {"Områder": [["Kode", "Område"], ["1", "Arkiv"]], "Vurderinger": [heading, *ROWS]}
    return Case(name, lambda: xlsx(sheets), ("1 Arkiv", *held), told)


CASES = (
    towns("abbreviated", [["Knr", "Kommune", "Innb."], LIERNE, GRONG]),
    towns("with a dot", [["Kommunenr.", "Kommunenavn", "Folkemengde"], LIERNE, GRONG]),
    towns("in nynorsk", [["Kommunenr", "Kommunenamn", "Innbyggjartal"], LIERNE, GRONG]),
    towns("in English", [["Municipality number", "Municipality", "Population"], LIERNE, GRONG]),
    towns("in capitals", [["KOMMUNENUMMER", "KOMMUNE", "INNBYGGERE"], LIERNE, GRONG]),
    towns(
        "with no-break spaces and line breaks", [["Kommune\u00a0nr", "Kommune", "Antall\ninnbyggere"], LIERNE, GRONG]
    ),
    towns("with the year beside", [["Kommunenummer", "Kommune", "Innbyggere (2024)"], LIERNE, GRONG]),
    towns("with an asterisk", [["Kommunenummer*", "Kommune*", "Innbyggere"], LIERNE, GRONG]),
    towns(
        "one letter left out",
        [["Kommunenumer", "Kommune", "Innbyggere"], LIERNE, GRONG],
        ("understood_heading", "A1"),
    ),
    towns(
        "two letters changed about",
        [["Kommunenummer", "Kommune", "Innbyggeer"], LIERNE, GRONG],
        ("understood_heading", "C1"),
    ),
    towns(
        "an age group is no population, and is asked about",
        [["Kommunenummer", "Kommune", "Innbyggere (18-67)"], LIERNE],
        ("!unknown_column", "C1"),
        held=("5042 Lierne None None",),
    ),
    areas("in nynorsk, with a description", [["Nr.", "Teneste", "Omtale"], ["1", "Arkiv", "x"], ["2", "Lønn", "y"]]),
    areas("in English", [["Code", "Area"], ["1", "Arkiv"], ["2", "Lønn"]]),
    areas(
        "misspelt in several letters is asked about",
        [["Kode", "Omraade navn"], ["1", "Arkiv"]],
        ("!missing_column", ""),
        ("!unknown_column", "B1"),
        held=(),
    ),
    risks("S and K", ["Område", "Gruppe", "Workshop", "S", "K"]),
    risks("Sannsynl. and a scale", ["Område", "Gruppe", "Workshop", "Sannsynl.", "Konsekvens (1-5)"]),
    risks("in nynorsk", ["Teneste", "Gruppe", "Samling", "Sannsyn", "Konsekvensar"]),
    risks("in English", ["Area", "Group", "Workshop", "Probability (1–5)", "Consequence (1–5)"]),
    Case(
        "a sheet called Ark1",
        lambda: xlsx({"Ark1": [["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"]]}),
        AREAS,
        (("understood_sheet", "Ark1", "", "W"),),
    ),
    Case(
        "a sheet called something else",
        lambda: xlsx({"Folketall": [["Knr", "Kommune", "Innb."], LIERNE, GRONG], "Ark2": []}),
        HELD,
        (("understood_sheet", "Folketall", "", "W"), ("unknown_sheet", "Ark2", "", "W")),
    ),
    Case(
        "a sheet that nobody can tell",
        lambda: xlsx({"Ark1": [["Hva", "Hvem"], ["Arkiv", "Lierne"]]}),
        (),
        (("no_known_sheet", "", "", "E"),),
    ),
)
