"""A workshop led through the screens: what a facilitator presses, and raters who answer without a screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2 as httpx
from playwright.sync_api import Page, TimeoutError, expect

from lib.model.records import new_id
from tests.browser.conftest import App

CODE = ".join-code"
TRIES = 4


def make_study(page: Page, name: str, book: Path) -> None:
    """A new study that holds what stands in a workbook; the visitor is a facilitator."""
    page.get_by_role("textbox", name="Navn på utredningen").fill(name)
    page.get_by_role("button", name="Opprett utredningen").click()
    expect(page.get_by_text("er opprettet")).to_be_visible()
    page.get_by_role("link", name="Last opp").click()
    page.locator("input[type=file]").set_input_files(book)
    page.get_by_role("button", name="Lagre i utredningen").click()
    expect(page.get_by_text("er lagret.")).to_be_visible()


def make_workshop(
    page: Page, name: str, *, persons: bool = False, prompts: Sequence[str] = (), kind: str = "", about: str = ""
) -> str:
    """A workshop with what the form suggests but for this; its code."""
    page.get_by_role("link", name="Led workshopen").click()
    page.get_by_role("heading", level=1, name="Led workshopen").wait_for()
    held, form = page.get_by_role("combobox", name="Workshop"), page.get_by_role("textbox", name="Navn på workshopen")
    expect(held.or_(form).first).to_be_visible()
    if not form.count():
        choose(page, "Workshop", "Ny workshop")
    if kind:
        choose(page, "Metode", kind)
    if about:
        choose(page, "Hvilken funksjon gjelder det?", about)
    form.fill(name)
    if persons:
        page.get_by_text("Enkeltpersoner:").click()
    if prompts:
        page.get_by_text("Åpne spørsmål og kjøreplan").click()
        page.get_by_role("textbox", name="Åpne spørsmål").fill("\n".join(prompts))
    page.get_by_role("button", name="Opprett workshopen").click()
    expect(page.get_by_text("er klar.")).to_be_visible()
    return re.sub(r"\s", "", page.locator(CODE).inner_text())


QUIET = """still => new Promise(done => {
  const app = () => document.querySelector('.stApp'), charts = () => [...document.querySelectorAll('.stVegaLiteChart')]
  const drawn = () => !app() || app().dataset.testScriptState === 'notRunning'
    && !document.querySelector('.stSkeleton') && charts().every(chart => chart.querySelector('svg text, canvas'))
  const last = () => { if (drawn()) { watch.disconnect(); done() } else later() }
  let timer
  const later = () => { clearTimeout(timer); timer = setTimeout(last, still) }
  const watch = new MutationObserver(later)
  watch.observe(document.documentElement, {childList: true, subtree: true, attributes: true, characterData: true})
  later()
})"""


def settled(page: Page, still: int = 400) -> None:
    """Waits until the page is drawn to its end and has not changed for so many milliseconds."""
    page.evaluate(QUIET, still)


def choose(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """From a list, which closes again when the page is scrolled or drawn meanwhile: then it is opened once more."""
    box, wanted = page.get_by_role("combobox", name=label), page.get_by_role("option", name=option)
    box.evaluate("box => box.scrollIntoView({block: 'center'})")
    for _ in range(TRIES):
        settled(page)
        box.click()
        with suppress(TimeoutError):
            wanted.first.click(timeout=3000)
            return
    wanted.first.click()


def workshop_of(page: Page) -> str:
    """The id of the workshop that the facilitator's page leads."""
    return (page.locator("a[href*='/vegg?']").get_attribute("href") or "").rpartition("=")[2]


def press(page: Page, name: str, then: str) -> None:
    """One of the facilitator's buttons, and where the room then stands."""
    page.get_by_role("button", name=name, exact=True).click()
    stands(page, then)


def stands(page: Page, step: str) -> None:
    """A page of the facilitator's or the wall says where the room is."""
    expect(page.get_by_role("heading", name=step, exact=True)).to_be_visible()


class Caller:
    """A rater on a phone without a screen."""

    def __init__(self, app: App, code: str, **who: str) -> None:
        self.client = httpx.Client(base_url=f"{app.address}/delta/{code}", timeout=20)
        joined = self.client.post("/bli-med", data={"rolle": "ingen", "kommune": "ingen", **who})
        assert joined.status_code == 303, joined.text

    def answer(self, given: Mapping[str, Mapping[str, int | None]]) -> list[dict[str, Any]]:
        """Area → criterion → value, each as a tap; what became of each."""
        known = {each["name"]: each["id"] for each in self._got("/omrader")["subjects"]}
        number = self._got("/mine")["round"]
        taps = [
            {"tap": new_id(), "round": number, "item": known[name], "criterion": criterion, "value": value}
            for name, values in given.items()
            for criterion, value in values.items()
        ]
        return self._sent("/svar", {"taps": taps})

    def given(self) -> dict[str, dict[str, int | None]]:
        """What this rater has answered in the round: area → criterion → value."""
        known = {each["id"]: each["name"] for each in self._got("/omrader")["subjects"]}
        return {known[item]: values for item, values in self._got("/mine")["values"].items()}

    def names(self) -> list[str]:
        """What this round asks about."""
        return [each["name"] for each in self._got("/omrader")["subjects"]]

    def remark(self, name: str, text: str) -> None:
        known = {each["name"]: each["id"] for each in self._got("/omrader")["subjects"]}
        number = self._got("/mine")["round"]
        self._sent("/svar", {"taps": [{"tap": new_id(), "round": number, "item": known[name], "comment": text}]})

    def write(self, prompt: int, text: str) -> None:
        self._sent("/innspill", {"tap": new_id(), "prompt": prompt, "text": text})

    def _got(self, address: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(address).raise_for_status().json()
        return found

    def _sent(self, address: str, body: object) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = self.client.post(address, json=body).raise_for_status().json()["results"]
        return results
