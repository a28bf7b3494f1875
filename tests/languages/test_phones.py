"""The raters' pages and the plain ones in the generated language, and a language that is only a file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lib import i18n
from lib.actions import links
from lib.model.access import Role
from lib.model.live import Step
from lib.model.records import Study
from tests.actions import live_kinds, rooms_of
from tests.languages import made, seen
from tests.people import FACILITATOR
from tests.web import phones

OFFERED = re.compile(r'<a href="[^"]*sprak=\w+" lang="\w+" hreflang="\w+">[^<]+</a>')


@pytest.fixture
def phone(home: object) -> TestClient:
    return phones.phone()


def strange(page: str, known: re.Pattern[str]) -> list[tuple[str, str]]:
    assert "⟦" in page
    texts = seen.in_html(OFFERED.sub("", page))
    return [(place, rest) for place, text in texts if (rest := made.left(text, known))]


@pytest.mark.parametrize("method", live_kinds.KINDS)
def test_every_step_speaks_from_the_catalogue(
    method: str, phone: TestClient, filled: Study, language: str, written: set[str]
) -> None:
    room = live_kinds.of_kind(filled, method, name="Workshop", prompts=("Hva skal vi?",), minutes={Step.RATE: 10})
    words = made.pattern({*written, *live_kinds.RISKS, "Hva skal vi?", "Workshop", "Gruppe 1"})
    assert strange(phone.get(f"/delta?sprak={language}").text, words) == []
    assert strange(phone.get(phones.address(room)).text, words) == []
    seat = phones.sit(phone, room, rolle="ingen", kommune="ingen")
    assert strange(phones.phone().get(f"{phones.address(room)}?sprak={language}").text, words) == []
    for step in (Step.COLLECT, Step.RATE, Step.FREEZE, Step.SHOW, Step.DISCUSS, Step.END):
        rooms_of.to(room, step)
        assert strange(phone.get(seat).text, words) == [], step


def test_the_plain_pages_do(phone: TestClient, own: Study, language: str) -> None:
    _, key = links.make(FACILITATOR, Role.READER, own, "prøve", 30)
    words = made.pattern({own.name})
    for address in (f"/inn/{key}", "/inn/feil", "/ut"):
        assert strange(phone.get(f"{address}?sprak={language}").text, words) == []


def test_a_file_is_all_that_a_language_is(tmp_path: Path) -> None:
    for path in i18n.FILES.values():
        shutil.copy(path, tmp_path)
    shutil.copy(i18n.FILES["nb"], tmp_path / "nn.toml")
    (tmp_path / "aa.txt").touch()
    assert list(i18n.files_in(tmp_path)) == ["nb", *sorted({*i18n.FILES, "nn"} - {"nb"})]


def test_every_language_is_offered_on_phones_and_in_the_menu(phone: TestClient, language: str) -> None:
    page = phone.get("/delta").text
    assert {"en", language} <= set(re.findall(r"sprak=(\w+)", page))


@pytest.mark.parametrize(
    "text", ["Kostnader", "⟦Kostnader⟧ per år", "for ⟦⟦Grong⟧ og ⟦Lierne⟧⟧", "⟦a⟧ Vår region og oss"]
)
def test_a_text_from_no_catalogue_is_found(text: str) -> None:
    assert made.left(text, made.pattern({"Vår region"}))


@pytest.mark.parametrize(
    "text", ["⟦Kostnader⟧", "⟦⟦a⟧ og ⟦b⟧⟧ · 1 200 kr", "Vår region: ⟦a⟧", "S × K", "**⟦a⟧** (2)", "⟦Kostnader for all"]
)
def test_what_may_stand_is_left_alone(text: str) -> None:
    assert made.left(text, made.pattern({"Vår region"})) == ""
