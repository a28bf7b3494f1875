"""The page «Alle funn»: each answer leads to its own page, with its choices in the address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.exhibits.findings import findings
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.records import Study
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR


@pytest.fixture
def facilitator(own: Study, key_for: Callable[[Role, Study], str]) -> str:
    return key_for(Role.FACILITATOR, own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_a_link_to_its_page(
    language: str, demonstration: Study, facilitator: str, open_page: Open
) -> None:
    page = open_page("study/findings.py", demonstration.slug, facilitator, sprak=language)
    assert not page.exception
    links = [element.proto for element in page.get("page_link")]
    found = findings(FACILITATOR, demonstration, language)
    assert len(links) == len(found)
    assert all(f"utredning={demonstration.slug}" in link.query_string for link in links)
    assert page.get("link_button")[0].proto.url.startswith(f"/fil/{demonstration.slug}/alle-funn.xlsx")


def test_an_empty_study_says_how_findings_come_to_be(own: Study, facilitator: str, open_page: Open) -> None:
    assert t("nb", "findings.empty") in said(open_page("study/findings.py", own.slug, facilitator))
