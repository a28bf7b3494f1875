"""A laptop that rates: a seated group, a facilitator with paper forms, and whoever has no seat."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions import open_store
from lib.actions.live import seating, taking_part
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES, t
from lib.model.live import Step
from lib.model.records import Rater, Study
from lib.store import ratings
from lib.ui import state
from tests.actions import rooms_of
from tests.actions.rooms_of import area_ids, joined, now, stages, step, to
from tests.pages.conftest import Open, said
from tests.pages.room_pages import LEAD, RATE, WALL, groups, plainly, press, submit
from tests.people import FACILITATOR


def cell(page: AppTest, row: int, column: str, value: str) -> AppTest:
    """As the browser sends it when somebody has left a cell of the table."""
    table, states = page.dataframe[0], page._tree.get_widget_states()
    held: dict[int, dict[str, str]] = {**page.session_state[str(table.key)]["edited_rows"]}
    held[row] = {**held.get(row, {}), column: value}
    edited = states.widgets.add()
    edited.id = table.proto.id
    edited.string_value = json.dumps({"edited_rows": held, "added_rows": [], "deleted_rows": []})
    page._run(states)
    assert not page.exception
    return page


def stored(room: Room, rater: Rater) -> dict[tuple[str, str], int | None]:
    names = {key: name for name, key in area_ids(room.study).items()}
    found = ratings.of_rater(open_store.store(), room.workshop.id, stages(room).round, rater.id)
    return {(names[item], criterion): value for (item, criterion), value in found.items()}


def test_a_facilitator_enters_paper_forms_in_the_table(room: Room, key: str, open_page: Open) -> None:
    to(room, Step.RATE)
    page = open_page(RATE, room.study.slug, key)
    page.text_input(key=f"{state.NEW_RATER}.0").set_value("Papir <1>")
    submit(page, "rating.add")
    (rater,) = now(room).raters.values()
    assert t("nb", "rating.added", name=rater.name) in plainly(page)
    cell(page, 0, t("nb", "criteria.potential"), "9")
    cell(page, 1, t("nb", "criteria.feasibility"), t("nb", "choices.unknown"))
    cell(page, 2, t("nb", "rating.comment"), "Haster")
    order = [item.name for item in now(room).items]
    assert stored(room, rater) == {(order[0], "potential"): 9, (order[1], "feasibility"): None}
    assert taking_part.own_answers(now(room), rater).comments == {now(room).items[2].id: "Haster"}
    to(room, Step.FREEZE)
    page = open_page(RATE, room.study.slug, key)
    page.selectbox(key=state.RATING_WHO).set_value(rater.id).run()
    cell(page, 0, t("nb", "criteria.potential"), "3")
    assert stored(room, rater)[order[0], "potential"] == 3
    to(room, Step.SHOW)
    assert not open_page(RATE, room.study.slug, key).dataframe


def test_one_area_at_a_time_is_saved_at_each_press(room: Room, open_page: Open) -> None:
    rater, seat = joined(room, "Gruppe 1")
    first, second = (item.id for item in to(room, Step.RATE).items[:2])
    page = open_page(RATE, seat=seat)
    page.segmented_control(key=state.RATING_VIEW).set_value("one").run()
    for item, value in ((first, "7"), (second, "2")):
        page.segmented_control(key=f"rating.one.1.{rater.id}.{item}.potential.0").set_value(value).run()
        assert not page.exception
        if item == first:
            press(page, "rating.next.0")
    assert ratings.of_rater(open_store.store(), room.workshop.id, 1, rater.id) == {
        (first, "potential"): 7,
        (second, "potential"): 2,
    }
    press(page, "rating.previous.1")
    assert page.segmented_control(key=f"rating.one.1.{rater.id}.{first}.potential.0").value == "7"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
def test_a_seated_laptop_rates_by_every_method(study: Study, method: str, language: str, open_page: Open) -> None:
    room = rooms_of.opened(study, method=method)
    rater, seat = joined(room, "Gruppe 1")
    to(room, Step.RATE)
    page = open_page(RATE, "indre-namdal", seat=seat, sprak=language)
    criterion = METHODS[method].criteria[0]
    cell(page, 0, t(language, f"criteria.{criterion.key}"), str(criterion.high))
    assert stored(room, rater) == {(now(room).items[0].name, criterion.key): criterion.high}
    assert state.RATING_WHO not in {box.key for box in page.selectbox}
    page.segmented_control(key=state.RATING_VIEW).set_value("one").run()
    assert not page.exception


def test_too_many_points_are_refused_and_the_table_shows_what_is_stored(room: Room, open_page: Open) -> None:
    rater, seat = joined(room, "Gruppe 1")
    to(room, Step.DISCUSS)
    room = step(room, Next("dots", tuple(area_ids(room.study).values())))
    rooms_of.tap(room, rater, room.items[0].id, "points", 4)
    page = open_page(RATE, seat=seat)
    cell(page, 1, t("nb", "criteria.points"), "2")
    assert t("nb", "errors.points_spent", budget=5) in plainly(page)
    assert stored(room, rater) == {(room.items[0].name, "points"): 4}
    page.run()
    assert page.dataframe[0].value.iloc[:, 1].isna().tolist() == [False, True, True]
    assert t("nb", "rating.points_left", left=1, budget=5) in plainly(page)


def test_what_the_groups_phone_answers_meanwhile_stands_in_the_table_and_is_not_written_over(
    room: Room, open_page: Open
) -> None:
    rater, seat = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    page = open_page(RATE, seat=seat)
    cell(page, 0, t("nb", "criteria.potential"), "9")
    rooms_of.tap(room, rater, room.items[1].id, "potential", 4)
    rooms_of.tap(room, rater, room.items[0].id, "potential", 2)
    page.run()
    assert not page.exception
    assert page.dataframe[0].value[t("nb", "criteria.potential")].tolist()[:2] == ["2", "4"]
    assert stored(room, rater) == {(room.items[0].name, "potential"): 2, (room.items[1].name, "potential"): 4}


def test_a_laptop_whose_group_was_renamed_goes_on_as_that_group(room: Room, open_page: Open) -> None:
    rater, seat = joined(room, "Grupe 1")
    to(room, Step.RATE)
    page = open_page(RATE, seat=seat)
    new = seating.rename(FACILITATOR, room.study, room.workshop.id, rater.id, "Gruppe 1")
    page.run()
    cell(page, 0, t("nb", "criteria.potential"), "9")
    assert list(stored(room, new).values()) == [9]
    assert stored(room, rater) == {}


def test_a_laptop_waits_with_the_room(room: Room, open_page: Open) -> None:
    _, seat = joined(room, "Gruppe 1")
    page = open_page(RATE, seat=seat)
    for wanted in (Step.COLLECT, Step.FREEZE, Step.SHOW, Step.DISCUSS):
        to(room, wanted)
        page.run()
        assert not page.exception
        assert t("nb", f"live.sees.{wanted}") in plainly(page)
        assert not page.dataframe
    to(room, Step.END)
    assert t("nb", "frame.closed") in said(page.run())


@pytest.mark.parametrize("seat", ["", "no such key"])
def test_who_has_no_seat_is_told_where_to_get_one(room: Room, seat: str, open_page: Open) -> None:
    to(room, Step.RATE)
    page = open_page(RATE, room.study.slug, seat=seat)
    assert not page.exception
    assert t("nb", "frame.closed") in said(page)
    assert t("nb", "errors.no_seat") in plainly(page)


def test_a_seat_opens_no_other_page_of_the_study(room: Room, open_page: Open) -> None:
    _, seat = joined(room, "Gruppe 1")
    groups(room, "Gruppe 2", "Gruppe 3")
    to(room, Step.SHOW)
    for file in (LEAD, WALL):
        page = open_page(file, room.study.slug, seat=seat)
        assert not page.exception
        assert t("nb", "frame.closed") in said(page)
        assert room.workshop.name not in said(page)
