"""The frames that charts are handed: order, ties, intervals, crosses, piles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pandas as pd
import pytest

from lib.charts.costs.frames import change_frame, spread, unit
from lib.charts.frames import best, distribution_frame, matrix_frame, pairs_frame, ranking_frame, title_lines
from lib.charts.plan.frames import instant, timeline_frame
from lib.charts.risks.frames import history_frame
from lib.model.methods import Criterion
from tests.charts.case import (
    BARS,
    GROUPS,
    NAMES,
    PHASES,
    SCALES,
    WRITTEN,
    deviations,
    drawn,
    grades,
    intervals,
    matrix,
    summary,
)

RISK = (Criterion("S", 1, 5), Criterion("K", 1, 5))


@pytest.mark.parametrize(
    ("ranks", "chosen"),
    [
        ([1, 2, 3, 4, 5, 6], 5),
        ([1, 2, 3, 4, 4, 6], 5),
        ([1, 2, 3, 4, 5, 5, 5, 8], 7),
        ([1, 2, 3, 4, 5, 5, 5, 5, 9], 4),
        ([1] * 13, 0),
        ([1, 2, 3], 3),
        ([], 0),
    ],
)
def test_the_best_five_stand_out_and_a_long_tie_at_the_limit_does_not(ranks: list[int], chosen: int) -> None:
    assert sum(best(ranks)) == chosen


def test_the_best_come_first_and_unrated_items_are_left_out() -> None:
    some = summary().assign(score=summary()["score"].mask(summary()["item"] == "a03"))
    frame = matrix_frame(some, NAMES, SCALES, WRITTEN)
    assert "a03" not in set(frame["item"])
    assert len(frame) == 12
    assert frame["rank"].is_monotonic_increasing


def test_figures_are_written_in_the_visitors_language() -> None:
    frame = matrix()
    assert frame["score_shown"].str.fullmatch(r"\d\d,\d").all()
    assert frame["x_shown"].str.fullmatch(r"\d,\d").all()


def test_weights_bend_the_lines_of_equal_score() -> None:
    frame = matrix(weights={"potential": 0.7, "feasibility": 0.3})
    assert set(frame["power_x"]) == {1.4}
    assert set(frame["power_y"]) == {0.6}
    assert set(matrix()["power_x"]) == {1.0}


def test_a_cross_is_one_deviation_each_way_and_ends_with_the_scale() -> None:
    frame = matrix(deviations=deviations()).merge(deviations(), on="item")
    assert frame["x_high"].tolist() == (frame["x"] + frame["potential"]).clip(upper=10).tolist()
    assert frame["y_low"].tolist() == (frame["y"] - frame["feasibility"]).clip(lower=1).tolist()


def test_areas_of_one_rank_in_one_place_share_a_number_that_counts_them() -> None:
    same = pd.DataFrame({"item": list("abcdefghi"), "S": 3.0, "K": 3.0, "score": 9.0, "rank": 1})
    frame = matrix_frame(same, dict(zip("abcdefghi", "ABCDEFGHI", strict=True)), RISK, WRITTEN)
    assert sorted(frame["wide_text"], key=len)[-1] == "1\u00a0×9"
    assert (frame["wide_text"] == "").sum() == 8


def test_an_empty_summary_gives_empty_frames() -> None:
    nothing = summary().head(0)
    assert matrix_frame(nothing, NAMES, SCALES, WRITTEN).empty
    frame = ranking_frame(nothing, intervals(), NAMES, WRITTEN, "≠")
    assert frame.empty
    assert title_lines(frame) == 1
    assert distribution_frame(nothing, grades(), NAMES, GROUPS, WRITTEN).empty


def test_a_place_that_is_certain_is_one_number_and_a_missing_one_a_dash() -> None:
    known = pd.DataFrame({"item": ["a00", "a01"], "low": [1, 1], "high": [1, 4]})
    places = ranking_frame(summary(), known, NAMES, WRITTEN, "≠").set_index("item")["places"]
    assert places["a00"] == "1"
    assert places["a01"] == "1–4"
    assert places["a02"] == "–"


def test_the_mark_of_dissent_follows_the_name_and_is_never_broken() -> None:
    frame = ranking_frame(summary(), intervals(), NAMES, WRITTEN, "≠ uenige grupper").set_index("item")
    for column in ("narrow_title", "wide_title"):
        assert str(frame.loc["a03", column]).endswith("≠\u00a0uenige\u00a0grupper")
        assert "≠" not in str(frame.loc["a00", column])


def test_raters_with_the_same_score_are_piled_up() -> None:
    summarised = pd.DataFrame({"item": ["a00"], "score": [50.0], "rank": [1]})
    given = pd.DataFrame({"item": ["a00"] * 4, "rater": list(GROUPS)[:4], "score": [40.0, 60.0, 40.0, None]})
    frame = distribution_frame(summarised, given, NAMES, GROUPS, WRITTEN)
    assert frame["pile"].tolist() == [0, 1, 0]
    assert frame["first"].tolist() == [True, False, False]


def test_pairs_keep_their_order_and_lack_none_of_the_two() -> None:
    found = pd.DataFrame({"item": ["a02", "a00", "a01"], "one": [50.0, 60.0, None], "other": [62.5, 59.0, 40.0]})
    frame = pairs_frame(found, NAMES, WRITTEN)
    assert frame["item"].tolist() == ["a02", "a00"]
    assert frame[["low_shown", "high_shown", "gap_shown"]].to_numpy().tolist() == [
        ["50,0", "62,5", "12,5"],
        ["59,0", "60,0", "1,0"],
    ]
    assert frame["wide_title"].tolist() == [NAMES["a02"], NAMES["a00"]]
    assert pairs_frame(found.head(0), NAMES, WRITTEN).empty


def test_names_beside_lines_are_pushed_apart_and_stay_within_the_picture() -> None:
    places = spread({"a": 0.0, "b": 1.0, "c": 99.0, "d": 100.0, "e": 100.0})
    heights = sorted(places.values())
    assert min(high - low for low, high in pairwise(heights)) >= 4.1  # 13 px × 1.3 of 400
    assert heights[0] == 0
    assert heights[-1] == 100


@pytest.mark.parametrize(("largest", "found"), [(0, 1), (4_999, 1), (5_000, 1_000), (10**12, 1_000_000_000)])
def test_sums_are_drawn_in_a_unit_that_can_be_read(largest: float, found: int) -> None:
    assert unit(largest) == found


def test_who_pays_most_more_stands_first_and_each_model_has_its_row() -> None:
    frame = change_frame({"A": -5, "B": 7}, {"x": {"A": 1, "B": 2}}, "m", WRITTEN)
    assert frame["item"].tolist() == ["B", "A", "B", "A"]
    assert frame["main"].tolist() == [True, True, False, False]


def test_a_timeline_has_its_phases_in_order_and_leaves_empty_ones_out() -> None:
    frame = timeline_frame(BARS, (*PHASES, ("execution", "Gjennomføring")), date(2026, 11, 25))
    assert frame["item"].tolist() == ["clarification", "m1", "planning", "m2", "m3", "evaluation", "m4"]
    assert pd.isna(frame["day"].iloc[-1])
    assert frame["title"].tolist()[:2] == ["Avklaring", "Mandat vedtatt (gjort)"]
    assert (frame["now"] == instant(date(2026, 11, 25))).all()


def test_a_timeline_of_nothing_and_one_without_days_can_be_handed_over() -> None:
    assert timeline_frame([], PHASES, date(2026, 11, 25)).empty
    assert timeline_frame(BARS[-1:], PHASES, date(2026, 11, 25))["day"].isna().all()


def test_both_lines_of_the_history_go_on_until_now() -> None:
    _, frame = drawn("history")
    ends = frame[frame["last"]]
    assert ends["said"].tolist() == ["Må ha mottiltak: 4", "Mangler mottiltak: 1"]
    assert (ends["when"] == frame["when"].max()).all()
    assert history_frame([], datetime(2026, 1, 1, tzinfo=UTC), ("a", "b")).empty
