"""The wall in every step, and the discussion: nothing shown too early, everything as text, no person named."""

from __future__ import annotations

import pytest

from lib.actions.live import collecting, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.domain.methods import METHODS
from lib.exhibits.limits import limits
from lib.i18n import LANGUAGES, t
from lib.model.live import Step
from lib.model.records import Study, new_id
from tests.actions import rooms_of
from tests.actions.rooms_of import actor, answer, area_ids, joined, now, stages, step, to
from tests.pages.conftest import Open, said
from tests.pages.room_pages import DISCUSS, WALL, groups, plainly
from tests.people import FACILITATOR


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wall_follows_the_room_and_shows_no_result_too_early(
    room: Room, key: str, language: str, open_page: Open
) -> None:
    joined(room, "<b>Først</b>")
    wall = open_page(WALL, room.study.slug, key, sprak=language)
    assert not wall.exception
    groups(room)
    for wanted in (Step.RATE, Step.FREEZE, Step.SHOW, Step.DISCUSS, Step.END):
        to(room, wanted)
        wall.run()
        assert not wall.exception
        assert wall.title[0].value == t(language, f"live.wall.{wanted}")
        open_now = wanted in (Step.SHOW, Step.DISCUSS, Step.END)
        assert bool(wall.get("vega_lite_chart")) is open_now
        if wanted is not Step.DISCUSS:
            assert ("Arkiv" in said(wall)) is open_now
    for wanted in (Step.DISCUSS, Step.SHOW, Step.FREEZE):
        workshops.back(FACILITATOR, room.study, room.workshop.id, stages(room).seq)
        assert bool(wall.run().get("vega_lite_chart")) is (wanted is not Step.FREEZE)


def test_the_wall_shows_what_is_written_and_the_points_once_they_are_out(
    study: Study, key: str, open_page: Open
) -> None:
    room = rooms_of.opened(study, prompts=("Hva?",))
    rater, _ = joined(room, "Gruppe 1")
    taking_part.contribute(actor(room, rater), now(room), rater, "t", 0, "Felles *vakt*")
    wall = open_page(WALL, study.slug, key)
    assert "Felles *vakt*" in plainly(wall)
    assert "Gruppe 1" not in said(wall)
    collecting.take_each(FACILITATOR, study, room.workshop.id)
    rooms_of.tap(step(room), rater, now(room).ideas[0].id, "points", 4)
    assert t("nb", "live.points", count=4) not in said(wall.run())
    step(room)
    assert t("nb", "live.points", count=4) in said(wall.run())


@pytest.mark.parametrize("mode", [True, False], ids=["groups", "persons"])
@pytest.mark.parametrize("method", METHODS)
def test_every_methods_result_stands_on_the_wall_and_is_discussed(
    study: Study, key: str, method: str, mode: bool, open_page: Open
) -> None:
    room = rooms_of.opened(study, method=method, group_mode=mode)
    people = [] if METHODS[method].budget else groups(room)
    if METHODS[method].budget:
        to(room, Step.RATE)
        people = [joined(room, f"Gruppe {number}")[0] for number in range(3)]
        for rater in people:
            rooms_of.tap(now(room), rater, area_ids(study)["Lønn"], "points", 5)
    assert len(people) == 3
    wall = open_page(WALL, study.slug, key)
    for wanted in (Step.SHOW, Step.DISCUSS):
        to(room, wanted)
        wall.run()
        assert not wall.exception
        assert wall.get("vega_lite_chart") or wall.table or wall.dataframe
    page = open_page(DISCUSS, study.slug, key)
    assert not page.exception
    assert page.get("vega_lite_chart")
    if not mode:
        assert "Deltaker" not in said(wall) + said(page)


@pytest.mark.parametrize("after", ["prioritisation", "dots"])
def test_a_second_round_stands_beside_the_first(room: Room, key: str, after: str, open_page: Open) -> None:
    people = groups(room)
    to(room, Step.DISCUSS)
    step(room, Next(after, tuple(area_ids(room.study).values())))
    if after == "dots":
        rooms_of.tap(now(room), people[0], area_ids(room.study)["Lønn"], "points", 5)
    else:
        answer(room, people[0], {"Telefoni": (10, 10)})
    wall = open_page(WALL, room.study.slug, key)
    assert not wall.get("vega_lite_chart")
    for wanted in (Step.SHOW, Step.DISCUSS):
        to(room, wanted)
        assert not wall.run().exception
    page = open_page(DISCUSS, room.study.slug, key)
    assert not page.exception
    assert page.get("vega_lite_chart")


def test_a_study_without_a_workshop_has_a_wall_that_says_so(study: Study, key: str, open_page: Open) -> None:
    assert t("nb", "live.none") in plainly(open_page(WALL, study.slug, key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_discussion_names_groups_and_quotes_them_as_text(
    room: Room, key: str, language: str, open_page: Open
) -> None:
    first, *_ = groups(room)
    taking_part.remark(
        actor(room, first), now(room), first, new_id(), area_ids(room.study)["Arkiv"], "**Haster** <b>nå</b>"
    )
    page = open_page(DISCUSS, room.study.slug, key, sprak=language)
    assert not page.get("vega_lite_chart")
    to(room, Step.SHOW)
    page = open_page(DISCUSS, room.study.slug, key, sprak=language, tema=area_ids(room.study)["Arkiv"])
    assert not page.exception
    assert "**Haster** <b>nå</b>" in plainly(page)
    assert "<b>" not in said(page).replace("\\<b", "")
    assert "Gruppe 1" in plainly(page)


def test_two_persons_are_too_few_to_discuss(study: Study, key: str, open_page: Open) -> None:
    room = rooms_of.opened(study, group_mode=False)
    groups(room, "a", "b")
    to(room, Step.SHOW)
    page = open_page(DISCUSS, study.slug, key)
    assert t("nb", "errors.too_few_raters", **limits("nb")) in plainly(page)
    assert not page.get("vega_lite_chart")
