"""The self-evaluation: the worst grade of each factor, what is behind it, and what is proposed from it.

SAM13: a poor grade is a critical factor that goes into the risk analysis, a good one is a driver of benefits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from lib.access import Action
from lib.actions import forms, open_store, results
from lib.actions.bridge.promoting import by_their_words, risk_id
from lib.actions.reads import per_revision, reads
from lib.actions.results import Ranking
from lib.actions.suppression import EVEN, Selection
from lib.domain.cube import Cube
from lib.domain.methods import METHODS
from lib.i18n import t
from lib.model.access import Actor
from lib.model.factors import FACTORS, factor_of
from lib.model.kinds import free
from lib.model.methods import Items
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Study, Workshop, stable_id
from lib.model.risk_records import Risk
from lib.model.swot_records import Force, Side
from lib.store import Session, rows

RISK, DRIVER = "proposed_risk", "benefit_driver"


@dataclass(frozen=True, slots=True)
class Graded:
    """A factor as a round has graded it: the worst grade stands. `counts`: how many gave each step, lowest first.

    `alone` where a single rater gave the worst; `proposes` is the key of the rule that fires, "" where none does.
    """

    factor: str
    grade: int | None
    best: int | None
    counts: tuple[int, ...]
    alone: bool
    dissent: bool
    proposes: str

    @property
    def n(self) -> int:
        return sum(self.counts)


@reads(Action.RESULTS_VIEW)
def workshops(study: Study) -> list[Workshop]:
    """The study's self-evaluations whose result is out, by name."""
    return [each for each in results.workshops.within(study) if METHODS[each.method].items is Items.FACTORS]


@reads(Action.RESULTS_VIEW)
def outcome(ranking: Ranking) -> tuple[Graded, ...]:
    """The factors that were graded, in their own order; none for other methods, or of fewer than three persons."""
    material = ranking.material
    cube = material.answers
    if material.method.items is not Items.FACTORS or not isinstance(cube, Cube) or material.tells_too_much:
        return ()
    found = {factor_of(str(row["item"])): row for row in ranking.summary.to_dict("records")}
    return tuple(_graded(ranking, cube, factor, found[factor]) for factor in FACTORS if factor in found)


def _graded(ranking: Ranking, cube: Cube, factor: str, row: Mapping[object, object]) -> Graded:
    (criterion,) = ranking.material.method.criteria
    values = cube.values[:, cube.items.index(str(row["item"])), 0]
    given = values[~np.isnan(values)].astype(int)
    rules: Iterable[str] = row["rules"]  # type: ignore[assignment]
    worst = int(given.min()) if given.size else None
    return Graded(
        factor=factor,
        grade=worst,
        best=int(given.max()) if given.size else None,
        counts=tuple(int(np.sum(given == step)) for step in criterion.steps),
        alone=given.size > 1 and int(np.sum(given == worst)) == 1,
        dissent=bool(row["dissent"]),
        proposes=next(iter(rules), ""),
    )


@dataclass(frozen=True, slots=True)
class Proposed:
    """The factors of a workshop that have been proposed already and whose proposal stands."""

    risks: frozenset[str]
    drivers: frozenset[str]


@per_revision(Action.RISK_VIEW)
def proposed(study: Study, workshop: str) -> Proposed:
    """What has been proposed from a workshop."""
    return _proposed(open_store.store(), study, workshop)


def _proposed(session: Session, study: Study, workshop: str) -> Proposed:
    origins = {_origin(workshop, factor): factor for factor in FACTORS}
    risks = (risk.origin for risk in rows.current(session, Risk, study.id))
    forces = (force.origin for force in rows.current(session, Force, study.id))
    made = [frozenset(origins[each] for each in found if each in origins) for found in (risks, forces)]
    return Proposed(*made)


def _origin(workshop: str, factor: str) -> str:
    return stable_id(workshop, "factor", factor)


def propose_risk(actor: Actor, study: Study, workshop: str, number: int, factor: str, language: str) -> str:
    """A risk of the register from a poor grade, once; its name. AppError `already_proposed`, `not_proposable`."""
    with forms.form(actor, study, Action.RISK_EDIT, "risks") as form:
        graded, held = _proposable(actor, study, Selection(workshop, number), factor, RISK)
        if factor in _proposed(form.tx, study, workshop).risks:
            raise AppError("already_proposed")
        name = t(language, f"factor_risks.{factor}")
        register = rows.current(form.tx, Risk, study.id)
        same, key = by_their_words(study, register), risk_id(study, name)
        new = Risk(id=free(key, {risk.id for risk in register}), factor=name, source=held.name)
        risk = same.get(key) or new.model_copy(update={"cause": _cause(language, graded, held)})
        form.write(held.name, [risk.model_copy(update={"origin": _origin(workshop, factor)})])
    return name


def _cause(language: str, graded: Graded, workshop: Workshop) -> str:
    highest = METHODS[workshop.method].agreed(workshop.highest).criteria[0].high
    return t(language, "self_evaluation.cause", name=workshop.name, grade=graded.grade, highest=highest)


def propose_driver(
    actor: Actor, study: Study, workshop: str, number: int, factor: str, area: str, language: str
) -> str:
    """A driver of an area's benefits from a good grade, once; its text.

    AppError as for `propose_risk`, NotFound for an unknown area.
    """
    with forms.form(actor, study, Action.SWOT_EDIT, "forces") as form:
        _, held = _proposable(actor, study, Selection(workshop, number), factor, DRIVER)
        if rows.find(form.tx, Area, study.id, area) is None:
            raise NotFound
        if factor in _proposed(form.tx, study, workshop).drivers:
            raise AppError("already_proposed")
        text = t(language, f"factor_drivers.{factor}")
        origin = _origin(workshop, factor)
        force = Force(id=origin, area=area, side=Side.DRIVER, text=text, source=held.name, origin=origin)
        form.write(held.name, [force])
    return text


def _proposable(actor: Actor, study: Study, selection: Selection, factor: str, rule: str) -> tuple[Graded, Workshop]:
    """The factor as the shown round graded it, where its grade calls for such a proposal."""
    ranking = results.weigh(results.material.anew(actor, study, selection), EVEN)
    graded = next((each for each in outcome(actor, ranking) if each.factor == factor), None)
    if graded is None or graded.proposes != rule:
        raise AppError("not_proposable")
    return graded, ranking.material.workshop
