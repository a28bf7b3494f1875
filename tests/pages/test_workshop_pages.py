"""The pages of a live workshop: led with the form and the buttons, shown on the wall, rated on a laptop, discussed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions import collecting, house, rooms, seating, taking_part, workshops
from lib.actions.rooms import Room
from lib.actions.workshops import Next
from lib.domain.methods import METHODS
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.live import Step
from lib.model.methods import Method
from lib.model.records import Rater, Study, new_id
from lib.store import ratings
from lib.ui import state
from tests.actions import rooms_of
from tests.actions.rooms_of import actor, answer, area_ids, joined, now, stages, step, to
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR

LEAD, WALL, RATE, DISCUSS = (f"workshop/{name}.py" for name in ("lead", "wall", "rate", "discuss"))
GIVEN = {"Arkiv": (9, 8), "Lønn": (5, 5), "Telefoni": (2, 3)}


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def key(study: Study, key_for: Callable[[Role, Study], str]) -> str:
    """A facilitator's."""
    return key_for(Role.FACILITATOR, study)


@pytest.fixture
def room(study: Study) -> Room:
    return rooms_of.opened(study)


def groups(room: Room, *names: str) -> list[Rater]:
    """Groups that have joined, and answered all in the step in which areas are rated."""
    to(room, Step.RATE)
    people = [joined(room, name)[0] for name in names or ("Gruppe 1", "Gruppe 2", "Gruppe 3")]
    for place, rater in enumerate(people):
        for name, item in area_ids(room.study).items():
            for criterion in room_method(room).criteria:
                value = min(criterion.high, criterion.low + GIVEN[name][0] // 2 + place % 2)
                rooms_of.tap(now(room), rater, item, criterion.key, value)
    return people


def room_method(room: Room) -> Method:
    return now(room).method


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def submit(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == t("nb", label)).click().run()
    assert not page.exception
    return page


def buttons(page: AppTest) -> set[str]:
    return {str(button.key).partition(".")[2].rpartition(".")[0] for button in page.button if button.key}


def plainly(page: AppTest) -> str:
    """What is said, without the marks that keep it from being Markdown."""
    return said(page).replace("\\", "")


def listed(page: AppTest) -> str:
    """What stands in lists."""
    return "\n".join(str(text.value) for text in page.markdown if str(text.value).startswith("- "))


# --- led


def test_a_workshop_is_made_in_the_form_and_led_from_then_on(study: Study, key: str, open_page: Open) -> None:
    page = open_page(LEAD, study.slug, key)
    page.text_input(key=f"{state.WORKSHOP_NAME}.0").set_value("Januar *i* Grong")
    page.text_area(key=f"{state.WORKSHOP_PROMPTS}.0").set_value("Hva?\n\nHvorfor?")
    submit(page, "live.create")
    ((made, stage),) = workshops.listing(FACILITATOR, study)
    room = rooms.room(made.id)
    assert (made.name, stage.step, room.plan.prompts) == ("Januar *i* Grong", Step.COLLECT, ["Hva?", "Hvorfor?"])
    assert len(room.plan.items) == 3
    assert t("nb", "live.created", name=made.name) in plainly(page)
    assert f"{room.plan.code[:3]}\u00a0{room.plan.code[3:]}" in "".join(html.proto.body for html in page.get("html"))
    assert f"live.forward.{stage.seq}" in {button.key for button in page.button}


def test_what_cannot_be_made_is_said_and_what_was_typed_stays(study: Study, key: str, open_page: Open) -> None:
    page = open_page(LEAD, study.slug, key)
    page.text_input(key=f"{state.WORKSHOP_NAME}.0").set_value("x" * 90)
    submit(page, "live.create")
    assert workshops.listing(FACILITATOR, study) == []
    assert page.text_input(key=f"{state.WORKSHOP_NAME}.0").value == "x" * 90
    assert page.warning


def test_the_buttons_lead_to_the_end_and_back(room: Room, key: str, open_page: Open) -> None:
    page = open_page(LEAD, room.study.slug, key)
    for wanted in (Step.RATE, Step.FREEZE, Step.SHOW, Step.DISCUSS):
        press(page, f"live.forward.{stages(room).seq}")
        assert stages(room).step is wanted
        assert page.subheader[0].value == t("nb", f"live.step.{wanted}")
    page.radio(key=f"{state.AFTER}.1").set_value("").run()
    press(page, f"live.forward.{stages(room).seq}")
    assert stages(room).step is Step.END
    assert "forward" not in buttons(page)
    for wanted in (Step.DISCUSS, Step.SHOW, Step.FREEZE, Step.RATE, Step.COLLECT):
        press(page, f"live.back.{stages(room).seq}")
        assert stages(room).step is wanted
    assert "back" not in buttons(page)


def test_another_round_is_begun_with_the_areas_that_are_chosen(room: Room, key: str, open_page: Open) -> None:
    groups(room)
    to(room, Step.DISCUSS)
    page, ids = open_page(LEAD, room.study.slug, key), area_ids(room.study)
    page.radio(key=f"{state.AFTER}.1").set_value("dots").run()
    page.multiselect(key=f"{state.AFTER_ITEMS}.1.dots").set_value([ids["Lønn"]]).run()
    press(page, f"live.forward.{stages(room).seq}")
    stage = stages(room)
    assert (stage.step, stage.round, stage.method, stage.items) == (Step.RATE, 2, "dots", (ids["Lønn"],))


def test_a_press_on_a_page_that_somebody_has_overtaken_moves_nothing(room: Room, key: str, open_page: Open) -> None:
    page = open_page(LEAD, room.study.slug, key)
    step(room)
    press(page, f"live.forward.{room.stage.seq}")
    assert stages(room).step is Step.RATE
    assert page.subheader[0].value == t("nb", f"live.step.{Step.RATE}")


def test_more_time_is_given(study: Study, key: str, open_page: Open) -> None:
    room = rooms_of.opened(study, minutes={Step.COLLECT: 10})
    page = open_page(LEAD, study.slug, key)
    press(page, f"live.time.{room.stage.seq}.5")
    ends, before = stages(room).ends_at, room.stage.ends_at
    assert ends is not None
    assert before is not None
    assert (ends - before).total_seconds() == 300


def test_a_group_is_renamed_merged_and_removed(room: Room, key: str, open_page: Open) -> None:
    one, other, last = groups(room, "Gruppe 1", "Gruppe 01", "<b>Tull</b>")
    page = open_page(LEAD, room.study.slug, key)
    board = page.table[0].value if page.table else page.dataframe[0].value
    assert len(board) == 3
    page.selectbox(key=state.CHOSEN_RATER).set_value(one.id).run()
    page.text_input(key=f"{state.RATER_NAME}.{one.id}").set_value("Gruppe A")
    press(page, f"live.rename.{one.id}")
    renamed = next(rater for rater in now(room).raters.values() if rater.name == "Gruppe A")
    page.selectbox(key=state.CHOSEN_RATER).set_value(other.id).run()
    page.selectbox(key=f"{state.MERGE_INTO}.{other.id}").set_value(renamed.id).run()
    press(page, f"live.merge.{other.id}")
    page.selectbox(key=state.CHOSEN_RATER).set_value(last.id).run()
    press(page, f"live.remove.{last.id}")
    assert [rater.name for rater in now(room).raters.values()] == ["Gruppe A"]
    assert "<b>" not in said(page).replace("\\<b", "")


def test_what_was_written_becomes_ideas_and_an_area(study: Study, key: str, open_page: Open) -> None:
    room = rooms_of.opened(study, prompts=("Hva?", "Hvorfor?"))
    rater, _ = joined(room, "Gruppe 1")
    for text in ("Vakt", "Felles vakt", "Innkjøp"):
        taking_part.contribute(actor(room, rater), now(room), rater, new_id(), 0, text)
    page, taps = open_page(LEAD, study.slug, key), [each.tap for each in taking_part.own_contributions(room, rater)]
    page.segmented_control(key=state.WORKSHOP_PART).set_value("ideas").run()
    page.multiselect(key=f"{state.LOOSE}.0.0").set_value(taps[:2]).run()
    press(page, "live.group.0")
    press(page, "live.take_each.0")
    ideas = {idea.text: idea for idea in now(room).ideas}
    assert {text: len(idea.members) for text, idea in ideas.items()} == {"Vakt": 2, "Innkjøp": 1}
    vakt = ideas["Vakt"].id
    page.text_input(key=f"{state.IDEA_TEXT}.{vakt}.Vakt").set_value("Felles vakt").run()
    assert {idea.text for idea in now(room).ideas} == {"Felles vakt", "Innkjøp"}
    press(page, f"live.dissolve.{ideas['Innkjøp'].id}")
    press(page, f"live.make_area.{vakt}")
    assert [area.name for area in now(room).areas.values()][-1] == "Felles vakt"
    assert len(now(room).plan.items) == 4


def test_the_run_sheet_and_the_areas_are_changed(room: Room, key: str, open_page: Open) -> None:
    page = open_page(LEAD, room.study.slug, key)
    page.segmented_control(key=state.WORKSHOP_PART).set_value("plan").run()
    page.number_input(key=f"{room.workshop.id}.minutes.rate").set_value(15).run()
    assert now(room).plan.minutes == {Step.RATE: 15}
    page.number_input(key=f"{room.workshop.id}.minutes.points").set_value(5).run()
    assert t("nb", "live.step.rate") in listed(page)
    assert t("nb", "live.step.points") not in listed(page)
    seq = stages(room).seq
    page.multiselect(key=f"{state.WORKSHOP_ITEMS}.{seq}").set_value([room.plan.items[1]]).run()
    press(page, f"live.save_items.{seq}")
    assert now(room).plan.items == [room.plan.items[1]]
    to(room, Step.SHOW)
    assert t("nb", "errors.items_are_shown") in plainly(page.run())


def test_the_discussion_is_led_from_the_same_page_once_there_is_a_result(room: Room, key: str, open_page: Open) -> None:
    groups(room)
    page = open_page(LEAD, room.study.slug, key)
    assert "discuss" not in page.segmented_control(key=state.WORKSHOP_PART).options
    to(room, Step.DISCUSS)
    page.run()
    page.segmented_control(key=state.WORKSHOP_PART).set_value("discuss").run()
    assert not page.exception
    assert page.get("vega_lite_chart")


# --- on the wall


def secrets(room: Room) -> tuple[str, ...]:
    """What would tell what the room came to."""
    return ("ligger øverst", "deler førsteplassen", "24,", "25,", "30,")


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
        assert wall.header[0].value == t(language, f"live.step.{wanted}")
        open_now = wanted in (Step.SHOW, Step.DISCUSS, Step.END)
        assert bool(wall.get("vega_lite_chart")) is open_now
        if not open_now:
            assert not any(secret in said(wall) for secret in secrets(room))
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
    assert t("nb", "live.points", n="4") not in said(wall.run())
    step(room)
    assert t("nb", "live.points", n="4") in said(wall.run())


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


# --- rated on a laptop


def cell(page: AppTest, row: int, column: str, value: str) -> AppTest:
    """As the browser sends it when somebody has left a cell of the table."""
    states = page._tree.get_widget_states()
    edited = states.widgets.add()
    edited.id = page.dataframe[0].proto.id
    edited.string_value = json.dumps({"edited_rows": {row: {column: value}}, "added_rows": [], "deleted_rows": []})
    page._run(states)
    assert not page.exception
    return page


def stored(room: Room, rater: Rater) -> dict[tuple[str, str], int | None]:
    names = {key: name for name, key in area_ids(room.study).items()}
    found = ratings.of_rater(house.store(), room.workshop.id, stages(room).round, rater.id)
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
    assert ratings.of_rater(house.store(), room.workshop.id, 1, rater.id) == {
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


# --- discussed


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
    assert t("nb", "discuss.nothing") in plainly(page)
    assert not page.get("vega_lite_chart")
