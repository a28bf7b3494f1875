"""Labels are inside the plot and cover neither each other nor a point, however the points lie."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.charts.frames import lay_out
from lib.charts.labels import Box, Label, Placed, label, place, text_width, wrap
from lib.charts.look import MATRIX_HEIGHT, NARROW, RADIUS, WIDE
from tests.examples import examples
from tests.facts import DOCUMENTED_ORDER

WIDTHS = {"narrow": NARROW, "wide": WIDE}
ANYWHERE = st.floats(0, 1)
CORNER = st.floats(0.55, 0.9)
GRID = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
PLACES = st.one_of(*(st.lists(st.tuples(each, each), min_size=1, max_size=13) for each in (ANYWHERE, CORNER, GRID)))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _laid_out(layout: str, shares: list[tuple[float, float]]) -> tuple[list[tuple[float, float]], list[Placed]]:
    points = [(x * WIDTHS[layout], y * MATRIX_HEIGHT) for x, y in shares]
    best = [index < 5 for index in range(len(points))]
    texts = [f"{i + 1}\u00a0{DOCUMENTED_ORDER[(i * 5) % 13]}" if top else str(i + 1) for i, top in enumerate(best)]
    _, placed = lay_out(layout, tuple(points), tuple(texts), tuple(best))
    return points, [each for each in placed if each]


@pytest.mark.parametrize("layout", WIDTHS)
@settings(max_examples=examples(150), deadline=None)
@given(shares=PLACES)
def test_labels_are_apart_inside_and_clear_of_every_point(layout: str, shares: list[tuple[float, float]]) -> None:
    points, placed = _laid_out(layout, shares)
    assert len(placed) == len(points)
    for one, other in combinations(placed, 2):
        assert not _overlap(one.box, other.box)
    for each in placed:
        left, top, right, bottom = each.box
        assert left >= 0
        assert top >= 0
        assert right <= WIDTHS[layout]
        assert bottom <= MATRIX_HEIGHT
        for x, y in points:
            assert not _overlap(each.box, (x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS))


@pytest.mark.parametrize("layout", WIDTHS)
@settings(max_examples=examples(60), deadline=None)
@given(shares=PLACES, stretch=st.floats(1, 2.5))
def test_a_layout_holds_for_every_wider_plot(layout: str, shares: list[tuple[float, float]], stretch: float) -> None:
    """The text keeps its width while its anchor moves with the plot."""
    _, placed = _laid_out(layout, shares)
    moved = []
    for each in placed:
        shift = each.anchor * (stretch - 1)
        moved.append((each.box[0] + shift, each.box[1], each.box[2] + shift, each.box[3]))
    for one, other in combinations(moved, 2):
        assert not _overlap(one, (other[0] + 1e-6, other[1], other[2] - 1e-6, other[3]))
    for left, _, right, _ in moved:
        assert left >= 0
        assert right <= WIDTHS[layout] * stretch + 1e-6


def test_names_go_beside_their_points_where_there_is_room() -> None:
    points = [(60.0, 60.0), (200.0, 200.0), (60.0, 350.0)]
    names = [label(point, "Jordmor", 145, 13) for point in points]
    assert [each.line for each in place(names, [], points, 500, 460, RADIUS)] == [None, None, None]


def test_names_of_a_crowd_stand_in_one_column_with_lines_that_do_not_cross() -> None:
    points = [(400.0 + 9 * (index % 3), 90.0 + 8 * index) for index in range(5)]
    names = [label(point, name, 235, 15) for point, name in zip(points, DOCUMENTED_ORDER, strict=False)]
    placed = place(names, [], points, WIDE, MATRIX_HEIGHT, RADIUS)
    assert len({each.anchor for each in placed}) == 1
    assert all(each.line for each in placed)


def test_a_full_plot_still_gets_every_label_inside() -> None:
    points = [(20.0, 20.0)] * 9
    labels = [Label(point, ("x",), 30.0, 20.0) for point in points]
    placed = place(labels, [], points, 60, 60, RADIUS)
    assert all(box[0] >= 0 and box[2] <= 60 and box[1] >= 0 and box[3] <= 60 for box, _, _ in placed)


@given(st.sampled_from(DOCUMENTED_ORDER), st.floats(60, 400))
def test_wrapping_keeps_every_word_and_the_width(name: str, width: float) -> None:
    lines = wrap(name, width, 15)
    assert " ".join(lines) == name
    assert all(text_width(line, 15) <= width or " " not in line for line in lines)


def test_a_no_break_space_holds() -> None:
    assert wrap("1\u00a0Rus og psykiatri", 40, 15)[0] == "1\u00a0Rus"
