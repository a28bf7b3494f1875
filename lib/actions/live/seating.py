"""Who sits in a workshop: joined from a phone or entered on paper, renamed, merged, removed, and who is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from lib.access import Action, hash_key, new_key
from lib.actions import gate, open_store
from lib.actions.live import rooms, workshops
from lib.actions.live.rooms import Room
from lib.actions.reads import reads
from lib.domain.methods import METHODS
from lib.i18n import DEFAULT, alphabetical, t
from lib.model.access import Actor, Grant, Role
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.live import IDEA_ROUND, RATER_NAME_LIMIT, Contribution, Idea, Step
from lib.model.problems import AppError, NotFound
from lib.model.records import Comment, Rater, RaterRole, Rating, Study, new_id, stable_id
from lib.store import Tx, live, ratings, rows
from lib.store.live import Progress

COOKIE = "mulighetsrom_deltaker"
COOKIE_SECONDS = 60 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Introduction:
    """What somebody says of themselves. `together`: they know that the group is there and answer with it."""

    name: str = ""
    role: RaterRole | None = None
    municipality: str | None = None
    together: bool = False


def actor_of(room: Room, rater: Rater) -> Actor:
    """A rater in a workshop, who may do nothing elsewhere."""
    return Actor(rater.name, (Grant(Role.RATER, room.study.id, workshop=room.workshop.id, rater=rater.id),))


def with_seats(actor: Actor, key: str) -> Actor:
    """The actor with what a browser's key adds: a seat in each workshop that it has joined."""
    if not key:
        return actor
    held = live.seats(open_store.store(), hash_key(key)).items()
    known = ((live.study_of(open_store.store(), workshop), workshop, rater) for workshop, rater in held)
    seats = tuple(Grant(Role.RATER, study, workshop=at, rater=rater) for study, at, rater in known if study)
    return Actor(actor.name, actor.grants + seats) if seats else actor


def on_paper(room: Room) -> list[Rater]:
    """Those who have no device of their own, by name: whoever leads the workshop answers for them and for no others."""
    answering = set(room.devices.values())
    found = (rater for rater in room.raters.values() if rater.id not in answering)
    return sorted(found, key=lambda rater: alphabetical(rater.name))


def seat_of(room: Room, key: str) -> Rater | None:
    """Whom the browser with this key speaks for here, also when it joined another replica a moment ago."""
    if not key:
        return None
    known = room.rater_of(hash_key(key))
    if known is not None:
        return known
    held = live.seats(open_store.store(), hash_key(key)).get(room.workshop.id)
    if held is None:
        return None
    rooms.look_again(room.workshop.id)
    return rooms.room(room.workshop.id).raters.get(held)


def join(room: Room, key: str, who: Introduction) -> tuple[Rater, str]:
    """Sit down with a browser's key, made here where it has none; the same browser again is the same rater.

    Who has the code may join. AppError `workshop_closed`, `rater_name`, or `group_is_there` for a group that already
    answers from another device, until the visitor says that they belong to it.
    """
    if room.stage.step is Step.END:
        raise AppError("workshop_closed")
    sitting, key = seat_of(room, key), key or new_key()
    if sitting is not None and not room.workshop.group_mode:
        return sitting, key
    with open_store.store().exclusive(f"seats {room.workshop.id}") as tx:
        held = _held(tx, room, hash_key(key))
        rater = held if held is not None and not room.workshop.group_mode else _rater(tx, room, who, held)
        gate.allow(actor_of(room, rater), Action.WORKSHOP_RATE, room.study, room.workshop.id)
        live.sit_down(tx, [hash_key(key)], room.workshop.id, rater.id)
    rooms.seated(room.workshop.id, rater, hash_key(key))
    return rater, key


def add(actor: Actor, study: Study, workshop: str, who: Introduction) -> Rater:
    """A group or person whose answers come on paper."""
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    room = workshops.room(actor, study, workshop)
    with open_store.store().exclusive(f"seats {workshop}") as tx:
        rater = _rater(tx, room, who)
        gate.note(tx, actor, Action.WORKSHOP_LEAD, study.id, rater.id, added=rater.name)
    rooms.look_again(workshop)
    return rater


def _held(tx: Tx, room: Room, key_hash: str) -> Rater | None:
    """Whom a browser speaks for, also where it has joined twice at once."""
    rater = live.seats(tx, key_hash).get(room.workshop.id)
    return rows.find(tx, Rater, room.study.id, rater) if rater else None


def _rater(tx: Tx, room: Room, who: Introduction, held: Rater | None = None) -> Rater:
    if not room.workshop.group_mode:
        return _written(tx, room, _free_person(tx, room), who)
    name = plain_name(who.name)
    known = rows.find(tx, Rater, room.study.id, _identity(room, name))
    if known is None:
        return _written(tx, room, name, who)
    if not who.together and known != held:
        raise AppError("group_is_there", name=known.name)
    return known


