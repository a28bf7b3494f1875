"""What is shown of a workshop, on pages and in files: nothing too early, no person named, the same figures in both."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from lib.access import Action
from lib.actions.live.rooms import Room
from lib.actions.live.workshops import Next
from lib.actions.suppression import Selection
from lib.exhibits import results
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Exhibit
from lib.exhibits.limits import limits
from lib.exhibits.live import exhibits
from lib.i18n import LANGUAGES, t
from lib.model.live import Step
from lib.model.problems import Denied, NotFound
from lib.model.records import Study
from tests.actions import rooms_of
from tests.actions.answered import answered, rater, shown, workbook
from tests.actions.live_kinds import RISKS, of_kind, rated, register
from tests.actions.rooms_of import answer, area_ids, back, joined, now, step, tap, to
from tests.people import FACILITATOR, let_through

KEYS = [each.key for each in exhibits.EXHIBITS]
OF_KIND = {"prioritisation": "live.topics", "risk": "live.risk_round", "self_evaluation": "live.grades"}


@pytest.fixture
def study(own: Study) -> Study:
    rooms_of.furnish(own)
    return own


@pytest.fixture
def room(study: Study) -> Room:
    """Three groups have answered all, one with a comment, and the room rates still."""
    return answered(rooms_of.opened(study))


@pytest.fixture
def again(room: Room) -> Room:
    """Two rounds and a vote are out: Arkiv went from first to last."""
    to(room, Step.DISCUSS)
    step(room, Next("prioritisation", tuple(area_ids(room.study).values())))
    for name in ("Gruppe 1", "Gruppe 2", "Gruppe 3"):
        answer(room, rater(room, name), {"Arkiv": (1, 1), "Lønn": (8, 8)})
    to(room, Step.DISCUSS)
    step(room, Next("dots", tuple(area_ids(room.study).values())))
    tap(now(room), rater(room, "Gruppe 1"), area_ids(room.study)["Lønn"], "points", 5)
    return to(room, Step.SHOW)


def of(study: Study, method: str, **changes: object) -> Room:
    """Three have rated three risks, five factors or three areas, in steps that they do not agree on; still hidden."""
    room = of_kind(study, method, **changes)
    people = [joined(room, f"Deltaker {number}")[0] for number in (1, 2, 3)]
    room = to(room, Step.RATE)
    for number, person in enumerate(people, 1):
        rated(room, person, {each.name: (number + 1,) * len(room.method.criteria) for each in room.subjects})
    return now(room)


def everything(found: Exhibit) -> str:
    """All that is said, drawn and written of an exhibit."""
    drawn = [found.picture.rows.to_pylist(), found.picture.alt] if found.picture else []
    return json.dumps([found.finding, found.notes, drawn, found.table.shown.to_pylist()], default=str)


def refusal(ask: Callable[[], object]) -> str:
    """The code of what is refused, or nothing."""
    try:
        ask()
    except (Denied, NotFound) as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("method", OF_KIND)
def test_nothing_is_shown_before_it_is_out_nor_when_it_is_taken_back(study: Study, method: str) -> None:
    room = of(study, method)
    for wanted in (Step.RATE, Step.FREEZE):
        to(room, wanted)
        codes = {key: refusal(lambda key=key: shown(room, key)) for key in KEYS}  # type: ignore[misc]
        assert codes.pop("live.rounds") == "not_found"
        assert set(codes.values()) == {"not_shown_yet"}
        assert all(not list(each.instances(study)) for each in exhibits.EXHIBITS)
    to(room, Step.SHOW)
    assert everything(shown(room, OF_KIND[method]))
    back(room)
    assert refusal(lambda: shown(room, OF_KIND[method])) == "not_shown_yet"
    assert refusal(lambda: workbook(room, OF_KIND[method])) == "not_shown_yet"


@pytest.mark.parametrize("method", OF_KIND)
def test_single_persons_are_never_named(study: Study, method: str) -> None:
    room = to(of(study, method, group_mode=False), Step.SHOW)
    told = [shown(room, each.key) for each in exhibits.EXHIBITS if list(each.instances(study))]
    assert {found.key for found in told} >= {OF_KIND[method], "live.topics"}
    assert not any("Deltaker" in everything(found) for found in told)
    assert not any("Deltaker" in str(cell) for found in told for cell in workbook(room, found.key))


def test_two_persons_are_too_few_for_any_of_it(study: Study) -> None:
    given = {f"P{number}": {"Arkiv": (number, 3), "Lønn": (4, 4), "Telefoni": (5, 5)} for number in (1, 2)}
    room = to(answered(rooms_of.opened(study, group_mode=False), given), Step.SHOW)
    assert {refusal(lambda key=key: shown(room, key)) for key in KEYS} == {"too_few_raters", "not_found"}  # type: ignore[misc]
    assert all(not list(each.instances(study)) for each in exhibits.EXHIBITS)


@pytest.mark.parametrize("method", OF_KIND)
def test_each_kind_has_what_is_made_for_it_and_not_the_others(study: Study, method: str) -> None:
    register(study, *RISKS)
    room = to(of(study, method), Step.SHOW)
    for other, key in OF_KIND.items():
        if key != "live.topics":
            assert (refusal(lambda key=key: shown(room, key)) == "") is (other == method)  # type: ignore[misc]
    for declared in exhibits.EXHIBITS:
        for address in declared.instances(study):
            assert declared.build(FACILITATOR, study, address, "nb").address == address


@pytest.mark.parametrize("key", ["live.topics", "live.spread"])
def test_who_may_see_a_result_may_take_it_away(room: Room, key: str) -> None:
    to(room, Step.SHOW)
    assert EXHIBITS[key].export is Action.RESULTS_EXPORT
    for ask in (lambda who: shown(room, key, who=who), lambda who: workbook(room, key, who=who)):
        assert let_through(ask, room.study) == {"reader", "leader", "facilitator"}


def test_topics_are_told_in_turn_with_the_picture_of_their_scores(room: Room) -> None:
    found = shown(to(room, Step.SHOW), "live.topics")
    names = found.table.shown[t("nb", "item_names.areas")].to_pylist()
    assert names == [topic.name for topic in found.found]
    assert names[0] in found.finding
    assert found.table.frame[t("nb", "discuss.turn")].tolist() == [1, 2, 3]
    assert found.table.frame[t("nb", "discuss.remarks")].tolist() == [int(name == "Arkiv") for name in names]
    assert found.picture is not None
    drawn = list(dict.fromkeys(found.picture.rows["name"].to_pylist()))
    assert drawn == names
    assert t("nb", "discuss.order_note", **limits("nb")) in workbook(room, "live.topics")


def test_the_spread_has_every_score_by_size(room: Room) -> None:
    """Arkiv: 72, 56 and 56; the mean 61,3."""
    found = shown(to(room, Step.SHOW), "live.spread")
    row = next(row for row in found.table.shown.to_pylist() if row[t("nb", "item_names.areas")] == "Arkiv")
    assert (row[t("nb", "discuss.scores")], row[t("nb", "discuss.mean")]) == ("56,0 (2) · 72,0", "61,3")
    assert found.picture is not None
    assert found.picture.rows.num_rows == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_rounds_are_told_side_by_side(again: Room, language: str) -> None:
    found = shown(again, "live.rounds", language=language)
    assert found.headline == t(language, "discuss.moved_most", name="Arkiv", before=1, after=3)
    (row,) = [row for row in found.table.frame.to_numpy().tolist() if row[0] == "Arkiv"]
    assert row == ["Arkiv", 1, 3, 61.33, 1.0]
    assert found.picture is not None
    assert found.picture.rows.num_rows == 3


@pytest.mark.parametrize(("beside", "said"), [(exhibits.POINTS, "5"), (exhibits.ROUNDS, "2 → 1"), (None, "")])
def test_beside_the_scores_stands_what_the_address_asks_for(
    again: Room, beside: tuple[str, str] | None, said: str
) -> None:
    where = (*results.address(Selection(again.workshop.id, 2)), *([beside] if beside else []))
    picture = EXHIBITS["live.spread"].build(FACILITATOR, again.study, where, "nb").picture
    assert picture is not None
    assert {row["extra"] for row in picture.rows.to_pylist() if row["name"] == "Lønn"} == {said}


def test_an_address_that_narrows_a_result_is_read_as_the_whole(room: Room) -> None:
    to(room, Step.SHOW)
    narrow = Selection(room.workshop.id, 1, leave_out=rater(room, "Gruppe 1").id, weight=80)
    for key in ("live.topics", "live.spread"):
        found = EXHIBITS[key].build(FACILITATOR, room.study, results.address(narrow), "nb")
        assert everything(found) == everything(shown(room, key))


def test_a_round_of_risks_carries_its_warning(study: Study) -> None:
    register(study, *RISKS)
    room = of_kind(study, "risk")
    people = [joined(room, f"Gruppe {number}")[0] for number in (1, 2, 3)]
    room = to(room, Step.RATE)
    for person, values in zip(people, ((2, 3, 1), (2, 3, 2), (4, 2, 2)), strict=True):
        rated(room, person, dict(zip(RISKS, ((each, each) for each in values), strict=True)))
    found = shown(to(room, Step.SHOW), "live.risk_round")
    warning = t("nb", "verdicts.only_many", count=2, rated=3, by_median=1)
    assert found.notes == (t("nb", "verdicts.note", **limits("nb")), warning)
    assert warning in workbook(room, "live.risk_round")
    assert sorted(found.table.frame["S"]) == [2, 3, 4]


def test_what_is_shown_is_made_once_and_anew_when_the_study_has_changed(room: Room) -> None:
    to(room, Step.SHOW)
    first = shown(room, "live.spread")
    assert shown(room, "live.spread") is first
    assert first.picture is first.picture
    joined(room, "Gruppe 4")
    assert shown(room, "live.spread") is not first
