"""The very first request to a fresh server asks for a page by its own address, past the front page.

Streamlit runs a file that lies directly under pages/ by its address before any script has run; ours lie deeper, to
each of which tests/test_architecture.py looks, and are guarded besides. What a server knows of its pages it has learnt
once the first script has run, so an open page, a closed one and the front page are each the first thing asked of a
server of their own; all are the first thing that a tab asks for.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lib.actions import links, open_store, studies
from lib.i18n import t
from lib.model.access import Role
from lib.ui.navigation import ENTRIES, Entry
from tests.load.client import visit
from tests.load.protocol import Tab
from tests.load.server import serve
from tests.pages.test_access_to_pages import ALLOWED
from tests.people import FACILITATOR

ALONE = ("oversikt", "prioritering", "last-opp")
ROOT = Path(__file__).parents[2]
PEOPLE = {"visitor": None, "reader": Role.READER, "leader": Role.LEADER, "facilitator": Role.FACILITATOR}


async def words(port: int, address: str, study: str, key: str | None) -> str:
    """All that a tab shows that opens an address of the server and nothing before it."""
    tab = Tab(page=address, query=f"utredning={study}")
    async with visit(port, tab, cookie=f"{links.COOKIE}={key}" if key else "") as visitor:
        await visitor.open()
        assert tab.faults == []
        return "\n".join(tab.words)


@pytest.fixture
def keys(home: Path) -> dict[str, str | None]:
    """A key of each role in «Vår region», made while no server holds the file."""
    own = studies.create(FACILITATOR, "Vår region")
    made = {name: links.make(FACILITATOR, role, own, name, 1)[1] if role else None for name, role in PEOPLE.items()}
    open_store.close()
    return made


async def open_to(port: int, entry: Entry, keys: dict[str, str | None]) -> None:
    """Everybody in turn opens the page in a tab of their own, and sees it or that it is closed."""
    closed, address = t("nb", "frame.closed"), "" if entry.address == "oversikt" else entry.address
    for name, key in keys.items():
        shown = await words(port, address, "var-region", key)
        may = name in ALLOWED[entry.file][1 if name == "visitor" else 0]
        assert (closed not in shown) is may, (address, name)
        assert "Vår region" not in shown or name != "visitor"


@pytest.mark.parametrize("address", ALONE)
def test_a_page_is_the_very_first_thing_asked_of_a_server(
    address: str, home: Path, keys: dict[str, str | None], tmp_path: Path
) -> None:
    with serve("app.py", ROOT, tmp_path / "log", "/status", {"MULIGHETSROM_STORE": str(home)}) as server:
        asyncio.run(open_to(server.port, next(each for each in ENTRIES if each.address == address), keys))


def test_every_page_is_the_first_thing_that_a_tab_asks_for(
    home: Path, keys: dict[str, str | None], tmp_path: Path
) -> None:
    async def all_pages(port: int) -> None:
        for entry in ENTRIES:
            await open_to(port, entry, keys)

    with serve("app.py", ROOT, tmp_path / "log", "/status", {"MULIGHETSROM_STORE": str(home)}) as server:
        asyncio.run(all_pages(server.port))
