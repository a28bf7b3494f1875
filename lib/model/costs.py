"""What a division of costs is made of: allocation keys, models, cost lines, and what each year brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

# A float is taken as the decimal number a person would write for it: 0.1 is a tenth.
Number = int | float | Decimal | Fraction

# What each municipality has of each key: {"Røyrvik": {"population": 461}}. Who is named takes part.
Keys = Mapping[str, Mapping[str, Number]]

# The keys that the product knows by name; any other numeric key does as well. The equal part needs no figures.
EQUAL = "equal"
POPULATION = "population"
PUPILS = "pupils"
USAGE = "usage"
TODAY = "today"
NAMED_KEYS = (EQUAL, POPULATION, PUPILS, USAGE, TODAY)


@dataclass(frozen=True, slots=True)
class CostModel:
    """A way to share a cost, as data.

    `shares` are per cent of the cost by allocation key and sum to 100. `host` first carries `host_percent` of the cost
    alone and then its part of the rest. `phase_in` says how many per cent the model counts in year 1, 2, …, today's
    distribution (the key `today`) the rest; after the last of them the model counts fully. `floor` and `cap` are whole
    kroner, one for all or by municipality, and hold for the result whatever the year.
    """

    key: str
    shares: Mapping[str, Number]
    floor: int | Mapping[str, int] | None = None
    cap: int | Mapping[str, int] | None = None
    host: str | None = None
    host_percent: Number = 0
    phase_in: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost that is shared by a model of its own."""

    name: str
    kroner: Number
    model: CostModel


class Outcome(StrEnum):
    """How a municipality fares under a model, measured against what it pays today."""

    PAYS_LESS = "pays_less"
    PAYS_MORE = "pays_more"
    SAME = "same"


class FlowKind(StrEnum):
    """What a sum over the years is: a one-off cost before gains come, a cost of each year, or a gain."""

    HUMP = "hump"
    RUNNING = "running"
    GAIN = "gain"


class Flow(NamedTuple):
    """What one municipality pays or gains in a year, in whole kroner, never negative: the kind says which way."""

    municipality: str
    year: int
    kind: FlowKind
    kroner: int


@dataclass(frozen=True, slots=True)
class CostFormula:
    """What a group of municipalities would pay: fixed + variable × the sum of its members' key; an estimate.

    `known` are the groups whose cost somebody has found out; there the formula does not count.
    """

    fixed: Number
    variable: Number
    amounts: Mapping[str, Number]
    known: Mapping[frozenset[str], Number] = field(default_factory=dict)
