"""What the app writes as a workbook it reads again as the very same rows."""

from __future__ import annotations

import io
import string
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from openpyxl import load_workbook

from lib.domain.methods import METHODS
from lib.intake.changes import changes
from lib.intake.existing import Existing, comment_key, rating_key
from lib.intake.template import workbook
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.kinds import SheetKind, identity, line
from lib.model.methods import Method
from lib.model.records import (
    Area,
    Comment,
    Municipality,
    Rater,
    RaterRole,
    Rating,
    Record,
    Rows,
    Workshop,
    stable_id,
)
from lib.model.risk_records import Countermeasure, Knowledge, Phase, Progress, Risk, RiskStatus
from lib.model.sheet_kinds import RECORD_SHEETS, sheet_of
from tests.examples import examples
from tests.intake.books import STUDY, checked, texts
from tests.intake.record_studies import known_of, records_of

LETTERS = string.ascii_letters + string.digits + "æøåÆØÅ =+-@'\"<>&_x0041.,;:#/!«»\u00a0é"
NAMES = st.text(LETTERS, min_size=1, max_size=20).map(line).filter(bool)
LONG = st.text(LETTERS + "\n\t\r", min_size=1, max_size=60).filter(lambda text: bool(text.strip()))
FIGURES = st.floats(-1e12, 1e12).map(lambda value: float(f"{value:.15g}"))  # what Excel keeps of a number
NUMBERS = st.integers(301, 5999).map("{:04d}".format)


def existing(rows: Rows) -> Existing:
    return Existing(
        rows.municipalities,
        rows.areas,
        rows.workshops,
        rows.raters,
        {rating_key(rating): rating.value for rating in rows.ratings},
        {comment_key(comment): comment.text for comment in rows.comments},
        rows.records,
    )


@st.composite
def municipalities(draw: st.DrawFn) -> list[Municipality]:
    figures = st.dictionaries(st.sampled_from(["Areal km2", "Elever"]), FIGURES, max_size=2)
    return [
        Municipality(
            id=stable_id(STUDY, "municipality", number),
            number=number,
            name=draw(NAMES),
            population=draw(st.none() | st.integers(0, 10**7)),
            year=draw(st.none() | st.integers(1900, 2100)),
            keys=draw(figures),
        )
        for number in draw(st.lists(NUMBERS, min_size=1, max_size=4, unique=True))
    ]


@st.composite
def areas(draw: st.DrawFn) -> list[Area]:
    codes = st.lists(NAMES, min_size=1, max_size=5, unique_by=str.casefold)
    text = st.none() | LONG
    return [
        Area(
            id=stable_id(STUDY, "area", code.casefold()),
            code=code,
            name=draw(NAMES),
            sector=draw(st.none() | NAMES),
            description=draw(text),
            source=draw(text),
            today=draw(text),
            stays_local=draw(text),
            individual_decisions=draw(st.none() | st.booleans()),
        )
        for code in draw(codes)
    ]


@st.composite
def studies(draw: st.DrawFn) -> Rows:
    """A random study with workshops by different methods; dots stay within their budget."""
    towns, items = draw(municipalities()), draw(areas())
    workshops, raters, ratings, comments = [], [], [], []
    for name in draw(st.lists(NAMES, max_size=3, unique_by=str.casefold)):
        method = METHODS[draw(st.sampled_from([key for key in METHODS if key != "dots"]))]
        shop = Workshop(
            id=stable_id(STUDY, "workshop", name.casefold()),
            name=name,
            method=method.key,
            group_mode=draw(st.booleans()),
            constructed=draw(st.booleans()),
        )
        workshops.append(shop)
        for group in draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold)):
            rater = Rater(
                id=stable_id(shop.id, "rater", group.casefold()),
                workshop=shop.id,
                name=group,
                role=draw(st.none() | st.sampled_from(RaterRole)),
                municipality=draw(st.none() | st.sampled_from([town.id for town in towns])),
            )
            raters.append(rater)
            for item in items:
                number = draw(st.integers(1, 2))
                ratings += draw(answers(shop, number, rater, item, method))
                if text := draw(st.none() | LONG):
                    comments.append(Comment(shop.id, number, rater.id, item.id, text))
    return Rows(tuple(towns), tuple(items), tuple(workshops), tuple(raters), tuple(ratings), tuple(comments))


@st.composite
def answers(draw: st.DrawFn, shop: Workshop, number: int, rater: Rater, item: Area, method: Method) -> list[Rating]:
    return [
        Rating(shop.id, number, rater.id, item.id, criterion.key, draw(st.none() | st.sampled_from(criterion.steps)))
        for criterion in method.criteria
        if draw(st.booleans())
    ]


