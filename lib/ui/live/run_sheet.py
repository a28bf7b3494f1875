"""The run sheet of a workshop, with clock times from now, and the items it rates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from lib import i18n
from lib.actions.live import workshops
from lib.actions.live.rooms import Room
from lib.model.live import IDEA_ROUND
from lib.ui import session, state
from lib.ui.live import rooms, stages
from lib.ui.session import t


def run_sheet(room: Room) -> None:
    """The run sheet with clock times from now, and the areas that are rated."""
    minutes = stages.minutes_inputs(dict(room.plan.minutes), room.workshop.id)
    if {step: count for step, count in minutes.items() if count} != room.plan.minutes:
        with session.sayable():
            workshops.set_minutes(session.visitor(), room.study, room.workshop.id, minutes)
            st.rerun()
    st.markdown("\n".join(f"- {line}" for line in _clock_times(room)))
    _items(room)


def _clock_times(room: Room) -> list[str]:
    """When each step that is left would end if it all began now."""
    moment = room.stage.ends_at or datetime.now(UTC)
    left = stages.trail_of(room)[stages.trail_of(room).index(room.stage.step) + 1 :]
    said = []
    for step in left:
        if count := room.plan.minutes.get(step, 0):
            moment += timedelta(minutes=count)
            said.append(t("live.ends_about", step=t(f"live.step.{step}"), time=i18n.hour(session.language(), moment)))
    return said


def _items(room: Room) -> None:
    if room.stage.is_open and room.stage.round != IDEA_ROUND:
        st.caption(t("errors.items_are_shown"))
        return
    names = {key: rooms.label_of(each) for key, each in room.offered.items()}
    held = [item for item in (room.stage.items if room.stage.round else room.plan.items) if item in names]
    chosen = st.multiselect(
        stages.items_label(room.workshop.method), list(names), held, format_func=names.__getitem__,
        help=t("live.items_help"), key=f"{state.WORKSHOP_ITEMS}.{room.stage.seq}", placeholder=t("live.items_none"),
    )  # fmt: skip
    if chosen != held and st.button(t("live.save_items"), key=f"live.save_items.{room.stage.seq}"):
        with session.sayable(anew=True):
            workshops.choose_items(session.visitor(), room.study, room.workshop.id, room.stage.seq, tuple(chosen))
            session.start_anew(t("live.items_saved"))
