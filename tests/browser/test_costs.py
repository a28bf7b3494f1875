"""Leaders bring a workbook with costs; the room moves the fixed part, reads the span, and takes the comparison home."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.actions.books import areas, book, municipalities
from tests.browser.conftest import App, enter, go

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE = {"Røyrvik": 461, "Lierne": 1355, "Namsskogan": 843, "Grong": 2359}  # 1 January 2020, Statistics Norway
TODAY = {"Røyrvik": 150_000, "Lierne": 268_000, "Namsskogan": 200_000, "Grong": 430_000}
MILLION = {"Røyrvik": 123_496, "Lierne": 266_022, "Namsskogan": 184_396, "Grong": 426_086}  # 20/80, PwC 2022
HEADS, *TOWNS = municipalities(**PEOPLE)
CONTENT = book(
    {
        "Kommuner": [
            (*HEADS, "Saker"),
            *((*town, cases) for town, cases in zip(TOWNS, (100, 300, 200, 400), strict=True)),
        ],
        "Områder": areas("Arkiv"),
        "Kostnader": [("Område", "Post", "Kroner"), ("Arkiv", "Drift", "1 000 000")],
        "Egne kostnader": [
            ("Kommune", "Område", "Kroner"),
            *((name, "Arkiv", kroner) for name, kroner in TODAY.items()),
        ],
    }
)


def spaced(kroner: int) -> str:
    return f"{kroner:,}".replace(",", "\u202f")


def kroner_of(page: Page, name: str) -> str:
    """The large figure of a municipality."""
    return page.get_by_test_id("stMetric").filter(has_text=name).get_by_test_id("stMetricValue").inner_text()


def test_a_million_by_the_rule_of_indre_namdal_is_on_the_screen(page: Page, app: App) -> None:
    go(page, app, "kostnader?utredning=indre-namdal&samarbeid=proving")
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    assert {name: kroner_of(page, name) for name in MILLION} == {n: f"{spaced(k)}\u00a0kr" for n, k in MILLION.items()}


def test_a_workbook_comes_in_the_slider_moves_the_span_is_read_and_the_comparison_goes_home(
    page: Page, app: App
) -> None:
    enter(page, app)
    page.get_by_role("textbox", name="Navn på utredningen").fill("Kostnader")
    page.get_by_role("button", name="Opprett utredningen").click()
    page.get_by_role("heading", name="Kostnader").wait_for()
    go(page, app, "last-opp?utredning=kostnader")
    page.locator("input[type=file]").set_input_files({"name": "bok.xlsx", "mimeType": XLSX, "buffer": CONTENT})
    page.get_by_role("button", name="Lagre i utredningen").click()
    page.get_by_text("er lagret").wait_for()

    go(page, app, "kostnader?utredning=kostnader&samarbeid=1")
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    assert {name: kroner_of(page, name) for name in MILLION} == {n: f"{spaced(k)}\u00a0kr" for n, k in MILLION.items()}
    span = page.get_by_text(re.compile("Ingen betaler mer enn i dag .* fra .* til"))
    before = span.inner_text()

    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("fast=25"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("25/75")
    # Lierne: 25 % of a million in four, and 75 % by 1 355 of 5 018 inhabitants.
    assert kroner_of(page, "Lierne") == f"{spaced(265_021)}\u00a0kr"
    assert span.inner_text() == before

    sheet = load_workbook(io.BytesIO(downloaded(page, "Last ned som Excel"))).worksheets[0]
    lines = [row for row in sheet.iter_rows(values_only=True) if row[0] in ("25/75", "20/80", "Nøkkel: Saker")]
    found = {(str(row[0]), str(row[1])): int(str(row[2])) for row in lines}
    assert {name: found["20/80", name] for name in MILLION} == MILLION
    assert found["25/75", "Lierne"] == 265_021
    assert found["Nøkkel: Saker", "Grong"] == 400_000
    for model in ("25/75", "20/80", "Nøkkel: Saker"):
        assert sum(kroner for (named, _), kroner in found.items() if named == model) == 1_000_000


def downloaded(page: Page, name: str) -> bytes:
    """What a press on a link gives; the page stays where it was."""
    here = page.url
    with page.expect_download() as taken:
        page.get_by_role("link", name=name).click()
    assert page.url == here
    assert taken.value.suggested_filename == "kostnadsmodeller-kostnader.xlsx"
    return taken.value.path().read_bytes()
