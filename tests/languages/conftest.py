"""The generated language beside the others, as if its file stood in the folder of the catalogues."""

from __future__ import annotations

import re
import shutil
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


@pytest.fixture(scope="session")
def with_a_filled_study(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file that holds a study of one's own beside the demonstration, and in it all that the one holds."""
    path = Path(shutil.copyfile(furnished, tmp_path_factory.mktemp("filled") / "store.duckdb"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MULIGHETSROM_STORE", str(path))
        own = studies.create(FACILITATOR, "Vår region")
        content = uploads.current_workbook(FACILITATOR, studies.find(FACILITATOR, "indre-namdal"), i18n.DEFAULT)
        uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "alt.xlsx", content, i18n.DEFAULT))
        open_store.close()
    return path


@pytest.fixture
def filled(home: Path, with_a_filled_study: Path) -> Study:
    """One's own study with all that the demonstration holds."""
    shutil.copyfile(with_a_filled_study, home)
    return studies.find(FACILITATOR, "var-region")


@pytest.fixture
def written(filled: Study) -> set[str]:
    """What people have written in any of the studies, and the names of who stands in the tests."""
    store = open_store.store()
    words = {word for study in studies.visible(FACILITATOR) for word in made.own_words(store, study)}
    return words | {"alt.xlsx", "feil.xlsx", "prøve", "facilitator"}


@pytest.fixture
def known(written: set[str]) -> re.Pattern[str]:
    return made.pattern(written)
