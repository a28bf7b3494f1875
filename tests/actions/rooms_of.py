"""A live workshop to try things in: a study with areas, a facilitator, and groups that join and answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count

import pytest

from lib.actions import open_store
from lib.actions.live import rooms, seating, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.actions.live.seating import Introduction, Seat
from lib.actions.live.taking_part import Tap
from lib.actions.live.workshops import Draft, Next
from lib.actions.uploads import uploads
from lib.model.access import Actor
from lib.model.live import Stage, Step
from lib.model.problems import AppError
from lib.model.records import Area, Rater, Study, new_id
from lib.store import rows
from tests.actions.books import areas, book, municipalities
from tests.people import FACILITATOR

AREAS = ("Arkiv", "Lønn", "Telefoni")
_numbers = count(1)


def furnish(study: Study, *names: str) -> None:
    """Areas with the codes 1, 2, 3 … and two municipalities."""
    content = book({"Kommuner": municipalities(Grong=2359, Lierne=1355), "Områder": areas(*(names or AREAS))})
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb")
    assert not preview.errors
    uploads.confirm(FACILITATOR, preview)


def area_ids(study: Study) -> dict[str, str]:
    """Name → id."""
    return {area.name: area.id for area in rows.current(open_store.store(), Area, study.id)}


def opened(study: Study, **changes: object) -> Room:
    """A workshop on all the study's areas, in its first step."""
    name = f"Workshop {next(_numbers)}"
    draft = Draft(name=name, items=tuple(area_ids(study).values()))
    made = workshops.create(FACILITATOR, study, Draft(**{**_fields(draft), **changes}))  # type: ignore[arg-type]
    return rooms.room(made.id)


def _fields(draft: Draft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in Draft.__dataclass_fields__}


def step(room: Room, after: Next | None = None) -> Room:
    """One step forward."""
    workshops.forward(FACILITATOR, room.study, room.workshop.id, now(room).stage.seq, after)
    return now(room)


def back(room: Room) -> Room:
    """One step back."""
    workshops.back(FACILITATOR, room.study, room.workshop.id, now(room).stage.seq)
    return now(room)


def to(room: Room, wanted: Step) -> Room:
    """Forward until the room stands in a step."""
    for _ in range(8):
        if now(room).stage.step is wanted:
            return now(room)
        step(room)
    raise AssertionError(wanted)


def now(room: Room) -> Room:
    rooms.look_again(room.workshop.id)
    return rooms.room(room.workshop.id)


def joined(room: Room, name: str, **who: object) -> tuple[Rater, str]:
    """A rater on a new device, and its key."""
    return seating.join(now(room), "", Introduction(name=name, **who))  # type: ignore[arg-type]


def board(room: Room) -> dict[str, Seat]:
    """Name → how far each has come."""
    return {seat.rater.name: seat for seat in seating.board(FACILITATOR, room.study, room.workshop.id)}


def actor(room: Room, rater: Rater) -> Actor:
    return seating.actor_of(room, rater)


def answer(room: Room, rater: Rater, given: Mapping[str, tuple[int | None, ...]]) -> None:
    """Area name → one value a criterion, each as a tap of its own."""
    room, ids = now(room), area_ids(room.study)
    for name, values in given.items():
        for criterion, value in zip(room.method.criterion_keys, values, strict=True):
            tap(room, rater, ids[name], criterion, value)


def tap(room: Room, rater: Rater, item: str, criterion: str, value: int | None, key: str = "") -> bool:
    return taking_part.rate(
        actor(room, rater), room, rater, Tap(key or new_id(), room.stage.round, item, criterion, value)
    )


def stages(room: Room) -> Stage:
    return now(room).stage


def raters(study: Study) -> list[Rater]:
    return rows.current(open_store.store(), Rater, study.id)


@contextmanager
def refused(code: str, kind: type[AppError] = AppError) -> Iterator[None]:
    """What stands in the block is refused for this reason."""
    with pytest.raises(kind) as found:
        yield
    assert found.value.code == code
