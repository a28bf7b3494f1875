"""A workshop played from end to end on one real server: a facilitator, a wall, and raters who tap, are cut off or have
no scripts. What the ranking should be is worked out by hand here."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from lib.actions.live import seating
from tests.actions.books import areas, book
from tests.browser.conftest import App, MakeTab, chromium, enter, go
from tests.browser.facilitating import Caller, make_study, make_workshop, press, stands, workshop_of
from tests.browser.test_phones import give, heading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not chromium(), reason="No Chromium was found; install one or name it in CHROMIUM."),
]
MAKING_SECONDS, WALL_SECONDS, QUIET_SECONDS, TURNS = 60.0, 6.0, 5.0, 2
STUDY = "var-region"
MARKED = "<b>Øst</b> **fjell** :smile: $x$"
REMARK = '<img src=x onerror="document.title=1"> [lenke](/ut)'
Given = Mapping[str, tuple[int, int]]
# (Potensial, Gjennomførbarhet). Products: Arkiv 56, 30, 12; Lønn 20, 100, 48; Telefoni 81, 42, 64.
FIRST: dict[str, Given] = {
    "Gruppe 1": {"Arkiv": (8, 7), "Lønn": (5, 4), "Telefoni": (9, 9)},
    MARKED: {"Arkiv": (6, 5), "Lønn": (10, 10), "Telefoni": (7, 6)},
    "Gruppe 3": {"Arkiv": (4, 3), "Lønn": (6, 8), "Telefoni": (8, 8)},
}
FIRST_RANKING = [("Telefoni", "62,3"), ("Lønn", "56,0"), ("Arkiv", "32,7")]
# Products: Arkiv 81, 72, 64; Lønn 25, 30, 36. Telefoni was not asked about again and keeps its 62,3.
SECOND: dict[str, Given] = {
    "Gruppe 1": {"Arkiv": (9, 9), "Lønn": (5, 5)},
    MARKED: {"Arkiv": (9, 8), "Lønn": (6, 5)},
    "Gruppe 3": {"Arkiv": (8, 8), "Lønn": (6, 6)},
}
SECOND_RANKING = [("Arkiv", "72,3"), ("Telefoni", "62,3"), ("Lønn", "30,3")]
DOTS = {"Gruppe 1": {"Arkiv": 3, "Telefoni": 2}, MARKED: {"Lønn": 3, "Arkiv": 2}, "Gruppe 3": {"Arkiv": 1}}
PLACED = "all => all.map(each => [each.textContent, each.getBoundingClientRect().y])"
OBSERVE = """() => {
  window.changes = []
  const note = found => window.changes.push(...found.map(each => each.target.outerHTML || each.target.data))
  new MutationObserver(note).observe(document.querySelector('[data-testid=stMainBlockContainer]'),
    {subtree: true, childList: true, attributes: true, characterData: true})
}"""


@pytest.fixture(scope="module")
def facilitator(browser: Browser, app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A facilitator with a study of three areas."""
    tab = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO").new_page()
    tab.set_default_timeout(20_000)
    enter(tab, app)
    three = tmp_path_factory.mktemp("book") / "omrader.xlsx"
    three.write_bytes(book({"Områder": areas("Arkiv", "Lønn", "Telefoni")}))
    make_study(tab, "Vår region", three)
    yield tab
    tab.context.close()


def join(tab: Page, app: App, code: str, name: str) -> Page:
    """In by the code, as somebody who reads it off the wall."""
    tab.goto(f"{app.address}/delta")
    tab.get_by_label("Koden på skjermen").fill(f"{code[:3]} {code[3:]}".lower())
    tab.get_by_role("button", name="Gå videre").click()
    tab.get_by_label("Navnet på gruppen").fill(name)
    tab.locator("label", has_text="Blandet gruppe").click()
    tab.get_by_role("button", name="Bli med").click()
    heading(tab, f"{name} er med")
    return tab


