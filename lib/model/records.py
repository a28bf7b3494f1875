"""The records that the store keeps and the actions hand out; ids are opaque text."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict


def stable_id(*parts: str) -> str:
    """The same parts always give the same id, so that undoing and repeating an import never makes a twin."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\x1f".join(parts)).hex[:20]


def new_id() -> str:
    return uuid.uuid4().hex[:20]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str


R = TypeVar("R", bound=Record)


class RaterRole(StrEnum):
    """Which of the three parties a rater speaks for."""

    ELECTED = "elected"
    ADMINISTRATION = "administration"
    EMPLOYEES = "employees"


class Study(Record):
    """One region's work, the frame for all else. `slug` stands in addresses and never changes."""

    id: str
    slug: str
    name: str
    demo: bool = False
    created_at: datetime


class Municipality(Record):
    """A municipality in a study. `number` (four digits) is the one that held in `year`; `keys` are further figures."""

    id: str
    number: str
    name: str
    population: int | None = None
    year: int | None = None
    keys: dict[str, float] = {}


class Area(Record):
    """Something to cooperate on. All after `name` is optional; the last six are the fact sheet seen while scoring."""

    id: str
    code: str
    name: str
    sector: str | None = None
    description: str | None = None
    source: str | None = None
    today: str | None = None
    start: str | None = None
    barriers: str | None = None
    partners: str | None = None
    stays_local: str | None = None
    individual_decisions: bool | None = None


class Workshop(Record):
    """A session in which raters rate items by a method. `constructed`: its figures are made up and must say so.

    `highest` is the step that the method's scale ends with, where another than its own was agreed.
    """

    id: str
    name: str
    method: str
    group_mode: bool = True
    constructed: bool = False
    highest: int | None = None


class Rater(Record):
    """A group at a table, or one person."""

    id: str
    workshop: str
    name: str
    role: RaterRole | None = None
    municipality: str | None = None


class Rating(NamedTuple):
    """One number one rater gave for one criterion of one item; None is «vet ikke»."""

    workshop: str
    round: int
    rater: str
    item: str
    criterion: str
    value: int | None
    tap: str | None = None


class Comment(NamedTuple):
    workshop: str
    round: int
    rater: str
    item: str
    text: str
    tap: str | None = None


class BatchKind(StrEnum):
    UPLOAD = "upload"
    FORM = "form"
    DEMO = "demo"
    COPY = "copy"
    WORKSHOP = "workshop"  # all that is written about a live workshop; it is not undone as a whole


class Batch(Record):
    """One write that stands or falls as a whole. Only `live` changes, by undo and redo."""

    id: str
    study: str
    kind: BatchKind
    actor: str
    created_at: datetime
    file_name: str | None = None
    sha256: str | None = None
    counts: dict[str, int] = {}
    live: bool = True


class Link(Record):
    """A secret address that gives a role. The key itself is never kept, only its hash."""

    id: str
    role: str
    study: str | None
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class Revision(NamedTuple):
    """Another one after every commit that changes what a study shows, and never one that it had before.

    `moves` only grows, and is counted anew in each era.
    """

    era: int
    moves: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What one import or form writes: any of the kinds, each a whole row (all columns, not a difference).

    `records` are of those kinds that need nothing but their declaration as a sheet and their table.
    """

    municipalities: tuple[Municipality, ...] = ()
    areas: tuple[Area, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    raters: tuple[Rater, ...] = ()
    ratings: Sequence[Rating] = ()
    comments: tuple[Comment, ...] = ()
    records: tuple[Record, ...] = ()

    def of(self, kind: type[R]) -> list[R]:
        """Those of `records` that are of one kind."""
        return [record for record in self.records if isinstance(record, kind)]
