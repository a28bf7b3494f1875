"""Who pays what: a cost shared by one model, by several side by side, and the models that leave nobody worse off.

All arithmetic is exact, in fractions; only `compare` shows per cent and kroner per inhabitant as floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from lib.domain.costs.kroner import amount, round_half_up, whole, whole_kroner
from lib.domain.costs.models import exact_shares, key_parts
from lib.model.columns import (
    CHANGE,
    KRONER,
    MODEL,
    MUNICIPALITY,
    OUTCOME,
    PER_INHABITANT,
    PERCENT,
    SAVING,
)
from lib.model.costs import POPULATION, CostLine, CostModel, Keys, Number, Outcome
from lib.model.problems import AppError


def allocate(total: Number, keys: Keys, model: CostModel, year: int | None = None) -> dict[str, int]:
    """What each municipality pays, in whole kroner that sum to `total`, names in the order of `keys`.

    `year` counts from 1 within the model's phase-in; None is the model when it counts fully. Rounding is that of
    `whole_kroner` and breaks neither floor nor cap. AppError as `exact_shares`.
    """
    kroner = whole(total, "@cost_words.total")
    return whole_kroner(exact_shares(kroner, keys, model, year), kroner)


def allocate_lines(lines: Iterable[CostLine], keys: Keys, year: int | None = None) -> dict[str, dict[str, int]]:
    """Each line's name → what each municipality pays of it, each line by its own model. AppError `line_twice`."""
    found: dict[str, dict[str, int]] = {}
    for line in lines:
        if line.name in found:
            raise AppError("line_twice", line=line.name)
        found[line.name] = allocate(line.kroner, keys, line.model, year)
    return found


def allocate_years(totals: Sequence[Number], keys: Keys, model: CostModel) -> list[dict[str, int]]:
    """`allocate` for year 1, 2, … of the phase-in, each year with its own total."""
    return [allocate(total, keys, model, year) for year, total in enumerate(totals, start=1)]


def compare(
    total: Number,
    keys: Keys,
    models: Iterable[CostModel],
    today: Mapping[str, Number] | None = None,
    alone: Mapping[str, Number] | None = None,
) -> pd.DataFrame:
    """Several models side by side: a row a model and municipality, in the order given. AppError as `allocate`.

    - `model`, `municipality` text
    - `kroner` Int64: what it pays
    - `percent` Float64: of the total; null when the total is 0
    - `per_inhabitant` Float64: kroner; null without a population
    - `change` Int64: kroner − today, whole kroner, halves up; null without `today`
    - `outcome` text of `Outcome`, by `change`; null without `today`
    - `saving` Int64: alone − kroner; null without `alone`
    """
    kroner = whole(total, "@cost_words.total")
    rows = [
        _compared(model.key, name, pays, kroner, keys[name].get(POPULATION), _of(today, name), _of(alone, name))
        for model in models
        for name, pays in allocate(kroner, keys, model).items()
    ]
    return pd.DataFrame(rows, columns=list(_COMPARED)).astype(_COMPARED)


_COMPARED = {
    MODEL: "str",
    MUNICIPALITY: "str",
    KRONER: "Int64",
    PERCENT: "Float64",
    PER_INHABITANT: "Float64",
    CHANGE: "Int64",
    OUTCOME: "string",
    SAVING: "Int64",
}


def _of(amounts: Mapping[str, Number] | None, name: str) -> int | None:
    """The amount of one in whole kroner, or None where none was given."""
    if amounts is None or amounts.get(name) is None:
        return None
    return round_half_up(amount(amounts[name], name))


def _compared(
    model: str, name: str, pays: int, total: int, people: Number | None, today: int | None, alone: int | None
) -> tuple[object, ...]:
    percent = float(Fraction(pays * 100, total)) if total else None
    inhabitants = None if people is None else amount(people, name)
    if inhabitants == 0:
        raise AppError("population_zero", municipality=name)
    change = None if today is None else pays - today
    return (
        model,
        name,
        pays,
        percent,
        None if inhabitants is None else float(pays / inhabitants),
        change,
        None if change is None else _outcome(change),
        None if alone is None else alone - pays,
    )


def _outcome(change: int) -> Outcome:
    if change == 0:
        return Outcome.SAME
    return Outcome.PAYS_LESS if change < 0 else Outcome.PAYS_MORE


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The fixed parts, in per cent, with which nobody pays more than its limit: from `low` to `high`, both included.

    `low` and `high` are None where there is no such part. `intervals` holds each municipality's own, None where it
    pays more than its limit whatever the part, by `excess` kroner at best. `in_the_way` are those without an interval
    of their own; where all have one, those whose intervals end lowest and begin highest, and thus do not meet.
    `raises` are those that keep the part from being lower, `lowers` those that keep it from being higher.
    `missing` is what the limits together fall short of the total: above 0 no model at all can do.
    """

    low: Fraction | None
    high: Fraction | None
    intervals: Mapping[str, tuple[Fraction, Fraction] | None]
    excess: Mapping[str, Fraction]
    in_the_way: tuple[str, ...]
    raises: tuple[str, ...]
    lowers: tuple[str, ...]
    missing: Fraction

    def allows(self, percent: Number) -> bool:
        return self.low is not None and self.high is not None and self.low <= Fraction(percent) <= self.high


def break_even(total: Number, keys: Keys, limits: Mapping[str, Number], key: str = POPULATION) -> BreakEven:
    """For which fixed parts (the rest by `key`) each pays at most its limit: what it pays alone, or pays today.

    Exact, on amounts before rounding, so that a share in whole kroner may lie less than a krone above a limit. AppError
    as `allocate`, and `limit_missing` for a municipality without a limit.
    """
    kroner, parts = whole(total, "@cost_words.total"), key_parts(keys, key)
    for name in keys:
        if limits.get(name) is None:
            raise AppError("limit_missing", municipality=name)
    limit = {name: amount(limits[name], name) for name in keys}
    ends = {name: (kroner * part, Fraction(kroner, len(keys))) for name, part in parts.items()}
    intervals = {name: _interval(*ends[name], limit[name]) for name in keys}
    missing = max(kroner - sum(limit.values(), Fraction()), Fraction())
    excess = {name: min(ends[name]) - limit[name] for name, own in intervals.items() if own is None}
    own = {name: interval for name, interval in intervals.items() if interval is not None}
    if excess:
        return BreakEven(None, None, intervals, excess, tuple(excess), (), (), missing)
    low, high = max(start for start, _ in own.values()), min(end for _, end in own.values())
    raises = tuple(name for name, (start, _) in own.items() if start == low > 0)
    lowers = tuple(name for name, (_, end) in own.items() if end == high < 100)
    if low > high:
        return BreakEven(None, None, intervals, {}, (*lowers, *raises), raises, lowers, missing)
    return BreakEven(low, high, intervals, {}, (), raises, lowers, missing)


def _interval(at_0: Fraction, at_100: Fraction, limit: Fraction) -> tuple[Fraction, Fraction] | None:
    """Where a straight line from `at_0` to `at_100`, over 0 to 100 per cent, is at most `limit`."""
    if min(at_0, at_100) > limit:
        return None
    if max(at_0, at_100) <= limit:
        return Fraction(), Fraction(100)
    crossing = 100 * (limit - at_0) / (at_100 - at_0)
    return (Fraction(), crossing) if at_0 < at_100 else (crossing, Fraction(100))