def rate(phone: Page, given: Given, forward: str = "Neste") -> None:
    """Every area the phone shows, one a screen."""
    for name, (potential, feasibility) in given.items():
        heading(phone, name)
        give(phone, "Potensial", str(potential))
        give(phone, "Gjennomførbarhet", str(feasibility))
        phone.get_by_role("button", name=forward).click()
    heading(phone, "Alt er besvart")


def saved(phone: Page) -> None:
    expect(phone.locator("#saved")).to_have_text("Lagret", timeout=20_000)


def shown_on(phone: Page) -> list[tuple[str, str]]:
    """Area and score as a phone lists the result."""
    heading(phone, "Resultatet")
    lines = phone.locator("ol.results li").all()
    return [
        (
            line.locator("b").inner_text(),
            line.locator("span:not(.place):not(.own)").inner_text().partition(" av ")[0],
        )
        for line in lines
    ]


def expect_ranking(page: Page, ranking: list[tuple[str, str]], chart: int) -> None:
    """The answer, and a chart's names and scores from the top."""
    expect(page.get_by_role("heading", name=f"{ranking[0][0]} ligger øverst").first).to_be_visible()
    written = page.locator("[data-testid=stVegaLiteChart]").nth(chart).locator("text")
    expect(written.filter(has_text=ranking[0][1])).to_have_count(1)
    texts = sorted(written.evaluate_all(PLACED), key=lambda placed: placed[1])
    names = "|".join(name for name, _ in ranking)
    assert [found[0] for text, _ in texts if (found := re.search(names, text))] == [name for name, _ in ranking]
    assert [text for text, _ in texts if re.fullmatch(r"\d+,\d", text)] == [score for _, score in ranking]


def nothing_is_known(tab: Page, app: App, folder: Path) -> None:
    """No page and no export gives a hidden result away."""
    for address in ("prioritering", "droft"):
        go(tab, app, f"{address}?utredning={STUDY}")
        expect(tab.get_by_text("Ingen har vurdert områdene ennå")).to_be_visible()
        for role in ("button", "link"):
            expect(tab.get_by_role(role, name="Last ned")).to_have_count(0)
    go(tab, app, f"last-opp?utredning={STUDY}")
    with tab.expect_download() as waited:
        tab.get_by_role("button", name="Last ned utredningen som arbeidsbok").click()
    waited.value.save_as(folder / "utredning.xlsx")
    assert "Vurderinger" not in load_workbook(folder / "utredning.xlsx").sheetnames


def wall_follows(wall: Page, words: str, since: float, lags: list[float]) -> None:
    """The wall says something by itself, soon after what caused it."""
    expect(wall.get_by_role("heading", name=words)).to_be_visible(timeout=20_000)
    lags.append(time.monotonic() - since)


