"""Cost books that several tests read: Indre Namdal with one cooperation or three, all figures made up here.

Populations are those of 1 January 2020 (Statistics Norway, data/befolkning_2020.csv).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lib.actions import open_store
from lib.model.cost_records import CostBook, CostItem, CostKind, ModelChoice, OwnCost, PartialCost, Participation
from lib.model.records import Area, Batch, BatchKind, Municipality, Record, Study, new_id
from lib.store import batches, imports, rows

POPULATION = {"Røyrvik": 461, "Lierne": 1355, "Namsskogan": 843, "Grong": 2359}
EIGHT = POPULATION | {"Kongsberg": 27723, "Notodden": 13049, "Tinn": 5691, "Sigdal": 3467}
MILLION = {"Røyrvik": 123_496, "Lierne": 266_022, "Namsskogan": 184_396, "Grong": 426_086}  # 20/80, PwC 2022


def identity(name: str) -> str:
    return name.lower()


def municipality(name: str, people: int | None, **keys: float) -> Municipality:
    return Municipality(id=identity(name), number="5000", name=name, population=people, keys=keys)


def book(
    today: Mapping[str, Mapping[str, int]],
    costs: Mapping[str, int],
    people: Mapping[str, int | None] = POPULATION,
    **more: Any,
) -> CostBook:
    """A study in which each area has one running cost, and each municipality its cost of today where it is given."""
    areas = tuple(Area(id=identity(area), code=f"A{place}", name=area) for place, area in enumerate(costs, 1))
    own = tuple(
        OwnCost(id=f"{area}-{name}", area=identity(area), municipality=identity(name), kroner=kroner)
        for area, each in today.items()
        for name, kroner in each.items()
    )
    items = tuple(item(area, "Drift", kroner) for area, kroner in costs.items())
    municipalities = tuple(municipality(name, count) for name, count in people.items())
    confirmed = {identity(name): True for name in people}
    return replace(CostBook(municipalities, areas, items, own, (), (), (), confirmed), **more)


def item(area: str, name: str, kroner: int, **more: Any) -> CostItem:
    return CostItem(id=f"{area}-{name}", area=identity(area), name=name, kroner=kroner, **more)


def hump(area: str, kroner: int, year: int | None = None) -> CostItem:
    return item(area, "Innføring", kroner, one_off=True, from_year=year)


def gain(area: str, kroner: int, **more: Any) -> CostItem:
    return item(area, "Gevinst", kroner, kind=CostKind.GAIN, **more)


def alone(area: str, sums: Mapping[str, int], today: Mapping[str, int] | None = None) -> tuple[OwnCost, ...]:
    return tuple(
        OwnCost(
            id=f"{area}-{name}",
            area=identity(area),
            municipality=identity(name),
            kroner=(today or sums)[name],
            alone=kroner,
        )
        for name, kroner in sums.items()
    )


def partial(area: str, members: Sequence[str], kroner: int) -> PartialCost:
    ids = sorted(identity(name) for name in members)
    return PartialCost(id=f"{area}-{ids}", area=identity(area), members=ids, kroner=kroner)


def takes_part(area: str, name: str, **more: Any) -> Participation:
    return Participation(id=f"{area}-{name}", area=identity(area), municipality=identity(name), **more)


def chosen(area: str, **shares: float) -> ModelChoice:
    return ModelChoice(id=identity(area), shares=shares, phase_in=[])


TODAY = {"Røyrvik": 150_000, "Lierne": 260_000, "Namsskogan": 200_000, "Grong": 420_000}
ARCHIVE = book({"Arkiv": TODAY}, {"Arkiv": 1_000_000})
# Payroll favours Grong, archive favours the small ones: in sum all save.
BOTH = book(
    {"Arkiv": TODAY, "Lønn": {"Røyrvik": 120_000, "Lierne": 290_000, "Namsskogan": 190_000, "Grong": 450_000}},
    {"Arkiv": 1_000_000, "Lønn": 1_000_000},
)


def keep(study: Study, book: CostBook) -> None:
    """Write a book into the store, as one batch of the study."""
    records: list[Record] = [*book.municipalities, *book.areas, *book.items, *book.own]
    records += [*book.partial, *book.participation, *book.choices, *book.notes]
    batch = Batch(id=new_id(), study=study.id, kind=BatchKind.FORM, actor="prøve", created_at=datetime.now(UTC))
    with imports.alone(open_store.store(), study.id) as tx:
        batches.begin(tx, batch)
        for kind in {type(record) for record in records}:
            rows.append(tx, batch.id, study.id, [record for record in records if type(record) is kind])
