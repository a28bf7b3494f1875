"""What is said of how the risks have moved: the answer, the figures of each day, and two days side by side."""

from __future__ import annotations

import pandas as pd

from lib.actions.risks.history import History, Snapshot, moved
from lib.charts.risks.frames import Moved
from lib.domain.risks.register import Numbers
from lib.i18n import alphabetical, day, listing, t
from lib.model.risk_records import Risk

_DASH = "–"


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
    return t(language, "history.basis", n=now.uncovered) if now.uncovered else t(language, "history.covered")


def line_alt(language: str, found: History) -> str:
    (first, then), (last, now) = found.points[0], found.points[-1]
    days = {"first": day(language, first), "last": day(language, last)}
    forced = {"forced_first": then.forced, "forced_last": now.forced}
    uncovered = {"uncovered_first": then.uncovered, "uncovered_last": now.uncovered}
    return t(language, "history.line_alt", **days, **forced, **uncovered)


def table(language: str, found: History) -> pd.DataFrame:
    """The figures of each day, the newest first."""
    heads = [t(language, f"history.{key}") for key in ("when", "open", "forced", "uncovered")]
    lines = [(day(language, when), *map(str, count)) for when, count in reversed(found.points)]
    return pd.DataFrame(lines, columns=heads)


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


def pair(language: str, then: Snapshot | None, now: Snapshot | None) -> pd.DataFrame:
    """Every risk that is open on one of two days, with S and K on both, and what has changed; by number."""
    numbers, changes = numbered(then, now), {each.risk.id: each.move for each in moved(then, now)}
    before, after = ({risk.id: risk for risk in each.open} if each else {} for each in (then, now))
    lines = []
    for key, number in numbers.items():
        change = t(language, f"history.{changes[key]}" if key in changes else "history.same_place")
        told = dict.fromkeys(_told(language, each.get(key)) for each in (before, after))
        lines.append((str(number), (after.get(key) or before[key]).factor, " → ".join(told), change))
    heads = [t(language, f"history.{key}") for key in ("number", "factor", "both", "change")]
    return pd.DataFrame(lines, columns=heads)


def _told(language: str, risk: Risk | None) -> str:
    if risk is None:
        return _DASH
    s, k = Numbers(risk.probability, risk.consequence)
    if s is None and k is None:
        return t(language, "history.unrated")
    return t(language, "history.numbers", s=_DASH if s is None else s, k=_DASH if k is None else k)
