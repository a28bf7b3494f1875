"""The sheet of milestones: what people write in it, each fault at its cell, and a deadline that has passed."""

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
from lib.model.risk_records import Milestone, Phase
from tests.intake.books import AREAS, STUDY, Cells, texts, xlsx

HEADS = ["Milepæl", "Fase", "Område", "Ansvarlig", "Frist", "Gjort", "Konstruert"]
TODAY = date(2026, 11, 25)


def looked_at(*rows: list[object], heads: list[str] = HEADS, held: Existing | None = None) -> Checked:
    book: dict[str, Cells] = {"Områder": AREAS, "Milepæler": [list(heads), *rows]}
    return check(read(xlsx(book)), METHODS, held or Existing(), STUDY, texts(), today=TODAY)


def only(result: Checked) -> Milestone:
    (found,) = result.rows.of(Milestone)
    return found


def test_a_row_becomes_a_milestone() -> None:
    result = looked_at(["Avtale vedtatt", "Organisering og forankring", "1", "Rådmann", "1. juni 2027", None, "ja"])
    assert result.problems == ()
    assert only(result).model_dump(exclude={"id", "area"}) == {
        "name": "Avtale vedtatt",
        "phase": Phase.ORGANISATION,
        "owner": "Rådmann",
        "deadline": date(2027, 6, 1),
        "done_on": None,
        "origin": None,
        "constructed": True,
    }
    assert only(result).area == result.rows.areas[0].id


def test_only_a_name_and_a_phase_are_needed() -> None:
    found = only(looked_at(["Avtale", "planlegging"], heads=HEADS[:2]))
    assert (found.name, found.phase, found.area, found.deadline) == ("Avtale", Phase.PLANNING, None, None)


@pytest.mark.parametrize("sheet", ["Milepælsplan", "Framdriftsplan", "Milestones"])
@pytest.mark.parametrize("heads", [["Leveranse", "Prosjektfase", "Innen"], ["Milestone", "Phase", "Deadline"]])
def test_people_call_it_many_things(sheet: str, heads: list[str]) -> None:
    book: dict[str, Cells] = {sheet: [list(heads), ["Avtale", "evaluation", "2027-06-01"]]}
    result = check(read(xlsx(book)), METHODS, Existing(), STUDY, texts(), today=TODAY)
    assert result.problems == ()
    assert (only(result).phase, only(result).deadline) == (Phase.EVALUATION, date(2027, 6, 1))


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ([None, "planlegging"], "required_cell", "A2"),
        (["Avtale", None], "required_cell", "B2"),
        (["Avtale", "oppstart"], "not_a_choice", "B2"),
        (["Avtale", "planlegging", "Jordmor"], "unknown_area", "C2"),
        (["Avtale", "planlegging", None, None, "31.02.2027"], "not_a_date", "E2"),
        (["Avtale", "planlegging", None, None, None, "snart"], "not_a_date", "F2"),
        (["A" * 121, "planlegging"], "text_too_long", "A2"),
    ],
)
def test_a_fault_stands_at_its_cell(row: list[object], code: str, cell: str) -> None:
    found = looked_at(row + [None] * (len(HEADS) - len(row)))
    assert [(p.code, p.cell) for p in found.problems] == [(code, cell)]
    assert found.problems[0].severity is Severity.ERROR
    for language in LANGUAGES:
        assert problem(language, found.problems[0])


def test_the_same_milestone_twice_is_told_and_one_in_another_area_is_another() -> None:
    twice = looked_at(["Avtale", "planlegging", "1"], ["AVTALE", "evaluering", "1"], heads=HEADS[:3])
    assert [p.code for p in twice.problems] == ["row_twice"]
    apart = looked_at(["Avtale", "planlegging", "1"], ["Avtale", "planlegging", "2"], ["Avtale", "planlegging", None],
                      heads=HEADS[:3])  # fmt: skip
    assert apart.problems == ()
    assert len({each.id for each in apart.rows.of(Milestone)}) == 3


def test_a_deadline_that_has_passed_is_told_and_does_not_block() -> None:
    late: list[object] = ["Avtale", "planlegging", None, None, date(2026, 11, 24), None, None]
    result = looked_at(late)
    assert [(p.code, p.cell, p.severity) for p in result.problems] == [("milestone_past", "E2", Severity.WARNING)]
    assert looked_at([*late[:5], date(2026, 11, 24), None]).problems == ()
    held = Existing(areas=result.rows.areas, records=result.rows.records)
    assert looked_at(late, held=held).problems == ()


def test_a_blank_cell_takes_nothing_away_and_the_preview_says_what_changes() -> None:
    first = looked_at(["Avtale", "planlegging", None, "Rådmann", date(2027, 6, 1), None, None])
    held = Existing(areas=first.rows.areas, records=first.rows.records)
    again = looked_at(["Avtale", "gjennomføring", None, None, date(2027, 7, 1), None, None], held=held)
    assert [p.code for p in again.problems] == ["blank_keeps_figure"]
    assert only(again).owner == "Rådmann"
    (changed,) = changes(again.rows, held).records["milestones"].changed
    assert changed.columns["@columns.deadline"] == ("01.06.2027", "01.07.2027")
    assert set(changed.columns) == {"@columns.deadline", "@columns.phase"}
