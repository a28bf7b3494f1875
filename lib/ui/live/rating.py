"""«Vurder»: a group with a laptop, or a facilitator with paper forms, answers in one table or one area at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

import pandas as pd
import streamlit as st

from lib import i18n
from lib.access import Action
from lib.actions import gate, subjects
from lib.actions.live import rooms, seating, taking_part
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Introduction
from lib.actions.live.taking_part import Answers, Tap
from lib.actions.subjects import Subject, spoken
from lib.model.access import Actor
from lib.model.live import Step
from lib.model.methods import Criterion
from lib.model.problems import AppError
from lib.model.records import Rater, RaterRole, new_id
from lib.ui import session, show, state
from lib.ui.live import room_panels
from lib.ui.live.rooms import sees, step_name
from lib.ui.session import escape, t

FOLLOW_SECONDS = 2.0


def rater_picker(room: Room) -> Rater | None:
    """Whom the answers are from: the group that this browser has joined as, or for a facilitator any of them."""
    own = seating.seat_of(room, st.context.cookies.get(seating.COOKIE, ""))
    if own is not None or not _leads(room):
        return own
    names = {rater.id: rater.name for rater in seating.on_paper(room)}
    if picked := state.take(state.PICK_RATER, str):
        state.keep(state.RATING_WHO, picked)
    chosen = st.selectbox(
        t("rating.who"), list(names), format_func=lambda key: names.get(key, ""), key=state.RATING_WHO,
        placeholder=t("rating.nobody"),
    )  # fmt: skip
    _new_rater(room)
    return room.raters.get(chosen or "")


def _leads(room: Room) -> bool:
    return gate.may(session.visitor(), Action.WORKSHOP_LEAD, room.study)


def _new_rater(room: Room) -> None:
    """A group or a person whose answers come on paper."""
    with st.expander(t("rating.new")), st.form(f"new_rater.{state.count(state.NEW_RATER)}"):
        name = st.text_input(t("live.rater"), key=_new_key(state.NEW_RATER)) if room.workshop.group_mode else ""
        roles = {"": t("live.mixed_role")} | {role.value: t(f"choices.role.{role}") for role in RaterRole}
        role = st.selectbox(
            t("live.role"), list(roles), format_func=roles.__getitem__, key=_new_key(state.NEW_RATER_ROLE)
        )
        places = {"": t("live.mixed_municipality"), **room.municipalities}
        place = st.selectbox(
            t("live.municipality"),
            list(places),
            format_func=places.__getitem__,
            key=_new_key(state.NEW_RATER_MUNICIPALITY),
        )
        asked = st.form_submit_button(t("rating.add"))
    if asked:
        with session.sayable():
            who = Introduction(name, RaterRole(role) if role else None, place or None)
            made = seating.add(session.visitor(), room.study, room.workshop.id, who)
            state.keep(state.PICK_RATER, made.id)
            state.count_on(state.NEW_RATER)
            session.start_anew(t("rating.added", name=made.name))


def _new_key(key: str) -> str:
    return state.numbered(key, state.NEW_RATER)


@st.fragment(run_every=FOLLOW_SECONDS)
def _follow(workshop: str, seq: int, rater: str) -> None:
    """Draws nothing; when the facilitator moves on, or changes who this is, the page is drawn anew."""
    with session.or_stop():
        room = rooms.room(workshop)
        if room.stage.seq != seq or rater not in room.raters:
            st.rerun()


def panel(room: Room, rater: Rater) -> None:
    """Where the room stands, and the questions when there are any."""
    _follow(room.workshop.id, room.stage.seq, rater.id)
    st.header(escape(t("rating.for", name=rater.name, step=step_name(room.stage))), anchor=False)
    room_panels.clock(room)
    paper = {Step.FREEZE} if _leads(room) else set()
    if room.stage.step not in {Step.RATE, Step.POINTS} | paper:
        st.info(sees(room.stage))
        return
    views = {"table": t("rating.view_table"), "one": t(f"one_at_a_time.{room.method.items}")}
    state.seed(state.RATING_VIEW, "table")
    view = st.segmented_control(
        t("rating.view"), list(views), format_func=views.__getitem__, key=state.RATING_VIEW, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    _steps(room)
    (_table if view == "table" else _one)(room.workshop.id, rater)


def _steps(room: Room) -> None:
    """What each step of the scales means, where the method says so."""
    means = subjects.step_words(session.language(), room.method, room.steps)
    if not means:
        return
    with st.expander(t("rating.steps")):
        for column, (key, steps) in zip(st.columns(len(means)), means.items(), strict=True):
            with column:
                told = (f"{step} = {escape(text)}" for step, text in steps)
                st.markdown("  \n".join([f"**{t(f'criteria.{key}')}**", *told]))


def _item_head(room: Room) -> str:
    return t(f"item_names.{room.method.items}")


def _subjects(room: Room) -> list[Subject]:
    """What the round asks about, under the names that the visitor reads."""
    return [spoken(session.language(), subject) for subject in room.subjects]


def _options(room: Room, criterion: Criterion) -> list[str]:
    """What can be answered, as it is written: the steps, and «vet ikke» where numbers are grades."""
    unknown = [] if room.method.budget else [t("choices.unknown")]
    return [*(str(step) for step in criterion.steps), *unknown]


def _written(value: int | None) -> str:
    return t("choices.unknown") if value is None else str(value)


def _value(written: str) -> int | None:
    return None if written == t("choices.unknown") else int(written)


@st.fragment
def _table(workshop: str, rater: Rater) -> None:
    """All areas at once; every cell is saved as it is left."""
    actor, room = session.begin(), rooms.room(workshop)
    asked = ".".join(each.id for each in _subjects(room))
    key = f"rating.table.{room.stage.round}.{rater.id}.{asked}.{state.count(rater.id)}"
    base, seen = (state.recall(f"{key}.{part}", pd.DataFrame) for part in ("base", "seen"))
    if base is None:
        base = _base(room, taking_part.answers(actor, room, rater))
        state.keep(f"{key}.base", base)
    criteria = {t(f"criteria.{each.key}"): each for each in room.method.criteria}
    columns = {_item_head(room): st.column_config.TextColumn(disabled=True, width="large")}
    columns |= {head: st.column_config.SelectboxColumn(options=_options(room, each)) for head, each in criteria.items()}
    columns |= {t("rating.comment"): st.column_config.TextColumn(width="large", max_chars=taking_part.COMMENT_LIMIT)}
    edited = st.data_editor(
        base, hide_index=True, column_config=columns, key=key, width="stretch", height="content", num_rows="fixed",
        placeholder="",
    )  # fmt: skip
    state.keep(f"{key}.seen", edited)
    _save(actor, room, rater, list(_changes(room, edited, base if seen is None else seen, criteria)))
    _show_others(actor, room, rater, edited)


def _show_others(actor: Actor, room: Room, rater: Rater, edited: pd.DataFrame) -> None:
    """What another device of the group has answered meanwhile is shown in a new table, and not written over."""
    if _cells(_base(room, taking_part.answers(actor, room, rater))) != _cells(edited):
        state.count_on(rater.id)
        st.rerun()


def _cells(table: pd.DataFrame) -> list[dict[Hashable, object]]:
    return table.astype("object").where(table.notna(), "").to_dict("records")


def _base(room: Room, given: Answers) -> pd.DataFrame:
    """The answers as they are; the editor keeps what is changed after it beside them."""
    lines = []
    for each in _subjects(room):
        line: dict[str, str | None] = {_item_head(room): each.name}
        for criterion in room.method.criteria:
            known = (each.id, criterion.key) in given.values
            line[t(f"criteria.{criterion.key}")] = _written(given.values[each.id, criterion.key]) if known else None
        if room.plan.comments and not each.is_idea:
            line[t("rating.comment")] = given.comments.get(each.id)
        lines.append(line)
    return pd.DataFrame(lines, dtype="object")


def _changes(
    room: Room, edited: pd.DataFrame, seen: pd.DataFrame, criteria: dict[str, Criterion]
) -> Iterator[tuple[Subject, str, str]]:
    """(what, criterion or "", what was written) for every cell that was changed in the table since it was last seen."""
    asked = {head: criterion.key for head, criterion in criteria.items()} | {t("rating.comment"): ""}
    for each, line, before in zip(_subjects(room), _cells(edited), _cells(seen), strict=True):
        for head, criterion in asked.items():
            written = line.get(head, "")
            if written != before.get(head, "") and (written or not criterion):
                yield each, criterion, str(written)


def _save(actor: Actor, room: Room, rater: Rater, changes: list[tuple[Subject, str, str]]) -> None:
    """Each change as a tap, like a phone's; a refusal is said, and the table shows again what is stored."""
    for subject, criterion, written in changes:
        try:
            if criterion:
                tap = Tap(new_id(), room.stage.round, subject.id, criterion, _value(written))
                taking_part.rate(actor, room, rater, tap)
            else:
                taking_part.remark(actor, room, rater, new_id(), subject.id, written)
        except AppError as refused:
            state.count_on(rater.id)
            session.leave_notice(i18n.error(session.language(), refused))
            st.rerun()
    given = taking_part.answers(actor, room, rater)
    _progress(room, given)


