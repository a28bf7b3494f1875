"""How firm a result is: without whom others would be the five first, and how far apart two of the parties are.

Nothing is said of a filtered result, of one that leaves a group out, of one that the store has added up, or where the
method gives no total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from lib.access import Action
from lib.actions import open_store, results, suppression
from lib.actions.reads import per_revision, reads
from lib.actions.results import Material, Ranking
from lib.actions.suppression import ALL, EVEN, Selection
from lib.domain import discussion
from lib.domain.cube import Cube
from lib.domain.ranking import robustness
from lib.i18n import alphabetical
from lib.model.columns import GAP, ITEM, ONE, OTHER, RANK
from lib.model.records import Municipality, Rater, RaterRole, Study
from lib.store import rows

GROUP, ROLE, MUNICIPALITY = "group", "role", "municipality"
COMPARED = (RaterRole.ELECTED, RaterRole.ADMINISTRATION)


class Party(NamedTuple):
    """Raters who may be held outside together. `name` is a group's or a municipality's own, or a role's key."""

    kind: str
    name: str
    raters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Of whom and of what something may be said, whatever the weight.

    `compared` are the elected and the administration where they may be held against each other, and `items` for which.
    """

    parties: tuple[Party, ...] = ()
    compared: tuple[Party, ...] = ()
    items: frozenset[str] = frozenset()


class LeftOut(NamedTuple):
    """What the five first would be without a party: the items that go out and come in, none where the same stay."""

    party: Party
    out: tuple[str, ...]
    into: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firmness:
    """`left_out` has every party that was tried. `gaps` is the frame of `discussion.gap`.

    There `one` are the elected and `other` the administration; `compared` says how many of each have rated.
    """

    left_out: tuple[LeftOut, ...]
    gaps: pd.DataFrame
    compared: tuple[int, ...] = ()


@reads(Action.RESULTS_VIEW)
def firmness(ranking: Ranking) -> Firmness:
    """How firm a ranking is: what there is to say with its weight, on the grounds of its selection."""
    selection = ranking.material.selection
    return _weigh(grounds.within(ranking.study, replace(selection, weight=EVEN)), ranking)


@per_revision(Action.RESULTS_VIEW)
def grounds(study: Study, selection: Selection) -> Grounds:
    """`grounds_of` a selection, whatever its weight."""
    return grounds_of(results.material.within(study, selection))


def grounds_of(material: Material) -> Grounds:
    """What may be said of a result so that nobody's own answers can be found.

    A single group may be left out where groups rate, since they answer openly. A role or a municipality may when a
    filter shows its own result for every item: the rest is the whole less that, so it lies in the span of what can be
    seen already, and no one or two raters do. Two parties may be held against each other for the items of which a
    filter shows both, each by at least three raters.
    """
    cube = _cube(material)
    if cube is None:
        return Grounds()
    people = [rater for rater in material.people if rater.id in cube.raters]
    shown = suppression.shown_items(cube, list(material.people))
    groups = [Party(GROUP, rater.name, frozenset({rater.id})) for rater in people if material.workshop.group_mode]
    parties = [
        *sorted(groups, key=lambda party: alphabetical(party.name)),
        *(party for cell, party in _parties(material, people) if all(cell in each for each in shown.values())),
    ]
    cells = [(role, ALL) for role in COMPARED]
    compared = tuple(party for cell, party in _parties(material, people) if cell in cells)
    return Grounds(
        tuple(party for party in parties if 0 < len(party.raters) < len(people)),
        compared,
        frozenset(item for item, each in shown.items() if each.issuperset(cells)),
    )


def _parties(material: Material, people: list[Rater]) -> Iterator[tuple[tuple[str, str], Party]]:
    """The roles, then the municipalities by name, and how a filter asks for each."""
    for role in RaterRole:
        yield (role, ALL), Party(ROLE, role, frozenset(rater.id for rater in people if rater.role == role))
    known = rows.current(open_store.store(), Municipality, material.study.id)
    for place in sorted(known, key=lambda row: alphabetical(row.name)):
        members = frozenset(rater.id for rater in people if rater.municipality == place.id)
        yield (ALL, place.id), Party(MUNICIPALITY, place.name, members)


def _weigh(grounds: Grounds, ranking: Ranking) -> Firmness:
    cube = _cube(ranking.material)
    if cube is None:
        return Firmness((), pd.DataFrame(columns=[ITEM, ONE, OTHER, GAP]))
    sizes = tuple(len(party.raters) for party in grounds.compared) if grounds.items else ()
    return Firmness(_left_out(grounds, ranking, cube), _gaps(grounds, ranking, cube), sizes)


def _cube(material: Material) -> Cube | None:
    """The answers of a plain result that has an order, or None."""
    plain = not material.selection.filtered and not material.selection.leave_out and material.method.has_total
    return material.answers if plain and isinstance(material.answers, Cube) else None


def _left_out(grounds: Grounds, ranking: Ranking, cube: Cube) -> tuple[LeftOut, ...]:
    """Nothing where no more are ranked than the first, since all of them say nothing."""
    if ranking.summary[RANK].notna().sum() <= robustness.TOP:
        return ()
    tried = {str(place): party.raters for place, party in enumerate(grounds.parties)}
    changes = robustness.top_changes_without(cube, ranking.material.method, tried, ranking.weights)
    return tuple(LeftOut(party, *change[1:]) for party, change in zip(grounds.parties, changes, strict=True))


def _gaps(grounds: Grounds, ranking: Ranking, cube: Cube) -> pd.DataFrame:
    if not grounds.items:
        return pd.DataFrame(columns=[ITEM, ONE, OTHER, GAP])
    members = [party.raters for party in grounds.compared]
    gaps = discussion.gap(*discussion.scores_by(cube, ranking.material.method, members, ranking.weights))
    return gaps if grounds.items.issuperset(gaps[ITEM]) else gaps[gaps[ITEM].isin(grounds.items)]
