"""A store of its own for every test that acts: a real store file, with the demonstrations where asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from lib.actions import demo, open_store, studies
from lib.actions.uploads import uploads
from lib.intake.reading import read
from lib.model.records import Study
from tests import examples
from tests.people import FACILITATOR

examples.register()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the run left out is said at its end."""
    if said := examples.left_out():
        terminalreporter.write_line(said)


@pytest.fixture(scope="session", autouse=True)
def each_workbook_is_read_once() -> Iterator[None]:
    """By a process of its own, as always; the same bytes under the same limits are what they were."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads, "read", lru_cache(maxsize=64)(read))
        yield


@pytest.fixture(scope="session", autouse=True)
def packages_are_searched_once() -> Iterator[None]:
    """Streamlit looks for components in all that is installed; a server does so at its start, a test each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the demonstrations in it, made once and copied for each test."""
    path = tmp_path_factory.mktemp("furnished") / "store.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MULIGHETSROM_STORE", str(path))
        demo.ensure()
        open_store.close()
    return path


@pytest.fixture
def home(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The process's store, with the demonstrations; its path."""
    path = tmp_path / "home" / "store.duckdb"
    path.parent.mkdir()
    shutil.copyfile(furnished, path)
    monkeypatch.setenv("MULIGHETSROM_STORE", str(path))
    monkeypatch.delenv("MULIGHETSROM_ADDRESS", raising=False)
    st.cache_data.clear()
    st.cache_resource.clear()
    yield path
    open_store.close()


@pytest.fixture
def own(home: Path) -> Study:
    """An empty study that is no demonstration."""
    return studies.create(FACILITATOR, "Vår region")


@pytest.fixture
def demonstration(home: Path) -> Study:
    return studies.find(FACILITATOR, "indre-namdal")
