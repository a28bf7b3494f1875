"""What pages ask the actions and the exhibits for, as the visitor and in the visitor's language."""

from __future__ import annotations

from contextlib import suppress
from typing import ParamSpec, TypeVar

from lib.actions.reads import Read
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Address, Exhibit
from lib.model.problems import NotFound
from lib.model.records import Study
from lib.ui import session

P = ParamSpec("P")
T = TypeVar("T")


def ask(read: Read[Study, P, T], study: Study, *args: P.args, **choices: P.kwargs) -> T:
    """What is known, or a sentence that says why it is not shown, which ends the page."""
    with session.or_stop():
        return read(session.visitor(), study, *args, **choices)


def exhibit(key: str, study: Study, address: Address = ()) -> Exhibit:
    """An exhibit, or a sentence that says why it is not shown, which ends the page."""
    with session.or_stop():
        return EXHIBITS[key].build(session.visitor(), study, address, session.language())


def exhibit_or_said(key: str, study: Study) -> Exhibit | None:
    """An exhibit, or a sentence that says why it is not shown, after which the page goes on."""
    with session.sayable():
        return EXHIBITS[key].build(session.visitor(), study, (), session.language())
    return None


def exhibit_if_any(key: str, study: Study, address: Address = ()) -> Exhibit | None:
    """An exhibit, None where the study has nothing to say of it; else as `exhibit`."""
    with session.or_stop(), suppress(NotFound):
        return EXHIBITS[key].build(session.visitor(), study, address, session.language())
    return None
