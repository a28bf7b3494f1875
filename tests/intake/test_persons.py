"""Where single persons rate, the workshop is never taken for one of groups, as a group may be left out by name."""

from __future__ import annotations

import pytest

from lib.i18n import LANGUAGES
from lib.intake.changes import changes
from lib.intake.existing import Existing
from lib.model.records import Workshop, stable_id
from tests.intake.books import (
    RATINGS_HEADING,
    STUDY,
    Cells,
    checked,
    errors,
    rating,
    texts,
    warnings,
    with_ratings,
    xlsx,
)

COLUMN = [*RATINGS_HEADING, "Enkeltpersoner"]


def stored(group_mode: bool) -> Existing:
    identity = stable_id(STUDY, "workshop", "januar")
    workshop = Workshop(id=identity, name="Januar", method="prioritisation", group_mode=group_mode)
    return Existing(workshops=(workshop,))


def modes(sheets: dict[str, Cells], existing: Existing | None = None) -> dict[str, bool]:
    """Name of each workshop → whether groups rate in it."""
    result = checked(xlsx(sheets), existing)
    assert result.errors == ()
    return {workshop.name: workshop.group_mode for workshop in result.rows.workshops}


def headed(rater: str, heading: list[str] = RATINGS_HEADING) -> list[str]:
    return [rater if name == "Gruppe" else name for name in heading]


@pytest.mark.parametrize(
    ("cell", "groups"), [("ja", False), ("nei", True), (None, True), ("Yes", False), (True, False)]
)
def test_the_column_says_who_rates(cell: object, groups: bool) -> None:
    assert modes(with_ratings([*rating(), cell], heading=COLUMN)) == {"Januar": groups}


def test_what_is_neither_yes_nor_no_is_asked_about() -> None:
    assert errors(with_ratings([*rating(), "kanskje"], heading=COLUMN)) == [("not_a_choice", "Vurderinger", "I2")]


def test_one_row_speaks_for_its_workshop_and_for_no_other() -> None:
    rows = [[*rating(area=area), cell] for area, cell in ((1, "nei"), (2, "ja"))]
    sheets = with_ratings(*rows, [*rating(rater="B"), None], [*rating(workshop="Mai"), None], heading=COLUMN)
    assert modes(sheets) == {"Januar": False, "Mai": True}


@pytest.mark.parametrize(
    ("heading", "groups"),
    [
        ("Deltaker", False),
        ("deltaker:", False),
        ("Participant", False),
        ("Gruppe", True),
        ("Group", True),
        ("Gruppenavn", True),
        ("Gruppe/deltaker", True),
    ],
)
def test_a_heading_that_means_a_person_is_enough(heading: str, groups: bool) -> None:
    assert modes(with_ratings(rating(), heading=headed(heading))) == {"Januar": groups}
    assert modes(with_ratings([*rating(), None], heading=headed(heading, COLUMN))) == {"Januar": groups}


def test_a_workshop_that_says_who_rates_goes_before_the_heading() -> None:
    sheets = with_ratings(
        [*rating(), "nei"], [*rating(area=2), None], [*rating(workshop="Mai"), None], heading=headed("Deltaker", COLUMN)
    )
    assert modes(sheets) == {"Januar": True, "Mai": False}


def test_one_sheet_of_persons_is_enough_whatever_another_says() -> None:
    sheets = with_ratings([*rating(), "nei"], heading=COLUMN)
    sheets["Vurderinger 2"] = [headed("Deltaker"), rating(rater="B")]
    assert modes(sheets) == {"Januar": False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_for_a_person_names_the_column_of_raters(language: str) -> None:
    words = texts(language)
    assert words.names("columns.participant")
    assert set(words.names("columns.participant")) <= set(words.names("columns.rater"))


def test_once_persons_have_rated_the_workshop_stays_theirs() -> None:
    no = with_ratings([*rating(), "nei"], [*rating(area=2), "nei"], heading=COLUMN)
    assert warnings(no, stored(False)) == [("still_persons", "Vurderinger", "I2")]
    for sheets in (no, with_ratings(rating()), with_ratings([*rating(), None], heading=COLUMN)):
        assert modes(sheets, stored(False)) == {"Januar": False}
    assert [warnings(no, stored(True)), warnings(with_ratings(rating()), stored(False))] == [[], []]


@pytest.mark.parametrize("heading", [COLUMN, headed("Deltaker")])
def test_the_preview_shows_that_persons_have_come_in(heading: list[str]) -> None:
    row = [*rating(), "ja"][: len(heading)]
    found = changes(checked(xlsx(with_ratings(row, heading=heading)), stored(True)).rows, stored(True))
    assert [dict(each.columns) for each in found.workshops.changed] == [{"@columns.persons": (False, True)}]
