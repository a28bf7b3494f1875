"""Workbooks as people have them: what is taken in, and what is said of it by place and code."""

from __future__ import annotations

import pytest

from lib.i18n import LANGUAGES, problem
from lib.model.problems import Severity
from tests.intake.books import checked
from tests.intake.messy import across, forms, layouts, numbers, words
from tests.intake.messy.making import Case, held

CASES = (*layouts.CASES, *words.CASES, *numbers.CASES, *forms.CASES, *across.CASES)


def test_there_are_many_and_no_two_are_called_the_same() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_people_have_is_read_and_what_is_unsure_is_asked_about(case: Case) -> None:
    result = checked(case.make())
    told = [(p.code, p.sheet, p.cell, "E" if p.severity is Severity.ERROR else "W") for p in result.problems]
    nothing = [("no_rows", "", "", "E")] if not case.held and not case.problems else []
    assert (sorted(held(result.rows)), sorted(told)) == (sorted(case.held), sorted([*case.problems, *nothing]))
    for language in LANGUAGES:
        assert all(
            "{" not in problem(language, each) and "@" not in problem(language, each) for each in result.problems
        )
