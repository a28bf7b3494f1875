"""The plan: who may, ticks of both kinds, two who write at once, and what leaves the app."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from lib.actions import open_store
from lib.actions.bridge import plan as bridge_plan
from lib.actions.risks import changes
from lib.actions.saving import Conflicted
from lib.exhibits import days
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.plan import words
from lib.i18n import LANGUAGES, t
from lib.model.problems import AppError, NotFound
from lib.model.records import Study
from lib.model.risk_records import Countermeasure, Milestone, Phase, Progress
from lib.store import audit, batches
from tests.actions import risk_books
from tests.actions.taken_home import cells, taken
from tests.people import FACILITATOR, let_through, reader

DAY = date(2026, 11, 25)
PLAN, ON_DAY = "plan.deliveries", (("dag", DAY.isoformat()),)
PAST, SOON = DAY - timedelta(days=3), DAY + timedelta(days=8)


@pytest.fixture(autouse=True)
def late_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no day of these tests is still to come when an exhibit is asked as of it."""
    monkeypatch.setattr(days, "today", lambda: DAY + timedelta(days=30))


def milestone(name: str = "Avtale signert", **more: Any) -> Milestone:
    return Milestone(**{"id": "", "name": name, "phase": Phase.ORGANISATION} | more)


def added(study: Study, name: str = "Avtale signert", **more: Any) -> Milestone:
    bridge_plan.add(FACILITATOR, study, milestone(name, **more), DAY)
    return next(each for each in held(study) if each.name == name)


def held(study: Study) -> tuple[Milestone, ...]:
    return bridge_plan.plan(FACILITATOR, study).milestones


def countered(study: Study, name: str = "Felles utlysning", **more: Any) -> Countermeasure:
    """A countermeasure against a risk of the study's one area."""
    risk_books.furnish(study)
    risk = risk_books.added(study, "Få søkere", 4, 4)
    risk_books.covered(study, risk, risk_books.against(name, 2, **more))
    return risk_books.measures(study, risk)[0]


def test_readers_see_and_leaders_write(own: Study) -> None:
    one = added(own)
    readers = {"reader", "leader", "facilitator"}
    assert let_through(lambda who: bridge_plan.plan(who, own), own) == readers
    for ending in ("xlsx", "csv", "ics"):
        assert let_through(lambda who, ending=ending: taken(PLAN, who, own, ending), own) == readers  # type: ignore[misc]
    leaders = {"leader", "facilitator"}
    assert let_through(lambda who: bridge_plan.tick(who, own, one.id, True, DAY), own) == leaders
    assert let_through(lambda who: bridge_plan.save_milestones(who, own, held(own), held(own), DAY), own) == leaders


def test_the_demonstration_is_ticked_by_nobody(demonstration: Study) -> None:
    assert let_through(lambda who: bridge_plan.plan(who, demonstration), demonstration) >= {"visitor", "reader"}
    assert let_through(lambda who: bridge_plan.tick(who, demonstration, "x", True, DAY), demonstration) == set()


def test_a_countermeasure_is_a_milestone_as_it_stands(own: Study) -> None:
    measure = countered(own, deadline=SOON)
    (delivery,) = bridge_plan.plan(FACILITATOR, own).deliveries(DAY)
    assert (delivery.id, delivery.name, delivery.deadline) == (measure.id, "Felles utlysning", SOON)
    assert words.source("nb", bridge_plan.plan(FACILITATOR, own), delivery) == "Mottiltak mot: Få søkere"


def test_a_tick_is_stored_for_both_kinds_and_taken_back(own: Study) -> None:
    measure, one = countered(own), added(own)
    for key in (measure.id, one.id):
        bridge_plan.tick(FACILITATOR, own, key, True, DAY)
    book = bridge_plan.plan(FACILITATOR, own)
    assert [each.done for each in book.deliveries(DAY)] == [True, True]
    assert (book.milestones[0].done_on, book.countermeasures[0].progress) == (DAY, Progress.DONE)
    for key in (measure.id, one.id):
        bridge_plan.tick(FACILITATOR, own, key, False, DAY)
    book = bridge_plan.plan(FACILITATOR, own)
    assert (book.milestones[0].done_on, book.countermeasures[0].progress) == (None, Progress.STARTED)


def test_a_tick_is_noted_and_can_be_undone_and_the_second_of_two_changes_nothing(own: Study) -> None:
    one = added(own)
    bridge_plan.tick(FACILITATOR, own, one.id, True, DAY)
    made = batches.history(open_store.store(), own.id)
    bridge_plan.tick(FACILITATOR, own, one.id, True, DAY + timedelta(days=1))
    assert batches.history(open_store.store(), own.id) == made
    assert held(own)[0].done_on == DAY
    assert (made[0].file_name, made[0].counts) == ("Avtale signert", {"milestones": 1})
    assert [entry.action for entry in audit.listed(open_store.store(), own.id)][:2] == ["risk.edit", "risk.edit"]


