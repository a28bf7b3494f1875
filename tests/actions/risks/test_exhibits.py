"""The register as it is shown and taken home: both forms come back without a change, marks, and what is said."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from lib.actions.risks import changes, register
from lib.actions.uploads import uploads
from lib.domain.risks.register import METHOD, RULE_SETS, rules_from
from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.risks import words
from lib.i18n import LANGUAGES
from lib.model.access import VISITOR
from lib.model.problems import Denied, NotFound
from lib.model.records import Study
from tests.actions.risk_books import added, against, covered, furnish
from tests.actions.taken_home import cells, taken
from tests.people import FACILITATOR, let_through


@pytest.fixture
def study(own: Study) -> Study:
    covered(own, added(own, "Frafall", 4, 4, area=None), against("Vikar; og kurs", 2), against("Felles vakt"))
    added(own, "=Dyrt", 1, 5, area=None, measure="F4")
    return own


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_booklets_table_has_its_columns_and_comes_back_without_a_change(study: Study, language: str) -> None:
    data = taken("risks.booklet", FACILITATOR, study, language=language)
    preview = uploads.check(FACILITATOR, study, "tabell.xlsx", data, language)
    assert preview.errors == []
    assert not preview.changes
    if language == "nb":
        rows = cells(data)
        top = next(place for place, row in enumerate(rows) if row[0] == "Risikofaktor")
        assert rows[top][:5] == ["Risikofaktor", "S", "K", "Sum", "Mottiltak"]
        assert rows[top + 1][:5] == ["=Dyrt", 1, 5, 5, None]
        assert rows[top + 2][:5] == ["Frafall", 4, 4, 16, "Vikar; og kurs\nFelles vakt"]


def test_the_register_comes_back_without_a_change_also_in_another_study(study: Study, demonstration: Study) -> None:
    data = taken("risks.register", FACILITATOR, study, "skjema.xlsx")
    assert load_workbook(io.BytesIO(data)).sheetnames == ["Risiko", "Mottiltak", "Forklaring"]
    assert not uploads.check(FACILITATOR, study, "register.xlsx", data, "nb").changes
    with pytest.raises(Denied):
        taken("risks.register", VISITOR, study, "skjema.xlsx")


def test_made_up_risks_say_so_in_both_files(demonstration: Study) -> None:
    for key, ending in (("risks.register", "skjema.xlsx"), ("risks.register", "xlsx"), ("risks.booklet", "xlsx")):
        rows = cells(taken(key, VISITOR, demonstration, ending))
        said = " ".join(str(value) for row in rows[:4] for value in row if value).casefold()
        assert "konstruerte eksempeltall" in said
        assert sum(row.count("ja") for row in rows) == 13


def test_every_part_has_its_own_answer_and_the_same_figures_in_its_file(study: Study) -> None:
    furnish(study)
    added(study, "Sent", 4, 4)
    register_of = EXHIBITS["risks.register"]
    assert list(register_of.instances(study)) == [(), (("omrade", "A1"),)]
    whole, area = (register_of.build(FACILITATOR, study, each, "nb") for each in register_of.instances(study))
    assert whole.finding == "2 av 3 risikoer må ha mottiltak og mangler det."
    assert (area.finding, area.notes) == (
        "Den ene risikoen må ha mottiltak og mangler det.",
        ("Ikke klar til behandling: «Sent» må ha mottiltak.",),
    )
    assert area.basis.startswith("Arkiv · Mottiltak kreves når")
    assert area.table.frame.columns.tolist() == whole.table.frame.columns.tolist()
    rows = cells(taken("risks.register", FACILITATOR, study, address=area.address))
    top = next(place for place, row in enumerate(rows) if row[0] == "Nr.")
    assert rows[top + 1][:5] == [1, "Sent", 4, 4, 16]
    assert rows[top + 1][:5] == area.table.frame.iloc[0, :5].tolist()
    with pytest.raises(NotFound):
        register_of.build(FACILITATOR, study, (("omrade", "X9"),), "nb")


def test_the_rule_that_is_drawn_changes_the_picture_and_not_the_answer(study: Study) -> None:
    plain, other = (
        EXHIBITS["risks.register"].build(FACILITATOR, study, address, "nb") for address in ((), (("regel", "sum_7"),))
    )
    assert plain.finding == other.finding
    assert plain.picture
    assert other.picture
    assert plain.picture.alt != other.picture.alt


def test_other_rules_are_told_in_a_sentence_and_a_table(study: Study) -> None:
    found = EXHIBITS["risks.alternatives"].build(FACILITATOR, study, (), "nb")
    assert found.finding.startswith("Med regelen som gjelder her, må 2 av 2 risikoer ha mottiltak. Med")
    assert found.table.frame.iloc[0, 1:].tolist() == [12, 2, 1]


@pytest.mark.parametrize("key", [key for key in EXHIBITS if key.startswith("risks.")])
def test_readers_see_each_exhibit_and_take_it_home(study: Study, demonstration: Study, key: str) -> None:
    readers = {"reader", "leader", "facilitator"}
    for ending in files.endings(EXHIBITS[key]):
        assert let_through(lambda who, ending=ending: taken(key, who, study, ending), study) == readers  # type: ignore[misc]
    assert let_through(lambda who: EXHIBITS[key].build(who, study, (), "nb"), study) == readers
    assert taken(key, VISITOR, demonstration)


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
