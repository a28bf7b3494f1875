"""The visitor of this script run: who it is, which language and which study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib import i18n
from lib.access import Action
from lib.actions import gate, links, reads, studies
from lib.actions.live import seating, workshops
from lib.actions.live.rooms import Room
from lib.model.access import Actor
from lib.model.problems import AppError
from lib.model.records import Study
from lib.ui import state


def begin() -> Actor:
    """Ask the store who this browser's cookie makes the visitor. Once a run, so that a revoked link ends now."""
    cookies = st.context.cookies
    actor = links.actor_of(cookies.get(links.COOKIE, ""))
    actor = seating.with_seats(actor, cookies.get(seating.COOKIE, ""))
    state.keep(state.VISITOR, actor)
    state.keep(state.STUDIES, tuple(studies.visible(actor)))
    reads.hold_still()
    return actor


def visitor() -> Actor:
    return state.recall(state.VISITOR, Actor) or begin()


def language() -> str:
    return state.recall(state.LANGUAGE, str) or i18n.DEFAULT


def t(key: str, /, **params: object) -> str:
    """The sentence in the visitor's language."""
    return i18n.t(language(), key, **params)


def visible_studies() -> dict[str, Study]:
    """The studies that the visitor may see, under their slugs, in the order of the picker."""
    return {seen.slug: seen for seen in state.recall(state.STUDIES, tuple) or ()}


def study() -> Study | None:
    """The study in the frame's picker, or None where there is none that the visitor may see."""
    return visible_studies().get(state.recall(state.STUDY, str) or "")


def seats() -> list[Room]:
    """The workshops in which the visitor may rate, in whatever study."""
    open_to = workshops.open_to(visitor(), study())
    return [each for each in open_to if gate.may(visitor(), Action.WORKSHOP_RATE, each.study, each.workshop.id)]


def say_error(raised: AppError) -> None:
    """One of our own errors as its sentence, never as a trace."""
    st.warning(escape(i18n.error(language(), raised)))


@contextmanager
def or_stop() -> Iterator[None]:
    """One of our own errors inside ends the page with its sentence; a page that watches tries again."""
    try:
        yield
    except AppError as raised:
        state.forget(state.WATCHED)
        say_error(raised)
        st.stop()


@contextmanager
def sayable(*, anew: bool = False) -> Iterator[None]:
    """One of our own errors inside becomes its sentence, and the page goes on, or runs anew with what has changed."""
    try:
        yield
    except AppError as raised:
        if anew:
            start_anew(i18n.error(language(), raised), done=False)
        say_error(raised)


def start_anew(sentence: str, *, done: bool = True) -> None:
    """Run the page again after a change, so that all of it shows the new state, with a sentence on top."""
    leave_notice(sentence, done=done)
    st.rerun()


def leave_notice(sentence: str, *, done: bool = False) -> None:
    """A sentence for the top of the page: in this run where it is not drawn yet, else in the next."""
    state.keep(state.NOTICE, (sentence, done))


def say_notice() -> None:
    """What was left to be said. Its place is always there, as an open panel that is moved by it would close."""
    place = st.container()  # an empty one is not drawn, where st.empty is touched each time a fragment runs
    if notice := state.take(state.NOTICE, tuple):
        sentence, done = notice
        (place.success if done else place.warning)(escape(sentence))


_MARKDOWN = str.maketrans({mark: "\\" + mark for mark in "\\`*_{}[]()<>#+-.!|~:$=^\"'&@/"})
# A letter first: no list, no heading. A colon or a full stop only before a space: no emoji code, no address.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;?()«»–×%]|(?<=[^\W_])-(?=[^\W_])|[:.](?= )|\.$)*")
_ADDRESS = re.compile(r"(?<=://)|(?<=www\.)|(?<=@)", re.IGNORECASE)
_SPAN = re.compile(r"(?<=\d–)(?=\d)")
_WORD_JOINER = "\u2060"  # unseen; keeps an address from becoming a link, and «plass 4–8» on one line


def escape(text: str) -> str:
    """A person's text as text: nothing in it is Markdown, HTML, a link, a colour, a formula or an emoji code."""
    whole = _SPAN.sub(_WORD_JOINER, _ADDRESS.sub(_WORD_JOINER, text))
    return whole.translate(_MARKDOWN).replace("\n", "  \n")


def label(text: str) -> str:
    """`escape` for the label of a box, which is read aloud as it is written: no backslash where nothing needs one."""
    return text if _PLAIN.fullmatch(text) and not _SPAN.search(text) else escape(text)
