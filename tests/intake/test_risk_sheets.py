"""The risk register as sheets: the booklet's own table, each fault at its cell, and countermeasures from a text."""

from __future__ import annotations

from datetime import date

import pytest

from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES, problem
from lib.intake.changes import changes
from lib.intake.checks import Checked, check
from lib.intake.existing import Existing
from lib.intake.reading import read
from lib.model.problems import Severity
from lib.model.risk_records import Countermeasure, Knowledge, Phase, Progress, Risk, RiskStatus
from lib.model.words import Word
from tests.intake.books import AREAS, STUDY, Cells, checked, errors, places, texts, warnings, xlsx

BOOKLET = ["Risikofaktor", "S", "K", "Sum", "Mottiltak"]
REGISTER = ["Risikofaktor", "S", "K", "Status", "S etter mottiltak", "K etter mottiltak", "Område", "Tiltak"]
AGAINST = ["Risiko", "Mottiltak", "Senker S til", "Senker K til", "Kostnad", "Frist", "Framdrift"]
TODAY = date(2026, 11, 25)


def booklet(*rows: list[object]) -> dict[str, Cells]:
    return {"Risikoanalyse": [BOOKLET, *rows]}


def register(*rows: list[object]) -> dict[str, Cells]:
    return {"Områder": AREAS, "Risiko": [REGISTER, *rows]}


def both(risk: list[object], *rows: list[object]) -> dict[str, Cells]:
    return register(risk) | {"Mottiltak": [AGAINST, *rows]}


def held(*books: dict[str, Cells]) -> Existing:
    found = Existing()
    for book in books:
        rows = checked(xlsx(book), found).rows
        records = {record.id: record for record in (*found.records, *rows.records)}
        found = Existing(areas=rows.areas or found.areas, records=tuple(records.values()))
    return found


def test_the_booklets_own_table_is_a_register_with_countermeasures() -> None:
    result = checked(xlsx(booklet(["Lite fagmiljø", 4, 3, 12, "Vikaravtale\nFelles vakt"], ["Frafall", 2, 2, 4, None])))
    assert result.problems == ()
    one, other = result.rows.of(Risk)
    assert (one.factor, one.probability, one.consequence, one.sum, one.area) == ("Lite fagmiljø", 4, 3, 12, None)
    assert (other.status, other.after_probability) == (RiskStatus.OPEN, None)
    assert [(each.risk, each.name, each.probability) for each in result.rows.of(Countermeasure)] == [
        (one.id, "Vikaravtale", None),
        (one.id, "Felles vakt", None),
    ]


def test_every_column_of_both_sheets_is_taken_in() -> None:
    full = [
        "Risikofaktor", "Årsak", "Område", "Tiltak", "S uten mottiltak", "K uten mottiltak", "S", "K", "Sum",
        "S etter mottiltak", "K etter mottiltak", "Høyest hos", "Kunnskap", "Ansvarlig", "Status",
        "Kilde", "Konstruert",
    ]  # fmt: skip
    row = [
        "Frafall",
        "Slitasje",
        "1",
        "F4",
        5,
        5,
        4,
        5,
        20,
        2,
        4,
        "Gruppe 2",
        "svak",
        "Rådmann",
        "følges",
        "SWOT",
        "ja",
    ]
    more = [*AGAINST, "Ansvarlig", "Fase", "Konstruert"]
    against = ["frafall", "Vikar", 2, None, "50 000", "1. juni 2030", "i gang", "HR", "organisering", "ja"]
    result = checked(xlsx({"Områder": AREAS, "Risiko": [full, row], "Mottiltak": [more, against]}))
    assert result.problems == ()
    (risk,), (measure,) = result.rows.of(Risk), result.rows.of(Countermeasure)
    assert risk.model_dump(exclude={"id"}) == Risk(
        id="", factor="Frafall", cause="Slitasje", area=result.rows.areas[0].id, measure="F4", inherent_probability=5,
        inherent_consequence=5, probability=4, consequence=5, after_probability=2, after_consequence=4,
        highest_by="Gruppe 2", knowledge=Knowledge.WEAK, owner="Rådmann", status=RiskStatus.FOLLOWED, source="SWOT",
        constructed=True,
    ).model_dump(exclude={"id"})  # fmt: skip
    assert measure.model_dump(exclude={"id"}) == Countermeasure(
        id="", risk=risk.id, name="Vikar", probability=2, cost=50_000, deadline=date(2030, 6, 1), owner="HR",
        progress=Progress.STARTED, phase=Phase.ORGANISATION, constructed=True,
    ).model_dump(exclude={"id"})  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["A", 0, 3], "out_of_range", "B2"),
        (["A", 6, 3], "out_of_range", "B2"),
        (["A", 3, 2.5], "not_whole", "C2"),
        (["A", 3, "2,5"], "not_whole", "C2"),
        (["A", "høy", 3], "not_a_number", "B2"),
        ([None, 3, 3], "required_cell", "A2"),
        (["A", 3, 3, "usikker"], "not_a_choice", "D2"),
        (["A", 3, 3, None, 4], "after_above_now", "E2"),
        (["A", 3, 3, None, 2, 4], "after_above_now", "F2"),
        (["A", 3, 3, None, None, None, "Jordmor"], "unknown_area", "G2"),
    ],
)
def test_each_fault_of_a_risk_is_told_at_its_cell(row: list[object], code: str, cell: str) -> None:
    assert errors(register(row)) == [(code, "Risiko", cell)]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["B", "Vikar"], "unknown_risk", "A2"),
        (["A", None], "required_cell", "B2"),
        (["A", "Vikar", 4], "countermeasure_raises", "C2"),
        (["A", "Vikar", None, 5], "countermeasure_raises", "D2"),
        (["A", "Vikar", 0], "out_of_range", "C2"),
        (["A", "Vikar", 2, 2, -5], "negative_kroner", "E2"),
        (["A", "Vikar", 2, 2, 5, "snart"], "not_a_date", "F2"),
        (["A", "Vikar", 2, 2, 5, None, "kanskje"], "not_a_choice", "G2"),
    ],
)
def test_each_fault_of_a_countermeasure_is_told_at_its_cell(row: list[object], code: str, cell: str) -> None:
    assert errors(both(["A", 3, 3], row)) == [(code, "Mottiltak", cell)]


def test_a_sum_that_is_not_the_product_is_told_and_computed_anew() -> None:
    result = checked(xlsx(booklet(["A", 3, 3, 6, None], ["B", 3, 3, 9, None], ["C", 3, None, 5, None])))
    assert places(result, Severity.WARNING) == [("sum_not_product", "Risikoanalyse", "D2")]
    assert result.problems[0].params == {"expected": "9"}
    assert [risk.sum for risk in result.rows.of(Risk)] == [9, 9, None]


def dated(book: dict[str, Cells], existing: Existing | None = None) -> Checked:
    return check(read(xlsx(book)), METHODS, existing or Existing(), STUDY, texts(), today=TODAY)


def test_a_deadline_in_the_past_is_told_once_and_taken_in() -> None:
    book = both(["A", 3, 3], ["A", "Vikar", 2, 2, 5, "24.11.2026"], ["A", "Kurs", 2, 2, 5, "25.11.2026"])
    result = dated(book)
    assert places(result, Severity.WARNING) == [("deadline_past", "Mottiltak", "F2")]
    assert result.errors == ()
    again = dated(book, Existing(areas=result.rows.areas, records=result.rows.records))
    assert again.problems == ()


def test_a_closed_risk_is_not_rated_anew_before_it_is_opened() -> None:
    study = held(register(["A", 3, 3, "lukket"]))
    assert errors(register(["A", 4, 3, None]), study) == [("closed_rerated", "Risiko", "B2")]
    assert errors(register(["A", 3, 3, None]), study) == []
    assert errors(register(["A", 4, 3, "åpen"]), study) == []


def test_the_same_risk_twice_names_the_first_also_in_a_table_without_areas() -> None:
    for book in (register(["Frafall", 3, 3], ["FRAFALL ", 2, 2]), booklet(["Frafall", 3, 3], ["frafall", 2, 2])):
        (found,) = checked(xlsx(book)).errors
        assert found.code == "row_twice"
    rows = (["Frafall", 3, 3, None, None, None, "1"], ["Frafall", 3, 3, None, None, None, "1", "F4"], ["Frafall", 3, 3])
    assert errors(register(*rows)) == []


def test_risks_of_one_name_are_told_apart_by_area_and_measure() -> None:
    rows = (["Frafall", 3, 3, None, None, None, "1"], ["Frafall", 3, 3, None, None, None, "2", "F4"])
    book = register(*rows) | {"Mottiltak": [AGAINST, ["Frafall", "Vikar"]]}
    assert errors(book) == [("ambiguous_risk", "Mottiltak", "A2")]
    book = register(*rows) | {"Mottiltak": [AGAINST, ["2 › F4 › frafall", "Vikar"], ["1 › – › Frafall", "Kurs"]]}
    result = checked(xlsx(book))
    assert result.errors == ()
    one, other = result.rows.of(Risk)
    assert [each.risk for each in result.rows.of(Countermeasure)] == [other.id, one.id]


def test_a_risk_that_was_renamed_in_the_app_is_still_found() -> None:
    study = held(register(["A", 3, 3]))
    renamed = study.records[0].model_copy(update={"factor": "B"})
    now = Existing(areas=study.areas, records=(renamed,))
    (same,) = checked(xlsx(register(["b", 2, 3])), now).rows.of(Risk)
    assert (same.id, same.probability) == (renamed.id, 2)
    (new,) = checked(xlsx(register(["A", 2, 3])), now).rows.of(Risk)
    assert new.id != renamed.id


def test_a_text_adds_no_countermeasure_that_is_there_already() -> None:
    study = held(both(["A", 3, 3], ["A", "Vikar", 2]))
    book: dict[str, Cells] = booklet(["A", 3, 3, 9, "vikar\nKurs"])
    assert [each.name for each in checked(xlsx(book), study).rows.of(Countermeasure)] == ["Kurs"]
    once = booklet(["A", 3, 3, 9, "Vikar"]) | {"Mottiltak": [AGAINST, ["A", "Vikar", 2]]}
    (only,) = checked(xlsx(once)).rows.of(Countermeasure)
    assert only.probability == 2


def test_changes_are_told_in_the_words_of_the_sheets() -> None:
    study = held(both(["A", 3, 3], ["A", "Vikar", 2, None, None, "1.6.2030"]))
    found = changes(
        checked(xlsx(both(["A", 2, 3, "følges"], ["A", "Vikar", 1, None, None, "1.7.2030"])), study).rows, study
    )
    (risk,), (measure,) = found.records["risks"].changed, found.records["countermeasures"].changed
    words = (Word("choices.risk_status.open"), Word("choices.risk_status.followed"))
    assert (risk.label, risk.columns) == ("A", {"@columns.probability": (3, 2), "@columns.status": words})
    assert measure.label == "A · Vikar"
    assert measure.columns["@columns.deadline"] == ("01.06.2030", "01.07.2030")


def test_a_blank_cell_takes_nothing_away_and_says_so() -> None:
    study = held(register(["A", 3, 3, "følges", 2]))
    result = checked(xlsx(register(["A", 3, 3, None, None])), study)
    assert [risk.after_probability for risk in result.rows.of(Risk)] == [2]
    assert warnings(register(["A", 3, 3, None, None]), study) == [
        ("blank_keeps_figure", "Risiko", "D2"),
        ("blank_keeps_figure", "Risiko", "E2"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_a_sentence(language: str) -> None:
    book = both(["A", 3, 3, None, 4], ["A", "Vikar", 4, None, None, "1.1.2020"], ["B", "Kurs"], ["A", "vikar"])
    found = (*dated(book).problems, *checked(xlsx(booklet(["A", 3, 3, 1, None]))).problems)
    found += checked(xlsx({"Mottiltak": [AGAINST, ["A", "Vikar"]]})).problems
    found += checked(xlsx(register(["A", 4, 3])), held(register(["A", 3, 3, "lukket"]))).problems
    codes = {each.code for each in found}
    assert {"after_above_now", "countermeasure_raises", "unknown_risk", "no_risk", "closed_rerated"} <= codes
    for each in found:
        assert "{" not in problem(language, each)
