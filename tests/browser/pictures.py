"""`make pictures`: the pictures of the documents, taken of the real app with the demonstrations and a copy of one."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.actions.books import HEADING, book
from tests.browser.conftest import QUIET, ROOT, App, chromium, enter, go, started
from tests.browser.facilitating import Caller, make_workshop, press, settled
from tests.load.server import serve

FOLDER = ROOT / "docs" / "pictures"
SMALL, NARROW, LARGE = 390, 760, 1280
COPY = "kopi-av-indre-namdal"
# A score off the scale, a number in words, an area by another name, and a row that can be read.
WRONG = [
    ("Samling", 1, "Gruppe 1", None, None, "Rus og psykiatri", 11, 6),
    ("Samling", 1, "Gruppe 1", None, None, "Jordmor", 7, "fem"),
    ("Samling", 1, "Gruppe 2", None, None, "Legetjenesten vår", 8, 7),
    ("Samling", 1, "Gruppe 2", None, None, "Næringsutvikling", 9, 8),
]
GIVEN = {
    "Rus og psykiatri": {"potential": 9, "feasibility": 7},
    "Næringsutvikling": {"potential": 8, "feasibility": 8},
    "Legetjeneste": {"potential": 7, "feasibility": 4},
}


def main() -> int:
    executable = chromium()
    if not executable:
        print("No Chromium was found; install one or name it in CHROMIUM.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        log, store = Path(folder) / "log", {"MULIGHETSROM_STORE": f"{folder}/store.duckdb"}
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        with serve("app.py", ROOT, log, "/status", store) as server:
            app = started(server, log)
            _of_the_demo(browser, app)
            _of_a_copy(browser, app)
        browser.close()
    return 0


def _of_the_demo(browser: Browser, app: App) -> None:
    """What anybody sees without a link."""
    with _tab(browser, 1440, 1150) as page:
        go(page, app, "prioritering?utredning=indre-namdal")
        _take(page, "prioritering-lys")
    with _tab(browser, height=1000) as page:
        go(page, app, "kostnader?utredning=indre-namdal")
        _take(page, "kostnader")
    with _tab(browser, NARROW, 1230) as page:
        go(page, app, "risiko?utredning=indre-namdal")
        _take(page, "risiko")
    with _tab(browser, SMALL, 1000, "dark") as phone:
        go(phone, app, "prioritering?utredning=indre-namdal")
        _take(phone, "prioritering-telefon")


def _of_a_copy(browser: Browser, app: App) -> None:
    """What a facilitator and a group see in a copy of the demonstration."""
    with _tab(browser) as page, _tab(browser, SMALL, 780) as phone:
        enter(page, app)
        page.get_by_role("button", name="Lag en kopi").click()
        page.get_by_text("er laget, og du ser den nå").wait_for()
        go(page, app, f"funn?utredning={COPY}")
        _take(page, "alle-funn")
        go(page, app, f"last-opp?utredning={COPY}")
        content = book({"Vurderinger": [HEADING, *WRONG]})
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        page.locator("input[type=file]").set_input_files(
            {"name": "vurderinger.xlsx", "mimeType": kind, "buffer": content}
        )
        _take(page, "last-opp", page.get_by_text("må rettes før"))
        _of_a_workshop(page, phone, app)


def _of_a_workshop(page: Page, phone: Page, app: App) -> None:
    """Three groups are rating; one of them is seen on its phone."""
    code = make_workshop(page, "Samling i formannskapene")
    groups = [Caller(app, code, navn=f"Gruppe {number}") for number in (1, 2)]
    _join(phone, f"{app.address}/delta/{code}", "Gruppe 3")
    press(page, "Åpne for vurdering", "Vurder")
    for group, given in zip(groups, (GIVEN, dict(list(GIVEN.items())[:1])), strict=True):
        group.answer(given)
    for words in ("Potensial", "Gjennomførbarhet"):
        box = phone.get_by_role("group", name=words)
        box.locator("label", has_text=re.compile(r"^\s*8\b")).click()
    phone.get_by_text("Lagret", exact=True).wait_for()
    _take(phone, "telefon")
    page.wait_for_timeout(3000)  # the board asks how far everybody has come every other second
    _take(page, "led-workshopen")


def _join(phone: Page, address: str, name: str) -> None:
    phone.goto(address)
    phone.get_by_label("Navnet på gruppen").fill(name)
    phone.locator("label", has_text="Blandet gruppe").click()
    phone.get_by_label("Kommune").select_option("På tvers av kommunene")
    phone.get_by_role("button", name="Bli med").click()


@contextmanager
def _tab(browser: Browser, width: int = LARGE, height: int = 900, scheme: str = "light") -> Iterator[Page]:
    """A tab of a browser of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="nb-NO",
    )
    tab = context.new_page()
    tab.set_default_timeout(20_000)
    yield tab
    context.close()


def _take(page: Page, name: str, top: Locator | None = None) -> None:
    """What stands in the window once it is drawn to its end; `top` is brought up to its upper edge."""
    if page.get_by_test_id("stApp").count():
        settled(page)
        page.wait_for_timeout(1500)
    if top is not None:
        top.first.evaluate("found => { found.style.scrollMarginTop = '80px'; found.scrollIntoView({block: 'start'}) }")
        page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
