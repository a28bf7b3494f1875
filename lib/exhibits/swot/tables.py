"""SWOT as tables: themes against functions, statements with where they come from, forces, and two sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lib.domain.swot.recurrence import Comparison, Theme
from lib.exhibits.exhibit import FILES, Table, numeric, text
from lib.exhibits.swot import words
from lib.i18n import t
from lib.model.swot_records import Force, Quadrant, Side, SwotBook, SwotItem

_STATEMENT = ("swot.function", "columns.quadrant", "columns.statement", "swot.origin", "columns.source", "swot.state")


def themes(language: str, known: SwotBook, found: Sequence[Theme]) -> Table:
    """Themes against functions, letters and counts in the cells."""
    theme, functions, state = (t(language, key) for key in ("columns.theme", "swot.functions", "swot.state"))
    columns = (text(theme), numeric(language, functions), text(state), *(text(area.name) for area in known.analysed))
    rows = [
        (
            theme.name,
            len(theme.cells),
            words.state(language, theme),
            *(words.cell(language, theme.cells.get(area.id, Counter())) for area in known.analysed),
        )
        for theme in found
    ]
    return Table(columns, rows, t(language, "swot.table_alt"))


def statements(
    language: str, known: SwotBook, items: Iterable[SwotItem], found: Iterable[Theme], alt: str, by_theme: bool = False
) -> Table:
    """The statements, where each comes from and what it became; with the themes they stand in where asked for.

    `alt` is a key of the catalogue.
    """
    names, held = {area.id: area.name for area in known.areas}, list(items)
    themes = {item.id: theme for theme in found for item in theme.items}
    suggested = {key for key, theme in themes.items() if key in theme.suggested}
    columns = [text(t(language, key)) for key in ("columns.theme", *_STATEMENT)[not by_theme :]]
    made_up = any(item.constructed for item in held)
    columns += [text(t(language, "columns.constructed"), FILES)] if made_up else []
    rows = [
        (
            *([themes[item.id].name if item.id in themes else ""] if by_theme else []),
            names[item.area],
            t(language, f"choices.quadrant.{item.quadrant}"),
            item.text,
            words.origin(language, known, item),
            item.source,
            words.statement_note(language, known, item, item.id in suggested),
            *([t(language, "choices.yes") if item.constructed else ""] if made_up else []),
        )
        for item in held
    ]
    return Table(tuple(columns), rows, t(language, alt))


def filled(found: Table) -> Table:
    """Without columns in which nothing stands."""
    places = [at for at, column in enumerate(found.columns) if any(column.write(row[at]) for row in found.rows)]
    return Table(
        tuple(found.columns[at] for at in places), [[row[at] for at in places] for row in found.rows], found.alt
    )


def forces(language: str, held: Sequence[Force]) -> Table:
    """Drivers before barriers, the strongest first."""
    side, statement, strength = (
        t(language, key) for key in ("swot.side_head", "columns.statement", "columns.strength")
    )
    columns = (text(side), text(statement), numeric(language, strength, unknown=t(language, "swot.unjudged")))
    order = sorted(held, key=lambda force: (force.side is Side.BARRIER, -(force.strength or 0)))
    rows = [(t(language, f"swot.{force.side}"), force.text, force.strength) for force in order]
    return Table(columns, rows, t(language, "swot.forces_table_alt"))


def compared(language: str, known: SwotBook, names: tuple[str, str], found: Comparison) -> Table:
    """All that each of two sides says, quadrant by quadrant."""
    heads = ("columns.quadrant", "swot.side_head", "columns.statement", "swot.origin")
    rows = [
        (t(language, f"choices.quadrant.{quadrant}"), name, said.text, words.origins(language, known, said))
        for quadrant in Quadrant
        for name, side in zip(names, (found.one, found.other), strict=True)
        for said in side[quadrant]
    ]
    return Table(tuple(text(t(language, head)) for head in heads), rows, t(language, "exhibits.swot.compare"))
