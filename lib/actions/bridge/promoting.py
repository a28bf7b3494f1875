"""What an idea becomes: an area to rate, a risk of the register, or a SWOT item; each once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from lib.access import Action
from lib.actions import gate
from lib.actions.forms import Form
from lib.actions.live import collecting, workshops
from lib.actions.live.rooms import Room
from lib.model.access import Actor
from lib.model.kinds import free, identity, known
from lib.model.live import IDEA_ROUND, Collects, Idea
from lib.model.problems import AppError, Denied, NotFound
from lib.model.records import Area, Study, stable_id
from lib.model.risk_records import Risk, RiskStatus
from lib.model.sheet_kinds import RISKS_SHEET, sheet_of
from lib.model.swot_records import Quadrant, SwotItem
from lib.store import Tx, rows

RISK_LIMIT = RISKS_SHEET.column("factor").max_length
QUADRANTS = tuple(Quadrant)
"""In the order of a SWOT workshop's prompts."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an idea has become, by the name that it has there."""

    id: str
    name: str
    code: str = ""


def keep(actor: Actor, study: Study, workshop: str, idea: str) -> Kept:
    """Keep one idea as what the workshop collects, once. NotFound for an idea that is gone.

    Denied `not_shown_yet` for a SWOT whose points are not out.
    """
    with collecting.editing(actor, study, workshop) as tx:
        room = workshops.room(actor, study, workshop)
        held = next((each for each in room.ideas if each.id == idea), None)
        if held is None:
            raise NotFound
        (kept,) = _keep(tx, actor, room, [held])
    return kept


def keep_all(actor: Actor, study: Study, workshop: str) -> int:
    """Keep every idea; how many there are. Again brings what is stored up to date and doubles nothing."""
    with collecting.editing(actor, study, workshop) as tx:
        room = workshops.room(actor, study, workshop)
        if not room.ideas:
            raise AppError("no_ideas")
        return len(_keep(tx, actor, room, room.ideas))


def _keep(tx: Tx, actor: Actor, room: Room, ideas: Iterable[Idea]) -> list[Kept]:
    match room.plan.collects:
        case Collects.RISKS:
            return _risks(tx, actor, room, ideas)
        case Collects.SWOT:
            return _items(tx, actor, room, ideas)
        case _:
            return [_area(tx, actor, room, idea) for idea in ideas]


def _area(tx: Tx, actor: Actor, room: Room, idea: Idea) -> Kept:
    """An area enters the study, and this workshop's list where rating has not begun."""
    if (held := room.areas.get(idea.area or "")) is not None:
        return Kept(held.id, held.name, held.code)
    areas = rows.current(tx, Area, room.study.id)
    code = free_code([area.code for area in areas])
    made = stable_id(room.study.id, "area", code.casefold())  # as intake makes it
    area = Area(id=made, code=code, name=idea.text, source=room.workshop.name)
    rows.append(tx, workshops.batch_of(room.workshop.id), room.study.id, [area])
    _became(tx, room, [(idea, area.id)])
    _ask_about(tx, room, [area.id])
    gate.note(tx, actor, Action.WORKSHOP_LEAD, room.study.id, room.workshop.id, area=area.id)
    return Kept(area.id, area.name, code)


def _risks(tx: Tx, actor: Actor, room: Room, ideas: Iterable[Idea]) -> list[Kept]:
    """Risks enter the register, in a batch that can be undone, and this workshop's list where rating has not begun.

    An idea that says what the register says already is that risk.
    """
    register = {risk.id: risk for risk in rows.current(tx, Risk, room.study.id)}
    by_words, new = by_their_words(room.study, register.values()), dict[str, Risk]()
    found: list[tuple[Idea, Risk]] = []
    for idea in ideas:
        key = risk_id(room.study, idea.text, room.plan.about)
        risk = register.get(idea.area or "") or by_words.get(key) or new.get(key) or _risk(room, idea, key, register)
        found.append((idea, risk))
        if risk.id not in register:
            new[key] = risk
    _form(tx, actor, room, "risks").write(room.workshop.name, list(new.values()))
    _became(tx, room, [(idea, risk.id) for idea, risk in found])
    _ask_about(tx, room, [risk.id for _, risk in found if risk.status is RiskStatus.OPEN])
    return [Kept(risk.id, risk.factor) for _, risk in found]


