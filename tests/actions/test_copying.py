"""A copy of a study: the same answers in one's own hands, and nothing that was not meant to leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lib.actions import copying, demo, open_store, results, studies
from lib.actions.costs import cost_figures
from lib.actions.live.workshops import Next
from lib.actions.risks import changes
from lib.actions.suppression import Selection
from lib.actions.uploads import uploads
from lib.exhibits.catalogue import EXHIBITS
from lib.model.access import VISITOR, Actor, Grant, Role
from lib.model.columns import ITEM, SCORE
from lib.model.cost_records import Confirmation, ModelChoice
from lib.model.live import Step
from lib.model.methods import Comparison, Rule
from lib.model.problems import Denied
from lib.model.records import R, Rater, Study, Workshop
from lib.model.risk_records import Acceptance, Countermeasure, Milestone, Override, Risk, RiskPolicy
from lib.store import rows
from tests.actions import rooms_of
from tests.actions.answered import ANSWERS, HEAD, SECRET, answered, rater
from tests.actions.books import book
from tests.actions.rooms_of import AREAS, area_ids, opened, refused, to
from tests.people import FACILITATOR, leader, reader

DEMOS = ("indre-namdal", "kongsbergregionen")


def stands(kind: type[R], study: Study) -> list[R]:
    return rows.current(open_store.store(), kind, study.id)


def scores(study: Study, workshop: str, number: int) -> dict[str, float]:
    found = results.ranking(FACILITATOR, study, Selection(workshop, number))
    return {
        found.material.names[item]: score for item, score in zip(found.summary[ITEM], found.summary[SCORE], strict=True)
    }


def sheet_of_persons() -> bytes:
    head = (*HEAD, "Enkeltpersoner")
    lines = [("På papir", 1, f"Person {each}", area, 5, each, "ja") for each in range(1, 5) for area in AREAS]
    return book({"Vurderinger": [head, *lines]})


def held(study: Study) -> dict[str, int]:
    """Each kind of record → how many stand."""
    return {kind.__name__: len(rows.current(open_store.store(), kind, study.id)) for kind in rows.TABLES}


@pytest.mark.parametrize("slug", DEMOS)
def test_what_is_shown_of_a_copy_is_what_is_shown_of_the_study(home: object, slug: str) -> None:
    study = studies.find(FACILITATOR, slug)
    made = copying.copy(FACILITATOR, study, "Min kopi")
    assert (made.demo, made.slug) == (False, "min-kopi")
    compared = 0
    for declared in EXHIBITS.values():
        pairs = zip(declared.instances(study), declared.instances(made), strict=True)
        for one, other in pairs:
            shown = [declared.build(FACILITATOR, *place, "nb") for place in ((study, one), (made, other))]
            assert shown[0].finding == shown[1].finding
            assert shown[0].marks == shown[1].marks
            assert shown[0].table is None or shown[0].table.shown.equals(shown[1].table.shown)
            compared += 1
    assert compared > 3


@pytest.mark.parametrize("slug", DEMOS)
def test_an_upload_finds_everything_again_in_the_copy(home: object, slug: str) -> None:
    study = studies.find(FACILITATOR, slug)
    made = copying.copy(FACILITATOR, study, "Min kopi")
    for taken in (study, made):
        preview = uploads.check(FACILITATOR, made, "bok.xlsx", uploads.current_workbook(FACILITATOR, taken, "nb"), "nb")
        assert not preview.errors
        assert preview.changes is not None
        assert not preview.changes
    assert held(made) == held(study)


def test_the_copy_shares_no_id_with_the_study_and_changes_apart_from_it(demonstration: Study) -> None:
    made = copying.copy(FACILITATOR, demonstration, "Min kopi")
    before = held(demonstration)
    for kind in rows.TABLES:
        one, other = (
            {each.id for each in rows.current(open_store.store(), kind, study.id)} for study in (demonstration, made)
        )
        assert not one & other
    batch = uploads.history(FACILITATOR, made)[0]
    assert batch.file_name == demonstration.name
    assert batch.counts["areas"] == 13
    uploads.flip(FACILITATOR, made, batch.id, False)
    assert not any(held(made).values())
    assert held(demonstration) == before
    uploads.flip(FACILITATOR, made, batch.id, True)
    assert held(made) == before


def test_it_takes_the_right_to_make_studies_and_to_take_this_one_home(own: Study, demonstration: Study) -> None:
    in_one = Actor("prosessleder her", (Grant(Role.FACILITATOR, own.id),))
    two_hats = Actor("leder og noe annet", (Grant(Role.LEADER, own.id), Grant(Role.READER)))
    for study in (own, demonstration):
        for actor in (VISITOR, reader(study), leader(study), in_one, two_hats):
            assert not copying.may_copy(actor, study)
            with pytest.raises(Denied):
                copying.copy(actor, study, "Min kopi")
        assert copying.may_copy(FACILITATOR, study)
    assert {study.slug for study in studies.visible(FACILITATOR)} == {own.slug, *DEMOS}


def test_the_same_copy_asked_for_twice_is_made_once(demonstration: Study) -> None:
    one, other = (copying.copy(FACILITATOR, demonstration, "Min kopi", "a" * 20) for _ in range(2))
    assert one.id == other.id
    assert len(uploads.history(FACILITATOR, one)) == 1
    assert held(one) == held(demonstration)
    with refused("study_exists"):
        copying.copy(FACILITATOR, demonstration, "Min kopi", "b" * 20)


def test_a_name_that_is_taken_or_none_leaves_nothing_behind(own: Study) -> None:
    rooms_of.furnish(own)
    before = open_store.store().query("select count(*) as n from batch")
    for name, code in ((own.name, "study_exists"), (" ", "study_name"), ("x" * 81, "study_name")):
        with refused(code):
            copying.copy(FACILITATOR, own, name)
    assert open_store.store().query("select count(*) as n from batch") == before
    assert len(studies.visible(FACILITATOR)) == 3


def test_the_choices_go_along_and_what_somebody_stands_for_does_not(demonstration: Study) -> None:
    """The study copied is itself a copy, since nobody can choose anything in a demonstration."""
    study = copying.copy(FACILITATOR, demonstration, "Først")
    town, area = uploads.current_rows(study).municipalities[0], uploads.current_rows(study).areas[0]
    choice = ModelChoice(id=area.id, shares={"equal": 30, "population": 70}, phase_in=[1], floors={town.id: 7})
    cost_figures.choose_model(FACILITATOR, study, area.id, choice)
    changes.set_policy(FACILITATOR, study, (Rule("stricter", None, Comparison.AT_LEAST, 9),), "Vi er strengere.")
    risk = next(each for each in uploads.current_rows(study).of(Risk) if each.sum and each.area)
    measures = [each for each in uploads.current_rows(study).of(Countermeasure) if each.risk == risk.id]
    changes.accept(FACILITATOR, study, risk, measures, "Kommunedirektøren", "Vi tar den.")
    cost_figures.confirm(FACILITATOR, study, town.id, cost_figures.statuses(FACILITATOR, study)[town.id].digest)
    made = copying.copy(FACILITATOR, study, "Så")
    (new_area,) = (each for each in uploads.current_rows(made).areas if each.code == area.code)
    (new_town,) = (each for each in uploads.current_rows(made).municipalities if each.number == town.number)
    assert stands(ModelChoice, made) == [choice.model_copy(update={"id": new_area.id, "floors": {new_town.id: 7}})]
    assert [(each.id, each.reason) for each in stands(RiskPolicy, made)] == [(made.id, "Vi er strengere.")]
    assert stands(Confirmation, study)
    assert stands(Acceptance, study)
    assert not stands(Confirmation, made)
    assert not stands(Acceptance, made)
    assert not stands(Override, made)


def test_a_round_goes_along_when_its_result_is_shown_and_then_as_it_is_shown(own: Study) -> None:
    rooms_of.furnish(own)
    room = answered(opened(own))
    assert not stands(Workshop, copying.copy(FACILITATOR, own, "Før vis"))
    assert not stands(Rater, studies.find(FACILITATOR, "for-vis"))
    to(room, Step.SHOW)
    made = copying.copy(FACILITATOR, own, "Etter vis")
    (workshop,) = stands(Workshop, made)
    assert workshop.name == room.workshop.name
    assert workshop.id != room.workshop.id
    assert {rater.name for rater in stands(Rater, made)} == set(ANSWERS)
    assert [comment.text for comment in uploads.current_rows(made).comments] == [SECRET]
    assert scores(made, workshop.id, 1) == scores(own, room.workshop.id, 1)
    to(room, Step.DISCUSS)
    rooms_of.step(room, Next(room.workshop.method, (area_ids(own)["Arkiv"],)))
    rooms_of.answer(room, rater(room, "Gruppe 1"), {"Arkiv": (1, 1)})
    in_between = copying.copy(FACILITATOR, own, "Under andre runde")
    assert {rating.round for rating in uploads.current_rows(in_between).ratings} == {1}
    to(room, Step.SHOW)
    again = copying.copy(FACILITATOR, own, "Etter andre runde")
    (workshop,) = stands(Workshop, again)
    assert set(scores(again, workshop.id, 2)) == set(AREAS)
    assert scores(again, workshop.id, 2) == scores(own, room.workshop.id, 2)


def test_nothing_of_a_workshop_of_persons_goes_along(own: Study) -> None:
    rooms_of.furnish(own)
    room = answered(opened(own, group_mode=False))
    to(room, Step.SHOW)
    persons = sheet_of_persons()
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "personer.xlsx", persons, "nb"))
    assert len(stands(Workshop, own)) == 2
    made = copying.copy(FACILITATOR, own, "Kopi")
    assert not stands(Workshop, made)
    assert not stands(Rater, made)
    assert not uploads.current_rows(made).ratings
    assert not uploads.current_rows(made).comments
    assert len(uploads.current_rows(made).areas) == len(AREAS)


@pytest.mark.parametrize("later", [timedelta(), timedelta(days=6), timedelta(days=400)])
def test_the_dates_of_the_demo_are_those_of_the_day_it_is_laid(
    later: timedelta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MULIGHETSROM_STORE", str(tmp_path / "store.duckdb"))
    shipped = next(each for each in demo.DEMOS if each.slug == "indre-namdal")
    monkeypatch.setattr(demo, "today", lambda: shipped.as_on + later)
    demo.ensure()
    plan = {each.name: each for each in stands(Milestone, studies.find(FACILITATOR, shipped.slug))}
    written = load_workbook(demo.DATA / shipped.file)["Milepæler"].iter_rows(min_row=3, max_col=6, values_only=True)
    counted = 0
    for name, _, _, _, deadline, done_on in written:
        for shown, wanted in ((plan[str(name)].deadline, deadline), (plan[str(name)].done_on, done_on)):
            if isinstance(wanted, datetime):
                assert shown == wanted.date() + timedelta(weeks=later.days // 7)
                counted += 1
            else:
                assert shown is None
    assert counted == 13
    open_store.close()
