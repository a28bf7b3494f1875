"""Links that give a role: made, listed, revoked, and turned into the actor that a browser's cookie makes.

The cookie holds the keys of the links themselves, so that revoking a link ends every browser that used it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lib.access import Action, hash_key, new_key
from lib.actions import gate, open_store
from lib.i18n import DEFAULT, t
from lib.model.access import VISITOR, Actor, Grant, Role
from lib.model.problems import AppError, NotFound, StoreBusy
from lib.model.records import Link, Study, new_id
from lib.model.settings import Settings
from lib.store import links as stored
from lib.store import studies as stored_studies

COOKIE = "mulighetsrom"
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie; the link's own expiry is what counts
KEYS_IN_COOKIE = 10
DAYS, OWNER_DAYS = 90, 30
LONGEST = 400
LABEL_LIMIT = 80
WAITING, LAST_ADDRESS = "waiting-links", "last-address"
OWNER = Actor("owner")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry link opens, for the page that asks before it lets anybody in."""

    role: str
    study_name: str
    study_slug: str
    expires_at: datetime


def make(actor: Actor, role: Role, study: Study | None, label: str, days: int) -> tuple[Link, str]:
    """A new link and its key, which is shown this once. Readers' and leaders' links are for one study, never a demo."""
    gate.allow(actor, Action.LINK_MAKE, study)
    label = " ".join(label.split())
    if not label or len(label) > LABEL_LIMIT:
        raise AppError("link_label", limit=LABEL_LIMIT)
    if not 1 <= days <= LONGEST:
        raise AppError("link_days", least=1, limit=LONGEST)
    if role is not Role.FACILITATOR and (study is None or study.demo):
        raise AppError("link_needs_study")
    link, key = _new(role, study.id if study and role is not Role.FACILITATOR else None, label, days)
    with open_store.store().transaction() as tx:
        stored.keep(tx, link, hash_key(key))
        gate.note(tx, actor, Action.LINK_MAKE, link.study, link.id, role=role)
    return link, key


def listing(actor: Actor) -> list[Link]:
    """Every link, the newest first, revoked and expired ones included."""
    gate.allow(actor, Action.LINK_LIST, None)
    return stored.listed(open_store.store())


def revoke(actor: Actor, link: str) -> None:
    """End a link now. Twice is harmless."""
    gate.allow(actor, Action.LINK_REVOKE, None)
    found = stored.get(open_store.store(), link)
    if found is None:
        raise NotFound
    with open_store.store().transaction() as tx:
        if stored.revoke(tx, link, datetime.now(UTC)):
            gate.note(tx, actor, Action.LINK_REVOKE, found.study, link)


def actor_of(cookie: str) -> Actor:
    """Who a cookie's keys make somebody; a visitor without any that is valid now."""
    keys = [key for key in cookie.split(".") if key][:KEYS_IN_COOKIE]
    found = [link for link in (_valid(key) for key in keys) if link is not None]
    if not found:
        return VISITOR
    grants = tuple(Grant(Role(link.role), link.study, link.id) for link in found)
    return Actor(name=" + ".join(link.label for link in found), grants=grants)


def add_key(cookie: str, key: str) -> str:
    """The cookie with one more key, the newest first, dead ones left out."""
    others = [held for held in cookie.split(".") if held and held != key and _valid(held)]
    return ".".join([key, *others][:KEYS_IN_COOKIE])


def describe(key: str) -> Entry | None:
    """What a key opens, without using it up; None for a wrong, expired or revoked one, all alike."""
    _collect_waiting()
    link = _valid(key)
    if link is None:
        return None
    study = stored_studies.get(open_store.store(), link.study) if link.study else None
    return Entry(link.role, study.name if study else "", study.slug if study else "", link.expires_at)


def _valid(key: str) -> Link | None:
    link = stored.find(open_store.store(), hash_key(key))
    usable = link is not None and link.revoked_at is None and link.expires_at > datetime.now(UTC)
    return link if usable else None


def _new(role: Role, study: str | None, label: str, days: int) -> tuple[Link, str]:
    now = datetime.now(UTC)
    link = Link(id=new_id(), role=role, study=study, label=label, created_at=now, expires_at=now + timedelta(days=days))
    return link, new_key()


def public_address(base: str = "") -> str:
    """Where visitors find the product: the setting, else `base`, else where it last started on this store."""
    left = (open_store.folder() or Path()) / LAST_ADDRESS
    last = left.read_text(encoding="utf-8") if left.is_file() else "http://127.0.0.1:8501"
    return Settings.from_environment().address or base or last


def remember_address(base: str) -> None:
    """Leave the address beside the store, so that `make link` can print links that open."""
    if folder := open_store.folder():
        (folder / LAST_ADDRESS).write_text(base, encoding="utf-8")


def address_of(key: str, base: str = "") -> str:
    """The full address of a link."""
    return f"{public_address(base)}/inn/{key}"


def first_key() -> str | None:
    """A facilitator key for whoever starts the product the first time; None once any facilitator link is alive."""
    now = datetime.now(UTC)
    with open_store.store().exclusive("first key") as tx:
        alive = [link for link in stored.listed(tx) if link.revoked_at is None and link.expires_at > now]
        if any(link.role == Role.FACILITATOR for link in alive):
            return None
        link, key = _new(Role.FACILITATOR, None, t(DEFAULT, "access.first_start"), OWNER_DAYS)
        stored.keep(tx, link, hash_key(key))
        gate.note(tx, OWNER, Action.LINK_MAKE, None, link.id, role=link.role)
    return key


def owner_key() -> str:
    """A new facilitator key for whoever owns the machine, also while a server holds the DuckDB file.

    A held file cannot be written from here, so the link's hash is left in the store's own folder, and the server
    takes it in when the link is opened. Whoever can write in that folder could already replace the store.
    """
    link, key = _new(Role.FACILITATOR, None, "make link", OWNER_DAYS)
    try:
        with open_store.store().transaction() as tx:
            stored.keep(tx, link, hash_key(key))
            gate.note(tx, OWNER, Action.LINK_MAKE, None, link.id, role=link.role)
    except StoreBusy:
        _leave_waiting(link, key)
    finally:
        open_store.close()
    return key


def _leave_waiting(link: Link, key: str) -> None:
    folder = open_store.folder()
    if folder is None:
        raise StoreBusy
    waiting = folder / WAITING
    waiting.mkdir(mode=0o700, exist_ok=True)
    (waiting / f"{hash_key(key)}.json").write_text(link.model_dump_json(), encoding="utf-8")


def _collect_waiting() -> None:
    """Take in the links that were made beside a running server; one that is already here is only cleared away."""
    folder = open_store.folder()
    for left in sorted((folder / WAITING).glob("*.json")) if folder else ():
        try:
            link = Link.model_validate(json.loads(left.read_text(encoding="utf-8")))
        except ValueError:
            continue
        with open_store.store().exclusive("waiting links") as tx:
            if stored.find(tx, left.stem) is None:
                stored.keep(tx, link, left.stem)
                gate.note(tx, OWNER, Action.LINK_MAKE, None, link.id, role=link.role)
        left.unlink(missing_ok=True)
