"""While a hostile workbook is being refused, other sessions of the same server go on as if nothing happened."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from statistics import median

from tests.intake.books import MUNICIPALITIES, sheet_xml, with_part, xlsx
from tests.load.client import Visitor, visit
from tests.load.protocol import Tab
from tests.load.server import serve

ROOT = Path(__file__).parents[2]
SLOWER = 4.0
"""How many times as long a rerun may take at the median as on the same server idle."""
FEWEST = 10
PAGE = f"""
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, {str(ROOT)!r})
from lib.intake.forms import Limits
from lib.intake.reading import read
from lib.model.problems import Unreadable

st.slider("Vekt", 0, 100, 50, key="results.weight")
if st.query_params.get("fil"):
    try:
        read(Path("hostile.xlsx").read_bytes(), Limits(ratio=100_000, cpu=2))
    except Unreadable as refused:
        st.text(refused.code)
"""


async def rerun_times(visitor: Visitor, until: asyncio.Task[Tab] | None = None) -> list[float]:
    """Seconds of each rerun: as many as are needed, or for as long as something else is going on."""
    found: list[float] = []
    while len(found) < FEWEST if until is None else not until.done():
        found.append(await visitor.draw("results.weight", len(found) % 100))
    return found


async def refused(port: int) -> Tab:
    tab = Tab(page="", query="fil=1")
    async with visit(port, tab) as visitor:
        await visitor.open()
    return tab


async def beside(port: int) -> tuple[list[float], list[float], Tab]:
    async with visit(port, Tab(page="", query="")) as visitor:
        await visitor.open()
        await rerun_times(visitor)
        idle = await rerun_times(visitor)
        hostile = asyncio.create_task(refused(port))
        await asyncio.sleep(0.3)
        return idle, await rerun_times(visitor, hostile), await hostile


def test_others_do_not_wait_for_a_hostile_workbook(tmp_path: Path) -> None:
    slow = sheet_xml(b'<row r="1"></row>' * 16_000_000)
    hostile = with_part(xlsx({"Kommuner": MUNICIPALITIES}), "xl/worksheets/sheet1.xml", slow)
    (tmp_path / "hostile.xlsx").write_bytes(hostile)
    (tmp_path / "page.py").write_text(PAGE, encoding="utf-8")
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit", ignore=shutil.ignore_patterns("secrets*"))
    with serve("page.py", tmp_path, tmp_path / "log", environment={"HOME": str(tmp_path)}) as server:
        idle, meanwhile, tab = asyncio.run(beside(server.port))
    assert "workbook_took_too_long" in " ".join(tab.words)
    assert len(meanwhile) >= FEWEST, "the refusal was over before anybody could be measured beside it"
    assert median(meanwhile) < SLOWER * median(idle)
