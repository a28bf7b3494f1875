"""A hall of phones in a real browser: no network for a while, no scripts, a slow mast, small screens, a new tab."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lib.actions import open_store, studies
from lib.actions.live import taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.actions.uploads import uploads
from lib.model.live import Step
from tests.actions import rooms_of
from tests.browser.conftest import chromium
from tests.browser.hall import served
from tests.people import FACILITATOR

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not chromium(), reason="No Chromium was found; install one or name it in CHROMIUM."),
]
DEMO = Path(__file__).parents[2] / "data" / "indre_namdal.xlsx"
# Slow 3G as Chromium's own tools set it: 400 kbit/s both ways, 400 ms before the first byte.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SAVED_SECONDS = 5.0
PHONES: list[tuple[int, Literal["light", "dark"]]] = [(390, "light"), (390, "dark"), (320, "light"), (320, "dark")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = ["color-contrast", "target-size"]
MakePhone = Callable[..., Page]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the routes, over a store of their own with the areas of the demonstration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MULIGHETSROM_STORE", str(tmp_path_factory.mktemp("hall") / "store.duckdb"))
        study = studies.create(FACILITATOR, "Vår region")
        uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, study, "bok.xlsx", DEMO.read_bytes(), "nb"))
        with served() as address:
            yield address
        open_store.close()


@pytest.fixture
def room(hall: str) -> Room:
    study = studies.find(FACILITATOR, "var-region")
    return rooms_of.opened(study, asks_role=False, asks_municipality=False, prompts=("Hva får vi til?",))


@pytest.fixture
def make_phone(browser: Browser, hall: str) -> Iterator[MakePhone]:
    """Phones, each a browser of its own. None may ask another host, and none may break down."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(room: Room, name: str, **settings: Any) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 780}, locale="nb-NO", **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(hall) else wrong.append(asked.url))
        page.goto(f"{hall}/delta/{room.plan.code}")
        if name:
            page.get_by_label("Navnet på gruppen").fill(name)
            page.get_by_role("button", name="Bli med").click()
            page.get_by_role("heading", level=1).wait_for()
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible(timeout=8000)


def give(page: Page, question: str, value: str) -> None:
    """Tap a target, where a thumb would."""
    box = page.get_by_role("group", name=question)
    box.locator("label", has_text=re.compile(rf"^\s*{value}\b")).click()


def said(room: Room, name: str) -> dict[str, dict[str, int | None]]:
    """What a group has said, by area and criterion."""
    here = rooms_of.now(room)
    (rater,) = (rater for rater in here.raters.values() if rater.name == name)
    found: dict[str, dict[str, int | None]] = {}
    for (item, criterion), value in taking_part.own_answers(here, rater).values.items():
        found.setdefault(here.areas[item].name, {})[criterion] = value
    return found


def taps(room: Room) -> int:
    """Rows in the log of the workshop, second thoughts included."""
    rows = open_store.store().query("select count(*) as n from rating where workshop = $1", [room.workshop.id])
    return int(rows[0]["n"])


