"""What everybody in a live workshop shares, remembered by this process and asked of the store twice a second at most.

Forty phones that tap and ask where the room stands would each read it all otherwise.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from threading import Lock

from lib.actions import open_store, subjects
from lib.actions.subjects import Subject
from lib.domain.methods import METHODS
from lib.model.live import Idea, Plan, Stage
from lib.model.methods import Method
from lib.model.problems import NotFound
from lib.model.records import Area, Municipality, Rater, Study, Workshop
from lib.model.risk_records import RiskPolicy
from lib.model.swot_records import SwotItem
from lib.store import live, rows, studies

CHECK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop that is led, as it stands. `raters` by id, `devices`: hash of a browser's key → rater's id.

    `known` is all that can be rated in the study, `kept` the ids of SWOT items that ideas have become and that stand,
    `steps` the study's own words for the steps of a risk's scale.
    """

    study: Study
    workshop: Workshop
    plan: Plan
    stage: Stage
    known: Mapping[str, Subject]
    municipalities: Mapping[str, str]
    raters: Mapping[str, Rater]
    devices: Mapping[str, str]
    ideas: tuple[Idea, ...]
    kept: frozenset[str] = frozenset()
    steps: Mapping[str, str] = field(default_factory=dict)

    @property
    def method(self) -> Method:
        """The method of the round that the room is in."""
        method = METHODS[self.stage.method]
        return method.agreed(self.workshop.highest) if self.stage.method == self.workshop.method else method

    @property
    def areas(self) -> dict[str, Area]:
        """The study's areas by id, in the order of their codes."""
        found = ((key, each.area) for key, each in self.known.items() if not each.risk)
        return {key: area for key, area in found if area}

    @property
    def offered(self) -> dict[str, Subject]:
        """What can be chosen for a round: of the kind that the workshop's method is made for, and what was chosen."""
        kind = METHODS[self.workshop.method].items
        chosen = {item: self.known[item] for item in (*self.plan.items, *self.stage.items) if item in self.known}
        return subjects.offered(self.known, kind) | chosen

    @property
    def items(self) -> tuple[Subject, ...]:
        """What this round asks for, ideas left out, in the facilitator's order."""
        return tuple(self.known[item] for item in self.stage.items if item in self.known)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """All that this round asks about, in the facilitator's order."""
        ideas = {idea.id: Subject(idea.id, idea.text, is_idea=True) for idea in self.ideas}
        found = (self.known.get(item) or ideas.get(item) for item in self.stage.items)
        return tuple(each for each in found if each)

    def has_kept(self, idea: Idea) -> bool:
        """Whether what an idea became still stands: an area, a risk of the register or a SWOT item."""
        return idea.area is not None and (idea.area in self.known or idea.area in self.kept)

    def rater_of(self, key_hash: str) -> Rater | None:
        """Whom a browser speaks for."""
        return self.raters.get(self.devices.get(key_hash, ""))


@dataclass(slots=True)
class _Known:
    """`seen` is the last change made here that the room is known to include."""

    room: Room
    standing: tuple[int, int]
    checked: float
    seen: int

    def is_fresh(self) -> bool:
        return not self.is_behind() and time.monotonic() - self.checked < CHECK_SECONDS

    def is_behind(self) -> bool:
        return self.seen != _changed.get(self.room.workshop.id, 0)


_known: dict[str, _Known] = {}
_codes: dict[str, str] = {}
_changed: dict[str, int] = {}
_changes = count(1)
_lock = Lock()


def room(workshop: str, *, now: bool = False) -> Room:
    """The room of a workshop, at most half a second old, with all that this process has changed in it.

    With `now` it is as the store has it at this moment: for whoever has just seen that the study has moved, and would
    not ask again. NotFound where none is led under this id.
    """
    known = _known.get(workshop)
    if known is not None and known.is_fresh() and not now:
        return known.room
    if not _lock.acquire(blocking=now or known is None or known.is_behind()):
        return known.room if known else room(workshop)  # somebody is asking already; what is known will do until then
    try:
        known = _known.get(workshop)
        return known.room if known is not None and known.is_fresh() and not now else _known_or_read(workshop)
    finally:
        _lock.release()


def _known_or_read(workshop: str) -> Room:
    known, now, change = _known.get(workshop), time.monotonic(), _changed.get(workshop, 0)
    study = known.room.study.id if known else live.study_of(open_store.store(), workshop) or ""
    standing = live.room_version(open_store.store(), study, workshop)
    if known is not None and known.standing == standing:
        known.checked, known.seen = now, change
        return known.room
    read = _read(study, workshop)
    _known[workshop] = _Known(read, standing, now, change)
    return read


def _read(study_id: str, workshop: str) -> Room:
    store = open_store.store()
    study = studies.get(store, study_id)
    held = next((row for row in rows.current(store, Workshop, study_id) if row.id == workshop), None)
    plan = next((row for row in rows.current(store, Plan, study_id) if row.id == workshop), None)
    stages = live.stages(store, workshop)
    policy = rows.find(store, RiskPolicy, study_id, study_id)
    if study is None or held is None or plan is None or not stages:
        _known.pop(workshop, None)
        raise NotFound
    return Room(
        study=study,
        workshop=held,
        plan=plan,
        stage=stages[-1],
        known=subjects.of_study(store, study),
        municipalities={row.id: row.name for row in rows.current(store, Municipality, study_id)},
        raters={rater.id: rater for rater in rows.current(store, Rater, study_id) if rater.workshop == workshop},
        devices=live.devices(store, workshop),
        ideas=tuple(idea for idea in rows.current(store, Idea, study_id) if idea.workshop == workshop),
        kept=frozenset(item.id for item in rows.current(store, SwotItem, study_id) if item.workshop == workshop),
        steps=dict(policy.steps) if policy else {},
    )


def by_code(code: str) -> Room | None:
    """The room that a code opens, None for any code that opens none."""
    workshop = _codes.get(code)
    if workshop is None:
        found = live.plan_of_code(open_store.store(), code)
        if found is None:
            return None
        workshop = _codes[code] = found[1]
    try:
        return room(workshop)
    except NotFound:
        return None


def at_hand(code: str) -> Room | None:
    """As `by_code`, where it is known here and fresh; the store is never asked, so no thread is needed for it."""
    known = _known.get(_codes.get(code, ""))
    return known.room if known is not None and known.is_fresh() else None


def look_again(workshop: str) -> None:
    """This process has changed the room: whoever asks next sees it, also while somebody is still reading what was."""
    _changed[workshop] = next(_changes)


def seated(workshop: str, rater: Rater, key_hash: str) -> None:
    """Somebody has joined: they are let in at once, and two thousand others need not be read anew for it."""
    with _lock:
        if known := _known.get(workshop):
            raters, devices = {**known.room.raters, rater.id: rater}, {**known.room.devices, key_hash: rater.id}
            known.room = replace(known.room, raters=raters, devices=devices)


def _forget() -> None:
    _known.clear()
    _changed.clear()
    _codes.clear()


open_store.when_closed(_forget)
