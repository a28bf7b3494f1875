"""Leading a workshop: made, moved step by step, timed, and its raters renamed, merged and removed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from lib.access import Action
from lib.actions import gate, open_store, subjects
from lib.actions.live import rooms
from lib.actions.live.rooms import Room
from lib.actions.reads import reads
from lib.domain.methods import METHODS
from lib.model.access import Actor
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.live import CODE_LENGTH, IDEA_ROUND, Collects, Plan, Stage, Step
from lib.model.problems import AppError, NotFound, Stale
from lib.model.records import Batch, BatchKind, Rating, Study, Workshop, stable_id
from lib.model.swot_records import Quadrant
from lib.store import Tx, batches, live, ratings, rows

ALPHABET = "CDFHJKMNPRTWX3479"  # no two look or sound alike on a projector, and no vowels, so no words
NAME_LEAST, NAME_LIMIT, PROMPT_LIMIT, PROMPTS_LIMIT = 2, 80, 200, 8
LONGEST_MINUTES = 240
POINTS_METHOD = "dots"
_LED = (Step.RATE, Step.FREEZE, Step.SHOW, Step.DISCUSS)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the facilitator has filled in for a new workshop.

    `collects` is what the ideas become (None: areas), `about` the area that a SWOT is of, `highest` the step that an
    agreed scale ends with.
    """

    name: str
    method: str = "prioritisation"
    items: tuple[str, ...] = ()
    group_mode: bool = True
    asks_role: bool = True
    asks_municipality: bool = True
    comments: bool = True
    prompts: tuple[str, ...] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)
    collects: Collects | None = None
    about: str | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """What comes after a discussion: the end, or another round by a method with these items."""

    method: str = ""
    items: tuple[str, ...] = ()


def create(actor: Actor, study: Study, draft: Draft) -> Workshop:
    """A new workshop, open for whoever has its code. AppError for what cannot be led as it is filled in."""
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    draft = _tidied(study, draft)
    workshop = Workshop(
        id=stable_id(study.id, "workshop", draft.name.casefold()),
        name=draft.name,
        method=draft.method,
        group_mode=draft.group_mode,
        highest=draft.highest if draft.highest in METHODS[draft.method].scales else None,
    )
    now, store = datetime.now(UTC), open_store.store()
    with store.exclusive("workshop codes") as tx:
        plan = _plan(tx, workshop, draft)
        batch = Batch(
            id=batch_of(workshop.id), study=study.id, kind=BatchKind.WORKSHOP, actor=actor.name, created_at=now
        )
        taken = rows.find(tx, Workshop, study.id, workshop.id) is not None
        if taken or not batches.begin(tx, batch):
            raise AppError("workshop_exists", name=draft.name)
        rows.append(tx, batch.id, study.id, [workshop])
        rows.append(tx, batch.id, study.id, [plan])
        first = Stage(workshop.id, Step.COLLECT, IDEA_ROUND, POINTS_METHOD, (), None, actor.name, now)
        live.move(tx, _timed(first, plan))
        gate.note(tx, actor, Action.WORKSHOP_LEAD, study.id, workshop.id, created=draft.name)
    return workshop


def batch_of(workshop: str) -> str:
    """The batch that everything written about a live workshop belongs to."""
    return stable_id(workshop, "live")


def _tidied(study: Study, draft: Draft) -> Draft:
    if draft.method not in METHODS:
        raise NotFound
    name = " ".join(draft.name.split())
    if not NAME_LEAST <= len(name) <= NAME_LIMIT:
        raise AppError("workshop_name", least=NAME_LEAST, limit=NAME_LIMIT)
    prompts = tuple(filter(None, (" ".join(prompt.split()) for prompt in draft.prompts)))
    if len(prompts) > PROMPTS_LIMIT or any(len(prompt) > PROMPT_LIMIT for prompt in prompts):
        raise AppError("workshop_prompts", most=PROMPTS_LIMIT, limit=PROMPT_LIMIT)
    if not draft.items and not prompts:
        raise AppError("workshop_needs_items")
    minutes = {step: count for step, count in draft.minutes.items() if count}
    if any(not 0 < count <= LONGEST_MINUTES for count in minutes.values()):
        raise AppError("workshop_minutes", least=1, limit=LONGEST_MINUTES)
    known = subjects.of_study(open_store.store(), study)
    if draft.collects is Collects.SWOT and draft.about not in {key for key, each in known.items() if each.is_area}:
        raise AppError("swot_needs_area")
    if draft.collects is Collects.SWOT and len(prompts) != len(Quadrant):
        raise AppError("swot_prompts", n=len(Quadrant))
    return replace(draft, name=name, items=_known(draft.items, known.keys()), prompts=prompts, minutes=minutes)


def _known(items: tuple[str, ...], known: Set[str]) -> tuple[str, ...]:
    """Each once, in the order given. NotFound for what cannot be rated in the study."""
    if not known >= set(items):
        raise NotFound
    return tuple(dict.fromkeys(items))


def _plan(tx: Tx, workshop: Workshop, draft: Draft) -> Plan:
    return Plan(
        id=workshop.id,
        code=_free_code(tx),
        items=list(draft.items),
        asks_role=draft.asks_role,
        asks_municipality=draft.asks_municipality,
        comments=draft.comments,
        prompts=list(draft.prompts),
        minutes=dict(draft.minutes),
        collects=draft.collects,
        about=draft.about,
    )


def _free_code(tx: Tx) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if live.plan_of_code(tx, code) is None:
            return code


def offered(actor: Actor, study: Study, method: str) -> dict[str, subjects.Subject]:
    """What a workshop by a method can be about, by id: areas, the risks that are open or followed, or the factors."""
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    return subjects.offered(subjects.of_study(open_store.store(), study), METHODS[method].items)


@reads(Action.WORKSHOP_WATCH)
def listing(study: Study) -> list[tuple[Workshop, Stage]]:
    """The workshops of a study that are or were led live, the newest first."""
    stages = live.current_stages(open_store.store(), study.id)
    return sorted(((row, stages[row.id]) for row in of_study(study)), key=lambda pair: pair[1].seq, reverse=True)


def of_study(study: Study) -> list[Workshop]:
    """The workshops of a study that are or were led live."""
    led = {plan.id for plan in rows.current(open_store.store(), Plan, study.id)}
    return [row for row in rows.current(open_store.store(), Workshop, study.id) if row.id in led]


@reads(Action.WORKSHOP_WATCH)
def room(study: Study, workshop: str) -> Room:
    """The room as those see it who lead or watch it. NotFound for a workshop of another study."""
    found = rooms.room(workshop, now=True)
    if found.study.id != study.id:
        raise NotFound
    return found


def following(room: Room, after: Next | None = None) -> Stage | None:
    """The stage that the forward button leads to, None at the end; after a discussion `after` says which."""
    stage, items = room.stage, tuple(item for item in room.plan.items if item in room.known)
    match stage.step:
        case Step.COLLECT if room.ideas and not (room.plan.collects == Collects.RISKS and items):
            return replace(stage, step=Step.POINTS, items=tuple(idea.id for idea in room.ideas))
        case Step.POINTS:
            return replace(stage, step=Step.SHOW)
        case Step.COLLECT | Step.SHOW if stage.round == IDEA_ROUND and items:
            return replace(stage, step=Step.RATE, round=1, method=room.workshop.method, items=items)
        case Step.COLLECT | Step.SHOW if stage.round == IDEA_ROUND:
            return replace(stage, step=Step.END)
        case Step.DISCUSS if after and after.method:
            return replace(stage, step=Step.RATE, round=stage.round + 1, method=after.method, items=after.items)
        case Step.DISCUSS:
            return replace(stage, step=Step.END)
        case Step.END:
            return None
        case step:
            return replace(stage, step=_LED[_LED.index(step) + 1])


def preceding(room: Room) -> Stage | None:
    """The stage that the back button leads to: the last one of the step before; None at the start."""
    stage, store = room.stage, open_store.store()
    match stage.step:
        case Step.COLLECT:
            return None
        case Step.POINTS:
            return replace(stage, step=Step.COLLECT, items=())
        case Step.SHOW if stage.round == IDEA_ROUND:
            return replace(stage, step=Step.POINTS)
        case Step.FREEZE | Step.SHOW | Step.DISCUSS:
            return replace(stage, step=_LED[_LED.index(stage.step) - 1])
        case _:
            earlier = [each for each in live.stages(store, stage.workshop) if _is_before(each, stage)]
            return earlier[-1] if earlier else None


def _is_before(earlier: Stage, stage: Stage) -> bool:
    """Whether a stage may be gone back to: of the round before, or before the end."""
    ended = stage.step is Step.END and earlier.step is not Step.END
    return ended or (stage.step is Step.RATE and earlier.round < stage.round)


def forward(actor: Actor, study: Study, workshop: str, seen: int, after: Next | None = None) -> Stage:
    """One step on. `seen` is the stage that the facilitator had before them; Stale when somebody has moved since."""
    if after and after.method and not after.items:
        raise AppError("round_needs_items")
    with _moving(actor, study, workshop, seen) as (tx, found):
        return _go(tx, actor, found, following(found, _led(found, after)))


def _led(found: Room, after: Next | None) -> Next | None:
    """NotFound for a round by a method that the workshop is not led by, or of what cannot be rated."""
    if not after or not after.method:
        return after
    if after.method not in round_methods(found.workshop):
        raise NotFound
    return Next(after.method, _known(after.items, found.known.keys()))


def back(actor: Actor, study: Study, workshop: str, seen: int) -> Stage:
    """One step back; what people have answered stays."""
    with _moving(actor, study, workshop, seen) as (tx, found):
        return _go(tx, actor, found, preceding(found))


