"""Uploads through the actions: nothing stored with errors, once when confirmed twice, and undo that restores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.access import Action
from lib.actions import open_store, results, studies
from lib.actions.uploads import uploads
from lib.actions.uploads.uploads import Preview
from lib.model.access import VISITOR, Actor
from lib.model.problems import AppError, Denied, NotFound, Stale
from lib.model.records import Rows, Study
from lib.store import audit
from tests.actions.books import areas, book, municipalities, scores
from tests.people import ELSEWHERE, FACILITATOR, everybody, leader, let_through

GOOD = book(
    {
        "Kommuner": municipalities(Grong=2359, Lierne=1355),
        "Områder": areas("Arkiv", "Lønn"),
        "Vurderinger": scores({"Gruppe 1": {"Arkiv": (8, 7), "Lønn": (5, 5)}}),
    }
)
BASE = {"Kommuner": municipalities(Grong=2359, Lierne=1355), "Områder": areas("Arkiv", "Lønn")}
CHANGED = book({"Kommuner": municipalities(Grong=2400, Lierne=1355), "Områder": areas("Arkiv", "Lønn og regnskap")})
FAULTY = book(
    {
        "Kommuner": municipalities(Grong=2359),
        "Områder": areas("Arkiv"),
        "Vurderinger": scores({"G": {"Arkiv": (11, 7)}}),
    }
)


def look(study: Study, content: bytes, actor: Actor = FACILITATOR, name: str = "bok.xlsx") -> Preview:
    return uploads.check(actor, study, name, content, "nb")


def state(study: Study) -> Rows:
    return uploads.current_rows(study)


def as_sets(rows: Rows) -> dict[str, set[object]]:
    return {
        "municipalities": {row.model_dump_json() for row in rows.municipalities},
        "areas": {row.model_dump_json() for row in rows.areas},
        "workshops": {row.model_dump_json() for row in rows.workshops},
        "raters": {row.model_dump_json() for row in rows.raters},
        "ratings": {rating._replace(tap=None) for rating in rows.ratings},
        "comments": {comment._replace(tap=None) for comment in rows.comments},
    }


def test_looking_stores_nothing(own: Study) -> None:
    before = studies.revision_of(FACILITATOR, own)
    preview = look(own, GOOD)
    assert not preview.errors
    assert preview.changes is not None
    assert len(preview.changes.areas.new) == 2
    assert studies.revision_of(FACILITATOR, own) == before
    assert state(own) == Rows()


def test_a_workbook_with_an_error_cannot_be_stored(own: Study) -> None:
    preview = look(own, FAULTY)
    assert [(problem.code, problem.sheet, problem.cell) for problem in preview.errors] == [
        ("out_of_scale", "Vurderinger", "G2")
    ]
    with pytest.raises(AppError) as refused:
        uploads.confirm(FACILITATOR, preview)
    assert refused.value.code == "has_errors"
    assert state(own) == Rows()


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty_file"), (b"hei", "not_a_workbook"), (b"PK\x03\x04", "not_a_workbook")]
)
def test_a_file_that_is_no_workbook_is_one_problem(own: Study, content: bytes, code: str) -> None:
    preview = look(own, content)
    assert [problem.code for problem in preview.errors] == [code]


def test_confirming_twice_stores_once(own: Study) -> None:
    preview = look(own, GOOD)
    first = uploads.confirm(FACILITATOR, preview)
    again = uploads.confirm(FACILITATOR, preview)
    assert first.id == again.id
    assert len(uploads.history(FACILITATOR, own)) == 1
    assert first.counts == {"municipalities": 2, "areas": 2, "ratings": 4}


def test_the_same_file_again_is_recognised_and_changes_nothing(own: Study) -> None:
    uploads.confirm(FACILITATOR, look(own, GOOD))
    preview = look(own, GOOD)
    assert preview.earlier is not None
    assert not preview.changes
    with pytest.raises(AppError) as refused:
        uploads.confirm(FACILITATOR, preview)
    assert refused.value.code == "nothing_new"


def test_undo_restores_what_was_there_before_also_for_changed_rows(own: Study) -> None:
    uploads.confirm(FACILITATOR, look(own, GOOD))
    before = as_sets(state(own))
    preview = look(own, CHANGED)
    assert preview.changes is not None
    assert preview.changes.municipalities.changed[0].columns == {"@columns.population": (2359, 2400)}
    batch = uploads.confirm(FACILITATOR, preview)
    after = as_sets(state(own))
    assert after != before
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert as_sets(state(own)) == before
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert as_sets(state(own)) == before
    uploads.flip(FACILITATOR, own, batch.id, True)
    assert as_sets(state(own)) == after


def test_a_preview_that_has_been_overtaken_is_refused(own: Study) -> None:
    early, late = look(own, GOOD), look(own, CHANGED)
    uploads.confirm(FACILITATOR, late)
    with pytest.raises(Stale):
        uploads.confirm(FACILITATOR, early)
    assert len(uploads.history(FACILITATOR, own)) == 1


def test_costs_are_stored_counted_undone_and_downloaded(own: Study) -> None:
    costs = [
        ("Område", "Post", "Kroner", "Type"),
        ("1", "Lønn", 900_000, "drift"),
        ("1", "Spart tid", 50_000, "gevinst"),
    ]
    today = [("Kommune", "Område", "Kroner"), ("Grong", "Arkiv", 400_000)]
    content = book({**BASE, "Kostnader": costs, "Egne kostnader": today})
    batch = uploads.confirm(FACILITATOR, look(own, content))
    assert batch.counts == {"municipalities": 2, "areas": 2, "costs": 2, "own_costs": 1}
    assert len(state(own).records) == 3
    preview = look(own, uploads.current_workbook(FACILITATOR, own, "nb"))
    assert not preview.problems
    assert not preview.changes
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert state(own).records == ()


def test_the_original_comes_back_byte_for_byte(own: Study) -> None:
    batch = uploads.confirm(FACILITATOR, look(own, GOOD, name="C:\\Users\\Kari\\min bok\x00.xlsx"))
    assert uploads.original(FACILITATOR, own, batch.id) == GOOD
    assert batch.file_name == "min bok.xlsx"


def test_the_study_downloads_as_a_workbook_that_changes_nothing(own: Study) -> None:
    uploads.confirm(FACILITATOR, look(own, GOOD))
    preview = look(own, uploads.current_workbook(FACILITATOR, own, "nb"))
    assert not preview.errors
    assert not preview.changes


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("method", uploads.method_keys())
def test_an_untouched_template_has_no_rows(own: Study, method: str, language: str) -> None:
    preview = look(own, uploads.template_workbook(FACILITATOR, own, method, language))
    assert [problem.code for problem in preview.errors] == ["no_rows"]


def test_another_studys_batch_is_out_of_reach(own: Study, home: Path) -> None:
    other = studies.create(FACILITATOR, "En annen region")
    batch = uploads.confirm(FACILITATOR, look(other, GOOD))
    for act in (
        lambda: uploads.flip(leader(own), own, batch.id, False),
        lambda: uploads.original(leader(own), own, batch.id),
    ):
        with pytest.raises(NotFound):
            act()
    assert as_sets(state(other))["areas"]


def test_every_write_and_read_by_everybody(own: Study) -> None:
    """Who gets through, for each action on uploads: only the study's own leader and the facilitator."""
    preview = look(own, GOOD)
    batch = uploads.confirm(FACILITATOR, preview)
    acts: dict[str, Callable[[Actor], object]] = {
        Action.UPLOAD_CHECK: lambda actor: uploads.check(actor, own, "bok.xlsx", GOOD, "nb"),
        Action.UPLOAD_IMPORT: lambda actor: uploads.confirm(actor, preview),
        Action.UPLOAD_UNDO: lambda actor: uploads.flip(actor, own, batch.id, True),
        Action.UPLOAD_HISTORY: lambda actor: uploads.history(actor, own),
        Action.UPLOAD_ORIGINAL: lambda actor: uploads.original(actor, own, batch.id),
        Action.TEMPLATE_DOWNLOAD: lambda actor: uploads.template_workbook(actor, own, "prioritisation", "nb"),
        "current": lambda actor: uploads.current_workbook(actor, own, "nb"),
    }
    for name, act in acts.items():
        assert let_through(act, own) == {"leader", "facilitator"}, name


