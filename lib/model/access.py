"""Who asks, for what, and the answer: the words `lib.access.decide` speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is, from least to most: a rater by the code of a workshop, the others by a link."""

    RATER = "rater"
    READER = "reader"
    LEADER = "leader"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one study, or in all of them when `study` is None; `link` is the link that gave it.

    With a `workshop` it holds for what is done in that workshop alone, as the `rater` that one has joined as.
    """

    role: Role
    study: str | None = None
    link: str = ""
    workshop: str | None = None
    rater: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks. No grants: a visitor. `name` goes into the audit log, never a secret."""

    name: str = "visitor"
    grants: tuple[Grant, ...] = ()


VISITOR = Actor()


@dataclass(frozen=True, slots=True)
class Scope:
    """What an action concerns: a study, whether it is a demonstration that everybody may look at, and a workshop."""

    study: str | None = None
    demo: bool = False
    workshop: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. `reason` is a stable code, a sentence `errors.<reason>` when not allowed."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed
