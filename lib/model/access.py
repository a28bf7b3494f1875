"""Who asks, for what, and the answer: the words `lib.access.decide` speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a link makes of its holder, from least to most."""

    READER = "reader"
    LEADER = "leader"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one study, or in all of them when `study` is None; `link` is the link that gave it."""

    role: Role
    study: str | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks. No grants: a visitor. `name` goes into the audit log, never a secret."""

    name: str = "visitor"
    grants: tuple[Grant, ...] = ()


VISITOR = Actor()


@dataclass(frozen=True, slots=True)
class Scope:
    """What an action concerns: a study, and whether that study is a demonstration that everybody may look at."""

    study: str | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. `reason` is a stable code, a sentence `errors.<reason>` when not allowed."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed
