"""What a round of risks came to: the highest S and K of each, what is behind them, and their way into the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lib.access import Action
from lib.actions import forms, gate, results
from lib.actions.reads import reads
from lib.actions.results import Ranking
from lib.actions.suppression import EVEN, Selection
from lib.domain.cube import Cube
from lib.domain.risks import rounds
from lib.domain.risks.rounds import Forcing, Top
from lib.i18n import alphabetical
from lib.model.access import Actor
from lib.model.methods import Items
from lib.model.problems import AppError
from lib.model.records import Study
from lib.model.risk_records import Risk, RiskStatus
from lib.model.sheet_kinds import RISKS_SHEET
from lib.store import rows

NAMES_LIMIT = RISKS_SHEET.column("highest_by").max_length
_SHORT = ("S", "K")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two numbers of a risk. `givers` are the groups that gave the highest; nobody in individual mode."""

    low: int
    high: int
    alone: bool
    givers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A risk as a round has judged it; `rules` are the keys of those that demand a countermeasure.

    A side is None where nobody gave a number, and then there is no `product` either.
    """

    item: str
    name: str
    probability: Side | None
    consequence: Side | None
    product: int | None
    rules: tuple[str, ...]
    dissent: bool

    @property
    def sides(self) -> tuple[Side | None, Side | None]:
        return self.probability, self.consequence


@dataclass(frozen=True, slots=True)
class Outcome:
    """The risks, the highest product first, and how many are forced only because many rated."""

    risks: tuple[Judged, ...]
    forcing: Forcing


@dataclass(frozen=True, slots=True)
class Entered:
    """How many risks got new numbers, and the names of the closed ones, which were left as they are."""

    changed: int
    closed: tuple[str, ...]


@reads(Action.RESULTS_VIEW)
def outcome(ranking: Ranking) -> Outcome | None:
    """What a round by the risk method came to; None for other methods, and for fewer than three single persons."""
    material = ranking.material
    cube, groups = material.answers, material.workshop.group_mode
    if material.method.items is not Items.RISKS or not isinstance(cube, Cube) or material.tells_too_much:
        return None
    names = {rater.id: rater.name for rater in material.people} if groups else {}
    lines = (_judged(ranking, cube, row, names) for row in ranking.summary.to_dict("records"))
    return Outcome(tuple(lines), rounds.forcing(cube, material.method.rules))


def _judged(ranking: Ranking, cube: Cube, row: Mapping[object, object], names: Mapping[str, str]) -> Judged:
    item = str(row["item"])
    probability, consequence = (_side(rounds.top(cube, item, layer), names) for layer in range(2))
    return Judged(
        item=item,
        name=ranking.material.names[item],
        probability=probability,
        consequence=consequence,
        product=probability.high * consequence.high if probability and consequence else None,
        rules=tuple(row["rules"]),  # type: ignore[arg-type]
        dissent=bool(row["dissent"]),
    )


def _side(found: Top | None, names: Mapping[str, str]) -> Side | None:
    if found is None:
        return None
    givers = sorted((names[rater] for rater in found.givers if rater in names), key=alphabetical)
    return Side(found.low, found.high, found.alone, tuple(givers))


def enter(actor: Actor, study: Study, workshop: str, number: int) -> Entered:
    """Write a shown round's numbers into the register, in a batch of their own; the same again changes nothing.

    Denied where the round may not be seen. AppError `no_risks_rated` where it holds no risk of the register.
    """
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    with forms.form(actor, study, Action.RISK_EDIT, "risks") as form:
        ranking = results.weigh(results.material.anew(actor, study, Selection(workshop, number)), EVEN)
        found = outcome(actor, ranking)
        judged = {each.item: each for each in found.risks} if found else {}
        held = [risk for risk in rows.current(form.tx, Risk, study.id) if risk.id in judged]
        if not held:
            raise AppError("no_risks_rated")
        standing = [risk for risk in held if risk.status is not RiskStatus.CLOSED]
        rated = [(risk, _rated(risk, judged[risk.id])) for risk in standing]
        changed = [new for old, new in rated if new != old]
        form.write(ranking.material.workshop.name, changed)
    return Entered(len(changed), tuple(risk.factor for risk in held if risk.status is RiskStatus.CLOSED))


def _rated(risk: Risk, judged: Judged) -> Risk:
    """The risk with the numbers that somebody gave; what nobody judged stays."""
    given = {"probability": judged.probability, "consequence": judged.consequence}
    fields: dict[str, object] = {key: side.high for key, side in given.items() if side}
    return risk.model_copy(update=fields | {"highest_by": _highest_by(judged)}) if fields else risk


def _highest_by(judged: Judged) -> str | None:
    """«S: Gruppe 1. K: Gruppe 2, Gruppe 3»; nothing of single persons."""
    said = [f"{short}: {', '.join(side.givers)}" for short, side in zip(_SHORT, judged.sides, strict=True)
            if side and side.givers]  # fmt: skip
    whole = ". ".join(said)
    return f"{whole[: NAMES_LIMIT - 1]}…" if len(whole) > NAMES_LIMIT else whole or None
