"""What is shown of SWOT: what recurs across functions, all that is said, one function's forces, two sides compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from lib.access import Action
from lib.actions.reads import per_revision
from lib.actions.swot import statements, themes
from lib.charts.frames import title_lines
from lib.charts.swot import frames
from lib.domain.swot.recurrence import Comparison, Theme, compare
from lib.exhibits.exhibit import Address, Declared, Exhibit, Picture, address_of, constructed, drawn
from lib.exhibits.swot import choices, specs, tables, words
from lib.i18n import DEFAULT, t
from lib.model.problems import NotFound
from lib.model.records import Study
from lib.model.swot_records import Force, Quadrant, Side, SwotBook

ACROSS, FUNCTION, COMPARE = "swot/across.py", "swot/function.py", "swot/compare.py"
DRAWN = 12  # themes in the picture; the table has all
SERIOUS = (Quadrant.THREAT, Quadrant.WEAKNESS)
WHY = "swot.constructed_why"


@dataclass(frozen=True, slots=True)
class Across:
    """All that is said of functions, and what recurs in it."""

    known: SwotBook
    themes: tuple[Theme, ...]


def _across(study: Study) -> Across:
    return Across(statements.book.within(study), tuple(themes.recurring.within(study)))


@per_revision(Action.SWOT_VIEW, size=64)
def recurring(study: Study, address: Address, language: str) -> Exhibit:
    """What recurs in most functions, and on which side."""
    found = _across(study)
    return Exhibit(
        "swot.themes",
        (),
        say=partial(words.headline, language, found.known, found.themes),
        picture_of=partial(_matrix, language, found),
        table_of=partial(tables.themes, language, found.known, found.themes),
        basis=words.basis(language, found.known, found.themes),
        marks=constructed(language, found.known.constructed, WHY),
        notes=(words.letters(language),),
        found=found,
    )


def _matrix(language: str, found: Across) -> Picture | None:
    known, shown = found.known, found.themes[:DRAWN]
    if not shown:
        return None
    names = [area.name for area in known.analysed]
    rows = [(words.title(language, theme, len(names)), _cells(language, known, theme)) for theme in shown]
    frame = frames.theme_frame(rows, names)
    alt = t(language, "swot.matrix_alt", finding=words.headline(language, known, found.themes))
    return drawn(frame, specs.theme_spec(language, title_lines(frame)), alt, t(language, "swot.matrix_title"))


def _cells(language: str, known: SwotBook, theme: Theme) -> dict[str, tuple[str, bool]]:
    return {
        area.name: (words.cell(language, cell), any(cell[side] for side in SERIOUS))
        for area in known.analysed
        if (cell := theme.cells.get(area.id))
    }


@per_revision(Action.SWOT_VIEW)
def all_statements(study: Study, address: Address, language: str) -> Exhibit:
    """Every statement with its theme and origin, of one function where the address names it."""
    found = _across(study)
    area = choices.function_of(found.known, address)
    items = [item for item in found.known.items if area is None or item.area == area.id]
    made_up = area.id in found.known.made_up if area else found.known.constructed
    return Exhibit(
        "swot.statements",
        address,
        say=partial(words.statements_sentence, language, area, items),
        table_of=partial(
            tables.statements, language, found.known, items, found.themes, "swot.statements_alt", by_theme=True
        ),
        basis="" if area else words.basis(language, found.known, found.themes),
        marks=constructed(language, made_up, WHY),
    )


@per_revision(Action.SWOT_VIEW)
def forces(study: Study, address: Address, language: str) -> Exhibit:
    """What drives a cooperation on a function, and what holds it back. NotFound where nothing is said of that."""
    known = statements.book.within(study)
    area = choices.function_of(known, address)
    held = [force for force in known.forces if area and force.area == area.id]
    if area is None or not held:
        raise NotFound
    return Exhibit(
        "swot.forces",
        address,
        say=partial(words.forces, language, held),
        picture_of=partial(_field, language, held),
        table_of=partial(tables.forces, language, held),
        basis=area.name,
        marks=constructed(language, any(force.constructed for force in held), WHY),
    )


def _field(language: str, held: Sequence[Force]) -> Picture:
    sides, finding = (t(language, "swot.driver"), t(language, "swot.barrier")), words.forces(language, held)
    rows = [(force.text, force.side is Side.DRIVER, force.strength) for force in held]
    frame = frames.force_frame(rows, sides, t(language, "swot.unjudged"))
    spec = specs.force_spec(language, any(force.strength is None for force in held), title_lines(frame))
    return drawn(frame, spec, t(language, "swot.forces_alt", finding=finding), finding)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides with their names."""

    names: tuple[str, str]
    sides: Comparison


@per_revision(Action.SWOT_VIEW)
def compared(study: Study, address: Address, language: str) -> Exhibit:
    """Two functions, municipalities, parties or sources side by side. NotFound where there are no two."""
    found, by = _across(study), choices.kind(address)
    known, given = found.known, choices.sides(language, found.known, by)
    one, other = choices.two(given, address)
    sides = compare(known.items, found.themes, lambda item: given.of(item) == one, lambda item: given.of(item) == other)
    pair = Pair((given.names[one], given.names[other]), sides)
    missing = sum(not given.of(item) for item in known.items)
    return Exhibit(
        "swot.compare",
        address_of({choices.BY: by, choices.ONE: one, choices.OTHER: other}),
        say=partial(words.both, language, sides),
        table_of=partial(tables.compared, language, known, pair.names, sides),
        basis=" · ".join(pair.names),
        marks=constructed(language, known.constructed, WHY),
        notes=tuple(words.apart(language, pair.names, sides, missing)),
        found=pair,
    )


def spoken(study: Study) -> list[Address]:
    """The plain one, where anything is said."""
    return [()] if statements.book.within(study).items else []


def each_function(study: Study) -> Iterator[Address]:
    """All functions, and each of which something is said."""
    yield from spoken(study)
    yield from (((choices.FUNCTION, area.code),) for area in statements.book.within(study).analysed)


def with_forces(study: Study) -> Iterator[Address]:
    known = statements.book.within(study)
    pulled = {force.area for force in known.forces}
    yield from (((choices.FUNCTION, area.code),) for area in known.areas if area.id in pulled)


def comparable(study: Study) -> Iterator[Address]:
    """The first two sides of each kind that has two."""
    known = statements.book.within(study)
    for by in choices.KINDS:
        if len(choices.sides(DEFAULT, known, by).names) > 1:
            yield ((choices.BY, by),)


EXHIBITS = (
    Declared("swot.themes", "swot-temaer", recurring, Action.SWOT_VIEW, ACROSS, spoken),
    Declared("swot.statements", "swot-utsagn", all_statements, Action.SWOT_VIEW, FUNCTION, each_function),
    Declared("swot.forces", "kraftfelt", forces, Action.SWOT_VIEW, FUNCTION, with_forces),
    Declared("swot.compare", "swot-sammenligning", compared, Action.SWOT_VIEW, COMPARE, comparable),
)
