"""The pages as data, the menu that a visitor sees, and the paths that the script and the tests share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from lib.access import Action
from lib.actions import gate
from lib.i18n import t
from lib.model.access import Actor, Role
from lib.ui import session, state

ROOT = Path(__file__).parents[2]
# Two joined places, drawn here: a named symbol would make the browser ask an outside host for it.
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="10" fill="#0B5A78"/>'
    '<path d="M22 42 42 22" stroke="#fff" stroke-width="4"/><g fill="#fff"><circle cx="22" cy="42" r="7"/>'
    '<circle cx="42" cy="22" r="10"/></g></svg>'
)
PAGE_ICON = f"data:image/svg+xml,{quote(_DRAWING)}"


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
    Entry("study", "study/findings.py", "funn", Action.FINDINGS_VIEW),
    Entry("workshop", "workshop/lead.py", "led", Action.WORKSHOP_LEAD),
    Entry("workshop", "workshop/discuss.py", "droft", Action.RESULTS_VIEW),
    Entry("workshop", "workshop/rate.py", "vurder", Action.WORKSHOP_RATE),
    Entry("workshop", "workshop/wall.py", "vegg", Action.WORKSHOP_WATCH),
    Entry("costs", "costs/comparison.py", "kostnader", Action.COSTS_VIEW),
    Entry("costs", "costs/cost_figures.py", "kostnadstall", Action.COSTS_VIEW),
    Entry("risk", "risk/register.py", "risiko", Action.RISK_VIEW),
    Entry("risk", "risk/plan.py", "plan", Action.RISK_VIEW),
    Entry("risk", "risk/history.py", "utvikling", Action.RISK_VIEW),
    Entry("risk", "risk/self_evaluation.py", "egenevaluering", Action.RISK_VIEW),
    Entry("swot", "swot/across.py", "swot", Action.SWOT_VIEW),
    Entry("swot", "swot/function.py", "swot-funksjon", Action.SWOT_VIEW),
    Entry("swot", "swot/compare.py", "swot-sammenlign", Action.SWOT_VIEW),
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
    held = [grant for grant in actor.grants if not grant.workshop]
    if held:
        best = max(held, key=lambda grant: list(Role).index(grant.role))
        st.caption(session.t("frame.signed_in_as", role=session.t(f"roles.{best.role}")))
        st.link_button(session.t("frame.sign_out"), "/ut", type="tertiary")


_DOCUMENT_LANGUAGE = """
export default function ({ data }) { document.documentElement.lang = data }
"""


def dress() -> None:
    """The style sheet, and the visitor's language for screen readers, which Streamlit always calls English."""
    st.html(_style(session.language()))
    mount = st.components.v2.component("document_language", js=_DOCUMENT_LANGUAGE)
    mount(data=session.language(), key=state.DOCUMENT_LANGUAGE)


@cache
def _style(language: str) -> str:
    """The sheet, with the words that it puts in the place of Streamlit's English ones."""
    size = st.get_option("server.maxUploadSize")
    words = {"choose-file": t(language, "upload.browse"), "file-limit": t(language, "upload.limit", size=size)}
    properties = "".join(f"--{name}: '{text}';" for name, text in words.items())
    sheet = (ROOT / "lib" / "ui" / "style.css").read_text(encoding="utf-8")
    return f"<style>{sheet} :root {{ {properties} }}</style>"
