"""A room that phones can join, and a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lib.actions.live.rooms import Room
from lib.model.records import Study
from lib.web import workshop_access
from tests.actions import rooms_of
from tests.web import phones


@pytest.fixture
def phone(home: Path) -> Iterator[TestClient]:
    with phones.phone() as client:
        yield client


@pytest.fixture
def other_phone(home: Path) -> Iterator[TestClient]:
    with phones.phone() as client:
        yield client


@pytest.fixture
def room(own: Study) -> Room:
    """A workshop on three areas that asks for no more than a group's name."""
    rooms_of.furnish(own)
    return rooms_of.opened(own, asks_role=False, asks_municipality=False)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong codes are answered without the pause, for tests that give many."""
    monkeypatch.setattr(workshop_access, "WRONG_SECONDS", 0.0)
