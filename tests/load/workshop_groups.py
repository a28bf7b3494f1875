"""Groups with a laptop each on «Vurder»: every one changes an answer in its table every few seconds."""

from __future__ import annotations

import asyncio
from collections import Counter

from lib.i18n import t
from tests.load.client import Visitor
from tests.load.report import shortcomings
from tests.load.scenario import Action, Measured, Scenario, measure
from tests.load.server import Server
from tests.load.workshop_kills import Kept
from tests.load.workshop_room import Place

GOAL_MILLISECONDS = 300.0
SCALE = 10
TABLE = "rating.table."


def rated(server: Server, place: Place, seconds: float, seed: int = 1) -> Measured:
    """Each visitor is one of the groups that sit in the room."""
    address = f"workshop={place.workshop}"
    scenario = Scenario("Vurder", "save", _changing(place), page="vurder", query=address, cookies=place.groups)
    return asyncio.run(measure(scenario, server, len(place.groups), seconds, seed))


def _changing(place: Place) -> Action:
    """Cell after cell, with another value in each turn around the table, so that every change is a row in the store."""
    cells = [(row, t("nb", f"criteria.{criterion}")) for row in range(len(place.items)) for criterion in place.criteria]
    changed: Counter[Visitor] = Counter()

    async def change(visitor: Visitor) -> float:
        turn, cell = divmod(changed[visitor], len(cells))
        changed[visitor] += 1
        row, head = cells[cell]
        return await visitor.edit(visitor.tab.key(TABLE), row, head, str(1 + turn % SCALE))

    return change


def unmet(measured: Measured, kept: Kept) -> list[str]:
    """What was missed: the pace, or a change that is not in the store."""
    found, saves = shortcomings(measured, GOAL_MILLISECONDS), len(measured.steps.get(measured.scenario.step, ()))
    if kept.taps.total() < saves:
        found.append(f"{saves} changes were made on «Vurder», {kept.taps.total()} are in the store.")
    return found
