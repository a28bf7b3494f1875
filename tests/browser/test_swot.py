"""Leaders bring statements as written, name what recurs, correct the group, and send a threat on as a risk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.actions.books import areas, book, municipalities
from tests.browser.conftest import App, enter, go
from tests.browser.facilitating import choose, settled

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKED_UP = '<b>Ingen</b> <img src=x onerror="alert(1)"> søker på **stillingene**'
OTHER = "Prisene stiger"
RECURRING = {
    "Arkiv": "Lite fagmiljø, sårbart ved fravær",
    "Lønn": "Små fagmiljøer",
    "Telefoni": "Fagmiljøet er lite og sårbart",
}
CONTENT = book(
    {
        "Kommuner": municipalities(Grong=2359, Lierne=1355),
        "Områder": areas("Arkiv", "Lønn", "Telefoni", "Innkjøp"),
        "SWOT": [
            ("Område", "Kvadrant", "Utsagn", "Kommune", "Rolle", "Kilde"),
            ("Arkiv", "Trussel", RECURRING["Arkiv"], "Grong", "Ansatte", "Intervju"),
            ("Lønn", "T", RECURRING["Lønn"], "Lierne", None, None),
            ("Telefoni", "Threats", RECURRING["Telefoni"], None, None, None),
            ("Arkiv", "TRUSLER", RECURRING["Arkiv"], "Grong", "Ansatte", "Intervju"),
            ("Lønn", "svakhet", "Systemene snakker ikke sammen", None, None, None),
            ("Telefoni", "Sterke sider", "God service til innbyggerne", None, None, None),
            ("Innkjøp", "M", "Felles anskaffelser", None, None, None),
            ("Innkjøp", "Trusler", MARKED_UP, None, None, None),
            ("Innkjøp", "t", OTHER, None, None, None),
        ],
    }
)
KEPT = 8  # statements, where the one that stands twice is counted once


def test_the_first_line_of_the_demo_is_the_small_professional_environment(page: Page, app: App) -> None:
    go(page, app, "swot?utredning=kongsbergregionen")
    expect(answer(page)).to_have_text("Lite fagmiljø går igjen i 7 av 7 funksjoner: trussel i 6, svakhet i 1")
    expect(behind(page)).to_have_count(7)


def test_what_recurs_comes_first_and_the_counts_follow_the_leaders_corrections(page: Page, app: App) -> None:
    enter(page, app)
    bring(page, app, "Utsagn")
    go(page, app, "swot?utredning=utsagn")
    expect(answer(page)).to_have_text("Små fagmiljøer går igjen i 3 av 4 funksjoner: trussel i 3")
    expect(page.get_by_text(f"{KEPT} utsagn om 4 funksjoner. Temaer som er satt: 0.")).to_be_visible()
    expect(behind(page)).to_have_count(3)
    for area, text in RECURRING.items():
        expect(behind(page).filter(has_text=text)).to_have_text(re.compile(f"{area}.*Trussel.*forslag"))

    page.get_by_role("textbox", name="Navn på temaet").fill("Lite fagmiljø")
    page.get_by_role("button", name="Godta forslaget").click()
    expect(page.get_by_text("Temaet «Lite fagmiljø» er satt.")).to_be_visible()
    expect(answer(page)).to_have_text("Lite fagmiljø går igjen i 3 av 4 funksjoner: trussel i 3")
    expect(page.get_by_text("Temaer som er satt: 1.")).to_be_visible()
    expect(behind(page).filter(has_text="forslag")).to_have_count(0)

    settled(page)
    page.get_by_text("Sett og endre temaet").click()
    choose(page, "Velg utsagnene som skal bli et eget tema.", re.compile("^Telefoni"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Navn på det nye temaet").fill("Sårbarhet")
    page.get_by_role("button", name="Del temaet").click()
    expect(page.get_by_text("«Sårbarhet» er nå et eget tema.")).to_be_visible()
    expect(answer(page)).to_have_text("Lite fagmiljø går igjen i 2 av 4 funksjoner: trussel i 2")
    expect(page.get_by_text("Temaer som er satt: 2.")).to_be_visible()
    expect(behind(page)).to_have_count(1)
    expect(behind(page)).to_contain_text(RECURRING["Telefoni"])

    main(page).get_by_role("link", name="Telefoni").click()
    expect(page.get_by_role("heading", name="Trussel (1)")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=RECURRING["Telefoni"])).to_be_visible()


def test_a_threat_with_markup_in_it_is_text_everywhere_and_becomes_one_risk(page: Page, app: App) -> None:
    opened: list[str] = []
    page.context.on("dialog", lambda dialog: note_and_close(dialog, opened))
    enter(page, app)
    bring(page, app, "Sendt videre")
    at_function = "swot-funksjon?utredning=sendt-videre&omrade=4"
    go(page, app, at_function)
    expect(page.get_by_role("heading", name="Trussel (2)")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=MARKED_UP)).to_be_visible()
    late = page.context.new_page()
    late.set_default_timeout(20_000)
    go(late, app, at_function)
    for tab in (page, late):
        choose(tab, "Utsagn", MARKED_UP)
        settled(tab)

    page.get_by_role("button", name="Send videre som risiko").dblclick()
    expect(page.get_by_text(f"Sendt videre som «{MARKED_UP}».")).to_be_visible()
    expect(sent(page)).to_have_count(1)
    late.get_by_role("button", name="Send videre som risiko").click()
    expect(late.get_by_text(f"Utsagnet er sendt videre før og heter «{MARKED_UP}».")).to_be_visible()
    expect(sent(late)).to_have_count(1)
    expect(sent(late)).to_have_text(f"Innkjøp, trussel: {MARKED_UP} → {MARKED_UP}")

    go(page, app, "risiko?utredning=sendt-videre")
    expect(answer(page)).to_have_text("Den ene risikoen er ikke vurdert ennå.")
    choose(page, "Se nærmere på en risiko", f"1 {MARKED_UP}")
    expect(page.get_by_role("heading", name=MARKED_UP)).to_be_visible()
    expect(page.get_by_text(f"Sendt hit fra Innkjøp: «{MARKED_UP}»")).to_be_visible()
    for tab in (page, late):
        expect(tab.locator("img[src=x]")).to_have_count(0)
    assert opened == []


def bring(page: Page, app: App, name: str) -> None:
    """A new study with the workbook in it: a repeated row and every kind of row are told before it is stored."""
    page.get_by_role("textbox", name="Navn på utredningen").fill(name)
    page.get_by_role("button", name="Opprett utredningen").click()
    page.get_by_role("heading", name=name).wait_for()
    go(page, app, f"last-opp?utredning={name.lower().replace(' ', '-')}")
    page.locator("input[type=file]").set_input_files({"name": "bok.xlsx", "mimeType": XLSX, "buffer": CONTENT})
    page.get_by_role("button", name="Lagre i utredningen").wait_for()
    again = page.get_by_role("row").filter(has_text="Raden sier det samme som")
    expect(again).to_contain_text("SWOT!C5")
    counted = page.get_by_test_id("stDataFrame").locator("tbody tr").filter(has_text="SWOT-utsagn")
    expect(counted.locator("td").nth(1)).to_have_text(str(KEPT))
    page.get_by_role("button", name="Lagre i utredningen").click()
    expect(page.get_by_text("er lagret.")).to_be_visible()


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def answer(page: Page) -> Locator:
    return page.get_by_role("heading", level=2).first


def behind(page: Page) -> Locator:
    """The rows of the table of statements behind the theme that is looked into."""
    return page.get_by_test_id("stTable").locator("tbody tr")


def note_and_close(dialog: Dialog, opened: list[str]) -> None:
    opened.append(dialog.message)
    dialog.dismiss()


def sent(page: Page) -> Locator:
    """What is listed as sent on."""
    return page.get_by_role("listitem").filter(has_text="→")
