"""What may be shown of an item, by who answered which criterion of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.actions.suppression import ALL, hidden_items, shown_items
from lib.actions.suppression import Selection as Chosen
from lib.domain.cube import Cube
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.records import Rater, RaterRole

PEOPLE = [
    Rater(id=f"{role}{number}", workshop="w", name=f"{role}{number}", role=role)
    for role in (RaterRole.ELECTED, RaterRole.ADMINISTRATION)
    for number in range(3)
]
BOTH = {(RaterRole.ELECTED, ALL), (RaterRole.ADMINISTRATION, ALL), (ALL, ALL)}


def cube(silent: dict[str, set[str]]) -> Cube:
    """Everybody has answered both criteria of item «i», but for those who were silent on one."""
    rows = [
        (rater.id, "i", criterion, 5.0)
        for rater in PEOPLE
        for criterion in ("one", "two")
        if rater.id not in silent.get(criterion, set())
    ]
    return Cube.of(pd.DataFrame(rows, columns=[RATER, ITEM, CRITERION, VALUE]), ("one", "two"), ("i",))


def test_a_criterion_that_nobody_answered_hides_nothing() -> None:
    silent = cube({"two": {rater.id for rater in PEOPLE}})
    assert np.isnan(silent.values[:, :, 1]).all()
    assert shown_items(silent, PEOPLE)["i"] == BOTH
    assert hidden_items(silent, Chosen("w", role=RaterRole.ELECTED), PEOPLE) == ()


def test_a_criterion_that_one_of_a_party_did_not_answer_hides_the_party() -> None:
    partly = cube({"two": {PEOPLE[0].id}})
    assert shown_items(partly, PEOPLE)["i"] == {(ALL, ALL), (RaterRole.ADMINISTRATION, ALL)} - _subtracted()
    assert hidden_items(partly, Chosen("w", role=RaterRole.ELECTED), PEOPLE) == ("i",)


def _subtracted() -> set[tuple[str, str]]:
    """Of the five who answered all, two are elected: they are found when the administration is shown beside all."""
    return {(RaterRole.ADMINISTRATION, ALL)}
