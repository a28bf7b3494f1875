"""What a study knows of its functions in words: SWOT items, forces that promote or hold back, and notes.

A function is an area of the study. Ids are derived from natural keys, as all that intake writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lib.model.records import Area, Municipality, RaterRole, Record

# How strong a force is, from weak to very strong.
STRENGTHS = range(1, 6)


class Quadrant(StrEnum):
    STRENGTH = "strength"
    WEAKNESS = "weakness"
    OPPORTUNITY = "opportunity"
    THREAT = "threat"


class Side(StrEnum):
    DRIVER = "driver"
    BARRIER = "barrier"


class NoteKind(StrEnum):
    """What a note on a function is about."""

    TIME = "time"  # a benefit: what takes less time
    QUALITY = "quality"  # a benefit: what gets better
    HIGH_POINT = "high_point"
    PAIN_POINT = "pain_point"
    COMPETENCE = "competence"
    CULTURE = "culture"
    DIGITAL = "digital"


class SwotItem(Record):
    """One statement in a quadrant of a function, by whom and from where.

    `theme` is the name that a person has given or accepted for what recurs, None where nobody has. `workshop` is where
    it was written live, `points` what it was given there, `voices` how many wrote it. `became` is the id of the risk or
    area that was made of it.
    """

    id: str
    area: str
    quadrant: Quadrant
    text: str
    municipality: str | None = None
    role: RaterRole | None = None
    source: str | None = None
    theme: str | None = None
    workshop: str | None = None
    points: int | None = None
    voices: int | None = None
    became: str | None = None
    constructed: bool = False


class Force(Record):
    """What promotes or holds back a cooperation on a function; `strength` 1–5, None where nobody has judged it."""

    id: str
    area: str
    side: Side
    text: str
    strength: int | None = None
    source: str | None = None
    origin: str | None = None
    constructed: bool = False


class Note(Record):
    """A benefit, a high or pain point, or a need of competence, culture or digital tools of a function."""

    id: str
    area: str
    kind: NoteKind
    text: str
    municipality: str | None = None
    source: str | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class SwotBook:
    """All that a study knows of its functions in words, as it stands.

    `became`: id of an item → the name of the risk or area that was made of it and is still there.
    """

    municipalities: tuple[Municipality, ...]
    areas: tuple[Area, ...]
    items: tuple[SwotItem, ...]
    forces: tuple[Force, ...]
    notes: tuple[Note, ...]
    became: Mapping[str, str]

    @property
    def functions(self) -> tuple[Area, ...]:
        """The areas of which something is said."""
        rows: list[SwotItem | Force | Note] = [*self.items, *self.forces, *self.notes]
        spoken = {row.area for row in rows}
        return tuple(area for area in self.areas if area.id in spoken)

    @property
    def analysed(self) -> tuple[Area, ...]:
        """The areas that have a SWOT."""
        spoken = {row.area for row in self.items}
        return tuple(area for area in self.areas if area.id in spoken)

    @property
    def made_of(self) -> dict[str, tuple[SwotItem, ...]]:
        """Id of a risk or area → the statements that it was made of: the way back from what was sent on."""
        found: dict[str, tuple[SwotItem, ...]] = {}
        for item in self.items:
            if item.became and item.id in self.became:
                found[item.became] = (*found.get(item.became, ()), item)
        return found

    @property
    def made_up(self) -> set[str]:
        """The functions of which something is made up and must say so."""
        rows: list[SwotItem | Force | Note] = [*self.items, *self.forces, *self.notes]
        return {row.area for row in rows if row.constructed}

    @property
    def constructed(self) -> bool:
        """Whether anything is made up and must say so."""
        return bool(self.made_up)
