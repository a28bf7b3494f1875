"""What each municipality's part of a cost is, exactly: the models, their keys, floors and caps.

Source of the usual Norwegian form, a fixed part split equally and the rest by population, and of Indre Namdal's main
rule of 20/80: PwC, Mulighetsrom for interkommunalt samarbeid i Indre Namdal (2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lib.domain.costs.kroner import amount, exact, label, whole
from lib.model.costs import EQUAL, POPULATION, TODAY, CostModel, Keys, Number
from lib.model.problems import AppError

Shares = dict[str, Fraction]


def fixed_part(percent: int, key: str = POPULATION) -> CostModel:
    """`percent` split equally and the rest by `key`: the model 20/80 is `fixed_part(20)`."""
    parts = {EQUAL: percent, key: 100 - percent}
    return CostModel(f"{percent}_{100 - percent}", {name: share for name, share in parts.items() if share})


def by_key(key: str) -> CostModel:
    """All by one allocation key: pupils, cases, today's cost, or whatever figure the municipalities have."""
    return CostModel(key, {key: 100})


FIXED_PARTS: tuple[CostModel, ...] = tuple(fixed_part(percent) for percent in (20, 0, 30, 40, 50))
DEFAULT_MODELS: tuple[CostModel, ...] = (*FIXED_PARTS, by_key(TODAY))


def exact_shares(total: int, keys: Keys, model: CostModel, year: int | None = None) -> Shares:
    """What each pays of a cost in whole kroner, before rounding; names in the order of `keys`.

    `year` counts from 1 within the model's phase-in; None is the model when it counts fully. Only figures of keys that
    the model uses are asked for. AppError: `single_participant`, `key_missing`, `key_sums_to_zero`, `population_zero`,
    `shares_not_100`, `percent_out_of_range`, `unknown_host`, `unknown_municipality`, `floors_above_total`,
    `floor_above_cap`, `caps_below_total`, `negative_amount`, `not_whole_kroner`, `not_a_number`.
    """
    parts = _by_model(keys, model)
    new = _phased(model, year)
    if new != 1:
        today = key_parts(keys, TODAY)
        parts = {name: new * part + (1 - new) * today[name] for name, part in parts.items()}
    wanted = {name: total * part for name, part in parts.items()}
    if model.floor is None and model.cap is None:
        return wanted
    return _within_limits(total, wanted, model)


def key_parts(keys: Keys, key: str) -> Shares:
    """Each municipality's part of a key, as shares of 1; AppError as `exact_shares`."""
    if len(keys) < 2:
        raise AppError("single_participant")
    if key == EQUAL:
        return dict.fromkeys(keys, Fraction(1, len(keys)))
    figures = {name: _figure(name, key, row) for name, row in keys.items()}
    total = sum(figures.values())
    if total == 0:
        raise AppError("key_sums_to_zero", key=label(key))
    return {name: figure / total for name, figure in figures.items()}


def _figure(name: str, key: str, row: Mapping[str, Number]) -> Fraction:
    if row.get(key) is None:
        raise AppError("key_missing", municipality=name, key=label(key))
    figure = amount(row[key], name)
    if key == POPULATION and figure == 0:
        raise AppError("population_zero", municipality=name)
    return figure


def _by_model(keys: Keys, model: CostModel) -> Shares:
    """Each municipality's part when the model counts fully, the host's own included."""
    weights = {key: amount(share, label(key)) for key, share in model.shares.items()}
    if sum(weights.values()) != 100:
        raise AppError("shares_not_100", found=float(sum(weights.values())))
    columns = [(weight / 100, key_parts(keys, key)) for key, weight in weights.items() if weight]
    parts = {name: sum((weight * part[name] for weight, part in columns), Fraction()) for name in keys}
    if model.host is None:
        return parts
    if model.host not in keys:
        raise AppError("unknown_host", municipality=model.host)
    own = _percent(model.host_percent)
    return {name: part * (1 - own) + (own if name == model.host else 0) for name, part in parts.items()}


def _phased(model: CostModel, year: int | None) -> Fraction:
    """How much the model counts that year, as a share of 1."""
    steps = [_percent(step) for step in model.phase_in]
    if year is None or year > len(steps):
        return Fraction(1)
    return steps[max(year, 1) - 1]


def _percent(value: Number) -> Fraction:
    percent = exact(value, "@cost_words.percent")
    if not 0 <= percent <= 100:
        raise AppError("percent_out_of_range", found=float(percent))
    return percent / 100


def _within_limits(total: int, wanted: Shares, model: CostModel) -> Shares:
    """Each pays its floor, its cap, or in between: the same multiple of what the model wants, so that all is paid.

    That multiple is found exactly: what is paid grows with it along straight lines that bend where somebody leaves a
    floor or reaches a cap.
    """
    low, high = _limits(model.floor, wanted, 0), _limits(model.cap, wanted, total)
    _check_limits(total, wanted, low, high)

    def paid(level: Fraction) -> Shares:
        return {name: min(max(level * want, low[name]), high[name]) for name, want in wanted.items()}

    bends = {limit[name] / want for limit in (low, high) for name, want in wanted.items() if want}
    start = max(bend for bend in bends | {Fraction()} if sum(paid(bend).values()) <= total)
    rest = total - sum(paid(start).values())
    growing = [name for name, want in wanted.items() if low[name] <= start * want < high[name]]
    slope = sum(wanted[name] for name in growing)
    return paid(start + rest / slope if slope else start)


def _limits(limit: int | Mapping[str, int] | None, wanted: Shares, default: int) -> Shares:
    """The limit of each, in whole kroner, whoever is not named having the default."""
    if limit is None:
        return dict.fromkeys(wanted, Fraction(default))
    named = limit if isinstance(limit, Mapping) else dict.fromkeys(wanted, limit)
    for name in named:
        if name not in wanted:
            raise AppError("unknown_municipality", municipality=name)
    return {name: Fraction(whole(named.get(name, default), name)) for name in wanted}


def _check_limits(total: int, wanted: Shares, low: Shares, high: Shares) -> None:
    if sum(low.values()) > total:
        raise AppError("floors_above_total", found=int(sum(low.values())), total=total)
    for name in wanted:
        if low[name] > high[name]:
            raise AppError("floor_above_cap", municipality=name)
    most = sum(high[name] if want else low[name] for name, want in wanted.items())
    if most < total:
        raise AppError("caps_below_total", found=int(most), total=total)
