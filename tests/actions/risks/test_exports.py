"""The register as files: both forms come back without a change, marked where they are made up, and what is said."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from lib.actions.risks import changes, register
from lib.actions.uploads import uploads
from lib.domain.risks.register import METHOD, RULE_SETS, rules_from
from lib.exhibits.risks import exports, words
from lib.i18n import LANGUAGES
from lib.model.access import VISITOR
from lib.model.problems import Denied
from lib.model.records import Study
from tests.actions.risk_books import added, against, covered
from tests.people import FACILITATOR


def cells(data: bytes, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data))[sheet].iter_rows()]


@pytest.fixture
def study(own: Study) -> Study:
    covered(own, added(own, "Frafall", 4, 4, area=None), against("Vikar; og kurs", 2), against("Felles vakt"))
    added(own, "=Dyrt", 1, 5, area=None, measure="F4")
    return own


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_booklets_table_has_its_columns_and_comes_back_without_a_change(study: Study, language: str) -> None:
    data = exports.booklet_workbook(FACILITATOR, study, language)
    preview = uploads.check(FACILITATOR, study, "tabell.xlsx", data, language)
    assert preview.errors == []
    assert not preview.changes
    if language == "nb":
        rows = cells(data, "Risiko")
        top = next(place for place, row in enumerate(rows) if row[0] == "Risikofaktor")
        assert rows[top][:5] == ["Risikofaktor", "S", "K", "Sum", "Mottiltak"]
        assert rows[top + 1][:5] == ["=Dyrt", 1, 5, 5, None]
        assert rows[top + 2][:5] == ["Frafall", 4, 4, 16, "Vikar; og kurs\nFelles vakt"]


def test_the_register_comes_back_without_a_change_also_in_another_study(study: Study, demonstration: Study) -> None:
    data = exports.register_workbook(FACILITATOR, study, "nb")
    assert load_workbook(io.BytesIO(data)).sheetnames == ["Risiko", "Mottiltak", "Forklaring"]
    assert not uploads.check(FACILITATOR, study, "register.xlsx", data, "nb").changes
    with pytest.raises(Denied):
        exports.register_workbook(VISITOR, study, "nb")


def test_made_up_risks_say_so_in_both_files(demonstration: Study) -> None:
    for make in (exports.register_workbook, exports.booklet_workbook):
        rows = cells(make(VISITOR, demonstration, "nb"), "Risiko")
        said = " ".join(str(value) for row in rows[:4] for value in row if value).casefold()
        assert "konstruerte eksempeltall" in said
        assert sum(row.count("ja") for row in rows) == 13


def test_the_answer_counts_what_holds_the_case_back(study: Study) -> None:
    book = register.register(FACILITATOR, study)
    assert words.headline("nb", book, book.risks) == "Én av 2 risikoer må ha mottiltak og mangler det."
    assert words.basis("nb", book, book.risks).startswith("Mottiltak kreves når S × K er minst 9 eller K er 5.")
    held = next(risk for risk in book.risks if risk.sum == 5)
    assert words.why("nb", held, book.rules) == "Må ha mottiltak fordi K er 5."
    said = words.readiness("nb", register.readiness_in(book))
    assert said == "Ikke klar til behandling: «=Dyrt» må ha mottiltak."
    covered(study, held, against("Anbud"))
    book = register.register(FACILITATOR, study)
    assert words.headline("nb", book, book.risks) == "Alle de 2 risikoene som må ha mottiltak, har det."


def test_risks_that_nobody_has_rated_are_not_said_to_need_no_countermeasure(study: Study) -> None:
    book = register.register(FACILITATOR, study)
    bare = [risk.model_copy(update={"probability": None, "consequence": None}) for risk in book.risks]
    assert words.headline("nb", book, bare) == "Ingen av de 2 risikoene er vurdert ennå."
    assert words.headline("nb", book, bare[:1]) == "Den ene risikoen er ikke vurdert ennå."
    low = bare[0].model_copy(update={"probability": 1, "consequence": 1})
    assert words.headline("nb", book, [low, bare[1]]) == "Ingen av de 2 risikoene må ha mottiltak."


def test_rules_are_said_in_words(study: Study) -> None:
    assert words.rule_set("nb", RULE_SETS["sum_7"]) == "S + K er minst 7"
    rules = rules_from({"score": 12, "probability": 5, "consequence": 4})
    assert words.rule_set("nb", rules) == "S × K er minst 12, K er minst 4 eller S er 5"
    assert words.gravest("nb", rules) == ""
    assert words.gravest("nb", METHOD.rules)
    assert rules_from({"score": 9, "sum": 0, "consequence": 5}) == METHOD.rules


def test_an_override_is_told_with_its_reason_and_what_has_come_since(study: Study) -> None:
    changes.override(FACILITATOR, study, None, "Rådmann", "Haster")
    said = words.readiness("nb", register.readiness(FACILITATOR, study))
    assert said.startswith("Klar til behandling etter unntak. Rådmann lar saken gå videre: «Haster»")
    added(study, "Nytt", 5, 5, area=None)
    said = words.readiness("nb", register.readiness(FACILITATOR, study))
    assert said.endswith("Unntaket fra Rådmann gjelder ikke risikoer som er kommet til siden.")
