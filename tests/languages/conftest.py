"""The generated language beside the others, as if its file stood in the folder of the catalogues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lib import i18n
from lib.actions import open_store, studies
from lib.actions.uploads import uploads
from lib.model.records import Study
from tests.languages import made
from tests.pages.conftest import key_for as key_for
from tests.pages.conftest import open_page as open_page
from tests.people import FACILITATOR


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.write(tmp_path_factory.mktemp("language"))


@pytest.fixture
def language(made_file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of the generated language, for as long as a test runs."""
    monkeypatch.setitem(i18n.FILES, made.CODE, made_file)
    monkeypatch.setitem(i18n.LANGUAGES, made.CODE, i18n.catalogue(made.CODE)["language.name"])
    return made.CODE


@pytest.fixture
def filled(own: Study) -> Study:
    """One's own study with all that the demonstration holds."""
    content = uploads.current_workbook(FACILITATOR, studies.find(FACILITATOR, "indre-namdal"), i18n.DEFAULT)
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "alt.xlsx", content, i18n.DEFAULT))
    return own


@pytest.fixture
def written(filled: Study) -> set[str]:
    """What people have written in any of the studies, and the names of who stands in the tests."""
    store = open_store.store()
    words = {word for study in studies.visible(FACILITATOR) for word in made.own_words(store, study)}
    return words | {"alt.xlsx", "feil.xlsx", "prøve", "facilitator"}


@pytest.fixture
def known(written: set[str]) -> re.Pattern[str]:
    return made.pattern(written)
