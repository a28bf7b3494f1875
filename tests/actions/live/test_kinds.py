"""Workshops on risks, factors and SWOT go the same way as those on areas, and what they make is made once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.actions import open_store, results
from lib.actions.bridge import promoting
from lib.actions.live import taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.suppression import Selection
from lib.actions.uploads import uploads
from lib.domain.methods import METHODS
from lib.i18n import t
from lib.model.access import Actor
from lib.model.factors import FACTORS
from lib.model.live import Step
from lib.model.methods import Items
from lib.model.problems import Denied, NotFound
from lib.model.records import Study
from lib.model.risk_records import RiskPolicy, RiskStatus
from lib.store import ratings, rows
from tests.actions import rooms_of
from tests.actions.answered import cells, workbook
from tests.actions.live_kinds import (
    KINDS,
    RISKS,
    grouped,
    of_kind,
    rated,
    register,
    removed,
    risk_workshop,
    risks,
    wrote,
)
from tests.actions.rooms_of import back, joined, now, refused, step, tap, to
from tests.examples import examples
from tests.people import FACILITATOR, let_through


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


# --- one way for all kinds


@pytest.mark.parametrize("method", KINDS)
def test_nothing_is_seen_before_it_is_shown_and_everything_after(study: Study, method: str) -> None:
    room = of_kind(study, method)
    people = [joined(room, f"Gruppe {number}")[0] for number in (1, 2, 3)]
    room = to(room, Step.RATE)
    names = [subject.name for subject in room.subjects]
    assert len(names) == len(set(names)) == {"self_evaluation": 5}.get(method, 3)
    for place, rater in enumerate(people, 1):
        rated(room, rater, {name: (place,) * len(room.method.criteria) for name in names})
    for wanted in (Step.RATE, Step.FREEZE):
        room = to(room, wanted)
        with refused("not_shown_yet", Denied):
            taking_part.outcome(room)
        with refused("not_shown_yet", Denied):
            results.ranking(FACILITATOR, study, Selection(room.workshop.id))
        assert results.workshops(FACILITATOR, study) == []
    lines = taking_part.outcome(to(room, Step.SHOW))
    assert {line.name for line in lines} == set(names)
    score = {"prioritisation": (1 + 4 + 9) / 3, "risk": 9, "self_evaluation": 1}[method]
    assert [line.score for line in lines] == [pytest.approx(score)] * len(names)
    with refused("not_shown_yet", Denied):
        taking_part.outcome(back(room))


@pytest.mark.parametrize("method", ["risk", "self_evaluation"])
def test_a_round_on_other_things_than_areas_leaves_as_results_and_never_as_a_sheet_of_ratings(
    study: Study, method: str
) -> None:
    room = of_kind(study, method)
    people = [joined(room, f"Gruppe {number}")[0] for number in (1, 2, 3)]
    room = to(room, Step.RATE)
    names = [subject.name for subject in room.subjects]
    for rater in people:
        rated(room, rater, {name: (4,) * len(room.method.criteria) for name in names})
    to(room, Step.END)
    written = workbook(room, "ranking.order")
    assert set(names) <= set(written)
    assert t("nb", f"item_names.{METHODS[method].items}") in written
    content = uploads.current_workbook(FACILITATOR, study, "nb")
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb")
    assert not preview.errors
    assert preview.changes is not None
    assert not preview.changes


def test_a_risk_workshop_on_areas_is_led_as_it_was(study: Study) -> None:
    room = rooms_of.opened(study, method="risk")
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    rated(room, rater, dict.fromkeys(rooms_of.AREAS, (3, 4)))
    assert [line.score for line in taking_part.outcome(to(room, Step.SHOW))] == [12.0] * 3
    content = uploads.current_workbook(FACILITATOR, study, "nb")
    assert set(rooms_of.AREAS) <= set(cells(content))
    assert room.workshop.name in cells(content)


ANSWERS = st.lists(st.tuples(st.sampled_from([0, 1]), st.integers(0, 4), st.integers(0, 1), st.integers(1, 5)))


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["risk", "self_evaluation"]), ANSWERS)
def test_no_acknowledged_answer_is_lost(study: Study, method: str, answers: list[tuple[int, int, int, int]]) -> None:
    room = of_kind(study, method)
    people = [joined(room, name)[0] for name in ("Gruppe 1", "Gruppe 2")]
    room, kept = to(room, Step.RATE), {}
    for who, item, criterion, value in answers:
        place = room.subjects[item % len(room.subjects)].id
        key = room.method.criterion_keys[criterion % len(room.method.criteria)]
        assert tap(room, people[who], place, key, value)
        kept[people[who].id, place, key] = value
    frame = ratings.current(open_store.store(), room.workshop.id, 1)
    stored = {tuple(row[:3]): row[3] for row in frame[["rater", "item", "criterion", "value"]].itertuples(index=False)}
    assert stored == kept


# --- what is offered


def test_each_method_is_offered_what_it_is_made_for(study: Study) -> None:
    open_, shut = register(study, "Åpen"), register(study, "Lukket", status=RiskStatus.CLOSED)
    assert list(workshops.offered(FACILITATOR, study, "risk")) == [open_[0].id]
    assert shut[0].id not in workshops.offered(FACILITATOR, study, "risk")
    assert {each.kind for each in workshops.offered(FACILITATOR, study, "dots").values()} == {Items.AREAS}
    names = [each.name for each in workshops.offered(FACILITATOR, study, "self_evaluation").values()]
    assert names == [t("nb", f"factors.{factor}") for factor in FACTORS]


def test_a_risk_that_is_taken_from_the_register_is_asked_about_no_more_and_breaks_no_result(study: Study) -> None:
    room = of_kind(study, "risk")
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    rated(room, rater, dict.fromkeys(RISKS, (2, 3)))
    removed(study, RISKS[0])
    assert {subject.name for subject in now(room).subjects} == set(RISKS[1:])
    assert {line.name for line in taking_part.outcome(to(room, Step.SHOW))} == set(RISKS[1:])


@pytest.mark.parametrize(
    ("highest", "low", "good"), [(4, 2, 4), (5, 2, 5), (6, 3, 5), (10, 5, 8), (None, 3, 5), (7, 3, 5)]
)
def test_limits_go_with_the_agreed_scale(study: Study, highest: int | None, low: int, good: int) -> None:
    room = of_kind(study, "self_evaluation", highest=highest)
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    top = highest if highest in METHODS["self_evaluation"].scales else 6
    assert room.method.criteria[0].high == top
    grades = [low, low + 1, good, good - 1, top]
    rated(room, rater, {subject.name: (grade,) for subject, grade in zip(room.subjects, grades, strict=True)})
    with refused("off_scale", Denied):
        tap(room, rater, room.subjects[0].id, "grade", top + 1)
    to(room, Step.SHOW)
    summary = results.ranking(FACILITATOR, study, Selection(room.workshop.id)).summary
    fired = {int(score): keys for score, keys in zip(summary["score"], summary["rules"], strict=True)}
    assert fired[low] == ["proposed_risk"]
    assert fired[good] == fired[top] == ["benefit_driver"]
    assert all(not fired[grade] for grade in (low + 1, good - 1) if low < grade < good)


def test_the_studys_own_rules_decide_which_risks_are_forced(study: Study) -> None:
    policy = RiskPolicy(
        id=study.id, rules=[{"key": "critical_risk", "criterion": None, "comparison": ">=", "limit": 16}], reason="x",
        steps={},
    )  # fmt: skip
    rows.append(open_store.store(), "b", study.id, [policy])
    room = of_kind(study, "risk")
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    rated(room, rater, {RISKS[0]: (4, 4), RISKS[1]: (3, 4), RISKS[2]: (1, 5)})
    to(room, Step.SHOW)
    summary = results.ranking(FACILITATOR, study, Selection(room.workshop.id)).summary
    assert list(summary["rules"]) == [["critical_risk"], [], []]


# --- risks


def test_what_was_written_becomes_risks_that_are_rated_in_the_same_workshop(study: Study) -> None:
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "Ingen søker jobben", "Kulturene er ulike")
    wrote(room, "Gruppe 2", "ingen søker jobben")
    ideas = grouped(room)
    kept = promoting.keep(FACILITATOR, study, room.workshop.id, ideas["Ingen søker jobben"])
    assert promoting.keep(FACILITATOR, study, room.workshop.id, ideas["Ingen søker jobben"]) == kept
    made = risks(study)["Ingen søker jobben"]
    assert (made.status, made.source, made.origin) == (
        RiskStatus.OPEN, room.workshop.name, ideas["Ingen søker jobben"]
    )  # fmt: skip
    assert promoting.keep_all(FACILITATOR, study, room.workshop.id) == 2
    assert set(risks(study)) == {"Ingen søker jobben", "Kulturene er ulike"}
    assert all(map(now(room).has_kept, now(room).ideas))
    room = step(room)
    assert (room.stage.step, {subject.name for subject in room.subjects}) == (Step.RATE, set(risks(study)))


def test_a_risk_that_the_register_has_is_not_made_twice(study: Study) -> None:
    (known,) = register(study, "Ingen søker jobben", owner="Rådmannen")
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "Ingen søker jobben")
    grouped(room)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    assert risks(study) == {"Ingen søker jobben": known}
    assert now(room).plan.items == [known.id]


def test_risks_from_a_workshop_can_be_undone_and_made_again(study: Study) -> None:
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "Ingen søker jobben")
    (idea,) = grouped(room).values()
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    batch = uploads.history(FACILITATOR, study)[0]
    assert batch.counts == {"risks": 1}
    uploads.flip(FACILITATOR, study, batch.id, False)
    assert risks(study) == {}
    assert not now(room).has_kept(now(room).ideas[0])
    promoting.keep(FACILITATOR, study, room.workshop.id, idea)
    assert set(risks(study)) == {"Ingen søker jobben"}


def test_ideas_that_are_no_risks_yet_are_given_points_rather_than_the_end(study: Study) -> None:
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "Ingen søker jobben")
    grouped(room)
    assert step(room).stage.step is Step.POINTS


def test_two_who_enter_all_risks_at_once_enter_each_once(study: Study) -> None:
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "Ett", "To")
    grouped(room)
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda _: promoting.keep_all(FACILITATOR, study, room.workshop.id), range(4)))
    assert set(risks(study)) == {"Ett", "To"}
    assert len([batch for batch in uploads.history(FACILITATOR, study) if "risks" in batch.counts]) == 1


def test_where_nothing_was_written_there_is_nothing_to_keep(study: Study) -> None:
    room = risk_workshop(study)
    with refused("no_ideas"):
        promoting.keep_all(FACILITATOR, study, room.workshop.id)
    with refused("not_found", NotFound):
        promoting.keep(FACILITATOR, study, room.workshop.id, "nowhere")


Act = Callable[[Actor, Room], object]
KEEPING: dict[str, Act] = {
    "keep": lambda actor, room: promoting.keep(actor, room.study, room.workshop.id, room.ideas[0].id),
    "keep all": lambda actor, room: promoting.keep_all(actor, room.study, room.workshop.id),
    "offered": lambda actor, room: workshops.offered(actor, room.study, "risk"),
}


@pytest.mark.parametrize("act", KEEPING.values(), ids=KEEPING)
def test_facilitators_keep_ideas(study: Study, act: Act) -> None:
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "Ett")
    grouped(room)
    assert let_through(lambda actor: act(actor, now(room)), study) == {"facilitator"}


def test_a_risk_of_more_than_a_line_is_shortened_first(study: Study) -> None:
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "x" * 201)
    (idea,) = grouped(room).values()
    with refused("risk_text"):
        promoting.keep(FACILITATOR, study, room.workshop.id, idea)
    assert risks(study) == {}


def test_risks_from_a_workshop_come_back_in_a_workbook_as_themselves(study: Study) -> None:
    room = risk_workshop(study)
    wrote(room, "Gruppe 1", "Ingen søker jobben", "x" * 200)
    grouped(room)
    promoting.keep_all(FACILITATOR, study, room.workshop.id)
    content = uploads.current_workbook(FACILITATOR, study, "nb")
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb")
    assert not preview.errors
    assert preview.changes is not None
    assert not preview.changes


def test_only_workshops_on_areas_are_rankings_of_areas(study: Study) -> None:
    for room in (rooms_of.opened(study), rooms_of.opened(study, method="risk"), of_kind(study, "risk")):
        rater, _ = joined(room, "Gruppe 1")
        room = to(room, Step.RATE)
        rated(room, rater, {subject.name: (2,) * len(room.method.criteria) for subject in room.subjects})
        to(room, Step.SHOW)
    ranked = results.on_areas(FACILITATOR, study)
    assert [workshop.method for workshop in ranked] == ["prioritisation", "risk"]
    assert len(results.workshops(FACILITATOR, study)) == 3
