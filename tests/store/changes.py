"""Every way to change what a study shows, by the table that is written to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lib.model.live import Contribution, Idea, Plan, Stage, Step
from lib.model.mappings import SheetMapping
from lib.model.records import Comment, Rating, Record, new_id
from lib.store import batches, live, ratings, rows
from lib.store.imports import commit_import
from lib.store.interface import Session, Store
from tests.store.examples import NOW, a_batch, a_workshop, some_costs, some_risks, some_rows, some_swot

ROWS = some_rows("s")
TAP = Rating(a_workshop("s").id, 1, "r", "i", "potential", 3, tap="tap")
STAGE = Stage(TAP.workshop, Step.RATE, 1, "prioritisation", ("i",), None, "leder", NOW)
CONTRIBUTION = Contribution("innspill", TAP.workshop, 0, "r", "Arkiv", NOW)
PLAN = Plan(id=TAP.workshop, code="CDFHJK", items=["i"], prompts=[], minutes={})
IDEA = Idea(id="idea", workshop=TAP.workshop, prompt=0, text="Arkiv", members=[])
MAPPING = SheetMapping(id="k", layout="l", kind="areas", columns=["code"])
RECORDS: dict[type[Record], Record] = {
    type(record): record
    for record in (
        *(*ROWS.municipalities, *ROWS.areas, *ROWS.workshops, *ROWS.raters, PLAN, IDEA, MAPPING),
        *(*some_costs(), *some_risks(), *some_swot()),
    )
}
Change = Callable[[Session, str], object]


def of_kind(kind: type[Record]) -> Change:
    return lambda s, batch: rows.append(s, batch, "s", [RECORDS[kind]])


def flipped(session: Session, batch: str) -> bool:
    found = batches.find(session, batch)
    return found is not None and batches.flip(session, batch, not found.live, "leder", NOW)


# Table → what writes to it: of a study «s» with a workshop, given its batch.
CHANGES: dict[str, Change] = {
    **{table: of_kind(kind) for kind, table in rows.TABLES.items()},
    "batch": lambda s, _: batches.begin(s, a_batch("s")),
    "batch_flip": lambda s, batch: flipped(s, batch),
    "rating": lambda s, _: ratings.rate(s, TAP._replace(tap=new_id())),
    "comment": lambda s, _: ratings.remark(s, Comment(TAP.workshop, 1, "r", "i", "")),
    "stage": lambda s, _: live.move(s, STAGE),
    "device": lambda s, _: live.sit_down(s, ["k"], TAP.workshop, "r"),
    "contribution": lambda s, _: live.contribute(s, replace(CONTRIBUTION, tap=new_id())),
}


def filled(store: Store) -> str:
    """A study «s» with something in it; its batch."""
    batch = a_batch("s")
    commit_import(store, batch, ROWS)
    ratings.rate(store, TAP)
    live.contribute(store, CONTRIBUTION)
    return batch.id


def length(store: Store, table: str) -> int:
    return int(store.query(f"select count(*) as n from {table}")[0]["n"])


def in_one_transaction(store: Store, change: Change, batch: str) -> None:
    with store.transaction() as tx:
        change(tx, batch)
