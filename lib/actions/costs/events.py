"""What can happen once a cooperation runs, and who then carries what: one table of whole kroner for each event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lib.access import Action
from lib.actions.costs.cases import Case
from lib.actions.reads import reads
from lib.domain.costs import settlement
from lib.domain.costs.allocation import allocate
from lib.domain.costs.kroner import exact, round_half_up
from lib.domain.costs.settlement import YearCost
from lib.model.costs import CostModel
from lib.model.problems import AppError
from lib.model.records import Study

ENTRY, EXIT, OVERSPEND, INDEX, ACCOUNT = "entry", "exit", "overspend", "index", "account"
BEFORE, AFTER, DIFFERENCE = "before", "after", "difference"


@dataclass(frozen=True, slots=True)
class Event:
    """What happens. `percent` is of the overspend, the index or what is bound on exit; `municipality` who comes, leaves
    or carries an overspend first, with `host_percent` of it; `used` and `lifetime` are years.
    """

    kind: str
    percent: float = 10
    municipality: str = ""
    host_percent: float = 0
    used: int = 2
    lifetime: int = 10


@dataclass(frozen=True, slots=True)
class Carried:
    """Who carries what: column → municipality → kroner, columns as `BEFORE`, `AFTER`, `DIFFERENCE`."""

    event: Event
    columns: Mapping[str, Mapping[str, int]]

    @property
    def difference(self) -> Mapping[str, int]:
        return self.columns[DIFFERENCE]


@reads(Action.COSTS_VIEW)
def carried(study: Study, case: Case, model: CostModel, event: Event) -> Carried:
    """AppError as the functions of `settlement`."""
    known = {ENTRY: _entry, EXIT: _exit, OVERSPEND: _overspend, INDEX: _index, ACCOUNT: _account}
    return Carried(event, known[event.kind](case, model, event))


_Columns = dict[str, Mapping[str, int]]


def _percent(kroner: int, percent: float) -> int:
    return round_half_up(kroner * exact(percent, "@cost_words.percent") / 100)


def _overspend(case: Case, model: CostModel, event: Event) -> _Columns:
    """The budget shared by the model, and what each carries of the year's overspend."""
    actual = case.total + _percent(case.total, event.percent)
    host = event.municipality or None
    more = settlement.overspend(case.total, actual, case.keys, model, host, event.host_percent)
    budget = case.shared(model)
    return _columns(budget, {name: kroner + more[name] for name, kroner in budget.items()})


def _account(case: Case, model: CostModel, event: Event) -> _Columns:
    """Payments on account by the budget, and the year's true cost shared by the same model."""
    paid = allocate(case.total, case.keys, model)
    actual = case.total + _percent(case.total, event.percent)
    settled = settlement.settle(actual, paid, case.keys, model)
    return _columns(paid, {name: each.share for name, each in settled.items()})


def _index(case: Case, model: CostModel, event: Event) -> _Columns:
    budget = case.shared(model)
    return _columns(budget, settlement.indexed(budget, 100, exact(event.percent, "@cost_words.index") + 100))


def _entry(case: Case, model: CostModel, event: Event) -> _Columns:
    """One of them comes later: what the others have carried of the one-off cost, and what it buys itself in for."""
    spent, keys = sum(line.kroner for line in case.one_off), dict(case.keys)
    if event.municipality not in keys:
        raise AppError("unknown_municipality", municipality=event.municipality)
    others = {name: row for name, row in keys.items() if name != event.municipality}
    before = allocate(spent, others, model)
    moved = settlement.buy_in(event.municipality, before, keys, model, event.used, event.lifetime)
    first = {name: before.get(name, 0) for name in keys}
    return _columns(first, {name: kroner + moved[name] for name, kroner in first.items()})


def _exit(case: Case, model: CostModel, event: Event) -> _Columns:
    """A year before and the first year after one has left, when part of the cost is still bound."""
    bound = _percent(case.total, event.percent)
    years = [YearCost(1, case.total, 0), YearCost(2, case.total, bound)]
    paid = settlement.exit_with_notice(years, case.keys, model, event.municipality, 1)
    return _columns(paid[1], paid[2])


def _columns(before: Mapping[str, int], after: Mapping[str, int]) -> _Columns:
    difference = {name: kroner - before[name] for name, kroner in after.items()}
    return {BEFORE: before, AFTER: after, DIFFERENCE: difference}
