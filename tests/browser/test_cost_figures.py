"""A leader types costs into the tables of «Kostnadstall»: refused with a sentence, then stored."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.actions.books import areas, book, municipalities
from tests.browser.conftest import App, enter, go

pytestmark = pytest.mark.browser
TABLES = 6
KRONER = 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT = book(
    {
        "Kommuner": municipalities(Grong=2359, Lierne=1355),
        "Områder": areas("Arkiv", "Lønn"),
        "Kostnader": [("Område", "Post", "Kroner"), ("Arkiv", "Lønn", 900_000)],
    }
)


def test_bad_input_gets_a_sentence_and_good_input_is_stored(page: Page, app: App) -> None:
    enter(page, app)
    page.get_by_role("textbox", name="Navn på utredningen").fill("Kostnadsregion")
    page.get_by_role("button", name="Opprett utredningen").click()
    page.get_by_role("heading", name="Kostnadsregion").wait_for()
    go(page, app, "last-opp?utredning=kostnadsregion")
    page.locator("input[type=file]").set_input_files({"name": "bok.xlsx", "mimeType": XLSX, "buffer": CONTENT})
    page.get_by_role("button", name="Lagre i utredningen").click()
    page.get_by_text("er lagret").wait_for()
    go(page, app, "kostnadstall?utredning=kostnadsregion")
    table, save = page.get_by_test_id("stDataFrame").first, page.get_by_role("button", name="Lagre kostnadene")
    all_drawn(page)
    type_kroner(page, table, "mye")
    save.click()
    page.get_by_text("er ikke et tall").wait_for()
    expect(kroner(table)).to_have_text("mye")
    type_kroner(page, table, "950 000")
    save.click()
    page.get_by_text("Tallene er lagret").wait_for()
    go(page, app, "kostnadstall?utredning=kostnadsregion")
    all_drawn(page)
    expect(kroner(table)).to_have_text("950\u202f000")


def kroner(table: Locator) -> Locator:
    """What stands in the first row under «Kroner», as a screen reader is told."""
    return table.locator("tbody tr").first.locator("td").nth(KRONER)


def type_kroner(page: Page, table: Locator, text: str) -> None:
    """Opens the first row's «Kroner» and writes over what stands there."""
    table.evaluate("table => table.scrollIntoView({block: 'center'})")
    table.click(position={"x": 100, "y": 55})  # the grid takes the first click after a button as «back to the grid»
    page.wait_for_timeout(800)
    table.dblclick(position={"x": 285, "y": 55})
    page.locator("#portal textarea").fill(text)
    page.keyboard.press("Enter")
    expect(kroner(table)).to_have_text(text)
    page.wait_for_timeout(1000)


def all_drawn(page: Page) -> None:
    """The tables come one by one, and not from the top."""
    page.get_by_test_id("stDataFrame").nth(TABLES - 1).wait_for()
    page.wait_for_timeout(2000)
