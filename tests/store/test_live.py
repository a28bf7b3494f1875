"""The logs of a live workshop, in both engines: stages, browsers, contributions, codes, progress and plans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from lib.model.live import Contribution, Idea, Plan, Stage, Step
from lib.model.records import Rater, Rating, Record, Rows, new_id
from lib.store import batches, live, ratings, rows
from lib.store.engine import Store
from lib.store.imports import commit_import
from tests.store.examples import NOW, a_batch, a_workshop, some_rows

WORKSHOP = a_workshop("s")
PLAN = Plan(
    id=WORKSHOP.id,
    code="CDFHJK",
    items=["b", "a"],
    asks_role=False,
    comments=False,
    prompts=["Hva «nå»?", 'Og "så"?'],
    minutes={Step.RATE: 20},
)
IDEA = Idea(id="idea", workshop=WORKSHOP.id, prompt=1, text="Felles «arkiv»", members=["t1", "t2"], area="a")


def a_stage(step: Step = Step.RATE, number: int = 1, items: tuple[str, ...] = ("b", "a"), **more: object) -> Stage:
    ends = NOW + timedelta(minutes=20)
    fields = {"workshop": WORKSHOP.id, "method": "prioritisation", "ends_at": ends, "actor": "f", "moved_at": NOW}
    return Stage(step=step, round=number, items=items, **fields | more)  # type: ignore[arg-type]


def a_contribution(tap: str, rater: str = "r1", workshop: str = WORKSHOP.id) -> Contribution:
    return Contribution(tap, workshop, 0, rater, f"Tekst <b>{tap}</b>", NOW)


@pytest.fixture
def batch(store: Store) -> str:
    """A study with a workshop, an area list and a plan."""
    batch = a_batch("s")
    commit_import(store, batch, Rows(workshops=(WORKSHOP,)))
    rows.append(store, batch.id, "s", [PLAN])
    return batch.id


def test_a_stage_comes_back_as_it_was_written(store: Store) -> None:
    for stage in (a_stage(), a_stage(Step.COLLECT, 0, (), ends_at=None)):
        live.move(store, stage)
        (*_, back) = live.stages(store, WORKSHOP.id)
        assert back == a_stage(stage.step, stage.round, stage.items, ends_at=stage.ends_at, seq=back.seq)
        assert back.moved_at.utcoffset() is not None


def test_the_last_stage_counts_and_every_round_has_its_own(store: Store, batch: str) -> None:
    for step, number in ((Step.COLLECT, 0), (Step.RATE, 1), (Step.SHOW, 1), (Step.RATE, 2), (Step.DISCUSS, 1)):
        live.move(store, a_stage(step, number))
    live.move(store, a_stage(Step.END, 3, workshop="another"))
    assert [stage.seq for stage in live.stages(store, WORKSHOP.id)] == sorted(
        stage.seq for stage in live.stages(store, WORKSHOP.id)
    )
    found = {number: stage.step for number, stage in live.last_of_rounds(store, WORKSHOP.id).items()}
    assert found == {0: Step.COLLECT, 1: Step.DISCUSS, 2: Step.RATE}
    assert {key: stage.step for key, stage in live.current_stages(store, "s").items()} == {WORKSHOP.id: Step.DISCUSS}
    assert live.current_stages(store, "t") == {}
    assert live.stages(store, "nowhere") == []


@pytest.mark.parametrize("step", Step)
def test_a_result_may_be_seen_from_shown_on(step: Step) -> None:
    assert a_stage(step).is_open is (step in (Step.SHOW, Step.DISCUSS, Step.END))


def test_a_browser_speaks_for_the_rater_it_joined_as_last(store: Store) -> None:
    live.sit_down(store, ["k1", "k2"], "w", "r1")
    live.sit_down(store, ["k1"], "w", "r2")
    live.sit_down(store, ["k1"], "v", "r3")
    live.sit_down(store, [], "w", "nobody")
    assert live.devices(store, "w") == {"k1": "r2", "k2": "r1"}
    assert live.devices(store, "v") == {"k1": "r3"}
    assert live.seats(store, "k2") == {"w": "r1"}
    assert live.seats(store, "k3") == {}


def test_the_workshop_that_a_browser_joined_last_stands_at_the_end(store: Store) -> None:
    for workshop, rater in (("w", "r1"), ("v", "r2"), ("w", "r3")):
        live.sit_down(store, ["k"], workshop, rater)
    assert list(live.seats(store, "k").items()) == [("v", "r2"), ("w", "r3")]


def test_contributions_are_kept_in_order_and_the_same_tap_once(store: Store) -> None:
    written = [a_contribution("t1"), a_contribution("t2", "r2"), a_contribution("t3")]
    assert all(live.contribute(store, each) for each in written)
    assert not live.contribute(store, a_contribution("t1", "r2"))
    live.contribute(store, a_contribution("t4", workshop="another"))
    assert live.contributions(store, WORKSHOP.id) == written
    assert live.contributions_of(store, WORKSHOP.id, "r1") == [written[0], written[2]]
    assert live.contributions_of(store, "another", "r2") == []


def test_a_workshop_knows_its_study(store: Store, batch: str) -> None:
    assert live.study_of(store, WORKSHOP.id) == "s"
    assert live.study_of(store, "nowhere") is None


def test_a_code_opens_the_plan_that_has_it_now(store: Store, batch: str) -> None:
    assert live.plan_of_code(store, PLAN.code) == ("s", WORKSHOP.id)
    rows.append(store, batch, "s", [PLAN.model_copy(update={"items": ["a"]})])
    assert live.plan_of_code(store, PLAN.code) == ("s", WORKSHOP.id)
    assert live.plan_of_code(store, "XXXXXX") is None


def test_a_code_that_was_changed_opens_nothing_any_more(store: Store, batch: str) -> None:
    rows.append(store, batch, "s", [PLAN.model_copy(update={"code": "WWWWWW"})])
    assert live.plan_of_code(store, PLAN.code) is None
    assert live.plan_of_code(store, "WWWWWW") == ("s", WORKSHOP.id)


def test_a_code_of_a_plan_that_is_gone_opens_nothing(store: Store, batch: str) -> None:
    batches.flip(store, batch, False, "leder", NOW)
    assert live.plan_of_code(store, PLAN.code) is None
    batches.flip(store, batch, True, "leder", NOW)
    assert live.plan_of_code(store, PLAN.code) is not None
    rows.append(store, batch, "s", [PLAN], removed=True)
    assert live.plan_of_code(store, PLAN.code) is None


def test_an_undone_change_of_the_code_brings_the_old_one_back(store: Store, batch: str) -> None:
    later = a_batch("s")
    commit_import(store, later, Rows())
    rows.append(store, later.id, "s", [PLAN.model_copy(update={"code": "WWWWWW"})])
    batches.flip(store, later.id, False, "leder", NOW)
    assert live.plan_of_code(store, PLAN.code) == ("s", WORKSHOP.id)
    assert live.plan_of_code(store, "WWWWWW") is None


@pytest.mark.parametrize(
    "record", [PLAN, PLAN.model_copy(update={"items": [], "prompts": [], "minutes": {}}), IDEA,
               IDEA.model_copy(update={"area": None, "members": []})]
)  # fmt: skip
def test_plans_and_ideas_come_back_as_they_were_written(store: Store, record: Record) -> None:
    commit_import(store, a_batch("s"), Rows())
    rows.append(store, "b", "s", [record])
    assert rows.current(store, type(record), "s") == [record]
    assert rows.find(store, type(record), "s", record.id) == record


def test_progress_counts_questions_and_not_taps(store: Store) -> None:
    answers = [
        ("r1", "a", "p", 3),
        ("r1", "a", "p", 4),
        ("r1", "a", "f", None),
        ("r1", "b", "p", 2),
        ("r2", "b", "p", 1),
    ]
    moments = [NOW + timedelta(seconds=place) for place in range(len(answers))]
    for answer, moment in zip(answers, moments, strict=True):
        ratings.rate(store, Rating("w", 1, *answer, tap=new_id()), moment)
    found = live.progress(store, "w", 1, ["a", "b"], ["p", "f"])
    assert {rater: each.answered for rater, each in found.items()} == {"r1": 3, "r2": 1}
    assert {rater: each.last_at for rater, each in found.items()} == {"r1": moments[3], "r2": moments[4]}
    assert {rater: each.answered for rater, each in live.progress(store, "w", 1, ["a"], ["p", "f"]).items()} == {
        "r1": 2
    }
    assert live.progress(store, "w", 1, [], ["p"]) == live.progress(store, "w", 2, ["a"], ["p"]) == {}


def test_progress_leaves_out_questions_of_another_method(store: Store) -> None:
    for criterion in ("p", "points"):
        ratings.rate(store, Rating("w", 1, "r1", "a", criterion, 1, tap=new_id()))
    assert live.progress(store, "w", 1, ["a"], ["p"])["r1"].answered == 1


def test_progress_leaves_out_what_came_by_workbook(store: Store) -> None:
    ratings.append(store, "batch", [Rating("w", 1, "r1", "a", "p", 3)])
    assert live.progress(store, "w", 1, ["a"], ["p", "f"]) == {}


Change = Callable[[Store, str], object]
MOVES: dict[str, Change] = {
    "an upload": lambda s, _: commit_import(s, a_batch("s"), some_rows("s")),
    "an undo": lambda s, batch: batches.flip(s, batch, False, "leder", NOW),
    "the workshop": lambda s, batch: rows.append(s, batch, "s", [WORKSHOP]),
    "the plan": lambda s, batch: rows.append(s, batch, "s", [PLAN]),
    "a rater": lambda s, batch: rows.append(s, batch, "s", [Rater(id="r", workshop=WORKSHOP.id, name="R")]),
    "a rater that goes": lambda s, batch: rows.append(
        s, batch, "s", [Rater(id="r", workshop=WORKSHOP.id, name="R")], removed=True
    ),
    "an idea": lambda s, batch: rows.append(s, batch, "s", [IDEA]),
    "a stage": lambda s, _: live.move(s, a_stage()),
    "a browser": lambda s, _: live.sit_down(s, ["k"], WORKSHOP.id, "r"),
}
STAYS: dict[str, Change] = {
    "a tap": lambda s, _: ratings.rate(s, Rating(WORKSHOP.id, 1, "r", "a", "p", 1, tap=new_id())),
    "a contribution": lambda s, _: live.contribute(s, a_contribution(new_id())),
    "another workshop's stage": lambda s, _: live.move(s, a_stage(workshop="another")),
    "another workshop's browser": lambda s, _: live.sit_down(s, ["k"], "another", "r"),
    "another study": lambda s, _: commit_import(s, a_batch("t"), some_rows("t")),
}


@pytest.mark.parametrize("change", MOVES.values(), ids=MOVES)
def test_what_the_room_knows_has_moved_after(store: Store, batch: str, change: Change) -> None:
    before = live.room_version(store, "s", WORKSHOP.id)
    change(store, batch)
    rows_written, seq = live.room_version(store, "s", WORKSHOP.id)
    assert rows_written > before[0]
    assert seq > before[1]


@pytest.mark.parametrize("change", STAYS.values(), ids=STAYS)
def test_the_room_is_not_read_anew_for(store: Store, batch: str, change: Change) -> None:
    before = live.room_version(store, "s", WORKSHOP.id)
    change(store, batch)
    assert live.room_version(store, "s", WORKSHOP.id) == before


def test_a_room_of_nothing_has_a_standing(store: Store) -> None:
    assert live.room_version(store, "", "nowhere") == (0, 0)
