"""What a workshop came to: the ranking, how firm it is, and what may be shown of it to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from lib.access import Action
from lib.actions import open_store, rounds, subjects, suppression
from lib.actions.reads import per_revision
from lib.actions.rounds import Rounds
from lib.actions.suppression import ALL, EVEN, Selection
from lib.domain import assessment
from lib.domain.assessment import Concordance, OrderDifference
from lib.domain.cube import Cube
from lib.domain.methods import METHODS
from lib.domain.ranking import robustness
from lib.domain.risks import register
from lib.i18n import alphabetical
from lib.model.access import Actor
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.methods import Items, Method
from lib.model.problems import NotFound
from lib.model.records import Area, Municipality, Rater, Study, Workshop
from lib.model.risk_records import RiskPolicy
from lib.store import ratings as stored
from lib.store import rows, tally

# From here the store adds up, and how firm the order is stays uncomputed; below it one frame answers everything.
AGGREGATE_FROM = 100_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be looked at in a workshop without anybody being recognised. Municipalities and groups: id → name.

    `rounds` are those whose result is out, with the method of each; `standing` is the one to begin with: the newest by
    the workshop's own method. `weighed` are the two criteria whose weight can be shifted, if any.
    """

    workshop: Workshop
    rounds: Mapping[int, str]
    standing: int
    roles: tuple[str, ...]
    municipalities: Mapping[str, str]
    groups: Mapping[str, str]
    weighed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All that a result is made of, whatever the weight.

    `answers` are a cube of ratings, or a frame of answer sheets counted by the store. `order` are the rated items by
    code; `hidden` are items that too few of the selected rated. `people` are all raters of the workshop, whoever is
    selected. `deviations` has `item` and the sample SD of each criterion, and is empty where the store has counted.
    `kind` is what was rated.
    """

    study: Study
    workshop: Workshop
    method: Method
    selection: Selection
    names: Mapping[str, str]
    order: tuple[str, ...]
    answers: Cube | pd.DataFrame
    raters: int
    municipality: str
    left_out: str
    hidden: tuple[str, ...]
    people: tuple[Rater, ...]
    deviations: pd.DataFrame
    kind: Items = Items.AREAS

    @property
    def tells_too_much(self) -> bool:
        """Whether it is of so few persons that each would know what the others answered."""
        return not self.workshop.group_mode and self.raters < suppression.FEWEST


@dataclass(frozen=True, slots=True)
class Ranking:
    """A result. `summary` and `intervals` are the frames of `assessment.summarise` and `robustness.rank_intervals`.

    `intervals` and `concordance` are None where they are not computed; `alike` are (first, last) places too even to be
    told apart.
    """

    material: Material
    selection: Selection
    summary: pd.DataFrame
    intervals: pd.DataFrame | None
    stable_top: int | None
    alike: tuple[tuple[int, int], ...]
    reordered: tuple[OrderDifference, ...]
    concordance: Concordance | None

    @property
    def study(self) -> Study:
        return self.material.study

    @property
    def weights(self) -> dict[str, float] | None:
        return weights_of(self.material.method, self.selection.weight)


@per_revision(Action.RESULTS_VIEW)
def workshops(study: Study) -> list[Workshop]:
    """The study's workshops that have a result which is out, by name."""
    out = [workshop for workshop in rows.current(open_store.store(), Workshop, study.id) if rounds.of(workshop).shown]
    return sorted(out, key=lambda workshop: alphabetical(workshop.name))


@per_revision(Action.RESULTS_VIEW)
def on_areas(study: Study) -> list[Workshop]:
    """Those of `workshops` that rank areas: by a method that is made for it, or by workbook."""
    return [each for each in workshops.within(study) if _ranks_areas(study, each)]


def _ranks_areas(study: Study, workshop: Workshop) -> bool:
    if METHODS[workshop.method].items is Items.AREAS:
        return True
    areas = {area.id for area in rows.current(open_store.store(), Area, study.id)}
    return all(areas >= set(stage.items) for stage in rounds.of(workshop).last.values())


@per_revision(Action.RESULTS_VIEW)
def choices(study: Study, workshop: str) -> Choices:
    """What the filters may offer: every role and municipality that occurs, and the groups where groups rate."""
    found, raters = _workshop(study, workshop), _raters(study, workshop)
    known = {row.id: row.name for row in rows.current(open_store.store(), Municipality, study.id)}
    present = {rater.municipality: known.get(rater.municipality, "?") for rater in raters if rater.municipality}
    groups = sorted(raters, key=lambda rater: alphabetical(rater.name)) if found.group_mode else []
    seen = rounds.of(found)
    return Choices(
        workshop=found,
        rounds={number: seen.method(number) for number in seen.shown},
        standing=max(seen.main or seen.shown, default=1),
        roles=tuple(sorted({rater.role for rater in raters if rater.role})),
        municipalities=dict(sorted(present.items(), key=lambda named: alphabetical(named[1]))),
        groups={rater.id: rater.name for rater in groups},
        weighed=METHODS[found.method].criterion_keys if weighable(METHODS[found.method]) else (),
    )


def ranking(actor: Actor, study: Study, selection: Selection) -> Ranking:
    """The result of a selection. Denied `too_few_raters` or `found_by_subtraction` where it would give answers away."""
    return weigh(material(actor, study, replace(selection, weight=EVEN)), selection.weight)


@per_revision(Action.RESULTS_VIEW)
def material(study: Study, selection: Selection) -> Material:
    """What the store has of a selection; Denied as for `ranking`."""
    return look(study, selection)


