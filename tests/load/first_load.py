"""What a browser fetches for the first page: a phone's in a workshop, beside a bare page of Streamlit."""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import QUIET, chromium
from tests.load.http import HOST

QUIET_MILLISECONDS = 2000


class Fetched(NamedTuple):
    """Requests, and the bytes of the answers as they came over the network, headers and websocket included."""

    requests: int
    bytes: int


def fetched(*visits: tuple[str, str]) -> list[Fetched]:
    """For each (address, `name=value` of a cookie or nothing) what a browser with an empty cache fetches."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        try:
            return [_fetched(browser, address, cookie) for address, cookie in visits]
        finally:
            browser.close()


def _fetched(browser: Browser, address: str, cookie: str) -> Fetched:
    """Streams stay open, so the page is done when it is loaded and nothing was asked for in a while."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    if cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "domain": HOST, "path": "/"}])
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    asked: list[str] = []
    sizes: list[float] = []

    def ask(event: dict[str, Any]) -> None:
        asked.append(event["requestId"])

    def add(event: dict[str, Any]) -> None:
        sizes.append(event.get("encodedDataLength") or len(event.get("response", {}).get("payloadData", "")))

    for name in ("requestWillBeSent", "webSocketCreated"):
        devtools.on(f"Network.{name}", ask)
    for name in ("loadingFinished", "webSocketFrameReceived"):
        devtools.on(f"Network.{name}", add)
    devtools.send("Network.enable")
    page.goto(address)
    before = -1
    while before < len(asked):
        before = len(asked)
        page.wait_for_timeout(QUIET_MILLISECONDS)
    context.close()
    return Fetched(len(asked), round(sum(sizes)))


def compared(phone: Fetched, bare: Fetched) -> str:
    return (
        f"First load: a phone {phone.requests} requests and {phone.bytes / 1000:.1f} kB, a bare Streamlit page "
        f"{bare.requests} and {bare.bytes / 1000:.0f} kB; "
        f"ratio {phone.requests / bare.requests:.3f} and {phone.bytes / bare.bytes:.4f}"
    )
