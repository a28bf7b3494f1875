"""A forced risk holds the case back until it is covered; what a role accepted is held against what stands now."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.actions.books import areas, book
from tests.browser.conftest import App, enter, go
from tests.browser.facilitating import choose

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BARE, COVERED, SMALL = "Nøkkelpersoner slutter", "Lite fagmiljø", "Lokalene er opptatt"
AGAINST = "Avtale om vikarer"
CONTENT = book(
    {
        "Områder": areas("Arkiv", "Lønn"),
        "Risikoanalyse": [
            ("Risikofaktor", "S", "K", "Sum", "Mottiltak"),
            (COVERED, 4, 3, 12, "Felles vakt"),
            (BARE, 3, 4, 15, None),  # the sum is wrong, and told
            (SMALL, 2, 2, 4, None),
        ],
    }
)
NAME, LOWERED, OWNER, DEADLINE = 0, 1, 4, 5  # columns of the table of countermeasures


def test_a_forced_risk_holds_the_case_back_until_a_countermeasure_is_typed(page: Page, app: App) -> None:
    study = study_with_risks(page, app, "Motrisiko")
    go(page, app, f"risiko?utredning={study}")
    expect(page.get_by_text("Én av 3 risikoer må ha mottiltak og mangler det.")).to_be_visible()
    expect(page.get_by_text(f"Ikke klar til behandling: «{BARE}» må ha mottiltak.")).to_be_visible()
    expect(registered(page, BARE)).to_have_text(
        ["1", BARE, "3", "4", "12", "◆ må ha, mangler", "12", "Hele utredningen"]
    )
    open_risk(page, BARE)
    expect(page.get_by_text("Må ha mottiltak fordi S × K er minst 9.")).to_be_visible()
    type_countermeasure(page)

    page.get_by_role("button", name="Lagre mottiltakene").click()
    page.get_by_text("Mottiltakene er lagret.").wait_for()
    expect(page.get_by_text("Alle de 2 risikoene som må ha mottiltak, har det.")).to_be_visible()
    expect(page.get_by_text("Klar til behandling: alle risikoer som må ha mottiltak, har det.")).to_be_visible()
    expect(page.get_by_text("Ikke klar til behandling")).to_have_count(0)
    expect(page.get_by_test_id("stMetric").filter(has_text="Etter mottiltak")).to_contain_text("2 × 4 = 8")

    tick_in_plan(page, app, study)
    go(page, app, f"risiko?utredning={study}")
    form = page.get_by_role("link", name="Last ned som skjema til å laste opp igjen (Excel)").get_attribute("href")
    taken_home(page.request.get(f"{app.address}{form}").body())


def test_what_a_role_accepted_is_held_against_what_the_risk_is_now(page: Page, app: App) -> None:
    study = study_with_risks(page, app, "Akseptert")
    go(page, app, f"risiko?utredning={study}")
    open_risk(page, COVERED)
    expect(page.get_by_text("Ingen har akseptert risikoen.")).to_be_visible()
    page.locator("summary", has_text="Aksepter risikoen").click()
    page.get_by_role("textbox", name="Rolle").fill("Styringsgruppen")
    page.get_by_role("textbox", name="Begrunnelse").fill("Avtalen gjelder fra neste år")
    page.get_by_role("button", name="Aksepter risikoen").click()
    page.get_by_text("Risikoen er akseptert.").wait_for()
    accepted = page.get_by_text("Styringsgruppen har akseptert risikoen: «Avtalen gjelder fra neste år»")
    expect(accepted).to_be_visible()
    expect(page.get_by_text("Risikoen er endret etter at den ble akseptert.")).to_have_count(0)

    page.locator("summary", has_text="Endre risikoen").click()
    choose(page, "K nå: hva er konsekvensen?", "5 – Svært stor")
    page.get_by_role("button", name="Lagre risikoen").click()
    page.get_by_text("Risikoen er lagret.").wait_for()
    expect(page.get_by_text("Risikoen er endret etter at den ble akseptert.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="da den ble akseptert")).to_have_text(
        ["K: 3 da den ble akseptert, 5 nå"]
    )
    expect(accepted).to_be_visible()


def study_with_risks(page: Page, app: App, name: str) -> str:
    """A new study with the booklet's table; its address."""
    enter(page, app)
    page.get_by_role("textbox", name="Navn på utredningen").fill(name)
    page.get_by_role("button", name="Opprett utredningen").click()
    page.get_by_role("heading", name=name).wait_for()
    go(page, app, f"last-opp?utredning={name.lower()}")
    page.locator("input[type=file]").set_input_files({"name": "bok.xlsx", "mimeType": XLSX, "buffer": CONTENT})
    expect(page.get_by_text("Summen er ikke S × K. Den er regnet ut på nytt til 12.")).to_be_visible()
    page.get_by_role("button", name="Lagre i utredningen").click()
    page.get_by_text("er lagret").wait_for()
    return name.lower()


