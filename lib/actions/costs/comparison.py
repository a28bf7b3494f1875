"""What each way to share means for each municipality: one cooperation by several models, and all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lib.access import Action
from lib.actions.costs import cases
from lib.actions.costs.cases import Case, Member, case_of
from lib.actions.reads import reads
from lib.domain.costs import allocation
from lib.domain.costs.allocation import BreakEven
from lib.domain.costs.models import DEFAULT_MODELS, fixed_part
from lib.i18n import alphabetical
from lib.model.cost_records import CostBook
from lib.model.costs import CostModel, Outcome
from lib.model.problems import AppError
from lib.model.records import Area, Study


@dataclass(frozen=True, slots=True)
class Share:
    """What a municipality pays by a model. `change` is from today, `saving` against alone; None where unknown."""

    municipality: str
    kroner: int
    percent: float | None
    per_inhabitant: float | None
    today: int | None
    change: int | None
    saving: int | None

    @property
    def outcome(self) -> Outcome | None:
        if self.change is None:
            return None
        return Outcome.SAME if not self.change else Outcome.PAYS_MORE if self.change > 0 else Outcome.PAYS_LESS


@dataclass(frozen=True, slots=True)
class Compared:
    """One model's shares, or why it cannot be used."""

    model: CostModel
    shares: tuple[Share, ...]
    error: AppError | None = None

    @property
    def more(self) -> tuple[Share, ...]:
        """Who pays more than today, most first."""
        more = [share for share in self.shares if share.outcome is Outcome.PAYS_MORE]
        return tuple(sorted(more, key=lambda share: -(share.change or 0)))

    @property
    def less(self) -> tuple[Share, ...]:
        return tuple(share for share in self.shares if share.outcome is Outcome.PAYS_LESS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A cooperation by several models, the one that is looked at first."""

    case: Case
    models: tuple[Compared, ...]

    @property
    def main(self) -> Compared:
        return self.models[0]


@reads(Action.COSTS_VIEW)
def comparison(study: Study, case: Case, main: CostModel, models: Sequence[CostModel] = DEFAULT_MODELS) -> Comparison:
    """`main` and the others side by side; a model that cannot be used carries its error and hinders no other."""
    chosen = [case.chosen] if case.chosen else []
    wanted = [main, *(model for model in [*chosen, *models] if not same(model, main))]
    return Comparison(case, tuple(_compared(case, model) for model in _once(wanted)))


def same(one: CostModel, other: CostModel) -> bool:
    """Whether two models share alike, whatever they are called."""
    return replace(one, key="") == replace(other, key="")


def _once(models: Iterable[CostModel]) -> list[CostModel]:
    kept: list[CostModel] = []
    for model in models:
        if not any(same(model, each) for each in kept):
            kept.append(model)
    return kept


def _compared(case: Case, model: CostModel) -> Compared:
    try:
        paid = case.shared(model)
    except AppError as error:
        return Compared(model, (), error)
    return Compared(model, tuple(_share(case, member, paid[member.name]) for member in case.members))


def _share(case: Case, member: Member, kroner: int) -> Share:
    today, alone, people = case.today.get(member.name), case.alone.get(member.name), member.population
    return Share(
        member.name,
        kroner,
        100 * kroner / case.total if case.total else None,
        kroner / people if people else None,
        today,
        None if today is None else kroner - today,
        None if alone is None else alone - kroner,
    )


@dataclass(frozen=True, slots=True)
class Span:
    """The fixed parts that everybody can live with, measured by `against`: «today» or «alone»."""

    against: str
    found: BreakEven

    @property
    def band(self) -> tuple[float, float] | None:
        """From and to in per cent, where there is a span."""
        low, high = self.found.low, self.found.high
        return None if low is None or high is None else (float(low), float(high))

    def meets(self, case: Case) -> dict[str, tuple[float, int]]:
        """Where a municipality pays just its limit: (per cent, kroner); without those for which that never is so."""
        limits = case.today if self.against == "today" else case.alone
        known = {name: (float(own[0]), float(own[1])) for name, own in self.found.intervals.items() if own}
        ends = {name: high if low == 0 else low for name, (low, high) in known.items() if (low, high) != (0.0, 100.0)}
        return {name: (percent, limits[name]) for name, percent in ends.items()}


@reads(Action.COSTS_VIEW)
def curves(study: Study, case: Case) -> dict[str, list[int]]:
    """Each municipality's whole kroner with 0, 1, … 100 per cent split equally and the rest by inhabitants."""
    paid = [case.shared(fixed_part(percent)) for percent in range(101)]
    return {name: [row[name] for row in paid] for name in case.keys}


@reads(Action.COSTS_VIEW)
def span(study: Study, case: Case, against: str) -> Span | None:
    """Within which fixed parts nobody pays more than its limit; None where somebody's limit is not known."""
    limits = case.today if against == "today" else case.alone
    if len(limits) < len(case.members):
        return None
    apart = case.apart()
    left = {name: limits[name] - apart[name] for name in limits}
    found = allocation.break_even(case.free, case.keys, {name: max(kroner, 0) for name, kroner in left.items()})
    return Span(against, _below_zero(found, left, case.total - sum(limits.values())))


def _below_zero(found: BreakEven, left: Mapping[str, int], missing: int) -> BreakEven:
    """The same, where lines with a model of their own have taken more than somebody's whole limit."""
    over = {name: -kroner for name, kroner in left.items() if kroner < 0}
    missing_kroner = Fraction(max(missing, 0))
    if not over:
        return replace(found, missing=missing_kroner)
    excess = {name: found.excess.get(name, Fraction()) + over.get(name, 0) for name in {**found.excess, **over}}
    intervals = {name: None if name in over else own for name, own in found.intervals.items()}
    return BreakEven(None, None, intervals, excess, tuple(excess), (), (), missing_kroner)


@dataclass(frozen=True, slots=True)
class Summed:
    """A municipality over all cooperations. `changes` is area id → change; jobs are None where nobody has told."""

    municipality: str
    kroner: int
    today: int
    per_inhabitant: float | None
    changes: Mapping[str, int]
    jobs_lost: float | None
    jobs_gained: float | None

    @property
    def change(self) -> int:
        return self.kroner - self.today


@dataclass(frozen=True, slots=True)
class Together:
    """All cooperations by their models. `left_out` are those that cannot be summed, and why."""

    rows: tuple[Summed, ...]
    models: Mapping[str, CostModel]
    areas: Mapping[str, Area]
    left_out: tuple[tuple[Area, AppError], ...]
    unconfirmed: tuple[str, ...]
    constructed: bool

    @property
    def more(self) -> tuple[Summed, ...]:
        """Who pays more than today in all, most first."""
        return tuple(sorted((row for row in self.rows if row.change > 0), key=lambda row: -row.change))

    @property
    def more_somewhere(self) -> tuple[Summed, ...]:
        """Who pays more than today in at least one cooperation."""
        return tuple(row for row in self.rows if any(change > 0 for change in row.changes.values()))


@reads(Action.COSTS_VIEW)
def together(study: Study, book: CostBook, what_if: Mapping[str, CostModel] | None = None) -> Together:
    """The sum for each municipality over all areas with costs; `what_if` is area id → another model for it.

    An area counts when it can be shared and everybody's cost of today is known, so that both sums hold the same.
    """
    found: list[tuple[Case, CostModel, dict[str, int]]] = []
    left_out = []
    for area in cases.areas(book):
        case = case_of(book, area.id)
        model = (what_if or {}).get(area.id, case.model)
        try:
            found.append((case, model, _comparable(case, model)))
        except AppError as error:
            left_out.append((area, error))
    names = sorted({member.name for case, _, _ in found for member in case.members}, key=alphabetical)
    unconfirmed = dict.fromkeys(name for case, _, _ in found for name in case.unconfirmed)
    return Together(
        tuple(_summed(name, found) for name in names),
        {case.area.id: model for case, model, _ in found if case.area},
        {case.area.id: case.area for case, _, _ in found if case.area},
        tuple(left_out),
        tuple(unconfirmed),
        book.constructed,
    )


def _comparable(case: Case, model: CostModel) -> dict[str, int]:
    for member in case.members:
        if member.today is None:
            raise AppError("limit_missing", municipality=member.name)
    return case.shared(model)


def _summed(name: str, found: list[tuple[Case, CostModel, dict[str, int]]]) -> Summed:
    own = [(case, paid[name], member) for case, _, paid in found for member in case.members if member.name == name]
    kroner, people = sum(paid for _, paid, _ in own), own[0][2].population
    moved = [change for case, _, member in own if (change := jobs_change(case, member)) is not None]
    return Summed(
        name,
        kroner,
        sum(member.today or 0 for _, _, member in own),
        kroner / people if people else None,
        {case.area.id: paid - (member.today or 0) for case, paid, member in own if case.area},
        -sum(change for change in moved if change < 0) if moved else None,
        sum(change for change in moved if change > 0) if moved else None,
    )


def jobs_change(case: Case, member: Member) -> float | None:
    """Full-time equivalents that come to a municipality (or leave it, below zero); None where nobody has told.

    Who has not told takes part without jobs of its own, once somebody has told where the jobs are to be.
    """
    if member.jobs is None or all(each.jobs_here is None for each in case.members):
        return None
    return (member.jobs_here or 0) - member.jobs
