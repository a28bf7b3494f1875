"""What a study knows of its functions in words: read as a whole, typed in, given themes, and sent on.

Every change is one batch that can be undone like an upload. A function is an area of the study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from lib.access import Action
from lib.actions import open_store, saving
from lib.actions.forms import form
from lib.actions.reads import per_revision
from lib.actions.saving import Stored, distinct
from lib.domain.merging import Answers
from lib.i18n import alphabetical
from lib.model.access import Actor
from lib.model.problems import NotFound
from lib.model.records import Area, Municipality, Study
from lib.model.risk_records import Risk
from lib.model.sheet_kinds import sheet_of
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotBook, SwotItem
from lib.store import Session, rows

Words = SwotItem | Force | Note
Said = TypeVar("Said", SwotItem, Force, Note)
SORTED_BY = 60  # letters of a statement
_QUADRANTS, _SIDES, _KINDS = tuple(Quadrant), tuple(Side), tuple(NoteKind)


@per_revision(Action.SWOT_VIEW, size=64)
def book(study: Study) -> SwotBook:
    """All that the study knows of its functions in words; areas by code, municipalities by name."""
    return book_in(open_store.store(), study)


def book_in(session: Session, study: Study) -> SwotBook:
    """`book` without the gate. What a later undo has taken the area from is left out.

    Rows stand by function, then quadrant, side or kind, then alphabetically, so that a change moves no other row.
    """
    towns = sorted(rows.current(session, Municipality, study.id), key=lambda each: alphabetical(each.name))
    areas = sorted(rows.current(session, Area, study.id), key=lambda each: alphabetical(each.code))
    here, places = {town.id for town in towns}, {area.id: place for place, area in enumerate(areas)}
    order: dict[str | None, int] = {town.id: place for place, town in enumerate(towns)}
    items = [_in_town(row, here) for row in rows.current(session, SwotItem, study.id) if row.area in places]
    notes = [_in_town(row, here) for row in rows.current(session, Note, study.id) if row.area in places]
    forces = [row for row in rows.current(session, Force, study.id) if row.area in places]
    items.sort(key=lambda row: (places[row.area], _QUADRANTS.index(row.quadrant), _by_text(row, order)))
    notes.sort(key=lambda row: (places[row.area], _KINDS.index(row.kind), _by_text(row, order)))
    forces.sort(key=lambda row: (places[row.area], _SIDES.index(row.side), _by_text(row, order)))
    made = {area.id: area.name for area in areas}
    made |= {risk.id: risk.factor for risk in rows.current(session, Risk, study.id)}
    became = {item.id: made[item.became] for item in items if item.became in made}
    return SwotBook(tuple(towns), tuple(areas), tuple(items), tuple(forces), tuple(notes), became)


def _by_text(row: Words, towns: Mapping[str | None, int]) -> tuple[object, ...]:
    """Alphabetically; what says the same, by where it comes from."""
    town = None if isinstance(row, Force) else row.municipality
    return alphabetical(row.text[:SORTED_BY]), towns.get(town, len(towns)), row.source or "", row.id


Placed = TypeVar("Placed", SwotItem, Note)


def _in_town(row: Placed, towns: set[str]) -> Placed:
    """A municipality that a later undo has taken away is no longer named."""
    return row if row.municipality in towns else row.model_copy(update={"municipality": None})


def save(
    actor: Actor,
    study: Study,
    area: str,
    kind: type[Said],
    typed: Sequence[Said],
    seen: Sequence[Said] | None = None,
    answers: Answers = (),
) -> None:
    """The statements, forces or notes of a function are these from now on; NotFound for an unknown function.

    Merged and refused as `saving.save` does. A new row that says the same as one that stands is kept once.
    """
    sheet = sheet_of(kind)
    with form(actor, study, Action.SWOT_EDIT, sheet.key) as open_form:
        known = book_in(open_form.tx, study)
        about = _area(known, area)
        placed = [row.model_copy(update={"area": area}) for row in typed]
        stored = Stored(of_area(known, kind, area), names=names(known))
        saving.save(open_form, sheet, placed, seen, stored, about.name, answers)


def of_area(known: SwotBook, kind: type[Said], area: str) -> tuple[Said, ...]:
    """What is said of a function in rows of one kind."""
    every = (*known.items, *known.forces, *known.notes)
    return tuple(row for row in every if isinstance(row, kind) and row.area == area)


def names(known: SwotBook) -> dict[str, dict[str, str]]:
    """What rows may refer to, as a table of them says it."""
    return {
        "municipality": distinct({town.id: (town.name, town.number) for town in known.municipalities}),
        "area": {area.id: area.name for area in known.areas},
    }


def _area(known: SwotBook, area: str) -> Area:
    found = next((each for each in known.areas if each.id == area), None)
    if found is None:
        raise NotFound
    return found
