"""Other forms than .xlsx, each told by its content: .xlsm, .xls, .ods and texts with separators."""

from __future__ import annotations

from tests.intake.books import Cells
from tests.intake.messy.layouts import HELD, TOWNS
from tests.intake.messy.making import Case, csv, ods, with_parts, xls, xlsx

READ = ("understood_sheet", "", "", "W")
OLD = ("5042 Lierne 1355 None", "5045 Grong 2345 None")
NORDIC: Cells = [["Kode", "Område"], ["1", "Lønn"], ["2", "Økonomi"]]
NORDIC_HELD = ("1 Lønn", "2 Økonomi")

CASES = (
    Case("csv with semicolons in UTF-8", lambda: csv(NORDIC), NORDIC_HELD, (READ,)),
    Case("csv with a mark in front", lambda: csv(NORDIC, encoding="utf-8-sig"), NORDIC_HELD, (READ,)),
    Case("csv in Windows-1252", lambda: csv(NORDIC, encoding="cp1252"), NORDIC_HELD, (READ,)),
    Case("csv in UTF-16", lambda: csv(NORDIC, "\t", "utf-16"), NORDIC_HELD, (READ,)),
    Case("csv with commas", lambda: csv(NORDIC, ","), NORDIC_HELD, (READ,)),
    Case("csv with tabs", lambda: csv(TOWNS, "\t"), HELD, (READ,)),
    Case(
        "csv with quotation marks and a semicolon within",
        lambda: b'Kode;Omr\xe5de\r\n1;"L\xf8nn; \xf8konomi"\r\n',
        ("1 Lønn; økonomi",),
        (READ,),
    ),
    Case(
        "csv with a title, a total and a fault",
        lambda: csv([["Folketall"], [], *TOWNS[:2], ["542", "Grong", "2 345"], ["Sum", "", "3 700"]]),
        ("5042 Lierne 1355 None",),
        (READ, ("municipality_number", "", "A5", "E"), ("total_row_left_out", "", "A6", "W")),
    ),
    Case("xls", lambda: xls({"Kommuner": TOWNS}), OLD),
    Case(
        "xls with an error",
        lambda: xls({"Områder": [["Kode", "Område", "Sektor"], [1, "Arkiv", "#REF!"]]}),
        ("1 Arkiv",),
        (("error_cell", "Områder", "C2", "E"),),
    ),
    Case(
        "xls with a hidden row",
        lambda: xls({"Kommuner": TOWNS}, hidden_rows=[3]),
        OLD[:1],
        (("hidden_rows", "Kommuner", "A3", "W"),),
    ),
    Case("ods", lambda: ods({"Kommuner": TOWNS}), HELD),
    Case(
        "ods with an error",
        lambda: ods({"Områder": [["Kode", "Område", "Sektor"], [1, "Arkiv", "#DIV/0!"]]}),
        ("1 Arkiv",),
        (("error_cell", "Områder", "C2", "E"),),
    ),
    Case(
        "ods with a hidden row",
        lambda: ods({"Kommuner": TOWNS}, hidden_rows=[3]),
        HELD[:1],
        (("hidden_rows", "Kommuner", "A3", "W"),),
    ),
    Case(
        "xlsm, its macros left alone", lambda: with_parts(xlsx({"Kommuner": TOWNS}), {"xl/vbaProject.bin": b"x"}), HELD
    ),
)
