"""Tables laid out across: Statistics Norway's years, and groups beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.books import Cells
from tests.intake.messy.making import Case, csv, xlsx

EXPORT: Cells = [
    ["07459: Alders- og kjønnsfordeling i kommuner, etter region, statistikkvariabel og år"],
    [],
    [None, "Personer", None, None],
    [None, "2022", "2023", "2024"],
    ["K-3303 Kongsberg", 27879, 28202, 28432],
    ["K-4005 Notodden", 13029, 13131, 13209],
]
KONGSBERG = ("3303 Kongsberg 28432 2024", "4005 Notodden 13209 2024")
NEWEST = ("newest_year", "Befolkning", "D4", "W")
READ = ("understood_sheet", "Befolkning", "", "W")
AREAS: Cells = [["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"]]
MATRIX: Cells = [
    [None, "Gruppe 1", None, "Gruppe 2", None],
    ["Område", "Potensial", "Gjennomførbarhet", "Potensial", "Gjennomførbarhet"],
    ["Arkiv", 8, 7, 6, 5],
    ["Lønn", 4, "vet ikke", None, 2],
]
RATED = (
    "{0}/Gruppe 1/Arkiv potential=8",
    "{0}/Gruppe 1/Arkiv feasibility=7",
    "{0}/Gruppe 1/Lønn potential=4",
    "{0}/Gruppe 1/Lønn feasibility=None",
    "{0}/Gruppe 2/Arkiv potential=6",
    "{0}/Gruppe 2/Arkiv feasibility=5",
    "{0}/Gruppe 2/Lønn feasibility=2",
)


def export(name: str, rows: Cells, *problems: tuple[str, str], held: tuple[str, ...] = KONGSBERG) -> Case:
    told = tuple((c.lstrip("!"), "Befolkning", cell, "E" if c[0] == "!" else "W") for c, cell in problems)
    return Case(f"Statistics Norway: {name}", lambda: xlsx({"Befolkning": rows}), held, (READ, *told))


def matrix(
    name: str,
    rows: Cells,
    workshop: str,
    *problems: tuple[str, str],
    merged: tuple[str, ...] = (),
    rated: Sequence[str] = RATED,
) -> Case:
    told = tuple((c.lstrip("!"), "Vurderinger", cell, "E" if c[0] == "!" else "W") for c, cell in problems)
    held = ("1 Arkiv", "2 Lønn", *(line.format(workshop) for line in rated))
    sheets = {"Områder": AREAS, "Vurderinger": rows}
    return Case(f"matrix: {name}", lambda: xlsx(sheets, merged={"Vurderinger": merged}), held, told)


CASES = (
    export("years across", EXPORT, ("newest_year", "D4")),
    export(
        "years with words, numbers without the letter",
        [
            EXPORT[0],
            [],
            [None, "Personer 2023", "Personer 2024"],
            ["3303 Kongsberg", 28202, 28432],
            ["4005 Notodden", 1, 13209],
        ],
        ("newest_year", "C3"),
    ),
    export(
        "the whole country and a source",
        [*EXPORT, ["0 Hele landet", 1, 2, 5550203], [], ["Kilde: Statistisk sentralbyrå"]],
        ("newest_year", "D4"),
        ("region_left_out", "A7"),
    ),
    export(
        "a municipality that is no more",
        [*EXPORT[:4], ["K-0604 Kongsberg (-2019)", 1, 2, 3]],
        ("newest_year", "D4"),
        ("number_of_another_year", "A5"),
        held=("0604 Kongsberg 3 2024",),
    ),
    export(
        "a municipality that was no more in the newest year, and nobody's people",
        [*EXPORT, ["K-0604 Kongsberg (-2019)", 1, 2, 0], ["K-9999 Uoppgitt", 1, 2, 3]],
        ("newest_year", "D4"),
        ("region_is_over", "A7"),
        ("region_left_out", "A8"),
    ),
    export(
        "by sex below each other",
        [["t"], ["region", "kjønn", "2024"], ["3303 Kongsberg", "Menn", 14000], [None, "Kvinner", 14432]],
        ("newest_year", "C2"),
        ("!figures_split", "C4"),
        held=("3303 Kongsberg 14000 2024",),
    ),
    export(
        "by age, the region written on each row",
        [["t"], ["region", "alder", "2024"], ["3303 Kongsberg", "0-5 år", 100], ["3303 Kongsberg", "6 år", 200]],
        ("newest_year", "C2"),
        ("!figures_split", "C4"),
        held=("3303 Kongsberg 100 2024",),
    ),
    export(
        "by sex beside each other",
        [["t"], [None, "Menn", "Kvinner"], ["region", "2024", "2024"], ["3303 Kongsberg", 14000, 14432]],
        ("newest_year", "C3"),
        ("!figures_split", "C3"),
        held=("3303 Kongsberg 14432 2024",),
    ),
    Case(
        "Statistics Norway: as text",
        lambda: csv(
            [["07459: Personer"], [], ["region", "Personer 2023", "Personer 2024"], ["K-3303 Kongsberg", 1, 28432]]
        ),
        ("3303 Kongsberg 28432 2024",),
        (("understood_sheet", "", "", "W"), ("newest_year", "", "C3", "W")),
    ),
    matrix("two columns a group", MATRIX, "Vurderinger", ("matrix_read", "B2")),
    matrix("groups merged", MATRIX, "Vurderinger", ("matrix_read", "B2"), merged=("B1:C1", "D1:E1")),
    matrix("a title above", [["Workshop i januar"], [], *MATRIX], "Workshop i januar", ("matrix_read", "B4")),
    matrix(
        "a mean at the bottom",
        [*MATRIX, ["Sum", 12, 7, 6, 7]],
        "Vurderinger",
        ("matrix_read", "B2"),
        ("total_row_left_out", "A5"),
    ),
    matrix(
        "a mean beside and below",
        [
            [None, "Gruppe 1", None, "Gruppe 2", None, "Snitt"],
            *([*row, 6] for row in MATRIX[1:]),
            ["Snitt", 6, 7, 6, 4],
        ],
        "Vurderinger",
        ("matrix_read", "B2"),
        ("beside_scores_left_out", "F2"),
        ("total_row_left_out", "A5"),
        merged=("B1:C1", "D1:E1"),
    ),
    matrix(
        "S and K by their letters",
        [MATRIX[0], ["Område", "S", "K", "S", "K"], *([row[0], 3, 4, 2, 5] for row in MATRIX[2:])],
        "Vurderinger",
        ("matrix_read", "B2"),
        rated=[
            f"Vurderinger/Gruppe {group}/{area} {criterion}={value}"
            for area in ("Arkiv", "Lønn")
            for group, criterion, value in (
                (1, "probability", 3),
                (1, "consequence", 4),
                (2, "probability", 2),
                (2, "consequence", 5),
            )
        ],
    ),
    matrix(
        "a group without a name",
        [[None, "Gruppe 1", None, None, None], *MATRIX[1:]],
        "Vurderinger",
        ("matrix_read", "B2"),
        ("!group_without_name", "D1"),
        rated=[line.format("Vurderinger") for line in RATED if "Gruppe 1" in line],
    ),
    matrix(
        "scores without an area",
        [*MATRIX, [None, 6, 5, 6, 4]],
        "Vurderinger",
        ("matrix_read", "B2"),
        ("!required_cell", "A5"),
    ),
    Case(
        "matrix: a score out of the scale, at its own cell",
        lambda: xlsx({"Områder": AREAS, "Vurderinger": [*MATRIX[:2], ["Arkiv", 8, 7, 11, 5]]}),
        (
            "1 Arkiv",
            "2 Lønn",
            "Vurderinger/Gruppe 1/Arkiv potential=8",
            "Vurderinger/Gruppe 1/Arkiv feasibility=7",
            "Vurderinger/Gruppe 2/Arkiv feasibility=5",
        ),
        (("matrix_read", "Vurderinger", "B2", "W"), ("out_of_scale", "Vurderinger", "D3", "E")),
    ),
)
