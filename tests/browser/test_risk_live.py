"""Risks rated by three phones and brought into the register, and a SWOT written from two phones and stored."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.actions.books import areas, book
from tests.browser.conftest import App, MakeTab, chromium, enter, go
from tests.browser.facilitating import make_study, make_workshop, press, stands, workshop_of
from tests.browser.test_phones import give, heading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not chromium(), reason="No Chromium was found; install one or name it in CHROMIUM."),
]
STUDY = "risikoregionen"
PHONE = 390, 780
KNOWN = "Systemene snakker ikke sammen"
WRITTEN = "Ingen <b>søker</b> jobben"
# (S, K). The highest: KNOWN 3 × 4 = 12, WRITTEN 2 × 5 = 10; by the middle rater 2 × 2 and 1 × 2.
GIVEN: dict[str, dict[str, tuple[int, int]]] = {
    "Gruppe 1": {KNOWN: (2, 2), WRITTEN: (1, 2)},
    "Gruppe 2": {KNOWN: (2, 4), WRITTEN: (1, 2)},
    "Gruppe 3": {KNOWN: (3, 2), WRITTEN: (2, 5)},
}


@pytest.fixture(scope="module")
def facilitator(browser: Browser, app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A facilitator with a study of two areas and one risk."""
    tab = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO").new_page()
    tab.set_default_timeout(20_000)
    enter(tab, app)
    content = tmp_path_factory.mktemp("book") / "risikoer.xlsx"
    risks = [("Risikofaktor", "Sannsynlighet", "Konsekvens", "Område"), (KNOWN, None, None, "Arkiv")]
    content.write_bytes(book({"Områder": areas("Arkiv", "Lønn"), "Risikoer": risks}))
    make_study(tab, "Risikoregionen", content)
    yield tab
    tab.context.close()


def joined(tab: Page, app: App, code: str, name: str) -> Page:
    tab.goto(f"{app.address}/delta/{code}")
    tab.get_by_label("Navnet på gruppen").fill(name)
    tab.locator("label", has_text="Blandet gruppe").click()
    tab.get_by_role("button", name="Bli med").click()
    heading(tab, f"{name} er med")
    return tab


def write(phone: Page, prompt: int, text: str) -> None:
    place = phone.locator(f"#sporsmal-{prompt}")
    place.locator("textarea").fill(text)
    place.get_by_role("button", name="Send inn").click()
    expect(place.locator(".written")).to_contain_text(text)
    expect(phone.locator("#saved")).to_have_text("Lagret")


def test_three_phones_rate_risks_and_the_highest_numbers_go_into_the_register(
    facilitator: Page, app: App, make_tab: MakeTab
) -> None:
    code = make_workshop(facilitator, "Risikokveld", kind="Risikoanalyse")
    phones = {name: joined(make_tab(*PHONE), app, code, name) for name in GIVEN}
    write(phones["Gruppe 1"], 0, WRITTEN)
    facilitator.get_by_role("radio", name="Innspill").wait_for()
    facilitator.get_by_text("Innspill", exact=True).click()
    facilitator.get_by_role("button", name="Gjør hvert innspill til et forslag").click()
    facilitator.get_by_role("button", name="Før alle inn i risikoregisteret (1)").click()
    expect(facilitator.get_by_text("Risikoer fra workshopen som står i registeret: 1.")).to_be_visible()
    wall = make_tab(1280, 720, storage_state=facilitator.context.storage_state())
    wall.goto(f"{app.address}/vegg?utredning={STUDY}&workshop={workshop_of(facilitator)}")
    press(facilitator, "Åpne for vurdering", "Vurder")
    for name, phone in phones.items():
        rate(phone, GIVEN[name])
    expect(facilitator.get_by_text("3 av 3 grupper er ferdige")).to_be_visible()
    expect(wall.get_by_text("3 av 3 grupper er ferdige")).to_be_visible()
    assert "Mottiltak" not in wall.inner_text("body")
    press(facilitator, "Steng for svar", "Steng for svar")
    press(facilitator, "Vis resultatet for alle", "Vis")
    stands(wall, f"2 av 2 risikoer krever mottiltak. Størst er «{KNOWN}».")
    expect(wall.get_by_role("row", name=f"{KNOWN} 3 4 12 Mottiltak kreves")).to_be_visible()
    expect(wall.get_by_role("row", name=f"{WRITTEN} 2 5 10 Mottiltak kreves")).to_be_visible()
    for phone in phones.values():
        heading(phone, "Resultatet")
        expect(phone.locator("ol.results li").first).to_contain_text("12,0 av 25, 3 grupper, mottiltak kreves")
    press(facilitator, "Gå til drøftingen", "Drøft")
    facilitator.get_by_role("radiogroup", name="Vis").get_by_text("Drøft", exact=True).click()
    expect(facilitator.get_by_text("Etter den midterste vurderingen ville det vært 0")).to_be_visible()
    expect(facilitator.get_by_text("Gruppe 3 ga S 2 og Gruppe 3 ga K 5")).to_be_visible()
    facilitator.get_by_role("button", name="Før inn i registeret").click()
    expect(facilitator.get_by_text("Risikoer med nye tall i registeret: 2.")).to_be_visible()
    facilitator.get_by_role("button", name="Før inn i registeret").click()
    expect(facilitator.get_by_text("Registeret har disse tallene fra før.")).to_be_visible()
    go(facilitator, app, f"last-opp?utredning={STUDY}")
    expect(facilitator.get_by_text("2 risikoer").first).to_be_visible()


