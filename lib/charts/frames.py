"""What the charts are handed at draw time: small frames with one row a mark, made from an assessment's summary.

`names` maps item to the area's name. `number` writes a figure with one decimal in the visitor's language, e.g.
`partial(lib.i18n.number, "nb", decimals=1)`. Items without a score (nobody rated them) are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import nan
from typing import Any

import pandas as pd

from lib.charts.labels import Placed, Point, label, place, wrap
from lib.charts.look import MATRIX_HEIGHT, NARROW, RADIUS, SMALL, TEXT, WIDE
from lib.model.columns import AGREEMENT, DISSENT, HIGH, ITEM, LOW, ONE, OTHER, RANK, RATER, SCORE, N
from lib.model.methods import Criterion

Number = Callable[[float], str]
Scales = tuple[Criterion, Criterion]
BEST = 5
DOT, DOTS = 90, 60  # a dot's px², and how many raters have one each; beyond that equal scores share one
_LAYOUTS = {"narrow": (NARROW, SMALL, 145.0), "wide": (WIDE, TEXT, 235.0)}  # plot width, text size, widest label
_TITLES = {"narrow": (NARROW + 15.0, SMALL), "wide": (WIDE, TEXT)}
_BOLD = 1.07


def best(ranks: Sequence[int], count: int = BEST) -> list[bool]:
    """Which ranks stand out; a tie at the limit that would bring in more than two extra is left out whole."""
    last = max((rank for rank in ranks if rank <= count), default=0)
    too_many = sum(rank <= count for rank in ranks) > count + 2
    return [rank < last if too_many else rank <= count for rank in ranks]


def matrix_frame(
    summary: pd.DataFrame,
    names: Mapping[str, str],
    scales: Scales,
    number: Number,
    weights: Mapping[str, float] | None = None,
    deviations: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row an area for `priority_matrix`, best first.

    `summary` has `item`, `score`, `rank` and a column a criterion; `deviations` has `item` and a column a criterion
    with the standard deviation over the raters, for the crosses. `weights` (criterion to share) bend the lines of
    equal score as they do the scores.
    """
    keys = [each.key for each in scales]
    rated = _in_order(summary, RANK, *keys)
    values = [rated[key] for key in keys]
    tops = best(rated[RANK])
    columns: dict[str, object] = {
        ITEM: rated[ITEM],
        "name": [names[item] for item in rated[ITEM]],
        RANK: rated[RANK],
        "top": tops,
        "score_shown": [number(score) for score in rated[SCORE]],
    }
    for axis, scale, means in zip("xy", scales, values, strict=True):
        columns |= {axis: means, f"{axis}_shown": [number(mean) for mean in means]}
        columns[f"power_{axis}"] = len(scales) * weights[scale.key] if weights else 1.0
        if deviations is not None:
            spread = dict(zip(deviations[ITEM], deviations[scale.key], strict=True))
            columns |= _cross(axis, means, [spread.get(item, 0.0) for item in rated[ITEM]], scale)
    places = tuple(zip(*values, strict=True))
    texts = _texts([names[item] for item in rated[ITEM]], rated[RANK], tops, places)
    for layout in _LAYOUTS:
        columns |= _label_columns(layout, texts, tuple(tops), places, scales)
    return pd.DataFrame(columns)


def ranking_frame(
    summary: pd.DataFrame, intervals: pd.DataFrame, names: Mapping[str, str], number: Number, dissent: str
) -> pd.DataFrame:
    """One row an area for `ranking`, best first.

    `summary` has `item`, `score`, `rank`, `n`, `agreement`, `dissent`; `intervals` has `item`, `low`, `high` (may lack
    items, which then have no interval). `dissent` is the mark, symbol and word, that follows the name.
    """
    rated = _in_order(summary, RANK, DISSENT, N, AGREEMENT)
    spans = {
        item: (low, high) for item, low, high in zip(*(intervals[each] for each in (ITEM, LOW, HIGH)), strict=True)
    }
    ends = [spans.get(item, (nan, nan)) for item in rated[ITEM]]
    titles = [
        _title(rank, names[item], dissent if differ else "")
        for rank, item, differ in zip(rated[RANK], rated[ITEM], rated[DISSENT], strict=True)
    ]
    return pd.DataFrame(
        {
            ITEM: rated[ITEM],
            "name": [names[item] for item in rated[ITEM]],
            RANK: rated[RANK],
            "top": best(rated[RANK]),
            **title_columns(titles),
            SCORE: rated[SCORE],
            "score_shown": [number(score) for score in rated[SCORE]],
            LOW: [low for low, _ in ends],
            HIGH: [high for _, high in ends],
            "places": [_places(low, high) for low, high in ends],
            "last": len(titles),
            N: rated[N],
            "agreement_shown": [number(value) for value in rated[AGREEMENT]],
        }
    )


