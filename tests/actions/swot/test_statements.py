"""What a study knows of its functions in words: read, typed in by two at once, sent on once, and undone."""

from __future__ import annotations

import pytest

from lib.actions import open_store, studies
from lib.actions.bridge import sending_on
from lib.actions.saving import Conflicted
from lib.actions.swot import statements
from lib.actions.uploads import uploads
from lib.i18n import LANGUAGES, error
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Study
from lib.model.risk_records import Risk, RiskStatus
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotItem
from lib.store import audit, rows
from tests.actions.swot_books import area_id, furnish, item, known, of_area, typed
from tests.people import FACILITATOR, leader, let_through, reader


@pytest.fixture
def region(own: Study) -> Study:
    furnish(own)
    return own


def save(study: Study, name: str, rows: list[SwotItem], seen: list[SwotItem]) -> None:
    statements.save(leader(study), study, area_id(study, name), SwotItem, rows, seen)


def test_a_book_holds_what_was_uploaded(region: Study) -> None:
    found = known(region)
    assert [area.name for area in found.analysed] == ["Arkiv", "Lønn", "Telefoni"]
    assert (len(found.items), len(found.forces), len(found.notes)) == (6, 2, 1)
    assert not found.constructed
    assert not found.became


def test_readers_see_and_leaders_change(region: Study) -> None:
    archive, held = area_id(region, "Arkiv"), of_area(region, "Arkiv")
    assert let_through(lambda a: statements.book(a, region), region) == {"reader", "leader", "facilitator"}
    may = {"leader", "facilitator"}
    assert let_through(lambda a: statements.save(a, region, archive, SwotItem, held, held), region) == may
    sent = {"facilitator": item(region, "Felles innkjøp av system").id}
    other = item(region, "Lange avstander").id
    assert let_through(lambda a: sending_on.send_on(a, region, sent.get(a.name, other)), region) == may


def test_what_is_typed_in_is_what_a_workbook_would_have_written(region: Study) -> None:
    actor, archive = leader(region), area_id(region, "Arkiv")
    held = of_area(region, "Arkiv")
    save(region, "Arkiv", [*held, typed("  Få\nsøkere ")], held)
    force = Force(id="", area="", side=Side.BARRIER, text="Ulik praksis", strength=4, source="Møte")
    statements.save(actor, region, archive, Force, [*known(region).forces, force], known(region).forces)
    note = Note(id="", area="", kind=NoteKind.CULTURE, text="Deler gjerne")
    statements.save(actor, region, archive, Note, [*known(region).notes, note], known(region).notes)
    assert "Få søkere" in [each.text for each in of_area(region, "Arkiv")]
    assert [each.strength for each in known(region).forces] == [None, None, 4]
    content = uploads.current_workbook(actor, region, "nb")
    preview = uploads.check(actor, region, "bok.xlsx", content, "nb")
    assert (preview.problems, bool(preview.changes)) == ((), False)
    assert [batch.counts for batch in uploads.history(actor, region)[:3]] == [{"notes": 1}, {"forces": 1}, {"swot": 1}]
    assert audit.listed(open_store.store(), region.id)[1].action == "swot.edit"


def test_two_who_add_at_once_both_stand(region: Study) -> None:
    seen = of_area(region, "Arkiv")
    save(region, "Arkiv", [*seen, typed("Fra den ene")], seen)
    save(region, "Arkiv", [*seen, typed("Fra den andre")], seen)
    assert {"Fra den ene", "Fra den andre"} <= {each.text for each in of_area(region, "Arkiv")}
    assert len(of_area(region, "Arkiv")) == 4


def test_two_who_change_different_fields_both_stand_and_for_the_same_one_both_are_shown(region: Study) -> None:
    seen = of_area(region, "Arkiv")
    one, other = seen
    save(region, "Arkiv", [one.model_copy(update={"text": "Mendet"}), other], seen)
    save(region, "Arkiv", [one.model_copy(update={"theme": "Vei"}), other.model_copy(update={"theme": "Vei"})], seen)
    assert [(each.text, each.theme) for each in of_area(region, "Arkiv")] == [
        ("Lang reisevei", "Vei"),
        ("Mendet", "Vei"),
    ]
    for rows_now, theirs, ours in (
        ([one.model_copy(update={"text": "Noe annet"}), other], ("Mendet",), ("Noe annet",)),
        ([other], ("Mendet", "Vei"), None),
    ):
        with pytest.raises(Conflicted) as refused:
            save(region, "Arkiv", rows_now, seen)
        assert [(each.theirs, each.ours) for each in refused.value.conflicts] == [(theirs, ours)]