def extend(actor: Actor, study: Study, workshop: str, seen: int, minutes: int) -> Stage:
    """Give the step more time, from now where it had none left."""
    if not 0 < minutes <= LONGEST_MINUTES:
        raise AppError("workshop_minutes", least=1, limit=LONGEST_MINUTES)
    with _moving(actor, study, workshop, seen) as (tx, found):
        now, last = datetime.now(UTC), found.stage.ends_at
        return _write(tx, actor, replace(found.stage, ends_at=max(now, last or now) + timedelta(minutes=minutes)))


def choose_items(actor: Actor, study: Study, workshop: str, seen: int, items: tuple[str, ...]) -> Stage:
    """Other items, also while they are rated: what was answered about one that goes stays in the log and counts not."""
    with _moving(actor, study, workshop, seen) as (tx, found):
        rated, items = found.stage.round > IDEA_ROUND, _known(items, found.known.keys())
        if rated and not items:
            raise AppError("round_needs_items")
        if rated and found.stage.is_open:
            raise AppError("items_are_shown")
        if found.stage.round <= 1:
            changed = found.plan.model_copy(update={"items": list(items)})
            rows.append(tx, batch_of(workshop), study.id, [changed])
        stage = replace(found.stage, items=items) if rated else found.stage
        gate.note(tx, actor, Action.WORKSHOP_LEAD, study.id, workshop, items=len(items))
        return _write(tx, actor, stage)


@contextmanager
def _moving(actor: Actor, study: Study, workshop: str, seen: int) -> Iterator[tuple[Tx, Room]]:
    """One facilitator at a time; what the other has done since is seen before anything is done again."""
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    with open_store.store().exclusive(f"workshop {workshop}") as tx:
        found = room(actor, study, workshop)
        stage = live.stages(tx, workshop)[-1]
        if stage.seq != seen:
            raise Stale("room_moved")
        yield tx, replace(found, stage=stage)
    rooms.look_again(workshop)


def _go(tx: Tx, actor: Actor, found: Room, stage: Stage | None) -> Stage:
    if stage is None:
        return found.stage
    gate.note(tx, actor, Action.WORKSHOP_LEAD, found.study.id, stage.workshop, step=stage.step, round=stage.round)
    return _write(tx, actor, _timed(stage, found.plan))


def _timed(stage: Stage, plan: Plan) -> Stage:
    minutes = plan.minutes.get(stage.step, 0)
    return replace(stage, ends_at=datetime.now(UTC) + timedelta(minutes=minutes) if minutes else None)


def _write(tx: Tx, actor: Actor, stage: Stage) -> Stage:
    written = replace(stage, actor=actor.name, moved_at=datetime.now(UTC))
    live.move(tx, written)
    _return_points(tx, written)
    return written


def _return_points(tx: Tx, stage: Stage) -> None:
    """Points to what is asked about no more are to give again: else they are lost, or there are too many if it is."""
    method = METHODS[stage.method]
    if method.budget is None or not stage.items:
        return
    frame = ratings.current(tx, stage.workshop, stage.round)
    lost = frame[frame[CRITERION].isin(method.criterion_keys) & ~frame[ITEM].isin(stage.items) & (frame[VALUE] > 0)]
    places = zip(lost[RATER], lost[ITEM], lost[CRITERION], strict=True)
    ratings.append(tx, None, [Rating(stage.workshop, stage.round, *place, 0) for place in places])


def round_methods(workshop: Workshop) -> tuple[str, ...]:
    """What another round can be rated by: the workshop's own method, or points where scores are too alike."""
    own = workshop.method
    return (own, POINTS_METHOD) if METHODS[own].has_total and own != POINTS_METHOD else (own,)


def open_to(actor: Actor, study: Study | None) -> list[Room]:
    """Where somebody may rate now: in the workshops they have joined, and in those of the study that they may lead."""
    seats = [grant.workshop for grant in actor.grants if grant.workshop]
    led = [row.id for row, _ in listing(actor, study)] if study and _may_lead(actor, study) else []
    found = (_room_or_none(workshop) for workshop in dict.fromkeys((*led, *reversed(seats))))
    return [each for each in found if each is not None and each.stage.step is not Step.END]


def _may_lead(actor: Actor, study: Study) -> bool:
    return gate.may(actor, Action.WORKSHOP_LEAD, study)


def _room_or_none(workshop: str) -> Room | None:
    try:
        return rooms.room(workshop)
    except NotFound:
        return None


def set_minutes(actor: Actor, study: Study, workshop: str, minutes: Mapping[str, int]) -> None:
    """Another run sheet; a step that is under way keeps its time."""
    gate.allow(actor, Action.WORKSHOP_LEAD, study)
    if any(not 0 <= count <= LONGEST_MINUTES for count in minutes.values()):
        raise AppError("workshop_minutes", least=1, limit=LONGEST_MINUTES)
    with open_store.store().exclusive(f"workshop {workshop}") as tx:
        plan = room(actor, study, workshop).plan
        changed = plan.model_copy(update={"minutes": {step: count for step, count in minutes.items() if count}})
        rows.append(tx, batch_of(workshop), study.id, [changed])
    rooms.look_again(workshop)