def test_a_workshop_from_the_first_code_to_the_last_ranking(
    facilitator: Page, app: App, make_tab: MakeTab, tmp_path: Path
) -> None:
    lags: list[float] = []
    begun = time.monotonic()
    code = make_workshop(facilitator, "Samling på Grong")
    making = time.monotonic() - begun
    wall = make_tab(1920, 1080, storage_state=facilitator.context.storage_state())
    wall.goto(f"{app.address}/vegg?utredning={STUDY}")
    expect(wall.get_by_role("heading", name="Ingen er med ennå")).to_be_visible()

    ordinary, far, bare = make_tab(390, 780), make_tab(390, 780), make_tab(390, 780, java_script_enabled=False)
    phones = dict(zip(FIRST, (ordinary, far, bare), strict=True))
    for name, phone in phones.items():
        join(phone, app, code, name)
    wall_follows(wall, "3 grupper er med", time.monotonic(), lags)
    expect(wall.get_by_text(MARKED)).to_be_visible()
    expect(facilitator.get_by_text("3 grupper er med")).to_be_visible()
    expect(facilitator.locator("[role=grid]").first).to_contain_text(MARKED)

    press(facilitator, "Åpne for vurdering", "Vurder")
    wall_follows(wall, "0 av 3 grupper er ferdige", time.monotonic(), lags)
    heading(far, "Arkiv")
    give(far, "Potensial", "1")
    saved(far)
    far.context.set_offline(True)
    rate(far, FIRST[MARKED])
    expect(far.get_by_role("status")).to_have_text("Venter på nett – 6 svar")
    rate(ordinary, FIRST["Gruppe 1"])
    saved(ordinary)
    wall_follows(wall, "1 av 3 grupper er ferdige", time.monotonic(), lags)
    bare.get_by_role("link", name="Se hvor vi er nå").click()
    rate(bare, FIRST["Gruppe 3"], "Lagre og gå videre")
    wall_follows(wall, "2 av 3 grupper er ferdige", time.monotonic(), lags)
    far.context.set_offline(False)
    saved(far)
    wall_follows(wall, "3 av 3 grupper er ferdige", time.monotonic(), lags)
    expect(facilitator.get_by_text("3 av 3 grupper er ferdige")).to_be_visible()
    far.get_by_role("link", name="Arkiv").click()
    far.get_by_label("Kommentar").fill(REMARK)
    far.get_by_role("link", name="Oversikt").click()
    saved(far)

    ordinary.get_by_role("link", name="Lønn").click()
    heading(ordinary, "Lønn")
    ordinary.route("**/svar", lambda route: route.abort())
    give(ordinary, "Potensial", "1")
    press(facilitator, "Steng for svar", "Steng for svar")
    wall_follows(wall, "Stengt for svar", time.monotonic(), lags)
    heading(ordinary, "Stengt for svar")
    ordinary.unroute("**/svar")
    ordinary.evaluate("dispatchEvent(new Event('online'))")
    expect(ordinary.get_by_role("alert")).to_have_text(
        "Runden er stengt for svar. Dette svaret ble ikke med.", timeout=20_000
    )
    reader = make_tab(storage_state=facilitator.context.storage_state())
    nothing_is_known(reader, app, tmp_path)

    press(facilitator, "Vis resultatet for alle", "Vis")
    wall_follows(wall, "Telefoni ligger øverst", time.monotonic(), lags)
    expect_ranking(wall, FIRST_RANKING, 0)
    for phone in (ordinary, far):
        assert shown_on(phone) == FIRST_RANKING
    bare.get_by_role("link", name="Se hvor vi er nå").click()
    assert shown_on(bare) == FIRST_RANKING
    go(reader, app, f"prioritering?utredning={STUDY}")
    expect_ranking(reader, FIRST_RANKING, 1)

    press(facilitator, "Gå til drøftingen", "Drøft")
    wall_follows(wall, "Snakk om disse først", time.monotonic(), lags)
    go(reader, app, f"droft?utredning={STUDY}")
    expect(reader.get_by_role("heading", name="Rommet er delt om to områder")).to_be_visible()
    expect(reader.get_by_text(f"{MARKED} (10 og 10)")).to_be_visible()
    reader.get_by_role("combobox", name="Vis svarene for").click()
    reader.get_by_role("option", name="Arkiv").click()
    expect(reader.get_by_text(REMARK)).to_be_visible()
    assert reader.locator("blockquote :is(img, a, b)").count() == 0

    press(facilitator, "Start runde 2", "Vurder, runde 2")
    wall_follows(wall, "Vurder, runde 2", time.monotonic(), lags)
    for name in ("Gruppe 1", MARKED):
        rate(phones[name], SECOND[name])
        saved(phones[name])
    bare.get_by_role("link", name="Se hvor vi er nå").click()
    rate(bare, SECOND["Gruppe 3"], "Lagre og gå videre")
    wall_follows(wall, "3 av 3 grupper er ferdige", time.monotonic(), lags)
    go(reader, app, f"prioritering?utredning={STUDY}")
    expect_ranking(reader, FIRST_RANKING, 1)
    press(facilitator, "Steng for svar", "Steng for svar, runde 2")
    press(facilitator, "Vis resultatet for alle", "Vis, runde 2")
    wall_follows(wall, "Arkiv flyttet seg mest: fra plass 3 til plass 1", time.monotonic(), lags)
    expect_ranking(wall, SECOND_RANKING, 0)
    assert shown_on(ordinary) == SECOND_RANKING

    press(facilitator, "Gå til drøftingen", "Drøft, runde 2")
    facilitator.get_by_text("Prikkavstemning:").click()
    press(facilitator, "Start runde 3", "Vurder, runde 3")
    bare.get_by_role("link", name="Se hvor vi er nå").click()
    for name, phone in phones.items():
        heading(phone, "Gi poeng")
        for area, points in DOTS[name].items():
            give(phone, area, str(points))
    bare.get_by_role("button", name="Lagre poengene").click()
    saved(ordinary)
    saved(far)
    wall_follows(wall, "2 av 3 grupper er ferdige", time.monotonic(), lags)
    press(facilitator, "Steng for svar", "Steng for svar, runde 3")
    press(facilitator, "Vis resultatet for alle", "Vis, runde 3")
    wall_follows(wall, "Prikkavstemningen: Arkiv ligger øverst", time.monotonic(), lags)
    written = wall.locator("[data-testid=stVegaLiteChart] text")
    expect(written.filter(has_text="Prikker")).to_be_visible()
    assert [text for text in written.all_text_contents() if re.fullmatch(r"\d", text)][-3:] == ["6", "2", "3"]
    press(facilitator, "Gå til drøftingen", "Drøft, runde 3")
    press(facilitator, "Avslutt workshopen", "Avslutt")
    wall_follows(wall, "Takk for innsatsen", time.monotonic(), lags)
    heading(ordinary, "Takk for at dere var med")
    go(reader, app, f"prioritering?utredning={STUDY}")
    expect_ranking(reader, SECOND_RANKING, 1)
    print(f"A workshop is made in {making:.2f} s; the wall follows within {max(lags):.2f} s.")
    assert making < MAKING_SECONDS
    assert max(lags) < WALL_SECONDS, lags