def _progress(room: Room, given: Answers) -> None:
    """What is saved, and what is left."""
    if room.method.budget:
        spent = sum(value or 0 for value in given.values.values())
        st.markdown(f"**{t('rating.points_left', left=room.method.budget - spent, budget=room.method.budget)}**")
        return
    done = sum(given.has_all(each.id, room.method) for each in room.subjects)
    st.markdown(f"**{t('rating.saved', done=show.number(done), all=show.number(len(room.subjects)))}**")


@st.fragment
def _one(workshop: str, rater: Rater) -> None:
    """One area with its fact sheet, and large buttons; saved at each press."""
    actor, room = session.begin(), rooms.room(workshop)
    given, asked = taking_part.answers(actor, room, rater), _subjects(room)
    if not asked:
        return
    left = [place for place, each in enumerate(asked) if not given.has_all(each.id, room.method)]
    state.seed(state.RATING_ITEM, left[0] if left else 0)
    place = min(state.recall(state.RATING_ITEM, int) or 0, len(asked) - 1)
    subject = asked[place]
    st.subheader(escape(t("rating.place", place=place + 1, all=len(asked), name=subject.name)), anchor=False)
    _facts(subject)
    changes = [change for each in room.method.criteria for change in _grade_input(room, rater, subject, given, each)]
    changes += _remarked(room, rater, subject, given)
    _save(actor, room, rater, changes)
    with st.container(horizontal=True):
        st.button(
            t("rating.previous"), on_click=_turn, args=(place - 1,), disabled=place == 0, key=f"rating.previous.{place}"
        )
        last = place == len(asked) - 1
        st.button(
            t("rating.next"),
            on_click=_turn,
            args=(place + 1,),
            disabled=last,
            type="primary",
            key=f"rating.next.{place}",
        )


