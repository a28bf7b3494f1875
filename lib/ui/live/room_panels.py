"""What runs by itself while a workshop is led: the watch that redraws a page when something moved, and the clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from math import inf

import streamlit as st

from lib.actions import studies
from lib.actions.live.rooms import Room
from lib.model.records import Study
from lib.ui import session, state
from lib.ui.session import t

SECONDS = 1.0


def watch(study: Study, at_least: float = inf) -> None:
    """Redraw the page within a second of any change; called before anything is read, so that nothing is missed.

    After `at_least` seconds also without one, where the page says for how long nothing has happened.
    """
    state.keep(state.WATCHED, (study.id, None, time.monotonic()))
    _watch(study, at_least)
    with session.or_stop():
        revision = studies.revision_of(session.visitor(), study)
        state.keep(state.WATCHED, (study.id, revision, time.monotonic()))


@st.fragment(run_every=SECONDS)
def _watch(study: Study, at_least: float) -> None:
    """Draws nothing, so a tick without news costs one question to the store and changes nothing on the screen.

    What is known is forgotten where the page could not be drawn, so that one moment's trouble does not stand for ever.
    """
    known = state.recall(state.WATCHED, tuple) or (None, None, 0.0)
    age = time.monotonic() - known[2]
    if age < SECONDS / 2:
        return
    with session.or_stop():
        if (study.id, studies.revision_of(session.begin(), study)) != known[:2] or age > at_least:
            st.rerun()


_CLOCK_STYLE = """
.clock { font-variant-numeric: tabular-nums; font-weight: 650; color: var(--st-text-color); margin: 0;
  font-size: 1.375rem; line-height: 1.3; font-family: var(--st-font) }
.clock.wall { font-size: 2.75rem }
.clock.over { color: var(--st-primary-color) }
"""
_CLOCK = """
export default function ({ data, parentElement }) {
  const clock = parentElement.querySelector('.clock')
  const ends = Date.now() + data.left * 1000
  const show = () => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000))
    const written = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0')
    clock.textContent = left ? data.words.replace('{left}', written) : data.over
    clock.className = 'clock' + (data.wall ? ' wall' : '') + (left ? '' : ' over')
  }
  show()
  const ticking = setInterval(show, 1000)
  return () => clearInterval(ticking)
}
"""


def clock(room: Room, wall: bool = False) -> None:
    """The time that is left of the step, counted down in the browser; nothing where the step has none.

    Each step has a clock of its own, so that none goes on counting for the step before.
    """
    if room.stage.ends_at is None:
        return
    left = max(0.0, (room.stage.ends_at - datetime.now(UTC)).total_seconds())
    mount = st.components.v2.component(
        "room_clock", html='<p class="clock" role="timer"></p>', css=_CLOCK_STYLE, js=_CLOCK
    )
    words, over = t("live.time_left", left="{left}"), t("live.time_over")
    mount(data={"left": left, "words": words, "over": over, "wall": wall}, key=f"{state.CLOCK}.{room.stage.seq}")