def rate(phone: Page, given: dict[str, tuple[int, int]]) -> None:
    """Every risk the phone shows, whichever comes first."""
    left = dict(given)
    while left:
        title = phone.locator("#rate h1")
        expect(title).to_have_text(re.compile("|".join(map(re.escape, left))))
        probability, consequence = left.pop(title.inner_text())
        give(phone, "Sannsynlighet", str(probability))
        give(phone, "Konsekvens", str(consequence))
        phone.get_by_role("button", name="Neste").click()
    heading(phone, "Alt er besvart")


def test_two_phones_write_a_swot_that_is_grouped_given_points_and_stored(
    facilitator: Page, app: App, make_tab: MakeTab
) -> None:
    code = make_workshop(facilitator, "SWOT for lønn", kind="SWOT: samle utsagn", about="2 Lønn")
    one, other = (joined(make_tab(*PHONE), app, code, name) for name in ("Gruppe 1", "Gruppe 2"))
    write(one, 0, "Erfarne folk")
    write(other, 0, "erfarne folk")
    write(other, 3, "Få søkere")
    facilitator.get_by_text("Innspill", exact=True).click()
    facilitator.get_by_role("button", name="Gjør hvert innspill til et forslag").first.click()
    expect(facilitator.get_by_text("2 innspill")).to_be_visible()
    expect(facilitator.get_by_text("kan lagres i SWOT når poengene er vist")).to_be_visible()
    press(facilitator, "La alle gi poeng", "Gi poeng")
    for phone, name, points in ((one, "Erfarne folk", "3"), (other, "Få søkere", "5")):
        heading(phone, "Gi poeng")
        give(phone, name, points)
        expect(phone.locator("#saved")).to_have_text("Lagret")
    press(facilitator, "Vis poengene for alle", "Vis")
    for phone in (one, other):
        expect(phone.locator("ol.results li").first).to_contain_text("Få søkere")
    facilitator.get_by_role("button", name="Lagre i SWOT (2 nye)").click()
    expect(facilitator.get_by_text("Utsagn fra workshopen som er lagret i SWOT: 2.")).to_be_visible()
    expect(facilitator.get_by_text("Er lagret i SWOT", exact=True)).to_have_count(2)
    facilitator.get_by_role("button", name="Lagre i SWOT på nytt").click()
    expect(facilitator.get_by_text("Utsagn fra workshopen som er lagret i SWOT: 2.")).to_be_visible()
    go(facilitator, app, f"last-opp?utredning={STUDY}")
    expect(facilitator.get_by_text("2 swot-utsagn")).to_have_count(1)
