"""Sheets of costs: each fault at its cell, blank cells that take nothing away, and what an import would change."""

from __future__ import annotations

import pytest

from lib.i18n import LANGUAGES, problem
from lib.intake.changes import changes
from lib.intake.existing import Existing
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.problems import Severity
from lib.model.words import Word
from tests.intake.books import AREAS, Cells, checked, errors, places, warnings, xlsx

TOWNS: Cells = [["Kommunenummer", "Kommune"], ["5042", "Lierne"], ["5043", "Røyrvik"], ["5045", "Grong"]]
COSTS = ["Område", "Post", "Kroner", "Type", "Fast eller variabel", "Engangs eller løpende", "Fra år", "Til år"]
OWN = ["Kommune", "Område", "Kroner", "Kroner alene", "Årsverk", "Konstruert"]
PARTIAL = ["Område", "Kommuner", "Kroner"]
TAKING = ["Område", "Kommune", "Deltar", "Vertskommune", "Årsverk"]
NAMES = {"costs": "Kostnader", "own": "Egne kostnader", "partial": "Delsamarbeid", "taking": "Deltakelse"}
HEADS = {"costs": COSTS, "own": OWN, "partial": PARTIAL, "taking": TAKING}


def sheets(kind: str, *rows: list[object]) -> dict[str, Cells]:
    return {"Kommuner": TOWNS, "Områder": AREAS, NAMES[kind]: [HEADS[kind], *rows]}


def held(*books: dict[str, Cells]) -> Existing:
    """What a study holds after these workbooks."""
    found = Existing()
    for book in books:
        rows = checked(xlsx(book), found).rows
        records = {record.id: record for record in (*found.records, *rows.records)}
        found = Existing(rows.municipalities, rows.areas, records=tuple(records.values()))
    return found


def test_each_sheet_becomes_its_records() -> None:
    book = sheets("costs", ["1", "Lønn", "1 250 000", "pensjon", "variabel", "løpende", 2026, 2030])
    book |= sheets("own", [5042, "rus og psykiatri", 800_000, 950_000, "1,5", "ja"])
    book |= sheets("partial", ["2", "Grong; lierne", 400_000])
    book |= sheets("taking", ["2", "Grong", "ja", "ja", 2], ["2", "Røyrvik", "nei", None, None])
    result = checked(xlsx(book))
    assert result.problems == ()
    one, two = (area.id for area in result.rows.areas)
    lierne, royrvik, grong = (town.id for town in result.rows.municipalities)
    assert [record.model_dump(exclude={"id"}) for record in result.rows.records] == [
        record.model_dump(exclude={"id"})
        for record in (
            CostItem(
                id="", area=one, name="Lønn", kroner=1_250_000, kind=CostKind.PENSION, variable=True, from_year=2026,
                to_year=2030,
            ),
            OwnCost(
                id="", area=one, municipality=lierne, kroner=800_000, alone=950_000, jobs=1.5, constructed=True
            ),
            PartialCost(id="", area=two, members=sorted([grong, lierne]), kroner=400_000),
            Participation(id="", area=two, municipality=grong, host=True, jobs=2),
            Participation(id="", area=two, municipality=royrvik, takes_part=False),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "row", "code", "cell"),
    [
        ("costs", ["1", "Lønn", -5], "negative_kroner", "C2"),
        ("costs", ["1", "Lønn", "mye"], "not_a_number", "C2"),
        ("costs", ["1", "Lønn", 12.5], "not_whole", "C2"),
        ("costs", ["1", "Lønn", 10**12], "out_of_range", "C2"),
        ("costs", ["1", "Lønn", None], "required_cell", "C2"),
        ("costs", ["1", None, 5], "required_cell", "B2"),
        ("costs", ["Jordmor", "Lønn", 5], "unknown_area", "A2"),
        ("costs", ["1", "Lønn", 5, "avskriving"], "not_a_choice", "D2"),
        ("costs", ["1", "Lønn", 5, "drift", "litt"], "not_a_choice", "E2"),
        ("costs", ["1", "Lønn", 5, "drift", "fast", "engangs"], "one_off_without_year", "G2"),
        ("costs", ["1", "Lønn", 5, "drift", "fast", "løpende", 2030, 2026], "years_out_of_order", "H2"),
        ("costs", ["1", "Lønn", 5, "drift", "fast", "løpende", 26], "out_of_range", "G2"),
        ("own", ["Namsos", "1", 5], "unknown_municipality", "A2"),
        ("own", ["Grong", "1", -1], "negative_kroner", "C2"),
        ("own", ["Grong", "1", 1, -1], "negative_kroner", "D2"),
        ("own", ["Grong", "1", 1, 1, -0.5], "out_of_limits", "E2"),
        ("own", ["Grong", "1", 1, 1, "1.355"], "ambiguous_number", "E2"),
        ("partial", ["1", "Grong", 5], "single_member", "B2"),
        ("partial", ["1", "Grong; grong; 5045", 5], "single_member", "B2"),
        ("partial", ["1", "Grong; Namsos", 5], "unknown_municipality", "B2"),
        ("partial", ["1", "Grong; Lierne", -5], "negative_kroner", "C2"),
        ("taking", ["1", "Grong", "kanskje"], "not_a_choice", "C2"),
        ("taking", ["1", "Grong", "nei", "ja"], "host_takes_no_part", "D2"),
    ],
)
def test_each_fault_is_told_at_its_cell(kind: str, row: list[object], code: str, cell: str) -> None:
    assert errors(sheets(kind, row)) == [(code, NAMES[kind], cell)]


