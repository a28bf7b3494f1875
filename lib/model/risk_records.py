"""What a study knows of risks: the register, what is done about them, what was accepted, and the milestones.

Probability and consequence are whole steps from 1 to 5, None where nobody has judged them. Ids are derived from
natural keys, as all that intake writes.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from lib.model.records import Record

STEPS = range(1, 6)  # of probability and consequence


class RiskStatus(StrEnum):
    OPEN = "open"
    FOLLOWED = "followed"
    ACCEPTED = "accepted"
    CLOSED = "closed"


class Knowledge(StrEnum):
    """How much is known of what the numbers rest on."""

    WEAK = "weak"
    MEDIUM = "medium"
    STRONG = "strong"


class Progress(StrEnum):
    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"


class Phase(StrEnum):
    """The phases of a project in SAM13, in their order."""

    CLARIFICATION = "clarification"
    ORGANISATION = "organisation"
    PLANNING = "planning"
    EXECUTION = "execution"
    EVALUATION = "evaluation"


class Risk(Record):
    """Something that can keep a cooperation from reaching its goal.

    `area` is an area's id, `measure` a measure by its number or name; with neither it is a risk to the whole.
    `inherent_…` is without anything done, `probability` and `consequence` as it is now, `after_…` what it will be when
    the countermeasures are done. `highest_by` says who gave the highest numbers, never a person in individual mode;
    `origin` is the id of what it was made of: an idea, a SWOT item, a factor of the self-evaluation.
    """

    id: str
    factor: str
    cause: str | None = None
    area: str | None = None
    measure: str | None = None
    inherent_probability: int | None = None
    inherent_consequence: int | None = None
    probability: int | None = None
    consequence: int | None = None
    after_probability: int | None = None
    after_consequence: int | None = None
    highest_by: str | None = None
    knowledge: Knowledge | None = None
    owner: str | None = None
    status: RiskStatus = RiskStatus.OPEN
    source: str | None = None
    origin: str | None = None
    constructed: bool = False

    @property
    def sum(self) -> int | None:
        """S × K as it is now; SAM13 calls the product the sum."""
        return None if self.probability is None or self.consequence is None else self.probability * self.consequence


class Countermeasure(Record):
    """What lowers a risk, to `probability` and `consequence` (None: leaves it as it is). `cost` is whole kroner.

    It is a milestone of the plan as it stands, in its `phase` and at its `deadline`.
    """

    id: str
    risk: str
    name: str
    probability: int | None = None
    consequence: int | None = None
    cost: int | None = None
    owner: str | None = None
    deadline: date | None = None
    progress: Progress = Progress.PLANNED
    phase: Phase = Phase.EXECUTION
    constructed: bool = False


class Milestone(Record):
    """A delivery of which one can tell whether it is done, with who owns it and when; `done_on` once it is.

    `origin` is the id of what it comes from, where that is a risk or an area.
    """

    id: str
    name: str
    phase: Phase
    area: str | None = None
    owner: str | None = None
    deadline: date | None = None
    done_on: date | None = None
    origin: str | None = None
    constructed: bool = False


class Acceptance(Record):
    """Somebody in a role has accepted a risk as it was: `accepted` are its fields then. `id` is the risk's.

    Under `countermeasures` stand the fields of each of its countermeasures.
    """

    id: str
    role: str
    reason: str
    accepted: dict[str, object]
    accepted_by: str
    accepted_at: datetime


class RiskPolicy(Record):
    """A study's own rules, with the reason, and its own words for the steps. `id` is the study's.

    `rules` are the fields of `lib.model.methods.Rule`; none: those of the method. `steps` are texts by «probability.1».
    """

    id: str
    rules: list[dict[str, object]]
    reason: str
    steps: dict[str, str]


class StepWords(Record):
    """A study's own words for one step, «probability.1»; None: the product's. Kept in the study's `RiskPolicy`."""

    id: str
    step: str
    text: str | None = None


class Override(Record):
    """Somebody in a role lets a case go on although forced risks lack countermeasures.

    `id` is an area's, or the study's where it is all of them. `risks` are the ids of those it was given for: one that
    comes later is held back again.
    """

    id: str
    role: str
    reason: str
    given_by: str
    given_at: datetime
    risks: list[str] | None = None