def test_the_wall_is_still_while_nothing_happens(facilitator: Page, app: App, make_tab: MakeTab) -> None:
    """In every step: not one element of the page is touched, and no chart drawn again."""
    code = make_workshop(facilitator, "Stille")
    groups = [Caller(app, code, navn=f"Gruppe {number}") for number in range(3)]
    wall = make_tab(storage_state=facilitator.context.storage_state())
    wall.goto(f"{app.address}/vegg?utredning={STUDY}")
    wall.get_by_role("heading", name="3 grupper er med").wait_for()
    press(facilitator, "Åpne for vurdering", "Vurder")
    for group in groups:
        group.answer({name: {"potential": 7, "feasibility": 4} for name in group.names()})
    press(facilitator, "Steng for svar", "Steng for svar")
    press(facilitator, "Vis resultatet for alle", "Vis")
    wall.locator("[data-testid=stVegaLiteChart] text").first.wait_for()
    wall.wait_for_timeout(1500)
    wall.evaluate(OBSERVE)
    wall.wait_for_timeout(QUIET_SECONDS * 1000)
    assert wall.evaluate("window.changes") == []
    groups[0].client.close()
    press(facilitator, "Gå til drøftingen", "Drøft")
    wall.get_by_role("heading", name="Snakk om disse først").wait_for()
    assert wall.evaluate("window.changes.length") > 0


def test_two_facilitators_and_an_impatient_one(facilitator: Page, app: App, make_tab: MakeTab) -> None:
    """A button of a step that is past moves nothing and says so kindly; a double click is one step, without a word."""
    make_workshop(facilitator, "To prosessledere")
    other = make_tab(storage_state=facilitator.context.storage_state())
    other.goto(facilitator.url)
    stands(other, "Samle")
    presses = "button => button.click()"
    buttons = [tab.get_by_role("button", name="Åpne for vurdering").element_handle() for tab in (facilitator, other)]
    for button in buttons:
        button.evaluate(presses)
    expect(other.get_by_text("er flyttet av noen andre siden du så den")).to_be_visible()
    for tab in (facilitator, other):
        stands(tab, "Vurder")
    expect(facilitator.get_by_text("er flyttet av noen andre")).to_have_count(0)
    facilitator.get_by_role("button", name="Steng for svar").dblclick()
    for tab in (facilitator, other):
        stands(tab, "Steng for svar")
    facilitator.wait_for_timeout(2000)
    for tab in (facilitator, other):
        stands(tab, "Steng for svar")
    expect(facilitator.get_by_text("er flyttet av noen andre")).to_have_count(0)


