"""How leaders set themes and send statements on; readers see nothing of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lib import i18n
from lib.access import Action
from lib.actions import gate
from lib.actions.bridge import sending_on
from lib.actions.swot import themes
from lib.domain.swot.recurrence import Theme
from lib.exhibits.swot import words
from lib.exhibits.swot.exhibits import Across
from lib.model.problems import AppError
from lib.model.records import Study
from lib.model.swot_records import Quadrant, SwotBook, SwotItem
from lib.ui import session, state
from lib.ui.session import escape, t

SHOWN = 90  # letters of a statement in a list to choose from


def may_edit(study: Study) -> bool:
    return gate.may(session.visitor(), Action.SWOT_EDIT, study)


def theme_panel(study: Study, found: Across, chosen: Theme) -> None:
    """Accept a suggestion, or rename, merge, split or take away a theme; each at once, and each can be undone."""
    if not may_edit(study):
        return
    with st.expander(t("swot.edit_title"), expanded=not chosen.named):
        if chosen.suggested:
            _accept(study, found, chosen)
        if chosen.named:
            _rename(study, found, chosen)
            _merge(study, found, chosen)
            _split(study, found, chosen)
            _remove(study, found, chosen)
        st.caption(t("swot.undo_note"))


def _themes_seen(found: Across) -> dict[str, str | None]:
    return {item.id: item.theme for item in found.known.items}


def _key(what: str, chosen: Theme) -> str:
    """Of a widget: another for each theme, and anew after each change."""
    return state.numbered(f"{what}.{chosen.name}", state.SWOT_DO)


def _do(act: Callable[[], None], told: str, theme: str | None) -> None:
    """Does a change, says that it is done, and looks at the theme that came of it."""
    with session.sayable():
        act()
        state.count_on(state.SWOT_DO)
        if theme is not None:
            state.keep(state.SWOT_PICK, theme)
        session.start_anew(told)


def _which(label: str, key: str, known: SwotBook, items: list[SwotItem], chosen: list[str]) -> list[str]:
    texts = _labels(known, items)
    shown, empty = (lambda id: texts.get(id, "")), t("swot.choose")
    return st.multiselect(
        label, list(texts), default=chosen, format_func=shown, key=key, placeholder=empty, select_all=False
    )  # its «select all» speaks English only


def _labels(known: SwotBook, items: list[SwotItem]) -> dict[str, str]:
    """Item → what to choose it by; no two alike, since a choice comes back by what it is called."""
    names, found = {area.id: area.name for area in known.areas}, dict[str, str]()
    for item in items:
        text = item.text if len(item.text) <= SHOWN else f"{item.text[: SHOWN - 1]}…"
        whom = words.origin(session.language(), known, item)
        side = t(f"choices.quadrant.{item.quadrant}").lower()
        label = f"{names[item.area]}, {side}: {text}" + (f" ({whom})" if whom else "")
        again = sum(each == label or each.startswith(f"{label} #") for each in found.values())
        found[item.id] = f"{label} #{again + 1}" if again else label
    return found


def _accept(study: Study, found: Across, chosen: Theme) -> None:
    """A suggestion under a name, or more statements for a theme that is there; those left out stay suggested."""
    suggested = [item for item in chosen.items if item.id in chosen.suggested]
    every = [item.id for item in suggested]
    ids = _which(t("swot.edit_which"), _key(f"{state.SWOT_WHICH}.accept", chosen), found.known, suggested, every)
    if chosen.named:
        name, label = chosen.name, t("swot.accept_more")
    else:
        name = st.text_input(
            t("swot.edit_name"),
            chosen.name,
            key=_key(f"{state.SWOT_NAME}.accept", chosen),
            max_chars=themes.NAME.max_length,
        )
        label = t("swot.accept")
    if st.button(label, type="primary", key=_key(f"{state.SWOT_DO}.accept", chosen), disabled=not ids):
        told = t("swot.accepted", name=name)
        _do(lambda: themes.accept(session.visitor(), study, name, ids, _themes_seen(found)), told, name)


def _rename(study: Study, found: Across, chosen: Theme) -> None:
    name = st.text_input(
        t("swot.edit_name"),
        chosen.name,
        key=_key(f"{state.SWOT_NAME}.rename", chosen),
        max_chars=themes.NAME.max_length,
    )
    if st.button(t("swot.rename"), key=_key(f"{state.SWOT_DO}.rename", chosen)):
        told = t("swot.renamed", name=name)
        _do(lambda: themes.rename(session.visitor(), study, chosen.name, name, _themes_seen(found)), told, name)


def _merge(study: Study, found: Across, chosen: Theme) -> None:
    others = [theme.name for theme in found.themes if theme.named and theme.name != chosen.name]
    if not others:
        return
    into = st.selectbox(t("swot.merge_pick"), others, key=_key(state.SWOT_INTO, chosen))
    if st.button(t("swot.merge"), key=_key(f"{state.SWOT_DO}.merge", chosen)):
        told = t("swot.merged", name=into)
        _do(lambda: themes.merge(session.visitor(), study, chosen.name, into, _themes_seen(found)), told, into)


def _split(study: Study, found: Across, chosen: Theme) -> None:
    held = [item for item in chosen.items if item.id not in chosen.suggested]
    if len(held) < 2:
        return
    ids = _which(t("swot.split_help"), _key(f"{state.SWOT_WHICH}.split", chosen), found.known, held, [])
    name = st.text_input(
        t("swot.split_name"), key=_key(f"{state.SWOT_NAME}.split", chosen), max_chars=themes.NAME.max_length
    )
    if st.button(t("swot.split"), key=_key(f"{state.SWOT_DO}.split", chosen)):
        told = t("swot.split_done", name=name)
        _do(lambda: themes.split(session.visitor(), study, chosen.name, name, ids, _themes_seen(found)), told, name)


def _remove(study: Study, found: Across, chosen: Theme) -> None:
    if st.button(t("swot.remove"), key=_key(f"{state.SWOT_DO}.remove", chosen)):
        seen = _themes_seen(found)
        _do(lambda: themes.remove(session.visitor(), study, chosen.name, seen), t("swot.removed"), None)


def send_on(study: Study, known: SwotBook, area: str) -> None:
    """One statement at a time becomes a risk or an area; what has been sent on is listed."""
    held = [item for item in known.items if item.area == area and item.quadrant is not Quadrant.STRENGTH]
    sent = [item for item in held if item.id in known.became]
    if not held or not (sent or may_edit(study)):
        return
    st.subheader(t("swot.send_title"), anchor=False)
    if may_edit(study):
        _send(study, known, [item for item in held if item.id not in known.became])
    if sent:
        lines = [f"- {escape(label)} → {escape(known.became[id])}" for id, label in _labels(known, sent).items()]
        st.markdown("\n".join(lines))


def _send(study: Study, known: SwotBook, left: list[SwotItem]) -> None:
    st.caption(t("swot.send_help"))
    if not left:
        st.caption(t("swot.sent_all"))
        return
    texts = _labels(known, left)
    key = state.numbered(f"{state.SWOT_SEND}.{left[0].area}", state.SWOT_SEND)
    chosen = st.selectbox(t("swot.send_pick"), list(texts), format_func=lambda id: texts.get(id, ""), key=key)
    item = next(each for each in left if each.id == chosen)
    label = t("swot.send_area" if item.quadrant is Quadrant.OPPORTUNITY else "swot.send_risk")
    st.button(label, key=f"{key}.do", on_click=_do_send, args=(study, item.id))


def _do_send(study: Study, item: str) -> None:
    """Done before the page is drawn again, with the statement on the screen; a second click of one's own is none.

    In the page itself a statement that others have sent on meanwhile has left the list, and the next would be sent.
    """
    try:
        name = sending_on.send_on(session.begin(), study, item)
    except AppError as raised:
        own = raised.code == "already_sent" and state.recall(state.SWOT_SENT, str) == item
        told = t("swot.sent", **raised.params) if own else i18n.error(session.language(), raised)
        session.leave_notice(told, done=own)
    else:
        state.keep(state.SWOT_SENT, item)
        state.count_on(state.SWOT_SEND)
        session.leave_notice(t("swot.sent", name=name), done=True)


def read_only(study: Study) -> None:
    """Says to readers that others may type here."""
    if not may_edit(study):
        st.info(t("swot.read_only"))
