"""Row versions: all that intake and forms write, each kind of record in a table of its own.

A table keeps every version of every row; the current one is the highest seq among the versions whose batch stands.
Which record lies in which table is data; the columns are the record's own fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from lib.model.cost_records import Confirmation, CostItem, ModelChoice, OwnCost, PartialCost, Participation
from lib.model.live import Idea, Plan
from lib.model.mappings import SheetMapping
from lib.model.records import Area, Municipality, Rater, Record, Workshop
from lib.model.risk_records import Acceptance, Countermeasure, Milestone, Override, Risk, RiskPolicy
from lib.model.swot_records import Force, Note, SwotItem
from lib.store.interface import Params, Row, Session

TABLES: dict[type[Record], str] = {
    Municipality: "municipality_version",
    Area: "area_version",
    Workshop: "workshop_version",
    Rater: "rater_version",
    Plan: "plan_version",
    Idea: "idea_version",
    CostItem: "cost_item_version",
    OwnCost: "own_cost_version",
    PartialCost: "partial_cost_version",
    Participation: "participation_version",
    ModelChoice: "model_choice_version",
    Confirmation: "confirmation_version",
    Risk: "risk_version",
    Countermeasure: "countermeasure_version",
    Milestone: "milestone_version",
    Acceptance: "acceptance_version",
    RiskPolicy: "risk_policy_version",
    Override: "override_version",
    SwotItem: "swot_item_version",
    Force: "force_version",
    Note: "note_version",
    SheetMapping: "mapping_version",
}
R = TypeVar("R", bound=Record)
_VERSION = ("batch", "study", "removed")


def append(session: Session, batch: str, study: str, records: Iterable[Record], *, removed: bool = False) -> int:
    """Writes a version of each record (all of one kind), or that it is gone; how many."""
    listed = list(records)
    if not listed:
        return 0
    columns = list(type(listed[0]).model_fields)
    rows = ([batch, study, removed, *(_stored(getattr(record, name)) for name in columns)] for record in listed)
    return session.insert(TABLES[type(listed[0])], [*_VERSION, *columns], rows)


def current(session: Session, kind: type[R], study: str) -> list[R]:
    """The records of a study that stand now, in the order they were last written."""
    return _current_where(session, kind, "", [study])


def at(session: Session, kind: type[R], study: str, moment: datetime) -> list[R]:
    """The records that stood at a moment, that moment included, without what has been undone since."""
    then = "and batch in (select id from batch where created_at <= $2)"
    return _current_where(session, kind, then, [study, moment])


def _current_where(session: Session, kind: type[R], more: str, params: Params) -> list[R]:
    columns = ", ".join(kind.model_fields)
    rows = session.query(
        f"""
        select {columns} from (
          select *, row_number() over (partition by id order by seq desc) as nth from {TABLES[kind]}
          where study = $1 and batch not in (select batch from undone_batch) {more}
        ) version
        where nth = 1 and not removed order by seq
        """,
        params,
    )
    return [_record(kind, row) for row in rows]


def moments(session: Session, kinds: Iterable[type[Record]], study: str) -> list[datetime]:
    """When records of these kinds were written, by batches that stand, the oldest first, each moment once."""
    written = " union ".join(f"select batch from {TABLES[kind]} where study = $1" for kind in kinds)
    rows = session.query(
        f"""
        select distinct created_at from batch
        where id in ({written}) and id not in (select batch from undone_batch) order by created_at
        """,
        [study],
    )
    return [row["created_at"] for row in rows]


def find(session: Session, kind: type[R], study: str, key: str) -> R | None:
    """The record with this id as it stands now, None where there is none."""
    columns = ", ".join(kind.model_fields)
    rows = session.query(
        f"""
        select {columns}, removed from {TABLES[kind]}
        where study = $1 and id = $2 and batch not in (select batch from undone_batch) order by seq desc limit 1
        """,
        [study, key],
    )
    return None if not rows or rows[0].pop("removed") else _record(kind, rows[0])


def last_written(session: Session, kind: type[Record], study: str) -> dict[str, tuple[str, datetime]]:
    """Who last wrote or removed each record of a study, by batches that stand, and when."""
    found = session.query(
        f"""
        select id, actor, created_at from (
          select version.id, batch.actor, batch.created_at,
            row_number() over (partition by version.id order by version.seq desc) as nth
          from {TABLES[kind]} version join batch on batch.id = version.batch
          where version.study = $1 and version.batch not in (select batch from undone_batch)
        ) told
        where nth = 1
        """,
        [study],
    )
    return {row["id"]: (row["actor"], row["created_at"]) for row in found}


def _stored(value: Any) -> Any:
    match value:
        case dict() | list() | tuple():
            return json.dumps(value)
        case StrEnum():
            return value.value
        case _:
            return value


def _record(kind: type[R], row: Row) -> R:
    written = (name for name in _written_as_json(kind) if row[name] is not None)
    return kind.model_validate(row | {name: json.loads(row[name]) for name in written})


@cache
def _written_as_json(kind: type[Record]) -> tuple[str, ...]:
    """The fields that hold several values by their own declaration, whether or not they may be None."""
    return tuple(
        name
        for name, field in kind.model_fields.items()
        if any(get_origin(part) in (dict, list, tuple) for part in (field.annotation, *get_args(field.annotation)))
    )