def _free_person(tx: Tx, room: Room) -> str:
    """The next number; those of removed ones are taken too, so that none is ever given to somebody else."""
    taken = live.raters_ever(tx, room.workshop.id)
    names = (t(DEFAULT, "live.person_number", number=number) for number in count(len(taken) + 1))
    return next(name for name in names if _identity(room, name) not in taken)


def _written(tx: Tx, room: Room, name: str, who: Introduction) -> Rater:
    municipality = who.municipality if who.municipality in room.municipalities else None
    rater = Rater(
        id=_identity(room, name), workshop=room.workshop.id, name=name, role=who.role, municipality=municipality
    )
    rows.append(tx, workshops.batch_of(room.workshop.id), room.study.id, [rater])
    return rater


def _identity(room: Room, name: str) -> str:
    """As intake makes it, so that a workbook with the same name means the same group."""
    return stable_id(room.workshop.id, "rater", name.casefold())


def plain_name(name: str) -> str:
    """AppError `rater_name` for one that is empty, too long or not printable."""
    plain = " ".join(name.split())
    if not plain or len(plain) > RATER_NAME_LIMIT or not plain.isprintable():
        raise AppError("rater_name", limit=RATER_NAME_LIMIT)
    return plain


def rename(actor: Actor, study: Study, workshop: str, rater: str, name: str) -> Rater:
    """Another name for a group, with all its answers. AppError `group_exists` where another has it."""
    room, old = _room_and_rater(actor, study, workshop, rater)
    name = plain_name(name)
    if _identity(room, name) == old.id:
        return _renamed_in_place(actor, room, old, name)
    if _identity(room, name) in room.raters:
        raise AppError("group_exists", name=name)
    new = old.model_copy(update={"id": _identity(room, name), "name": name})
    _take_over(actor, room, old, new)
    return new


def _renamed_in_place(actor: Actor, room: Room, old: Rater, name: str) -> Rater:
    new = old.model_copy(update={"name": name})
    with open_store.store().transaction() as tx:
        rows.append(tx, workshops.batch_of(room.workshop.id), room.study.id, [new])
        gate.note(tx, actor, Action.WORKSHOP_LEAD, room.study.id, old.id, renamed=name)
    rooms.look_again(room.workshop.id)
    return new


def merge(actor: Actor, study: Study, workshop: str, rater: str, into: str) -> Rater:
    """Two that are the same group: the answers of both, the last one for each question, stand under `into`."""
    room, old = _room_and_rater(actor, study, workshop, rater)
    _, new = _room_and_rater(actor, study, workshop, into)
    if old.id == new.id:
        raise AppError("group_exists", name=new.name)
    _take_over(actor, room, old, new)
    return new


def remove(actor: Actor, study: Study, workshop: str, rater: str) -> None:
    """The rater's answers stay in the log and count no longer; their browsers are asked to join anew."""
    room, old = _room_and_rater(actor, study, workshop, rater)
    with open_store.store().exclusive(f"seats {workshop}") as tx:
        rows.append(tx, workshops.batch_of(workshop), study.id, [old], removed=True)
        gate.note(tx, actor, Action.WORKSHOP_LEAD, study.id, old.id, removed=old.name)
    rooms.look_again(room.workshop.id)


def _room_and_rater(actor: Actor, study: Study, workshop: str, rater: str) -> tuple[Room, Rater]:
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    rooms.look_again(workshop)
    room = workshops.room(actor, study, workshop)
    if rater not in room.raters:
        raise NotFound
    return room, room.raters[rater]


def _take_over(actor: Actor, room: Room, old: Rater, new: Rater) -> None:
    """`new` gets the browsers of `old` and copies of its answers where they are the later ones; `old` is removed."""
    workshop, study = room.workshop.id, room.study.id
    with open_store.store().exclusive(f"seats {workshop}") as tx:
        rows.append(tx, workshops.batch_of(workshop), study, [new])
        rows.append(tx, workshops.batch_of(workshop), study, [old], removed=True)
        live.sit_down(tx, [key for key, held in live.devices(tx, workshop).items() if held == old.id], workshop, new.id)
        _take_written(tx, room, old, new)
        for number in {IDEA_ROUND, room.stage.round, *ratings.rounds(tx, workshop)}:
            ratings.append(tx, None, _taken_ratings(tx, room, number, old, new))
            ratings.append_comments(tx, None, _taken_comments(tx, room, number, old, new))
        gate.note(tx, actor, Action.WORKSHOP_LEAD, study, old.id, taken_over_by=new.id, name=new.name)
    rooms.look_again(workshop)


