"""The parts of «Tilgang»: the form for a link, the link shown once, and the list with revoking."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import streamlit as st

from lib import i18n
from lib.actions import links
from lib.model.access import Role
from lib.model.records import Link, Study
from lib.ui import session, state
from lib.ui.session import escape, t


def new_link_form() -> None:
    """What the link gives, in which study, to whom, for how long."""
    studies = {slug: study for slug, study in session.visible_studies().items() if not study.demo}
    if not studies:
        st.info(t("access.own_studies_missing"))
    with st.form(f"new_link.{state.count(state.NEW_LINK)}"):
        roles = [Role.READER, Role.LEADER, Role.FACILITATOR] if studies else [Role.FACILITATOR]
        role = st.radio(t("access.role"), roles, format_func=lambda role: t(f"access.{role}"), key=state.LINK_ROLE)
        slug = _study_of(studies) if studies else ""
        label = st.text_input(
            t("access.label"), key=state.numbered(state.LINK_LABEL, state.NEW_LINK), help=t("access.label_help")
        )
        days = st.number_input(t("access.days"), 1, links.LONGEST, links.DAYS, key=state.LINK_DAYS)
        asked = st.form_submit_button(t("access.make"), type="primary")
    if asked:
        with session.sayable():
            _, key = links.make(session.visitor(), Role(role), studies.get(slug), label, int(days))
            state.keep(state.MADE_LINK, links.address_of(key, _base()))
            state.count_on(state.NEW_LINK)
            st.rerun()


def _study_of(studies: dict[str, Study]) -> str:
    names = {slug: study.name for slug, study in studies.items()}
    chosen = session.study()
    if chosen and chosen.slug in names:
        state.seed(state.LINK_STUDY, chosen.slug)
    return st.selectbox(t("access.study"), list(names), format_func=names.__getitem__, key=state.LINK_STUDY)


def _base() -> str:
    """Where the visitor's own browser found us."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"


def made_link() -> None:
    """The new link, until it is put away: a second click must not lose what the first one made."""
    if address := state.recall(state.MADE_LINK, str):
        st.success(t("access.made"))
        st.code(address, language=None, wrap_lines=True)
        if urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1"):
            st.info(t("access.loopback"))
        st.button(t("access.put_away"), on_click=state.forget, args=(state.MADE_LINK,), key=state.PUT_AWAY)


def listing() -> None:
    found = links.listing(session.visitor())
    if not found:
        st.caption(t("access.none"))
    for link in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            _listed(link)


def _listed(link: Link) -> None:
    names = {study.id: study.name for study in session.visible_studies().values()}
    study = names.get(link.study or "", t("access.all_studies"))
    until = i18n.day(session.language(), link.expires_at)
    told = t("access.line", role=t(f"roles.{link.role}"), study=study, until=until)
    ended = link.revoked_at is not None or link.expires_at <= datetime.now(UTC)
    standing = "revoked" if link.revoked_at else "expired" if ended else "active"
    st.markdown(f"**{escape(link.label)}**  \n{escape(told)} · {t(f'access.{standing}')}", width="stretch")
    if not ended and st.button(t("access.revoke"), key=f"links.revoke.{link.id}"):
        with session.sayable():
            links.revoke(session.visitor(), link.id)
            session.start_anew(t("access.revoke_done", label=link.label))
