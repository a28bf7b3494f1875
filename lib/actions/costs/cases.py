"""One cooperation as the arithmetic takes it: who takes part, with which keys, what is shared, and today's costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lib.domain.costs.allocation import allocate
from lib.domain.costs.models import FIXED_PARTS, by_key, fixed_part
from lib.i18n import alphabetical
from lib.model.cost_records import CostBook, CostItem, CostKind, ModelChoice, OwnCost, Participation
from lib.model.costs import EQUAL, POPULATION, TODAY, CostModel, Keys, Number
from lib.model.problems import NotFound
from lib.model.records import Area, Municipality

DEFAULT = 20  # per cent split equally where nobody has chosen: the main rule of Indre Namdal (PwC 2022)
CHOSEN, OWN = "chosen", "own"
PLAIN_KEYS = {EQUAL, POPULATION}
# How our own keys are written among a study's, which have the names that people gave them.
SHOWN = {EQUAL: "likt", POPULATION: "innbyggere", TODAY: "som i dag"}
NAMED = {word: key for key, word in SHOWN.items()} | {"equal": EQUAL, "population": POPULATION, "as today": TODAY}


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality that takes part. `today`, `alone` and the jobs (full-time equivalents) are None where unknown."""

    id: str
    name: str
    population: int | None
    keys: Mapping[str, float]
    today: int | None = None
    alone: int | None = None
    jobs: float | None = None
    jobs_here: float | None = None
    host: bool = False


@dataclass(frozen=True)
class Case:
    """What one cooperation costs a year and who shares it. `area` is None for a trial amount.

    `lines` are the running costs of a year in full operation; `one_off` and `gains` the rest of the area's lines.
    """

    area: Area | None
    members: tuple[Member, ...]
    lines: tuple[CostItem, ...]
    one_off: tuple[CostItem, ...] = ()
    gains: tuple[CostItem, ...] = ()
    running: tuple[CostItem, ...] = ()
    chosen: CostModel | None = None
    partial: tuple[tuple[frozenset[str], int], ...] = ()
    unconfirmed: tuple[str, ...] = ()
    constructed: bool = False

    @property
    def model(self) -> CostModel:
        """The one that the cooperation uses: the chosen, or 20/80."""
        return self.chosen or fixed_part(DEFAULT)

    @property
    def total(self) -> int:
        return sum(line.kroner for line in self.lines)

    @cached_property
    def keys(self) -> Keys:
        return {member.name: _figures(member) for member in self.members}

    @cached_property
    def today(self) -> dict[str, int]:
        return {member.name: member.today for member in self.members if member.today is not None}

    @cached_property
    def alone(self) -> dict[str, int]:
        """What each pays without the others: the figure given for that, else today's."""
        sums = {member.name: member.today if member.alone is None else member.alone for member in self.members}
        return {name: kroner for name, kroner in sums.items() if kroner is not None}

    @property
    def knows_today(self) -> bool:
        return len(self.today) == len(self.members)

    @cached_property
    def own_keys(self) -> tuple[str, ...]:
        """The allocation keys that the municipalities have brought, whoever of them has a figure."""
        return tuple(sorted({key for member in self.members for key in member.keys}, key=alphabetical))

    @cached_property
    def whole_keys(self) -> tuple[str, ...]:
        """Those that everybody has a figure for."""
        return tuple(key for key in self.own_keys if all(key in member.keys for member in self.members))

    @property
    def uses_key(self) -> str:
        """The key that variable costs follow: the model's largest that all have a figure for, else inhabitants."""
        parts = {key: float(share) for key, share in self.model.shares.items() if key in self.whole_keys}
        return max(parts, key=lambda key: parts[key]) if parts else POPULATION

    @property
    def models(self) -> tuple[CostModel, ...]:
        """The models that are laid side by side: fixed parts, all by each key that anybody has, and as today."""
        today = [by_key(TODAY)] if self.area else []
        return (*FIXED_PARTS, *map(by_key, self.own_keys if self.area else self.whole_keys), *today)

    def apart(self) -> dict[str, int]:
        """What each pays of the lines that have a model of their own. AppError as `allocate`."""
        paid = dict.fromkeys(self.keys, 0)
        for model, kroner in grouped(self.lines):
            if model is not None:
                paid = added(paid, allocate(kroner, self.keys, model))
        return paid

    @property
    def free(self) -> int:
        """The kroner that follow the cooperation's model."""
        return sum(kroner for model, kroner in grouped(self.lines) if model is None)

    def shared(self, model: CostModel, year: int | None = None) -> dict[str, int]:
        """What each pays of all lines, `model` for those without a model of their own. AppError as `allocate`."""
        return added(self.apart(), allocate(self.free, self.keys, model, year))


