"""Exact sums: numbers as fractions, and whole kroner that sum to the total."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

from lib.model.costs import NAMED_KEYS, Number
from lib.model.problems import AppError


def exact(value: Number, what: str) -> Fraction:
    """The number itself; a float as the decimal number that is written for it. AppError `not_a_number` otherwise.

    `what` is the name of the thing that the number tells, for the sentence.
    """
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if not isinstance(value, float | Decimal) or not _finite(value):
        raise AppError("not_a_number", what=what)
    return Fraction(repr(float(value)) if isinstance(value, float) else value)


def _finite(value: float | Decimal) -> bool:
    return value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)


def amount(value: Number, what: str) -> Fraction:
    """As `exact`, and AppError `negative_amount` below zero."""
    number = exact(value, what)
    if number < 0:
        raise AppError("negative_amount", what=what, found=float(number))
    return number


def whole(value: Number, what: str) -> int:
    """As `amount`, in whole kroner. AppError `not_whole_kroner` for øre."""
    number = amount(value, what)
    if number.denominator != 1:
        raise AppError("not_whole_kroner", what=what)
    return number.numerator


def label(key: str) -> str:
    """What a key is called in an error: its word of the catalogue, or the name that the user gave it."""
    return f"@cost_keys.{key}" if key in NAMED_KEYS else key


def round_half_up(value: Fraction) -> int:
    """To the nearest krone, halves away from zero, as people round."""
    size = math.floor(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def whole_kroner(shares: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Whole kroner that sum to `total`, by the largest remainder; names in their order. The shares sum to within one.

    Each gets its share rounded down; what is left goes, a krone each, to the largest remainders. Among equal
    remainders the larger share takes the krone, among equal shares the name that comes first by its letters' codes.
    Nothing depends on the order of `shares`. A share that is whole stays as it is when the shares sum to `total`.
    """
    rounded = {name: math.floor(share) for name, share in shares.items()}
    left = total - sum(rounded.values())
    for name in sorted(shares, key=lambda name: (rounded[name] - shares[name], -shares[name], name))[:left]:
        rounded[name] += 1
    return rounded


def to_kroner(shares: Mapping[str, float], total: int) -> dict[str, int]:
    """`whole_kroner` of shares that were computed in floating point: what differs by less than a millionth is equal."""
    return whole_kroner({name: Fraction(round(share * 1e6), 10**6) for name, share in shares.items()}, total)
