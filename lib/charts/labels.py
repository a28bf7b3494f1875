"""Where labels stand in a plot full of points: beside their point, or in free space with a thin line to it.

All lengths are px and y grows downwards. Text widths are those of a plain sans serif (Helvetica's, rounded up), so a
label that fits here fits in the browser too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product
from math import cos, hypot, inf, pi, sin
from operator import itemgetter
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom
Line = tuple[float, float, float, float]  # from x, y, to x, y
Point = tuple[float, float]

LINE_HEIGHT = 1.2
GAP = 4.0
_COLUMN_GAP = 16
_SHIFTS = (0.0, -24.0, 24.0, -48.0, 48.0, 110.0)
_THROUGH, _FAULT = 60.0, 25.0  # the px of line that a line through another point, or a fault, is worth
_TRIES = 2  # columns that fit, on each side, before the search is called off
_LEADING = 5.0
_RINGS = (14, 22, 32, 44, 58, 74, 92, 112, 136, 164, 196, 232, 280)
_DIRECTIONS = [
    (cos(turn * pi / 8), sin(turn * pi / 8)) for turn in (8, 0, 9, 7, 1, 15, 10, 6, 2, 14, 11, 5, 3, 13, 12, 4)
]
_EM = {
    **dict.fromkeys("ijl'|", 0.25),
    **dict.fromkeys("tfI.,:;/ !()r[]-", 0.34),
    **dict.fromkeys("ckszvxyJ", 0.52),
    **dict.fromkeys("wCDHNRUÆ", 0.76),
    **dict.fromkeys("mMWæ@%GOQØ—", 0.92),
}


LINES = 2  # a longer name is cut; the list beside the matrix has it whole


class Label(NamedTuple):
    """The lines of text that belong to a point, and the room they take."""

    point: Point
    lines: tuple[str, ...]
    width: float
    height: float


class Placed(NamedTuple):
    """Where a label came to stand. `line` runs from its point to the text where the two are apart."""

    box: Box
    align: str
    line: Line | None

    @property
    def anchor(self) -> float:
        left, _, right, _ = self.box
        return {"left": left, "right": right}.get(self.align, (left + right) / 2)


def text_width(text: str, size: float) -> float:
    return size * sum(_EM.get(letter, 0.7 if letter.isupper() else 0.58) for letter in text)


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """As few lines as fit into the width, evenly filled; a word is never broken."""
    lines = _fill(text, width, size)
    even = text_width(text, size) / len(lines) if lines else width
    while even < width:
        if len(balanced := _fill(text, even, size)) <= len(lines):
            return balanced
        even *= 1.04
    return lines


def _fill(text: str, width: float, size: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split(" "):  # a no-break space holds
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)


def label(point: Point, text: str, width: float, size: float) -> Label:
    """A text at a point, on as many lines as a given width demands."""
    lines = wrap(text, width, size)
    if len(lines) > LINES:
        lines = (*lines[: LINES - 1], f"{lines[LINES - 1]} …")
    return Label(
        point, lines, max((text_width(line, size) for line in lines), default=0.0), len(lines) * size * LINE_HEIGHT
    )


def place(
    names: Sequence[Label],
    numbers: Sequence[Label],
    points: Sequence[Point],
    width: float,
    height: float,
    radius: float,
) -> list[Placed]:
    """A place for each label inside the plot, over no point and no other label: all names first, then the numbers.

    The names stand together: all beside their points if there is room, else stacked in one column with lines to the
    points, else each where it finds room, as the numbers do. `points` are all that are drawn, as discs of `radius`.
    Only where a plot has no free spot left does a label cover something.
    """
    room = _Room(points, width, height, radius)
    together = room.beside(names) or room.stacked(names) or []
    for found in together:
        room.take(found)
    for item in [*names[len(together) :], *numbers]:
        room.take(room.nearest(item))
    return room.taken


class _Room:
    """A plot that fills up."""

    def __init__(self, points: Sequence[Point], width: float, height: float, radius: float) -> None:
        self.width, self.height, self.away = width, height, radius + GAP
        reach = radius + 1
        self.discs: list[Box] = [(x - reach, y - reach, x + reach, y + reach) for x, y in points]
        self.points = points
        self.taken: list[Placed] = []
        self.boxes: list[Box] = []
        self.lines: list[Line] = []

    def take(self, placed: Placed) -> None:
        self.taken.append(placed)
        self.boxes.append(placed.box)
        if placed.line:
            self.lines.append(placed.line)

    def beside(self, items: Sequence[Label]) -> list[Placed] | None:
        """All of the labels close to their points, or None."""
        found: list[Placed] = []
        for item in items:
            near = (_at(item, across, down, self.away, self.width) for across, down in _DIRECTIONS)
            boxes = [other.box for other in found]
            place = next((it for it in near if self._is_free(it.box, boxes) and not self._faults(it, item.point)), None)
            if place is None:
                return None
            found.append(place)
        return found

    def stacked(self, items: Sequence[Label]) -> list[Placed] | None:
        """All of the labels in one column left or right of their points, with short lines that meet little, or None."""
        across = sorted(item.point[0] for item in items) or [0.0]
        widest = max((item.width for item in items), default=0.0)
        sides = (
            ("right", range(int(across[0] - _COLUMN_GAP), int(widest), -16)),
            ("left", range(int(across[-1] + _COLUMN_GAP), int(self.width - widest), 16)),
        )
        columns: list[tuple[float, list[Placed]]] = []
        for align, edges in sides:
            fitting = ([self._column(items, x, align, shift) for shift in _SHIFTS] for x in edges)
            for tried in islice(filter(any, fitting), _TRIES):
                columns += [(self._cost(column), column) for column in tried if column]
        return min(columns, key=itemgetter(0))[1] if columns else None

    def _column(self, items: Sequence[Label], x: float, align: str, shift: float) -> list[Placed] | None:
        order = sorted(range(len(items)), key=lambda index: items[index].point[1])
        for _ in range(len(items) ** 2):
            found = _stack([items[index] for index in order], x, align, shift, self.height)
            if not found or not all(self._is_free(each.box, ()) for each in found):
                return None
            crossed = next((i for i in range(len(found) - 1) if _meet(found[i].line, found[i + 1].line)), None)
            if crossed is None:
                return [found[order.index(index)] for index in range(len(items))]
            order[crossed : crossed + 2] = order[crossed + 1], order[crossed]
        return None

    def _cost(self, column: Sequence[Placed]) -> float:
        lines = [line for _, _, line in column if line]
        through = sum(_crosses(line, disc) and not _holds(disc, line[:2]) for line in lines for disc in self.discs)
        return sum(hypot(line[2] - line[0], line[3] - line[1]) for line in lines) + _THROUGH * through

    def nearest(self, item: Label) -> Placed:
        """The free place with the shortest line, a fault counting as so many px of line."""
        least: tuple[float, Placed | None] = (inf, None)
        for ring in (0, *_RINGS):
            if ring >= least[0]:
                break
            for across, down in _DIRECTIONS:
                place = _at(item, across, down, self.away + ring, self.width, apart=ring > 0)
                if self._is_free(place.box, self.boxes):
                    faults = self._faults(place, item.point)
                    if not faults:
                        return place
                    least = min(least, (_FAULT * faults + ring, place), key=itemgetter(0))
        return least[1] or self._anywhere(item)

    def _anywhere(self, item: Label) -> Placed:
        """The nearest free spot of a fine grid; the nearest spot at all where none is free."""
        x, y = item.point
        lefts = range(0, max(int(self.width - item.width), 0) + 1, 6)
        tops = range(0, max(int(self.height - item.height), 0) + 1, 4)
        spots = sorted(
            product(lefts, tops), key=lambda at: abs(at[0] + item.width / 2 - x) + abs(at[1] + item.height / 2 - y)
        )
        places = [_in_box(item, left, top) for left, top in spots]
        return next((place for place in places if self._is_free(place.box, self.boxes)), places[0])

    def _is_free(self, box: Box, others: Iterable[Box]) -> bool:
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        for other in (*self.discs, *others):
            if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                return False
        return True

    def _faults(self, place: Placed, point: Point) -> int:
        """What makes a free place hard to read: lines across text, points or lines; beside a point, another as near."""
        faults = 3 * sum(_crosses(line, place.box) for line in self.lines)
        line = place.line
        if line is None:
            own = _distance(place.box, point) + GAP
            return faults + 3 * sum(_distance(place.box, other) < own for other in self.points if other != point)
        faults += 3 * sum(_crosses(line, box) for box in self.boxes) + sum(_meet(line, other) for other in self.lines)
        return faults + sum(_crosses(line, disc) and not _holds(disc, point) for disc in self.discs)


def _stack(items: Sequence[Label], x: float, align: str, shift: float, height: float) -> list[Placed] | None:
    """Labels under each other, each as near its point's height as the others allow; None where they do not fit."""
    tops: list[float] = []
    end = 0.0
    for item in items:
        tops.append(max(item.point[1] - item.height / 2, end))
        end = tops[-1] + item.height + _LEADING
    pushed = sum(top + item.height / 2 - item.point[1] for top, item in zip(tops, items, strict=True)) / len(items)
    up = min(max(pushed - shift, end - _LEADING - height), tops[0])
    if end - _LEADING - up > height:
        return None
    return [_in_column(item, x, top - up, align) for item, top in zip(items, tops, strict=True)]


