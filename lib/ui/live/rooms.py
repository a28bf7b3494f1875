"""What the pages of a live workshop share: which workshop, how it is joined, and the words for where it stands."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

import segno
import streamlit as st

from lib.actions import links, results
from lib.actions.live import seating, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Seat
from lib.actions.subjects import Subject, named
from lib.actions.suppression import Selection
from lib.model.live import IDEA_ROUND, Stage, Step
from lib.model.records import Study
from lib.ui import data, inputs, session, show, state
from lib.ui.session import t

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def led_picker(study: Study) -> str:
    """The workshop to lead, "" for a new one; the newest that has not ended is chosen first."""
    found = workshops.listing(session.visitor(), study)
    names = {row.id: row.name for row, _ in found} | {"": t("live.new")}
    running = [row.id for row, stage in found if stage.step is not Step.END]
    if picked := state.take(state.PICK_WORKSHOP, str):
        state.keep(state.LED, picked)
    if len(names) == 1:
        return ""
    return inputs.choice(t("live.which"), state.LED, "workshop", names, next(iter([*running, *names])))


def watched_picker(study: Study) -> str:
    """The workshop on the wall: the one in the address, else the newest. Ends the page where there is none."""
    found = [row.id for row, _ in workshops.listing(session.visitor(), study)]
    if not found:
        st.title(t("pages.wall"))
        st.info(t("live.none"))
        st.stop()
    asked = inputs.chosen_in_address("workshop", found[0])
    return asked if asked in found else found[0]


def seat_picker() -> Room:
    """The workshop to rate in; the only one is not asked about."""
    found = {each.workshop.id: each for each in session.seats()}
    names = {key: f"{each.workshop.name} – {each.study.name}" for key, each in found.items()}
    first = next(iter(found))
    return found[first if len(found) == 1 else inputs.choice(t("live.which"), state.SEAT, "workshop", names, first)]


def room(study: Study, workshop: str) -> Room:
    """The room as it stands, or a sentence where it is gone."""
    return data.ask(workshops.room, study, workshop)


def board(room: Room) -> list[Seat]:
    """Who is here and how far each has come."""
    return data.ask(seating.board, room.study, room.workshop.id)


def name_of(subject: Subject) -> str:
    """What raters are asked about, as the visitor reads it."""
    return named(session.language(), subject.id, subject.name)


def label_of(subject: Subject) -> str:
    """As `name_of`, an area with its code."""
    return subject.label if subject.is_area else name_of(subject)


def _numbers(room: Room, *, own: bool) -> list[int]:
    """The rounds whose result is out: those by the workshop's own method, or the votes with points."""
    shown = data.ask(results.choices, room.study, room.workshop.id).rounds
    return [number for number, method in shown.items() if (method == room.workshop.method) is own]


def has_result(room: Room) -> bool:
    """Whether any round of the workshop has a result that is out."""
    return bool(_numbers(room, own=True))


def selection(room: Room) -> Selection:
    """The round to talk about: the newest by the workshop's own method whose result is out."""
    return Selection(room.workshop.id, max(_numbers(room, own=True), default=1))


def votes(room: Room) -> Selection | None:
    """The newest round of points that is out, which stands beside the product ranking."""
    others = _numbers(room, own=False)
    return Selection(room.workshop.id, max(others)) if others else None


def base() -> str:
    """The public address: the setting, else where the visitor's own browser found us."""
    parts = urlsplit(st.context.url or "")
    return links.public_address(f"{parts.scheme}://{parts.netloc}" if parts.netloc else "")


def is_loopback() -> bool:
    return urlsplit(base()).hostname in LOOPBACK


def join_address(room: Room) -> str:
    return f"{base()}/delta/{room.plan.code}"


def spoken_address() -> str:
    """What one says aloud: without the scheme."""
    return f"{base()}/delta".partition("://")[2]


def code(room: Room, large: bool = False) -> None:
    """«CDF HJK»: two groups of three are read and typed without a slip, from the back row too."""
    written = html.escape(f"{room.plan.code[:3]}\u00a0{room.plan.code[3:]}")
    st.html(f'<p class="join-code{" large" if large else ""}">{written}</p>', width="content")


def qr(room: Room, width: int) -> None:
    """The join address as a QR code on white, whatever the theme, so that every camera reads it."""
    drawn = segno.make(join_address(room), error="m").svg_data_uri(scale=8, border=3, light="#fff", omitsize=True)
    alt = html.escape(t("live.qr_alt", code=room.plan.code))
    st.html(f'<img alt="{alt}" src="{html.escape(drawn)}" width="{width}" height="{width}" class="join-qr">')


def step_name(stage: Stage) -> str:
    """«Vurder, runde 2»."""
    return _of_round(t(f"live.step.{stage.step}"), stage)


def wall_name(stage: Stage) -> str:
    """What the room reads on the wall: «Stengt for svar» where the facilitator's step is to close."""
    return _of_round(t(f"live.wall.{stage.step}"), stage)


def _of_round(named: str, stage: Stage) -> str:
    counted = stage.round > 1 and stage.step is not Step.END
    return t("live.step_round", step=named, round=stage.round) if counted else named


def sees(stage: Stage) -> str:
    """One line on what the raters see now."""
    ideas = stage.step is Step.SHOW and stage.round == IDEA_ROUND
    return t("live.sees.show_ideas" if ideas else f"live.sees.{stage.step}")


def progress_words(room: Room, seats: list[Seat]) -> str:
    """«7 av 9 grupper er ferdige»."""
    kind = "group" if room.workshop.group_mode else "person"
    if not seats:
        return t("live.nobody")
    if room.stage.step not in (Step.POINTS, Step.RATE, Step.FREEZE):
        return t(f"live.{kind}s_here", count=len(seats))
    done = show.number(sum(seat.done for seat in seats))
    return t(f"live.{kind}s_done", done=done, count=len(seats))
