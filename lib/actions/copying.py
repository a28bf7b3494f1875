"""A study as one's own: everything that can be taken home from it, in a new study in which all may be tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lib.access import Action
from lib.actions import gate, open_store, rounds, studies
from lib.actions.uploads.study_rows import counts_of, current_rows, ratings_of
from lib.model.access import Actor
from lib.model.cost_records import ModelChoice
from lib.model.kinds import free, identity
from lib.model.mappings import SheetMapping
from lib.model.records import Batch, BatchKind, Comment, R, Rating, Record, Rows, Study, new_id, stable_id
from lib.model.risk_records import RiskPolicy
from lib.model.sheet_kinds import RECORD_SHEETS
from lib.store import imports, rows

# What a study has chosen beside its sheets. What somebody stands for (confirmed, accepted, let go on) is of the
# study where it was said, and does not go along.
CHOICES = (ModelChoice, RiskPolicy, SheetMapping)


def may_copy(actor: Actor, study: Study) -> bool:
    """Whether the actor may make studies, and may take this one home as a workbook."""
    return studies.may_create(actor) and gate.may(actor, Action.TEMPLATE_DOWNLOAD, study)


def copy(actor: Actor, study: Study, name: str, key: str = "") -> Study:
    """A new study with what stands in this one, as its workbook would have it and with the choices made in it.

    Nothing of a workshop of persons goes along, nor of a round whose result is not shown. Errors and `key` as
    `studies.create`, and Denied for one who may not take the study home.
    """
    gate.allow(actor, Action.TEMPLATE_DOWNLOAD, study)
    made = studies.named(actor, name, key)
    with imports.alone(open_store.store(), study.id) as tx:
        if studies.enter(tx, actor, made, copied=study.slug):
            chosen = [record for kind in CHOICES for record in rows.current(tx, kind, study.id)]
            taken = _as_in(made, study, _taken_along(study), chosen)
            imports.write_import(tx, _batch(actor, study, made, taken), taken)
    return made


def _batch(actor: Actor, study: Study, made: Study, taken: Rows) -> Batch:
    """The receipt of the copy; its `file_name` is what was copied."""
    return Batch(
        id=new_id(),
        study=made.id,
        kind=BatchKind.COPY,
        actor=actor.name,
        created_at=made.created_at,
        file_name=study.name,
        counts=counts_of(taken),
    )


def _taken_along(study: Study) -> Rows:
    """What stands, with those workshops of groups of which answers may be seen, and those who gave them.

    A round that asked of some items again stands whole, as it is shown.
    """
    found = current_rows(study)
    seen = [rounds.of(workshop) for workshop in found.workshops if workshop.group_mode]
    items = {area.id for area in found.areas}
    answered = [rating for each in seen for number in each.main for rating in ratings_of(each, number, whole=True)]
    ratings = [rating for rating in answered if rating.item in items]
    groups = {each.workshop.id for each in seen}
    comments = tuple(comment for comment in found.comments if comment.workshop in groups)
    spoke = {rating.rater for rating in ratings} | {comment.rater for comment in comments}
    raters = tuple(rater for rater in found.raters if rater.id in spoke)
    held = {rater.workshop for rater in raters}
    workshops = tuple(workshop for workshop in found.workshops if workshop.id in held)
    return replace(found, workshops=workshops, raters=raters, ratings=ratings, comments=comments)


def _as_in(made: Study, study: Study, taken: Rows, chosen: Iterable[Record]) -> Rows:
    """The rows under the ids that the new study would have given them, so that an upload finds them again."""
    ids = {study.id: made.id}
    ids |= {town.id: stable_id(made.id, "municipality", town.number) for town in taken.municipalities}
    ids |= {area.id: stable_id(made.id, "area", area.code.casefold()) for area in taken.areas}
    ids |= {each.id: stable_id(made.id, "workshop", each.name.casefold()) for each in taken.workshops}
    ids |= {rater.id: stable_id(ids[rater.workshop], "rater", rater.name.casefold()) for rater in taken.raters}
    given: set[str] = set()
    for kind in RECORD_SHEETS:
        for record in taken.of(kind.record) if kind.record else ():
            ids[record.id] = free(identity(kind, made.id, _with_ids(record.model_dump(), ids)), given)
            given.add(ids[record.id])
    ids |= {each.id: stable_id(made.id, "mapping", each.layout) for each in chosen if isinstance(each, SheetMapping)}
    return Rows(
        municipalities=_records(taken.municipalities, ids),
        areas=_records(taken.areas, ids),
        workshops=_records(taken.workshops, ids),
        raters=_records(taken.raters, ids),
        ratings=[Rating(*_with_ids(each[:-1], ids)) for each in taken.ratings],
        comments=tuple(Comment(*_with_ids(each[:-1], ids)) for each in taken.comments),
        records=_records((*taken.records, *chosen), ids),
    )


def _records(records: Iterable[R], ids: Mapping[str, str]) -> tuple[R, ...]:
    return tuple(type(record).model_validate(_with_ids(record.model_dump(), ids)) for record in records)


def _with_ids(value: Any, ids: Mapping[str, str]) -> Any:
    """The same value with every id in it, at any depth, changed for the new one."""
    match value:
        case str():
            return ids.get(value, value)
        case dict():
            return {_with_ids(key, ids): _with_ids(held, ids) for key, held in value.items()}
        case list() | tuple():
            changed = [_with_ids(each, ids) for each in value]
            refers = all(isinstance(each, str) and each in ids for each in value)
            return sorted(changed) if refers else changed  # references are kept in the order of their ids
        case _:
            return value
