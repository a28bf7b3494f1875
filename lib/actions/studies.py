"""Studies: which ones somebody sees, a new one, and what one of them holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from lib.access import Action, decide
from lib.actions import gate, open_store, reads
from lib.actions.reads import per_revision
from lib.i18n import alphabetical
from lib.model.access import Actor
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Municipality, Rater, Revision, Study, Workshop, new_id, stable_id
from lib.store import Session, rows
from lib.store import studies as stored

NAME_LEAST, NAME_LIMIT = 2, 80


@dataclass(frozen=True, slots=True)
class Overview:
    """What has come into a study: its rows, in the order of their codes and names."""

    municipalities: tuple[Municipality, ...]
    areas: tuple[Area, ...]
    workshops: tuple[Workshop, ...]
    raters: tuple[Rater, ...]

    @property
    def constructed(self) -> bool:
        return any(workshop.constructed for workshop in self.workshops)


def visible(actor: Actor) -> list[Study]:
    """The studies the actor may look at: one's own first, by name, then the demonstrations as they were made."""
    every = [
        study for study in stored.listed(open_store.store()) if decide(actor, Action.STUDY_VIEW, gate.scope_of(study))
    ]
    own = sorted((study for study in every if not study.demo), key=lambda study: alphabetical(study.name))
    return own + [study for study in every if study.demo]


def find(actor: Actor, slug: str) -> Study:
    """The study under a slug. NotFound also for one that the actor may not see, so that names do not leak."""
    found = next((study for study in visible(actor) if study.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def may_create(actor: Actor) -> bool:
    return bool(decide(actor, Action.STUDY_CREATE, gate.scope_of(None)))


def create(actor: Actor, name: str, key: str = "") -> Study:
    """A new, empty study. AppError `study_name` for an empty or overlong name, `study_exists` for one that is there.

    `key` is the id it gets, so that asking twice with the same makes one.
    """
    study = named(actor, name, key)
    with open_store.store().transaction() as tx:
        enter(tx, actor, study)
    return study


def named(actor: Actor, name: str, key: str = "") -> Study:
    """A study that may be entered. Errors as `create`, but for one that is there."""
    gate.allow(actor, Action.STUDY_CREATE, None)
    name = " ".join(name.split())
    if not NAME_LEAST <= len(name) <= NAME_LIMIT:
        raise AppError("study_name", least=NAME_LEAST, limit=NAME_LIMIT)
    return Study(id=key or new_id(), slug=slug_of(name), name=name, created_at=datetime.now(UTC))


def enter(tx: Session, actor: Actor, study: Study, **detail: str) -> bool:
    """Adds the study in a transaction that may have more to do; False where just this one is there already.

    AppError `study_exists` where another has its name.
    """
    if stored.add(tx, study):
        gate.note(tx, actor, Action.STUDY_CREATE, study.id, study.slug, **detail)
        return True
    standing = stored.get(tx, study.id)
    if standing is None or standing.slug != study.slug:
        raise AppError("study_exists", name=study.name)
    return False


def slug_of(name: str) -> str:
    """«Øst-Telemark 2035» → «ost-telemark-2035»: letters and digits that every address bar keeps."""
    spelled = name.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or f"utredning-{stable_id(name)[:6]}"


@per_revision(Action.STUDY_VIEW)
def overview(study: Study) -> Overview:
    store = open_store.store()
    return Overview(
        municipalities=tuple(
            sorted(rows.current(store, Municipality, study.id), key=lambda row: alphabetical(row.name))
        ),
        areas=tuple(sorted(rows.current(store, Area, study.id), key=lambda row: alphabetical(row.code))),
        workshops=tuple(rows.current(store, Workshop, study.id)),
        raters=tuple(rows.current(store, Rater, study.id)),
    )


def revision_of(actor: Actor, study: Study) -> Revision:
    """Moves whenever anything that the study shows may have changed; what caches are keyed by."""
    gate.allow(actor, Action.STUDY_VIEW, study)
    return reads.revision_of(study)