def _turn(place: int) -> None:
    state.keep(state.RATING_ITEM, place)


def _facts(subject: Subject) -> None:
    area = subject.area if subject.is_area else None
    facts = show.facts(area) if area else subjects.facts(session.language(), subject)
    if facts:
        with st.expander(t(f"about_items.{subject.kind}")):
            st.markdown(
                "\n".join(f"- {f'**{heading}:** ' if heading else ''}{escape(text)}" for heading, text in facts)
            )


def _grade_input(
    room: Room, rater: Rater, subject: Subject, given: Answers, criterion: Criterion
) -> Iterator[tuple[Subject, str, str]]:
    key = f"rating.one.{room.stage.round}.{rater.id}.{subject.id}.{criterion.key}.{state.count(rater.id)}"
    known = (subject.id, criterion.key) in given.values
    stored = _written(given.values[subject.id, criterion.key]) if known else None
    _follow_stored(key, stored)
    written = st.segmented_control(t(f"criteria.{criterion.key}"), _options(room, criterion), key=key, required=known)
    state.keep(f"{key}.seen", written)
    if written is not None and written != stored:
        yield subject, criterion.key, written


def _follow_stored(key: str, stored: str | None) -> None:
    """Another device of the group has answered meanwhile: its answer is shown, unless it is changed here just now."""
    state.seed(key, stored)
    shown, seen = state.recall(key, str), state.recall(f"{key}.seen", str)
    if shown is not None and shown == seen and shown != stored:
        state.keep(key, stored)


def _remarked(room: Room, rater: Rater, subject: Subject, given: Answers) -> Iterator[tuple[Subject, str, str]]:
    if not room.plan.comments or subject.is_idea:
        return
    stored = given.comments.get(subject.id, "")
    key = f"rating.comment.{room.stage.round}.{rater.id}.{subject.id}"
    _follow_stored(key, stored)
    written = st.text_input(t("rating.comment"), key=key, max_chars=taking_part.COMMENT_LIMIT)
    state.keep(f"{key}.seen", written.strip())
    if written.strip() != stored:
        yield subject, "", written
