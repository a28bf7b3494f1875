"""What a facilitator sees to while the room works: who sits where, what was written, and the run sheet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from lib import i18n
from lib.actions.bridge import promoting
from lib.actions.live import collecting, seating, workshops
from lib.actions.live.collecting import Collected
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Seat
from lib.model.live import IDEA_ROUND, Collects, Idea, Step
from lib.ui import session, show, state
from lib.ui.live import leading, rooms
from lib.ui.session import escape, t

SILENT_AFTER = timedelta(minutes=2)
LINES_SHOWN, NAME_WIDTH = 200, 240


def raters(room: Room) -> None:
    """Who has joined, how far each has come, who is silent, and what to do about a name."""
    seats = rooms.board(room)
    if not seats:
        st.info(t("live.nobody_yet"))
        return
    lines = pd.DataFrame([_line(room, seat) for seat in sorted(seats, key=lambda seat: seat.done)][:LINES_SHOWN])
    numbers = (t("live.answered"), t("live.devices"))
    show.table(lines, t("live.board_alt"), numbers, {lines.columns[0]: NAME_WIDTH})
    with st.expander(t("live.manage")):
        _manage(room, seats)


def _line(room: Room, seat: Seat) -> dict[str, str]:
    """What the board says of one, first what is looked for: the name, and how far they have come."""
    said = {"rater" if room.workshop.group_mode else "person": seat.rater.name}
    said["standing"] = t(f"live.is_{_standing(room, seat)}")
    if seat.asked:
        said["answered"] = t("live.of", n=show.figure(seat.answered), all=show.figure(seat.asked))
    if room.plan.asks_role:
        said["role"] = t(f"choices.role.{seat.rater.role}") if seat.rater.role else ""
    if room.plan.asks_municipality:
        said["municipality"] = seat.municipality
    said["devices"] = show.figure(seat.devices)
    return {t(f"live.{key}"): text for key, text in said.items()}


def _standing(room: Room, seat: Seat) -> str:
    """In a word: done, at work, or silent for a while."""
    if not seat.asked:
        return "here"
    if seat.done:
        return "done"
    since = seat.last_at or room.stage.moved_at
    return "silent" if datetime.now(UTC) - since > SILENT_AFTER else "working"


def _manage(room: Room, seats: list[Seat]) -> None:
    names = {seat.rater.id: seat.rater.name for seat in seats}
    chosen = st.selectbox(
        t("live.rater"), list(names), format_func=lambda key: names.get(key, ""), key=state.CHOSEN_RATER
    )
    if not chosen:
        return
    if room.workshop.group_mode:
        name = st.text_input(t("live.new_name"), names[chosen], key=f"{state.RATER_NAME}.{chosen}")
        if st.button(t("live.rename"), key=f"live.rename.{chosen}"):
            with session.sayable():
                seating.rename(session.visitor(), room.study, room.workshop.id, chosen, name)
                session.start_anew(t("live.renamed", name=name))
        _merge(room, chosen, names)
    if st.button(t("live.remove", name=names[chosen]), key=f"live.remove.{chosen}"):
        with session.sayable():
            seating.remove(session.visitor(), room.study, room.workshop.id, chosen)
            session.start_anew(t("live.removed", name=names[chosen]))
    st.caption(t("live.remove_help"))


def _merge(room: Room, chosen: str, names: dict[str, str]) -> None:
    others = {key: name for key, name in names.items() if key != chosen}
    if not others:
        return
    into = st.selectbox(
        t("live.merge_into", name=names[chosen]), list(others), format_func=others.__getitem__,
        key=f"{state.MERGE_INTO}.{chosen}",
    )  # fmt: skip
    if st.button(t("live.merge"), key=f"live.merge.{chosen}"):
        with session.sayable():
            seating.merge(session.visitor(), room.study, room.workshop.id, chosen, into)
            session.start_anew(t("live.merged", name=names[chosen], into=others[into]))


def ideas(room: Room) -> None:
    """What was written under each question, made into ideas, given points, and kept as areas."""
    found = collecting.collected(session.visitor(), room.study, room.workshop.id)
    if not found.contributions:
        st.info(t("live.nothing_written"))
    _keep_all(room)
    for place, prompt in enumerate(room.plan.prompts):
        st.subheader(escape(prompt), anchor=False)
        _loose(room, found, place)
        held = [idea for idea in found.ideas if idea.prompt == place]
        for idea in sorted(held, key=lambda each: -found.points.get(each.id, 0)):
            _idea(room, found, idea)


def _loose(room: Room, found: Collected, place: int) -> None:
    """Contributions that belong to no idea yet: chosen together they become one."""
    texts = {each.tap: each.text for each in found.loose if each.prompt == place}
    if not texts or room.stage.round != IDEA_ROUND:
        return
    key = f"{state.LOOSE}.{place}.{state.count(state.LOOSE)}"
    chosen = st.multiselect(
        t("live.loose"), list(texts), format_func=texts.__getitem__, key=key, placeholder=t("live.pick")
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            t("live.idea_text"), texts[chosen[0]] if chosen else "", key=f"{key}.text.{'.'.join(chosen[:1])}"
        )
        if st.button(t("live.group"), disabled=not chosen, key=f"live.group.{place}"):
            with session.sayable():
                collecting.group(session.visitor(), room.study, room.workshop.id, chosen, text)
                state.count_on(state.LOOSE)
                st.rerun()
        if st.button(t("live.take_each"), key=f"live.take_each.{place}"):
            with session.sayable():
                collecting.take_each(session.visitor(), room.study, room.workshop.id)
                st.rerun()


def _idea(room: Room, found: Collected, idea: Idea) -> None:
    with st.container(border=True):
        points = t("live.points", n=show.figure(found.points.get(idea.id, 0))) if found.points else ""
        told = " · ".join(filter(None, [t("live.members", n=show.figure(len(idea.members))), points]))
        st.markdown(f"**{escape(idea.text)}**  \n{escape(told)}")
        texts = {each.tap: each.text for each in found.contributions}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            text = st.text_input(t("live.idea_text"), idea.text, key=f"{state.IDEA_TEXT}.{idea.id}.{idea.text}")
            if text != idea.text:
                with session.sayable():
                    collecting.group(session.visitor(), room.study, room.workshop.id, (), text, idea.id)
                    st.rerun()
            _keep(room, idea)
            if room.stage.step is Step.COLLECT and st.button(t("live.dissolve"), key=f"live.dissolve.{idea.id}"):
                with session.sayable():
                    collecting.dissolve(session.visitor(), room.study, room.workshop.id, idea.id)
                    st.rerun()
        others = [texts[tap] for tap in idea.members if tap in texts and texts[tap] != idea.text]
        if others:
            st.caption(escape(" · ".join(others)))


def _keep(room: Room, idea: Idea) -> None:
    kind = room.plan.collects or Collects.AREAS
    if room.has_kept(idea):
        st.badge(t(f"live.kept.{kind}"))
    elif kind is not Collects.SWOT and st.button(t(f"live.keep.{kind}"), key=f"live.make_area.{idea.id}"):
        with session.sayable():
            kept = promoting.keep(session.visitor(), room.study, room.workshop.id, idea.id)
            session.start_anew(t(f"live.made.{kind}", name=kept.name, code=kept.code))


def _keep_all(room: Room) -> None:
    """Every idea at once, where each becomes the same kind of thing; a SWOT's once their points are out."""
    kind = room.plan.collects
    if not room.ideas or kind not in (Collects.RISKS, Collects.SWOT):
        return
    if kind is Collects.SWOT and not collecting.shown(room):
        st.caption(t("live.swot_waits"))
        return
    left = sum(not room.has_kept(idea) for idea in room.ideas)
    label = t(f"live.keep_all.{kind}" if left else f"live.keep_again.{kind}", n=show.figure(left))
    if (left or kind is Collects.SWOT) and st.button(label, key=f"live.keep_all.{kind}", type="primary"):
        with session.sayable():
            kept = promoting.keep_all(session.visitor(), room.study, room.workshop.id)
            session.start_anew(t(f"live.all_kept.{kind}", n=show.figure(kept)))


