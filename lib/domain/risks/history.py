"""How the picture of risks has moved: what was open, forced and uncovered then, and what is rated differently now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from lib.domain.risks.register import Numbers, forced, uncovered
from lib.model.methods import Rule
from lib.model.risk_records import Countermeasure, Risk, RiskStatus


class Count(NamedTuple):
    """Of the risks that are not closed: how many, how many must have a countermeasure, and how many of those lack one.

    A countermeasure that is dropped is none; one that is planned is one.
    """

    open: int
    forced: int
    uncovered: int


class Move(StrEnum):
    """What has become of a risk between two moments."""

    NEW = "new"
    GONE = "gone"
    CLOSED = "closed"
    REOPENED = "reopened"
    UP = "up"  # neither number is lower, one is higher
    DOWN = "down"
    MOVED = "moved"  # one is higher and one is lower, or it had no number


class Shift(NamedTuple):
    """A risk whose place in the picture is another; `then` or `now` is None where it was not there."""

    risk: Risk
    move: Move
    then: Numbers | None
    now: Numbers | None


def count(risks: Sequence[Risk], countermeasures: Sequence[Countermeasure], rules: Sequence[Rule]) -> Count:
    """The picture of a moment in three figures, by these rules."""
    still = sum(risk.status is not RiskStatus.CLOSED for risk in risks)
    return Count(still, len(forced(risks, rules)), len(uncovered(risks, countermeasures, rules)))


def shifts(then: Iterable[Risk], now: Iterable[Risk]) -> list[Shift]:
    """The risks that are new, gone, closed, opened again or rated differently; those of `now` first, in their order."""
    before, after = ({risk.id: risk for risk in each} for each in (then, now))
    found = []
    for key in {**after, **before}:
        was, becomes = before.get(key), after.get(key)
        if (move := _move(was, becomes)) is not None:
            found.append(Shift(becomes or before[key], move, _numbers(was), _numbers(becomes)))
    return found


def _numbers(risk: Risk | None) -> Numbers | None:
    return None if risk is None else Numbers(risk.probability, risk.consequence)


def _move(was: Risk | None, becomes: Risk | None) -> Move | None:
    if was is None or becomes is None:
        return Move.NEW if was is None else Move.GONE
    if (was.status is RiskStatus.CLOSED) != (becomes.status is RiskStatus.CLOSED):
        return Move.CLOSED if becomes.status is RiskStatus.CLOSED else Move.REOPENED
    then, now = (Numbers(risk.probability, risk.consequence) for risk in (was, becomes))
    return None if then == now else _direction(then, now)


def _direction(then: Numbers, now: Numbers) -> Move:
    pairs = [(a, b) for a, b in zip(then, now, strict=True) if a is not None and b is not None]
    if len(pairs) == len(then):
        if all(b >= a for a, b in pairs):
            return Move.UP
        if all(b <= a for a, b in pairs):
            return Move.DOWN
    return Move.MOVED