def test_quick_steps_leave_no_page_behind(facilitator: Page, app: App, make_tab: MakeTab) -> None:
    """Forwards and back, each step on the facilitator's page, on the wall and on a phone."""
    code = make_workshop(facilitator, "Fram og tilbake")
    wall = make_tab(storage_state=facilitator.context.storage_state())
    wall.goto(f"{app.address}/vegg?utredning={STUDY}")
    phone = join(make_tab(390, 780), app, code, "Gruppe 1")
    there = [("Åpne for vurdering", "Vurder", "Vurder", "Arkiv"),
             ("Steng for svar", "Steng for svar", "Stengt for svar", "Stengt for svar"),
             ("Vis resultatet for alle", "Vis", "Resultatet", "Resultatet")]  # fmt: skip
    back = [("Tilbake til «steng for svar»", "Steng for svar", "Stengt for svar", "Stengt for svar"),
            ("Tilbake til «vurder»", "Vurder", "Vurder", "Arkiv"),
            ("Tilbake til «samle»", "Samle", "Bli med", "Gruppe 1 er med")]  # fmt: skip
    for _ in range(TURNS):
        for button, step, on_wall, on_phone in (*there, *back):
            press(facilitator, button, step)
            expect(wall.get_by_role("heading", name=on_wall, exact=True)).to_be_visible(timeout=WALL_SECONDS * 1000)
            heading(phone, on_phone)


@pytest.mark.parametrize("view", ["Alle i én tabell", "Ett område om gangen"])
def test_a_laptop_shows_what_the_groups_phone_has_answered_and_never_undoes_it(
    facilitator: Page, app: App, make_tab: MakeTab, view: str
) -> None:
    phone = Caller(app, make_workshop(facilitator, f"To enheter: {view}"), navn="Gruppe 1")
    press(facilitator, "Åpne for vurdering", "Vurder")
    phone.answer({"Arkiv": {"potential": 5}})
    laptop = make_tab()
    seat = {"name": seating.COOKIE, "value": phone.client.cookies[seating.COOKIE], "url": app.address}
    laptop.context.add_cookies([seat])  # type: ignore[list-item]
    go(laptop, app, f"vurder?workshop={workshop_of(facilitator)}")
    laptop.get_by_role("radio", name=view).wait_for()
    if not laptop.get_by_role("radio", name=view).is_checked():
        laptop.get_by_text(view).click()
    answer = in_table if view.startswith("Alle") else in_buttons
    expect_on(laptop, view, "5")
    phone.answer({"Arkiv": {"potential": 7}})
    answer(laptop)
    expect(laptop.get_by_text("1 av 3 er helt besvart")).to_be_visible()
    assert phone.given() == {"Arkiv": {"potential": 7, "feasibility": 4}}
    expect_on(laptop, view, "7")


def expect_on(laptop: Page, view: str, potential: str) -> None:
    """The answer on «Potensial» that the laptop shows for the first area."""
    if view.startswith("Alle"):
        expect(laptop.locator("[role=gridcell]").nth(1)).to_have_text(potential)
    else:
        group = laptop.get_by_role("radiogroup", name="Potensial")
        expect(group.get_by_role("radio", name=potential, exact=True)).to_be_checked()


def in_buttons(laptop: Page) -> None:
    laptop.get_by_role("radiogroup", name="Gjennomførbarhet").get_by_text("4", exact=True).click()


def in_table(laptop: Page) -> None:
    """The first area's «Gjennomførbarhet», with the keyboard."""
    laptop.locator(".stDataFrame").click(position={"x": 40, "y": 55})
    for key in ("ArrowRight", "ArrowRight", "Enter", "4", "Enter"):
        laptop.wait_for_timeout(500)  # the grid takes its time, and its cells are no elements that could be waited for
        laptop.keyboard.press(key)
