"""Every page as visitor, reader, leader and facilitator, by its own address in their study, another's and a demo."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest
import streamlit as st

from lib.actions import links, studies
from lib.i18n import t
from lib.model.access import VISITOR, Actor, Role
from lib.model.records import Study
from lib.ui import copying, guard, session
from lib.ui.navigation import ENTRIES, ROOT
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR

EVERYBODY = {"visitor", "reader", "leader", "facilitator"}
# page: who may open it in their own study, and in a demonstration
ALLOWED = {
    "study/overview.py": (EVERYBODY, EVERYBODY),
    "results/prioritisation.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "study/findings.py": ({"leader", "facilitator"}, {"facilitator"}),
    "workshop/lead.py": ({"facilitator"}, set()),
    "workshop/discuss.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "workshop/rate.py": (set(), set()),
    "workshop/wall.py": ({"reader", "leader", "facilitator"}, {"facilitator"}),
    "costs/comparison.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "costs/cost_figures.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "risk/register.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "risk/plan.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "risk/history.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "risk/self_evaluation.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "swot/across.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "swot/function.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "swot/compare.py": ({"reader", "leader", "facilitator"}, EVERYBODY),
    "intake/upload.py": ({"leader", "facilitator"}, set()),
    "method/about.py": (EVERYBODY, EVERYBODY),
    "administration/access.py": ({"facilitator"}, {"facilitator"}),
}
OPEN_TO_ALL = ("study/overview.py", "method/about.py")
ROLES = {"reader": Role.READER, "leader": Role.LEADER, "facilitator": Role.FACILITATOR}


def test_the_table_covers_every_page() -> None:
    assert set(ALLOWED) == {entry.file for entry in ENTRIES}


class Stopped(Exception):
    """The page went no further."""


def stop() -> None:
    raise Stopped


def guard_of(file: str) -> ast.Call:
    """The `require(…)` that a page begins with."""
    tree = ast.parse((ROOT / "pages" / file).read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return next(call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "require")


def opens(file: str, actor: Actor, study: Study, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the page's own guard, with what the page gives it, lets somebody on."""
    guard_call = guard_of(file)
    with monkeypatch.context() as patch:
        patch.setattr(session, "visitor", lambda: actor)
        patch.setattr(session, "study", lambda: study)
        patch.setattr(st, "stop", stop)
        patch.setattr(copying, "instead", lambda study: None)  # without a script run a form would stay open for all
        more = {str(each.arg): ast.literal_eval(each.value) for each in guard_call.keywords}
        try:
            guard.require(ast.literal_eval(guard_call.args[0]), **more)
        except Stopped:
            return False
    return True


@pytest.mark.parametrize("file", ALLOWED)
def test_the_guard_of_every_page_by_everybody(
    file: str, own: Study, key_for: Callable[[Role, Study], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in sorted(EVERYBODY):
        actor = links.actor_of(key_for(ROLES[person], own)) if person in ROLES else VISITOR
        for study, allowed in zip((own, studies.find(VISITOR, "indre-namdal")), ALLOWED[file], strict=True):
            # A visitor's own study is not in the picker, so only what is open to all can be asked for in it.
            shown = person in allowed and (person != "visitor" or study.demo or file in OPEN_TO_ALL)
            assert opens(file, actor, study, monkeypatch) is shown, (file, person, study.slug)


@pytest.mark.parametrize("file", ALLOWED)
def test_every_page_shows_itself_or_that_it_is_closed(
    file: str, own: Study, open_page: Open, key_for: Callable[[Role, Study], str], become: Callable[[str], None]
) -> None:
    """One tab in which somebody who may not, if there is anybody, and then a facilitator look."""
    first = next((person for person in ("leader", "reader") if person not in ALLOWED[file][0]), "reader")
    page = open_page(file, own.slug, key_for(ROLES[first], own))
    for person in (first, "facilitator"):
        assert not page.exception
        assert (t("nb", "frame.closed") in said(page)) is (person not in ALLOWED[file][0]), (file, person)
        become(key_for(Role.FACILITATOR, own))
        page.run()


@pytest.mark.parametrize("file", ALLOWED)
def test_every_page_of_the_demonstration_as_a_visitor(file: str, open_page: Open) -> None:
    page = open_page(file)
    assert not page.exception
    assert (t("nb", "frame.closed") in said(page)) is ("visitor" not in ALLOWED[file][1])


def test_another_studys_slug_shows_nothing_of_it(
    own: Study, open_page: Open, key_for: Callable[[Role, Study], str]
) -> None:
    other = studies.create(FACILITATOR, "Hemmelig region")
    for keys in ("", key_for(Role.LEADER, own)):
        page = open_page("", other.slug, keys)
        assert "Hemmelig" not in said(page)
        assert t("nb", "frame.study_not_open") in said(page).replace("\\", "")


def test_a_revoked_link_ends_in_the_next_run(own: Study, open_page: Open) -> None:
    link, key = links.make(FACILITATOR, Role.LEADER, own, "prøve", 30)
    page = open_page("intake/upload.py", own.slug, key)
    assert t("nb", "frame.closed") not in said(page)
    links.revoke(FACILITATOR, link.id)
    assert t("nb", "frame.closed") in said(page.run())
