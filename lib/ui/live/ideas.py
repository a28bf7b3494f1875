"""What was written under each question, made into ideas, given points, and kept."""

from __future__ import annotations

import streamlit as st

from lib.actions.bridge import promoting
from lib.actions.live import collecting
from lib.actions.live.collecting import Collected
from lib.actions.live.rooms import Room
from lib.model.live import IDEA_ROUND, Collects, Idea, Step
from lib.ui import session, show, state
from lib.ui.session import escape, t


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
        points = t("live.points", count=found.points.get(idea.id, 0)) if found.points else ""
        told = " · ".join(filter(None, [t("live.members", count=len(idea.members)), points]))
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
    label = t(f"live.keep_all.{kind}" if left else f"live.keep_again.{kind}", n=show.number(left))
    if (left or kind is Collects.SWOT) and st.button(label, key=f"live.keep_all.{kind}", type="primary"):
        with session.sayable():
            kept = promoting.keep_all(session.visitor(), room.study, room.workshop.id)
            session.start_anew(t(f"live.all_kept.{kind}", n=show.number(kept)))
