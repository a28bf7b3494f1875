"""What a SWOT across functions says, in sentences and in the cells of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from lib.domain.swot.recurrence import Theme
from lib.i18n import listing, number, t
from lib.model.swot_records import Quadrant, SwotBook, SwotItem

RECURS = 2  # functions from which on a theme is said to recur


def headline(language: str, known: SwotBook, themes: Sequence[Theme]) -> str:
    """«Lite fagmiljø går igjen i 7 av 7 funksjoner: trussel i 6, svakhet i 1»."""
    if not themes or len(themes[0].cells) < RECURS:
        return t(language, "swot.nothing_recurs")
    return recurs(language, themes[0], len(known.analysed))


def recurs(language: str, theme: Theme, functions: int) -> str:
    """In how many functions a theme stands, and on which side."""
    counts = {"n": number(language, len(theme.cells)), "all": number(language, functions)}
    return t(language, "swot.recurs", name=theme.name, sides=sides(language, theme), **counts)


def sides(language: str, theme: Theme) -> str:
    """«trussel i 6, svakhet i 1»."""
    return ", ".join(
        t(language, "swot.side", side=t(language, f"choices.quadrant.{quadrant}").lower(), n=number(language, count))
        for quadrant, count in theme.sides
    )


def basis(language: str, known: SwotBook, themes: Sequence[Theme]) -> str:
    """How much stands behind the answer, and what of it people have decided."""
    named = sum(theme.named for theme in themes)
    counts = {"items": len(known.items), "functions": len(known.analysed), "named": named}
    counts |= {"suggested": len(themes) - named}
    return t(language, "swot.basis", **{key: number(language, count) for key, count in counts.items()})


def title(language: str, theme: Theme, functions: int) -> str:
    """A theme's name above its row: how often it recurs, and that it is a suggestion where nobody has set it."""
    mark = "" if theme.named else f" ({t(language, 'swot.suggestion')})"
    counts = {"n": number(language, len(theme.cells)), "all": number(language, functions)}
    return t(language, "swot.row", name=theme.name, mark=mark, **counts)


def cell(language: str, count: Counter[Quadrant]) -> str:
    """The letters of the quadrants with how many statements: «T 1», «Sv 2 · T 1»."""
    return " · ".join(
        f"{t(language, f'swot.letter.{quadrant}')} {number(language, count[quadrant])}"
        for quadrant in Quadrant
        if count[quadrant]
    )


def letters(language: str) -> str:
    """What the letters of the cells mean."""
    pairs = ((t(language, f"swot.letter.{each}"), t(language, f"choices.quadrant.{each}").lower()) for each in Quadrant)
    return listing(language, [f"{letter} = {word}" for letter, word in pairs])


def origin(language: str, known: SwotBook, item: SwotItem) -> str:
    """Who said it: the municipality, the party, and how many where it was written live; empty where none is known."""
    towns = {town.id: town.name for town in known.municipalities}
    said = [towns[item.municipality]] if item.municipality in towns else []
    said += [t(language, f"choices.role.{item.role}").lower()] if item.role else []
    said += [t(language, "swot.voices", n=number(language, item.voices))] if item.voices else []
    said += [t(language, "swot.points", n=number(language, item.points))] if item.points else []
    return ", ".join(said)


def matrix(language: str, known: SwotBook, themes: Sequence[Theme]) -> pd.DataFrame:
    """Themes against functions, letters and counts in the cells."""
    heads = {area.id: area.name for area in known.analysed}
    lines = [
        {
            t(language, "columns.theme"): theme.name,
            t(language, "swot.functions"): number(language, len(theme.cells)),
            t(language, "swot.state"): state(language, theme),
            **{name: cell(language, theme.cells.get(area, Counter())) for area, name in heads.items()},
        }
        for theme in themes
    ]
    fixed = [t(language, key) for key in ("columns.theme", "swot.functions", "swot.state")]
    return pd.DataFrame(lines, columns=[*fixed, *heads.values()])


def state(language: str, theme: Theme) -> str:
    """Whether people have set a theme, and how many statements are only suggested."""
    if not theme.named:
        return t(language, "swot.suggestion")
    more = len(theme.suggested)
    return t(language, "swot.set_with_more", n=number(language, more)) if more else t(language, "swot.set")


def statements(
    language: str, known: SwotBook, items: Sequence[SwotItem], themes: Mapping[str, str] | None = None,
    suggested: frozenset[str] = frozenset(),
) -> pd.DataFrame:  # fmt: skip
    """The statements, where each comes from and what it became; `themes`, item → theme, is a column where given."""
    names = {area.id: area.name for area in known.areas}
    lines = []
    for item in items:
        line = {t(language, "columns.theme"): themes.get(item.id, "")} if themes is not None else {}
        line |= {
            t(language, "swot.function"): names[item.area],
            t(language, "columns.quadrant"): t(language, f"choices.quadrant.{item.quadrant}"),
            t(language, "columns.statement"): item.text,
            t(language, "swot.origin"): origin(language, known, item),
            t(language, "columns.source"): item.source or "",
        }
        line |= {t(language, "swot.state"): _standing(language, known, item, item.id in suggested)}
        lines.append(line)
    return pd.DataFrame(lines)


def _standing(language: str, known: SwotBook, item: SwotItem, suggested: bool) -> str:
    said = [t(language, "swot.suggestion")] if suggested else []
    said += [t(language, "swot.became", name=known.became[item.id])] if item.id in known.became else []
    return ", ".join(said)
