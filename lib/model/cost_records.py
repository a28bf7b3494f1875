"""What a study knows of costs: lines, costs of today and of smaller groups, who takes part, models, confirmations.

Money is whole kroner. Ids are derived from natural keys, as all that intake writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lib.model.records import Area, Municipality, Record
from lib.model.swot_records import Note


class CostKind(StrEnum):
    """What a line is for. Overhead and pension are lines of their own, so that nobody forgets them."""

    OPERATION = "operation"
    OVERHEAD = "overhead"
    PENSION = "pension"
    GAIN = "gain"  # saved or earned; the amount is positive all the same


class CostItem(Record):
    """One cost line of an area's cooperation: kroner a year, or once in `from_year` when `one_off` (a hump cost).

    `variable` costs follow what is used, the others stand whoever takes part. Without years it runs always.
    `model` is what this line alone is shared by, «30/70» or the name of an allocation key; None: as the area.
    """

    id: str
    area: str
    name: str
    kroner: int
    kind: CostKind = CostKind.OPERATION
    variable: bool = False
    one_off: bool = False
    from_year: int | None = None
    to_year: int | None = None
    model: str | None = None
    constructed: bool = False


class OwnCost(Record):
    """What one municipality pays for an area's service today, and the full-time equivalents (årsverk) it employs.

    `alone` is what the service would cost it alone, where that is another sum than today's.
    """

    id: str
    area: str
    municipality: str
    kroner: int
    alone: int | None = None
    jobs: float | None = None
    constructed: bool = False


class PartialCost(Record):
    """What a smaller cooperation on an area would cost a year; `members` are ids of municipalities, sorted."""

    id: str
    area: str
    members: list[str]
    kroner: int
    constructed: bool = False


class Participation(Record):
    """Whether a municipality takes part in an area's cooperation; none stored: it does.

    `host`: it is the host. `jobs` are its full-time equivalents in the cooperation.
    """

    id: str
    area: str
    municipality: str
    takes_part: bool = True
    host: bool = False
    jobs: float | None = None
    constructed: bool = False


class KeyFigure(Record):
    """What a municipality has of one allocation key. It is typed in a row of its own and kept on the municipality."""

    id: str
    key: str
    figure: float | None = None


class ModelChoice(Record):
    """The model that an area's cooperation uses: a `CostModel` as JSON-able fields. `id` is the area's.

    `shares` are per cent by key; `floor` and `cap` whole kroner for all, `floors` and `caps` those of single ones,
    by id, which then count alone; `host` a municipality's id.
    """

    id: str
    shares: dict[str, float]
    floor: int | None = None
    cap: int | None = None
    host: str | None = None
    host_percent: float = 0
    phase_in: list[float]
    floors: dict[str, int] | None = None
    caps: dict[str, int] | None = None


class Confirmation(Record):
    """A municipality has said that its own figures are right; `digest` is of the figures it saw. `id` is its id."""

    id: str
    digest: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class CostBook:
    """All that a study knows of costs, as it stands. `confirmed` says of each municipality whether its figures are.

    Figures that somebody changed after they were confirmed are unconfirmed again. `notes`: gains without a price.
    """

    municipalities: tuple[Municipality, ...]
    areas: tuple[Area, ...]
    items: tuple[CostItem, ...]
    own: tuple[OwnCost, ...]
    partial: tuple[PartialCost, ...]
    participation: tuple[Participation, ...]
    choices: tuple[ModelChoice, ...]
    confirmed: Mapping[str, bool]
    notes: tuple[Note, ...] = ()

    @property
    def constructed(self) -> bool:
        """Whether any figure is made up and must say so."""
        rows: list[CostItem | OwnCost | PartialCost | Participation | Note]
        rows = [*self.items, *self.own, *self.partial, *self.participation, *self.notes]
        return any(row.constructed for row in rows)
