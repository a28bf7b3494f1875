"""Where every action asks: allowed or not, in which study, and the line that a change leaves in the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from lib.access import Action, decide
from lib.model.access import Actor, Scope
from lib.model.problems import Denied
from lib.model.records import Study
from lib.store import Session
from lib.store.audit import Entry, append


def scope_of(study: Study | None, workshop: str | None = None) -> Scope:
    return Scope(study.id, study.demo, workshop) if study else Scope()


def allow(actor: Actor, action: Action, study: Study | None, workshop: str | None = None) -> None:
    """Denied, with the reason as its code, unless the actor may."""
    decision = decide(actor, action, scope_of(study, workshop))
    if not decision:
        raise Denied(decision.reason)


def may(actor: Actor, action: Action, study: Study | None, workshop: str | None = None) -> bool:
    """As `allow`, for what is only worth showing to those who may."""
    return bool(decide(actor, action, scope_of(study, workshop)))


def somewhere(actor: Actor, action: Action, studies: Iterable[Study]) -> bool:
    """Whether there is any of these studies, the store as a whole, or a workshop of the actor's, in which they may."""
    seats = (Scope(grant.study, workshop=grant.workshop) for grant in actor.grants if grant.workshop)
    return any(decide(actor, action, scope) for scope in (*map(scope_of, (None, *studies)), *seats))


def note(session: Session, actor: Actor, action: Action, study: str | None, subject: str, **detail: str | int) -> None:
    """The line in the audit log; in the same transaction as the change, so that neither is there without the other."""
    append(session, Entry(datetime.now(UTC), actor.name, action, study, subject, detail))
