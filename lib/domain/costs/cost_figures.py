"""Whether figures about costs can be right, and what of a municipality's figures it confirms."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from hashlib import sha256

from lib.domain.costs.kroner import amount, exact, label
from lib.model.cost_records import CostItem, CostKind, ModelChoice, OwnCost, PartialCost, Participation
from lib.model.problems import AppError, Fault
from lib.model.records import Municipality, Record


def faults(record: Record) -> list[Fault]:
    """What in a record contradicts itself."""
    found: list[Fault] = []
    match record:
        case CostItem(from_year=int(first), to_year=int(last)) if last < first:
            found.append(Fault("years_out_of_order", "to_year", {"first": str(first), "last": str(last)}))
        case CostItem(one_off=True, from_year=None):
            found.append(Fault("one_off_without_year", "from_year"))
        case PartialCost(members=members) if len(members) < 2:
            found.append(Fault("single_member", "members"))
        case Participation(takes_part=False, host=True):
            found.append(Fault("host_takes_no_part", "host"))
    return found


def faults_together(records: Iterable[Record]) -> list[tuple[Record, Fault]]:
    """What in several records contradicts each other, said of the later one: an area has one host."""
    hosts: dict[str, str] = {}
    found: list[tuple[Record, Fault]] = []
    for record in records:
        if isinstance(record, Participation) and record.host:
            first = hosts.setdefault(record.area, record.municipality)
            if first != record.municipality:
                found.append((record, Fault("two_hosts", "host", {"municipality": first})))
    return found


def forgotten(items: Iterable[CostItem]) -> list[CostKind]:
    """The kinds of cost that are easily left out and that an area's lines lack; none where there is no line at all."""
    kinds = {item.kind for item in items}
    return [kind for kind in (CostKind.OVERHEAD, CostKind.PENSION) if kinds and kind not in kinds]


def digest(municipality: Municipality, own: Iterable[OwnCost]) -> str:
    """Of all that the municipality itself answers for: its population and keys, and what it pays today."""
    costs = sorted((row.area, row.kroner, row.alone, row.jobs) for row in own if row.municipality == municipality.id)
    figures = [municipality.population, municipality.year, sorted(municipality.keys.items()), costs]
    return sha256(json.dumps(figures).encode()).hexdigest()


def check_choice(choice: ModelChoice, municipalities: Collection[str]) -> None:
    """AppError where the choice is no model: shares that are not 100, limits that cross, an unknown host."""
    shares = [amount(share, label(key)) for key, share in choice.shares.items()]
    if sum(shares) != 100:
        raise AppError("shares_not_100", found=float(sum(shares)))
    for percent in (choice.host_percent, *choice.phase_in):
        if not 0 <= exact(percent, "@cost_words.percent") <= 100:
            raise AppError("percent_out_of_range", found=percent)
    if choice.host is not None and choice.host not in municipalities:
        raise AppError("unknown_host", municipality=choice.host)
    _check_limits(choice.floor, choice.cap)
    floors, caps = choice.floors or {}, choice.caps or {}
    for town in {**floors, **caps}:
        if town not in municipalities:
            raise AppError("unknown_municipality", municipality=town)
        _check_limits(floors.get(town), caps.get(town))


def _check_limits(floor: int | None, cap: int | None) -> None:
    for limit, name in ((floor, "floor"), (cap, "cap")):
        if limit is not None:
            amount(limit, f"@cost_words.{name}")
    if floor is not None and cap is not None and floor > cap:
        raise AppError("floor_above_cap_for_all")
