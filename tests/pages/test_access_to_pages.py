"""Every page as visitor, reader, leader and facilitator, by its own address in their study, another's and a demo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.actions import studies
from lib.i18n import t
from lib.model.access import Role
from lib.model.records import Study
from lib.ui.navigation import ENTRIES
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
ROLES = {"reader": Role.READER, "leader": Role.LEADER, "facilitator": Role.FACILITATOR}


def test_the_table_covers_every_page() -> None:
    assert set(ALLOWED) == {entry.file for entry in ENTRIES}


@pytest.mark.parametrize("file", ALLOWED)
@pytest.mark.parametrize("person", sorted(EVERYBODY))
def test_every_page_by_everybody(
    file: str, person: str, own: Study, open_page: Open, key_for: Callable[[Role, Study], str]
) -> None:
    keys = key_for(ROLES[person], own) if person in ROLES else ""
    for study, allowed in zip((own.slug, "indre-namdal"), ALLOWED[file], strict=True):
        page = open_page(file, study, keys)
        assert not page.exception
        # A visitor's own study is not in the picker, which then stands on the demonstration that anybody may see.
        shown = person in (ALLOWED[file][1] if person == "visitor" else allowed)
        assert (t("nb", "frame.closed") in said(page)) is not shown, (file, person, study)


def test_another_studys_slug_shows_nothing_of_it(
    own: Study, open_page: Open, key_for: Callable[[Role, Study], str]
) -> None:
    other = studies.create(FACILITATOR, "Hemmelig region")
    for keys in ("", key_for(Role.LEADER, own)):
        page = open_page("", other.slug, keys)
        assert "Hemmelig" not in said(page)
        assert t("nb", "frame.study_not_open") in said(page).replace("\\", "")


def test_a_revoked_link_ends_in_the_next_run(own: Study, open_page: Open) -> None:
    from lib.actions import links

    link, key = links.make(FACILITATOR, Role.LEADER, own, "prøve", 30)
    page = open_page("intake/upload.py", own.slug, key)
    assert t("nb", "frame.closed") not in said(page)
    links.revoke(FACILITATOR, link.id)
    assert t("nb", "frame.closed") in said(page.run())
