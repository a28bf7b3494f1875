"""A round of risks: the highest numbers stand, what is behind them is seen, and they go into the register once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.actions import results
from lib.actions.bridge import risk_rounds
from lib.actions.bridge.risk_rounds import Judged, Outcome
from lib.actions.live.rooms import Room
from lib.actions.suppression import Selection
from lib.actions.uploads import uploads
from lib.model.live import Step
from lib.model.problems import AppError, Denied
from lib.model.records import BatchKind, Study
from tests.actions import rooms_of
from tests.actions.live_kinds import RISKS, closed, of_kind, rated, register, risks
from tests.actions.rooms_of import joined, refused, to
from tests.people import FACILITATOR, let_through

LITTLE, SYSTEMS, DECISIONS = RISKS
GIVEN = {
    "Gruppe 1": {LITTLE: (2, 3), SYSTEMS: (2, 2), DECISIONS: (1, 5)},
    "Gruppe 2": {LITTLE: (2, 4), SYSTEMS: (2, 2), DECISIONS: (1, 2)},
    "Gruppe 3": {LITTLE: (3, 4), SYSTEMS: (2, None), DECISIONS: (1, 2)},
}


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


def answered(study: Study, *, people: int = 3, **changes: object) -> Room:
    room = of_kind(study, "risk", **changes)
    raters = [joined(room, name)[0] for name in list(GIVEN)[:people]]
    room = to(room, Step.RATE)
    for rater, given in zip(raters, GIVEN.values(), strict=False):
        rated(room, rater, given)  # type: ignore[arg-type]
    return room


def outcome(room: Room) -> Outcome:
    found = risk_rounds.outcome(FACILITATOR, results.ranking(FACILITATOR, room.study, Selection(room.workshop.id)))
    assert found is not None
    return found


def of(found: Outcome) -> dict[str, Judged]:
    return {each.name: each for each in found.risks}


def test_the_highest_s_and_the_highest_k_stand_with_what_is_behind_them(study: Study) -> None:
    found = outcome(to(answered(study), Step.SHOW))
    assert [(each.name, each.product) for each in found.risks] == [(LITTLE, 12), (DECISIONS, 5), (SYSTEMS, 4)]
    little, decisions, systems = (of(found)[name] for name in (LITTLE, DECISIONS, SYSTEMS))
    assert (little.rules, decisions.rules, systems.rules) == (("critical_risk",), ("critical_consequence",), ())
    assert little.probability is not None
    assert (little.probability.low, little.probability.high, little.probability.alone) == (2, 3, True)
    assert little.probability.givers == ("Gruppe 3",)
    assert little.consequence is not None
    assert (little.consequence.alone, little.consequence.givers) == (False, ("Gruppe 2", "Gruppe 3"))
    assert decisions.consequence is not None
    assert (decisions.consequence.alone, decisions.consequence.givers) == (True, ("Gruppe 1",))
    assert decisions.dissent
    assert found.forcing == (3, 2, 0)
    assert found.forcing.only_because_many


def test_of_single_persons_it_is_seen_that_somebody_saw_it_and_never_who(study: Study) -> None:
    room = to(answered(study, group_mode=False), Step.SHOW)
    found = of(outcome(room))
    for each in found.values():
        assert all(side.givers == () for side in each.sides if side)
    decisions = found[DECISIONS].consequence
    assert decisions is not None
    assert decisions.alone
    risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1)
    assert {risk.highest_by for risk in risks(study).values()} == {None}


def test_nothing_of_fewer_than_three_persons_is_seen_or_entered(study: Study) -> None:
    room = to(answered(study, people=2, group_mode=False), Step.SHOW)
    with refused("too_few_raters", Denied):
        outcome(room)
    with refused("too_few_raters", Denied):
        risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1)
    assert {risk.probability for risk in risks(study).values()} == {None}


@pytest.mark.parametrize("step", [Step.RATE, Step.FREEZE])
def test_a_hidden_round_is_not_entered(study: Study, step: Step) -> None:
    room = to(answered(study), step)
    with refused("not_shown_yet", Denied):
        risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1)


def test_the_numbers_go_into_the_register_in_a_batch_that_can_be_undone(study: Study) -> None:
    room = to(answered(study), Step.SHOW)
    entered = risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1)
    assert (entered.changed, entered.closed) == (3, ())
    little = risks(study)[LITTLE]
    assert (little.probability, little.consequence) == (3, 4)
    assert little.highest_by == "S: Gruppe 3. K: Gruppe 2, Gruppe 3"
    batch = uploads.history(FACILITATOR, study)[0]
    assert (batch.kind, batch.counts, batch.file_name) == (BatchKind.FORM, {"risks": 3}, room.workshop.name)
    assert risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1).changed == 0
    assert uploads.history(FACILITATOR, study)[0].id == batch.id
    uploads.flip(FACILITATOR, study, batch.id, False)
    assert risks(study)[LITTLE].probability is None


def test_a_closed_risk_is_left_as_it_is_and_named(study: Study) -> None:
    room = to(answered(study), Step.SHOW)
    closed(study, DECISIONS)
    entered = risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1)
    assert (entered.changed, entered.closed) == (2, (DECISIONS,))
    assert risks(study)[DECISIONS].consequence is None


def test_what_nobody_gave_a_number_keeps_the_one_that_it_had(study: Study) -> None:
    register(study, LITTLE, probability=4, consequence=4, owner="Rådmannen")
    room = of_kind(study, "risk")
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    rated(room, rater, {LITTLE: (2, None)})
    to(room, Step.SHOW)
    risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1)
    found = risks(study)[LITTLE]
    assert (found.probability, found.consequence, found.owner) == (2, 4, "Rådmannen")


def test_two_who_enter_at_once_make_one_batch(study: Study) -> None:
    room = to(answered(study), Step.SHOW)
    with ThreadPoolExecutor(4) as people:
        found = list(people.map(lambda _: risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1), range(4)))
    assert sorted(each.changed for each in found) == [0, 0, 0, 3]


def test_areas_that_were_rated_by_the_method_are_no_risks_of_the_register(study: Study) -> None:
    room = rooms_of.opened(study, method="risk")
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    rated(room, rater, dict.fromkeys(rooms_of.AREAS, (3, 4)))
    to(room, Step.SHOW)
    with refused("no_risks_rated", AppError):
        risk_rounds.enter(FACILITATOR, study, room.workshop.id, 1)


def test_facilitators_enter_and_readers_see(study: Study) -> None:
    room = to(answered(study), Step.SHOW)
    through = let_through(lambda actor: risk_rounds.enter(actor, study, room.workshop.id, 1), study)
    assert through == {"facilitator"}
    ranking = results.ranking(FACILITATOR, study, Selection(room.workshop.id))
    assert let_through(lambda actor: risk_rounds.outcome(actor, ranking), study) == {"reader", "leader", "facilitator"}


def test_other_methods_have_no_outcome_of_risks(study: Study) -> None:
    room = of_kind(study, "self_evaluation")
    rater, _ = joined(room, "Gruppe 1")
    room = to(room, Step.RATE)
    rated(room, rater, {subject.name: (4,) for subject in room.subjects})
    to(room, Step.SHOW)
    ranking = results.ranking(FACILITATOR, study, Selection(room.workshop.id))
    assert risk_rounds.outcome(FACILITATOR, ranking) is None
