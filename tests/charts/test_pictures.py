"""Every chart becomes a picture, on a phone and on a projector, on light and on dark."""

from __future__ import annotations

import re
import struct

import pytest
import vl_convert

from lib.charts.look import PALETTE
from lib.charts.ranking.priority_matrix import priority_matrix
from tests.charts.case import AT_ENDS, CHARTS, LEVELS, MATRIX_TEXTS, SCALES, drawn, matrix, summary, whole
from tests.facts import DOCUMENTED_ORDER

GROUNDS = {"light": "#FFFFFF", "dark": "#0E1117"}


def _svg(kind: str, width: int, decimal: str = ",") -> str:
    return str(vl_convert.vegalite_to_svg(whole(*drawn(kind, decimal), width)))


def _words(svg: str) -> str:
    texts = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg)
    return " ".join(" ".join(texts).replace("\u00a0", " ").split())


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("width", [340, 700])
@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_becomes_a_picture_as_wide_as_its_container(kind: str, width: int, ground: str) -> None:
    png = vl_convert.vegalite_to_png(whole(*drawn(kind), width, GROUNDS[ground]))
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", png[16:24])
    assert abs(wide - width) <= 2
    least = {"answers": 120, "change": 200, "themes": 120, "forces": 150, "history": 280}  # fewer rows
    assert high > least.get(kind, 400)


@pytest.mark.parametrize("kind", CHARTS)
def test_colours_follow_the_ground(kind: str) -> None:
    for side, ground in enumerate(GROUNDS.values()):
        svg = vl_convert.vegalite_to_svg(whole(*drawn(kind), 700, ground))
        assert PALETTE["accent"][side] in svg
        assert PALETTE["accent"][1 - side] not in svg


def test_scores_in_the_ranking_are_the_very_texts_of_the_table() -> None:
    frame, words = drawn("ranking")[1], _words(_svg("ranking", 700, "."))
    assert all(score in words for score in frame["score_shown"])


@pytest.mark.parametrize("kind", CHARTS)
def test_a_number_that_the_chart_writes_itself_has_the_languages_decimal_mark(kind: str) -> None:
    spec, frame = drawn(kind)
    spec = {**whole(spec, frame, 700), "mark": "text", "encoding": {"text": {"value": None}}}
    spec = {key: spec[key] for key in ("$schema", "config", "params", "mark") if key in spec}
    spec |= {
        "data": {"values": [{"x": 4.5}]},
        "encoding": {"text": {"field": "x", "type": "quantitative", "format": ".1f"}},
    }
    assert "4,5" in _words(str(vl_convert.vegalite_to_svg(spec)))


@pytest.mark.parametrize("width", [340, 700])
def test_the_five_best_are_named_in_the_matrix_without_hovering(width: int) -> None:
    frame = matrix()
    words = _words(_svg("matrix", width))
    assert frame["top"].sum() == 5
    for rank, name in zip(frame["rank"][:5], frame["name"][:5], strict=True):
        assert f"{rank} {name}" in words


@pytest.mark.parametrize("width", [340, 700])
@pytest.mark.parametrize("kind", ["ranking", "pairs"])
def test_every_name_is_whole(kind: str, width: int) -> None:
    words = _words(_svg(kind, width))
    assert [name for name in DOCUMENTED_ORDER if name not in words] == []


@pytest.mark.parametrize("width", [340, 700])
@pytest.mark.parametrize("kind", ["curves", "change"])
def test_every_municipality_is_named_at_its_mark(kind: str, width: int) -> None:
    words = _words(_svg(kind, width))
    assert [name for name in AT_ENDS if name not in words] == []


@pytest.mark.parametrize("width", [340, 700])
def test_a_change_is_written_with_its_sign_and_not_told_by_colour_alone(width: int) -> None:
    frame, words = drawn("change")[1], _words(_svg("change", width))
    assert all(" ".join(shown.split()) in words for shown in frame[frame["main"]]["shown"])
    assert "◀ betaler mindre" in words


@pytest.mark.parametrize("width", [340, 700])
def test_both_values_of_a_pair_are_written_and_a_key_names_them_by_shape(width: int) -> None:
    frame, words = drawn("pairs")[1], _words(_svg("pairs", width))
    assert "◆ folkevalgte" in words
    assert "● administrasjonen" in words
    assert all(each in words for column in ("one_shown", "other_shown") for each in frame[column])


def test_dissent_is_a_symbol_and_a_word() -> None:
    assert _words(_svg("ranking", 340)).count("≠ uenige grupper") == summary()["dissent"].sum()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
def test_every_level_is_numbered_whatever_the_weights(share: float) -> None:
    frame = matrix(weights={"potential": share, "feasibility": 1 - share})
    spec = priority_matrix(SCALES, MATRIX_TEXTS, ",", LEVELS)
    words = _words(str(vl_convert.vegalite_to_svg(whole(spec, frame, 700))))
    assert re.findall(r"\b[2468]0\b", words) == ["20", "40", "60", "80"] or {"20", "40", "60", "80"} <= set(
        words.split()
    )
