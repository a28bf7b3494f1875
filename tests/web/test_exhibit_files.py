"""Files of exhibits over HTTP: who gets them, what they hold, and that nothing keeps them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from lib.actions import links
from lib.i18n import t
from lib.model.access import Role
from lib.model.records import Study
from lib.web import ROUTES, SecurityHeaders
from tests.actions import cost_books
from tests.people import FACILITATOR

HERE = "http://127.0.0.1:8501"
DEMO = "/fil/indre-namdal/rekkefolge"


@pytest.fixture
def browser(home: Path) -> Iterator[TestClient]:
    app = Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)])
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def test_a_workbook_comes_as_a_file_that_nothing_stores(browser: TestClient) -> None:
    answer = browser.get(f"{DEMO}.xlsx")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="rekkefolge-indre-namdal.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert "Rus og psykiatri" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_choices_and_language_stand_in_the_address(browser: TestClient) -> None:
    plain, english, weighted = (
        browser.get(f"{DEMO}.csv{query}").text for query in ("", "?sprak=en", "?vekt=80&utredning=indre-namdal")
    )
    assert "Konstruerte eksempeltall" in plain
    assert "Made-up example figures" in english
    assert plain != weighted


@pytest.mark.parametrize("role", [None, Role.READER, Role.LEADER, Role.FACILITATOR])
def test_the_gate_is_asked_when_a_file_is_fetched(role: Role | None, browser: TestClient, own: Study) -> None:
    cost_books.keep(own, cost_books.BOTH)
    address = f"/fil/{own.slug}/samlet.csv"
    if role:
        link, key = links.make(FACILITATOR, role, own, "Prøve", 1)
        browser.cookies.set(links.COOKIE, key)
        assert browser.get(address).status_code == 200
        links.revoke(FACILITATOR, link.id)
    answer = browser.get(address)
    assert answer.status_code == 404  # whoever may not see a study is not told that there is one
    assert "Røyrvik" not in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/fil/ukjent/rekkefolge.csv", 404),
        ("/fil/indre-namdal/ukjent.csv", 404),
        (f"{DEMO}.pdf", 404),
        (f"{DEMO}.csv?workshop=ukjent", 404),
        (f"{DEMO}.csv?rolle=elected&kommune=ukjent", 403),
        ("/fil/indre-namdal/kostnader.csv?samarbeid=ukjent", 404),
    ],
)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_is_not_given_is_said_in_a_sentence(address: str, status: int, language: str, browser: TestClient) -> None:
    answer = (
        browser.get(address, params={"sprak": language})
        if "?" not in address
        else browser.get(f"{address}&sprak={language}")
    )
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert t(language, "entry.refused") in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("rubbish", ["vekt=-1", "vekt=%00", "runde=99999999999", "x=" + "y" * 2000, "workshop=%F0%9F"])
def test_rubbish_in_an_address_is_never_an_error_of_ours(rubbish: str, browser: TestClient) -> None:
    assert browser.get(f"{DEMO}.csv?{rubbish}").status_code in (200, 403, 404)
