"""What a SWOT across functions says, in sentences and in the cells of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lib.domain.swot.recurrence import Comparison, Said, Theme
from lib.i18n import listing, number, t
from lib.model.records import Area
from lib.model.swot_records import Force, Quadrant, Side, SwotBook, SwotItem

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
    said += [t(language, "swot.points", count=item.points)] if item.points else []
    return ", ".join(said)


def origins(language: str, known: SwotBook, said: Said) -> str:
    """All who have said the same."""
    return "; ".join(dict.fromkeys(filter(None, (origin(language, known, item) for item in said.items))))


def statements_sentence(language: str, area: Area | None, items: Sequence[SwotItem]) -> str:
    """«5 utsagn om Arkiv: svakhet (2) og trussel (3).»"""
    counts = Counter(item.quadrant for item in items)
    if not counts:
        return t(language, "swot.nothing_said")
    told = [
        t(language, "swot.quadrant_count", quadrant=t(language, f"choices.quadrant.{each}").lower(), n=counts[each])
        for each in Quadrant
        if counts[each]
    ]
    what = area.name if area else t(language, "swot.all_functions")
    return t(language, "swot.said", n=number(language, len(items)), what=what, quadrants=listing(language, told))


def forces(language: str, held: Sequence[Force]) -> str:
    """«7 fremmere mot 3 hemmere»."""
    drivers = sum(force.side is Side.DRIVER for force in held)
    counts = {
        "drivers": t(language, "swot.drivers", count=drivers),
        "barriers": t(language, "swot.barriers", count=len(held) - drivers),
    }
    unjudged = all(force.strength is None for force in held)
    return t(language, "swot.forces_unjudged" if unjudged else "swot.forces_finding", **counts)


def both(language: str, found: Comparison) -> str:
    """Which themes two sides both speak of."""
    return (
        t(language, "swot.both", themes=_listed(language, found.both)) if found.both else t(language, "swot.no_common")
    )


def apart(language: str, names: tuple[str, str], found: Comparison, missing: int) -> list[str]:
    """Which themes only one of two sides speaks of, and that statements are missing that do not say whose they are."""
    told = [
        t(language, "swot.only", name=name, themes=_listed(language, themes))
        for name, themes in zip(names, (found.only_one, found.only_other), strict=True)
        if themes
    ]
    return told + ([t(language, "swot.origin_missing", count=missing)] if missing else [])


def _listed(language: str, themes: Sequence[str]) -> str:
    return listing(language, [f"«{theme}»" for theme in themes])


def state(language: str, theme: Theme) -> str:
    """Whether people have set a theme, and how many statements are only suggested."""
    if not theme.named:
        return t(language, "swot.suggestion")
    more = len(theme.suggested)
    return t(language, "swot.set_with_more", count=more) if more else t(language, "swot.set")


def statement_note(language: str, known: SwotBook, item: SwotItem, suggested: bool) -> str:
    """That it is only suggested for its theme, and what it became."""
    said = [t(language, "swot.suggestion")] if suggested else []
    said += [t(language, "swot.became", name=known.became[item.id])] if item.id in known.became else []
    return ", ".join(said)
