"""The records of a live workshop: how it is run, where it stands, who has joined from what, and what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lib.model.records import Record


class Step(StrEnum):
    """Where the room is. A round is rated, frozen, shown and discussed; then comes another, or the end."""

    COLLECT = "collect"  # everybody writes
    POINTS = "points"  # everybody gives points to what was written
    RATE = "rate"
    FREEZE = "freeze"
    SHOW = "show"
    DISCUSS = "discuss"
    END = "end"


# The steps in which what a round came to may be seen.
OPEN_STEPS = frozenset({Step.SHOW, Step.DISCUSS, Step.END})
RATER_NAME_LIMIT = 60
CODE_LENGTH = 6
TYPED_CODE_LIMIT = 20  # spaces that people type between the signs are taken too
# Ideas are given points in a round of its own, before the first that items are rated in.
IDEA_ROUND = 0


class Collects(StrEnum):
    """What the ideas of a workshop become."""

    AREAS = "areas"  # also where nothing is said
    RISKS = "risks"  # each a risk of the register, rated without points before
    SWOT = "swot"  # each a SWOT item of the area that the workshop is about; the prompts are the quadrants


class Plan(Record):
    """How a workshop is run. `id` is the workshop's, `code` what raters type, `items` the order they are rated in.

    `prompts` are the open questions; `minutes` says how long a step is meant to last, by `Step`. `collects` says what
    the ideas become (None: areas), `about` is the id of the area that the prompts are about, None where they are open.
    """

    id: str
    code: str
    items: list[str]
    asks_role: bool = True
    asks_municipality: bool = True
    comments: bool = True
    prompts: list[str]
    minutes: dict[str, int]
    collects: Collects | None = None
    about: str | None = None


class Idea(Record):
    """What the facilitator made of one or several contributions. `members` are their taps; `area` is the id of what it
    became: an area, a risk of the register or a SWOT item.

    `workshop` and `prompt` (its place in the plan) say where it belongs.
    """

    id: str
    workshop: str
    prompt: int
    text: str
    members: list[str]
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a workshop stands since `moved_at`; the last one written counts.

    `items` are those that this round asks for, `ends_at` when the step's time is up, `seq` its place in the log.
    """

    workshop: str
    step: Step
    round: int
    method: str
    items: tuple[str, ...]
    ends_at: datetime | None
    actor: str
    moved_at: datetime
    seq: int = 0

    @property
    def is_open(self) -> bool:
        """Whether what this round came to may be seen."""
        return self.step in OPEN_STEPS


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that somebody wrote under a prompt; `tap` is the device's id for it."""

    tap: str
    workshop: str
    prompt: int
    rater: str
    text: str
    written_at: datetime
