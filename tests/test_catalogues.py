"""Every sentence exists in every language, is filled with the same things, and is there where the code asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib import i18n
from lib.domain.methods import METHODS
from lib.model.problems import AppError, Unreadable
from lib.ui import navigation
from tests import rules

ROOT = Path(__file__).parents[1]


def sentences(language: str) -> dict[str, str]:
    """All of a language, the forms of one sentence as one text."""
    return i18n.catalogue(language) | {key: " ".join(forms) for key, forms in i18n.plurals(language).items()}


SENTENCES = sentences(i18n.DEFAULT)


@pytest.mark.parametrize("language", [language for language in i18n.LANGUAGES if language != i18n.DEFAULT])
def test_every_language_says_the_same_things(language: str) -> None:
    assert rules.catalogue_differences(SENTENCES, sentences(language)) == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_sentence_has_every_form_that_a_number_may_take(language: str) -> None:
    taken = {i18n.form_of(language, count) for count in range(1000)}
    assert taken == set(range(len(taken)))
    assert [key for key, forms in i18n.plurals(language).items() if len(forms) != len(taken)] == []
    assert i18n.plurals(language).keys() == i18n.plurals(i18n.DEFAULT).keys()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_one_and_several_are_no_keys_of_their_own(language: str) -> None:
    known = sentences(language).keys()
    assert [key for key in known if key.endswith("_one") and {f"{key[:-4]}_many", key[:-4]} & known] == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"a": "{n} av {m}"}, {"a": "{m} of {n}"}, []),
        ({"a": "x"}, {}, ["a: missing in one language"]),
        ({}, {"a": "x"}, ["a: missing in one language"]),
        ({"a": "{n} grupper"}, {"a": "{count} groups"}, ["a: filled differently"]),
    ],
)
def test_a_missing_sentence_and_another_filling_are_found(
    one: dict[str, str], other: dict[str, str], found: list[str]
) -> None:
    assert rules.catalogue_differences(one, other) == found


def keys_in_code() -> set[str]:
    paths = [ROOT / "app.py", *(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    keys = {key for path in paths for key in rules.used_keys(path.read_text(encoding="utf-8"))}
    for folder, section in (("templates", "entry"), ("templates/delta", "delta")):
        for template in (ROOT / "lib" / "web" / folder).glob("*.html"):
            keys |= rules.template_keys(template.read_text(encoding="utf-8"), section)
    return keys


def keys_in_data() -> set[str]:
    """Keys that are made of the names of things: errors, pages, methods, their criteria and their rules."""
    kinds: list[type[AppError]] = [AppError, *AppError.__subclasses__()]
    errors = {f"errors.{kind.code}" for kind in kinds if kind is not Unreadable}
    pages = {f"pages.{Path(entry.file).stem}" for entry in navigation.ENTRIES}
    asked = {criterion.key for method in METHODS.values() for criterion in method.criteria}
    criteria = {f"criteria.{key}" for key in asked} | {
        f"anchors.{key}.{end}" for key in asked for end in ("low", "high")
    }
    rule_names = {f"rules.{rule.key}" for method in METHODS.values() for rule in method.rules}
    return errors | pages | criteria | rule_names | keys_of_methods() | {f"problems.{Unreadable.code}"}


def keys_of_methods() -> set[str]:
    """What the page about the method says of each."""
    names = {f"{section}.{key}" for section in ("methods", "combine") for key in METHODS}
    sources = {f"sources.{method.source or 'own'}" for method in METHODS.values()}
    return names | sources | {f"rule.{key}" for key, method in METHODS.items() if method.rules}


def test_every_sentence_that_the_code_asks_for_exists() -> None:
    keys = keys_in_code()
    assert len(keys) > 100
    assert rules.unknown_keys(keys | keys_in_data(), SENTENCES) == []


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ('t("a.b")', {"a.b"}),
        ('i18n.t(language, "a.b", n=t("c.d"))', {"a.b", "c.d"}),
        ('t("a.b" if x else "a.c")', {"a.b", "a.c"}),
        ('t(f"a.{x}_b")', {"a.*_b"}),
        ('Problem("late")', {"problems.late"}),
        ('self._findings.add("late", sheet)', {"problems.late"}),
        ('raise Denied("late")', {"errors.late"}),
        ('Decision(False, "late" if x else "early")', {"errors.late", "errors.early"}),
        ('Decision(True, "granted")', set()),
        ('params = {"column": "@columns.name"}', {"columns.name"}),
        ('name = f"@criteria.{key}"', {"criteria.*"}),
        ('seen.add("a.b")\nt(key)\n"@"', set()),
    ],
)
def test_a_key_is_found_wherever_it_is_written(source: str, used: set[str]) -> None:
    assert rules.used_keys(source) == used


def test_a_key_of_a_template_is_found() -> None:
    assert rules.template_keys('{{ t("go_in") }} {{ at("x") }} {{ t(\'until\', day=day) }}', "entry") == {
        "entry.go_in",
        "entry.until",
    }


def test_a_key_without_a_sentence_is_found() -> None:
    assert rules.unknown_keys({"a.b", "a.*"}, {"a.b"}) == []
    assert rules.unknown_keys({"a.c", "b.*", "a.*_x"}, {"a.b"}) == ["a.*_x", "a.c", "b.*"]
