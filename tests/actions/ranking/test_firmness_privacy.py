"""Nobody's own answers can be found in all that is said of a workshop: filters, rests without a party, two parties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, compress, product

import numpy as np
import pandas as pd

from lib.actions.ranking.firmness import Grounds, grounds_of
from lib.actions.results import Material
from lib.actions.suppression import ALL, Selection, hidden_items, refuse_unsafe
from lib.domain.cube import Cube
from lib.model.problems import Denied
from lib.model.records import Rater, RaterRole, Study
from tests.actions.ranking.test_firmness import ADMINISTRATION, ELECTED, choices, graded, looked_at, numbered, stored


def test_nobody_can_be_found_in_all_that_is_said_of_a_workshop(own: Study) -> None:
    """Random workshops of persons: no one or two, made of whole cells, lie in the span of what can be seen."""
    who = numbered(*[ELECTED] * 3, *[ADMINISTRATION] * 3, places=("Grong", "Lierne"))
    stored(own, graded(who), who, persons=True)
    material = looked_at(own)[0].material
    places = [None, *choices(own).municipalities]
    chance = np.random.default_rng(2022)
    heard = 0
    for _ in range(60):
        people = [
            Rater(
                id=f"r{number:02}",
                workshop=material.workshop.id,
                name=f"r{number:02}",
                role=[None, *RaterRole][chance.integers(4)],
                municipality=places[chance.integers(len(places))],
            )
            for number in range(chance.integers(3, 15))
        ]
        drawn = replace(material, people=tuple(people), answers=random_cube(material, people, chance))
        found = grounds_of(drawn)
        heard += len(found.parties) + len(found.items)
        check_nobody_is_found(drawn, people, found)
    assert heard > 30


def random_cube(material: Material, people: list[Rater], chance: np.random.Generator) -> Cube:
    rows = [
        (rater.id, item, key, None if chance.random() < 0.03 else chance.integers(1, 11))
        for rater in people
        for item in material.order
        for key in material.method.criterion_keys
    ]
    frame = pd.DataFrame(rows, columns=["rater", "item", "criterion", "value"])
    return Cube.of(frame, material.method.criterion_keys, material.order)


def check_nobody_is_found(material: Material, people: list[Rater], found: Grounds) -> None:
    cube = material.answers
    assert isinstance(cube, Cube)
    for place, item in enumerate(cube.items):
        rated = list(compress(people, np.isfinite(cube.values[:, place, 0] + cube.values[:, place, 1])))
        told = [*filtered(material, people, item), *(party.raters for party in found.compared if item in found.items)]
        for party in found.compared if item in found.items else ():
            assert sum(rater.id in party.raters for rater in rated) >= 3
        rests = [{rater.id for rater in people} - party.raters for party in found.parties]
        check_span(rated, [*told, *map(frozenset, rests)])


def filtered(material: Material, people: list[Rater], item: str) -> Iterator[frozenset[str]]:
    """Who stands behind each result of the item that a filter shows."""
    cube = material.answers
    assert isinstance(cube, Cube)
    roles, places = ({getattr(rater, axis) or ALL for rater in people} | {ALL} for axis in ("role", "municipality"))
    for role, place in product(sorted(roles), sorted(places)):
        selection = Selection(material.workshop.id, role=role, municipality=place)
        try:
            refuse_unsafe(material.workshop, selection, people)
        except Denied:
            continue
        if not selection.filtered or item not in hidden_items(cube, selection, people):
            yield frozenset(rater.id for rater in people if selection.covers(rater))


def check_span(rated: list[Rater], told: list[frozenset[str]]) -> None:
    members: dict[tuple[str, str], list[str]] = {}
    for rater in rated:
        members.setdefault((str(rater.role), str(rater.municipality)), []).append(rater.id)
    cells = list(members.values())
    matrix = np.array([[cell[0] in group for cell in cells] for group in told], dtype=float)
    for union in (union for size in (1, 2) for union in combinations(range(len(cells)), size)):
        if sum(len(cells[place]) for place in union) < 3 <= len(rated):
            row = np.isin(np.arange(len(cells)), union).astype(float)
            assert np.linalg.matrix_rank(np.vstack([matrix, row])) > np.linalg.matrix_rank(matrix)
