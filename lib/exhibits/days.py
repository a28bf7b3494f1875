"""The day of an answer that depends on it: one that the address names, else today."""

from __future__ import annotations

from datetime import date

from lib.exhibits.exhibit import Address
from lib.i18n import today

AS_OF = "dag"


def as_of(address: Address) -> date:
    """Up to which day an answer counts."""
    return named(address, AS_OF, today())


def named(address: Address, parameter: str, default: date) -> date:
    """A day of the address; the default for what is none, and today for one that is still to come."""
    try:
        return min(date.fromisoformat(dict(address).get(parameter, "")), today())
    except ValueError:
        return default
