"""The parts of «Led workshopen»: the form for a new one, the steps with their two buttons, and how people join."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from lib import i18n
from lib.actions.live import workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Draft, Next
from lib.domain.methods import METHODS
from lib.exhibits import results
from lib.model.live import IDEA_ROUND, Collects, Stage, Step
from lib.model.problems import AppError, Stale
from lib.model.records import Study
from lib.ui import data, session, state
from lib.ui.live import room_panels, rooms, starting
from lib.ui.session import escape, t

TRAIL = (Step.COLLECT, Step.POINTS, Step.RATE, Step.FREEZE, Step.SHOW, Step.DISCUSS, Step.END)
TIMED = (Step.COLLECT, Step.POINTS, Step.RATE, Step.DISCUSS)
MINUTES = {Step.COLLECT: 10, Step.POINTS: 5, Step.RATE: 20, Step.DISCUSS: 30}
MORE_MINUTES = (1, 5)


def new_workshop(study: Study) -> None:
    """What kind of workshop, then one form whose defaults will do: a name, what is rated, and off one goes."""
    kind = starting.kind_picker()
    group_mode = starting.mode_picker(kind)
    with st.form(f"new_workshop.{state.count(state.NEW_WORKSHOP)}"):
        name = st.text_input(t("live.name"), t("live.name_default", day=_today()), key=_key(state.WORKSHOP_NAME))
        draft = _options(replace(starting.subject_inputs(study, kind), name=name, group_mode=group_mode))
        asked = st.form_submit_button(t("live.create"), type="primary")
    if asked:
        with session.sayable():
            made = workshops.create(session.visitor(), study, draft)
            state.keep(state.PICK_WORKSHOP, made.id)
            state.count_on(state.NEW_WORKSHOP)
            session.start_anew(t("live.created", name=made.name))


def _key(key: str) -> str:
    return state.numbered(key, state.NEW_WORKSHOP)


def items_label(method: str) -> str:
    """«Områder som skal vurderes», or what else the method is made for."""
    return t(f"live.items_of.{METHODS[method].items}")


def _today() -> str:
    return i18n.day(session.language(), datetime.now(UTC))


def _options(draft: Draft) -> Draft:
    """What raters say of themselves, the open questions and the run sheet."""
    asks = {key: t(f"live.asks_{key}") for key in ("role", "municipality", "comment")}
    asked = st.pills(
        t("live.asks"), list(asks), default=list(asks), format_func=asks.__getitem__, selection_mode="multi",
        key=_key(state.WORKSHOP_ASKS),
    )  # fmt: skip
    with st.expander(t("live.more")):
        prompts = draft.prompts if draft.collects is Collects.SWOT else starting.prompts_input(draft)
        minutes = minutes_inputs({step.value: count for step, count in MINUTES.items()}, "new")
    return replace(
        draft,
        asks_role="role" in asked,
        asks_municipality="municipality" in asked,
        comments="comment" in asked,
        prompts=prompts,
        minutes=minutes,
    )


def minutes_inputs(held: dict[str, int], which: str) -> dict[str, int]:
    """The run sheet: minutes for each step that takes time."""
    st.markdown(f"**{t('live.run_sheet')}**")
    found: dict[str, int] = {}
    for column, step in zip(st.columns(len(TIMED)), TIMED, strict=True):
        with column:
            found[step.value] = st.number_input(
                t(f"live.step.{step}"), 0, workshops.LONGEST_MINUTES, held.get(step.value, 0),
                key=f"{which}.minutes.{step}",
            )  # fmt: skip
    st.caption(t("live.run_sheet_sum", minutes=sum(found.values())))
    return found


def steps(room: Room) -> None:
    """Where the room is, what the raters see, and one button on and one back."""
    st.markdown(" › ".join(_trail(room)))
    with st.container(border=True):
        st.header(rooms.step_name(room.stage), anchor=False)
        st.markdown(rooms.sees(room.stage))
        st.markdown(f"**{rooms.progress_words(room, rooms.board(room))}**")
        room_panels.clock(room)
        after = _after(room)
        with st.container(horizontal=True):
            _back(room)
            _forward(room, after)
            _more_time(room)


def _trail(room: Room) -> list[str]:
    """All the steps in a line, the one the room is in in bold."""
    names = {step: t(f"live.step.{step}") for step in trail_of(room)}
    said = [f"**{name}**" if step is room.stage.step else name for step, name in names.items()]
    return [*said[:-1], t("live.step_again"), said[-1]]


def trail_of(room: Room) -> list[Step]:
    """The steps that this workshop goes through; points are given to what was written, where anything is asked."""
    pointed = bool(room.plan.prompts) and room.plan.collects is not Collects.RISKS
    return [step for step in TRAIL if pointed or step is not Step.POINTS]


def _forward(room: Room, after: Next | None) -> None:
    stage = workshops.following(room, after)
    if stage is None:
        return
    key = f"live.forward.{room.stage.seq}"
    st.button(_go(room, stage), type="primary", key=key, on_click=_move, args=(room, workshops.forward, after))


def _move(room: Room, verb: Callable[..., Stage], *more: object) -> None:
    """Done before the page is drawn again, with the room as it was on the screen; a second click of one's own is none.

    In the page itself a button of a step that is past would not be found any more, and its click be lost in silence.
    """
    seen = room.stage.seq
    try:
        verb(session.begin(), room.study, room.workshop.id, seen, *more)
        state.keep(state.MOVED_FROM, seen)
    except AppError as raised:
        if not (isinstance(raised, Stale) and state.recall(state.MOVED_FROM, int) == seen):
            session.leave_notice(i18n.error(session.language(), raised))


def _go(room: Room, stage: Stage) -> str:
    """What the button does, in the words of the room."""
    if stage.step is Step.RATE and stage.round > 1:
        return t("live.go.round", round=stage.round)
    return t("live.go.show_ideas" if stage.step is Step.SHOW and stage.round == IDEA_ROUND else f"live.go.{stage.step}")


def _back(room: Room) -> None:
    stage = workshops.preceding(room)
    if stage is None:
        return
    label = t("live.back", step=rooms.step_name(stage).lower())
    st.button(label, key=f"live.back.{room.stage.seq}", on_click=_move, args=(room, workshops.back))


def _more_time(room: Room) -> None:
    if room.stage.step not in TIMED:
        return
    for minutes in MORE_MINUTES:
        label, key = t("live.more_time", minutes=minutes), f"live.time.{room.stage.seq}.{minutes}"
        st.button(label, key=key, on_click=_move, args=(room, workshops.extend, minutes))


def _after(room: Room) -> Next | None:
    """After a discussion: the end, or another round by a method on these areas."""
    if room.stage.step is not Step.DISCUSS:
        return None
    methods = {"": t("live.after_end")}
    methods |= {key: _round_label(room, key) for key in workshops.round_methods(room.workshop)}
    key = st.radio(
        t("live.after"), list(methods), index=int(room.stage.round == 1), format_func=methods.__getitem__,
        key=f"{state.AFTER}.{room.stage.round}",
    )  # fmt: skip
    if not key:
        return None
    names = {item: rooms.name_of(room.known[item]) for item in room.plan.items if item in room.known}
    chosen = st.multiselect(
        t(f"live.after_items_of.{METHODS[room.workshop.method].items}"), list(names),
        _worth_another(room, key, list(names)), format_func=names.__getitem__,
        key=f"{state.AFTER_ITEMS}.{room.stage.round}.{key}", placeholder=t("live.items_none"),
    )  # fmt: skip
    return Next(key, tuple(item for item in names if item in chosen))


def _worth_another(room: Room, method: str, items: list[str]) -> list[str]:
    """Where the room is divided, if it is anywhere; points are given to all."""
    if method != room.workshop.method or not rooms.has_result(room):
        return items
    found = data.exhibit_if_any("live.topics", room.study, results.address(rooms.selection(room)))
    apart = {each.item for each in found.found if each.dissent} if found else ()
    return [item for item in items if item in apart] or items


def _round_label(room: Room, key: str) -> str:
    own = key == room.workshop.method
    return t("live.after_again", round=room.stage.round + 1) if own else t("live.after_dots")


def joining(room: Room) -> None:
    """How people come in: the code and the address to say aloud, a link for a digital meeting, the wall."""
    with st.expander(t("live.joining"), expanded=room.stage.step is Step.COLLECT):
        code, link = st.columns([1, 2])
        with code:
            rooms.qr(room, 220)
        with link:
            st.markdown(t("live.join_spoken", address=f"**{escape(rooms.spoken_address())}**"))
            rooms.code(room)
            st.markdown(t("live.join_link"))
            st.code(rooms.join_address(room), language=None, wrap_lines=True)
        if rooms.is_loopback():
            st.warning(t("live.loopback", port=st.get_option("server.port")))
        query = urlencode({"utredning": room.study.slug, "workshop": room.workshop.id})
        st.link_button(t("live.to_wall"), f"/vegg?{query}")


def part_picker(room: Room) -> str:
    """Which of the rest is shown; only one at a time is drawn."""
    parts = [
        "raters",
        *(["ideas"] if room.plan.prompts else []),
        *(["discuss"] if rooms.has_result(room) else []),
        "plan",
    ]
    state.seed(state.WORKSHOP_PART, parts[0])
    if state.recall(state.WORKSHOP_PART, str) not in parts:
        state.keep(state.WORKSHOP_PART, parts[0])
    part = st.segmented_control(
        t("live.part"), parts, format_func=lambda part: t(f"live.part_{part}"), key=state.WORKSHOP_PART,
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    return part or parts[0]
