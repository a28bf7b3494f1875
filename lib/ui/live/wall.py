"""The wall: what stands on the projector in each step, readable from the back row and in a shared screen."""

from __future__ import annotations

import streamlit as st

from lib.actions.live import collecting, taking_part
from lib.actions.live.collecting import Collected
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Seat
from lib.exhibits import results
from lib.exhibits.exhibit import Exhibit, Picture
from lib.exhibits.live import exhibits
from lib.model.live import IDEA_ROUND, Step
from lib.ui import data, session, show, state
from lib.ui.live import room_panels, rooms, verdicts
from lib.ui.session import escape, t

NAMES_SHOWN, TEXTS_SHOWN, IDEAS_SHOWN = 48, 12, 24
COLUMN, WIDE_COLUMN, FEW = 260, 400, 15
# Words grow with the root's size. A chart is laid out for a narrower column and its drawing enlarged to fill it, since
# its own letters have a fixed size.
_STYLE = """<style>
:root { --grow: 1; font-size: calc(17px * var(--grow)) !important }
@media (min-width: 1350px) { :root { --grow: 1.15 } }
@media (min-width: 1800px) { :root { --grow: 1.4 } }
@media (min-width: 2400px) { :root { --grow: 2 } }
@media (min-width: 3600px) { :root { --grow: 3 } }
[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stExpandSidebarButton] { display: none }
[data-testid=stMainBlockContainer] { max-width: none; padding: .75rem 2rem }
[data-testid=stMainBlockContainer] :is(h1, h2, h3) { padding: .2rem 0 }
[data-testid=stMainBlockContainer] h1 { font-size: 1.9rem }
[data-testid=stVegaLiteChart] { width: calc(100% / var(--grow)) !important }
[data-testid=stVegaLiteChart] svg { zoom: var(--grow) }
[data-testid=stVegaLiteChart] .vega-embed { overflow: visible }
.join-code { font-size: 2rem }
.join-code.large { font-size: min(6rem, 14vw) }
.join-qr { width: min(calc(380px * var(--grow)), 55vh) }
[data-testid=stTable] :is(th, td) { font-size: 1.7rem !important; line-height: 1.25; padding: .4rem .6rem }
[data-testid=stTable] :is(th, td, td *) { max-width: none !important }
[data-testid=stMain] :is(.stMarkdown, .stProgress) :is(p, li) { font-size: 1.2rem; line-height: 1.35 }
</style>"""
_FULL = """
export default function ({ parentElement }) {
  const button = parentElement.querySelector('button')
  const show = () => { button.hidden = Boolean(document.fullscreenElement) }
  button.onclick = () => document.documentElement.requestFullscreen()
  document.addEventListener('fullscreenchange', show)
  show()
  return () => document.removeEventListener('fullscreenchange', show)
}
"""
_FULL_STYLE = """
button { font: inherit; color: var(--st-text-color); background: none; border: 1px solid var(--st-border-color);
  border-radius: 4px; padding: .3rem .8rem; min-height: 2rem; cursor: pointer }
"""


def bare() -> None:
    """Nothing but the wall: no menu, and everything larger the wider the screen."""
    st.html(_STYLE)


def prepare(room: Room) -> None:
    """What takes time is worked out before anything is drawn, or lines of the last step stand under the new heading."""
    if room.stage.is_open and room.stage.round != IDEA_ROUND and rooms.has_result(room):
        for found in filter(None, (_answer(room), _votes(room), _moved(room))):
            _ = found.finding
        _drawn(room)


def head(room: Room) -> None:
    """One line: what the room is doing, the time that is left, and how to come in."""
    told, clock, join = st.columns([3, 3, 6], vertical_alignment="center")
    with told:
        st.title(rooms.wall_name(room.stage), anchor=False)
    with clock:
        room_panels.clock(room, wall=True)
    with join, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if room.stage.step not in (Step.COLLECT, Step.END):
            st.markdown(t("live.join_short", address=escape(rooms.spoken_address())), width="content")
            rooms.code(room)
        _full_screen()


def _full_screen() -> None:
    label = f"<button type='button'>{t('live.full_screen')}</button>"
    mount = st.components.v2.component("full_screen", html=label, css=_FULL_STYLE, js=_FULL)
    mount(key=state.FULL_SCREEN, width="content")


def body(room: Room) -> None:
    """The step's own picture."""
    match room.stage.step:
        case Step.COLLECT:
            _collect(room)
        case Step.POINTS | Step.RATE:
            _progress(room, rooms.board(room))
        case Step.FREEZE:
            _done(room, rooms.board(room))
            st.markdown(t("live.wall_frozen"))
        case Step.SHOW if room.stage.round == IDEA_ROUND:
            _ideas_with_points(room)
        case _ if not rooms.has_result(room):
            st.header(t("live.wall_no_result"), anchor=False)
        case Step.DISCUSS:
            st.header(t("discuss.first"), anchor=False)
            _picture(room)
        case _:
            _result(room)


def _collect(room: Room) -> None:
    """How to come in, in the largest type there is; then who is here, or what they write."""
    join, here = st.columns([2, 3])
    with join:
        st.header(t("live.join_spoken", address=escape(rooms.spoken_address())), anchor=False)
        rooms.code(room, large=True)
        rooms.qr(room, 380)
    with here:
        seats = rooms.board(room)
        st.header(rooms.progress_words(room, seats), anchor=False)
        if room.plan.prompts:
            _written(room, data.ask(collecting.collected, room.study, room.workshop.id))
        elif room.workshop.group_mode:
            _names(seats)