def look(study: Study, selection: Selection) -> Material:
    """`material` without the gate, for those who are in the room; a round whose result is not out is refused here.

    So is what fewer than three persons answered on their own phones.
    """
    workshop = _workshop(study, selection.workshop)
    seen = rounds.of(workshop)
    seen.refuse_hidden(selection.round)
    method, raters = _method(study, seen, selection.round), _raters(study, workshop.id)
    suppression.refuse_unsafe(workshop, selection, raters)
    known = subjects.of_study(open_store.store(), study)
    answers, hidden = _answers(seen, selection, method, raters)
    answers = answers[answers[ITEM].isin(list(known))]  # what is gone from the study has no name to be shown by
    if seen.last and not workshop.group_mode and answers[RATER].nunique() < suppression.FEWEST:
        raise suppression.refusal("too_few_raters")
    order = tuple(item for item in known if item in set(answers[ITEM]))
    named = RATER in answers
    return Material(
        study,
        workshop,
        method,
        selection,
        names={item: subject.name for item, subject in known.items()},
        order=order,
        answers=Cube.of(answers, method.criterion_keys, order) if named else answers,
        raters=answers[RATER].nunique() if named else len(raters) - bool(selection.leave_out),
        municipality=_municipality_name(study, selection.municipality),
        left_out=next((rater.name for rater in raters if rater.id == selection.leave_out), ""),
        hidden=hidden,
        people=tuple(raters),
        deviations=_deviations(answers, method),
        kind=known[order[0]].kind if order else method.items,
    )


def _method(study: Study, seen: Rounds, number: int) -> Method:
    """The method that a round was rated by: on the agreed scale, and by the study's own rules where it has any."""
    key = seen.method(number)
    method = METHODS[key]
    if key == seen.workshop.method:
        method = method.agreed(seen.workshop.highest)
    if method.items is not Items.RISKS:
        return method
    return replace(method, rules=register.rules_of(rows.find(open_store.store(), RiskPolicy, study.id, study.id)))


def weigh(material: Material, weight: int) -> Ranking:
    """The result with a weight on the first criterion; pure arithmetic on what `material` fetched."""
    method, weights, answers = material.method, weights_of(material.method, weight), material.answers
    chosen = replace(material.selection, weight=weight)
    if not isinstance(answers, Cube):
        summary = assessment.summarise_sheets(answers, method, weights, material.order)
        return Ranking(material, chosen, summary, None, None, (), _reordered(summary, method), None)
    summary = assessment.summarise(answers, method, weights)
    intervals = robustness.rank_intervals(answers, method, weights=weights)
    stable = robustness.stable_tops(intervals, robustness.leave_one_out(answers, method, weights))
    return Ranking(
        material,
        chosen,
        summary,
        intervals,
        stable_top=max((k for k in stable if k <= SPOKEN_TOP), default=None),
        alike=tuple(robustness.indistinct_runs(intervals, stable)),
        reordered=_reordered(summary, method),
        concordance=assessment.concordance(answers, method, weights),
    )


def _reordered(summary: pd.DataFrame, method: Method) -> tuple[OrderDifference, ...]:
    return tuple(assessment.order_differences(summary)) if method.is_mean_of_products else ()


# A stable top is spoken of up to here; that the twelve best of thirteen are stable says who is last, not who is first.
SPOKEN_TOP = 5


def weights_of(method: Method, weight: int) -> dict[str, float] | None:
    """The slider's 0–100 as shares of the two criteria; None for the plain method."""
    if weight == EVEN or not weighable(method):
        return None
    first, second = method.criterion_keys
    return {first: weight / 100, second: 1 - weight / 100}


def weighable(method: Method) -> bool:
    """Whether «hva om» can shift the weight: two criteria in a product that each rater makes."""
    return method.is_plane and method.is_mean_of_products


def _answers(
    seen: Rounds, selection: Selection, method: Method, raters: list[Rater]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The ratings of the selection and the items hidden from it; very many ratings come added up, as answer sheets."""
    store, left_out = open_store.store(), [selection.leave_out] if selection.leave_out else []
    uploaded = not selection.filtered and selection.round not in seen.last
    if uploaded and stored.count(store, selection.workshop, selection.round) >= AGGREGATE_FROM:
        return tally.sheets(store, selection.workshop, selection.round, method, leave_out=left_out), ()
    return _selected(seen, selection, method, raters)


def _selected(
    seen: Rounds, selection: Selection, method: Method, raters: list[Rater]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The ratings of the selection, and the items taken out because too few of the selected or the rest rated them."""
    every = seen.answers(selection.round)
    every = every[every[CRITERION].isin(method.criterion_keys) & every[RATER].isin([rater.id for rater in raters])]
    cube = Cube.of(every, method.criterion_keys) if selection.filtered else None
    hidden = suppression.hidden_items(cube, selection, raters) if cube else ()
    chosen = {rater.id for rater in raters if selection.covers(rater) and rater.id != selection.leave_out}
    return every[every[RATER].isin(chosen) & ~every[ITEM].isin(hidden)], hidden


def _deviations(answers: pd.DataFrame, method: Method) -> pd.DataFrame:
    keys = list(method.criterion_keys)
    if RATER not in answers or answers.empty:
        return pd.DataFrame(columns=[ITEM, *keys])
    return answers.groupby([ITEM, CRITERION])[VALUE].std().unstack(CRITERION).reindex(columns=keys).reset_index()


def _municipality_name(study: Study, municipality: str) -> str:
    known = rows.current(open_store.store(), Municipality, study.id) if municipality != ALL else []
    return next((row.name for row in known if row.id == municipality), "")


def _workshop(study: Study, workshop: str) -> Workshop:
    found = next((row for row in rows.current(open_store.store(), Workshop, study.id) if row.id == workshop), None)
    if found is None:
        raise NotFound
    return found


def _raters(study: Study, workshop: str) -> list[Rater]:
    return [rater for rater in rows.current(open_store.store(), Rater, study.id) if rater.workshop == workshop]