def _risk(room: Room, idea: Idea, key: str, taken: Container[str]) -> Risk:
    if len(idea.text) > RISK_LIMIT:
        raise AppError("risk_text", limit=RISK_LIMIT, text=idea.text)
    return Risk(
        id=free(key, taken),
        factor=idea.text,
        area=room.plan.about,
        source=room.workshop.name,
        origin=idea.id,
    )


def by_their_words(study: Study, register: Iterable[Risk]) -> dict[str, Risk]:
    """Risks under the id that their words give now; one that was renamed keeps the id it was given."""
    found = known(RISKS_SHEET, study.id, register)
    return {key: risk for key, risk in found.items() if isinstance(risk, Risk)}


def risk_id(study: Study, factor: str, area: str | None = None) -> str:
    """The id of a risk, as intake makes it from the same words."""
    return identity(RISKS_SHEET, study.id, {"factor": factor, "area": area})


def _items(tx: Tx, actor: Actor, room: Room, ideas: Iterable[Idea]) -> list[Kept]:
    """SWOT items of the area that the workshop is about, with their points and how many wrote each."""
    if not collecting.shown(room):
        raise Denied("not_shown_yet")
    given, voices = collecting.points_of(room), collecting.voices_of(tx, room)
    stored = {item.id: item for item in rows.current(tx, SwotItem, room.study.id)}
    found: list[tuple[Idea, SwotItem]] = []
    for idea in ideas:
        item = _item(room, idea, stored | {item.id: item for _, item in found})
        alike = [each.id for each in room.ideas if _words(room, each) == _words(room, idea)]
        counted = {"points": sum(given.get(key, 0) for key in alike), "voices": sum(voices[key] for key in alike)}
        found.append((idea, item.model_copy(update=counted | {"workshop": room.workshop.id})))
    changed = {item.id: item for _, item in found if stored.get(item.id) != item}
    _form(tx, actor, room, "swot").write(room.workshop.name, list(changed.values()))
    _became(tx, room, [(idea, item.id) for idea, item in found])
    return [Kept(item.id, item.text) for _, item in found]


def _item(room: Room, idea: Idea, stored: Mapping[str, SwotItem]) -> SwotItem:
    """The item that an idea is: the one it became, under its new words if it has any, or one that says the same.

    What somebody has mended in the item itself stays as long as the idea has not changed.
    """
    words, held = _words(room, idea), stored.get(idea.area or "")
    key = identity(sheet_of(SwotItem), room.study.id, words)
    if held is not None:
        return held if held.id == key else held.model_copy(update=words)
    same = known(sheet_of(SwotItem), room.study.id, stored.values()).get(key)
    return same if isinstance(same, SwotItem) else SwotItem.model_validate(words | {"id": free(key, stored)})


def _words(room: Room, idea: Idea) -> dict[str, object]:
    """What an idea says as a SWOT item."""
    said: dict[str, object] = {"area": room.plan.about or "", "quadrant": QUADRANTS[idea.prompt]}
    return said | {"text": idea.text, "source": room.workshop.name}


def _form(tx: Tx, actor: Actor, room: Room, kind: str) -> Form:
    """What is written by it is a batch of its own, so that the history shows it and takes it away again."""
    return Form(tx, actor, room.study, Action.WORKSHOP_LEAD, kind)


def _became(tx: Tx, room: Room, found: Iterable[tuple[Idea, str]]) -> None:
    changed = [idea.model_copy(update={"area": made}) for idea, made in found if idea.area != made]
    rows.append(tx, workshops.batch_of(room.workshop.id), room.study.id, changed)


def _ask_about(tx: Tx, room: Room, items: Iterable[str]) -> None:
    """These are rated too, where rating has not begun."""
    held = room.plan.items
    more = [item for item in dict.fromkeys(items) if item not in held]
    if more and room.stage.round == IDEA_ROUND:
        changed = room.plan.model_copy(update={"items": [*held, *more]})
        rows.append(tx, workshops.batch_of(room.workshop.id), room.study.id, [changed])


def free_code(codes: Iterable[str]) -> str:
    """The number after the highest, or N1, N2 … where the study's codes are no numbers."""
    taken = list(codes)
    numbers = [int(code) for code in taken if code.isascii() and code.isdigit()]
    if numbers or not taken:
        return str(max(numbers, default=0) + 1)
    return next(f"N{number}" for number in range(1, len(taken) + 2) if f"N{number}" not in taken)
