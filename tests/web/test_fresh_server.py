"""The very first request to a fresh server asks for a page by its own address, past the front page.

Streamlit runs a file that lies directly under pages/ by its address before any script has run; ours lie deeper and are
guarded besides. Each page is the first thing asked of a server of its own, by a visitor, then by everybody else.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lib.actions import links, open_store, studies
from lib.i18n import t
from lib.model.access import Role
from lib.ui.navigation import ENTRIES
from tests.load.client import visit
from tests.load.protocol import Tab
from tests.load.server import serve
from tests.pages.test_access_to_pages import ALLOWED
from tests.people import FACILITATOR

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


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.address)
def test_a_page_by_its_own_address(entry: object, home: Path, keys: dict[str, str | None], tmp_path: Path) -> None:
    closed = t("nb", "frame.closed")
    file, address = entry.file, entry.address  # type: ignore[attr-defined]
    with serve("app.py", ROOT, tmp_path / "log", "/status", {"MULIGHETSROM_STORE": str(home)}) as server:
        for name, key in keys.items():
            shown = asyncio.run(words(server.port, "" if address == "oversikt" else address, "var-region", key))
            may = name in ALLOWED[file][1 if name == "visitor" else 0]
            assert (closed not in shown) is may, (address, name)
            assert "Vår region" not in shown or name != "visitor"