def _taken_ratings(tx: Tx, room: Room, number: int, old: Rater, new: Rater) -> Iterable[Rating]:
    """Where points are given from a budget, the later ballot stands as a whole, lest the two together overdraw it."""
    workshop = room.workshop.id
    of_old, of_new = (ratings.of_rater(tx, workshop, number, rater.id) for rater in (old, new))
    frame = ratings.current(tx, workshop, number)
    both = frame[frame[RATER].isin([old.id, new.id])]
    last: dict[tuple[str, str], str] = {}
    for rater, item, criterion in zip(both[RATER], both[ITEM], both[CRITERION], strict=True):
        last[item, criterion] = rater
    if METHODS[_method_of(tx, room, number)].budget is not None and len(both):
        emptied: dict[tuple[str, str], int | None] = dict.fromkeys(of_new, 0)
        taken = emptied | of_old if both[RATER].iloc[-1] == old.id else {}
    else:
        taken = {key: of_old[key] for key, rater in last.items() if rater == old.id}
    return [Rating(workshop, number, new.id, item, criterion, value) for (item, criterion), value in taken.items()]


def _take_written(tx: Tx, room: Room, old: Rater, new: Rater) -> None:
    """What `old` wrote, copied to `new` where it has none of it from before, and the copies in the ideas."""
    held = {_saying(each): each.tap for each in live.contributions_of(tx, room.workshop.id, new.id)}
    taps = {}
    for each in live.contributions_of(tx, room.workshop.id, old.id):
        taps[each.tap] = held.get(_saying(each)) or new_id()
        if _saying(each) not in held:
            live.contribute(tx, replace(each, tap=taps[each.tap], rater=new.id))
    ideas = [idea for idea in rows.current(tx, Idea, room.study.id) if taps.keys() & set(idea.members)]
    moved = [idea.model_copy(update={"members": [taps.get(tap, tap) for tap in idea.members]}) for idea in ideas]
    rows.append(tx, workshops.batch_of(room.workshop.id), room.study.id, moved)


def _saying(written: Contribution) -> tuple[int, str, datetime]:
    """What stays the same when it is copied, so that a group that gets its old name back has said nothing twice."""
    return written.prompt, written.text, written.written_at


def _method_of(tx: Tx, room: Room, number: int) -> str:
    stages = live.last_of_rounds(tx, room.workshop.id)
    return stages[number].method if number in stages else room.workshop.method


def _taken_comments(tx: Tx, room: Room, number: int, old: Rater, new: Rater) -> Iterable[Comment]:
    last = {comment.item: comment for comment in ratings.comments(tx, room.workshop.id, number)
            if comment.rater in (old.id, new.id)}  # fmt: skip
    return [each._replace(rater=new.id, tap=None) for each in last.values() if each.rater == old.id]


@dataclass(frozen=True, slots=True)
class Seat:
    """A rater on the board: how many of the round's questions are answered, «vet ikke» included, and when last."""

    rater: Rater
    municipality: str
    answered: int
    asked: int
    last_at: datetime | None
    devices: int

    @property
    def done(self) -> bool:
        return self.asked > 0 and self.answered >= self.asked


@reads(Action.WORKSHOP_WATCH)
def board(study: Study, workshop: str) -> list[Seat]:
    """Who is here and how far each has come in this round, by name; never what anybody answered."""
    room = workshops.room.within(study, workshop)
    answered, asked, devices = _progress(room), _questions(room), Counter(room.devices.values())
    return [
        Seat(
            rater=rater,
            municipality=room.municipalities.get(rater.municipality or "", ""),
            answered=min(answered[rater.id].answered, asked) if rater.id in answered else 0,
            asked=asked,
            last_at=answered[rater.id].last_at if rater.id in answered else None,
            devices=devices[rater.id],
        )
        for rater in sorted(room.raters.values(), key=lambda each: alphabetical(each.name))
    ]


def _questions(room: Room) -> int:
    """Questions of the round; where points are given, the points there are to give."""
    if not room.subjects:
        return 0
    return room.method.budget or len(room.subjects) * len(room.method.criteria)


def _progress(room: Room) -> dict[str, Progress]:
    items, store, number = [each.id for each in room.subjects], open_store.store(), room.stage.round
    if not items:
        return {}
    found = live.progress(store, room.workshop.id, number, items, room.method.criterion_keys)
    if room.method.budget is None:
        return found
    frame = ratings.current(store, room.workshop.id, number)
    given = frame[frame[CRITERION].isin(room.method.criterion_keys)].groupby(RATER)[VALUE].sum()
    return {rater: Progress(int(given.get(rater, 0)), done.last_at) for rater, done in found.items()}