def test_answers_wait_for_the_network_and_arrive_in_order_and_once(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1")
    rooms_of.to(room, Step.RATE)
    heading(page, "Rus og psykiatri")
    give(page, "Potensial", "2")
    expect(page.get_by_role("status")).to_have_text("Lagret")
    page.context.set_offline(True)
    for value in ("3", "9"):
        give(page, "Potensial", value)
    give(page, "Gjennomførbarhet", "Vet ikke")
    expect(page.get_by_role("status")).to_have_text("Venter på nett – 3 svar")
    page.get_by_role("button", name="Neste").click()
    heading(page, "Næringsutvikling")
    expect(page.get_by_text("2 av 13", exact=True)).to_be_visible()
    give(page, "Potensial", "10")
    page.get_by_label("Kommentar").fill("Vi er <b>klare</b>")
    page.get_by_role("link", name="Oversikt").click()
    heading(page, "Oversikt")
    expect(page.get_by_role("link", name="Rus og psykiatri")).to_have_text("Rus og psykiatri besvart")
    expect(page.get_by_role("status")).to_have_text("Venter på nett – 5 svar")
    assert taps(room) == 1
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_have_text("Lagret")
    assert said(room, "Gruppe 1") == {
        "Rus og psykiatri": {"potential": 9, "feasibility": None},
        "Næringsutvikling": {"potential": 10},
    }
    assert taps(room) == 5


def test_what_waits_survives_a_reload_and_is_refused_kindly_after_the_freeze(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1")
    rooms_of.to(room, Step.RATE)
    heading(page, "Rus og psykiatri")
    page.route("**/svar", lambda route: route.abort())
    give(page, "Potensial", "7")
    expect(page.get_by_role("status")).to_have_text("Venter på nett – 1 svar")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Venter på nett – 1 svar")
    expect(page.get_by_role("group", name="Potensial").locator("input[value='7']")).to_be_checked()
    rooms_of.to(room, Step.FREEZE)
    heading(page, "Stengt for svar")
    page.unroute("**/svar")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("alert")).to_have_text(
        "Runden er stengt for svar. Dette svaret ble ikke med.", timeout=20000
    )
    page.reload()
    expect(page.get_by_role("status")).to_have_text("")
    assert said(room, "Gruppe 1") == {}


def test_two_devices_of_a_group_see_each_others_answers(make_phone: MakePhone, room: Room) -> None:
    one, other = make_phone(room, "Gruppe 1"), make_phone(room, "Gruppe 1")
    other.get_by_role("button", name="Svar sammen med dem").click()
    heading(other, "Gruppe 1 er med")
    rooms_of.to(room, Step.RATE)
    for page in (one, other):
        heading(page, "Rus og psykiatri")
    other.get_by_label("Kommentar").focus()
    one.get_by_label("Kommentar").fill("Fra den ene")
    give(one, "Potensial", "6")
    expect(other.get_by_role("group", name="Potensial").locator("input[value='6']")).to_be_checked()
    expect(other.get_by_label("Kommentar")).to_have_value("Fra den ene")
    other.get_by_role("button", name="Neste").click()
    give(other, "Potensial", "2")
    one.get_by_role("button", name="Neste").click()
    expect(one.get_by_role("group", name="Potensial").locator("input[value='2']")).to_be_checked()
    one.get_by_role("link", name="Forrige").click()
    expect(one.get_by_label("Kommentar")).to_have_value("Fra den ene")


def test_the_page_follows_the_room_and_keeps_what_was_not_sent(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1")
    page.get_by_label("Skriv ett innspill").fill("Felles vaktordning")
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("listitem")).to_have_text(["Felles vaktordning"])
    expect(page.get_by_role("status")).to_have_text("Lagret")
    page.get_by_label("Skriv ett innspill").fill("Halvveis")
    rooms_of.to(room, Step.RATE)
    heading(page, "Rus og psykiatri")
    expect(page.get_by_role("alert")).to_have_text("Dette ble ikke sendt inn: «Halvveis»")
    page.get_by_label("Kommentar").fill("Skrevet i siste liten")
    workshops.extend(FACILITATOR, room.study, room.workshop.id, rooms_of.stages(room).seq, 5)
    expect(page.get_by_role("banner")).to_contain_text(re.compile(r"\d:\d\d igjen"))
    expect(page.get_by_label("Kommentar")).to_have_value("Skrevet i siste liten")


def test_points_cannot_be_overdrawn(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1")
    room = rooms_of.to(room, Step.DISCUSS)
    rooms_of.step(room, Next("dots", tuple(room.plan.items)))
    heading(page, "Gi poeng")
    give(page, "Rus og psykiatri", "3")
    expect(page.get_by_text("2 av 5 poeng igjen")).to_be_visible()
    expect(page.get_by_role("group", name="Jordmor").get_by_role("radio", name="3")).to_be_disabled()
    give(page, "Jordmor", "2")
    expect(page.get_by_text("0 av 5 poeng igjen")).to_be_visible()
    give(page, "Rus og psykiatri", "0")
    expect(page.get_by_text("3 av 5 poeng igjen")).to_be_visible()
    expect(page.locator("#saved")).to_have_text("Lagret")
    assert said(room, "Gruppe 1") == {"Rus og psykiatri": {"points": 0}, "Jordmor": {"points": 2}}


def test_the_seat_is_kept_in_a_new_tab(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1")
    tab = page.context.new_page()
    tab.goto(page.url)
    heading(tab, "Gruppe 1 er med")


def test_without_scripts_everything_can_be_answered(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1", java_script_enabled=False)
    page.get_by_label("Skriv ett innspill").fill("Felles vakt")
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("listitem")).to_have_text(["Felles vakt"])
    room = rooms_of.to(room, Step.RATE)
    workshops.choose_items(FACILITATOR, room.study, room.workshop.id, room.stage.seq, room.stage.items[:2])
    page.get_by_role("link", name="Se hvor vi er nå").click()
    for name in ("Rus og psykiatri", "Næringsutvikling"):
        heading(page, name)
        give(page, "Potensial", "8")
        give(page, "Gjennomførbarhet", "4")
        page.get_by_role("button", name="Lagre og gå videre").click()
    heading(page, "Alt er besvart")
    assert list(said(room, "Gruppe 1").values()) == [{"potential": 8, "feasibility": 4}] * 2


def test_the_keyboard_is_enough(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1")
    rooms_of.to(room, Step.RATE)
    heading(page, "Rus og psykiatri")
    page.get_by_role("group", name="Potensial").get_by_role("radio").first.focus()
    for key in ("ArrowRight", "ArrowRight", "Tab", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_role("status")).to_have_text("Lagret")
    answers = said(room, "Gruppe 1")["Rus og psykiatri"]
    assert answers["potential"] == 3
    assert "feasibility" in answers


def test_a_phone_on_a_slow_mast_can_answer_within_seconds(make_phone: MakePhone, room: Room) -> None:
    page = make_phone(room, "Gruppe 1")
    rooms_of.to(room, Step.RATE)
    fresh = page.context.new_page()
    tools = page.context.new_cdp_session(fresh)
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    tools.send("Network.emulateNetworkConditions", SLOW)
    begun = time.monotonic()
    fresh.goto(page.url, wait_until="commit")
    give(fresh, "Potensial", "7")
    expect(fresh.get_by_role("status")).to_have_text("Lagret")
    assert time.monotonic() - begun < SAVED_SECONDS


def faults(page: Page, rules: list[str]) -> list[str]:
    """What axe finds, and anything that does not fit across the screen or is too small for a thumb."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [*page.evaluate(FAULTS, rules), *page.evaluate(FITS)]


FAULTS = """async (rules) => (await axe.run({runOnly: rules})).violations
  .map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 100)}`)"""
# Text at 200 % is WCAG's resize of text; 44 pixels are a thumb.
FITS = """() => {
  const small = [...document.querySelectorAll("button, nav a, label:has(input[type=radio]), summary, #overview a")]
    .filter((each) => each.checkVisibility() && (each.offsetHeight < 44 || each.offsetWidth < 44));
  const wide = (name) => document.documentElement.scrollWidth > innerWidth ? [name] : [];
  const found = [...small.map((each) => `small: ${each.textContent.trim()}`), ...wide("too wide")];
  document.documentElement.style.fontSize = "200%";
  found.push(...wide("too wide at 200 %"));
  document.documentElement.style.fontSize = "";
  return found;
}"""


def test_every_screen_is_for_everybody(make_phone: MakePhone, room: Room, hall: str) -> None:
    page = make_phone(room, "")
    found: dict[str, list[str]] = {}

    def look(screen: str) -> None:
        """All rules once, since the page is the same; those about its look at every width and in both themes."""
        for width, scheme in PHONES:
            page.set_viewport_size({"width": width, "height": 780})
            page.emulate_media(color_scheme=scheme)
            found[f"{screen} {width} {scheme}"] = faults(page, RULES if (width, scheme) == PHONES[0] else LOOK)

    look("join")
    page.get_by_label("Navnet på gruppen").fill("Gruppe 1")
    page.get_by_role("button", name="Bli med").click()
    heading(page, "Gruppe 1 er med")
    look("lobby")
    rooms_of.to(room, Step.RATE)
    heading(page, "Rus og psykiatri")
    page.get_by_text("Om området").click()
    give(page, "Potensial", "8")
    give(page, "Gjennomførbarhet", "Vet ikke")
    look("rate")
    page.get_by_role("link", name="Oversikt").click()
    look("overview")
    rooms_of.to(room, Step.FREEZE)
    heading(page, "Stengt for svar")
    page.get_by_text("Svarene deres").click()
    look("frozen")
    rooms_of.to(room, Step.DISCUSS)
    heading(page, "Resultatet")
    look("result")
    rooms_of.step(room, Next("dots", tuple(room.plan.items)))
    heading(page, "Gi poeng")
    look("points")
    page.goto(f"{hall}/delta")
    look("code")
    assert {screen: names for screen, names in found.items() if names} == {}