def added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: kroner + other.get(name, 0) for name, kroner in one.items()}


def grouped(lines: Iterable[CostItem]) -> Iterator[tuple[CostModel | None, int]]:
    """The models that lines have of their own, None for the area's, and the kroner that follow each."""
    sums = Counter[str]()
    for line in lines:
        sums[line.model or ""] += line.kroner
    return ((named_model(name), kroner) for name, kroner in sums.items())


def named_model(name: str) -> CostModel | None:
    """What a line alone is shared by, as it is written: «20/80», or all by one allocation key; None for nothing."""
    fixed, _, rest = name.replace(" ", "").partition("/")
    if fixed.isascii() and fixed.isdigit() and int(fixed) <= 100 and rest == str(100 - int(fixed)):
        return fixed_part(int(fixed))
    return by_key(NAMED.get(name.casefold(), name)) if name else None


def model_names(case: Case) -> tuple[str, ...]:
    """How the models are written that a line alone can have."""
    fixed = (f"{share}/{100 - share}" for share in map(fixed_share, FIXED_PARTS) if share is not None)
    return (*fixed, *SHOWN.values(), *case.whole_keys)


def fixed_share(model: CostModel) -> int | None:
    """The whole per cent split equally where all the rest follows inhabitants and nothing else is agreed."""
    plain = set(model.shares) <= PLAIN_KEYS and not model.phase_in
    limits = (model.floor, model.cap, model.host) != (None, None, None)
    share = float(model.shares.get(EQUAL, 0))
    return int(share) if plain and not limits and share.is_integer() else None


def areas(book: CostBook) -> tuple[Area, ...]:
    """The areas that have running costs, by code."""
    costed = {item.area for item in book.items if not item.one_off and item.kind is not CostKind.GAIN}
    return tuple(sorted((area for area in book.areas if area.id in costed), key=lambda area: alphabetical(area.code)))


def case_of(book: CostBook, area: str) -> Case:
    """The cooperation on an area. NotFound for an area that is not there."""
    found = next((each for each in book.areas if each.id == area), None)
    if found is None:
        raise NotFound
    items = [item for item in book.items if item.area == area]
    running = tuple(item for item in items if not item.one_off and item.kind is not CostKind.GAIN)
    members = _members(book, area)
    named = names_of(members)
    choice = next((each for each in book.choices if each.id == area), None)
    return Case(
        found,
        members,
        _full_year(running),
        tuple(item for item in items if item.one_off and item.kind is not CostKind.GAIN),
        tuple(item for item in items if item.kind is CostKind.GAIN),
        running,
        model_of(choice, names(book), named) if choice else None,
        tuple(_partial(book, area, named)),
        tuple(member.name for member in members if not book.confirmed.get(member.id, False)),
        book.constructed,
    )


def trial(book: CostBook, kroner: int) -> Case:
    """A sum to try the models on, shared by all municipalities of the study; needs no budget."""
    line = CostItem(id="trial", area="", name="", kroner=kroner)
    members = tuple(Member(row.id, names(book)[row.id], row.population, row.keys) for row in _sorted(book))
    unsure = tuple(member.name for member in members if not book.confirmed.get(member.id, False))
    return Case(None, members, (line,), unconfirmed=unsure)


