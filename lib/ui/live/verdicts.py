"""What a round of risks or of the self-evaluation came to, on «Drøft», on the facilitator's page and on the wall."""

from __future__ import annotations

import streamlit as st

from lib.actions.bridge import risk_rounds
from lib.actions.live.rooms import Room
from lib.actions.suppression import Selection
from lib.domain.methods import METHODS
from lib.exhibits import results
from lib.exhibits.exhibit import Exhibit
from lib.i18n import listing
from lib.model.methods import Items
from lib.model.records import Study
from lib.ui import data, session, show
from lib.ui.live import rooms
from lib.ui.session import escape, t

WALL_LINES = 8
KEYS = ("live.risk_round", "live.grades")
_NOT_ON_WALL = ("verdicts.spread", "verdicts.alone", "self_evaluation.spread")


def panel(study: Study, selection: Selection) -> None:
    """The highest numbers of each risk, what they demand and what is behind them; nothing for other methods."""
    found = data.exhibit_if_any("live.risk_round", study, results.address(selection))
    if not found:
        return
    show.marks(found)
    st.header(escape(found.headline), anchor=False)
    _warning(found)
    show.reading_table(found.table.shown.to_pandas(), found.table.alt)
    st.caption(found.notes[0])
    show.downloads(study, found)


def _warning(found: Exhibit) -> None:
    """Where most risks are forced only because many rated."""
    for said in found.notes[1:]:
        st.warning(said)


def entering(room: Room) -> None:
    """The button that brings the numbers into the register, for whoever leads a workshop on risks."""
    shown = rooms.selection(room)
    rated = [each for each in room.items if each.kind is Items.RISKS]
    if METHODS[room.workshop.method].items is not Items.RISKS or not rated or not rooms.has_result(room):
        return
    if st.button(t("verdicts.enter"), type="primary", key=f"verdicts.enter.{shown.round}"):
        with session.sayable():
            entered = risk_rounds.enter(session.visitor(), room.study, room.workshop.id, shown.round)
            closed = [t("verdicts.closed", names=listing(session.language(), list(entered.closed)))]
            said = [
                t("verdicts.entered" if entered.changed else "verdicts.nothing_new", n=show.number(entered.changed))
            ]
            session.start_anew(" ".join(said + (closed if entered.closed else [])))
    st.caption(t("verdicts.enter_help"))


def of(study: Study, selection: Selection) -> Exhibit | None:
    """What a round of risks or factors came to, whose answer is not who is on top; None for other methods."""
    address = results.address(selection)
    found = (data.exhibit_if_any(key, study, address) for key in KEYS)
    return next(filter(None, found), None)


def on_wall(found: Exhibit) -> None:
    """Each risk or factor in one line of large type, what it demands in words."""
    shown = found.table.shown.to_pandas().drop(columns=[t(key) for key in _NOT_ON_WALL], errors="ignore")
    half = len(shown) if len(shown) <= WALL_LINES else -(-len(shown) // 2)
    parts = [part for part in (shown[:half], shown[half:]) if len(part)]
    for column, part in zip(st.columns(len(parts)), parts, strict=True):
        with column:
            show.reading_table(part, t("verdicts.wall_alt"))
