"""What stands on rows that would go or change: said before an import is stored or undone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from lib.access import Action
from lib.actions import gate, open_store
from lib.i18n import listing, t
from lib.model.access import Actor
from lib.model.cost_records import Confirmation, ModelChoice
from lib.model.problems import NotFound
from lib.model.records import Area, Batch, BatchKind, Municipality, Rater, Record, Rows, Study, Workshop
from lib.model.sheet_kinds import RECORD_SHEETS
from lib.store import Session, batches, ratings, rows

RATINGS = "ratings"
OTHERS = "others"
_KEYS: dict[type[Record], str] = {
    Area: "areas",
    Municipality: "municipalities",
    Workshop: "workshops",
    Rater: "raters",
    ModelChoice: "model_choices",
    Confirmation: "confirmations",
    **{kind.record: kind.key for kind in RECORD_SHEETS if kind.record},
}
_NAMED = ("areas", "municipalities", "workshops", "raters")  # the first that fits says what something stands on

Key = tuple[str, str, str]
"""(workshop, rater, item) of an answer."""


@dataclass(frozen=True, slots=True)
class Dependents:
    """How many of each kind (as in `upload.rows`) stand on some things of one kind."""

    of: str
    things: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What an undo or a redo does: rows that go, come and get another value, by kind; and what is left in the air."""

    going: Mapping[str, int]
    coming: Mapping[str, int]
    changing: Mapping[str, int]
    stranded: tuple[Dependents, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """Everything that stands in a study: records by kind and id, and how each key of an answer was valued."""

    records: Mapping[tuple[type[Record], str], Record]
    answers: Mapping[tuple[Key, int, str], int | None]


class _Peeked(Exception):
    """Raised at the end of a look, so that nothing of it is kept."""


def consequences(actor: Actor, study: Study, batch: str, live: bool) -> Consequences:
    """What undoing (`live=False`) or redoing a batch of this study would do. Nothing is done."""
    gate.allow(actor, Action.UPLOAD_UNDO, study)
    own(study, batch)
    seen: list[_Held] = []
    try:
        with open_store.store().transaction() as tx:
            seen.append(_held(tx, study))
            batches.flip(tx, batch, live, actor.name, datetime.now(UTC))
            seen.append(_held(tx, study))
            raise _Peeked
    except _Peeked:
        return _compared(*seen)


def own(study: Study, batch: str) -> Batch:
    """A batch of this study that may be undone; NotFound for another's."""
    found = batches.find(open_store.store(), batch)
    if found is None or found.study != study.id or found.kind is BatchKind.WORKSHOP:
        raise NotFound
    return found


def changed(written: Rows, current: Rows) -> tuple[Dependents, ...]:
    """What stands on those rows of the study that an import would change."""
    before = {record.id: record for record in _all(current)}
    targets = {row.id: type(row) for row in _all(written) if row.id in before and before[row.id] != row}
    answers = [(rating.workshop, rating.rater, rating.item) for rating in current.ratings]
    return _standing_on(targets, _all(current), answers)


def sentences(language: str, found: Iterable[Dependents], fate: str) -> list[str]:
    """«3 vurderinger gjelder et område som forsvinner.» `fate` is «gone» or «changed»."""
    told = []
    for each in found:
        thing = t(language, f"depends.things.{each.of}", count=each.things)
        told.append(t(language, f"depends.{fate}", what=counted(language, each.counts), thing=thing))
    return told


def counted(language: str, counts: Mapping[str, int]) -> str:
    """«1 kommune, 13 områder og 234 vurderinger»."""
    return listing(language, [t(language, f"upload.rows.{kind}", count=count) for kind, count in counts.items()])


def _held(session: Session, study: Study) -> _Held:
    records = {(kind, each.id): each for kind in rows.TABLES for each in rows.current(session, kind, study.id)}
    return _Held(records, ratings.counting_values(session, study.id))


def _compared(before: _Held, after: _Held) -> Consequences:
    gone = {identity: kind for kind, identity in before.records.keys() - after.records.keys()}
    return Consequences(
        going=_counts(before, after),
        coming=_counts(after, before),
        changing=_by_kind(
            kind
            for (kind, identity), each in after.records.items()
            if before.records.get((kind, identity), each) != each
        )
        | _answers(sum(before.answers.get(key, value) != value for key, value in after.answers.items())),
        stranded=_standing_on(gone, after.records.values(), [key for key, _, _ in after.answers]),
    )


def _counts(there: _Held, here: _Held) -> dict[str, int]:
    """What is there and not here."""
    kinds = _by_kind(kind for kind, identity in there.records if (kind, identity) not in here.records)
    return kinds | _answers(len(there.answers.keys() - here.answers.keys()))


def _by_kind(kinds: Iterable[type[Record]]) -> dict[str, int]:
    return dict(Counter(_KEYS.get(kind, OTHERS) for kind in kinds))


def _answers(count: int) -> dict[str, int]:
    return {RATINGS: count} if count else {}


def _all(held: Rows) -> tuple[Record, ...]:
    return (*held.municipalities, *held.areas, *held.workshops, *held.raters, *held.records)


def _standing_on(
    targets: Mapping[str, type[Record]], records: Iterable[Record], answers: Iterable[Key]
) -> tuple[Dependents, ...]:
    """Records and answers that name a target, by the kind of the target."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    things: dict[str, set[str]] = defaultdict(set)

    def note(kind: str, named: Iterable[str]) -> None:
        found = {each: _KEYS.get(targets[each], OTHERS) for each in named if each in targets}
        if found:
            of = next((each for each in _NAMED if each in found.values()), OTHERS)
            counts[of][kind] += 1
            things[of] |= {each for each, its in found.items() if its == of}

    if targets:
        for key in answers:
            note(RATINGS, key)
        for record in records:
            note(_KEYS.get(type(record), OTHERS), _named_in(record, targets))
    return tuple(Dependents(of, max(1, len(things[of])), dict(count)) for of, count in counts.items())


def _named_in(record: Record, targets: Mapping[str, type[Record]]) -> list[str]:
    """The ids that a record names; its own too where it goes by the id of what it is about."""
    named = [record.id] if targets.get(record.id, type(record)) is not type(record) else []
    for field, value in record:
        if field != "id":
            named += [each for each in (value if isinstance(value, list | dict) else [value]) if isinstance(each, str)]
    return named
