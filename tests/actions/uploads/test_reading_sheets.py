"""Uploads of sheets that are not ours: the name against the content, what is hidden, and mappings remembered."""

from __future__ import annotations

import pytest

from lib.actions import open_store, studies
from lib.actions.uploads import mappings, uploads
from lib.actions.uploads.uploads import Preview
from lib.model.access import Actor
from lib.model.problems import AppError, Denied
from lib.model.records import Study
from lib.store import audit
from tests.intake.books import Cells
from tests.intake.messy.making import csv, with_parts, xlsx
from tests.people import ELSEWHERE, FACILITATOR, leader

OTHERS: list[list[object]] = [
    ["Utarbeidet av økonomi"],
    [],
    ["Stad", "Nr i registeret", "Folk", "Sist endra av"],
    ["Grong", "5045", 2359, "x"],
]


def look(study: Study, content: bytes, name: str = "bok.xlsx", hidden: bool = False) -> Preview:
    return uploads.check(FACILITATOR, study, name, content, "nb", with_hidden=hidden)


def codes(preview: Preview) -> list[str]:
    return [problem.code for problem in preview.problems]


def remember(study: Study, preview: Preview, columns: list[str], actor: Actor = FACILITATOR) -> None:
    (guess,) = preview.unmatched
    mappings.remember(actor, study, guess.sheet, guess.layout, "municipalities", columns)


NAMED = ["municipality", "number", "population", ""]


def test_a_name_that_says_something_else_than_the_content_is_worth_knowing(own: Study) -> None:
    preview = look(own, csv([["Kode", "Område"], ["1", "Arkiv"]]), "liste.xlsx")
    assert (codes(preview), preview.errors) == (["wrong_suffix", "understood_sheet"], [])
    assert codes(look(own, csv([["Kode", "Område"], ["1", "Arkiv"]]), "liste.csv")) == ["understood_sheet"]


def test_macros_are_told_of_and_left_alone(own: Study) -> None:
    content = with_parts(xlsx({"Områder": [["Kode", "Område"], ["1", "Arkiv"]]}), {"xl/vbaProject.bin": b"x"})
    assert codes(look(own, content, "bok.xlsm")) == ["macros_not_run"]


def test_what_is_hidden_is_taken_in_when_chosen(own: Study) -> None:
    rows: Cells = [["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"]]
    content = xlsx({"Områder": rows, "Kommuner": [["Kommunenummer", "Kommune"], ["5045", "Grong"]]},
                   rows={"Områder": [3]}, hidden=["Kommuner"])  # fmt: skip
    without, chosen = look(own, content), look(own, content, hidden=True)
    assert (without.hides, codes(without), len(without.rows.areas)) == (True, ["hidden_rows", "hidden_sheet"], 1)
    assert (codes(chosen), len(chosen.rows.areas), len(chosen.rows.municipalities)) == ([], 2, 1)


def test_headings_that_match_need_no_question(own: Study) -> None:
    assert look(own, xlsx({"Ark1": [["Nr.", "Teneste"], ["1", "Arkiv"]]})).unmatched == ()


def test_a_sheet_with_other_headings_comes_with_a_guess(own: Study) -> None:
    (guess,) = look(own, xlsx({"Kommuner": OTHERS})).unmatched
    assert (guess.kind, guess.headings, guess.rows[0][2]) == ("municipalities", tuple(OTHERS[2]), "2359")
    assert guess.columns[:2] == ("municipality", "number")


def test_what_stands_below_tells_what_an_unknown_sheet_is(own: Study) -> None:
    (guess,) = look(own, xlsx({"Ark1": OTHERS})).unmatched
    assert (guess.kind, guess.columns[:2]) == ("municipalities", ("municipality", "number"))


@pytest.mark.parametrize("sheet", ["Kommuner", "Liste over alt"])
def test_what_is_said_of_a_layout_is_remembered_for_the_next_workbook(own: Study, sheet: str) -> None:
    remember(own, look(own, xlsx({sheet: OTHERS})), NAMED)
    following = look(own, xlsx({"En annen": [*OTHERS, ["Lierne", "5042", 1355, "y"]]}))
    assert (codes(following), following.unmatched) == (["read_as_mapped"], ())
    assert [(t.number, t.name, t.population) for t in following.rows.municipalities] == [
        ("5045", "Grong", 2359), ("5042", "Lierne", 1355),
    ]  # fmt: skip
    uploads.confirm(FACILITATOR, following)


def test_a_further_figure_keeps_its_heading(own: Study) -> None:
    rows: Cells = [
        ["Stad", "Nr i registeret", "Elever", "Biler"],
        ["Grong", "5045", 250, 80],
        ["Lierne", "5042", 120, 9],
    ]
    preview = look(own, xlsx({"Ark": rows}))
    assert preview.unmatched[0].columns == ("municipality", "number", "figure", "figure")
    remember(own, preview, ["municipality", "number", "figure", ""])
    assert [town.keys for town in look(own, xlsx({"Ark": rows})).rows.municipalities] == [
        {"Elever": 250},
        {"Elever": 120},
    ]


def test_faults_of_a_mapped_sheet_are_told_at_their_own_cells(own: Study) -> None:
    remember(own, look(own, xlsx({"Ark": OTHERS})), NAMED)
    (fault,) = look(own, xlsx({"Ark": [*OTHERS[:3], ["Grong", "545", 2359, "x"]]})).errors
    assert (fault.code, fault.sheet, fault.cell) == ("municipality_number", "Ark", "B4")


def test_a_mapping_is_a_batch_that_can_be_undone_and_leaves_a_line_in_the_log(own: Study) -> None:
    remember(own, look(own, xlsx({"Ark": OTHERS})), NAMED)
    (batch,) = uploads.history(FACILITATOR, own)
    assert (batch.counts, batch.file_name) == ({"mappings": 1}, "Ark")
    assert audit.listed(open_store.store(), own.id)[0].subject == batch.id
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert codes(look(own, xlsx({"Ark": OTHERS}))) == ["no_known_sheet"]


def test_another_study_knows_nothing_of_it(own: Study) -> None:
    other = studies.create(FACILITATOR, "En annen region")
    remember(own, look(own, xlsx({"Ark": OTHERS})), NAMED)
    assert codes(look(other, xlsx({"Ark": OTHERS}))) == ["no_known_sheet"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (["municipality", "municipality", "", ""], "column_twice"),
        (["", "", "", ""], "nothing_mapped"),
        (["no_such", "", "", ""], "nothing_mapped"),
    ],
)
def test_a_mapping_names_each_column_once(own: Study, columns: list[str], code: str) -> None:
    with pytest.raises(AppError) as refused:
        remember(own, look(own, xlsx({"Ark": OTHERS})), columns)
    assert refused.value.code == code
    assert uploads.history(FACILITATOR, own) == []


def test_who_may_not_import_may_not_map(own: Study) -> None:
    preview = look(own, xlsx({"Ark": OTHERS}))
    with pytest.raises(Denied):
        remember(own, preview, NAMED, leader(ELSEWHERE))
