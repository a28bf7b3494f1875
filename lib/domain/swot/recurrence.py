"""What recurs across functions: themes against functions, and two sides of a comparison; a function is an area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lib.domain.swot.themes import Statement, Suggestion, plain, suggest
from lib.model.swot_records import Quadrant, SwotItem

# Which side is named first where a theme stands on several as often.
SERIOUS = (Quadrant.THREAT, Quadrant.WEAKNESS, Quadrant.OPPORTUNITY, Quadrant.STRENGTH)


@dataclass(frozen=True)
class Theme:
    """What several statements have in common. `suggested` are the ids that no person has put here.

    `named`: a person has given the theme its name.
    """

    name: str
    items: tuple[SwotItem, ...]
    suggested: frozenset[str] = frozenset()

    @property
    def named(self) -> bool:
        return len(self.suggested) < len(self.items)

    @cached_property
    def cells(self) -> dict[str, Counter[Quadrant]]:
        """Function → quadrant → how many statements."""
        found: dict[str, Counter[Quadrant]] = {}
        for item in self.items:
            found.setdefault(item.area, Counter())[item.quadrant] += 1
        return found

    @cached_property
    def sides(self) -> list[tuple[Quadrant, int]]:
        """In how many functions the theme stands in each quadrant, the most frequent first."""
        count = Counter(quadrant for cell in self.cells.values() for quadrant in cell)
        return sorted(count.items(), key=lambda each: (-each[1], SERIOUS.index(each[0])))


def themes(items: Sequence[SwotItem]) -> list[Theme]:
    """Every theme that people have named or that the texts suggest; what recurs in most functions first."""
    held = {item.id: item for item in items}
    suggestions = suggest([Statement(item.id, item.text, item.theme) for item in items])
    joining = {each.name: each for each in suggestions if each.joins}
    named: dict[str, list[SwotItem]] = {}
    for item in items:
        if item.theme:
            named.setdefault(item.theme, []).append(item)
    found = [_theme(name, given, joining.get(name), held) for name, given in named.items()]
    for each in suggestions:
        if not each.joins:
            found.append(_theme(_free(each.name, [theme.name for theme in found]), [], each, held))
    return sorted(found, key=lambda each: (-len(each.cells), -len(each.items), not each.named, each.name.casefold()))


def _free(name: str, taken: Sequence[str]) -> str:
    """The name, with a number where another theme is called so."""
    folded = {each.casefold() for each in taken}
    names = (name, *(f"{name} ({nth})" for nth in range(2, len(folded) + 3)))
    return next(each for each in names if each.casefold() not in folded)


def _theme(name: str, given: Sequence[SwotItem], more: Suggestion | None, held: Mapping[str, SwotItem]) -> Theme:
    added = [held[id] for id in more.ids] if more else []
    return Theme(name, (*given, *added), frozenset(item.id for item in added))


def alone(items: Iterable[SwotItem], found: Iterable[Theme]) -> list[SwotItem]:
    """The statements that stand in no theme."""
    taken = {item.id for theme in found for item in theme.items}
    return [item for item in items if item.id not in taken]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a function's quadrant with all its origins: the items that say the same there."""

    text: str
    items: tuple[SwotItem, ...]

    @property
    def first(self) -> SwotItem:
        return self.items[0]


def once(items: Iterable[SwotItem]) -> list[Said]:
    """The same statement of the same function and quadrant once, with all its origins, in the order given."""
    found: dict[tuple[str, Quadrant, str], list[SwotItem]] = {}
    for item in items:
        found.setdefault((item.area, item.quadrant, plain(item.text)), []).append(item)
    return [Said(same[0].text, tuple(same)) for same in found.values()]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of a study: what each says in each quadrant, and which themes both, or only one, speak of."""

    one: dict[Quadrant, list[Said]]
    other: dict[Quadrant, list[Said]]
    both: tuple[str, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]


def compare(
    items: Sequence[SwotItem], found: Sequence[Theme], is_one: Callable[[SwotItem], bool],
    is_other: Callable[[SwotItem], bool],
) -> Comparison:  # fmt: skip
    """Two sides side by side; themes in the order in which they recur."""
    ones, others = [item for item in items if is_one(item)], [item for item in items if is_other(item)]
    of_one, of_other = ({item.id for item in each} for each in (ones, others))
    spoken = [(theme.name, _speaks(theme, of_one), _speaks(theme, of_other)) for theme in found]
    return Comparison(
        _quadrants(ones),
        _quadrants(others),
        tuple(name for name, one, other in spoken if one and other),
        tuple(name for name, one, other in spoken if one and not other),
        tuple(name for name, one, other in spoken if other and not one),
    )


def _speaks(theme: Theme, ids: set[str]) -> bool:
    return any(item.id in ids for item in theme.items)


def _quadrants(items: Sequence[SwotItem]) -> dict[Quadrant, list[Said]]:
    return {quadrant: once(item for item in items if item.quadrant is quadrant) for quadrant in Quadrant}
