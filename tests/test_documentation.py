"""What the documents promise to list, they list: pages, actions, settings, commands and dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from lib.access import Action
from lib.ui import navigation
from tests import rules

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings() -> set[str]:
    """Every environment variable that the program reads."""
    paths = [ROOT / "app.py", *(ROOT / "lib").rglob("*.py")]
    return {
        name for path in paths for name in re.findall(r"\bMULIGHETSROM_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }


def commands() -> set[str]:
    return {f"make {name}" for name in re.findall(r"^([a-z]+):", document("Makefile"), re.MULTILINE)}


def dependencies() -> set[str]:
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    return {match[0] for line in declared if (match := re.match(r"[\w-]+", line))}


def test_the_readme_describes_every_page() -> None:
    assert rules.unmentioned((f"/{entry.address}" for entry in navigation.ENTRIES), document("README.md")) == []


def test_the_readme_describes_every_action() -> None:
    assert rules.unmentioned(Action, document("README.md")) == []


def test_the_readme_describes_every_setting() -> None:
    assert "MULIGHETSROM_STORE" in settings()
    assert rules.unmentioned(settings(), document("README.md")) == []


def test_every_command_is_described() -> None:
    assert {"make run", "make test"} <= commands()
    assert rules.unmentioned(commands(), document("README.md") + document("CONTRIBUTING.md")) == []


def test_every_dependency_has_a_reason_and_every_reason_a_dependency() -> None:
    assert "streamlit" in dependencies()
    assert set(re.findall(r"^- `([\w-]+)` \w", document("docs/dependencies.md"), re.MULTILINE)) == dependencies()


def test_the_locked_versions_come_with_hashes_and_without_an_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        locked = document(name)
        pinned = re.findall(r"^([\w.-]+)==\S+ \\\n    --hash=sha256:", locked, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[^\s#]", locked, re.MULTILINE)) > 20
        assert "://" not in locked
        assert not re.search(r"^--", locked, re.MULTILINE)


def test_a_name_that_is_not_mentioned_is_found() -> None:
    assert rules.unmentioned(["make run", "make test"], "Type `make run`, then make test.") == ["make test"]