def test_a_tick_and_a_change_at_the_same_time_both_stand(own: Study) -> None:
    seen = (added(own, deadline=SOON),)
    bridge_plan.tick(FACILITATOR, own, seen[0].id, True, DAY)
    bridge_plan.save_milestones(FACILITATOR, own, [seen[0].model_copy(update={"owner": "Rådmannen"})], seen, DAY)
    assert (held(own)[0].owner, held(own)[0].done_on) == ("Rådmannen", DAY)


def test_two_who_change_the_same_field_are_told_and_nothing_is_lost(own: Study) -> None:
    seen = (added(own, deadline=SOON),)
    one, other = (seen[0].model_copy(update={"deadline": SOON + timedelta(days=days)}) for days in (1, 2))
    bridge_plan.save_milestones(FACILITATOR, own, [one, milestone("Ny")], seen, DAY)
    with pytest.raises(Conflicted) as raised:
        bridge_plan.save_milestones(FACILITATOR, own, [other, milestone("Annen")], seen, DAY)
    (told,) = raised.value.conflicts
    assert (told.fields, told.theirs, told.ours) == (("deadline",), (one.deadline,), (other.deadline,))
    assert {each.name: each.deadline for each in held(own)} == {"Avtale signert": one.deadline, "Ny": None}


def test_what_one_adds_while_another_types_stays(own: Study) -> None:
    seen = (added(own),)
    added(own, "Kommer mens jeg skriver")
    bridge_plan.save_milestones(FACILITATOR, own, [], seen, DAY)
    assert [each.name for each in held(own)] == ["Kommer mens jeg skriver"]


def test_a_milestone_that_gets_another_name_stays_the_same_one(own: Study) -> None:
    seen = (added(own, origin="r1"),)
    bridge_plan.save_milestones(FACILITATOR, own, [seen[0].model_copy(update={"name": "Avtale vedtatt"})], seen, DAY)
    assert held(own) == (seen[0].model_copy(update={"name": "Avtale vedtatt"}),)
    assert added(own).id not in ("", seen[0].id)
    assert len(held(own)) == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "cell.required"),
        ({"name": "A" * 121}, "cell.text_too_long"),
        ({"owner": "A" * 121}, "cell.text_too_long"),
        ({"area": "finnes ikke"}, "not_found"),
        ({"name": "avtale  SIGNERT"}, "twice"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_sentence(own: Study, more: dict[str, Any], code: str) -> None:
    added(own)
    with pytest.raises(AppError) as raised:
        bridge_plan.add(FACILITATOR, own, milestone(**{"name": "Ny"} | more), DAY)
    assert raised.value.code == code
    assert len(held(own)) == 1


def test_a_deadline_in_the_past_is_taken_and_told(own: Study) -> None:
    assert [each.name for each in bridge_plan.add(FACILITATOR, own, milestone("Sen", deadline=PAST), DAY)] == ["Sen"]
    assert bridge_plan.add(FACILITATOR, own, milestone("Gjort", deadline=PAST, done_on=PAST), DAY) == []
    assert bridge_plan.save_milestones(FACILITATOR, own, held(own), held(own), DAY) == []
    assert "«Sen»" in words.late_when_typed("nb", held(own)[:1])


def test_what_is_gone_cannot_be_ticked(own: Study) -> None:
    with pytest.raises(NotFound):
        bridge_plan.tick(FACILITATOR, own, "finnes ikke", True, DAY)
    dropped = countered(own, progress=Progress.DROPPED)
    assert bridge_plan.plan(FACILITATOR, own).deliveries(DAY) == []
    with pytest.raises(NotFound):
        bridge_plan.tick(FACILITATOR, own, dropped.id, True, DAY)


def test_a_milestone_outlives_the_area_that_an_undo_takes_away(own: Study) -> None:
    area = risk_books.furnish(own)
    added(own, area=area.id)
    batch = next(each for each in batches.history(open_store.store(), own.id) if not each.file_name)
    batches.flip(open_store.store(), batch.id, False, "leder", batch.created_at)
    assert [(each.name, each.area) for each in held(own)] == [("Avtale signert", None)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_names_what_is_late_and_what_comes_next(own: Study, language: str) -> None:
    plan = bridge_plan.plan(FACILITATOR, own).deliveries(DAY)
    assert words.headline(language, plan, DAY) == t(language, "plan.empty_title")
    added(own, "Sen", deadline=PAST)
    added(own, deadline=SOON, owner="Prosjektleder")
    plan = bridge_plan.plan(FACILITATOR, own).deliveries(DAY)
    if language == "nb":
        assert words.headline(language, plan, DAY) == "1 av 2 leveranser er forsinket."
        assert words.next_up(language, plan, DAY) == (
            "Neste leveranse: Avtale signert, 3. desember 2026 (om 8 dager). Ansvarlig: Prosjektleder."
        )
    assert "Sen" in words.alt(language, plan, DAY)
    plan = bridge_plan.plan(FACILITATOR, own).deliveries(DAY)
    for each in plan:
        bridge_plan.tick(FACILITATOR, own, each.id, True, DAY)
    plan = bridge_plan.plan(FACILITATOR, own).deliveries(DAY)
    assert words.headline(language, plan, DAY) == t(language, "plan.all_done", all=2)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "i dag"),
        (1, "i morgen"),
        (90, "om 90 dager"),
        (91, "om 3 måneder"),
        (700, "om 23 måneder"),
        (730, "om 2 år"),
        (1163, "om 3 år"),
        (-1, "én dag forsinket"),
        (-55, "55 dager forsinket"),
        (-400, "13 måneder forsinket"),
        (-800, "2 år forsinket"),
    ],
)
def test_how_far_away_a_day_is(days: int, said: str) -> None:
    assert words.away("nb", DAY + timedelta(days=days), DAY) == said


