"""A real server and a real Chromium; without one the tests say so in one line."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.load.server import Server, serve

MakeTab = Callable[..., Page]
ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these Chromium keeps asking its maker's hosts for updates.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class App:
    """A running app: its address, and the key that its first start printed."""

    server: Server
    address: str
    key: str


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if not executable:
        pytest.skip("No Chromium was found; install one or name it in CHROMIUM.")
    expect.set_options(timeout=15_000)  # a shared machine may be slow
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("app")
    store = {"MULIGHETSROM_STORE": str(folder / "store.duckdb")}
    with serve("app.py", ROOT, folder / "log", "/status", store) as server:
        yield started(server, folder / "log")


def started(server: Server, log: Path) -> App:
    """The app behind a server on a new store, with the link that it printed."""
    printed = re.search(r"/inn/(\S+)", log.read_text(encoding="utf-8"))
    assert printed, "the first start prints a facilitator link"
    return App(server, f"http://127.0.0.1:{server.port}", printed[1])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a browser of its own, 1280 wide, light; it fails the test when it asks any other host for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO", color_scheme="light")
    tab = context.new_page()
    outside: list[str] = []
    tab.on("request", lambda request: outside.append(request.url) if _is_outside(request.url) else None)
    tab.set_default_timeout(20_000)
    yield tab
    context.close()
    assert outside == []


@pytest.fixture
def make_tab(browser: Browser) -> Iterator[MakeTab]:
    """Tabs, each of a browser of its own. None may break down or ask another host."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(width: int = 1280, height: int = 900, **settings: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nb-NO", **settings)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(20_000)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("request", lambda asked: None if "127.0.0.1" in asked.url else wrong.append(asked.url))
        return tab

    yield make
    for context in contexts:
        context.close()
    assert [each for each in wrong if not each.startswith(("data:", "blob:"))] == []


def _is_outside(address: str) -> bool:
    return not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", address)


def enter(page: Page, app: App, key: str = "") -> None:
    """Through the entry link, as a person does: open it and press its button."""
    page.goto(f"{app.address}/inn/{key or app.key}")
    page.get_by_role("button", name="Gå inn").click()
    page.wait_for_url(re.compile(r"/\?|/$"))
    page.get_by_role("heading", level=1).wait_for()


def go(page: Page, app: App, address: str) -> None:
    page.goto(f"{app.address}/{address}")
    page.get_by_role("heading", level=1).wait_for()
