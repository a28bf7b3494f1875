"""The pages of a live workshop, groups that have answered, and how one presses and reads."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from lib.actions.live.rooms import Room
from lib.i18n import t
from lib.model.live import Step
from lib.model.records import Rater
from tests.actions import rooms_of
from tests.actions.rooms_of import area_ids, joined, now, to
from tests.pages.conftest import said

LEAD, WALL, RATE, DISCUSS = (f"workshop/{name}.py" for name in ("lead", "wall", "rate", "discuss"))
GIVEN = {"Arkiv": 9, "Lønn": 5, "Telefoni": 2}


def groups(room: Room, *names: str) -> list[Rater]:
    """Groups that have joined, and answered all in the step in which areas are rated."""
    to(room, Step.RATE)
    people = [joined(room, name)[0] for name in names or ("Gruppe 1", "Gruppe 2", "Gruppe 3")]
    for place, rater in enumerate(people):
        for name, item in area_ids(room.study).items():
            for criterion in now(room).method.criteria:
                value = min(criterion.high, criterion.low + GIVEN[name] // 2 + place % 2)
                rooms_of.tap(now(room), rater, item, criterion.key, value)
    return people


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def submit(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == t("nb", label)).click().run()
    assert not page.exception
    return page


def buttons(page: AppTest) -> set[str]:
    return {str(button.key).partition(".")[2].rpartition(".")[0] for button in page.button if button.key}


def plainly(page: AppTest) -> str:
    """What is said, without the marks that keep it from being Markdown."""
    return said(page).replace("\\", "")