def _in_column(item: Label, x: float, top: float, align: str) -> Placed:
    left = x - item.width if align == "right" else x
    end = x + 3 if align == "right" else x - 3
    return Placed((left, top, left + item.width, top + item.height), align, (*item.point, end, top + item.height / 2))


def _at(item: Label, across: float, down: float, away: float, width: float, apart: bool = False) -> Placed:
    """The label in a direction from its point: its near side turned to it, above or below it centred if that fits."""
    x, y = item.point[0] + across * away, item.point[1] + down * away
    side = "left" if across > 0.3 else "right" if across < -0.3 else ""
    top = y - item.height / 2 if side else y - (item.height if down < 0 else 0.0)
    align, anchor = (side, x) if side else _over(item, x, width)
    left = anchor - {"left": 0.0, "right": item.width, "center": item.width / 2}[align]
    end = (item.point[0] + across * (away - 3), item.point[1] + down * (away - 3))
    return Placed((left, top, left + item.width, top + item.height), align, (*item.point, *end) if apart else None)


def _over(item: Label, x: float, width: float) -> tuple[str, float]:
    if x + item.width / 2 > width:
        return "right", min(x + GAP, width)
    return ("left", max(x - GAP, 0.0)) if x < item.width / 2 else ("center", x)


def _in_box(item: Label, left: float, top: float) -> Placed:
    box = (left, top, left + item.width, top + item.height)
    x, y = item.point
    align = "right" if box[2] <= x else "left"
    end = (box[2] if align == "right" else box[0], (box[1] + box[3]) / 2)
    return Placed(box, align, (x, y, *end))


def _crosses(line: Line, box: Box) -> bool:
    """Whether a line touches a box: their extents overlap and the corners are not all on one side of the line."""
    x, y, to_x, to_y = line
    left, top, right, bottom = box
    if (
        (x < left and to_x < left)
        or (x > right and to_x > right)
        or (y < top and to_y < top)
        or (y > bottom and to_y > bottom)
    ):
        return False
    run, rise = to_x - x, to_y - y
    sides = [run * (v - y) - rise * (u - x) for u in (left, right) for v in (top, bottom)]
    return min(sides) <= 0 <= max(sides)


def _meet(one: Line | None, other: Line | None) -> bool:
    if one is None or other is None or one[:2] == other[:2]:
        return False
    return _side(one, other[:2]) != _side(one, other[2:]) and _side(other, one[:2]) != _side(other, one[2:])


def _side(line: Line, point: Point) -> bool:
    x, y, to_x, to_y = line
    return (to_x - x) * (point[1] - y) > (to_y - y) * (point[0] - x)


def _distance(box: Box, point: Point) -> float:
    left, top, right, bottom = box
    x, y = point
    return hypot(max(left - x, 0.0, x - right), max(top - y, 0.0, y - bottom))


def _holds(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
