"""Sheets of SWOT items, forces and notes: words that are known, faults at their cells, and repeated statements."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lib.i18n import LANGUAGES, problem
from lib.intake.existing import Existing
from lib.model.problems import Severity
from lib.model.records import RaterRole
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotItem
from tests.intake.books import AREAS, MUNICIPALITIES, Cells, checked, errors, places, xlsx

SWOT = ["Funksjon", "Kvadrant", "Utsagn", "Kommune", "Rolle", "Kilde", "Tema"]
FORCES = ["Område", "Side", "Utsagn", "Styrke", "Kilde"]
NOTES = ["Område", "Gjelder", "Utsagn", "Kommune", "Kilde"]
HEADS = {"SWOT": SWOT, "Fremmere og hemmere": FORCES, "Gevinster og behov": NOTES}


def sheets(name: str, *rows: Sequence[object]) -> dict[str, Cells]:
    return {"Kommuner": MUNICIPALITIES, "Områder": AREAS, name: [HEADS[name], *rows]}


def items(*rows: Sequence[object]) -> list[SwotItem]:
    result = checked(xlsx(sheets("SWOT", *rows)))
    assert result.errors == ()
    return [record for record in result.rows.records if isinstance(record, SwotItem)]


def test_each_sheet_becomes_its_records() -> None:
    book = sheets("SWOT", ["1", "Trussel", "Lang reisevei", "Lierne", "Ansatte", "Intervju", "Avstand"])
    book |= sheets("Fremmere og hemmere", ["2", "Hemmer", "To systemer", 4, "Forstudie"], ["2", "driver", "Vilje"])
    book |= sheets("Gevinster og behov", ["1", "Kultur", "Deler gjerne", None, "Forstudie"])
    result = checked(xlsx(book))
    assert result.problems == ()
    one, two = (area.id for area in result.rows.areas)
    (lierne,) = (town.id for town in result.rows.municipalities)
    assert [record.model_dump(exclude={"id"}) for record in result.rows.records] == [
        record.model_dump(exclude={"id"})
        for record in (
            SwotItem(
                id="", area=one, quadrant=Quadrant.THREAT, text="Lang reisevei", municipality=lierne,
                role=RaterRole.EMPLOYEES, source="Intervju", theme="Avstand",
            ),
            Force(id="", area=two, side=Side.BARRIER, text="To systemer", strength=4, source="Forstudie"),
            Force(id="", area=two, side=Side.DRIVER, text="Vilje"),
            Note(id="", area=one, kind=NoteKind.CULTURE, text="Deler gjerne", source="Forstudie"),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("side", "words"), [(Side.DRIVER, ("+", "Fremmer", "for")), (Side.BARRIER, ("-", "–", "−", "Hemmer", "mot"))]
)
def test_a_side_is_told_by_its_sign_too(side: Side, words: tuple[str, ...]) -> None:
    result = checked(xlsx(sheets("Fremmere og hemmere", *(["1", word, f"Utsagn {word}"] for word in words))))
    assert result.problems == ()
    assert [record.side for record in result.rows.records if isinstance(record, Force)] == [side] * len(words)


def test_a_sign_that_means_no_side_is_asked_about() -> None:
    rows = [["1", sign, f"Utsagn {sign}"] for sign in ("?", "±", "...")]
    assert errors(sheets("Fremmere og hemmere", *rows)) == [
        ("not_a_choice", "Fremmere og hemmere", f"B{row}") for row in (2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("quadrant", "words"),
    [
        (Quadrant.STRENGTH, ("Styrke", "styrker", "S", "Strength", "strengths", "Sterke sider")),
        (Quadrant.WEAKNESS, ("Svakhet", "Sv", "SVAKHETER", "W", "Weaknesses", "weakness")),
        (Quadrant.OPPORTUNITY, ("Mulighet", "Muligheter", "O", "Opportunities", "M", "moglegheiter")),
        (Quadrant.THREAT, ("Trussel", "Trusler", "T", "Threats", "threat")),
    ],
)
def test_a_quadrant_goes_by_many_names(quadrant: Quadrant, words: tuple[str, ...]) -> None:
    rows: list[list[object]] = [["1", word, f"Utsagn {nth}"] for nth, word in enumerate(words)]
    assert {item.quadrant for item in items(*rows)} == {quadrant}


@pytest.mark.parametrize(
    ("name", "row", "code", "cell"),
    [
        ("SWOT", ["1", "Utfordring", "Noe"], "not_a_choice", "B2"),
        ("SWOT", ["1", None, "Noe"], "required_cell", "B2"),
        ("SWOT", ["1", "Trussel", "   "], "required_cell", "C2"),
        ("SWOT", ["1", "Trussel", None], "required_cell", "C2"),
        ("SWOT", ["1", "Trussel", "x" * 2001], "text_too_long", "C2"),
        ("SWOT", ["Jordmor", "Trussel", "Noe"], "unknown_area", "A2"),
        ("SWOT", ["1", "Trussel", "Noe", "Namsos"], "unknown_municipality", "D2"),
        ("SWOT", ["1", "Trussel", "Noe", None, "Presten"], "not_a_choice", "E2"),
        ("Fremmere og hemmere", ["1", "begge", "Noe"], "not_a_choice", "B2"),
        ("Fremmere og hemmere", ["1", "fremmer", "Noe", 0], "out_of_range", "D2"),
        ("Fremmere og hemmere", ["1", "fremmer", "Noe", 6], "out_of_range", "D2"),
        ("Fremmere og hemmere", ["1", "fremmer", "Noe", 2.5], "not_whole", "D2"),
        ("Gevinster og behov", ["1", "Kroner", "Noe"], "not_a_choice", "B2"),
    ],
)
def test_each_fault_is_told_at_its_cell(name: str, row: list[object], code: str, cell: str) -> None:
    assert errors(sheets(name, row)) == [(code, name, cell)]


def test_two_thousand_characters_and_markup_are_text() -> None:
    long, markup = "x" * 2000, "<script>alert('å')</script> **fet** =1+1"
    assert [item.text for item in items(["1", "S", long], ["1", "S", markup])] == [long, markup]


def test_the_same_statement_with_two_origins_stands_with_both() -> None:
    found = items(["1", "T", "Lang vei", "Lierne"], ["1", "T", "Lang vei"], ["1", "T", "Lang vei", None, "Ansatte"])
    assert len({item.id for item in found}) == 3
    assert [(item.municipality is not None, item.role) for item in found] == [
        (True, None),
        (False, None),
        (False, RaterRole.EMPLOYEES),
    ]


def test_the_same_row_twice_is_kept_once_and_said() -> None:
    book = sheets(
        "SWOT", ["1", "T", "Lang vei"], ["Rus og psykiatri", "Trusler", " lang  VEI", None, None, None, "Vei"]
    )
    result = checked(xlsx(book))
    assert places(result, Severity.WARNING) == [("row_again", "SWOT", "C3")]
    (found,) = result.problems
    assert found.params["first"] == "SWOT!C2"
    (item,) = result.rows.records
    assert isinstance(item, SwotItem)
    assert (item.text, item.theme) == ("Lang vei", "Vei")


def test_the_same_row_twice_that_says_otherwise_is_a_fault() -> None:
    rows = ["1", "T", "Lang vei", None, None, None, "Vei"], ["1", "T", "Lang vei", None, None, None, "Reise"]
    assert errors(sheets("SWOT", *rows)) == [("row_twice", "SWOT", "C3")]
    forces = ["1", "fremmer", "Vilje", 3], ["1", "fremmer", "Vilje", 4]
    assert errors(sheets("Fremmere og hemmere", *forces)) == [("row_twice", "Fremmere og hemmere", "C3")]


def test_a_statement_whose_words_were_mended_keeps_its_id() -> None:
    """What was made of it points at the id; the old words again are a statement of their own."""
    (item,) = items(["1", "T", "Lang vei"])
    mended = item.model_copy(update={"text": "Lang reisevei", "became": "k1"})
    areas = checked(xlsx({"Områder": AREAS})).rows.areas
    held = Existing(areas=areas, records=(mended,))
    result = checked(xlsx({"SWOT": [SWOT[:3], ["1", "T", "Lang reisevei"], ["1", "T", "Lang vei"]]}), held)
    assert result.problems == ()
    kept, other = result.rows.records
    assert kept == mended
    assert other.id not in ("", item.id)
    again = Existing(areas=areas, records=(kept, other))
    repeated = checked(xlsx({"SWOT": [SWOT[:3], ["1", "T", "Lang vei"], ["1", "T", "Lang reisevei"]]}), again)
    assert {record.id for record in repeated.rows.records} == {kept.id, other.id}


def test_five_hundred_statements_in_one_quadrant_are_read() -> None:
    assert len(items(*(["1", "T", f"Utsagn nummer {nth}"] for nth in range(500)))) == 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_a_sentence(language: str) -> None:
    rows: list[list[object]] = [
        ["1", "T", "A"],
        ["1", "T", "a"],
        ["1", "?", "B"],
        ["1", "T", "C", None, None, None, "x"],
    ]
    for found in checked(xlsx(sheets("SWOT", *rows, ["1", "T", "C", None, None, None, "y"]))).problems:
        assert "{" not in problem(language, found)
