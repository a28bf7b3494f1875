"""A workshop made in the form and led with the buttons: its steps, raters, ideas and run sheet."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from lib.actions.live import rooms, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.i18n import t
from lib.model.live import Step
from lib.model.records import Study, new_id
from lib.ui import state
from tests.actions import rooms_of
from tests.actions.rooms_of import actor, area_ids, joined, now, stages, step, to
from tests.pages.conftest import Open, said
from tests.pages.room_pages import LEAD, buttons, groups, plainly, press, submit
from tests.people import FACILITATOR


def listed(page: AppTest) -> str:
    """What stands in lists."""
    return "\n".join(str(text.value) for text in page.markdown if str(text.value).startswith("- "))


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
        assert page.header[0].value == t("nb", f"live.step.{wanted}")
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
    assert page.header[0].value == t("nb", f"live.step.{Step.RATE}")


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


def test_the_overview_goes_on_where_too_few_have_answered(open_page: Open, study: Study, key: str) -> None:
    room = rooms_of.opened(study, group_mode=False)
    rooms_of.to(room, Step.RATE)
    for name in ("1", "2"):
        rooms_of.answer(room, rooms_of.joined(room, name)[0], {"Arkiv": (8, 3)})
    rooms_of.to(room, Step.SHOW)
    page = open_page("study/overview.py", study.slug, key)
    assert "Resultatet vises ikke" in said(page)
    assert t("nb", "overview.area_list") in said(page)
    assert t("nb", "copying.title") in said(page)