def registered(page: Page, factor: str) -> Locator:
    """The cells of a risk's row in the register, those that are drawn."""
    return page.locator("tbody tr", has_text=factor).locator("td")


def open_risk(page: Page, factor: str) -> None:
    choose(page, "Se nærmere på en risiko", factor)
    page.get_by_role("heading", name=factor).wait_for()


def type_countermeasure(page: Page) -> None:
    """Into the empty row, cell by cell, what it is, what it lowers S to, whose it is, and by when."""
    table = page.get_by_test_id("stDataFrame").last
    table.evaluate("table => table.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(1500)
    cells = table.locator("tbody tr").first.locator("td")
    write(page, table, NAME, AGAINST)
    open_cell(page, table, LOWERED)
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(cells.nth(LOWERED)).to_have_text("2")
    write(page, table, OWNER, "Personalsjefen")
    write(page, table, DEADLINE, "1. juni 2030")
    page.wait_for_timeout(1000)


def write(page: Page, table: Locator, column: int, text: str) -> None:
    open_cell(page, table, column)
    page.locator("#portal textarea").fill(text)
    page.keyboard.press("Enter")
    expect(table.locator("tbody tr").first.locator("td").nth(column)).to_have_text(text)


def open_cell(page: Page, table: Locator, column: int) -> None:
    """A cell of the first row, by the keyboard; the grid takes its time, and shows nothing that could be waited for."""
    page.wait_for_timeout(1000)
    table.click(position={"x": 100, "y": 55})
    for key in (*["ArrowRight"] * column, "Enter"):
        page.wait_for_timeout(300)
        page.keyboard.press(key)
    page.wait_for_timeout(500)


def tick_in_plan(page: Page, app: App, study: str) -> None:
    """The countermeasure is a delivery of the plan, says so, and is done when it is ticked."""
    go(page, app, f"plan?utredning={study}")
    expect(page.get_by_text(f"Neste leveranse: {AGAINST}, 1. juni 2030")).to_contain_text("Ansvarlig: Personalsjefen.")
    row = page.get_by_role("row").filter(has_text=AGAINST)
    expect(row).to_contain_text(f"Mottiltak mot: {BARE}")
    page.get_by_test_id("stCheckbox").filter(has_text=AGAINST).locator("label").click()
    page.get_by_text(f"«{AGAINST}» er krysset av som gjort.").wait_for()
    expect(page.get_by_text("1 av 2 er gjort.")).to_be_visible()
    expect(page.get_by_role("checkbox", name=f"{AGAINST}: gjort (Personalsjefen)", exact=True)).to_be_checked()
    expect(row).to_contain_text("gjort")


def taken_home(content: bytes) -> None:
    """The register as a workbook: the right sum, and the countermeasure as it was typed and ticked."""
    workbook = load_workbook(io.BytesIO(content))
    risks = {line["Risikofaktor"]: line for line in lines(workbook, "Risiko")}
    assert {factor: line["Sum"] for factor, line in risks.items()} == {BARE: 12, COVERED: 12, SMALL: 4}
    typed = next(line for line in lines(workbook, "Mottiltak") if line["Mottiltak"] == AGAINST)
    assert {heading: value for heading, value in typed.items() if value is not None} == {
        "Risiko": BARE,
        "Mottiltak": AGAINST,
        "Senker S til": 2,
        "Ansvarlig": "Personalsjefen",
        "Frist": datetime(2030, 6, 1),
        "Framdrift": "gjort",
        "Fase": "gjennomføring",
    }


def lines(workbook: Workbook, sheet: str) -> list[dict[object, object]]:
    """The rows of a sheet by its headings."""
    headings, *rows = workbook[sheet].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows if any(row)]