def distribution_frame(
    summary: pd.DataFrame, scores: pd.DataFrame, names: Mapping[str, str], raters: Mapping[str, str], number: Number
) -> pd.DataFrame:
    """One row a rater and area, best area first; one a score and area where the raters are many.

    `scores` has `item`, `rater`, `score`; `raters` maps rater to the name that may be shown. `pile` counts the raters
    before this one with the same score for the area, so that none hides another; `size` is a dot's, in px².
    """
    rated = _in_order(summary, RANK)
    of_item: dict[str, dict[float, list[str]]] = {item: {} for item in rated[ITEM]}
    for item, rater, score in zip(*(scores[each] for each in (ITEM, RATER, SCORE)), strict=True):
        if item in of_item and score == score:
            of_item[item].setdefault(score, []).append(raters[rater])
    many = len(set(scores[RATER])) > DOTS
    most = max((len(who) for each in of_item.values() for who in each.values()), default=1)
    rows = [
        (item, _title(rank, names[item]), mean, who, score, pile, DOT if not many else DOT * (0.2 + 4 * count / most))
        for item, rank, mean in zip(rated[ITEM], rated[RANK], rated[SCORE], strict=True)
        for score, givers in of_item[item].items()
        for pile, who, count in ([(0, str(len(givers)), len(givers))] if many else _each(givers))
    ]
    items, titles, means, shown, given, piles, sizes = map(list, zip(*rows, strict=True)) if rows else ([],) * 7
    return pd.DataFrame(
        {
            ITEM: items,
            "name": [names[item] for item in items],
            **title_columns(titles),
            "rater_shown": shown,
            SCORE: given,
            "score_shown": [number(score) for score in given],
            "mean": means,
            "mean_shown": [number(mean) for mean in means],
            "pile": piles,
            "size": sizes,
            "first": [index == 0 or items[index - 1] != item for index, item in enumerate(items)],
        }
    )


def _each(givers: Sequence[str]) -> list[tuple[int, str, int]]:
    return [(pile, who, 1) for pile, who in enumerate(givers)]


def pairs_frame(found: pd.DataFrame, names: Mapping[str, str], number: Number) -> pd.DataFrame:
    """One row an area for `pairs`, as `found` orders them.

    `found` has `item`, `one` and `other`, two values on one scale; items that lack either are left out. `low` and
    `high` are the two values by size, `gap_shown` is how far they are apart.
    """
    columns = (found[each].tolist() for each in (ITEM, ONE, OTHER))
    rows = [(item, one, other) for item, one, other in zip(*columns, strict=True) if one == one and other == other]
    items, ones, others = map(list, zip(*rows, strict=True)) if rows else ([], [], [])
    ends = [sorted((one, other)) for _, one, other in rows]
    return pd.DataFrame(
        {
            ITEM: items,
            "name": [names[item] for item in items],
            **title_columns([names[item] for item in items]),
            ONE: ones,
            OTHER: others,
            "one_shown": [number(one) for one in ones],
            "other_shown": [number(other) for other in others],
            "gap_shown": [number(high - low) for low, high in ends],
            "low": [low for low, _ in ends],
            "high": [high for _, high in ends],
            "low_shown": [number(low) for low, _ in ends],
            "high_shown": [number(high) for _, high in ends],
        }
    )


def title_lines(frame: pd.DataFrame) -> int:
    """How many lines the longest title needs on a phone: the row height that charts of one row an area want."""
    return 1 + max((title.count("\n") for title in frame["narrow_title"]), default=0)


