"""Every chart is valid Vega-Lite, round-trips, and asks for no column that its frame lacks."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest
from streamlit.testing.v1 import AppTest

from lib.charts.look import PALETTE, SMALL, Spec
from tests.charts.case import CHARTS, drawn, matrix


def _pairs(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from _pairs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _pairs(value)


def _columns(spec: Spec) -> set[str]:
    """The columns that must be in the frame: all that are named, less those that a transform makes."""
    named = {value for key, value in _pairs(spec) if key == "field" and isinstance(value, str) and value}
    named |= set(re.findall(r"datum\.(\w+)", json.dumps(spec)))
    made = [value for key, value in _pairs(spec) if key == "as"]
    return named - {name for each in made for name in ([each] if isinstance(each, str) else each)}


@pytest.mark.parametrize("kind", CHARTS)
def test_a_spec_round_trips_through_altair(kind: str) -> None:
    spec, _ = drawn(kind)
    assert alt.LayerChart.from_dict(spec).to_dict() == spec


@pytest.mark.parametrize("kind", CHARTS)
def test_the_frame_has_every_column_that_the_spec_names(kind: str) -> None:
    spec, frame = drawn(kind)
    assert _columns(spec)
    assert _columns(spec) - set(frame.columns) == set()


def test_the_points_of_a_matrix_stand_where_the_frame_says() -> None:
    """Its lines and labels make an x and a y of their own, so the columns above do not show these two."""
    assert {"x", "y"} <= set(matrix().columns)


@pytest.mark.parametrize("kind", CHARTS)
def test_a_spec_carries_no_rows_no_title_and_a_padding_that_streamlit_accepts(kind: str) -> None:
    spec, _ = drawn(kind)
    assert spec["data"] == {"name": "source"}
    assert "datasets" not in spec
    assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}
    assert isinstance(spec["padding"], dict)
    assert "title" not in spec


@pytest.mark.parametrize("kind", CHARTS)
def test_no_text_is_smaller_than_can_be_read_from_the_back_row(kind: str) -> None:
    spec, _ = drawn(kind)
    sizes = [value for key, value in _pairs(spec) if key.lower().endswith("fontsize") and isinstance(value, int)]
    assert sizes
    assert min(sizes) >= SMALL == 13


@pytest.mark.parametrize("kind", CHARTS)
def test_a_shape_and_language_is_made_once(kind: str) -> None:
    assert drawn(kind)[0] is drawn(kind)[0]
    assert drawn(kind)[0] is not drawn(kind, ".")[0]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ground", "side"), [("#FFFFFF", 0), ("#F4F6F7", 0), ("#0E1117", 1), ("#1B1F23", 1)])
def test_text_and_marks_stand_out_as_wcag_2_2_asks(ground: str, side: int) -> None:
    """WCAG 2.2, success criteria 1.4.3 (4.5 for text) and 1.4.11 (3 for graphical objects)."""
    for name in ("ink", "muted", "accent"):
        assert _contrast(PALETTE[name][side], ground) >= 4.5, name
    assert _contrast(PALETTE["grey"][side], ground) >= 3


def _page() -> None:
    import streamlit as st

    from tests.charts.case import drawn

    spec, frame = drawn("matrix")
    st.vega_lite_chart(frame, spec, alt="Matrise")


def test_streamlit_hands_the_frame_over_beside_the_spec() -> None:
    page = AppTest.from_function(_page).run(timeout=30)
    assert not page.exception
    sent = page.get("vega_lite_chart")[0].proto
    assert json.loads(sent.spec)["data"] == {"name": "source"}
    assert sent.data.data
    assert not sent.datasets


def test_preparing_a_matrix_again_takes_less_than_five_milliseconds() -> None:
    matrix()
    taken = []
    for _ in range(20):
        begun = time.perf_counter()
        matrix()
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.005