def _names(seats: list[Seat]) -> None:
    """Few in columns with where they come from, many in one run of names."""
    if len(seats) > FEW:
        st.markdown(" · ".join(f"**{escape(seat.rater.name)}**" for seat in seats[:NAMES_SHOWN]))
    else:
        with st.grid("auto", min_column_width=COLUMN):
            for seat in seats:
                st.markdown(f"**{escape(seat.rater.name)}**  \n{escape(seat.municipality)}")
    _and_more(len(seats) - NAMES_SHOWN)


def _written(room: Room, found: Collected) -> None:
    """Under each question the newest contributions; never by whom."""
    with st.grid("auto", min_column_width=WIDE_COLUMN):
        for place, prompt in enumerate(room.plan.prompts):
            texts = [each.text for each in reversed(found.contributions) if each.prompt == place]
            with st.container():
                st.subheader(escape(prompt), anchor=False)
                st.markdown("\n".join(f"- {escape(text)}" for text in texts[:TEXTS_SHOWN]))
                _and_more(len(texts) - TEXTS_SHOWN)


def _and_more(left: int) -> None:
    if left > 0:
        st.caption(t("live.and_more", n=show.number(left)))


def _progress(room: Room, seats: list[Seat]) -> None:
    """How far the room has come; a bar for each group, and for persons only how many are done."""
    _done(room, seats)
    if not room.workshop.group_mode:
        return
    with st.grid("auto", min_column_width=_column(seats)):
        for seat in sorted(seats, key=lambda seat: seat.done and len(seats) > FEW)[:NAMES_SHOWN]:
            done = (
                t("live.is_done")
                if seat.done
                else t("live.of", n=show.number(seat.answered), all=show.number(seat.asked))
            )
            st.progress(
                seat.answered / seat.asked if seat.asked else 0.0, f"**{escape(seat.rater.name)}** · {escape(done)}"
            )


def _done(room: Room, seats: list[Seat]) -> None:
    st.header(rooms.progress_words(room, seats), anchor=False)
    asked, answered = sum(seat.asked for seat in seats), sum(seat.answered for seat in seats)
    st.progress(answered / asked if asked else 0.0)


def _column(seats: list[Seat]) -> int:
    """Few groups get wide columns, so that their names are read from the back row."""
    return WIDE_COLUMN if len(seats) <= FEW else COLUMN


def _ideas_with_points(room: Room) -> None:
    with session.or_stop():
        lines = taking_part.outcome(room)
    points = [t("live.points", count=int(line.score or 0)) for line in lines]
    said = [f"**{line.place}\u2003{escape(line.name)}** – {given}" for line, given in zip(lines, points, strict=True)]
    with st.grid("auto", min_column_width=WIDE_COLUMN):
        for first in range(0, min(len(said), IDEAS_SHOWN), IDEAS_SHOWN // 2):
            st.markdown("  \n".join(said[first : first + IDEAS_SHOWN // 2]))
    _and_more(len(said) - IDEAS_SHOWN)


def _result(room: Room) -> None:
    """The answer, each area's spread around its mean with the ranking, and beside it what another round came to."""
    answer = _answer(room)
    show.answer(answer)
    if votes := _votes(room):
        first = results.first(session.language(), votes.found)
        st.subheader(escape(t("live.votes_finding", headline=first)), anchor=False)
    elif moved := _moved(room):
        st.subheader(escape(moved.headline), anchor=False)
    if answer.key in verdicts.KEYS:
        verdicts.on_wall(answer)
    else:
        _picture(room)


def _answer(room: Room) -> Exhibit:
    """What a round of risks or factors came to, else who is on top."""
    return verdicts.of(room.study, rooms.selection(room)) or _order(room)


def _order(room: Room) -> Exhibit:
    return data.exhibit("ranking.order", room.study, results.address(rooms.selection(room)))


def _votes(room: Room) -> Exhibit | None:
    """The points of a vote, where the room has just held one."""
    votes = rooms.votes(room)
    if not votes or room.stage.method == room.workshop.method:
        return None
    return data.exhibit("ranking.order", room.study, results.address(votes))


def _moved(room: Room) -> Exhibit | None:
    """From which place to which each area moved in the last round, where there has been another."""
    address = results.address(rooms.selection(room))
    return data.exhibit_if_any("live.rounds", room.study, address) if room.stage.round > 1 else None


def _drawn(room: Room) -> Picture | None:
    """What to talk about first, or every score with what stands beside it; else the order."""
    address = results.address(rooms.selection(room))
    if room.stage.step is Step.DISCUSS:
        found = data.exhibit_if_any("live.topics", room.study, address)
    else:
        beside = [exhibits.POINTS] if _votes(room) else [exhibits.ROUNDS] if _moved(room) else []
        found = data.exhibit_if_any("live.spread", room.study, (*address, *beside))
    return (found and found.picture) or _order(room).picture


def _picture(room: Room) -> None:
    drawn = _drawn(room)
    if drawn and drawn.rows.num_rows:
        show.picture(drawn, titled=False)
    else:
        show.exhibit_table(_order(room).table)
