from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.store.engine import Store
from tests.store.engines import ENGINES, fresh_address, fresh_store


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(engine: str, tmp_path: Path) -> Iterator[str]:
    with fresh_address(engine, tmp_path) as address:
        yield address


@pytest.fixture
def store(engine: str, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(engine, tmp_path) as store:
        yield store


@pytest.fixture(scope="module", params=ENGINES)
def shared_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for a whole file, for properties that take a new study for each example."""
    with fresh_store(str(request.param), tmp_path_factory.mktemp("shared")) as store:
        yield store
