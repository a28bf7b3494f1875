"""What happens while a workshop is led: its stages, the browsers that have joined, and what people wrote. All logs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from lib.model.live import Contribution, Stage, Step
from lib.store.interface import Row, Session

_STAGE = ("workshop", "step", "round", "method", "items", "ends_at", "actor", "moved_at")
_CONTRIBUTION = ("tap", "workshop", "prompt", "rater", "text", "written_at")


def move(session: Session, stage: Stage) -> None:
    """The workshop stands here from now on."""
    values = [stage.workshop, stage.step.value, stage.round, stage.method, json.dumps(list(stage.items))]
    session.insert("stage", _STAGE, [[*values, stage.ends_at, stage.actor, stage.moved_at]])


def stages(session: Session, workshop: str) -> list[Stage]:
    """Every stage the workshop has stood in, the oldest first."""
    rows = session.query(f"select seq, {', '.join(_STAGE)} from stage where workshop = $1 order by seq", [workshop])
    return [_stage(row) for row in rows]


def current_stages(session: Session, study: str) -> dict[str, Stage]:
    """Workshop → where it stands now, of all workshops of a study that have been led."""
    rows = session.query(
        f"""
        select seq, {", ".join(_STAGE)} from (
          select *, row_number() over (partition by workshop order by seq desc) as nth from stage
          where workshop in (select id from workshop_version where study = $1)
        ) version
        where nth = 1
        """,
        [study],
    )
    return {row["workshop"]: _stage(row) for row in rows}


def last_of_rounds(session: Session, workshop: str) -> dict[int, Stage]:
    """Round → the last stage that it stood in."""
    return {stage.round: stage for stage in stages(session, workshop)}


def sit_down(session: Session, key_hashes: Iterable[str], workshop: str, rater: str) -> None:
    """These browsers speak for the rater from now on."""
    now = datetime.now(UTC)
    rows = [(key_hash, workshop, rater, now) for key_hash in key_hashes]
    if rows:
        session.insert("device", ("key_hash", "workshop", "rater", "joined_at"), rows)


def devices(session: Session, workshop: str) -> dict[str, str]:
    """Hash of a browser's key → the rater it speaks for."""
    rows = session.query("select key_hash, rater from device where workshop = $1 order by seq", [workshop])
    return {row["key_hash"]: row["rater"] for row in rows}


def raters_ever(session: Session, workshop: str) -> set[str]:
    """The ids of all who have been in a workshop, also of those who were taken out."""
    return {row["id"] for row in session.query("select distinct id from rater_version where workshop = $1", [workshop])}


def seats(session: Session, key_hash: str) -> dict[str, str]:
    """Workshop → the rater that this browser speaks for there, the one joined last at the end."""
    rows = session.query("select workshop, rater from device where key_hash = $1 order by seq", [key_hash])
    found: dict[str, str] = {}
    for row in rows:
        found.pop(row["workshop"], None)
        found[row["workshop"]] = row["rater"]
    return found


def contribute(session: Session, contribution: Contribution) -> bool:
    """One thing that somebody wrote, on disk when this returns; False when the same tap had arrived before."""
    return session.insert_new("contribution", _CONTRIBUTION, [getattr(contribution, name) for name in _CONTRIBUTION])


def contributions(session: Session, workshop: str) -> list[Contribution]:
    """All that was written, the oldest first."""
    rows = session.query(
        f"select {', '.join(_CONTRIBUTION)} from contribution where workshop = $1 order by seq", [workshop]
    )
    return [Contribution(**row) for row in rows]


def contributions_of(session: Session, workshop: str, rater: str) -> list[Contribution]:
    """What one rater has written, the oldest first."""
    rows = session.query(
        f"select {', '.join(_CONTRIBUTION)} from contribution where workshop = $1 and rater = $2 order by seq",
        [workshop, rater],
    )
    return [Contribution(**row) for row in rows]


def study_of(session: Session, workshop: str) -> str | None:
    """The id of the study that a workshop belongs to."""
    rows = session.query("select study from workshop_version where id = $1 limit 1", [workshop])
    return rows[0]["study"] if rows else None


def plan_of_code(session: Session, code: str) -> tuple[str, str] | None:
    """(study, workshop) of the plan that has this code now; None where there is none."""
    rows = session.query(
        """
        select study, id, code from (
          select *, row_number() over (partition by id order by seq desc) as nth from plan_version
          where batch not in (select batch from undone_batch)
            and id in (select id from plan_version where code = $1)
        ) version
        where nth = 1 and not removed and code = $1
        """,
        [code],
    )
    return (rows[0]["study"], rows[0]["id"]) if rows else None


class Progress(NamedTuple):
    """How far a rater has come in a round: criteria answered, «vet ikke» included, and when last."""

    answered: int
    last_at: datetime


def progress(
    session: Session, workshop: str, round_: int, items: Sequence[str], criteria: Sequence[str]
) -> dict[str, Progress]:
    """Rater → progress on these items and criteria, of those that have answered anything."""
    rows = session.query(
        """
        select rater, count(*) as answered, max(last_at) as last_at from (
          select rater, item, criterion, max(rated_at) as last_at from rating
          where workshop = $1 and round = $2 and batch is null and item = any(cast($3 as text[]))
            and criterion = any(cast($4 as text[]))
          group by rater, item, criterion
        ) answer
        group by rater
        """,
        [workshop, round_, list(items), list(criteria)],
    )
    return {row["rater"]: Progress(row["answered"], row["last_at"]) for row in rows}


def room_version(session: Session, study: str, workshop: str) -> tuple[int, int]:
    """Moves whenever what the room knows has changed: its rows, stage, browsers, uploads; not when somebody rates."""
    row = session.query(_STANDING, [study, workshop])[0]
    return row["rows_written"], row["seq"]


_LOGS = (
    "batch where study = $1",
    "batch_flip where batch in (select id from batch where study = $1)",
    "workshop_version where id = $2",
    "plan_version where id = $2",
    "rater_version where workshop = $2",
    "idea_version where workshop = $2",
    "stage where workshop = $2",
    "device where workshop = $2",
)
_COUNTED = " union all ".join(f"select count(*) as rows_written, max(seq) as seq from {log}" for log in _LOGS)
_STANDING = f"""
select cast(sum(rows_written) as bigint) as rows_written, coalesce(max(seq), 0) as seq from ({_COUNTED}) log
"""


def _stage(row: Row) -> Stage:
    return Stage(**row | {"step": Step(row["step"]), "items": tuple(json.loads(row["items"]))})
