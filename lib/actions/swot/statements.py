"""What a study knows of its functions in words: read as a whole, typed in, given themes, and sent on.

Every change is one batch that can be undone like an upload. A function is an area of the study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from lib.access import Action
from lib.actions import gate, open_store
from lib.actions.forms import form
from lib.i18n import alphabetical
from lib.model.access import Actor
from lib.model.kinds import free, identity, line
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Municipality, Study
from lib.model.risk_records import Risk
from lib.model.sheet_kinds import sheet_of
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotBook, SwotItem
from lib.store import Session, rows

Words = SwotItem | Force | Note
_COLUMN = sheet_of(SwotItem).column
STATEMENT_LIMIT, SOURCE_LIMIT, THEME_LIMIT = (_COLUMN(name).max_length for name in ("text", "source", "theme"))
STRENGTHS = sheet_of(Force).column("strength")
SORTED_BY = 60  # letters of a statement
_QUADRANTS, _SIDES, _KINDS = tuple(Quadrant), tuple(Side), tuple(NoteKind)


def book(actor: Actor, study: Study) -> SwotBook:
    """All that the study knows of its functions in words; areas by code, municipalities by name."""
    gate.allow(actor, Action.SWOT_VIEW, study)
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
    actor: Actor, study: Study, area: str, kind: type[Words], typed: Sequence[Words], seen: Sequence[Words]
) -> None:
    """The statements, forces or notes of a function are these from now on. `seen`: what they were when typing began.

    What others have added meanwhile stays. AppError `words_moved` where they have changed or removed what is changed
    or removed here, a code that says what is wrong with a row, NotFound for an unknown function; then nothing is
    changed. A new row that says the same as one that stands is kept once.
    """
    with form(actor, study, Action.SWOT_EDIT, sheet_of(kind).key) as saving:
        known = book_in(saving.tx, study)
        about = _area(known, area)
        every: tuple[Words, ...] = (*known.items, *known.forces, *known.notes)
        held = {row.id: row for row in every if isinstance(row, kind)}
        before = {row.id: row for row in seen}
        given = [_checked(known, row.model_copy(update={"area": area})) for row in typed]
        written, gone = _differences(study, held, before, given)
        saving.write(about.name, written, gone)


def _differences(
    study: Study, held: Mapping[str, Words], before: Mapping[str, Words], given: Sequence[Words]
) -> tuple[list[Words], list[Words]]:
    """What to write and what to remove, of what stands now."""
    kept = {row.id for row in given if row.id}
    gone = [row for key, row in before.items() if key not in kept]
    changed = [row for row in given if row.id and before.get(row.id) != row]
    if any(held.get(row.id) != before.get(row.id) for row in (*gone, *changed)):
        raise AppError("words_moved")
    removed = {row.id for row in gone}
    standing: dict[str, Words] = {key: row for key, row in held.items() if key not in removed}
    standing |= {row.id: row for row in changed}
    known = {_natural(study, row): key for key, row in standing.items()}
    mended = [_natural(study, row) for row in changed]
    others = {_natural(study, row) for key, row in standing.items() if key not in {each.id for each in changed}}
    if len({*mended}) < len(mended) or others & {*mended}:
        raise AppError("statement_twice")
    new: dict[str, Words] = {}
    for row in given:
        if not row.id and (natural := _natural(study, row)) not in known:
            key = known[natural] if natural in known else free(natural, {**held, **new})
            known[natural] = key
            new[key] = row.model_copy(update={"id": key})
    return [*changed, *new.values()], gone


def _natural(study: Study, row: Words) -> str:
    return identity(sheet_of(type(row)), study.id, row.model_dump())


def _checked(known: SwotBook, row: Words) -> Words:
    """The row as intake would keep it; AppError for what it would not."""
    text, source = plain_line(row.text), plain_line(row.source or "")
    if not 0 < len(text) <= STATEMENT_LIMIT:
        raise AppError("statement_length", limit=STATEMENT_LIMIT)
    if len(source) > SOURCE_LIMIT:
        raise AppError("source_length", limit=SOURCE_LIMIT)
    low, high = STRENGTHS.low or 0, STRENGTHS.high or 0
    if isinstance(row, Force) and row.strength is not None and not low <= row.strength <= high:
        raise AppError("strength_range", low=low, high=high)
    if not isinstance(row, Force) and row.municipality not in {None, *(town.id for town in known.municipalities)}:
        raise NotFound
    update: dict[str, object] = {"text": text, "source": source or None}
    if isinstance(row, SwotItem) and row.theme is not None:
        update["theme"] = theme_name(row.theme)
    return row.model_copy(update=update)


def plain_line(text: str) -> str:
    """A text on one line without what cannot be seen, as intake keeps it."""
    return line("".join(letter for letter in text if letter.isprintable() or letter.isspace()))


def theme_name(written: str) -> str:
    """A theme's name as it is kept; AppError for one that is empty or too long."""
    name = plain_line(written)
    if not 0 < len(name) <= THEME_LIMIT:
        raise AppError("theme_name", limit=THEME_LIMIT)
    return name


def _area(known: SwotBook, area: str) -> Area:
    found = next((each for each in known.areas if each.id == area), None)
    if found is None:
        raise NotFound
    return found
