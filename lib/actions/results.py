"""What a workshop came to: the ranking, how firm it is, and what may be shown of it to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from lib.access import Action
from lib.actions import gate, house
from lib.domain import assessment, disclosure, robustness
from lib.domain.assessment import OrderDifference
from lib.domain.cube import Cube
from lib.domain.methods import METHODS
from lib.i18n import alphabetical
from lib.model.access import Actor
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.methods import Combine, Method
from lib.model.problems import Denied, NotFound
from lib.model.records import Area, Municipality, Rater, Study, Workshop
from lib.store import ratings as stored
from lib.store import rows, tally

ALL = disclosure.ALL
FEWEST = 3
# From here the store adds up, and how firm the order is stays uncomputed; below it one frame answers everything.
AGGREGATE_FROM = 100_000
EVEN = 50


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a workshop is looked at. `weight`: per cent on the first criterion of a product of two.

    `role` and `municipality` are values of raters or ALL; `leave_out` is one group's id or "".
    """

    workshop: str
    round: int = 1
    role: str = ALL
    municipality: str = ALL
    weight: int = EVEN
    leave_out: str = ""

    @property
    def filtered(self) -> bool:
        return (self.role, self.municipality) != disclosure.EVERYTHING


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be looked at in a workshop without anybody being recognised. Municipalities and groups: id → name.

    `weighed` are the two criteria whose weight can be shifted, if any.
    """

    workshop: Workshop
    rounds: tuple[int, ...]
    roles: tuple[str, ...]
    municipalities: Mapping[str, str]
    groups: Mapping[str, str]
    weighed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All that a result is made of, whatever the weight.

    `answers` are ratings, or answer sheets counted by the store where `counted`. `order` are the rated items by code;
    `hidden` are items that too few of the selected rated. `deviations` has `item` and the sample SD of each criterion,
    and is empty where the store has counted.
    """

    study: Study
    workshop: Workshop
    method: Method
    selection: Selection
    names: Mapping[str, str]
    order: tuple[str, ...]
    answers: pd.DataFrame
    counted: bool
    raters: int
    municipality: str
    left_out: str
    hidden: tuple[str, ...]
    deviations: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Ranking:
    """A result. `summary` and `intervals` are the frames of `assessment.summarise` and `robustness.rank_intervals`.

    `intervals` is None where it is not computed; `alike` are (first, last) places too even to be told apart.
    """

    material: Material
    selection: Selection
    summary: pd.DataFrame
    intervals: pd.DataFrame | None
    stable_top: int | None
    alike: tuple[tuple[int, int], ...]
    reordered: tuple[OrderDifference, ...]

    @property
    def weights(self) -> dict[str, float] | None:
        return weights_of(self.material.method, self.selection.weight)


def workshops(actor: Actor, study: Study) -> list[Workshop]:
    """The study's workshops in which anybody has rated, by name."""
    gate.allow(actor, Action.RESULTS_VIEW, study)
    store = house.store()
    rated = [workshop for workshop in rows.current(store, Workshop, study.id) if stored.rounds(store, workshop.id)]
    return sorted(rated, key=lambda workshop: alphabetical(workshop.name))


def choices(actor: Actor, study: Study, workshop: str) -> Choices:
    """What the filters may offer: every role and municipality that occurs, and the groups where groups rate."""
    gate.allow(actor, Action.RESULTS_VIEW, study)
    found, raters = _workshop(study, workshop), _raters(study, workshop)
    known = {row.id: row.name for row in rows.current(house.store(), Municipality, study.id)}
    present = {rater.municipality: known.get(rater.municipality, "?") for rater in raters if rater.municipality}
    groups = sorted(raters, key=lambda rater: alphabetical(rater.name)) if found.group_mode else []
    return Choices(
        workshop=found,
        rounds=tuple(stored.rounds(house.store(), workshop)),
        roles=tuple(sorted({rater.role for rater in raters if rater.role})),
        municipalities=dict(sorted(present.items(), key=lambda named: alphabetical(named[1]))),
        groups={rater.id: rater.name for rater in groups},
        weighed=METHODS[found.method].criterion_keys if weighable(METHODS[found.method]) else (),
    )


def ranking(actor: Actor, study: Study, selection: Selection) -> Ranking:
    """The result of a selection. Denied `too_few_raters` or `found_by_subtraction` where it would give answers away."""
    return weigh(material(actor, study, selection), selection.weight)


def material(actor: Actor, study: Study, selection: Selection) -> Material:
    """What the store has of a selection; Denied as for `ranking`."""
    gate.allow(actor, Action.RESULTS_VIEW, study)
    workshop = _workshop(study, selection.workshop)
    method, raters = METHODS[workshop.method], _raters(study, workshop.id)
    _refuse_unsafe(workshop, selection, raters)
    many = stored.count(house.store(), workshop.id, selection.round) >= AGGREGATE_FROM
    answers, hidden = (
        (_counted(selection, method), ()) if many and not selection.filtered else _selected(selection, method, raters)
    )
    areas = sorted(rows.current(house.store(), Area, study.id), key=lambda area: alphabetical(area.code))
    rated = set(answers[ITEM])
    return Material(
        study,
        workshop,
        method,
        selection,
        names={area.id: area.name for area in areas},
        order=tuple(area.id for area in areas if area.id in rated),
        answers=answers,
        counted=RATER not in answers,
        raters=answers[RATER].nunique() if RATER in answers else len(raters) - bool(selection.leave_out),
        municipality=_municipality_name(study, selection.municipality),
        left_out=next((rater.name for rater in raters if rater.id == selection.leave_out), ""),
        hidden=hidden,
        deviations=_deviations(answers, method),
    )