@pytest.mark.parametrize(
    ("kind", "first", "second", "cell"),
    [
        ("costs", ["1", "Lønn", 5], ["Rus og psykiatri", " LØNN", 6], "B3"),
        ("own", ["Grong", "1", 5], ["5045", "1", 6], "B3"),
        ("partial", ["1", "Grong; Lierne", 5], ["1", "5042, 5045", 6], "B3"),
        ("taking", ["1", "Grong", "ja"], ["1", "Grong", "nei"], "B3"),
    ],
)
def test_the_same_thing_twice_names_the_first(kind: str, first: list[object], second: list[object], cell: str) -> None:
    (found,) = checked(xlsx(sheets(kind, first, second))).errors
    assert (found.code, found.cell, found.params["first"]) == ("row_twice", cell, f"{NAMES[kind]}!B2")


def test_an_area_has_one_host_also_together_with_what_the_study_holds() -> None:
    both = sheets("taking", ["1", "Grong", "ja", "ja"], ["1", "Lierne", "ja", "ja"])
    assert errors(both) == [("two_hosts", "Deltakelse", "D3")]
    study = held(sheets("taking", ["1", "Grong", "ja", "ja"]))
    (found,) = checked(xlsx(sheets("taking", ["1", "Lierne", "ja", "ja"])), study).errors
    assert (found.code, found.cell, found.params) == ("two_hosts", "D2", {"municipality": "Grong"})
    assert errors(sheets("taking", ["1", "Grong", "ja", "nei"], ["1", "Lierne", "ja", "ja"]), study) == []


def test_a_blank_cell_takes_nothing_away_and_says_so() -> None:
    study = held(sheets("own", ["Grong", "1", 5, 9, 1.5, "ja"]))
    book = sheets("own", ["Grong", "1", 6, None, None, None])
    result = checked(xlsx(book), study)
    (record,) = result.rows.records
    assert isinstance(record, OwnCost)
    assert (record.kroner, record.alone, record.jobs, record.constructed) == (6, 9, 1.5, True)
    assert places(result, Severity.WARNING) == [("blank_keeps_figure", "Egne kostnader", c) for c in ("D2", "E2", "F2")]
    book = {"Egne kostnader": [OWN[:3], ["Grong", "1", 7]]}
    assert warnings(book, study) == []


def test_years_are_held_against_what_the_study_holds_too() -> None:
    study = held(sheets("costs", ["1", "Lønn", 5, None, None, None, 2028]))
    assert errors(sheets("costs", ["1", "Lønn", 5, None, None, None, None, 2026]), study) == [
        ("years_out_of_order", "Kostnader", "H2")
    ]


def test_a_sheet_without_a_needed_column_says_that_alone() -> None:
    assert errors({"Kommuner": TOWNS, "Områder": AREAS, "Kostnader": [["Område", "Post"], ["1", "Lønn"]]}) == [
        ("missing_column", "Kostnader", "")
    ]


def test_changes_are_told_in_the_words_of_the_sheet() -> None:
    study = held(sheets("costs", ["1", "Lønn", 5, "drift"]), sheets("partial", ["1", "Grong; Lierne", 5]))
    book = sheets("costs", ["1", "Lønn", 6, "overhead"], ["2", "Reise", 1])
    book |= sheets("partial", ["1", "Grong; Lierne", 5])
    found = changes(checked(xlsx(book), study).rows, study)
    costs = found.records["costs"]
    assert costs.new == ("Næringsutvikling · Reise",)
    (row,) = costs.changed
    assert row.label == "Rus og psykiatri · Lønn"
    kinds = (Word("choices.cost_kind.operation"), Word("choices.cost_kind.overhead"))
    assert row.columns == {"@columns.kroner": (5, 6), "@columns.cost_kind": kinds}
    assert found.records["partial_costs"].unchanged == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_a_sentence(language: str) -> None:
    book = sheets("costs", ["1", "A", -5], ["1", "B", 5, "drift", "fast", "løpende", 2030, 2026], ["1", "b", 1])
    book |= sheets("costs", ["1", "B", 5, "drift", "fast", "engangs"])
    book |= sheets("partial", ["1", "Grong", 5])
    book |= sheets("own", ["Grong", "1", 1, 1, -0.5])
    book |= sheets("taking", ["1", "Grong", "nei", "ja"], ["1", "Lierne", "ja", "ja"])
    for found in checked(xlsx(book)).problems:
        assert "{" not in problem(language, found)