def test_a_statement_that_stands_is_not_doubled_by_typing_it_again(region: Study) -> None:
    seen = of_area(region, "Telefoni")
    again = typed("lang REISEVEI, dyrt").model_copy(update={"role": seen[0].role})
    save(region, "Telefoni", [*seen, again], seen)
    assert of_area(region, "Telefoni") == seen
    assert not uploads.history(leader(region), region)[1:]


def test_a_statement_mended_into_another_is_refused(region: Study) -> None:
    seen = of_area(region, "Lønn")
    twin = next(each for each in seen if each.text == "Høy kompetanse")
    save(region, "Lønn", [*seen, typed("Ny styrke", Quadrant.STRENGTH)], seen)
    now = of_area(region, "Lønn")
    mended = [each.model_copy(update={"text": twin.text}) if each.text == "Ny styrke" else each for each in now]
    with pytest.raises(AppError) as refused:
        save(region, "Lønn", mended, now)
    assert refused.value.code == "twice"


def test_what_is_removed_and_typed_anew_in_one_save_stands(region: Study) -> None:
    seen = of_area(region, "Telefoni")
    save(region, "Telefoni", [typed(seen[0].text).model_copy(update={"role": seen[0].role})], seen)
    (now,) = of_area(region, "Telefoni")
    assert now.text == seen[0].text


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (typed("   "), "cell.required"),
        (typed("x" * 2001), "cell.text_too_long"),
        (typed("Noe").model_copy(update={"source": "x" * 501}), "cell.text_too_long"),
        (typed("Noe").model_copy(update={"theme": "x" * 121}), "cell.text_too_long"),
        (typed("Noe").model_copy(update={"municipality": "ukjent"}), "not_found"),
        (Force(id="", area="", side=Side.DRIVER, text="Noe", strength=6), "cell.out_of_range"),
        (Force(id="", area="", side=Side.DRIVER, text="Noe", strength=0), "cell.out_of_range"),
    ],
)
def test_what_cannot_stand_changes_nothing(region: Study, row: SwotItem | Force, code: str) -> None:
    before = studies.revision_of(FACILITATOR, region)
    with pytest.raises(AppError) as refused:
        statements.save(leader(region), region, area_id(region, "Arkiv"), type(row), [row], [])  # type: ignore[type-var]
    assert refused.value.code == code
    assert studies.revision_of(FACILITATOR, region) == before
    assert all("{" not in error(language, refused.value) for language in LANGUAGES)


def test_two_thousand_characters_and_markup_are_kept_as_they_are(region: Study) -> None:
    for text in ("x" * 2000, "<script>alert(1)</script> **fet**"):
        seen = of_area(region, "Telefoni")
        save(region, "Telefoni", [*seen, typed(text)], seen)
        assert item(region, text).text == text


def test_an_area_that_is_undone_takes_its_statements_with_it(region: Study) -> None:
    batch = uploads.history(leader(region), region)[0]
    uploads.flip(leader(region), region, batch.id, False)
    assert (known(region).items, known(region).forces, known(region).notes) == ((), (), ())
    with pytest.raises(NotFound):
        statements.save(leader(region), region, "ukjent", SwotItem, [typed("Noe")], [])


def risks(study: Study) -> list[Risk]:
    return rows.current(open_store.store(), Risk, study.id)


def test_a_threat_becomes_a_risk_that_knows_where_it_comes_from(region: Study) -> None:
    threat = item(region, "Lang reisevei")
    assert sending_on.send_on(leader(region), region, threat.id) == "Lang reisevei"
    (risk,) = risks(region)
    assert (risk.factor, risk.area, risk.source, risk.origin) == ("Lang reisevei", threat.area, "Intervju", threat.id)
    assert (risk.status, risk.probability, risk.consequence) == (RiskStatus.OPEN, None, None)
    assert next(each for each in known(region).items if each.id == threat.id).became == risk.id
    assert known(region).became == {threat.id: "Lang reisevei"}