KRONER = st.integers(0, 10**11)
JOBS = st.floats(0, 1e5).map(lambda value: float(f"{value:.15g}"))
YEARS = st.none() | st.integers(1900, 2100)


@st.composite
def costs(draw: st.DrawFn) -> Rows:
    """A random study with every kind of cost record; nothing in it contradicts itself."""
    towns, items = draw(municipalities()), draw(areas())
    found: list[Record] = []
    for area in items:
        host = draw(st.none() | st.sampled_from([town.id for town in towns]))
        found += draw(cost_items(area))
        for town in towns:
            place: dict[str, Any] = {
                "id": "",
                "area": area.id,
                "municipality": town.id,
                "constructed": draw(st.booleans()),
            }
            found.append(
                OwnCost(kroner=draw(KRONER), alone=draw(st.none() | KRONER), jobs=draw(st.none() | JOBS), **place)
            )
            found.append(
                Participation(
                    takes_part=town.id == host or draw(st.booleans()),
                    host=town.id == host,
                    jobs=draw(st.none() | JOBS),
                    **place,
                )
            )
        if len(towns) > 1:
            members = draw(st.lists(st.sampled_from([town.id for town in towns]), min_size=2, unique=True))
            found.append(PartialCost(id="", area=area.id, members=sorted(members), kroner=draw(KRONER)))
    return Rows(tuple(towns), tuple(items), records=tuple(map(with_id, found)))


@st.composite
def cost_items(draw: st.DrawFn, area: Area) -> list[CostItem]:
    return [
        CostItem(
            id="",
            area=area.id,
            name=name,
            kroner=draw(KRONER),
            kind=draw(st.sampled_from(CostKind)),
            variable=draw(st.booleans()),
            one_off=first is not None and draw(st.booleans()),
            from_year=first,
            to_year=last if first is None or last is None else max(first, last),
            constructed=draw(st.booleans()),
        )
        for name in draw(st.lists(NAMES, max_size=3, unique_by=str.casefold))
        for first, last in [draw(st.tuples(YEARS, YEARS))]
    ]


RISK_STEP = st.none() | st.integers(1, 5)


def at_most(now: int | None) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(1, now or 5)


@st.composite
def registers(draw: st.DrawFn) -> Rows:
    """A random register: risks to areas, to measures and to the whole, some of one name, with countermeasures."""
    items, found = draw(areas()), []
    places = st.tuples(
        st.none() | st.sampled_from([area.id for area in items]), st.none() | st.sampled_from(["F4", "–"])
    )
    names = draw(st.lists(NAMES, min_size=1, max_size=3))
    for factor in names:
        for area, measure in draw(st.lists(places, max_size=3, unique=True)):
            s, k = draw(RISK_STEP), draw(RISK_STEP)
            found.append(
                Risk(
                    id="",
                    factor=factor,
                    area=area,
                    measure=measure,
                    cause=draw(st.none() | LONG),
                    probability=s,
                    consequence=k,
                    inherent_probability=draw(RISK_STEP),
                    after_probability=draw(at_most(s)),
                    after_consequence=draw(at_most(k)),
                    knowledge=draw(st.none() | st.sampled_from(Knowledge)),
                    status=draw(st.sampled_from(RiskStatus)),
                    constructed=draw(st.booleans()),
                )
            )
    risks = {with_id(risk).id: with_id(risk) for risk in found}
    measures = [draw(against(risk)) for risk in risks.values() if draw(st.booleans())]
    return Rows(areas=tuple(items), records=(*risks.values(), *map(with_id, measures)))


@st.composite
def against(draw: st.DrawFn, risk: Record) -> Countermeasure:
    assert isinstance(risk, Risk)
    return Countermeasure(
        id="", risk=risk.id, name=draw(NAMES), probability=draw(at_most(risk.probability)),
        consequence=draw(at_most(risk.consequence)), cost=draw(st.none() | KRONER), owner=draw(st.none() | NAMES),
        deadline=draw(st.none() | st.dates(date(2030, 1, 1), date(2100, 1, 1))), phase=draw(st.sampled_from(Phase)),
        progress=draw(st.sampled_from(Progress)), constructed=draw(st.booleans()),
    )  # fmt: skip


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers(), st.sampled_from(["nb", "en"]))
def test_a_register_written_and_read_again_is_unchanged(rows: Rows, language: str) -> None:
    data = workbook(rows, METHODS, texts(language))
    for held in (existing(rows), existing(Rows(areas=rows.areas))):
        result = checked(data, held)
        assert result.errors == ()
        assert {record.id: record for record in result.rows.records} == {record.id: record for record in rows.records}
    assert not changes(checked(data, existing(rows)).rows, existing(rows))


