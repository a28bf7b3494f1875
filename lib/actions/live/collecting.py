"""«Samle»: what people write under open questions, how the facilitator groups it, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd

from lib.access import Action
from lib.actions import gate, open_store
from lib.actions.live import rooms, workshops
from lib.actions.live.rooms import Room
from lib.actions.reads import reads
from lib.model.access import Actor
from lib.model.columns import ITEM, RATER, VALUE
from lib.model.live import IDEA_ROUND, Contribution, Idea
from lib.model.problems import AppError, NotFound
from lib.model.records import Study, Workshop, new_id
from lib.store import Session, Tx, live, ratings, rows

TEXT_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Collected:
    """What a workshop has written. `loose` belong to no idea yet; `points` are each idea's, empty until shown."""

    contributions: tuple[Contribution, ...]
    ideas: tuple[Idea, ...]
    points: dict[str, int]
    givers: int

    @property
    def loose(self) -> list[Contribution]:
        grouped = {tap for idea in self.ideas for tap in idea.members}
        return [each for each in self.contributions if each.tap not in grouped]


@reads(Action.WORKSHOP_WATCH)
def collected(study: Study, workshop: str) -> Collected:
    """What was written and what has been made of it; the points only once the room has been shown them."""
    room = workshops.room.within(study, workshop)
    written = tuple(each for each in live.contributions(open_store.store(), workshop) if each.rater in room.raters)
    if not shown(room):
        return Collected(written, room.ideas, {}, 0)
    given = points(room)
    return Collected(written, room.ideas, {str(item): int(n) for item, n in given.groupby(ITEM)[VALUE].sum().items()},
                     int(given[RATER].nunique()))  # fmt: skip


def shown(room: Room) -> bool:
    """Whether the points to the ideas are out: they are from «vis» on, and stay so when the rating begins."""
    return room.stage.round > IDEA_ROUND or room.stage.is_open


def points(room: Room) -> pd.DataFrame:
    """The points that count, as `ratings.current`."""
    frame = ratings.current(open_store.store(), room.workshop.id, IDEA_ROUND)
    return frame[frame[RATER].isin(list(room.raters))]


def points_of(room: Room) -> dict[str, int]:
    """Idea's id → its points, of those that were given any."""
    return {str(item): int(n) for item, n in points(room).groupby(ITEM)[VALUE].sum().items()}


def voices_of(session: Session, room: Room) -> dict[str, int]:
    """Idea's id → how many have written it, of those who count."""
    writers = {each.tap: each.rater for each in live.contributions(session, room.workshop.id)}
    return {
        idea.id: len({writers[tap] for tap in idea.members if writers.get(tap) in room.raters}) for idea in room.ideas
    }


@reads(Action.RESULTS_VIEW)
def proposals(study: Study) -> list[tuple[Workshop, list[tuple[Idea, int]]]]:
    """The ideas of every workshop whose points are out, with their points, most points first."""
    led = [rooms.room(row.id, now=True) for row in workshops.of_study(study)]
    return [(room.workshop, _by_points(room)) for room in led if room.ideas and shown(room)]


def _by_points(room: Room) -> list[tuple[Idea, int]]:
    given = points_of(room)
    return sorted(((idea, given.get(idea.id, 0)) for idea in room.ideas), key=lambda pair: -pair[1])


def group(actor: Actor, study: Study, workshop: str, taps: Sequence[str], text: str, idea: str = "") -> Idea:
    """Make an idea of contributions, or put them with one that is there; AppError `idea_text` for an empty text."""
    with editing(actor, study, workshop) as tx:
        room = workshops.room(actor, study, workshop)
        written = {each.tap: each for each in live.contributions(tx, workshop)}
        old = next((held for held in room.ideas if held.id == idea), None)
        if any(tap not in written for tap in taps) or (idea and old is None):
            raise NotFound
        prompts = [written[tap].prompt for tap in taps] or [old.prompt if old else 0]
        made = Idea(
            id=old.id if old else new_id(),
            workshop=workshop,
            prompt=old.prompt if old else prompts[0],
            text=_plain(text),
            members=list(dict.fromkeys([*(old.members if old else []), *taps])),
            area=old.area if old else None,
        )
        others = [_without(held, taps) for held in room.ideas if held.id != made.id and set(held.members) & set(taps)]
        _keep(tx, study, workshop, [made, *others])
    return made


@contextmanager
def editing(actor: Actor, study: Study, workshop: str) -> Iterator[Tx]:
    """One at a time, with what the other has done in sight."""
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    with open_store.store().exclusive(f"workshop {workshop}") as tx:
        rooms.look_again(workshop)
        yield tx
    rooms.look_again(workshop)


def _keep(tx: Tx, study: Study, workshop: str, ideas: Sequence[Idea]) -> None:
    rows.append(tx, workshops.batch_of(workshop), study.id, ideas)


def _plain(text: str) -> str:
    plain = " ".join(text.split())
    if not plain or len(plain) > TEXT_LIMIT:
        raise AppError("idea_text", limit=TEXT_LIMIT)
    return plain


def _without(idea: Idea, taps: Sequence[str]) -> Idea:
    return idea.model_copy(update={"members": [tap for tap in idea.members if tap not in taps]})


def take_each(actor: Actor, study: Study, workshop: str) -> int:
    """An idea of every loose contribution, equal texts together; how many were made."""
    with editing(actor, study, workshop) as tx:
        alike: dict[tuple[int, str], list[Contribution]] = {}
        for each in collected(actor, study, workshop).loose:
            alike.setdefault((each.prompt, each.text.casefold()), []).append(each)
        made = [
            Idea(id=new_id(), workshop=workshop, prompt=prompt, text=same[0].text, members=[each.tap for each in same])
            for (prompt, _), same in alike.items()
        ]
        _keep(tx, study, workshop, made)
    return len(made)


def dissolve(actor: Actor, study: Study, workshop: str, idea: str) -> None:
    """The idea is gone; what people wrote stands alone again."""
    with editing(actor, study, workshop) as tx:
        room = workshops.room(actor, study, workshop)
        gone = [held for held in room.ideas if held.id == idea]
        rows.append(tx, workshops.batch_of(workshop), study.id, gone, removed=True)
