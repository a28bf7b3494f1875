"""The pages as data, the menu that a visitor sees, and the paths that the script and the tests share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from lib.access import Action
from lib.actions import gate
from lib.model.access import Actor, Role
from lib.ui import session, state

ROOT = Path(__file__).parents[2]
# A drawn icon, since a picture file or a named symbol would make the browser ask an outside host for one.
PAGE_ICON = ROOT / "lib" / "ui" / "icon.png"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its file below pages/, its Norwegian address, and the action that it takes to see it."""

    section: str
    file: str
    address: str
    action: Action

    @property
    def title(self) -> str:
        return session.t(f"pages.{self.file.partition('/')[2].removesuffix('.py')}")


ENTRIES = (
    Entry("study", "study/overview.py", "oversikt", Action.METHOD_READ),
    Entry("study", "results/prioritisation.py", "prioritering", Action.RESULTS_VIEW),
    Entry("data", "intake/upload.py", "last-opp", Action.UPLOAD_CHECK),
    Entry("about", "method/about.py", "om-metoden", Action.METHOD_READ),
    Entry("data", "administration/access.py", "tilgang", Action.LINK_LIST),
)


def page_path(file: str) -> str:
    """The absolute path of a page, which `st.Page`, `st.switch_page` and AppTest all need."""
    return str(ROOT / "pages" / file)


def menu(actor: Actor) -> dict[str, list[StreamlitPage]]:
    """Every page by section; those the visitor may open nowhere are left out of sight.

    A courtesy: the lock is `require()` in the page, which also says why and how to get in, where Streamlit would only
    say in English that there is no such page.
    """
    sections: dict[str, list[StreamlitPage]] = {}
    studies = session.visible_studies().values()
    for entry in ENTRIES:
        page = st.Page(
            page_path(entry.file),
            title=entry.title,
            url_path=entry.address,
            default=entry is ENTRIES[0],
            visibility="visible" if gate.somewhere(actor, entry.action, studies) else "hidden",
        )
        sections.setdefault(session.t(f"sections.{entry.section}"), []).append(page)
    return sections


def sign_out(actor: Actor) -> None:
    """Who one is, and the way out; nothing for a visitor, who is nobody."""
    if actor.grants:
        best = max(actor.grants, key=lambda grant: list(Role).index(grant.role))
        st.caption(session.t("frame.signed_in_as", role=session.t(f"roles.{best.role}")))
        st.link_button(session.t("frame.sign_out"), "/ut", type="tertiary")


_DOCUMENT_LANGUAGE = """
export default function ({ data }) { document.documentElement.lang = data }
"""


def dress() -> None:
    """The style sheet, and the visitor's language for screen readers, which Streamlit always calls English."""
    size = st.get_option("server.maxUploadSize")
    words = {"choose-file": session.t("upload.browse"), "file-limit": session.t("upload.limit", size=size)}
    properties = "".join(f"--{name}: '{text}';" for name, text in words.items())
    st.html(ROOT / "lib" / "ui" / "style.css")
    st.html(f"<style>:root {{ {properties} }}</style>")
    mount = st.components.v2.component("document_language", js=_DOCUMENT_LANGUAGE)
    mount(data=session.language(), key=state.DOCUMENT_LANGUAGE)
