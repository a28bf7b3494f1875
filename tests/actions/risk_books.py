"""Risk registers that several tests read: an area, a few risks, and countermeasures on some; all made up here."""

from __future__ import annotations

from typing import Any

from lib.actions.risks import changes, register
from lib.model.records import Area, Study
from lib.model.risk_records import Countermeasure, Risk
from tests.actions import cost_books
from tests.people import FACILITATOR

BOOK = cost_books.book({}, {"Arkiv": 1})
AREA = BOOK.areas[0]


def furnish(study: Study) -> Area:
    """The study has one area from now on."""
    cost_books.keep(study, BOOK)
    return AREA


def risk(factor: str, s: int | None = 3, k: int | None = 3, **more: Any) -> Risk:
    return Risk(**{"id": "", "factor": factor, "probability": s, "consequence": k, "area": AREA.id, **more})


def against(name: str, s: int | None = None, k: int | None = None, **more: Any) -> Countermeasure:
    return Countermeasure(**{"id": "", "risk": "", "name": name, "probability": s, "consequence": k, **more})


def added(study: Study, factor: str, s: int | None = 3, k: int | None = 3, **more: Any) -> Risk:
    return changes.add(FACILITATOR, study, risk(factor, s, k, **more))


def covered(study: Study, held: Risk, *measures: Countermeasure) -> None:
    """These countermeasures besides those the risk has."""
    seen = register.register(FACILITATOR, study).of(held.id)
    changes.save_countermeasures(FACILITATOR, study, held.id, [*seen, *measures], seen)


def now(study: Study, held: Risk) -> Risk:
    return register.register(FACILITATOR, study).risk(held.id)


def measures(study: Study, held: Risk) -> tuple[Countermeasure, ...]:
    return register.register(FACILITATOR, study).of(held.id)
