"""From a real workbook to a ranking the room believes, in a real browser on a real server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, chromium, enter, go
from tests.browser.facilitating import settled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not chromium(), reason="No Chromium was found; install one or name it in CHROMIUM."),
]
DEMO = Path(__file__).parents[2] / "data" / "indre_namdal.xlsx"
RATINGS = "Vurderinger"


def spoilt(folder: Path) -> Path:
    """The demonstration's workbook with three faults that a leader makes."""
    book = load_workbook(DEMO)
    sheet = book[RATINGS]
    headings = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value}
    sheet.cell(5, headings["Potensial"]).value = 11
    sheet.cell(6, headings["Gjennomførbarhet"]).value = "høy"
    sheet.cell(7, headings["Område"]).value = "Rus og psykiatrisk"
    book.save(folder / "feil.xlsx")
    return folder / "feil.xlsx"


def answer(page: Page) -> str:
    return page.get_by_role("heading", level=2).first.inner_text()


def test_a_first_visitor_sees_the_demonstration_without_uploading(page: Page, app: App) -> None:
    go(page, app, "")
    expect(page.get_by_role("heading", name="Rus og psykiatri ligger øverst")).to_be_visible()
    expect(page.get_by_text("Konstruerte eksempeltall").first).to_be_visible()
    page.get_by_role("button", name="Se prioriteringen").click()
    expect(page).to_have_url(re.compile(r"/prioritering\?.*utredning=indre-namdal"))
    expect(page.get_by_role("heading", name="Prioritering", exact=True)).to_be_visible()
    expect(
        page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first
    ).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "nb"
    expect(page.get_by_role("link", name="Last opp")).to_have_count(0)


def test_from_errors_by_cell_to_a_ranking_and_back(page: Page, app: App, tmp_path: Path) -> None:
    enter(page, app)
    page.get_by_role("textbox", name="Navn på utredningen").fill("Indre Namdal 2026")
    page.get_by_role("button", name="Opprett utredningen").click()
    expect(page.get_by_text("er opprettet")).to_be_visible()
    page.get_by_role("link", name="Last opp").click()
    expect(page.get_by_role("heading", name="Last opp", exact=True)).to_be_visible()

    page.locator("input[type=file]").set_input_files(spoilt(tmp_path))
    expect(page.get_by_text(re.compile("feil må rettes"))).to_be_visible()
    table = page.get_by_role("table").first.inner_text()
    for cell in (r"\bG5\b", r"\bH6\b", r"\bF7\b"):
        assert re.search(cell, table), table
    expect(page.get_by_role("button", name="Lagre i utredningen")).to_have_count(0)

    page.locator("input[type=file]").set_input_files(DEMO)
    page.get_by_role("button", name="Lagre i utredningen").dblclick()
    expect(page.get_by_text("er lagret.")).to_be_visible()
    page.get_by_role("link", name="Prioritering").click()
    expect(page.get_by_role("heading", name="Rus og psykiatri ligger øverst")).to_be_visible()
    expect(page.get_by_text("Konstruerte eksempeltall").first).to_be_visible()

    page.get_by_role("link", name="Last opp").click()
    expect(page.get_by_role("button", name="Angre", exact=True)).to_have_count(1)
    page.get_by_role("button", name="Angre", exact=True).click()
    expect(page.get_by_text("er angret.")).to_be_visible()
    page.get_by_role("link", name="Prioritering").click()
    expect(page.get_by_text("Ingen har vurdert områdene ennå")).to_be_visible()


def test_the_weight_stands_in_the_address_and_a_link_shows_the_same(page: Page, app: App, browser: Browser) -> None:
    go(page, app, "prioritering?utredning=indre-namdal")
    page.get_by_text("Utvalg og «hva om»").click()
    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    expect(page).to_have_url(re.compile("vekt=55"))
    expect(page.get_by_text("potensial 55")).to_be_visible()
    other = browser.new_context().new_page()
    other.goto(page.url)
    expect(other.get_by_text("potensial 55")).to_be_visible(timeout=20_000)
    assert answer(other) == answer(page)
    other.context.close()


def test_a_reader_sees_one_study_and_changes_nothing(page: Page, app: App, browser: Browser) -> None:
    enter(page, app)
    page.get_by_role("textbox", name="Navn på utredningen").fill("Leserens region")
    page.get_by_role("button", name="Opprett utredningen").click()
    expect(page.get_by_text("er opprettet")).to_be_visible()
    page.get_by_role("link", name="Tilgang").click()
    page.get_by_role("textbox", name="Hvem er lenken til?").fill("Formannskapet i Grong")
    page.get_by_role("button", name="Lag lenken").click()
    address = page.locator("code").first.inner_text()

    other = browser.new_context(locale="nb-NO").new_page()
    enter(other, app, address.strip().rpartition("/")[2])
    expect(other.get_by_text("Du er logget inn som leser.")).to_be_visible()
    for closed in ("last-opp", "tilgang"):
        other.goto(f"{app.address}/{closed}?utredning=leserens-region")
        other.get_by_role("heading", level=1).wait_for()
        expect(other.get_by_role("heading", name=re.compile("Last opp|Tilgang"), exact=True)).to_have_count(0)
        expect(other.locator("input[type=file]")).to_have_count(0)

    page.get_by_role("button", name="Trekk tilbake").first.click()
    expect(page.get_by_text("er trukket tilbake").first).to_be_visible()
    other.goto(f"{app.address}/?utredning=leserens-region")
    other.get_by_role("heading", level=1).wait_for()
    expect(other.get_by_text("Utredningen i adressen er ikke åpen for deg")).to_be_visible()
    other.context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(browser: Browser, app: App, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for address in ("", "prioritering", "om-metoden"):
        page.goto(f"{app.address}/{address}")
        page.get_by_role("heading", level=1).wait_for()
        settled(page)
        widest = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert widest <= width
        assert page.get_by_text("Traceback").count() == 0
    context.close()


def test_people_can_reach_the_answer_with_the_keyboard(page: Page, app: App) -> None:
    go(page, app, "")
    button = page.get_by_role("button", name="Se prioriteringen")
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/prioritering"), timeout=10_000)
