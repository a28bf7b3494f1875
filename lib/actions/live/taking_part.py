"""What a rater does: answers, remarks, writes, gives points, and sees what it came to once the room does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import pandas as pd

from lib.access import Action
from lib.actions import gate, open_store, results, rounds
from lib.actions.live import collecting, rooms, seating
from lib.actions.live.rooms import Room
from lib.actions.suppression import EVEN, Selection
from lib.model.access import Actor
from lib.model.columns import ITEM, RANK, RATER, RULES, SCORE, VALUE, N
from lib.model.live import IDEA_ROUND, Contribution, Step
from lib.model.methods import Criterion, Items, Method
from lib.model.problems import AppError, Denied
from lib.model.records import Comment, Rater, Rating
from lib.store import live, ratings

COMMENT_LIMIT = 1000
WRITTEN_LIMIT = collecting.TEXT_LIMIT
CONTRIBUTIONS_LIMIT = 100
TAP_LIMIT = 64
_ANSWERABLE = frozenset({Step.RATE, Step.POINTS})
_ON_PAPER = _ANSWERABLE | {Step.FREEZE}


@dataclass(frozen=True, slots=True)
class Tap:
    """One answer from a device: `tap` is the device's id for it, so that it may be sent again; None is «vet ikke»."""

    tap: str
    round: int
    item: str
    criterion: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a rater has said in the round that the room is in."""

    values: Mapping[tuple[str, str], int | None]
    comments: Mapping[str, str]

    def has_all(self, item: str, method: Method) -> bool:
        return all((item, key) in self.values for key in method.criterion_keys)


def rate(actor: Actor, room: Room, rater: Rater, tap: Tap) -> bool:
    """One answer, on disk when this returns; False for a tap that had arrived before.

    Denied: `round_closed` after «steng for svar» or in another round, `item_gone`, `off_scale`, `points_spent`.
    Somebody who leads the workshop may enter paper forms until the result is shown.
    """
    _allow(actor, room, rater)
    criterion = _criterion(actor, room, tap)
    if tap.value is not None and not criterion.low <= tap.value <= criterion.high:
        raise Denied("off_scale", low=criterion.low, high=criterion.high)
    rating = Rating(room.workshop.id, tap.round, rater.id, tap.item, tap.criterion, tap.value, _plain_tap(tap.tap))
    if room.method.budget is None:
        return ratings.rate(open_store.store(), rating)
    return _give(room.method.budget, rating)


def _allow(actor: Actor, room: Room, rater: Rater) -> None:
    """Everybody answers for themselves; a facilitator only for those on paper, so that nobody's answers are seen.

    Denied `no_seat` for one who was removed, or goes by another name since: what they say would count nowhere.
    """
    gate.allow(actor, Action.WORKSHOP_RATE, room.study, room.workshop.id)
    if rater.id not in room.raters:
        raise Denied("no_seat")
    own = any(grant.workshop == room.workshop.id and grant.rater == rater.id for grant in actor.grants)
    if not own and not (gate.may(actor, Action.WORKSHOP_LEAD, room.study) and rater in seating.on_paper(room)):
        raise Denied("not_yours")


def _criterion(actor: Actor, room: Room, tap: Tap) -> Criterion:
    """The criterion that is asked about, where it is."""
    if room.stage.step not in _answerable(actor, room) or tap.round != room.stage.round:
        raise Denied("round_closed")
    if tap.item not in room.stage.items:
        raise Denied("item_gone")
    found = next((each for each in room.method.criteria if each.key == tap.criterion), None)
    if found is None or (tap.value is None and room.method.budget is not None):
        raise Denied("round_closed")
    return found


def _answerable(actor: Actor, room: Room) -> frozenset[Step]:
    return _ON_PAPER if gate.may(actor, Action.WORKSHOP_LEAD, room.study) else _ANSWERABLE


def _give(budget: int, rating: Rating) -> bool:
    """Points from a budget, counted where only one of the group's devices at a time can give."""
    with open_store.store().exclusive(f"points {rating.workshop} {rating.rater}") as tx:
        given = ratings.of_rater(tx, rating.workshop, rating.round, rating.rater)
        others = sum(value or 0 for place, value in given.items() if _beside(place, rating))
        if others + (rating.value or 0) > budget:
            raise Denied("points_spent", budget=budget)
        return ratings.append(tx, None, [rating]) == 1


def _beside(place: tuple[str, str], rating: Rating) -> bool:
    """Whether the budget is spent there too; the round may hold answers by another method that it began with."""
    item, criterion = place
    return item != rating.item and criterion == rating.criterion


