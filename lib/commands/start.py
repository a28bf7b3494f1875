"""What happens when the product starts and stops, in words for whoever started it."""

from __future__ import annotations

from lib.actions import demo, links, open_store
from lib.i18n import DEFAULT, error, t
from lib.model.problems import AppError


def open_app(base: str) -> None:
    """Open the store, bring in the demonstrations, print the address, and the first facilitator link if it is new."""
    open_store.store()
    demo.ensure()
    links.remember_address(base)
    print(t(DEFAULT, "terminal.ready", address=links.public_address(base)), flush=True)
    if key := links.first_key():
        print(t(DEFAULT, "terminal.first_link", days=links.OWNER_DAYS, address=links.address_of(key, base)), flush=True)
        print(t(DEFAULT, "terminal.another_link"), flush=True)


def refusal(raised: AppError) -> str:
    return error(DEFAULT, raised)


def close_app() -> None:
    open_store.close()
