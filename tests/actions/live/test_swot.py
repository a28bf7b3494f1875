"""A SWOT that is written in a workshop: stored once its points are out, brought up to date, and undone."""

from __future__ import annotations

import pytest

from lib.actions import open_store
from lib.actions.bridge import promoting
from lib.actions.live import collecting, seating
from lib.actions.live.rooms import Room
from lib.actions.swot import statements as swot_page
from lib.actions.uploads import uploads
from lib.model.live import Step
from lib.model.problems import Denied
from lib.model.records import Study
from lib.model.swot_records import Quadrant, SwotItem
from lib.store import rows
from tests.actions import rooms_of
from tests.actions.live_kinds import grouped, swot_workshop, wrote
from tests.actions.rooms_of import area_ids, now, refused, step, tap, to
from tests.people import FACILITATOR


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


def swot(study: Study) -> dict[str, SwotItem]:
    return {item.text: item for item in rows.current(open_store.store(), SwotItem, study.id)}


def swot_room(study: Study) -> Room:
    """Two groups have written, one statement twice, and have given points; nothing is shown yet."""
    room = swot_workshop(study, area_ids(study)["Arkiv"])
    one = wrote(room, "Gruppe 1", "Erfarne folk")
    two = wrote(room, "Gruppe 2", "erfarne folk")
    wrote(room, one, "Få søkere", prompt=3)
    ideas = grouped(room)
    room = step(room)
    assert room.stage.step is Step.POINTS
    tap(room, one, ideas["Erfarne folk"], "points", 3)
    tap(room, two, ideas["Få søkere"], "points", 5)
    return now(room)


def test_a_swot_is_stored_once_its_points_are_shown_with_where_it_comes_from(study: Study) -> None:
    room = swot_room(study)
    with refused("not_shown_yet", Denied):
        promoting.keep_all(FACILITATOR, study, room.workshop.id)
    with refused("not_shown_yet", Denied):
        promoting.keep(FACILITATOR, study, room.workshop.id, room.ideas[0].id)
    assert swot(study) == {}
    to(room, Step.SHOW)
    assert promoting.keep_all(FACILITATOR, study, room.workshop.id) == 2
    found = swot(study)
    people, threat = found["Erfarne folk"], found["Få søkere"]
    assert (people.quadrant, people.points, people.voices) == (Quadrant.STRENGTH, 3, 2)
    assert (threat.quadrant, threat.points, threat.voices) == (Quadrant.THREAT, 5, 1)
    assert {(item.area, item.workshop, item.source) for item in found.values()} == {
        (area_ids(study)["Arkiv"], room.workshop.id, room.workshop.name)
    }
    assert all(map(now(room).has_kept, now(room).ideas))
    assert step(room).stage.step is Step.END


def test_storing_a_swot_again_brings_it_up_to_date_and_doubles_nothing(study: Study) -> None:
    room = to(swot_room(study), Step.SHOW)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    before = len(uploads.history(FACILITATOR, study))
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    assert len(uploads.history(FACILITATOR, study)) == before
    (idea,) = [idea for idea in now(room).ideas if idea.text == "Få søkere"]
    collecting.group(FACILITATOR, study, room.workshop.id, (), "For få søkere", idea.id)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    assert set(swot(study)) == {"Erfarne folk", "For få søkere"}
    (gone,) = [rater for rater in now(room).raters.values() if rater.name == "Gruppe 2"]
    seating.remove(FACILITATOR, study, room.workshop.id, gone.id)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    found = swot(study)
    assert (found["For få søkere"].points, found["Erfarne folk"].voices) == (0, 1)


def test_what_is_mended_on_the_swot_page_stays_when_the_workshop_is_stored_again(study: Study) -> None:
    room = to(swot_room(study), Step.SHOW)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    seen = swot(study)["Få søkere"]
    mended = seen.model_copy(update={"text": "Få søkere til stillingene", "theme": "Rekruttering"})
    others = [item for item in swot(study).values() if item.id != seen.id]
    swot_page.save(FACILITATOR, study, seen.area, SwotItem, [mended, *others], [seen, *others])
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    assert swot(study)["Få søkere til stillingene"] == mended
    assert len(swot(study)) == 2


def test_a_stored_swot_comes_back_in_a_workbook_as_itself(study: Study) -> None:
    room = to(swot_room(study), Step.SHOW)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    content = uploads.current_workbook(FACILITATOR, study, "nb")
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb")
    assert not preview.errors
    assert preview.changes is not None
    assert not preview.changes


def test_a_stored_swot_can_be_undone_from_the_history(study: Study) -> None:
    room = to(swot_room(study), Step.SHOW)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    batch = uploads.history(FACILITATOR, study)[0]
    assert batch.counts == {"swot": 2}
    uploads.flip(FACILITATOR, study, batch.id, False)
    assert swot(study) == {}
    assert not any(map(now(room).has_kept, now(room).ideas))


BAD: dict[str, tuple[dict[str, object], str]] = {
    "of no function": ({"about": ""}, "swot_needs_area"),
    "of an area that is not there": ({"about": "nowhere"}, "swot_needs_area"),
    "with too few quadrants": ({"prompts": ("Styrker",)}, "swot_prompts"),
}


@pytest.mark.parametrize(("changes", "code"), BAD.values(), ids=BAD)
def test_a_swot_needs_a_function_and_four_quadrants(study: Study, changes: dict[str, object], code: str) -> None:
    with refused(code):
        swot_workshop(study, **({"about": area_ids(study)["Arkiv"]} | changes))  # type: ignore[arg-type]
