"""Records to write: a workbook's worth of rows, small and made up."""

from __future__ import annotations

from datetime import UTC, datetime

from lib.model.cost_records import (
    Confirmation,
    CostItem,
    CostKind,
    ModelChoice,
    OwnCost,
    PartialCost,
    Participation,
)
from lib.model.records import (
    Area,
    Batch,
    BatchKind,
    Comment,
    Municipality,
    Rater,
    RaterRole,
    Rating,
    Record,
    Rows,
    Study,
    Workshop,
    new_id,
    stable_id,
)

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def a_study(slug: str = "indre-namdal") -> Study:
    return Study(id=new_id(), slug=slug, name="Indre Namdal", demo=True, created_at=NOW)


def a_batch(study: str, kind: BatchKind = BatchKind.UPLOAD) -> Batch:
    return Batch(id=new_id(), study=study, kind=kind, actor="fasilitator", created_at=NOW, counts={"areas": 2})


def a_workshop(study: str) -> Workshop:
    return Workshop(id=stable_id(study, "workshop", "januar"), name="Januar", method="prioritisation")


def some_rows(study: str) -> Rows:
    """One of each kind, every optional column filled somewhere and empty somewhere."""
    workshop = a_workshop(study)
    group = Rater(
        id=stable_id(workshop.id, "rater", "gruppe 1"),
        workshop=workshop.id,
        name="Gruppe 1",
        role=RaterRole.ELECTED,
        municipality="Grong",
    )
    areas = (
        Area(id=stable_id(study, "area", "1"), code="1", name="Rus og psykiatri", individual_decisions=True),
        Area(id=stable_id(study, "area", "2"), code="2", name="Næringsutvikling", sector="Næring", today="Ulikt."),
    )
    return Rows(
        municipalities=(
            Municipality(
                id="m1",
                number="5045",
                name="Grong",
                population=2377,
                year=2020,
                keys={"elever": 301.0, "areal": 1136.5},
            ),
            Municipality(id="m2", number="5043", name="Røyrvik"),
        ),
        areas=areas,
        workshops=(workshop,),
        raters=(group, Rater(id="r2", workshop=workshop.id, name="Gruppe 2")),
        ratings=tuple(
            Rating(workshop.id, 1, group.id, area.id, criterion, value)
            for area in areas
            for criterion, value in (("potential", 8), ("feasibility", None))
        ),
        comments=(Comment(workshop.id, 1, group.id, areas[0].id, "Haster."),),
    )


def some_costs() -> tuple[Record, ...]:
    """Every kind of cost record, every optional column filled somewhere and empty somewhere."""
    return (
        CostItem(id="i1", area="a", name="Lønn", kroner=10**12, variable=True, from_year=2026, to_year=2030, model="x"),
        CostItem(id="i2", area="a", name="Oppstart", kroner=0, kind=CostKind.GAIN, one_off=True, constructed=True),
        OwnCost(id="o1", area="a", municipality="m1", kroner=1_250_000, alone=1_500_000, jobs=1.25, constructed=True),
        OwnCost(id="o2", area="a", municipality="m2", kroner=0),
        PartialCost(id="p1", area="a", members=["m1", "m2"], kroner=700_000),
        Participation(id="t1", area="a", municipality="m1", host=True, jobs=2.0),
        Participation(id="t2", area="a", municipality="m2", takes_part=False, constructed=True),
        ModelChoice(id="a", shares={"equal": 20.0, "population": 80.0}, phase_in=[]),
        ModelChoice(
            id="b", shares={"elever": 100.0}, floor=0, cap=9, host="m1", host_percent=12.5, phase_in=[33.3, 66.7]
        ),
        Confirmation(id="m1", digest="ab", confirmed_by="leder", confirmed_at=NOW),
    )
