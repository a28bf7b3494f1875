"""Pages as a visitor with a given cookie sees them, through the real frame."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from lib.actions import links
from lib.actions.live import seating
from lib.actions.live.rooms import Room
from lib.model.access import Role
from lib.model.records import Study
from lib.ui.navigation import page_path
from tests.actions import rooms_of
from tests.people import FACILITATOR

Open = Callable[..., AppTest]
SECONDS = 30


@pytest.fixture(scope="session", autouse=True)
def packages_are_searched_once() -> Iterator[None]:
    """Streamlit looks for components in all that is installed; a server does so at its start, a test each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def open_page(home: object, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A page by its file, in a study, with the keys of links and of a seat as the browser's cookies."""

    def opened(file: str = "", study: str = "indre-namdal", keys: str = "", seat: str = "", **address: str) -> AppTest:
        given = {links.COOKIE: keys, seating.COOKIE: seat}
        cookies = {name: value for name, value in given.items() if value}
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: cookies))
        test = AppTest.from_file(str(page_path("../lib/ui/frame.py")), default_timeout=SECONDS)
        for name, value in {"utredning": study, **address}.items():
            test.query_params[name] = value
        test.run()
        return test.switch_page(page_path(file)).run() if file else test

    return opened


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """From the next run on the open page is seen by whoever has these keys."""
    return lambda keys: monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: {links.COOKIE: keys}))


@pytest.fixture
def key_for() -> Callable[[Role, Study], str]:
    """A fresh key of a role in a study."""
    return lambda role, study: links.make(FACILITATOR, role, study, "prøve", 30)[1]


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def key(study: Study, key_for: Callable[[Role, Study], str]) -> str:
    """A facilitator's."""
    return key_for(Role.FACILITATOR, study)


@pytest.fixture
def room(study: Study) -> Room:
    return rooms_of.opened(study)


def said(test: AppTest) -> str:
    """Everything that stands on the page as text."""
    kinds = (
        test.title,
        test.header,
        test.subheader,
        test.markdown,
        test.caption,
        test.info,
        test.warning,
        test.error,
        test.success,
    )
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def spec_of(test: AppTest, place: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(test.get("vega_lite_chart")[place].proto.spec)
    return found
