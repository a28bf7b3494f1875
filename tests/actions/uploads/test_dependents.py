"""What stands on rows that would go or change is said before anything is done, and undo and redo bring all back."""

from __future__ import annotations

import pytest

from lib.actions import results, studies
from lib.actions.uploads import dependents, uploads
from lib.actions.uploads.dependents import Consequences, Dependents
from lib.i18n import LANGUAGES
from lib.model.problems import NotFound
from lib.model.records import Batch, Study
from tests.actions.books import areas, book, municipalities, scores
from tests.people import FACILITATOR, let_through

BASE = {"Kommuner": municipalities(Grong=2359, Lierne=1355), "Områder": areas("Arkiv", "Lønn")}
OWN: list[tuple[object, ...]] = [
    ("Kommune", "Område", "Kroner"),
    ("Grong", "Arkiv", 400_000),
    ("Lierne", "Lønn", 90_000),
]


def stored(study: Study, sheets: dict[str, list[tuple[object, ...]]], name: str = "bok.xlsx") -> Batch:
    return uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, study, name, book(sheets), "nb"))


def undoing(study: Study, batch: Batch, live: bool = False) -> Consequences:
    return dependents.consequences(FACILITATOR, study, batch.id, live)


@pytest.fixture
def three(own: Study) -> tuple[Batch, Batch, Batch]:
    """Areas and municipalities; then ratings; then costs."""
    return (
        stored(own, BASE),
        stored(own, {"Vurderinger": scores({"Gruppe 1": {"Arkiv": (8, 7), "Lønn": (5, 5)}})}),
        stored(own, {"Egne kostnader": OWN}),
    )


def test_undo_of_what_later_uploads_stand_on_says_what_would_be_left(
    own: Study, three: tuple[Batch, Batch, Batch]
) -> None:
    found = undoing(own, three[0])
    assert (found.going, found.coming, found.changing) == ({"municipalities": 2, "areas": 2}, {}, {})
    assert found.stranded == (Dependents("areas", 2, {"ratings": 4, "own_costs": 2}),)
    assert dependents.sentences("nb", found.stranded, "gone") == [
        "4 vurderinger og 2 egne kostnader gjelder områder som forsvinner."
    ]


def test_one_is_said_as_one(own: Study) -> None:
    base = stored(own, {"Kommuner": municipalities(Grong=2359), "Områder": areas("Arkiv")})
    stored(own, {"Egne kostnader": OWN[:2]})
    told = [dependents.sentences(language, undoing(own, base).stranded, "gone") for language in LANGUAGES]
    assert told[0] == ["1 egen kostnad gjelder et område som forsvinner."]
    assert len(told) == 2


def test_looking_does_nothing(own: Study, three: tuple[Batch, Batch, Batch]) -> None:
    before = studies.revision_of(FACILITATOR, own)
    for batch in three:
        undoing(own, batch)
    assert studies.revision_of(FACILITATOR, own) == before
    assert all(batch.live for batch in uploads.history(FACILITATOR, own))


def test_the_newest_upload_leaves_nothing_in_the_air(own: Study, three: tuple[Batch, Batch, Batch]) -> None:
    assert undoing(own, three[2]) == Consequences({"own_costs": 2}, {}, {}, ())
    assert undoing(own, three[1]) == Consequences({"workshops": 1, "raters": 1, "ratings": 4}, {}, {}, ())


def test_a_later_upload_of_the_same_rows_keeps_them(own: Study, three: tuple[Batch, Batch, Batch]) -> None:
    stored(own, {**BASE, "Områder": areas("Arkiv", "Lønn og regnskap")})
    found = undoing(own, three[0])
    assert (found.going, found.stranded) == ({}, ())


def test_an_undo_that_brings_back_older_values_says_so(own: Study, three: tuple[Batch, Batch, Batch]) -> None:
    later = stored(own, {"Kommuner": municipalities(Grong=2400, Lierne=1355)})
    assert undoing(own, later) == Consequences({}, {}, {"municipalities": 1}, ())
    rated = stored(own, {"Vurderinger": scores({"Gruppe 1": {"Arkiv": (9, 7), "Lønn": (5, 5)}})})
    assert undoing(own, rated).changing == {"ratings": 1}


def test_what_is_left_in_the_air_rests_and_stands_again_after_redo(
    own: Study, three: tuple[Batch, Batch, Batch]
) -> None:
    before = uploads.current_rows(own)
    uploads.flip(FACILITATOR, own, three[0].id, False)
    resting = uploads.current_rows(own)
    assert (resting.areas, resting.ratings, resting.records) == ((), (), ())
    current = uploads.current_workbook(FACILITATOR, own, "nb")
    assert not uploads.check(FACILITATOR, own, "bok.xlsx", current, "nb").changes
    assert undoing(own, three[0], live=True).coming == {"municipalities": 2, "areas": 2}
    uploads.flip(FACILITATOR, own, three[0].id, True)
    after = uploads.current_rows(own)
    assert set(after.ratings) == set(before.ratings)
    assert (after.areas, after.municipalities, after.records) == (before.areas, before.municipalities, before.records)


def test_pages_read_a_study_whose_areas_are_undone(own: Study, three: tuple[Batch, Batch, Batch]) -> None:
    uploads.flip(FACILITATOR, own, three[0].id, False)
    assert studies.overview(FACILITATOR, own).areas == ()
    for workshop in results.workshops(FACILITATOR, own):
        assert results.choices(FACILITATOR, own, workshop.id)


def test_the_preview_says_what_stands_on_rows_that_would_change(own: Study, three: tuple[Batch, Batch, Batch]) -> None:
    renamed = book({"Områder": areas("Arkiv og innsyn", "Lønn")})
    preview = uploads.check(FACILITATOR, own, "bok.xlsx", renamed, "nb")
    assert preview.stands_on == (Dependents("areas", 1, {"ratings": 2, "own_costs": 1}),)
    assert dependents.sentences("nb", preview.stands_on, "changed") == [
        "2 vurderinger og 1 egen kostnad gjelder et område som endres."
    ]
    assert uploads.check(FACILITATOR, own, "bok.xlsx", book(BASE), "nb").stands_on == ()


def test_only_those_who_may_undo_may_look(own: Study, three: tuple[Batch, Batch, Batch]) -> None:
    look = let_through(lambda actor: dependents.consequences(actor, own, three[0].id, False), own)
    assert look == {"leader", "facilitator"}
    other = studies.create(FACILITATOR, "En annen region")
    with pytest.raises(NotFound):
        dependents.consequences(FACILITATOR, other, three[0].id, False)
