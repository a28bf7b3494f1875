"""What one chooses on the pages of SWOT as it stands in an address: a function, and two sides to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lib.exhibits.exhibit import Address
from lib.i18n import t
from lib.model.problems import NotFound
from lib.model.records import Area, RaterRole
from lib.model.swot_records import SwotBook, SwotItem

FUNCTION, BY, ONE, OTHER = "omrade", "etter", "en", "annen"
KINDS = ("function", "municipality", "role", "source")
"""What sides may be: the first where an address names none."""


def function_of(known: SwotBook, address: Address) -> Area | None:
    """The function that an address names by its code; None where it names none, NotFound for a code that is none."""
    code = dict(address).get(FUNCTION)
    found = next((area for area in known.areas if area.code == code), None)
    if code and found is None:
        raise NotFound
    return found


class Sides(NamedTuple):
    """Slug → name of every side of a kind of which something is said, and the slug of the side that an item is of."""

    names: Mapping[str, str]
    of: Callable[[SwotItem], str | None]


def sides(language: str, known: SwotBook, by: str) -> Sides:
    if by == "municipality":
        spoken = {item.municipality for item in known.items}
        numbers = {town.id: town.number for town in known.municipalities}
        names = {town.number: town.name for town in known.municipalities if town.id in spoken}
        return Sides(names, lambda item: numbers.get(item.municipality or ""))
    if by == "role":
        parties = {item.role for item in known.items}
        names = {role.value: t(language, f"choices.role.{role}") for role in RaterRole if role in parties}
        return Sides(names, lambda item: item.role.value if item.role else None)
    if by == "source":
        sources = filter(None, (item.source for item in known.items))
        return Sides({source: source for source in sources}, lambda item: item.source)
    codes = {area.id: area.code for area in known.areas}
    return Sides({area.code: area.name for area in known.analysed}, lambda item: codes.get(item.area))


def kind(address: Address) -> str:
    by = dict(address).get(BY, "")
    return by if by in KINDS else KINDS[0]


def two(found: Sides, address: Address) -> tuple[str, str]:
    """The two sides of an address, the first two where it names none. NotFound where there are no two."""
    if len(found.names) < 2:
        raise NotFound
    told, (first, second, *_) = dict(address), found.names
    one, other = told.get(ONE, first), told.get(OTHER, second)
    return (one if one in found.names else first), (other if other in found.names else second)
