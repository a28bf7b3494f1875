"""The load client against a real server: a run that it calls finished has happened, and it hides no error."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.load.client import visit
from tests.load.protocol import Tab, Widget
from tests.load.report import percentile, ratio, shortcomings
from tests.load.scenario import Measured, Scenario
from tests.load.server import Server, serve

ROOT = Path(__file__).parents[2]
PAGE = """
import random

import streamlit as st

weight = st.slider("Vekt", 0, 100, 50, key="results.weight")
st.code(random.Random(1).randbytes(14_000).hex())  # packs to no less than its half
if weight < 90:
    st.slider("Antall", 0, 9, 1, key="results.count")
if weight == 13:
    raise ValueError("uventet")
if weight == 14:
    st.error("avvist")

pace = st.segmented_control("Tempo", ["sakte", "fort"], key="results.pace")
table = st.data_editor({"navn": ["a", "b"], "svar": ["1", None]}, key="results.table.7")
st.text(f"tempo {pace}, svar {table['svar']}")


@st.fragment(run_every=0.2)
def clock():
    st.slider("Time", 0, 23, key="clock.hour")


clock()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit", ignore=shutil.ignore_patterns("secrets*"))
    with serve("page.py", folder, folder / "log", environment={"HOME": str(folder)}) as running:
        assert running.usage().memory > 10
        yield running
    assert not psutil.pid_exists(running.process.pid), "the server outlived its block"


def drawn(server: Server, *weights: int) -> Tab:
    """A tab after the page has been opened and its slider drawn to each weight in turn."""

    async def go() -> Tab:
        tab = Tab()
        async with visit(server.port, tab) as visitor:
            assert await visitor.open() > 0
            for weight in weights:
                assert await visitor.draw("results.weight", weight) > 0
        return tab

    return asyncio.run(go())


def test_an_opened_page_shows_its_controls(server: Server) -> None:
    tab = drawn(server)
    assert tab.widgets.keys() == {
        "results.weight", "results.count", "results.pace", "results.table.7", "clock.hour"
    }  # fmt: skip
    assert tab.shown.count("slider") == 3
    assert not tab.faults


def test_a_drawn_slider_has_reached_the_script_when_the_run_is_called_finished(server: Server) -> None:
    assert "results.count" in drawn(server, 89).widgets
    assert "results.count" not in drawn(server, 90).widgets


def test_a_pressed_button_and_every_changed_cell_have_reached_the_script(server: Server) -> None:
    async def go() -> list[str]:
        tab, said = Tab(), []
        async with visit(server.port, tab) as visitor:
            await visitor.open()
            await visitor.choose("results.pace", "fort")
            for row, value in ((0, "8"), (1, "9")):
                await visitor.edit(tab.key("results.table."), row, "svar", value)
                said.append(next(words for words in tab.words if words.startswith("tempo")))
        return said

    assert asyncio.run(go()) == ["tempo fort, svar ['8', None]", "tempo fort, svar ['8', '9']"]


def test_a_key_that_fits_several_controls_is_refused() -> None:
    tab = Tab()
    tab.widgets = {key: Widget(f"$$ID-0-{key}", "") for key in ("table.1", "table.2", "pace")}
    assert tab.key("pa") == "pace"
    for unclear in ("table.", "height"):
        with pytest.raises(KeyError, match=unclear):
            tab.key(unclear)


def test_the_value_of_a_control_that_left_the_page_is_not_sent_again(server: Server) -> None:
    async def go() -> Tab:
        tab = Tab()
        async with visit(server.port, tab) as visitor:
            await visitor.open()
            await visitor.draw("results.count", 5)
            assert len(tab.values) == 1
            await visitor.draw("results.weight", 95)
        return tab

    assert [value.id.rpartition("-")[2] for value in asyncio.run(go()).values.values()] == ["results.weight"]


def test_a_large_element_comes_once_and_then_as_a_reference(server: Server) -> None:
    async def go() -> tuple[int, int, Tab]:
        tab = Tab()
        async with visit(server.port, tab) as visitor:
            await visitor.open()
            first = visitor.bytes_received
            await visitor.draw("results.weight", 60)
            return first, visitor.bytes_received - first, tab

    first, second, tab = asyncio.run(go())
    assert first > 14_000 > second
    assert tab.cache.references > 0


def test_a_fragment_that_asks_for_it_is_run_again_and_again(server: Server) -> None:
    runs: list[float] = []

    async def go() -> Tab:
        tab = Tab()
        async with visit(server.port, tab, runs.append) as visitor, asyncio.timeout(10):
            await visitor.open()
            while len(runs) < 3:
                await asyncio.sleep(0.05)
        return tab

    assert asyncio.run(go()).shown == ["slider"]
    assert all(seconds > 0 for seconds in runs)


@pytest.mark.parametrize(("weight", "faults"), [(13, 1), (14, 1), (15, 0)])
def test_an_error_on_the_page_is_seen(server: Server, weight: int, faults: int) -> None:
    assert len(drawn(server, weight).faults) == faults


def test_a_slider_that_is_not_there_is_named(server: Server) -> None:
    async def go() -> None:
        async with visit(server.port, Tab()) as visitor:
            await visitor.open()
            await visitor.draw("results.height", 1)

    with pytest.raises(KeyError, match=r"results\.height"):
        asyncio.run(go())


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match=r"missing\.py"),
        serve("missing.py", tmp_path, tmp_path / "log", environment={"HOME": str(tmp_path)}),
    ):
        pass


async def _never(_: object) -> float:
    raise AssertionError


def measured(*seconds: float, faults: tuple[str, ...] = ()) -> Measured:
    return Measured(Scenario("page", "act", _never), 1, {"act": list(seconds)}, 1.0, faults=list(faults))


def test_percentiles_are_interpolated_between_the_runs_in_milliseconds() -> None:
    assert percentile([0.01], 95) == pytest.approx(10)
    assert percentile([0.001 * n for n in range(1, 102)], 50) == pytest.approx(51)
    assert percentile([0.001 * n for n in range(1, 102)], 95) == pytest.approx(96)


@pytest.mark.parametrize(
    ("run", "passes"),
    [
        (measured(0.01, 0.02), True),
        (measured(0.1), False),
        (measured(), False),
        (measured(0.01, faults=("ValueError",)), False),
    ],
)
def test_only_a_fast_run_without_errors_passes(run: Measured, passes: bool) -> None:
    assert (not shortcomings(run)) is passes


def test_the_ratio_is_the_apps_time_over_the_bare_pages() -> None:
    assert "2 at the median" in ratio(measured(0.02), measured(0.01))
    assert "median" not in ratio(measured(0.02), measured())
