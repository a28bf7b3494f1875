"""What a study holds now, as rows that can be written to a workbook and read again."""

from __future__ import annotations

from lib.actions import open_store, rounds
from lib.actions.rounds import Rounds
from lib.intake.existing import Existing, comment_key, rating_key
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.records import Area, Municipality, Rater, Rating, Record, Rows, Study, Workshop
from lib.model.sheet_kinds import RECORD_SHEETS, sheet_of
from lib.store import ratings, rows


def current_rows(study: Study) -> Rows:
    """What the study holds now; what refers to something that was undone rests until it is there again."""
    store = open_store.store()
    workshops = rows.current(store, Workshop, study.id)
    towns, areas = rows.current(store, Municipality, study.id), rows.current(store, Area, study.id)
    raters = tuple(rows.current(store, Rater, study.id))
    known = {rater.id for rater in raters}  # the answers of one who was taken out of a workshop stay in the log alone
    items = {area.id for area in areas}
    places = [(seen, number) for seen in map(rounds.of, workshops) for number in _sayable_rounds(seen)]
    remarks = (comment for seen, number in places for comment in ratings.comments(store, seen.workshop.id, number))
    given = (rating for place in places for rating in ratings_of(*place))
    records = [record for kind in RECORD_SHEETS if kind.record for record in rows.current(store, kind.record, study.id)]
    return Rows(
        municipalities=tuple(towns),
        areas=tuple(areas),
        workshops=tuple(workshops),
        raters=raters,
        ratings=tuple(rating for rating in given if rating.rater in known and rating.item in items),
        comments=tuple(comment for comment in remarks if comment.rater in known and comment.item in items),
        records=tuple(_with_all_references(records, items | {town.id for town in towns})),
    )


def counts_of(rows: Rows) -> dict[str, int]:
    """How many there are of each kind, for the receipt of a batch; kinds without any left out."""
    counts = {key: len(getattr(rows, key)) for key in ("municipalities", "areas", "ratings", "comments")}
    counts |= {kind.key: sum(type(record) is kind.record for record in rows.records) for kind in RECORD_SHEETS}
    return {key: count for key, count in counts.items() if count}


def existing_rows(current: Rows) -> Existing:
    return Existing(
        current.municipalities,
        current.areas,
        current.workshops,
        current.raters,
        ratings={rating_key(rating): rating.value for rating in current.ratings},
        comments={comment_key(comment): comment.text for comment in current.comments},
        records=current.records,
    )


def _with_all_references(records: list[Record], known: set[str]) -> list[Record]:
    """The records whose references are all there; what refers to one that rests, rests too."""
    there = known | {record.id for record in records}
    standing = [record for record in records if _references(record) <= there]
    return standing if len(standing) == len(records) else _with_all_references(standing, known)


def _references(record: Record) -> set[str]:
    """The ids in those fields whose columns refer to something."""
    found: set[str] = set()
    for column in sheet_of(type(record)).columns:
        value = getattr(record, column.target) if column.refers else None
        found |= set(value) if isinstance(value, list) else {value} if value else set()
    return found


def _sayable_rounds(seen: Rounds) -> tuple[int, ...]:
    """Those that came by workbook, and of groups that rated live those whose result is out, by the workshop's method.

    What single persons answered on their own phones never leaves with their role and municipality beside it.
    """
    if seen.last and not seen.workshop.group_mode:
        return ()
    return seen.main


def ratings_of(seen: Rounds, number: int, whole: bool = False) -> list[Rating]:
    """What was answered in a round; with `whole` also what it lets stand of the rounds before it."""
    frame = seen.answers(number) if whole else seen.given(number)
    values = (None if value != value else int(value) for value in frame[VALUE])
    columns = (frame[RATER], frame[ITEM], frame[CRITERION], values)
    return [Rating(seen.workshop.id, number, *answer) for answer in zip(*columns, strict=True)]
