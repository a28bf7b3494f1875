"""Every fault is found at its cell, all of them at once; tests hold code and place, not wording."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES, problem
from lib.intake.checks import check
from lib.intake.existing import Existing
from lib.intake.reading import RawSheet, RawWorkbook
from lib.intake.tables import Table
from lib.model.problems import Problem
from lib.model.records import Area, Municipality, Workshop, stable_id
from tests.intake.books import (
    AREAS,
    MUNICIPALITIES,
    RATINGS_HEADING,
    STUDY,
    Cells,
    checked,
    errors,
    rating,
    sheet_xml,
    texts,
    warnings,
    with_part,
    with_ratings,
    xlsx,
)


def only(sheets: dict[str, Cells], existing: Existing | None = None) -> Problem:
    (found,) = checked(xlsx(sheets), existing).errors
    return found


def test_a_workbook_without_fault_has_no_problems() -> None:
    result = checked(xlsx(with_ratings(rating())))
    assert result.problems == ()
    assert (len(result.rows.municipalities), len(result.rows.areas), len(result.rows.ratings)) == (1, 2, 2)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (11, "out_of_scale"),
        (0, "out_of_scale"),
        (-1, "out_of_scale"),
        (7.5, "not_whole"),
        ("7,5", "not_whole"),
        ("høy", "not_a_number"),
        (True, "not_a_number"),
        ("8", ""),
        ("vet ikke", ""),
        ("Don't know", ""),
        (None, ""),
    ],
)
def test_scores_are_whole_and_within_the_scale(cell: object, code: str) -> None:
    assert errors(with_ratings(rating(potential=cell))) == ([(code, "Vurderinger", "G2")] if code else [])


def test_a_score_out_of_scale_says_what_stood_there_and_what_is_expected() -> None:
    found = only(with_ratings(rating(potential=11)))
    assert (found.found, found.params) == ("11", {"low": "1", "high": "10"})


def test_an_unknown_heading_gets_the_nearest_suggestion() -> None:
    heading = [*RATINGS_HEADING[:6], "Potensiell", "Gjennomførbarhet"]
    found = checked(xlsx(with_ratings(rating(), heading=heading))).errors
    assert {(p.code, p.sheet, p.cell) for p in found} == {
        ("missing_column", "Vurderinger", ""),
        ("unknown_column", "Vurderinger", "G1"),
    }
    assert [p.params["suggestion"] for p in found if p.code == "unknown_column"] == ["Potensial"]


def test_a_sheet_with_nothing_but_unknown_headings_names_them_all() -> None:
    found = errors({"Områder": [["Kodde", "Omraade"], ["1", "Arkiv"]]})
    assert [place for code, _, place in found if code == "unknown_column"] == ["A1", "B1"]
    assert sum(code == "missing_column" for code, _, _ in found) == 2


def test_a_heading_that_stands_twice_is_named_with_the_first() -> None:
    found = only({"Områder": [["Kode", "Område", "Kode"], ["1", "Arkiv", "1"]]})
    assert (found.code, found.cell, found.params["first"]) == ("duplicate_column", "C1", "A1")


def test_no_known_sheet() -> None:
    found = only({"Ark1": [["Post", "Hvem"], ["1", "Arkiv"]], "Ark2": []})
    assert (found.code, found.sheet, found.cell, found.found) == ("no_known_sheet", "", "", "Ark1, Ark2")


def test_a_further_sheet_is_left_out_with_a_warning() -> None:
    sheets = {"Områder": AREAS, "Notater": [["Husk"]]}
    assert (errors(sheets), warnings(sheets)) == ([], [("unknown_sheet", "Notater", "")])


def test_a_hidden_sheet_is_left_out_with_a_warning() -> None:
    result = checked(
        xlsx({"Kommuner": MUNICIPALITIES, "Områder": AREAS, "Lister": [["x"]]}, hidden=["Områder", "Lister"])
    )
    assert [(p.code, p.sheet) for p in result.problems] == [("hidden_sheet", "Områder")]
    assert result.rows.areas == ()


def test_a_workbook_with_headings_only_has_nothing_to_take_in() -> None:
    assert errors({"Områder": AREAS[:1]}) == [("no_rows", "", "")]


@pytest.mark.parametrize(
    ("number", "suggestion"), [("604", "0604"), (604, "0604"), ("12345", "0301"), ("Grong", "0301")]
)
def test_a_municipality_number_has_four_digits(number: object, suggestion: str) -> None:
    found = only({"Kommuner": [["Kommunenummer", "Kommune"], [number, "Kongsberg"]]})
    assert (found.code, found.cell, found.params["suggestion"]) == ("municipality_number", "A2", suggestion)


@pytest.mark.parametrize("written", ["1 355", "1.355", "1\u00a0355", "1\u202f355", 1355, 1355.0, "1355,0"])
def test_a_population_is_taken_as_people_write_it(written: object) -> None:
    result = checked(xlsx({"Kommuner": [["Kommunenummer", "Kommune", "Innbyggere"], ["5042", "Lierne", written]]}))
    assert (result.problems, result.rows.municipalities[0].population) == ((), 1355)


@pytest.mark.parametrize(
    ("written", "code"),
    [("mange", "not_a_number"), (-4, "out_of_range"), ("1 355,5", "not_whole"), (3e8, "out_of_range")],
)
def test_a_population_that_cannot_be(written: object, code: str) -> None:
    sheets: dict[str, Cells] = {"Kommuner": [["Kommunenummer", "Kommune", "Innbyggere"], ["5042", "Lierne", written]]}
    assert errors(sheets) == [(code, "Kommuner", "C2")]


def test_further_numeric_columns_become_keys_of_the_municipality() -> None:
    heading = ["Kommunenummer", "Kommune", "Areal km2", "Elever"]
    result = checked(xlsx({"Kommuner": [heading, ["5042", "Lierne", "2 961,5", 120], ["5045", "Grong", None, 250]]}))
    assert result.problems == ()
    assert [m.keys for m in result.rows.municipalities] == [{"Areal km2": 2961.5, "Elever": 120}, {"Elever": 250}]


@pytest.mark.parametrize(("written", "code"), [("stort", "not_a_number"), ("1.355", "ambiguous_number")])
def test_a_further_figure_that_is_none_or_may_be_two(written: str, code: str) -> None:
    sheets: dict[str, Cells] = {"Kommuner": [["Kommunenummer", "Kommune", "Areal"], ["5042", "Lierne", written]]}
    assert errors(sheets) == [(code, "Kommuner", "C2")]


def test_a_misspelt_heading_does_not_become_a_figure() -> None:
    sheets: dict[str, Cells] = {"Kommuner": [["Kommunenummer", "Kommune", "Innbygere"], ["5042", "Lierne", 1355]]}
    assert (errors(sheets), warnings(sheets)) == ([], [("understood_heading", "Kommuner", "C1")])
    (town,) = checked(xlsx(sheets)).rows.municipalities
    assert (town.population, town.keys) == (1355, {})


def test_a_heading_misspelt_in_more_than_a_letter_is_asked_about() -> None:
    sheets: dict[str, Cells] = {"Kommuner": [["Kommunenummer", "Kommune", "Inbygere"], ["5042", "Lierne", 1355]]}
    assert errors(sheets) == [("unknown_column", "Kommuner", "C1")]


def test_an_unknown_area_gets_the_nearest_suggestion() -> None:
    found = only(with_ratings(rating(area="Rus og psykatri")))
    assert (found.code, found.cell, found.params["suggestion"]) == ("unknown_area", "F2", "Rus og psykiatri")


def test_an_area_may_be_in_the_study_instead_of_the_workbook_and_be_named_by_its_code() -> None:
    area = Area(id=stable_id(STUDY, "area", "b7"), code="B7", name="Jordmor")
    sheets = with_ratings(rating(area="jordmor", rater="A"), rating(area="b7", rater="B"), rating(area=1, rater="C"))
    result = checked(xlsx(sheets), Existing(areas=(area,)))
    assert [problem.code for problem in result.problems] == ["areas_left_out"]
    assert [r.item for r in result.rows.ratings[::2]] == [area.id, area.id, stable_id(STUDY, "area", "1")]


def test_ratings_without_any_area_to_refer_to() -> None:
    found = errors({"Vurderinger": [RATINGS_HEADING, rating(municipality=None)]})
    assert found == [("no_area", "Vurderinger", "F2")]


def test_two_areas_of_one_name_can_only_be_told_apart_by_code() -> None:
    sheets: dict[str, Cells] = with_ratings(rating(area="Arkiv"), rating(area="4", rater="B"))
    sheets["Områder"] = [*AREAS, ["3", "Arkiv"], ["4", "Arkiv"]]
    assert errors(sheets) == [("ambiguous_area", "Vurderinger", "F2")]
    assert warnings(sheets) == [("duplicate_name", "Områder", "B5")]


def test_an_unknown_municipality_gets_the_nearest_suggestion() -> None:
    found = only(with_ratings(rating(municipality="Liarne")))
    assert (found.code, found.cell, found.params["suggestion"]) == ("unknown_municipality", "E2", "Lierne")


def test_a_municipality_may_be_in_the_study_and_be_named_by_its_number() -> None:
    grong = Municipality(id=stable_id(STUDY, "municipality", "5045"), number="5045", name="Grong")
    result = checked(xlsx(with_ratings(rating(municipality=5045))), Existing(municipalities=(grong,)))
    assert (result.problems, result.rows.raters[0].municipality) == ((), grong.id)


def test_a_fault_in_a_code_is_told_once_not_at_every_row_that_refers_to_its_name() -> None:
    sheets: dict[str, Cells] = with_ratings(rating(), rating(rater="Gruppe 2"))
    sheets["Kommuner"] = [["Kommunenummer", "Kommune"], ["542", "Lierne"]]
    assert errors(sheets) == [("municipality_number", "Kommuner", "A2")]


def test_the_same_group_and_area_twice_in_a_round_names_the_first() -> None:
    found = only(with_ratings(rating(), rating(area="Næringsutvikling"), rating(rater="gruppe  1", area="1")))
    assert (found.code, found.cell, found.params["first"]) == ("rated_twice", "F4", "Vurderinger!F2")


def test_a_blank_round_is_round_one_and_another_round_is_no_repetition() -> None:
    sheets = with_ratings(rating(round=None), rating(round=2), rating(round=1))
    assert errors(sheets) == [("rated_twice", "Vurderinger", "F4")]


@pytest.mark.parametrize(("number", "code"), [(0, "out_of_range"), (1.5, "not_whole"), ("to", "not_a_number")])
def test_a_round_is_a_positive_whole_number(number: object, code: str) -> None:
    assert errors(with_ratings(rating(round=number))) == [(code, "Vurderinger", "B2")]


def test_a_group_has_one_role_and_one_municipality_in_a_workshop() -> None:
    second = rating(area="2", role="Administrasjon", municipality="Grong")
    sheets: dict[str, Cells] = with_ratings(rating(), second, rating(workshop="Mai", role="Administrasjon"))
    sheets["Kommuner"] = [*MUNICIPALITIES, ["5045", "Grong"]]
    found = checked(xlsx(sheets)).errors
    assert [(p.code, p.cell, p.params["first"]) for p in found] == [
        ("rater_role_differs", "D3", "Vurderinger!D2"),
        ("rater_municipality_differs", "E3", "Vurderinger!E2"),
    ]


def test_a_role_on_one_of_the_groups_rows_is_enough() -> None:
    result = checked(xlsx(with_ratings(rating(role=None, municipality=None), rating(area="2"))))
    assert (result.problems, [r.role for r in result.rows.raters]) == ((), ["elected"])


def test_a_role_that_does_not_exist() -> None:
    found = only(with_ratings(rating(role="Gjest")))
    assert (found.code, found.cell, found.params) == ("not_a_choice", "D2", {"choices": "@choices.list.role"})


def test_rows_of_one_key_are_named_with_the_first() -> None:
    sheets: dict[str, Cells] = {"Kommuner": [*MUNICIPALITIES, ["5042", "Grong"]], "Områder": [*AREAS, ["1", "Arkiv"]]}
    found = checked(xlsx(sheets)).errors
    assert [(p.code, p.sheet, p.cell, p.params["first"]) for p in found] == [
        ("duplicate_row", "Kommuner", "A3", "A2"),
        ("duplicate_row", "Områder", "A4", "A2"),
    ]


def test_required_cells() -> None:
    sheets: dict[str, Cells] = with_ratings(rating(workshop=None), rating(rater=" "), rating(area=None))
    sheets["Områder"] = [*AREAS, ["3", None]]
    assert errors(sheets) == [
        ("required_cell", "Områder", "B4"),
        ("required_cell", "Vurderinger", "A2"),
        ("required_cell", "Vurderinger", "C3"),
        ("required_cell", "Vurderinger", "F4"),
    ]


def test_texts_have_a_length_and_no_control_characters() -> None:
    rows = [
        ["Kode", "Område", "Beskrivelse"],
        ["1", "A" * 121, "x" * 4001],
        ["2", "B", "a_x0007_b"],
        ["3", "C", "å\nø"],
    ]
    assert errors({"Områder": rows}) == [
        ("text_too_long", "Områder", "B2"),
        ("text_too_long", "Områder", "C2"),
        ("control_characters", "Områder", "C3"),
    ]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!"])
def test_an_error_of_excel_is_named_though_the_reader_shows_it_blank(error: str) -> None:
    found = only(with_ratings(rating(potential=error)))
    assert (found.code, found.sheet, found.cell, found.found) == ("error_cell", "Vurderinger", "G2", error)


def test_an_error_in_a_cell_that_may_be_blank_is_named_too() -> None:
    sheets = {"Områder": [["Kode", "Område", "Sektor"], ["1", "Arkiv", "#REF!"]]}
    assert errors(sheets) == [("error_cell", "Områder", "C2")]


def test_errors_are_found_in_the_right_sheet_when_sheets_are_moved_about() -> None:
    book = load_workbook(io.BytesIO(xlsx(with_ratings(rating(feasibility="#REF!")))))
    book.move_sheet("Vurderinger", -2)
    stream = io.BytesIO()
    book.save(stream)
    assert [(p.code, p.sheet, p.cell) for p in checked(stream.getvalue()).errors] == [
        ("error_cell", "Vurderinger", "H2")
    ]


def test_a_formula_that_nobody_has_computed_is_no_blank_cell() -> None:
    assert errors(with_ratings(rating(potential="=3+4"))) == [("formula_without_value", "Vurderinger", "G2")]


def test_a_formula_that_came_to_an_empty_text_is_a_blank_cell() -> None:
    heading = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Kode", "Område", "Sektor"))
    row = '<c r="A2"><v>1</v></c><c r="B2" t="str"><f>"Arkiv"</f><v>Arkiv</v></c><c r="C2" t="str"><f>""</f><v></v></c>'
    part = sheet_xml(f'<row r="1">{heading}</row><row r="2">{row}</row>'.encode())
    result = checked(with_part(xlsx({"Områder": []}), "xl/worksheets/sheet1.xml", part))
    assert (result.problems, [(a.name, a.sector) for a in result.rows.areas]) == ((), [("Arkiv", None)])


def test_addresses_hold_below_a_title_and_beside_an_empty_column() -> None:
    rows: Cells = [
        [],
        [None, "Områder i Indre Namdal"],
        [],
        [None, "Kode", "Område"],
        [],
        [None, "1", "Arkiv"],
        [None, "2"],
    ]
    assert errors({"Områder": rows}) == [("required_cell", "Områder", "C7")]


def test_content_beside_the_table_is_left_out_with_a_warning() -> None:
    rows: Cells = [["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn", None, "husk denne"]]
    assert warnings({"Områder": rows}) == [("column_without_heading", "Områder", "D3")]


def test_all_faults_come_at_once_sheet_by_sheet_from_the_top() -> None:
    sheets: dict[str, Cells] = with_ratings(rating(potential=11, feasibility=0), rating(rater="B", area="Ukjent"))
    sheets["Kommuner"] = [["Kommunenummer", "Kommune", "Innbyggere"], ["5042", "Lierne", "mange"], ["604", "Kongsberg"]]
    assert errors(sheets) == [
        ("not_a_number", "Kommuner", "C2"),
        ("municipality_number", "Kommuner", "A3"),
        ("out_of_scale", "Vurderinger", "G2"),
        ("out_of_scale", "Vurderinger", "H2"),
        ("unknown_area", "Vurderinger", "F3"),
    ]


def test_looking_stops_where_more_helps_nobody() -> None:
    result = checked(xlsx(with_ratings(*[rating(potential=11, rater=f"G{n}") for n in range(1500)])))
    assert (result.problems[0].code, len(result.problems), result.rows.ratings) == ("too_many_problems", 1001, ())


def test_the_method_is_told_by_its_columns() -> None:
    heading = ["Workshop", "Gruppe", "Område", "Sannsynlighet", "Konsekvens"]
    result = checked(xlsx(with_ratings(["Risiko", "Gruppe 1", "1", 3, 5], heading=heading)))
    assert (result.problems, result.rows.workshops[0].method) == ((), "risk")


def test_criteria_of_two_methods_do_not_go_into_one_sheet() -> None:
    sheets = with_ratings([*rating(), 3], heading=[*RATINGS_HEADING, "Karakter"])
    assert errors(sheets) == [("mixed_methods", "Vurderinger", "I1")]


def test_a_workshop_keeps_its_method() -> None:
    workshop = Workshop(id=stable_id(STUDY, "workshop", "januar"), name="Januar", method="risk")
    found = errors(with_ratings(rating()), Existing(workshops=(workshop,)))
    assert found == [("workshop_method_differs", "Vurderinger", "A2")]


def test_yes_and_no_stand_for_one_and_zero_where_those_are_the_scale() -> None:
    heading = ["Workshop", "Gruppe", "Område", "Relevante tema", "Ny kunnskap", "Innfridde forventningene"]
    rows = [["Samling", "A", "1", 4, 5, "ja"], ["Samling", "B", "1", 4, 5, 0], ["Samling", "C", "1", 4, 5, 2]]
    result = checked(xlsx(with_ratings(*rows, heading=heading)))
    assert [r.value for r in result.rows.ratings if r.criterion == "met_expectations"] == [1, 0]
    assert [(p.code, p.cell) for p in result.errors] == [("out_of_scale", "F4")]


def test_more_points_than_the_budget_are_told_where_they_run_out() -> None:
    budget = METHODS["dots"].budget or 0
    heading = ["Workshop", "Gruppe", "Område", "Poeng"]
    sheets = with_ratings(
        ["Prikker", "A", "1", budget], ["Prikker", "A", "2", 1], ["Prikker", "B", "1", 1], heading=heading
    )
    assert errors(sheets) == [("over_budget", "Vurderinger", "B3")]


def test_another_way_of_finding_tables_can_take_the_place_of_ours() -> None:
    raw = RawWorkbook((RawSheet.of("Kommuner", [[]]),))
    found: list[str] = []

    def find(sheet: RawSheet, *_: object) -> Table | None:
        found.append(sheet.name)
        return None

    assert [p.code for p in check(raw, METHODS, Existing(), STUDY, texts(), find).errors] == ["no_rows"]
    assert found == ["Kommuner"]


def test_every_problem_has_a_sentence_in_every_language() -> None:
    heading = [*RATINGS_HEADING, "Tull"]
    sheets: dict[str, Cells] = with_ratings([*rating(potential=11, area="?", role="Gjest"), 1], heading=heading)
    sheets["Kommuner"] = [["Kommune", "Kommune", "Innbyggere"], ["Lierne", "x" * 70, "#REF!"]]
    found = checked(xlsx(sheets)).problems
    assert len({p.code for p in found}) >= 7
    for language in LANGUAGES:
        assert all("{" not in problem(language, p) and "@" not in problem(language, p) for p in found)
