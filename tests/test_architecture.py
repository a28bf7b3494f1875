"""The code is built as it is drawn: what may import what, how long a thing may be, and what a page is.

Every rule is proved to be able to fail by a small source that breaks it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.ui import navigation
from tests import rules

ROOT = Path(__file__).parents[1]

# What import-linter cannot see: `app.py` and `pages/` are no packages, and a room may reach through another room what
# it may not import itself.
FORBIDDEN = {
    "app.py": ["lib.domain", "lib.store", "pandas"],
    "pages": ["duckdb", "psycopg", "lib.store", "lib.intake", "openpyxl"],
    "lib/ui/frame.py": ["lib.domain", "lib.store"],
    "lib/ui": ["lib.store", "lib.intake", "lib.web"],
    "lib/web": ["streamlit", "lib.store", "pandas"],
    "lib/exhibits": ["streamlit", "starlette"],
    "lib/actions": ["streamlit", "starlette"],
    "lib/charts": ["streamlit", "lib.store", "lib.i18n"],
    "lib/reports": ["streamlit", "lib.store"],
    "lib/intake": ["streamlit", "lib.store", "lib.i18n"],
    "lib/domain": ["streamlit", "duckdb", "altair", "openpyxl"],
    "lib/store": ["streamlit", "lib.domain"],
    "lib/i18n": ["streamlit"],
}

# Written with a bar, so that this file is not found itself.
BARRED = "unsafe_|allow_html pypi|.org python|hosted.org npm|js. fonts.google|apis /wo|rk/ /ro|ot/ /ho|me/ ../sha|red"
NOWHERE = BARRED.replace("|", "").split()


def sources(place: str) -> list[Path]:
    """The Python files of a room, or the one file."""
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def complaints(paths: list[Path], rule: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """What a rule says of each file that breaks it. Fails where there is no file, since it would look at nothing."""
    assert paths
    return {name(path): found for path in paths if (found := rule(text(path)))}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    return subprocess.run([sys.executable, "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def test_imports_only_point_down() -> None:
    told = lint_imports(ROOT)
    assert told.returncode == 0, told.stdout


SUBJECTS = ("ranking", "live", "costs", "risks", "plan", "swot", "uploads")
ROOMS = ("ui", "exhibits", "actions", "charts", "domain")


def subject_of(module: str) -> str:
    """«costs» for `lib.ui.costs.show`; empty for what belongs to all, and for the bridge."""
    _, room, subject = [*module.split("."), "", ""][:3]
    return subject if room in ROOMS and subject in SUBJECTS else ""


def across_subjects(source: str, module: str) -> list[str]:
    """What a module of one subject imports of another, in whatever room."""
    own = subject_of(module)
    return sorted(name for name in rules.imported(source) if own and subject_of(name) not in ("", own))


def test_no_subject_imports_another_in_any_room() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sources("lib")}
    found = {module: across_subjects(text(path), module) for module, path in modules.items()}
    assert {subject_of(module) for module in modules} == {"", *SUBJECTS}
    assert {module: names for module, names in found.items() if names} == {}


def test_an_import_across_subjects_is_found() -> None:
    source = (
        "from lib.actions.risks import register\nfrom lib.actions.bridge import plan\nfrom lib.model import costs\n"
    )
    assert across_subjects(source, "lib.ui.costs.show") == ["lib.actions.risks", "lib.actions.risks.register"]
    assert across_subjects(source, "lib.ui.show") == []


def test_an_import_that_points_up_is_found(tmp_path: Path) -> None:
    for package in sorted({path.parent for path in sources("lib")}):
        room = tmp_path / name(package)
        room.mkdir(parents=True)
        (room / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text(text(ROOT / "pyproject.toml"), encoding="utf-8")
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / "lib" / "domain" / "__init__.py").write_text("import lib.store\n", encoding="utf-8")
    told = lint_imports(tmp_path)
    assert told.returncode == 1
    assert "lib.domain" in told.stdout


@pytest.mark.parametrize("place", FORBIDDEN)
def test_a_room_imports_nothing_that_is_kept_from_it(place: str) -> None:
    assert not complaints(sources(place), lambda source: rules.forbidden_imports(source, FORBIDDEN[place]))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import duckdb", ["duckdb"]),
        (
            "def later():\n    from lib.store.engine import open_store",
            ["lib.store.engine", "lib.store.engine.open_store"],
        ),
        ("from lib import store", ["lib.store"]),
        ("import duckdb_engine\nfrom lib import storeroom", []),
    ],
)
def test_a_forbidden_import_is_found_in_every_form(source: str, found: list[str]) -> None:
    assert rules.forbidden_imports(source, ["duckdb", "lib.store"]) == found


def test_only_the_store_speaks_sql() -> None:
    elsewhere = [path for place in ("lib", "pages", "app.py") for path in sources(place)]
    assert not complaints([path for path in elsewhere if not name(path).startswith("lib/store/")], rules.sql_texts)
    assert complaints(sources("lib/store"), rules.sql_texts)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('tx.query("select distinct id from rater_version where workshop = $1", [room])', 1),
        ('f"INSERT INTO {table} values"', 1),
        ("x = '''\n  update link set\n  label = $1'''", 1),
        ('tx.execute("delete from link")\n"create table x (id text)".split()', 2),
        ('"""Select one from many."""\nt("errors.select")\nrow.update(set=1)', 0),
    ],
)
def test_sql_is_found_wherever_it_is_written(source: str, found: int) -> None:
    assert len(rules.sql_texts(source)) == found


def test_every_page_stands_in_a_section_folder_and_in_the_menu() -> None:
    pages = {path.relative_to(ROOT / "pages").as_posix() for path in sources("pages")}
    assert pages == {entry.file for entry in navigation.ENTRIES}
    assert all(page.count("/") == 1 for page in pages)


def test_every_page_is_a_short_story_behind_a_lock() -> None:
    assert not complaints(sources("pages"), rules.page_faults)
    assert [name(path) for path in sources("pages") if rules.is_too_long(text(path), 60)] == []


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('"""Title."""\nimport x\nrequire("a")\n', 0),
        ('import x\nstudy = require("a")\n', 0),
        ('"""Title."""\n', 1),
        ('st.title("x")\nrequire("a")\n', 1),
        ('if x:\n    require("a")\n', 1),
        ('require\nst.title("x")\n', 1),
        ('require("a")\ndef f(): ...\nclass C: ...\n', 2),
        ('require("a")\nf = lambda: 1\n', 1),
    ],
)
def test_a_page_without_its_lock_or_with_a_def_is_found(source: str, faults: int) -> None:
    assert len(rules.page_faults(source)) == faults


def test_no_module_is_too_long() -> None:
    modules = [path for place in ("lib", "tests", "app.py") for path in sources(place)]
    charts = [path for path in sources("lib/charts") if "altair" in rules.imported(text(path))]
    assert charts
    limits = [(modules, 399), (charts, 70), (sources("lib/ui/frame.py"), 40)]
    assert [name(path) for paths, limit in limits for path in paths if rules.is_too_long(text(path), limit)] == []


def test_a_line_too_many_is_found() -> None:
    assert not rules.is_too_long("x\n" * 40, 40)
    assert rules.is_too_long("x\n" * 41, 40)


def test_every_module_says_what_it_is() -> None:
    assert [
        name(path) for place in ("lib", "app.py") for path in sources(place) if rules.lacks_docstring(text(path))
    ] == []


def test_a_module_without_a_docstring_is_found() -> None:
    assert rules.lacks_docstring("x = 1\n")
    assert not rules.lacks_docstring('"""What it is."""\nx = 1\n')
    assert not rules.lacks_docstring("")


def test_the_keys_of_the_session_state_stand_in_one_module() -> None:
    places = [*sources("lib/ui"), *sources("pages"), *sources("app.py")]
    assert not complaints([path for path in places if path.name != "state.py"], rules.written_state_keys)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('st.session_state["a.b"] = 1', ["a.b"]),
        ('x = session_state.get("a.b")', ["a.b"]),
        ("st.session_state.weight", ["weight"]),
        ('"a.b" in st.session_state', ["a.b"]),
        ('st.slider("Vekt", key="a.b")', ["a.b"]),
        ("st.session_state.get(state.WEIGHT)\nst.slider('Vekt', key=state.WEIGHT)\nsorted(x, key=len)", []),
    ],
)
def test_a_key_written_where_it_is_used_is_found(source: str, found: list[str]) -> None:
    assert rules.written_state_keys(source) == found


def shipped_texts() -> dict[str, str]:
    """Every text file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / line for line in listed.stdout.split("\0") if line)
    contents = {name(path): path.read_bytes() for path in paths if path.is_file()}
    return {path: held.decode("utf-8", "replace") for path, held in contents.items() if b"\0" not in held}


def test_nothing_shipped_names_a_registry_a_machine_or_raw_html() -> None:
    texts = shipped_texts()
    assert "pyproject.toml" in texts
    assert {path: found for path, held in texts.items() if (found := rules.present(NOWHERE, held))} == {}


@pytest.mark.parametrize("word", NOWHERE)
def test_a_forbidden_word_is_found(word: str) -> None:
    assert rules.present(NOWHERE, f"see {word.upper()}x") == [word]
