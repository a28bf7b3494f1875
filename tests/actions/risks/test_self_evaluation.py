"""The self-evaluation: the worst grade stands, and what is proposed from it is proposed once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.actions import open_store, results
from lib.actions.bridge import self_evaluation
from lib.actions.bridge.self_evaluation import DRIVER, RISK, Graded
from lib.actions.live.rooms import Room
from lib.actions.suppression import Selection
from lib.actions.uploads import uploads
from lib.i18n import t
from lib.model.access import Actor
from lib.model.factors import FACTORS
from lib.model.live import Step
from lib.model.problems import AppError, Denied, NotFound
from lib.model.records import Study
from lib.model.swot_records import Force, Side
from lib.store import rows
from tests.actions import rooms_of
from tests.actions.live_kinds import of_kind, rated, risks
from tests.actions.rooms_of import area_ids, joined, refused, to
from tests.people import FACILITATOR, leader, let_through

# Behov, løsning, prosjektleder, team, forankring.
GRADES = {"Gruppe 1": (4, 5, 6, 5, 2), "Gruppe 2": (3, 5, 6, 4, 5), "Gruppe 3": (5, 6, 5, None, 4)}


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def room(study: Study) -> Room:
    return graded(study)


def graded(study: Study, people: int = 3, **changes: object) -> Room:
    """Rated by three, and still hidden."""
    room = of_kind(study, "self_evaluation", **changes)
    raters = [joined(room, name)[0] for name in list(GRADES)[:people]]
    room = to(room, Step.RATE)
    names = [subject.name for subject in room.subjects]
    for rater, grades in zip(raters, GRADES.values(), strict=False):
        rated(room, rater, {name: (grade,) for name, grade in zip(names, grades, strict=True)})
    return room


def outcome(room: Room) -> dict[str, Graded]:
    ranking = results.ranking(FACILITATOR, room.study, Selection(room.workshop.id))
    return {each.factor: each for each in self_evaluation.outcome(FACILITATOR, ranking)}


def forces(study: Study) -> list[Force]:
    return rows.current(open_store.store(), Force, study.id)


def risk(room: Room, factor: str = "anchoring") -> str:
    return self_evaluation.propose_risk(FACILITATOR, room.study, room.workshop.id, 1, factor, "nb")


def driver(room: Room, factor: str = "leader", area: str | None = None) -> str:
    where = area if area is not None else area_ids(room.study)["Arkiv"]
    return self_evaluation.propose_driver(FACILITATOR, room.study, room.workshop.id, 1, factor, where, "nb")


def test_the_worst_grade_stands_and_low_and_good_ones_call_for_something(room: Room) -> None:
    found = outcome(to(room, Step.SHOW))
    assert list(found) == list(FACTORS)
    assert [(each.grade, each.best, each.n) for each in found.values()] == [
        (3, 5, 3), (5, 6, 3), (5, 6, 3), (4, 5, 2), (2, 5, 3),
    ]  # fmt: skip
    assert [each.proposes for each in found.values()] == [RISK, DRIVER, DRIVER, "", RISK]
    assert [each.alone for each in found.values()] == [True, False, True, True, True]
    assert found["anchoring"].counts == (0, 1, 0, 1, 1, 0)
    assert found["anchoring"].dissent


def test_a_risk_is_proposed_once_with_where_it_comes_from(room: Room) -> None:
    to(room, Step.SHOW)
    name = risk(room)
    found = risks(room.study)[name]
    assert (found.factor, found.source) == (t("nb", "factor_risks.anchoring"), room.workshop.name)
    assert found.cause == t("nb", "self_evaluation.cause", name=room.workshop.name, grade=2, highest=6)
    with refused("already_proposed"):
        risk(room)
    made = self_evaluation.proposed(FACILITATOR, room.study, room.workshop.id)
    assert (set(made.risks), set(made.drivers)) == ({"anchoring"}, set())
    batch = uploads.history(FACILITATOR, room.study)[0]
    uploads.flip(FACILITATOR, room.study, batch.id, False)
    assert self_evaluation.proposed(FACILITATOR, room.study, room.workshop.id).risks == frozenset()
    assert risk(room) == name


def test_a_driver_is_proposed_once_for_an_area(room: Room) -> None:
    to(room, Step.SHOW)
    text = driver(room)
    (force,) = forces(room.study)
    assert (force.text, force.side, force.area, force.source) == (
        text, Side.DRIVER, area_ids(room.study)["Arkiv"], room.workshop.name
    )  # fmt: skip
    with refused("already_proposed"):
        driver(room, area=area_ids(room.study)["Lønn"])
    with refused("not_found", NotFound):
        driver(room, "solution", "nowhere")
    assert len(forces(room.study)) == 1


def test_only_what_the_grade_calls_for_can_be_proposed(room: Room) -> None:
    to(room, Step.SHOW)
    for factor in ("solution", "team", "nothing"):
        with refused("not_proposable"):
            risk(room, factor)
    for factor in ("team", "anchoring"):
        with refused("not_proposable"):
            driver(room, factor)
    assert (risks(room.study), forces(room.study)) == ({}, [])


@pytest.mark.parametrize("step", [Step.RATE, Step.FREEZE])
def test_nothing_is_proposed_from_what_is_hidden(room: Room, step: Step) -> None:
    to(room, step)
    for propose in (risk, driver):
        with refused("not_shown_yet", Denied):
            propose(room)
    assert self_evaluation.workshops(FACILITATOR, room.study) == []


def test_two_who_propose_at_once_make_one(room: Room) -> None:
    to(room, Step.SHOW)

    def propose(_: int) -> str:
        try:
            return driver(room)
        except AppError as error:
            return error.code

    with ThreadPoolExecutor(4) as people:
        found = list(people.map(propose, range(4)))
    assert found.count("already_proposed") == 3
    assert len(forces(room.study)) == 1


def test_a_risk_of_the_same_words_is_linked_and_keeps_what_it_had(room: Room) -> None:
    to(room, Step.SHOW)
    risk(room)
    other = to(graded(room.study), Step.SHOW)
    held = risks(room.study)[t("nb", "factor_risks.anchoring")]
    risk(other)
    (found,) = risks(room.study).values()
    assert found.model_copy(update={"origin": held.origin}) == held
    assert "anchoring" in self_evaluation.proposed(FACILITATOR, room.study, other.workshop.id).risks


def test_two_persons_are_too_few(study: Study) -> None:
    room = to(graded(study, people=2, group_mode=False), Step.SHOW)
    with refused("too_few_raters", Denied):
        outcome(room)
    with refused("too_few_raters", Denied):
        risk(room)


def test_leaders_propose_and_readers_see(room: Room) -> None:
    to(room, Step.SHOW)
    ranking = results.ranking(FACILITATOR, room.study, Selection(room.workshop.id))
    seen = let_through(lambda actor: self_evaluation.outcome(actor, ranking), room.study)
    assert seen == {"reader", "leader", "facilitator"}
    assert let_through(lambda actor: self_evaluation.proposed(actor, room.study, room.workshop.id), room.study) == {
        "reader",
        "leader",
        "facilitator",
    }
    assert self_evaluation.propose_risk(leader(room.study), room.study, room.workshop.id, 1, "need", "nb")
    through = let_through(lambda actor: _proposed_again(actor, room), room.study)
    assert through == {"leader", "facilitator"}


def _proposed_again(actor: Actor, room: Room) -> None:
    """It was proposed before, so whoever may do it hears that; Denied goes through."""
    with pytest.raises(AppError) as found:
        self_evaluation.propose_risk(actor, room.study, room.workshop.id, 1, "need", "nb")
    if isinstance(found.value, Denied):
        raise found.value
    assert found.value.code == "already_proposed"
