"""Whether a model can be lived with, by hand: who does better without the others, and what fair division says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.actions.costs import fairness
from lib.actions.costs.cases import Case, case_of
from lib.domain.costs.models import fixed_part
from lib.model.problems import AppError
from lib.model.records import Study
from tests.actions.cost_books import ARCHIVE, POPULATION, book, chosen, item, partial
from tests.people import ELSEWHERE, FACILITATOR, let_through

TWENTY = fixed_part(20)


def judged(case: Case, percent: int = 20) -> fairness.Fairness:
    return fairness.fairness(FACILITATOR, ELSEWHERE, case, fixed_part(percent))


def test_a_group_that_pays_more_than_without_the_others_is_named_with_its_kroner() -> None:
    """Røyrvik and Namsskogan pay 123 496 + 184 396 = 307 892 by 20/80; together alone they would pay 265 892."""
    small = replace(ARCHIVE, partial=(partial("Arkiv", ["Røyrvik", "Namsskogan"], 265_892),))
    found = [group for group in judged(case_of(small, "arkiv")).blocking if not group.estimated]
    assert found[0].members == {"Røyrvik", "Namsskogan"}
    assert found[0].excess == 42_000


def test_a_cost_that_nobody_has_found_out_is_an_estimate() -> None:
    """Fixed 400 000 whole, 600 000 by inhabitants: Røyrvik and Lierne 400 000 + 600 000 · 1 816 / 5 018."""
    lines = (item("Arkiv", "System", 400_000), item("Arkiv", "Drift", 600_000, variable=True))
    found = judged(case_of(replace(ARCHIVE, items=lines), "arkiv"))
    pair = next(group for group in found.groups if group.members == ("Lierne", "Røyrvik"))
    assert (pair.kroner, pair.estimated) == (round(400_000 + 600_000 * 1816 / 5018), True)
    assert found.estimated == 15 - 4 - 1  # all but the four alone, as today, and all together
    assert found.key == "population"


def test_variable_costs_follow_the_key_of_the_model_where_everybody_has_it() -> None:
    towns = tuple(town.model_copy(update={"keys": {"Saker": 5.0}}) for town in ARCHIVE.municipalities)
    used = replace(ARCHIVE, municipalities=towns, choices=(chosen("Arkiv", equal=20.0, Saker=80.0),))
    assert judged(case_of(used, "arkiv")).key == "Saker"
    assert judged(case_of(replace(used, choices=()), "arkiv")).key == "population"


def test_shapley_of_a_fixed_and_a_variable_cost_is_the_fixed_part_split_equally_and_the_rest_by_the_key() -> None:
    lines = (item("Arkiv", "System", 200_000), item("Arkiv", "Drift", 800_000, variable=True))
    found = judged(case_of(replace(ARCHIVE, items=lines, own=()), "arkiv"))
    assert found.methods["shapley"] == found.shares
    assert found.blocking == ()


@pytest.mark.parametrize("method", ["shapley", "nucleolus", "separable"])
def test_a_fair_division_shares_the_whole_cost(method: str) -> None:
    assert sum(judged(case_of(ARCHIVE, "arkiv")).methods[method].values()) == 1_000_000


def test_a_cooperation_that_is_dearer_than_its_parts_is_warned_of() -> None:
    """Alone the four pay 1 030 000; Røyrvik and Namsskogan together 200 000, so all four cost 1 000 000 > 880 000."""
    cheap = replace(ARCHIVE, partial=(partial("Arkiv", ["Røyrvik", "Namsskogan"], 200_000),))
    lines = (item("Arkiv", "Drift", 1_000_000, variable=True),)
    found = judged(case_of(replace(cheap, items=lines), "arkiv"))
    whole = next(dear for dear in found.dearer if len(dear.members) == 4)
    assert whole.extra > 0


def test_many_municipalities_get_shapley_and_a_reason_for_the_rest() -> None:
    people = {f"Kommune {number:02}": 1000 + number for number in range(15)}
    found = judged(case_of(book({}, {"Arkiv": 10**9}, people), "arkiv"))
    assert set(found.methods) == {"shapley", "separable"}
    assert found.refused["nucleolus"].code == "too_many_municipalities"
    assert found.groups == ()


def test_more_than_twenty_get_shapley_exactly_and_the_group_that_pays_most_too_much() -> None:
    """A million that all varies with people: by equal parts the twenty small ones pay 20 / 21 for 2 000 of 12 000."""
    people = {"Stor": 10_000} | {f"Kommune {number:02}": 100 for number in range(20)}
    lines = (item("Arkiv", "Drift", 1_000_000, variable=True),)
    case = case_of(book({}, {"Arkiv": 1}, people, items=lines), "arkiv")
    found = fairness.fairness(FACILITATOR, ELSEWHERE, case, fixed_part(100))
    assert found.methods["shapley"]["Stor"] == 833_334  # the krone that is left goes to the largest
    assert set(found.refused) == {"nucleolus", "separable"}
    group = found.blocking[0]
    assert "Stor" not in group.members
    assert (len(group.members), round(group.alone), group.estimated) == (20, 166_667, True)


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({"Grong": 2359}, "single_participant"),
        ({"Grong": 2359, "Lierne": None}, "key_missing"),
    ],
)
def test_what_cannot_be_judged_says_why(people: dict[str, int | None], code: str) -> None:
    with pytest.raises(AppError) as raised:
        judged(case_of(book({}, {"Arkiv": 1000}, people), "arkiv"))
    assert raised.value.code == code


def test_who_may_see_how_fair_a_model_is(own: Study) -> None:
    case = case_of(ARCHIVE, "arkiv")
    through = let_through(lambda actor: fairness.fairness(actor, own, case, TWENTY), own)
    assert through == {"reader", "leader", "facilitator"}
    assert set(POPULATION) == set(case.keys)