def test_nobody_changes_a_demonstration(demonstration: Study) -> None:
    before = studies.revision_of(VISITOR, demonstration)
    (batch,) = uploads.history(FACILITATOR, demonstration)
    for act in (
        lambda: look(demonstration, GOOD),
        lambda: uploads.flip(FACILITATOR, demonstration, batch.id, False),
    ):
        with pytest.raises(Denied) as refused:
            act()
        assert refused.value.code == "demo_read_only"
    assert studies.revision_of(VISITOR, demonstration) == before


def test_only_facilitators_make_studies(home: Path, own: Study) -> None:
    for name, actor in everybody(own).items():
        if name != "facilitator":
            with pytest.raises(Denied):
                studies.create(actor, f"Region {name}")
    assert [study.slug for study in studies.visible(FACILITATOR)] == ["var-region", "indre-namdal", "kongsbergregionen"]
    assert [study.slug for study in studies.visible(VISITOR)] == ["indre-namdal", "kongsbergregionen"]
    assert [study.slug for study in studies.visible(leader(ELSEWHERE))] == ["indre-namdal", "kongsbergregionen"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "study_name"), (" x ", "study_name"), ("y" * 81, "study_name"), ("VÅR  region!", "study_exists")],
)
def test_a_study_needs_a_name_of_its_own(own: Study, name: str, code: str) -> None:
    with pytest.raises(AppError) as refused:
        studies.create(FACILITATOR, name)
    assert refused.value.code == code


def test_changes_leave_a_line_in_the_audit_log(own: Study) -> None:
    batch = uploads.confirm(FACILITATOR, look(own, GOOD))
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert [line.action for line in audit.listed(open_store.store(), own.id)] == [
        "upload.undo",
        "upload.import",
        "study.create",
    ]


def test_results_follow_undo(own: Study) -> None:
    batch = uploads.confirm(FACILITATOR, look(own, GOOD))
    assert [workshop.name for workshop in results.workshops(FACILITATOR, own)] == ["Workshop"]
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert results.workshops(FACILITATOR, own) == []
