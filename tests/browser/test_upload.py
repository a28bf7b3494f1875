"""A workbook that several have edited: read, mapped, given back with its cells marked, mended, stored, undone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, enter, go
from tests.browser.facilitating import choose

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE = [("5042", "Lierne", "1 355"), ("5043", "Røyrvik", 461), ("5045", "Grong", "2.359")]  # 1 January 2020, SSB
AREAS = [(1, "Arkiv"), (2, "Lønn"), (3, "Innkjøp")]
SCORES = [("Gruppe 1", "Arkiv", 8, 7), ("Gruppe 1", "Lønn", 11, 6), ("Gruppe 1", "Innkjøp", 6, 5)]
UNKNOWN = ("Løpetall i lista", "Det vi kan gå sammen om")


def messy() -> bytes:
    """A title and a total around the municipalities, areas under headings of their own, one score off the scale."""
    book = Workbook()
    people = book.worksheets[0]
    people.title = "Folk"
    lines: list[list[Any]] = [[], ["Kommunene våre, oppdatert av flere"], [], ["Knr", "Kommune", "Innb."]]
    for row in (*lines, *map(list, PEOPLE), ["Sum", None, 4175]):
        people.append(row)
    people["A2"].font = Font(bold=True)
    areas = book.create_sheet("Lista")
    for area in (UNKNOWN, *AREAS):
        areas.append(area)
    scores = book.create_sheet("Vurderinger")
    heads = ("Workshop", "Gruppe", "Område", "Potensial", "Gjennomførbarhet")
    for given in (heads, *(("Samling", *score) for score in SCORES)):
        scores.append(given)
    book.create_sheet("Utregning")["B2"] = "=SUM(1,2)"
    return saved(book)


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(page: Page, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": "vår liste.xlsx", "mimeType": XLSX, "buffer": content})


def test_a_messy_workbook_is_mapped_mended_stored_and_undone(page: Page, app: App) -> None:
    enter(page, app)
    page.get_by_role("textbox", name="Navn på utredningen").fill("Arbeidsbok")
    page.get_by_role("button", name="Opprett utredningen").click()
    page.get_by_role("heading", name="Arbeidsbok").wait_for()
    go(page, app, "last-opp?utredning=arbeidsbok")

    upload(page, messy())
    page.get_by_text("Hva er hva i «Lista»?").wait_for()
    choose(page, "Arket inneholder", "Områder")
    choose(page, UNKNOWN[0], "Kode")
    choose(page, UNKNOWN[1], "Område")
    page.get_by_role("button", name="Les arket slik").click()

    expect(page.get_by_text("utenfor skalaen")).to_be_visible()
    expect(page.get_by_text("Hva er hva i «Lista»?")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Last ned arbeidsboken med merknadene").click()
    marked = load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()))
    assert marked.sheetnames[1:] == ["Folk", "Lista", "Vurderinger", "Utregning"]
    assert marked["Utregning"]["B2"].value == "=SUM(1,2)"
    assert marked["Folk"]["A2"].font.b
    note = marked["Vurderinger"]["D3"].comment
    assert note is not None
    assert "skalaen" in note.text

    marked["Vurderinger"]["D3"] = 10
    upload(page, saved(marked))
    expect(page.get_by_role("heading", name="Dette skjer når du lagrer")).to_be_visible()
    page.get_by_role("button", name="Lagre i utredningen").click()
    page.get_by_text("er lagret").wait_for()
    expect(page.get_by_text("Kvittering")).to_be_visible()

    go(page, app, "prioritering?utredning=arbeidsbok")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Lønn")
    go(page, app, "last-opp?utredning=arbeidsbok")
    page.get_by_role("button", name="Angre", exact=True).first.click()
    page.get_by_text("er angret").first.wait_for()
    go(page, app, "prioritering?utredning=arbeidsbok")
    expect(page.get_by_text("Lønn")).to_have_count(0)
