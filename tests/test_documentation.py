"""What the documents promise to list, they list: pages, actions, settings, commands, methods and dependencies."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from lib import i18n
from lib.access import ACTIONS, Action
from lib.access.policy import Terms
from lib.domain.methods import METHODS
from lib.model.access import Role
from lib.ui import navigation
from tests import rules

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PICTURES = ROOT / "docs" / "pictures"
GUIDES = ("docs/guide.md", "docs/guide.en.md")
MOST_WORDS, MOST_BYTES = 1200, 150_000
# Where a package is installed by another name than it is imported by.
INSTALLED_AS = {"psycopg-pool": "psycopg", "vl-convert": "vl-convert-python", "PIL": "pillow"}
OF_ANOTHER_PYTHON = {"frictionless"}
"""Run by `make load` only where somebody names an interpreter that has it."""


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def documents() -> dict[str, str]:
    """Every document, by its path; what stands between ``` is left out."""
    paths = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")]
    return {path.relative_to(ROOT).as_posix(): _prose(path.read_text(encoding="utf-8")) for path in paths}


def _prose(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)


def sources(*places: str) -> list[str]:
    """The Python files of some rooms."""
    paths = [path for place in places for path in (ROOT / place).rglob("*.py")]
    return [path.read_text(encoding="utf-8") for path in paths]


PROGRAM = [document("app.py"), *sources("lib", "pages")]


def commands() -> set[str]:
    return {f"make {name}" for name in re.findall(r"^([a-z-]+):", document("Makefile"), re.MULTILINE)}


def declared(group: str = "") -> set[str]:
    lines = PROJECT["optional-dependencies"][group] if group else PROJECT["dependencies"]
    return {match[0] for line in lines if (match := re.match(r"[\w-]+", line))}


def tables(name: str, columns: int) -> list[list[str]]:
    """The rows of a document's tables that have so many columns."""
    rows = [line.strip("| \n").split(" | ") for line in document(name).splitlines() if line.startswith("| ")]
    return [row for row in rows if len(row) == columns]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guides_describe_every_page(guide: str) -> None:
    assert rules.unmentioned((f"/{entry.address}" for entry in navigation.ENTRIES), document(guide)) == []


def test_the_readme_names_every_page() -> None:
    titles = {i18n.t("nb", f"pages.{Path(entry.file).stem}") for entry in navigation.ENTRIES}
    assert sorted(title for title in titles if f"«{title}»" not in document("README.md")) == []


@pytest.mark.parametrize("sign", ["(?m)^## ", "(?m)^[0-9]+\\. ", "(?m)^\\| ", "pictures/", "(?m)^- "])
def test_the_guides_say_as_much_in_both_languages(sign: str) -> None:
    one, other = (len(re.findall(sign, document(guide))) for guide in GUIDES)
    assert one == other > 0


def least(terms: Terms) -> str:
    words = {None: "anybody", Role.RATER: "participant"}
    return words.get(terms.least, str(terms.least))


def in_demo(terms: Terms) -> str:
    """Who may do it in a demonstration; only facilitators' links hold there, and of theirs nothing is said twice."""
    if terms.least is None or terms.open_in_demo:
        return "anybody"
    if terms.changes_study:
        return "nobody"
    return "–" if terms.least is Role.FACILITATOR else "facilitator"


def test_every_action_stands_with_the_role_it_takes() -> None:
    written = {row[0].strip("`"): (row[2], row[3]) for row in tables("docs/operations.md", 4) if row[0][0] == "`"}
    assert written == {str(action): (least(ACTIONS[action]), in_demo(ACTIONS[action])) for action in Action}


def settings() -> set[str]:
    """Every environment variable that the program reads, or tells somebody to set."""
    told = [*PROGRAM, *(path.read_text(encoding="utf-8") for path in (ROOT / "lib" / "i18n").glob("*.toml"))]
    named = {name for text in told for name in re.findall(r"\b(?:MULIGHETSROM|STREAMLIT)_[A-Z_]+\b", text)}
    return named.union(*map(rules.read_variables, PROGRAM))


def test_every_setting_is_described() -> None:
    assert {"MULIGHETSROM_STORE", "STREAMLIT_SERVER_ADDRESS"} <= settings()
    assert rules.unmentioned(settings(), document("docs/operations.md")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('import os\nos.environ["A"]\nos.environ.get("B", "")\nos.getenv("C")', {"A", "B", "C"}),
        ('A = "ONE"\ndef f(environment):\n    return environment.get(A) or environment[A]', {"ONE"}),
        ('given["A"]\ngiven.get("B")', set()),
    ],
)
def test_a_variable_that_is_read_is_found(source: str, found: set[str]) -> None:
    assert rules.read_variables(source) == found


def test_every_command_is_described() -> None:
    assert {"make run", "make test"} <= commands()
    assert rules.unmentioned(commands(), document("CONTRIBUTING.md")) == []
    assert rules.unmentioned(["make run", "make test", "make link"], document("README.md")) == []


def test_every_method_stands_with_its_source() -> None:
    written = {row[0]: row[4] for row in tables("docs/methods.md", 5)}
    sources_of = {
        i18n.t("nb", f"methods.{method.key}").lower(): method.source or "our own" for method in METHODS.values()
    }
    assert {name: written.get(name) for name in sources_of} == sources_of


def test_the_readme_is_read_in_one_go() -> None:
    assert len(document("README.md").split()) < MOST_WORDS


def reasons(heading: str) -> set[str]:
    """The packages that have a line under a heading of the document of dependencies."""
    _, _, after = document("docs/dependencies.md").partition(f"\n## {heading}\n")
    return set(re.findall(r"^- `([\w-]+)` \w", after.partition("\n## ")[0], re.MULTILINE))


def imported(files: list[str]) -> set[str]:
    """The packages of others that some files import, as they are installed."""
    tops = {name.partition(".")[0] for text in files for name in rules.imported(text)}
    others = {name.replace("_", "-") for name in tops - sys.stdlib_module_names - {"lib", "tests"}}
    return {INSTALLED_AS.get(name, name) for name in others}


def test_every_package_is_declared_and_used_as_the_document_says() -> None:
    assert imported(PROGRAM) == reasons("For running")
    assert declared() == reasons("For running") | reasons("Taken up by others")
    assert imported(sources("tests")) - declared() - OF_ANOTHER_PYTHON == reasons("For tests")
    assert declared("dev") == reasons("For tests") | reasons("Tools")


def test_the_locked_versions_come_with_hashes_and_without_an_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        locked = document(name)
        pinned = re.findall(r"^([\w.-]+)==\S+ \\\n    --hash=sha256:", locked, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[^\s#]", locked, re.MULTILINE)) > 20
        assert "://" not in locked
        assert not re.search(r"^--", locked, re.MULTILINE)


def links(text: str) -> list[str]:
    """Where a document points to within the repository: files, pictures and headings."""
    found = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'<img src="([^"]+)"', text)
    return [link for link in found if "://" not in link]


def anchors(text: str) -> set[str]:
    """The addresses of a document's headings, as they are made where it is read."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def dead(name: str, text: str) -> list[str]:
    """The links of a document that lead nowhere."""
    here = (ROOT / name).parent
    found = []
    for link in links(text):
        path, _, anchor = link.partition("#")
        target = here / path if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(_prose(target.read_text(encoding="utf-8")))):
            found.append(link)
    return found


def test_links_between_documents_lead_somewhere() -> None:
    assert len(links(documents()["README.md"])) > 10
    assert {name: found for name, text in documents().items() if (found := dead(name, text))} == {}


def test_a_link_that_leads_nowhere_is_found() -> None:
    text = (
        "## Før vi går\n[a](#før-vi-går) [b](#etter) [c](docs/guide.md#last-opp-tall) [d](docs/guide.md#x) [e](no.md)"
    )
    text += '<img src="docs/pictures/none.png">'
    assert links(text)[:2] == ["#før-vi-går", "#etter"]
    assert anchors(text) == {"før-vi-går"}
    assert dead("README.md", text.replace("(#", "(CHANGELOG.md#"))[:2] == [
        "CHANGELOG.md#før-vi-går",
        "CHANGELOG.md#etter",
    ]
    assert dead("README.md", text)[-3:] == ["docs/guide.md#x", "no.md", "docs/pictures/none.png"]


def test_every_picture_is_small_and_shown_with_a_text_of_its_own() -> None:
    shown = [found for text in documents().values() for found in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)]
    shown += [
        (alt, src)
        for text in documents().values()
        for src, alt in re.findall(r'<img src="([^"]+)"[^>]*alt="([^"]*)"', text)
    ]
    assert {Path(src).name for _, src in shown} == {path.name for path in PICTURES.iterdir()}
    assert [src for alt, src in shown if len(alt) < 40] == []
    assert [path.name for path in PICTURES.iterdir() if path.stat().st_size > MOST_BYTES] == []


def test_a_name_that_is_not_mentioned_is_found() -> None:
    assert rules.unmentioned(["make run", "make test"], "Type `make run`, then make test.") == ["make test"]


def quoted(text: str) -> set[str]:
    """What a document says that the screen says, between « and »."""
    return {" ".join(found.split()) for found in re.findall(r"«((?:[^«»]|«[^«»]*»)+)»", text)}


def unsaid(words: set[str]) -> list[str]:
    """Those that no sentence of the interface holds, whatever it is filled with."""
    forms = [form for each in i18n.plurals("nb").values() for form in each]
    sentences = [*i18n.catalogue("nb").values(), *forms]
    whole = "\n".join(sentences).casefold()
    with_words = [sentence for sentence in sentences if re.search(r"\{\w+\}", sentence) and _fixed(sentence)]
    filled = [re.sub(r"\\\{\w+\\\}", r"\\w+", re.escape(sentence)) for sentence in with_words]
    return sorted(
        word for word in words if word.casefold() not in whole and not any(re.fullmatch(each, word) for each in filled)
    )


def _fixed(sentence: str) -> bool:
    """Whether something is said whatever it is filled with."""
    return bool(re.search(r"[^\W\d_]{3}", re.sub(r"\{\w+\}", "", sentence)))


@pytest.mark.parametrize("name", ["README.md", *GUIDES])
def test_what_is_quoted_stands_on_the_screen(name: str) -> None:
    assert len(quoted(document(name))) > 10
    assert unsaid(quoted(document(name))) == []


def test_a_quotation_that_no_page_has_is_found() -> None:
    assert quoted("Press «Utvalg og «hva om»» and «Last\nned».") == {"Utvalg og «hva om»", "Last ned"}
    assert unsaid({"Prioritering", "+ 1 min", "Prioriter alt"}) == ["Prioriter alt"]