def plan(room: Room) -> None:
    """The run sheet with clock times from now, and the areas that are rated."""
    minutes = leading.minutes_inputs(dict(room.plan.minutes), room.workshop.id)
    if {step: count for step, count in minutes.items() if count} != room.plan.minutes:
        with session.sayable():
            workshops.set_minutes(session.visitor(), room.study, room.workshop.id, minutes)
            st.rerun()
    st.markdown("\n".join(f"- {line}" for line in _clock_times(room)))
    _items(room)


def _clock_times(room: Room) -> list[str]:
    """When each step that is left would end if it all began now."""
    moment = room.stage.ends_at or datetime.now(UTC)
    left = leading.trail_of(room)[leading.trail_of(room).index(room.stage.step) + 1 :]
    said = []
    for step in left:
        if count := room.plan.minutes.get(step, 0):
            moment += timedelta(minutes=count)
            said.append(t("live.ends_about", step=t(f"live.step.{step}"), time=_time(moment)))
    return said


def _time(moment: datetime) -> str:
    return moment.astimezone(i18n.OSLO).strftime("%H.%M" if session.language() == "nb" else "%H:%M")


def _items(room: Room) -> None:
    if room.stage.is_open and room.stage.round != IDEA_ROUND:
        st.caption(t("errors.items_are_shown"))
        return
    names = {key: rooms.label_of(each) for key, each in room.offered.items()}
    held = [item for item in (room.stage.items if room.stage.round else room.plan.items) if item in names]
    chosen = st.multiselect(
        leading.items_label(room.workshop.method), list(names), held, format_func=names.__getitem__,
        help=t("live.items_help"), key=f"{state.WORKSHOP_ITEMS}.{room.stage.seq}", placeholder=t("live.items_none"),
    )  # fmt: skip
    if chosen != held and st.button(t("live.save_items"), key=f"live.save_items.{room.stage.seq}"):
        with session.sayable(anew=True):
            workshops.choose_items(session.visitor(), room.study, room.workshop.id, room.stage.seq, tuple(chosen))
            session.start_anew(t("live.items_saved"))