def test_the_workbook_has_the_whole_plan_with_dates_as_dates_and_the_mark(own: Study) -> None:
    countered(own, deadline=SOON, constructed=True)
    added(own, "=1+1", deadline=PAST)
    lines = cells(taken(PLAN, FACILITATOR, own, address=ON_DAY))
    assert any("konstruerte eksempeltall" in str(line[0]).casefold() for line in lines[:3])
    top = next(place for place, line in enumerate(lines) if line[0] == "Leveranse")
    rows: list[dict[Any, Any]] = [dict(zip(lines[top], line, strict=True)) for line in lines[top + 1 :]]
    assert [(row["Leveranse"], row["Type"], row["Konstruert"]) for row in rows] == [
        ("=1+1", "Milepæl", None),
        ("Felles utlysning", "Mottiltak", "ja"),
    ]
    assert [row["Frist"].date() for row in rows] == [PAST, SOON]
    told = taken(PLAN, FACILITATOR, own, "csv", address=ON_DAY).decode("utf-8-sig")
    assert "'=1+1" in told
    assert "onstruerte eksempeltall" in told


def test_a_plan_of_true_rows_carries_no_mark(own: Study) -> None:
    added(own, deadline=SOON)
    told = taken(PLAN, FACILITATOR, own, "csv").decode()
    assert "onstruert" not in told


def test_the_same_plan_is_another_answer_the_day_after(own: Study) -> None:
    added(own, deadline=SOON)
    before, after = (
        EXHIBITS[PLAN].build(FACILITATOR, own, (("dag", day.isoformat()),), "nb")
        for day in (SOON, SOON + timedelta(days=1))
    )
    assert before.finding == "Ingenting er forsinket. Planen har 1 leveranse."
    assert after.finding == "1 av 1 leveranser er forsinket."
    assert list(EXHIBITS[PLAN].instances(own)) == [()]


def test_an_empty_plan_has_nothing_to_show(own: Study) -> None:
    assert list(EXHIBITS[PLAN].instances(own)) == []
    assert EXHIBITS[PLAN].build(FACILITATOR, own, (), "nb").picture is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_has_what_is_left_to_do(own: Study, language: str) -> None:
    added(own, "Gjort", deadline=SOON, done_on=PAST)
    added(own, "Uten frist")
    one = added(own, "Avtale, signert; av alle", deadline=SOON, owner="Rådmann")
    measure = countered(own, deadline=PAST)
    content = taken(PLAN, reader(own), own, "ics", language)
    events = Calendar.from_ical(content.decode()).walk("VEVENT")
    assert {str(event["summary"]): event.decoded("dtstart") for event in events} == {
        "Avtale, signert; av alle": SOON,
        "Felles utlysning": PAST,
    }
    assert {str(event["uid"]) for event in events} == {f"{key}@mulighetsrom" for key in (one.id, measure.id)}
    assert all(own.name in str(event["description"]) for event in events)


def test_a_risk_that_goes_takes_its_countermeasures_out_of_the_plan(own: Study) -> None:
    countered(own)
    book = bridge_plan.plan(FACILITATOR, own)
    changes.remove(FACILITATOR, own, book.risks[0])
    assert bridge_plan.plan(FACILITATOR, own).deliveries(DAY) == []
