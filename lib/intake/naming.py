"""Which column a heading names: exactly, with a unit or scale beside it, or so nearly that nothing else is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lib.intake.tables import Heading, Remark
from lib.intake.texts import fold
from lib.model.kinds import line

_BESIDE = re.compile(
    r"\((?:skala:? ?)?(?:[01] ?(?:[-–]|til|to) ?(?:[1-9]|10)|(?:pr\.? ?)?(?:19|20)[0-9]{2}|kr\.?|kroner|nok|"
    r"antall|tall|navn|nr\.?|tekst|valgfritt|obligatorisk|må fylles ut|ja/nei|s|k)\)|[*:]+$",
    re.IGNORECASE,
)
_LONG_ENOUGH = 7  # letters; among shorter words one letter makes another word


def plain(text: str) -> str:
    """A heading without its scale, year or unit: «Konsekvens (1-5)» is «Konsekvens»."""
    return line(_BESIDE.sub("", line(text)))


def name_all(
    written: Sequence[tuple[str, int]], names: Mapping[str, str], row: int, labels: Mapping[str, str]
) -> tuple[list[Heading], list[Remark]]:
    """The headings (text, column) of a row with the keys they name; what was understood rather than read is said.

    An exact heading goes before one that only resembles it, and no column is understood twice. `labels` holds the
    catalogue key of the heading of each key.
    """
    keys = {column: names.get(fold(text)) for text, column in written}
    remarks = []
    for text, column in written:
        if keys[column] is None and (key := names.get(fold(plain(text)))) and key not in keys.values():
            keys[column] = key
    for text, column in written:
        if keys[column] is None and (near := _near(text, names, {key for key in keys.values() if key})):
            keys[column] = names[near]
            remarks.append(
                Remark("understood_heading", row, column, text, params={"understood": f"@{labels[names[near]]}"})
            )
    return [Heading(line(text), column, keys[column]) for text, column in written], remarks


def _near(text: str, names: Mapping[str, str], taken: set[str]) -> str:
    """The one known heading of a column still missing that differs by one letter; empty where it may be several."""
    folded = fold(plain(text))
    if len(folded) < _LONG_ENOUGH:
        return ""
    near = [name for name in names if len(name) >= _LONG_ENOUGH and one_apart(folded, name)]
    keys = {names[name] for name in near}
    return near[0] if len(keys) == 1 and not keys & taken else ""


def one_apart(one: str, other: str) -> bool:
    """Whether a letter left out, put in or changed, or two that changed places, makes the one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return one == other
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or swapped