def remark(actor: Actor, room: Room, rater: Rater, tap: str, item: str, text: str) -> bool:
    """A comment on an item, in the place of the one before; empty takes it away."""
    _allow(actor, room, rater)
    if room.stage.step not in _answerable(actor, room) or room.stage.round == IDEA_ROUND:
        raise Denied("round_closed")
    if not room.plan.comments or item not in room.stage.items:
        raise Denied("item_gone")
    plain = text.strip()
    if len(plain) > COMMENT_LIMIT:
        raise AppError("comment_too_long", limit=COMMENT_LIMIT)
    where = (room.workshop.id, room.stage.round, rater.id, item)
    return ratings.remark(open_store.store(), Comment(*where, plain, _plain_tap(tap)))


def contribute(actor: Actor, room: Room, rater: Rater, tap: str, prompt: int, text: str) -> bool:
    """Something written under an open question; False for a tap that had arrived before."""
    _allow(actor, room, rater)
    if room.stage.step is not Step.COLLECT or not 0 <= prompt < len(room.plan.prompts):
        raise Denied("collecting_closed")
    plain = " ".join(text.split())
    if not plain or len(plain) > WRITTEN_LIMIT:
        raise AppError("idea_text", limit=WRITTEN_LIMIT)
    own = {each.tap for each in own_contributions(room, rater)}
    if tap not in own and len(own) >= CONTRIBUTIONS_LIMIT:
        raise AppError("contributions_limit", limit=CONTRIBUTIONS_LIMIT)
    written = Contribution(_plain_tap(tap), room.workshop.id, prompt, rater.id, plain, datetime.now(UTC))
    return live.contribute(open_store.store(), written)


def _plain_tap(tap: str) -> str:
    if not tap or len(tap) > TAP_LIMIT or not tap.isascii():
        raise AppError("unstorable_text")
    return tap


def own_contributions(room: Room, rater: Rater) -> list[Contribution]:
    """What this rater has written, the oldest first."""
    return live.contributions_of(open_store.store(), room.workshop.id, rater.id)


def answers(actor: Actor, room: Room, rater: Rater) -> Answers:
    """What a rater has said in this round, for the rater, and for whoever enters it from paper."""
    _allow(actor, room, rater)
    store, workshop, number = open_store.store(), room.workshop.id, room.stage.round
    remarks = ratings.comments_of(store, workshop, number, rater.id) if room.plan.comments else {}
    return Answers(ratings.of_rater(store, workshop, number, rater.id), remarks)


def own_answers(room: Room, rater: Rater) -> Answers:
    """As `answers`, where the rater's own device asks."""
    return answers(seating.actor_of(room, rater), room, rater)


@dataclass(frozen=True, slots=True)
class Line:
    """A place in what the room came to; `raters` have had a say in it, and a `forced` risk demands countermeasures."""

    place: int | None
    item: str
    name: str
    score: float | None
    raters: int
    forced: bool = False


def outcome(room: Room) -> tuple[Line, ...]:
    """What the round came to, best first, once it is out. Denied `not_shown_yet` before."""
    if not room.stage.is_open:
        raise Denied("not_shown_yet")
    if room.stage.round == IDEA_ROUND:
        return _points(room)
    return _outcome(room.workshop.id, room.stage.round, room.stage.seq, frozenset(room.raters))


@lru_cache(maxsize=64)
def _outcome(workshop: str, number: int, seq: int, raters: frozenset[str]) -> tuple[Line, ...]:
    """Once for all the phones that ask at the same moment; a stage that is shown takes no more answers, but those who
    count may yet be merged or removed.
    """
    room = rooms.room(workshop)
    if number not in rounds.of(room.workshop).shown:
        return ()  # nobody has answered anything
    try:
        found = results.weigh(results.look(room.study, Selection(workshop, number)), EVEN)
    except Denied:
        return ()  # too few persons to show anything of
    columns = (found.summary[column].tolist() for column in (RANK, ITEM, SCORE, N, RULES))
    names, risks = found.material.names, found.material.method.items is Items.RISKS
    return tuple(
        Line(
            None if pd.isna(rank) else int(rank),
            item,
            names[item],
            None if pd.isna(score) else score,
            n,
            forced=risks and bool(fired),
        )
        for rank, item, score, n, fired in zip(*columns, strict=True)
    )


def _points(room: Room) -> tuple[Line, ...]:
    ballots = collecting.points(room)
    given, givers = ballots.groupby(ITEM)[VALUE].sum(), int(ballots[RATER].nunique())
    texts = {idea.id: idea.text for idea in room.ideas}
    totals = sorted(((int(given.get(item, 0)), item) for item in room.stage.items if item in texts), reverse=True)
    return tuple(
        Line(1 + sum(other > total for other, _ in totals), item, texts[item], float(total), givers)
        for total, item in totals
    )


open_store.when_closed(_outcome.cache_clear)
