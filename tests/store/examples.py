"""Records to write: a workbook's worth of rows, small and made up."""

from __future__ import annotations

from datetime import UTC, date, datetime

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
from lib.model.risk_records import (
    Acceptance,
    Countermeasure,
    Knowledge,
    Milestone,
    Override,
    Phase,
    Progress,
    Risk,
    RiskPolicy,
    RiskStatus,
)
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotItem

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


def some_risks() -> tuple[Record, ...]:
    """Every kind of record about risks, every optional column filled somewhere and empty somewhere."""
    day = date(2026, 11, 25)
    return (
        Risk(id="k1", factor="Nøkkelperson slutter"),
        Risk(
            id="k2", factor="Systemet er forsinket", cause="Anbud", area="a", measure="F1", inherent_probability=5,
            inherent_consequence=4, probability=3, consequence=4, after_probability=2, after_consequence=3,
            highest_by="Gruppe 1", knowledge=Knowledge.WEAK, owner="Prosjektleder", status=RiskStatus.FOLLOWED,
            source="Møte", origin="i1", constructed=True,
        ),
        Countermeasure(id="c1", risk="k2", name="Kursing"),
        Countermeasure(
            id="c2", risk="k2", name="Reserve", probability=2, consequence=1, cost=10**12, owner="Leder", deadline=day,
            progress=Progress.DONE, phase=Phase.PLANNING, constructed=True,
        ),
        Milestone(id="m1", name="Avtale vedtatt", phase=Phase.ORGANISATION),
        Milestone(
            id="m2", name="Avtale signert", phase=Phase.EXECUTION, area="a", owner="Rådmann", deadline=day, done_on=day,
            origin="k2", constructed=True,
        ),
        Acceptance(
            id="k1", role="Styringsgruppen", reason="Lite å gjøre.", accepted={"probability": 1, "cause": None},
            accepted_by="leder", accepted_at=NOW,
        ),
        RiskPolicy(
            id="s", rules=[{"key": "critical_risk", "criterion": None, "comparison": ">=", "limit": 12.0}], reason="N",
            steps={"probability.1": "Svært sjelden"},
        ),
        Override(id="s", role="Ordfører", reason="Haster.", given_by="leder", given_at=NOW),
        Override(id="a", role="Rådmann", reason="Haster.", given_by="leder", given_at=NOW, risks=["k1", "k2"]),
    )  # fmt: skip


def some_swot() -> tuple[Record, ...]:
    """Every kind of record about functions in words, every optional column filled somewhere and empty somewhere."""
    return (
        SwotItem(id="w1", area="a", quadrant=Quadrant.THREAT, text="Lite fagmiljø"),
        SwotItem(
            id="w2", area="a", quadrant=Quadrant.STRENGTH, text="Høy kompetanse", municipality="m1",
            role=RaterRole.EMPLOYEES, source="Intervju", theme="Kompetanse", workshop="w", points=3, voices=2,
            became="k1", constructed=True,
        ),
        Force(id="f1", area="a", side=Side.DRIVER, text="Vilje"),
        Force(
            id="f2", area="a", side=Side.BARRIER, text="To systemer", strength=4, source="Forstudie", origin="w1",
            constructed=True,
        ),
        Note(id="n1", area="a", kind=NoteKind.TIME, text="Mindre dobbeltarbeid"),
        Note(
            id="n2", area="a", kind=NoteKind.CULTURE, text="Ulik praksis", municipality="m1", source="Forstudie",
            constructed=True,
        ),
    )  # fmt: skip


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