def with_id(record: Record) -> Record:
    return record.model_copy(update={"id": identity(sheet_of(type(record)), STUDY, record.model_dump())})


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(costs(), st.sampled_from(["nb", "en"]))
def test_records_written_and_read_again_are_unchanged(rows: Rows, language: str) -> None:
    data = workbook(rows, METHODS, texts(language))
    for held in (existing(rows), Existing()):
        result = checked(data, held)
        assert result.errors == ()
        assert {record.id: record for record in result.rows.records} == {record.id: record for record in rows.records}
    assert not changes(checked(data, existing(rows)).rows, existing(rows))


@st.composite
def recorded(draw: st.DrawFn) -> Rows:
    """A random study with records of every kind of sheet, each made from its columns."""
    towns, items = draw(municipalities()), draw(areas())
    known, found = known_of(towns, items), list[Record]()
    for kind in RECORD_SHEETS:
        records = draw(records_of(kind, STUDY, known, NAMES, found))
        known[kind.key] = known[kind.key.removesuffix("s")] = [record.id for record in records]
        found += records
    return Rows(tuple(towns), tuple(items), records=tuple(found))


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(recorded(), st.sampled_from(["nb", "en"]))
def test_every_kind_of_sheet_is_written_and_read_again_unchanged(rows: Rows, language: str) -> None:
    data = workbook(rows, METHODS, texts(language))
    for held in (existing(rows), Existing()):
        result = checked(data, held)
        assert result.errors == ()
        assert {record.id: record for record in result.rows.records} == {record.id: record for record in rows.records}
    assert not changes(checked(data, existing(rows)).rows, existing(rows))


@pytest.mark.parametrize("kind", RECORD_SHEETS, ids=lambda kind: kind.key)
def test_random_studies_hold_every_kind(kind: SheetKind) -> None:
    quick = settings(max_examples=200, phases=[Stage.generate], deadline=None, database=None)
    assert find(recorded(), lambda rows: any(type(record) is kind.record for record in rows.records), settings=quick)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(studies(), st.sampled_from(["nb", "en"]))
def test_a_study_written_and_read_again_is_unchanged(rows: Rows, language: str) -> None:
    result = checked(workbook(rows, METHODS, texts(language)), existing(rows))
    assert result.errors == ()
    assert not changes(result.rows, existing(rows))
    assert set(result.rows.ratings) == set(rows.ratings)
    assert set(result.rows.comments) == set(rows.comments)
    assert (result.rows.municipalities, result.rows.areas) == (rows.municipalities, rows.areas)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+47 12",
        "-3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=cmd|' /C calc'!A0",
        "_x0041_",
        "a\r\nb",
        " innrykk",
        "#REF!",
    ],
)
def test_a_text_that_looks_like_a_formula_is_kept_and_never_run(text: str) -> None:
    area = Area(id=stable_id(STUDY, "area", "1"), code="1", name="Arkiv", description=text)
    data = workbook(Rows(areas=(area,)), METHODS, texts())
    cell = load_workbook(io.BytesIO(data))["Områder"]["D2"]
    assert cell.data_type != "f"
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert checked(data).rows.areas == (area,)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("group_mode", [True, False])
def test_whether_single_persons_rate_is_written_and_read_again(group_mode: bool, language: str) -> None:
    area = Area(id=stable_id(STUDY, "area", "1"), code="1", name="Arkiv")
    shop = Workshop(id=stable_id(STUDY, "workshop", "w"), name="W", method="prioritisation", group_mode=group_mode)
    rater = Rater(id=stable_id(shop.id, "rater", "g"), workshop=shop.id, name="G")
    rows = Rows((), (area,), (shop,), (rater,), (Rating(shop.id, 1, rater.id, area.id, "potential", 7),))
    data = workbook(rows, METHODS, texts(language))
    assert checked(data).rows.workshops == (shop,)
    assert not changes(checked(data, existing(rows)).rows, existing(rows))


def test_made_up_figures_say_so_on_the_sheet_and_on_their_rows() -> None:
    area = Area(id=stable_id(STUDY, "area", "1"), code="1", name="Arkiv")
    shop = Workshop(id=stable_id(STUDY, "workshop", "w"), name="W", method="prioritisation", constructed=True)
    rater = Rater(id=stable_id(shop.id, "rater", "g"), workshop=shop.id, name="G")
    rating = Rating(shop.id, 1, rater.id, area.id, "potential", 7)
    data = workbook(Rows((), (area,), (shop,), (rater,), (rating,)), METHODS, texts())
    sheet = load_workbook(io.BytesIO(data))["Vurderinger"]
    assert "konstruerte eksempeltall" in str(sheet["A1"].value).casefold()
    assert [cell.value for cell in sheet[3]][-1] == "ja"
    assert checked(data).rows.workshops == (shop,)