def weigh(material: Material, weight: int) -> Ranking:
    """The result with a weight on the first criterion; pure arithmetic on what `material` fetched."""
    method, weights, order = material.method, weights_of(material.method, weight), material.order
    intervals: pd.DataFrame | None = None
    stable: tuple[int, ...] = ()
    if material.counted:
        summary = assessment.summarise_sheets(material.answers, method, weights, order)
    else:
        cube = Cube.of(material.answers, method.criterion_keys, order)
        summary = assessment.summarise(cube, method, weights)
        intervals = robustness.rank_intervals(cube, method, weights=weights)
        left_out = robustness.leave_one_out(cube, method, weights)
        stable = robustness.stable_tops(intervals, left_out)
    return Ranking(
        material,
        replace(material.selection, weight=weight),
        summary,
        intervals,
        stable_top=max((k for k in stable if k <= SPOKEN_TOP), default=None),
        alike=() if intervals is None else tuple(robustness.indistinct_runs(intervals, stable)),
        reordered=tuple(assessment.order_differences(summary)),
    )


# A stable top is spoken of up to here; that the twelve best of thirteen are stable says who is last, not who is first.
SPOKEN_TOP = 5


def weights_of(method: Method, weight: int) -> dict[str, float] | None:
    """The slider's 0–100 as shares of the two criteria; None for the plain method."""
    if weight == EVEN or not weighable(method):
        return None
    first, second = method.criterion_keys
    return {first: weight / 100, second: 1 - weight / 100}


def weighable(method: Method) -> bool:
    """Whether «hva om» can shift the weight: two criteria in one product."""
    return method.combine is Combine.PRODUCT and len(method.criteria) == 2


def _refuse_unsafe(workshop: Workshop, selection: Selection, raters: list[Rater]) -> None:
    asked = (selection.role, selection.municipality)
    chosen = [rater for rater in raters if _matches(rater, selection)]
    if selection.filtered and asked not in disclosure.publishable(_cells(raters), FEWEST):
        raise Denied("too_few_raters" if len(chosen) < FEWEST else "found_by_subtraction")
    if not selection.leave_out:
        return
    if not workshop.group_mode:
        raise Denied
    if selection.filtered and sum(rater.id != selection.leave_out for rater in chosen) < FEWEST:
        raise Denied("too_few_raters")


def _counted(selection: Selection, method: Method) -> pd.DataFrame:
    """Very many ratings, added up in the store."""
    left_out = [selection.leave_out] if selection.leave_out else []
    return tally.sheets(house.store(), selection.workshop, selection.round, method, leave_out=left_out)


def _selected(selection: Selection, method: Method, raters: list[Rater]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The ratings of the selection, and the items taken out because too few of the selected or the rest rated them."""
    every = stored.current(house.store(), selection.workshop, selection.round)
    every = every[every[CRITERION].isin(method.criterion_keys)]
    hidden = _hidden_items(every, selection, raters) if selection.filtered else ()
    chosen = {rater.id for rater in raters if _matches(rater, selection) and rater.id != selection.leave_out}
    return every[every[RATER].isin(chosen) & ~every[ITEM].isin(hidden)], hidden


def _hidden_items(ratings: pd.DataFrame, selection: Selection, raters: list[Rater]) -> tuple[str, ...]:
    """Where not all rated all, each item has its own answerers, and must be safe to show by itself."""
    asked = (selection.role, selection.municipality)
    answered = ratings[ratings[VALUE].notna()].groupby(ITEM)[RATER].unique()
    known: dict[frozenset[str], bool] = {}
    hidden = []
    for item, ids in answered.items():
        who = frozenset(ids)
        if who not in known:
            known[who] = asked in disclosure.publishable(_cells([rater for rater in raters if rater.id in who]))
        if not known[who]:
            hidden.append(str(item))
    return tuple(hidden)


def _matches(rater: Rater, selection: Selection) -> bool:
    return selection.role in (ALL, rater.role) and selection.municipality in (ALL, rater.municipality)


def _cells(raters: list[Rater]) -> Counter[tuple[str | None, str | None]]:
    return Counter((rater.role, rater.municipality) for rater in raters)


def _deviations(answers: pd.DataFrame, method: Method) -> pd.DataFrame:
    keys = list(method.criterion_keys)
    if RATER not in answers or answers.empty:
        return pd.DataFrame(columns=[ITEM, *keys])
    return answers.groupby([ITEM, CRITERION])[VALUE].std().unstack(CRITERION).reindex(columns=keys).reset_index()


def _municipality_name(study: Study, municipality: str) -> str:
    known = rows.current(house.store(), Municipality, study.id) if municipality != ALL else []
    return next((row.name for row in known if row.id == municipality), "")


def _workshop(study: Study, workshop: str) -> Workshop:
    found = next((row for row in rows.current(house.store(), Workshop, study.id) if row.id == workshop), None)
    if found is None:
        raise NotFound
    return found


def _raters(study: Study, workshop: str) -> list[Rater]:
    return [rater for rater in rows.current(house.store(), Rater, study.id) if rater.workshop == workshop]
