"""A live workshop in which three have answered, and what can be asked of it."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from lib.actions import results, rounds
from lib.actions.live import taking_part
from lib.actions.live.rooms import Room
from lib.actions.results import Ranking
from lib.actions.suppression import Selection
from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Exhibit
from lib.exhibits.results import address
from lib.model.access import Actor
from lib.model.columns import CRITERION, ITEM, RATER, SCORE, VALUE
from lib.model.live import Step
from lib.model.records import Rater, new_id
from tests.actions.books import book
from tests.actions.rooms_of import actor, answer, area_ids, joined, now, to
from tests.people import FACILITATOR

ANSWERS = {
    "Gruppe 1": {"Arkiv": (9, 8), "Lønn": (5, 5), "Telefoni": (2, 3)},
    "Gruppe 2": {"Arkiv": (7, 8), "Lønn": (5, 4), "Telefoni": (4, 4)},
    "Gruppe 3": {"Arkiv": (8, 7), "Lønn": (6, 6), "Telefoni": (1, 9)},
}
SECRET = "Sagt i fortrolighet"
HEAD = ("Workshop", "Runde", "Gruppe", "Område", "Potensial", "Gjennomførbarhet")


def answered(room: Room, given: dict[str, dict[str, tuple[int, int]]] | None = None) -> Room:
    to(room, Step.RATE)
    people = [joined(room, name)[0] for name in given or ANSWERS]
    for rater, said in zip(people, (given or ANSWERS).values(), strict=True):
        answer(room, rater, said)
    remark(room, people[0], "Arkiv", SECRET)
    return now(room)


def remark(room: Room, rater: Rater, name: str, text: str) -> None:
    item = area_ids(room.study)[name]
    taking_part.remark(actor(room, rater), now(room), rater, new_id(), item, text)


def rater(room: Room, name: str) -> Rater:
    return next(rater for rater in now(room).raters.values() if rater.name == name)


def ranking(room: Room, number: int = 1) -> Ranking:
    return results.ranking(FACILITATOR, room.study, Selection(room.workshop.id, number))


def scores(room: Room, number: int = 1) -> dict[str, float]:
    """Area's name → its score in a round."""
    found = ranking(room, number)
    return {
        found.material.names[item]: round(score, 6)
        for item, score in zip(found.summary[ITEM], found.summary[SCORE], strict=True)
    }


def of_values(room: Room, name: str, number: int) -> dict[str, dict[str, float]]:
    """Rater's name → criterion → what stands on an area in a round, as results take it."""
    frame = rounds.of(room.workshop).answers(number)
    frame = frame[frame[ITEM] == area_ids(room.study)[name]]
    names = {rater.id: rater.name for rater in now(room).raters.values()}
    found: dict[str, dict[str, float]] = {}
    for who, key, value in zip(frame[RATER], frame[CRITERION], frame[VALUE], strict=True):
        found.setdefault(names[who], {})[key] = value
    return found


def sheet_of(room: Room, *lines: tuple[object, ...]) -> bytes:
    return book({"Vurderinger": [HEAD, *((room.workshop.name, *line) for line in lines)]})


def shown(room: Room, key: str, number: int = 1, language: str = "nb", who: Actor = FACILITATOR) -> Exhibit:
    """An exhibit of a round."""
    return EXHIBITS[key].build(who, room.study, address(Selection(room.workshop.id, number)), language)


def workbook(room: Room, key: str, number: int = 1, who: Actor = FACILITATOR) -> list[object]:
    """The cells of an exhibit of a round as a workbook."""
    where = address(Selection(room.workshop.id, number))
    return cells(files.content(EXHIBITS[key], who, room.study, where, "nb", "xlsx"))


def cells(content: bytes) -> list[object]:
    loaded = load_workbook(io.BytesIO(content))
    return [cell.value for sheet in loaded.worksheets for line in sheet.iter_rows() for cell in line]
