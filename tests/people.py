"""The actors of the tests: one of each role, in their own study and in another."""

from __future__ import annotations

from collections.abc import Callable

from lib.model.access import VISITOR, Actor, Grant, Role
from lib.model.problems import Denied
from lib.model.records import Study

FACILITATOR = Actor("facilitator", (Grant(Role.FACILITATOR),))
ELSEWHERE = Study.model_validate(
    {"id": "elsewhere", "slug": "elsewhere", "name": "Et annet sted", "created_at": "2026-01-01T00:00:00Z"}
)


def reader(study: Study) -> Actor:
    return Actor("reader", (Grant(Role.READER, study.id),))


def leader(study: Study) -> Actor:
    return Actor("leader", (Grant(Role.LEADER, study.id),))


def everybody(study: Study) -> dict[str, Actor]:
    return {
        "visitor": VISITOR,
        "reader": reader(study),
        "reader elsewhere": reader(ELSEWHERE),
        "leader": leader(study),
        "leader elsewhere": leader(ELSEWHERE),
        "facilitator": FACILITATOR,
    }


def let_through(act: Callable[[Actor], object], study: Study) -> set[str]:
    """Who may do something; everybody else is denied."""
    through = set()
    for name, actor in everybody(study).items():
        try:
            act(actor)
        except Denied:
            continue
        through.add(name)
    return through
