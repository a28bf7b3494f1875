"""Themes: suggested by the texts, set by people, each change one batch that can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.actions import studies
from lib.actions.swot import themes as swot_themes
from lib.actions.uploads import uploads
from lib.domain.swot.recurrence import Theme
from lib.i18n import LANGUAGES, error
from lib.model.problems import AppError, NotFound
from lib.model.records import Study
from lib.model.swot_records import Quadrant
from tests.actions.swot_books import area_id, furnish, known
from tests.people import FACILITATOR, leader, let_through


@pytest.fixture
def region(own: Study) -> Study:
    furnish(own)
    return own


def first(study: Study) -> Theme:
    return swot_themes.recurring(leader(study), study)[0]


def seen(study: Study) -> dict[str, str | None]:
    return {item.id: item.theme for item in known(study).items}


def named(study: Study) -> dict[str, int]:
    themes = [item.theme for item in known(study).items if item.theme]
    return {theme: themes.count(theme) for theme in themes}


def accepted(study: Study, name: str = "Avstand") -> list[str]:
    """The first suggestion, under a name; its ids."""
    ids = [item.id for item in first(study).items]
    swot_themes.accept(leader(study), study, name, ids, seen(study))
    return ids


def test_what_recurs_in_most_functions_is_suggested_first(region: Study) -> None:
    found = first(region)
    assert (found.name, len(found.cells), found.named) == ("Lang reisevei", 3, False)
    assert found.sides == [(Quadrant.THREAT, 2), (Quadrant.WEAKNESS, 1)]


def test_a_suggestion_is_accepted_under_whatever_name_and_stands(region: Study) -> None:
    assert len(accepted(region)) == 4
    assert named(region) == {"Avstand": 4}
    assert (first(region).name, first(region).suggested) == ("Avstand", frozenset())
    newest = uploads.history(leader(region), region)[0]
    assert (newest.file_name, newest.counts) == ("Avstand", {"themes": 4})
    uploads.flip(leader(region), region, newest.id, False)
    assert (named(region), first(region).name) == ({}, "Lang reisevei")


def test_a_part_of_a_suggestion_may_be_accepted_and_the_rest_is_suggested_to_it(region: Study) -> None:
    ids = [item.id for item in first(region).items]
    swot_themes.accept(leader(region), region, "Avstand", ids[:2], seen(region))
    assert (first(region).name, first(region).suggested) == ("Avstand", frozenset(ids[2:]))


def test_other_capitals_are_the_same_theme(region: Study) -> None:
    ids = accepted(region)
    swot_themes.remove(leader(region), region, "Avstand", seen(region))
    swot_themes.accept(leader(region), region, "Avstand", ids[:1], seen(region))
    swot_themes.accept(leader(region), region, "  AVSTAND ", ids[1:], seen(region))
    assert named(region) == {"Avstand": 4}


def test_a_theme_is_renamed_merged_split_and_taken_away(region: Study) -> None:
    ids, actor = accepted(region), leader(region)
    swot_themes.rename(actor, region, "Avstand", "Reise", seen(region))
    assert named(region) == {"Reise": 4}
    swot_themes.rename(actor, region, "Reise", "REISE", seen(region))
    assert named(region) == {"REISE": 4}
    swot_themes.split(actor, region, "REISE", "Pris", ids[:1], seen(region))
    assert named(region) == {"REISE": 3, "Pris": 1}
    swot_themes.merge(actor, region, "Pris", "REISE", seen(region))
    assert named(region) == {"REISE": 4}
    swot_themes.remove(actor, region, "REISE", seen(region))
    assert named(region) == {}
    assert [batch.counts for batch in uploads.history(actor, region)[:6]] == [{"themes": n} for n in (4, 1, 1, 4, 4, 4)]


Change = Callable[[Study, list[str]], None]
CHANGES: dict[str, tuple[Change, str]] = {
    "no name": (lambda s, ids: swot_themes.accept(leader(s), s, "  ", ids, seen(s)), "cell.required"),
    "long name": (lambda s, ids: swot_themes.rename(leader(s), s, "Avstand", "x" * 121, seen(s)), "cell.text_too_long"),
    "unknown theme": (lambda s, ids: swot_themes.rename(leader(s), s, "Ukjent", "X", seen(s)), "not_found"),
    "unknown statement": (lambda s, ids: swot_themes.accept(leader(s), s, "X", ["ukjent"], seen(s)), "not_found"),
    "no statement": (lambda s, ids: swot_themes.accept(leader(s), s, "X", [], seen(s)), "not_found"),
    "merge into none": (lambda s, ids: swot_themes.merge(leader(s), s, "Avstand", "Ukjent", seen(s)), "not_found"),
    "split none": (lambda s, ids: swot_themes.split(leader(s), s, "Avstand", "X", [], seen(s)), "split_nothing"),
    "split all": (lambda s, ids: swot_themes.split(leader(s), s, "Avstand", "X", ids, seen(s)), "split_nothing"),
    "split into one": (
        lambda s, ids: swot_themes.split(leader(s), s, "Avstand", "avstand", ids[:1], seen(s)),
        "theme_exists",
    ),
    "another's change": (lambda s, ids: swot_themes.accept(leader(s), s, "X", ids, dict.fromkeys(ids)), "words_moved"),
    "an unseen member": (
        lambda s, ids: swot_themes.remove(leader(s), s, "Avstand", {ids[0]: "Avstand"}),
        "words_moved",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_cannot_be_done_changes_nothing(region: Study, what: str) -> None:
    ids = accepted(region)
    before, (change, code) = studies.revision_of(FACILITATOR, region), CHANGES[what]
    with pytest.raises((AppError, NotFound)) as refused:
        change(region, ids)
    assert refused.value.code == code
    assert all("{" not in error(language, refused.value) for language in LANGUAGES)
    assert studies.revision_of(FACILITATOR, region) == before


def test_a_name_that_is_another_themes_is_a_merge_and_no_renaming(region: Study) -> None:
    ids = accepted(region)
    swot_themes.split(leader(region), region, "Avstand", "Pris", ids[:1], seen(region))
    with pytest.raises(AppError) as refused:
        swot_themes.rename(leader(region), region, "Pris", "avstand", seen(region))
    assert (refused.value.code, refused.value.params) == ("theme_exists", {"name": "Avstand"})


def test_readers_see_themes_and_leaders_set_them(region: Study) -> None:
    assert let_through(lambda a: swot_themes.recurring(a, region), region) == {"reader", "leader", "facilitator"}
    ids = [item.id for item in first(region).items]
    assert let_through(lambda a: swot_themes.accept(a, region, "A", ids, seen(region)), region) == {
        "leader",
        "facilitator",
    }


def test_an_upload_that_says_nothing_of_themes_leaves_them(region: Study) -> None:
    accepted(region)
    content = uploads.current_workbook(leader(region), region, "nb")
    assert not uploads.check(leader(region), region, "bok.xlsx", content, "nb").changes
    assert area_id(region, "Arkiv")
