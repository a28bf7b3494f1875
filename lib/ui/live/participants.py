"""Who has joined a workshop, how far each has come, who is silent, and what to do about a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from lib.actions.live import seating
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Seat
from lib.ui import session, show, state
from lib.ui.live import rooms
from lib.ui.session import t

SILENT_AFTER = timedelta(minutes=2)
LINES_SHOWN, NAME_WIDTH = 200, 240


def raters(room: Room) -> None:
    """Who has joined, how far each has come, who is silent, and what to do about a name."""
    seats = rooms.board(room)
    if not seats:
        st.info(t("live.nobody_yet"))
        return
    lines = pd.DataFrame([_board_row(room, seat) for seat in sorted(seats, key=lambda seat: seat.done)][:LINES_SHOWN])
    numbers = (t("live.answered"), t("live.devices"))
    show.table(lines, t("live.board_alt"), numbers, {lines.columns[0]: NAME_WIDTH})
    with st.expander(t("live.manage")):
        _manage(room, seats)


def _board_row(room: Room, seat: Seat) -> dict[str, str]:
    """What the board says of one, first what is looked for: the name, and how far they have come."""
    said = {"rater" if room.workshop.group_mode else "person": seat.rater.name}
    said["standing"] = t(f"live.is_{_activity(room, seat)}")
    if seat.asked:
        said["answered"] = t("live.of", n=show.number(seat.answered), all=show.number(seat.asked))
    if room.plan.asks_role:
        said["role"] = t(f"choices.role.{seat.rater.role}") if seat.rater.role else ""
    if room.plan.asks_municipality:
        said["municipality"] = seat.municipality
    said["devices"] = show.number(seat.devices)
    return {t(f"live.{key}"): text for key, text in said.items()}


def _activity(room: Room, seat: Seat) -> str:
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
