"""The guard that every page begins with: may the visitor do this, in which study, and what instead."""

from __future__ import annotations

import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.model.problems import AppError, Denied
from lib.model.records import Study
from lib.ui import copying, session
from lib.ui.session import t


def require(action: str, *, in_study: bool = True, seated: bool = False) -> Study | None:
    """Stop the page with a sentence unless the visitor may do this in the chosen study, which is returned.

    With `seated` it is enough that there is a workshop in which they may, whatever study is chosen. What is closed in
    a demonstration may be done in a copy of it.
    """
    chosen = session.study() if in_study else None
    try:
        if not seated:
            gate.allow(session.visitor(), Action(action), chosen)
        elif not session.seats():
            raise Denied("no_seat")
    except AppError as refused:
        st.title(t("frame.closed"))
        session.say_error(refused)
        if chosen and chosen.demo:
            copying.instead(chosen)
        st.stop()
    return chosen
