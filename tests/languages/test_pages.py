"""Every page in the generated language: no sentence on it comes from the code."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from lib import i18n
from lib.actions.live.rooms import Room
from lib.model.access import Role
from lib.model.live import Step
from lib.model.records import Study
from lib.ui.navigation import ENTRIES
from tests.actions import rooms_of
from tests.actions.books import areas, book, scores
from tests.languages import made, seen
from tests.pages.conftest import Open

FAULTY = book({"Områder": areas("Arkiv"), "Vurderinger": scores({"G1": {"Arkiv": (11, 7)}, "G2": {"Arkivet": (3, 4)}})})
PARTS = [{"vis": "over-tid"}, {"vis": "metode"}, {"samarbeid": "alle"}, {"modell": "eget"}]


@pytest.fixture
def key(filled: Study, key_for: Callable[[Role, Study], str]) -> str:
    """A facilitator's."""
    return key_for(Role.FACILITATOR, filled)


@pytest.fixture
def shown(open_page: Open, key: str, language: str, known: re.Pattern[str]) -> Callable[..., list[tuple[str, str]]]:
    """What stands on a page that comes from no catalogue; a page that shows next to nothing is no proof."""

    def found(file: str, study: str, **address: str) -> list[tuple[str, str]]:
        page = open_page(file, study, key, sprak=language, **address)
        assert not page.exception
        texts = list(seen.on_page(page))
        assert sum("⟦" in text for _, text in texts) > 5
        return [(place, rest) for place, text in texts if (rest := made.left_or_unfilled(text, known))]

    return found


@pytest.fixture
def room(filled: Study) -> Room:
    """A workshop that four groups have joined."""
    room = rooms_of.opened(filled, name="Workshop", prompts=("Hva skal vi?",), minutes={Step.RATE: 10})
    for number in range(1, 5):
        rooms_of.joined(room, f"Gruppe {number}")
    return room


@pytest.mark.parametrize("file", [entry.file for entry in ENTRIES])
@pytest.mark.parametrize("study", ["indre-namdal", "var-region"])
def test_every_page_speaks_from_the_catalogue(
    file: str, study: str, room: Room, shown: Callable[..., list[tuple[str, str]]]
) -> None:
    assert shown(file, study) == []


@pytest.mark.parametrize("address", PARTS)
def test_every_part_of_the_costs_does(address: dict[str, str], shown: Callable[..., list[tuple[str, str]]]) -> None:
    assert shown("costs/comparison.py", "indre-namdal", **address) == []


@pytest.mark.parametrize("step", [Step.RATE, Step.FREEZE, Step.DISCUSS, Step.END])
@pytest.mark.parametrize("file", ["workshop/lead.py", "workshop/wall.py", "workshop/rate.py", "workshop/discuss.py"])
def test_every_step_of_a_workshop_does(
    step: Step, file: str, filled: Study, room: Room, shown: Callable[..., list[tuple[str, str]]]
) -> None:
    rooms_of.to(room, step)
    assert shown(file, filled.slug, workshop=room.workshop.id) == []


def test_the_faults_of_an_upload_do(
    filled: Study,
    key: str,
    open_page: Open,
    language: str,
    written: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(i18n, "DEFAULT", language)  # what AppTest asks the labels in, outside the page's run
    page = open_page("intake/upload.py", filled.slug, key)
    page.file_uploader[0].upload("feil.xlsx", FAULTY, "application/octet-stream")
    page.run()
    known = made.pattern({*written, "Vurderinger"})  # a sheet of the file
    assert not page.exception
    texts = list(seen.on_page(page))
    assert any("er utenfor skalaen" in text for _, text in texts)
    assert [(place, rest) for place, text in texts if (rest := made.left_or_unfilled(text, known))] == []