def test_what_is_sent_on_already_is_said_and_not_doubled(region: Study) -> None:
    threat = item(region, "Lang reisevei")
    sending_on.send_on(leader(region), region, threat.id)
    with pytest.raises(AppError) as refused:
        sending_on.send_on(leader(region), region, threat.id)
    assert (refused.value.code, refused.value.params) == ("already_sent", {"name": "Lang reisevei"})
    twin = next(each for each in of_area(region, "Arkiv") if each.id != threat.id)
    sending_on.send_on(leader(region), region, twin.id)
    assert len(risks(region)) == 1
    assert set(known(region).became) == {threat.id, twin.id}
    assert {each.id for each in known(region).made_of[risks(region)[0].id]} == {threat.id, twin.id}


def test_an_opportunity_becomes_an_area_and_a_strength_nothing(region: Study) -> None:
    chance = item(region, "Felles innkjøp av system")
    sending_on.send_on(leader(region), region, chance.id)
    made = next(area for area in known(region).areas if area.name == chance.text)
    assert (made.code, made.source) == ("4", "Intervju")
    assert item(region, chance.text).became == made.id
    with pytest.raises(AppError) as refused:
        sending_on.send_on(leader(region), region, item(region, "Høy kompetanse").id)
    assert refused.value.code == "not_sent_on"
    with pytest.raises(NotFound):
        sending_on.send_on(leader(region), region, "ukjent")


def test_sending_on_is_undone_as_a_whole_and_may_be_done_again(region: Study) -> None:
    weakness = item(region, "Lange avstander")
    sending_on.send_on(leader(region), region, weakness.id)
    newest = uploads.history(leader(region), region)[0]
    assert newest.counts == {"sent_on": 1}
    uploads.flip(leader(region), region, newest.id, False)
    assert (risks(region), known(region).became) == ([], {})
    sending_on.send_on(leader(region), region, weakness.id)
    assert len(risks(region)) == 1


def test_a_long_statement_is_cut_in_a_name_and_kept_whole_beside(region: Study) -> None:
    seen, long = of_area(region, "Telefoni"), "felles system " * 60
    save(region, "Telefoni", [*seen, typed(long, Quadrant.OPPORTUNITY), typed(long)], seen)
    for each in (row for row in of_area(region, "Telefoni") if row.text == long.strip()):
        sending_on.send_on(leader(region), region, each.id)
    made = next(area for area in rows.current(open_store.store(), Area, region.id) if area.name.endswith("…"))
    assert len(made.name) <= 120
    assert made.description == long.strip()
    assert len(risks(region)[0].factor) <= 200
    assert risks(region)[0].cause == long.strip()


def test_what_was_sent_on_is_read_again_from_the_study_as_a_workbook(region: Study) -> None:
    seen = of_area(region, "Telefoni")
    for quadrant in (Quadrant.THREAT, Quadrant.OPPORTUNITY):
        statements.save(
            leader(region), region, area_id(region, "Telefoni"), SwotItem, [typed("lang tekst " * 180, quadrant)], []
        )
    for each in of_area(region, "Telefoni"):
        sending_on.send_on(leader(region), region, each.id)
    assert seen[0].id in known(region).became
    content = uploads.current_workbook(leader(region), region, "nb")
    preview = uploads.check(leader(region), region, "bok.xlsx", content, "nb")
    assert (preview.problems, bool(preview.changes)) == ((), False)


def test_mended_words_keep_the_way_back_from_what_was_made(region: Study) -> None:
    threat = item(region, "Lange avstander")
    sending_on.send_on(leader(region), region, threat.id)
    seen = of_area(region, "Lønn")
    mended = [each.model_copy(update={"text": "Store avstander"}) if each.id == threat.id else each for each in seen]
    save(region, "Lønn", mended, seen)
    assert item(region, "Store avstander").id == risks(region)[0].origin
    assert known(region).became == {threat.id: "Lange avstander"}


def test_a_reader_sees_no_names_of_persons(region: Study) -> None:
    fields = set(SwotItem.model_fields) | set(Force.model_fields) | set(Note.model_fields)
    assert not fields & {"rater", "name", "person", "written_by"}
    assert statements.book(reader(region), region).items
