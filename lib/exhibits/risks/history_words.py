"""What is said of how the risks have moved: the answer, the figures of each day, and two days side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from lib.actions.risks.history import History, Snapshot, moved
from lib.charts.risks.frames import Moved
from lib.domain.risks.register import Numbers
from lib.exhibits.exhibit import FILES, SCREEN, Table, dated, numeric, text
from lib.i18n import alphabetical, day, listing, t
from lib.model.risk_records import Risk

_DASH = "–"
Days = tuple[date, date]


def headline(language: str, found: History) -> str:
    """«4 av 9 risikoer må ha mottiltak nå. Det var 7 av 8 den 1. mai 2026.»"""
    (first, then), (_, now) = found.points[0], found.points[-1]
    told = {"now": now.forced, "open": now.open, "day": day(language, first)}
    if len(found.points) == 1:
        return t(language, "history.first", **told)
    same = (now.forced, now.open) == (then.forced, then.open)
    key = "history.same" if same else "history.changed"
    return t(language, key, **told, **({} if same else {"then": then.forced, "open_then": then.open}))


def basis(language: str, found: History) -> str:
    """How many of the forced ones lack a countermeasure."""
    now = found.points[-1][1]
    if not now.forced:
        return t(language, "history.nothing_forced")
    return t(language, "history.basis", count=now.uncovered) if now.uncovered else t(language, "history.covered")


def line_alt(language: str, found: History) -> str:
    (first, then), (last, now) = found.points[0], found.points[-1]
    days = {"first": day(language, first), "last": day(language, last)}
    forced = {"forced_first": then.forced, "forced_last": now.forced}
    uncovered = {"uncovered_first": then.uncovered, "uncovered_last": now.uncovered}
    return t(language, "history.line_alt", **days, **forced, **uncovered)


def table(language: str, found: History) -> Table:
    """The figures of each day, the newest first."""
    first, *counts = (t(language, f"history.{key}") for key in ("when", "open", "forced", "uncovered"))
    columns = (dated(language, first), *(numeric(language, head) for head in counts))
    lines = [(when, *count) for when, count in reversed(found.points)]
    return Table(columns, lines, t(language, "history.table_alt"))


def numbered(then: Snapshot | None, now: Snapshot | None) -> dict[str, int]:
    """A number for each risk that is open on one of two days, the same in both pictures: by id, by their names."""
    shown = {risk.id: risk for each in (then, now) if each for risk in each.open}
    order = sorted(shown, key=lambda key: (alphabetical(shown[key].factor), key))
    return {key: number for number, key in enumerate(order, 1)}


def drawn(snapshot: Snapshot, numbers: dict[str, int]) -> list[Moved]:
    """The open risks that have both numbers, where they stood."""
    return [
        Moved(numbers[risk.id], risk.factor, (risk.probability, risk.consequence), (risk.probability, risk.consequence))
        for risk in sorted(snapshot.open, key=lambda risk: numbers[risk.id])
        if risk.probability is not None and risk.consequence is not None
    ]


def matrix_alt(language: str, snapshot: Snapshot, numbers: dict[str, int]) -> str:
    """How many risks stood where, for who cannot see the picture."""
    cells: dict[tuple[int, int], int] = {}
    for each in drawn(snapshot, numbers):
        cells[each.now] = cells.get(each.now, 0) + 1
    told = [t(language, "history.cell", n=n, s=s, k=k) for (s, k), n in sorted(cells.items(), reverse=True)]
    shown = listing(language, told) or t(language, "history.none_rated")
    return t(language, "history.matrix_alt", day=day(language, snapshot.day), cells=shown)


def changes(language: str, then: Snapshot | None, now: Snapshot | None) -> dict[str, str]:
    """Risk → what has become of it between two days, of each that is open on one of them."""
    moves = {each.risk.id: each.move for each in moved(then, now)}
    return {key: t(language, f"history.{moves.get(key, 'same_place')}") for key in numbered(then, now)}


def moves(language: str, days: Days, then: Snapshot | None, now: Snapshot | None) -> str:
    """«Fra 1. mars 2026 til 20. mars 2026: lukket (1), høyere (1) og som før (1).»"""
    one, other = (day(language, each) for each in days)
    counts = Counter(changes(language, then, now).values())
    if not counts:
        return t(language, "history.nothing_then", day=other) if now is None else t(language, "risk.none_open")
    told = listing(language, [t(language, "history.counted", change=change, n=n) for change, n in counts.items()])
    return t(language, "history.between", then=one, now=other, changes=told)


def pair(language: str, days: Days, then: Snapshot | None, now: Snapshot | None) -> Table:
    """Every risk that is open on one of two days, with S and K on both, and what has changed; by number."""
    found = changes(language, then, now)
    sides = [{risk.id: risk for risk in each.open} if each else {} for each in (then, now)]
    number, factor, both, change = (t(language, f"history.{key}") for key in ("number", "factor", "both", "change"))
    scales = ("probability", "consequence")
    apart = [
        replace(numeric(language, f"{t(language, f'columns.{scale}')}, {day(language, each)}"), place=FILES)
        for each in dict.fromkeys(days)
        for scale in scales
    ]
    columns = (numeric(language, number), text(factor), text(both, SCREEN), *apart, text(change))
    rows = [
        (
            place,
            next(risk.factor for risk in (sides[1].get(key), sides[0].get(key)) if risk),
            " → ".join(dict.fromkeys(_judged(language, each.get(key)) for each in sides)),
            *(getattr(each.get(key), scale, None) for each in sides[: len(apart) // 2] for scale in scales),
            found[key],
        )
        for key, place in numbered(then, now).items()
    ]
    return Table(columns, rows, t(language, "history.list_alt"))


def _judged(language: str, risk: Risk | None) -> str:
    if risk is None:
        return _DASH
    s, k = Numbers(risk.probability, risk.consequence)
    if s is None and k is None:
        return t(language, "history.unrated")
    return t(language, "history.numbers", s=_DASH if s is None else s, k=_DASH if k is None else k)
