"""The frame of the risk matrix: every cell once, hatching where a countermeasure is demanded, arrows told apart."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lib.charts.risks.frames import Moved, matrix_frame, numbers
from tests.charts.case import FORCED, drawn

WORDS = {True: "må", False: "må ikke"}


def of(kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["kind"] == kind]


def test_every_cell_stands_once_and_just_the_forced_ones_are_hatched() -> None:
    _, frame = drawn("risks")
    cells = of("cell", frame)
    assert len(cells) == len(set(zip(cells["s"], cells["k"], strict=True))) == 25
    assert {(row.s, row.k) for row in cells.itertuples() if row.forced} == FORCED
    hatched = of("hatch", frame)
    assert set(zip(hatched["s"], hatched["k"], strict=True)) == FORCED
    for end in (("x", "y"), ("x2", "y2")):
        for value, step in zip(end, ("k", "s"), strict=True):
            assert ((hatched[value] - hatched[step]).abs() <= 0.5).all()


def test_the_cell_names_its_risks_and_the_product() -> None:
    cells = of("cell", drawn("risks")[1]).set_index(["s", "k"])
    assert tuple(cells.loc[(4, 5), ["text", "sum", "cell", "demand", "who"]]) == (
        "1",
        20,
        "S 4 · K 5",
        "må",
        "1 Frafall",
    )
    assert cells.loc[(2, 2), "demand"] == "må ikke"
    assert cells.loc[(1, 1), "text"] == ""


def test_risks_that_go_the_same_way_share_an_arrow_and_two_in_a_column_stand_apart() -> None:
    assert list(of("arrow", drawn("risks")[1])["who"])[1].startswith("3 Sent, 4 Sent")
    risks = [Moved(1, "A", (4, 5), (2, 5)), Moved(2, "B", (2, 5), (1, 5)), Moved(3, "C", (1, 1), (1, 1))]
    arrows = of("arrow", matrix_frame(risks, FORCED, ("S", "K"), WORDS))
    assert len(arrows) == 2
    assert arrows["x"].nunique() == 2
    assert list(arrows["dy"]) == [-2, -1]
    assert (arrows["x2"] - arrows["x"] - arrows["dx"]).abs().max() < 1e-9


@given(st.lists(st.integers(1, 400), max_size=60))
def test_numbers_fit_in_a_cell_and_those_left_out_are_counted(listed: list[int]) -> None:
    lines = numbers(listed).split("\n")
    assert len(lines) <= 2
    shown = [each for line in lines for each in line.split(", ") if each and not each.startswith("+")]
    more = sum(int(each[1:]) for line in lines for each in line.split(", ") if each.startswith("+"))
    assert len(shown) + more == len(listed)