def names(book: CostBook) -> dict[str, str]:
    """Id → name, with the number behind it where two are called the same."""
    seen = Counter(row.name for row in book.municipalities)
    return {row.id: row.name if seen[row.name] == 1 else f"{row.name} ({row.number})" for row in book.municipalities}


def names_of(members: Iterable[Member]) -> dict[str, str]:
    """Id → name."""
    return {member.id: member.name for member in members}


def model_of(choice: ModelChoice, named: Mapping[str, str], members: Mapping[str, str]) -> CostModel:
    """A stored choice as the arithmetic takes it; limits of those who take no part do not count. Both are id → name."""
    floor, cap = _limits(choice.floors, choice.floor, members), _limits(choice.caps, choice.cap, members)
    plain = CostModel(CHOSEN, dict(choice.shares), floor, cap, phase_in=tuple(choice.phase_in))
    if choice.host is None:
        return plain
    return replace(plain, host=named.get(choice.host, choice.host), host_percent=choice.host_percent)


def _limits(
    each: Mapping[str, int] | None, all_: int | None, members: Mapping[str, str]
) -> int | dict[str, int] | None:
    if not each:
        return all_
    return {members[town]: kroner for town, kroner in each.items() if town in members} or None


def choice_of(model: CostModel, area: str, ids: Mapping[str, str]) -> ModelChoice:
    """A model as it is stored; `ids` is name → id."""
    return ModelChoice(
        id=area,
        shares={key: float(share) for key, share in model.shares.items()},
        floor=model.floor if isinstance(model.floor, int) else None,
        cap=model.cap if isinstance(model.cap, int) else None,
        host=ids.get(model.host or ""),
        host_percent=float(model.host_percent),
        phase_in=[float(step) for step in model.phase_in],
        floors=_by_id(model.floor, ids),
        caps=_by_id(model.cap, ids),
    )


def _by_id(limit: int | Mapping[str, int] | None, ids: Mapping[str, str]) -> dict[str, int] | None:
    return {ids[name]: kroner for name, kroner in limit.items()} if isinstance(limit, Mapping) else None


def in_year(line: CostItem, year: int) -> bool:
    return (line.from_year is None or line.from_year <= year) and (line.to_year is None or year <= line.to_year)


def _full_year(running: tuple[CostItem, ...]) -> tuple[CostItem, ...]:
    """The lines of the first year in which all that are to last have begun."""
    begins = [line.from_year for line in running if line.from_year is not None]
    lasting = [line.from_year for line in running if line.from_year is not None and line.to_year is None]
    if not begins:
        return running
    year = max(lasting, default=min(begins))
    return tuple(line for line in running if in_year(line, year))


def _sorted(book: CostBook) -> list[Municipality]:
    return sorted(book.municipalities, key=lambda row: alphabetical(row.name))


def _members(book: CostBook, area: str) -> tuple[Member, ...]:
    parts = {part.municipality: part for part in book.participation if part.area == area}
    own = {cost.municipality: cost for cost in book.own if cost.area == area}
    called = names(book)
    there = [row for row in _sorted(book) if row.id not in parts or parts[row.id].takes_part]
    return tuple(_member(row, called[row.id], own.get(row.id), parts.get(row.id)) for row in there)


def _member(row: Municipality, name: str, own: OwnCost | None, part: Participation | None) -> Member:
    member = Member(row.id, name, row.population, row.keys)
    if own:
        member = replace(member, today=own.kroner, alone=own.alone, jobs=own.jobs)
    return replace(member, jobs_here=part.jobs, host=part.host) if part else member


def _figures(member: Member) -> dict[str, Number]:
    found: dict[str, Number] = dict(member.keys)
    found |= {POPULATION: member.population} if member.population is not None else {}
    return found | ({TODAY: member.today} if member.today is not None else {})


def _partial(book: CostBook, area: str, named: Mapping[str, str]) -> Iterator[tuple[frozenset[str], int]]:
    """The smaller cooperations whose members all take part."""
    for cost in book.partial:
        if cost.area == area and cost.members and set(cost.members) <= named.keys():
            yield frozenset(named[member] for member in cost.members), cost.kroner