def _in_order(summary: pd.DataFrame, *columns: str) -> dict[str, list[Any]]:
    """The columns and item and score as plain lists, best first; pandas takes ten times as long for so few rows."""
    lists = {name: summary[name].tolist() for name in (ITEM, SCORE, *columns)}
    scored = [index for index, score in enumerate(lists[SCORE]) if not pd.isna(score)]
    order = sorted(scored, key=lambda index: lists[RANK][index])  # ties stay as the summary has them
    return {name: [values[index] for index in order] for name, values in lists.items()}


def _title(rank: int, name: str, mark: str = "") -> str:
    return f"{rank}\u00a0\u00a0{name}" + (f" \u00a0{mark}".replace(mark, mark.replace(" ", "\u00a0")) if mark else "")


def title_columns(titles: Sequence[str]) -> dict[str, list[str]]:
    """The titles as they wrap on a phone and on a wide screen."""
    return {f"{layout}_title": [_wrapped(title, *room) for title in titles] for layout, room in _TITLES.items()}


@lru_cache(maxsize=2048)
def _wrapped(text: str, width: float, size: float) -> str:
    return "\n".join(wrap(text, width, size * _BOLD))


def _places(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return "–"
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def _cross(axis: str, means: Sequence[float], spread: Sequence[float], scale: Criterion) -> dict[str, object]:
    pairs = list(zip(means, spread, strict=True))
    return {
        f"{axis}_low": [max(mean - each, scale.low) for mean, each in pairs],
        f"{axis}_high": [min(mean + each, scale.high) for mean, each in pairs],
    }


def _texts(
    names: Sequence[str], ranks: Sequence[int], tops: Sequence[bool], places: Sequence[Point]
) -> tuple[str, ...]:
    """«1 Name» for the best; «6» for the others, «6 ×2» once where two areas of one rank coincide."""
    same = Counter(zip(ranks, places, strict=True))
    texts: list[str] = []
    for name, rank, top, spot in zip(names, ranks, tops, places, strict=True):
        count = same.pop((rank, spot), 0) if not top else 0
        texts.append(
            f"{rank}\u00a0{name}" if top else f"{rank}\u00a0×{count}" if count > 1 else str(rank) if count else ""
        )
    return tuple(texts)


def _label_columns(
    layout: str, texts: tuple[str, ...], tops: tuple[bool, ...], places: Sequence[Point], scales: Scales
) -> dict[str, object]:
    """Where each text begins and its line ends, in the criteria's own units, so that they move with the plot."""
    x, y = scales
    across, down = _LAYOUTS[layout][0] / (x.high - x.low), MATRIX_HEIGHT / (y.high - y.low)
    points = tuple(((u - x.low) * across, (y.high - v) * down) for u, v in places)
    lines, placed = lay_out(layout, points, texts, tops)
    ends = [each.line[2:] if each and each.line else (None, None) for each in placed]
    return {
        f"{layout}_text": lines,
        f"{layout}_align": [each.align if each else None for each in placed],
        f"{layout}_x": [x.low + each.anchor / across if each else None for each in placed],
        f"{layout}_y": [y.high - each.box[1] / down if each else None for each in placed],
        f"{layout}_end_x": [None if end is None else x.low + end / across for end, _ in ends],
        f"{layout}_end_y": [None if end is None else y.high - end / down for _, end in ends],
    }


@lru_cache(maxsize=512)
def lay_out(
    layout: str, points: tuple[Point, ...], texts: tuple[str, ...], tops: tuple[bool, ...]
) -> tuple[list[str], list[Placed | None]]:
    """The wrapped texts and their places in px, None for an empty text; kept, as a slider goes back and forth."""
    width, size, widest = _LAYOUTS[layout]
    labels = [
        label(point, text, widest, size * _BOLD if top else SMALL)
        for point, text, top in zip(points, texts, tops, strict=True)
    ]
    named = [index for index, top in enumerate(tops) if top]
    numbered = [index for index, top in enumerate(tops) if not top and texts[index]]
    found = place(
        [labels[i] for i in named], [labels[i] for i in numbered], points, width, MATRIX_HEIGHT, RADIUS
    )  # fmt: skip
    placed = dict(zip(named + numbered, found, strict=True))
    return ["\n".join(each.lines) for each in labels], [placed.get(index) for index in range(len(points))]
