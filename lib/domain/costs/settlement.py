"""What changes once a cooperation runs: settlement, overspend, later entry, exit with notice, and indexing.

Whole kroner in, whole kroner out, and every krone is carried by somebody. A model shares a cost as in
`lib.domain.costs.allocation`; errors are those of `allocate` and those named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lib.domain.costs.allocation import allocate
from lib.domain.costs.kroner import amount, exact, round_half_up, whole, whole_kroner
from lib.model.costs import CostModel, Keys, Number
from lib.model.problems import AppError


@dataclass(frozen=True, slots=True)
class Settled:
    """What a municipality is to carry, what it has paid on account, and the difference: above 0 it pays more."""

    share: int
    paid: int
    balance: int


def settle(
    actual: Number, paid: Mapping[str, Number], keys: Keys, model: CostModel, year: int | None = None
) -> dict[str, Settled]:
    """The year's actual cost shared by the model, against payments on account; `year` as in `allocate`.

    Who has paid nothing may be left out of `paid`. The balances sum to actual − paid: where that is 0 the
    municipalities settle among themselves, otherwise the joint account receives or pays the rest. AppError
    `unknown_municipality` for a payment by somebody who does not take part.
    """
    _known(paid, keys)
    on_account = {name: whole(paid.get(name, 0), name) for name in keys}
    shares = allocate(actual, keys, model, year)
    return {name: Settled(share, on_account[name], share - on_account[name]) for name, share in shares.items()}


def overspend(
    budget: Number,
    actual: Number,
    keys: Keys,
    model: CostModel,
    host: str | None = None,
    host_percent: Number = 0,
    year: int | None = None,
) -> dict[str, int]:
    """What each carries of actual − budget: `host` first `host_percent` of it, the rest by the model; sums to it.

    A cost below budget is handed back by the same rule, as amounts below zero. Floors, caps and a host's surcharge of
    the model itself are for the whole cost and do not count here. `year` as in `allocate`.
    """
    difference = whole(actual, "@cost_words.total") - whole(budget, "@cost_words.total")
    rule = replace(model, floor=None, cap=None, host=host, host_percent=host_percent)
    sign = -1 if difference < 0 else 1
    return {name: sign * kroner for name, kroner in allocate(abs(difference), keys, rule, year).items()}


def buy_in(
    newcomer: str, carried: Mapping[str, Number], keys: Keys, model: CostModel, used: int, lifetime: int
) -> dict[str, int]:
    """What a newcomer pays for what the others have built up, and what each of them gets back; sums to 0.

    `carried` is what each has paid of the joint one-off cost. After `used` of `lifetime` years what is left of it is
    the straight-line rest, rounded to a krone. The newcomer pays the model's share of that, as if it had been there
    (`keys` hold it and all others), and the others get it back in proportion to what they carried, as negative
    amounts. AppError: `unknown_municipality`, `newcomer_is_member`, `nothing_carried`, `years_out_of_range`.
    """
    if newcomer in carried:
        raise AppError("newcomer_is_member", municipality=newcomer)
    _known({newcomer: 0, **carried}, keys)
    if not 0 <= used <= lifetime or not lifetime:
        raise AppError("years_out_of_range", found=used, limit=lifetime)
    paid = {name: whole(kroner, name) for name, kroner in carried.items()}
    invested = sum(paid.values())
    if invested == 0:
        raise AppError("nothing_carried")
    left = round_half_up(Fraction(invested * (lifetime - used), lifetime))
    price = allocate(left, keys, model)[newcomer]
    back = whole_kroner({name: Fraction(price * kroner, invested) for name, kroner in paid.items()}, price)
    return {newcomer: price} | {name: -kroner for name, kroner in back.items()}


@dataclass(frozen=True, slots=True)
class YearCost:
    """The cooperation's cost in a year, and how much of it was bound while the leaver took part; whole kroner."""

    year: int
    kroner: int
    bound: int


def exit_with_notice(
    costs: Sequence[YearCost], keys: Keys, model: CostModel, leaver: str, last_year: int
) -> dict[int, dict[str, int]]:
    """Year → what each pays, when `leaver` has given notice and takes part through `last_year`.

    Through that year all share the whole cost. Later all, the leaver too, share what is `bound` (leases, pensions,
    loans) by the same model and keys, and those who stay share the rest. Each year sums to its cost. A floor or cap
    would mean another thing for a part of a cost, so the model must be without (AppError `limits_not_for_exit`).
    AppError: `unknown_municipality`, `bound_above_cost`, and `single_participant` when fewer than two stay.
    """
    _known({leaver: 0}, keys)
    if model.floor is not None or model.cap is not None:
        raise AppError("limits_not_for_exit")
    staying = {name: row for name, row in keys.items() if name != leaver}
    without = replace(model, host=None, host_percent=0) if model.host == leaver else model
    found = {}
    for cost in costs:
        total, bound = whole(cost.kroner, str(cost.year)), whole(cost.bound, str(cost.year))
        if bound > total:
            raise AppError("bound_above_cost", year=str(cost.year))
        if cost.year <= last_year:
            found[cost.year] = allocate(total, keys, model)
            continue
        shared, rest = allocate(bound, keys, model), allocate(total - bound, staying, without)
        found[cost.year] = {name: kroner + rest.get(name, 0) for name, kroner in shared.items()}
    return found


def indexed(amounts: Mapping[str, Number], then: Number, now: Number) -> dict[str, int]:
    """Each amount × now ÷ then, in whole kroner that sum to the indexed total (halves up).

    AppError `index_not_positive` unless both figures of the index are above 0.
    """
    before, after = exact(then, "@cost_words.index"), exact(now, "@cost_words.index")
    if before <= 0 or after <= 0:
        raise AppError("index_not_positive")
    shares = {name: amount(kroner, name) * after / before for name, kroner in amounts.items()}
    return whole_kroner(shares, round_half_up(sum(shares.values(), Fraction())))


def _known(named: Mapping[str, Number], keys: Keys) -> None:
    for name in named:
        if name not in keys:
            raise AppError("unknown_municipality", municipality=name)
