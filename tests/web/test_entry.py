"""The plain routes: status, headers, and the entry link that a mail scanner may open without using it up."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from lib.actions import links, open_store
from lib.model.access import Role
from lib.model.records import Study
from lib.web import ROUTES, SecurityHeaders
from lib.web.headers import HEADERS
from tests.people import FACILITATOR

HERE = "http://127.0.0.1:8501"


@pytest.fixture
def browser(home: Path) -> Iterator[TestClient]:
    app = Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)])
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def key(own: Study) -> str:
    return links.make(FACILITATOR, Role.READER, own, "Formannskapet <b>i Grong</b>", 30)[1]


def test_status_tells_version_and_store_and_no_secret(browser: TestClient, home: Path) -> None:
    answer = browser.get("/status")
    assert answer.status_code == 200
    assert answer.json() == {
        "name": "mulighetsrom",
        "version": "0.1.0",
        "store": "ok",
        "engine": "duckdb",
        "schema": 22,
    }
    assert str(home) not in answer.text


def test_status_says_when_the_store_does_not_answer(
    browser: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store.close()
    monkeypatch.setenv("MULIGHETSROM_STORE", str(home.parent))
    answer = browser.get("/status")
    assert answer.status_code == 503
    assert answer.json()["store"] == "unavailable"
    assert str(home.parent) not in answer.text


def test_every_answer_has_the_security_headers(browser: TestClient) -> None:
    for path in ("/status", "/inn/feil", "/ut", "/finnes-ikke"):
        headers = browser.get(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS


def test_opening_the_link_changes_nothing_and_shows_a_button(browser: TestClient, key: str, own: Study) -> None:
    for _ in range(3):
        answer = browser.get(f"/inn/{key}")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert '<form method="post">' in answer.text
        assert own.name in answer.text


def test_the_button_sets_a_cookie_that_scripts_cannot_read(browser: TestClient, key: str, own: Study) -> None:
    answer = browser.post(f"/inn/{key}", headers={"Origin": HERE})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/?utredning={own.slug}"
    cookie = SimpleCookie(answer.headers["set-cookie"])[links.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "lax"
    assert not cookie["secure"]
    assert links.actor_of(cookie.value).grants[0].role == Role.READER


def test_the_cookie_is_secure_where_the_page_is(home: Path, own: Study, key: str) -> None:
    app = Starlette(routes=ROUTES)
    with TestClient(app, base_url="https://mulighetsrom.example", follow_redirects=False) as client:
        assert "Secure" in client.post(f"/inn/{key}").headers["set-cookie"]


@pytest.mark.parametrize("wrong", ["feil", "x" * 2000, "..%2f..%2fetc", "%00", "'; drop table link; --"])
def test_a_wrong_key_opens_nothing(browser: TestClient, wrong: str) -> None:
    for answer in (browser.get(f"/inn/{wrong}"), browser.post(f"/inn/{wrong}", headers={"Origin": HERE})):
        assert answer.status_code == 404
        assert "set-cookie" not in answer.headers


def test_a_revoked_link_opens_nothing(browser: TestClient, own: Study) -> None:
    link, key = links.make(FACILITATOR, Role.LEADER, own, "Lederne", 30)
    links.revoke(FACILITATOR, link.id)
    assert browser.get(f"/inn/{key}").status_code == 404


def test_another_site_cannot_sign_anybody_in_or_out(browser: TestClient, key: str) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example:8501"):
        assert browser.post(f"/inn/{key}", headers={"Origin": origin}).status_code == 403
        assert "set-cookie" not in browser.post("/ut", headers={"Origin": origin}).headers


def test_leaving_takes_the_cookie_away(browser: TestClient, key: str) -> None:
    browser.post(f"/inn/{key}", headers={"Origin": HERE})
    assert browser.cookies.get(links.COOKIE)
    assert browser.get("/ut").status_code == 200
    assert browser.cookies.get(links.COOKIE)
    browser.post("/ut", headers={"Origin": HERE})
    assert not browser.cookies.get(links.COOKIE)


def test_the_pages_speak_the_language_asked_for(browser: TestClient, key: str) -> None:
    assert '<html lang="nb">' in browser.get(f"/inn/{key}").text
    assert '<html lang="en">' in browser.get(f"/inn/{key}?sprak=en").text
    assert '<html lang="nb">' in browser.get(f"/inn/{key}?sprak=xx").text


def test_the_front_page_has_its_norwegian_address(browser: TestClient) -> None:
    assert browser.get("/oversikt?utredning=indre-namdal").headers["location"] == "/?utredning=indre-namdal"


def test_names_are_text_on_the_page(browser: TestClient, home: Path) -> None:
    from lib.actions import studies

    study = studies.create(FACILITATOR, "<script>alert(1)</script>")
    _, key = links.make(FACILITATOR, Role.READER, study, "x", 30)
    assert "<script>alert" not in browser.get(f"/inn/{key}").text
    assert "&lt;script&gt;alert" in browser.get(f"/inn/{key}").text
