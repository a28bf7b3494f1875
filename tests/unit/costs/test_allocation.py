"""Who pays what: every krone is carried by somebody, and the answer is the published one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.domain.costs.allocation import allocate, allocate_lines, allocate_years, break_even, compare
from lib.domain.costs.kroner import to_kroner, whole_kroner
from lib.domain.costs.models import DEFAULT_MODELS, exact_shares, fixed_part
from lib.model.costs import EQUAL, POPULATION, TODAY, USAGE, CostLine, CostModel, Keys, Number
from tests.examples import examples
from tests.unit.refusal import code_of

# Statistics Norway, 1 January 2020.
INDRE_NAMDAL: Keys = {
    "Røyrvik": {POPULATION: 461},
    "Lierne": {POPULATION: 1355},
    "Namsskogan": {POPULATION: 843},
    "Grong": {POPULATION: 2359},
}
TWENTY_EIGHTY = fixed_part(20)

NAMES = st.lists(st.text("abcdeæøå", min_size=1, max_size=4), min_size=2, max_size=8, unique=True)
TOTALS = st.one_of(st.integers(0, 20), st.integers(0, 10**12))


@st.composite
def municipalities(draw: st.DrawFn) -> dict[str, dict[str, Number]]:
    people = st.integers(1, 700_000)
    pupils = st.integers(0, 90_000)
    names = draw(NAMES)
    keys: dict[str, dict[str, Number]] = {n: {POPULATION: draw(people), "pupils": draw(pupils)} for n in names}
    keys[names[0]]["pupils"] = 1 + keys[names[0]]["pupils"]
    return keys


@st.composite
def models(draw: st.DrawFn) -> CostModel:
    equal = draw(st.integers(0, 100))
    people = draw(st.integers(0, 100 - equal))
    return CostModel("any", {EQUAL: equal, POPULATION: people, "pupils": 100 - equal - people})


def test_a_million_by_twenty_eighty_in_indre_namdal() -> None:
    """PwC, Mulighetsrom for interkommunalt samarbeid i Indre Namdal (2022): the region's main rule."""
    assert allocate(1_000_000, INDRE_NAMDAL, TWENTY_EIGHTY) == {
        "Røyrvik": 123_496,
        "Lierne": 266_022,
        "Namsskogan": 184_396,
        "Grong": 426_086,
    }


def test_largest_remainder_as_in_a_published_election() -> None:
    """Wikipedia, «Largest remainder method», with the Hare quota: 100 000 votes, ten seats."""
    votes = {"Yellow": 47_000, "White": 16_000, "Red": 15_900, "Green": 12_000, "Blue": 6_000, "Pink": 3_100}
    seats = whole_kroner({name: Fraction(given, 10_000) for name, given in votes.items()}, 10)
    assert seats == {"Yellow": 5, "White": 2, "Red": 1, "Green": 1, "Blue": 1, "Pink": 0}


def test_the_default_models_are_the_usual_ones() -> None:
    assert [model.key for model in DEFAULT_MODELS] == ["20_80", "0_100", "30_70", "40_60", "50_50", TODAY]
    assert all(sum(model.shares.values()) == 100 for model in DEFAULT_MODELS)


@given(TOTALS, municipalities(), models())
@settings(deadline=None)
def test_no_krone_is_lost(total: int, keys: Keys, model: CostModel) -> None:
    paid = allocate(total, keys, model)
    assert sum(paid.values()) == total
    assert list(paid) == list(keys)
    wanted = exact_shares(total, keys, model)
    assert all(abs(kroner - wanted[name]) < 1 for name, kroner in paid.items())


@given(TOTALS, municipalities(), models(), st.randoms())
@settings(deadline=None)
def test_the_order_of_municipalities_does_not_matter(total: int, keys: Keys, model: CostModel, chance: Random) -> None:
    names = list(keys)
    chance.shuffle(names)
    assert allocate(total, {name: keys[name] for name in names}, model) == allocate(total, keys, model)


@given(TOTALS, municipalities(), models())
@settings(deadline=None)
def test_a_name_matters_only_between_equals(total: int, keys: Keys, model: CostModel) -> None:
    renamed = {name[::-1] + "z" * place: row for place, (name, row) in enumerate(keys.items())}
    wanted = list(exact_shares(total, keys, model).values())
    pairs = zip(wanted, allocate(total, keys, model).values(), allocate(total, renamed, model).values(), strict=True)
    assert all(one == other for want, one, other in pairs if wanted.count(want) == 1)


def test_a_single_krone_between_eight_goes_to_the_first_name() -> None:
    keys: Keys = {name: {} for name in "hgfedcba"}
    assert allocate(1, keys, CostModel("equal", {EQUAL: 100})) == dict.fromkeys("hgfedcb", 0) | {"a": 1}


def test_among_equal_remainders_the_larger_share_takes_the_krone() -> None:
    assert whole_kroner({"a": Fraction(3, 2), "b": Fraction(5, 2)}, 4) == {"a": 1, "b": 3}


def test_shares_that_were_computed_as_floats_are_rounded_as_what_they_stand_for() -> None:
    thirds = {"c": 100 / 3, "b": 33.333333333333336, "a": 33.33333333333333}
    assert to_kroner(thirds, 100) == {"c": 33, "b": 33, "a": 34}
    assert to_kroner({"a": 49.9999999999, "b": -0.0000000001, "c": 100.0}, 150) == {"a": 50, "b": 0, "c": 100}


def test_a_million_million_is_shared_to_the_krone() -> None:
    paid = allocate(10**12, INDRE_NAMDAL, TWENTY_EIGHTY)
    assert sum(paid.values()) == 10**12
    assert paid["Røyrvik"] == round(Fraction(10**12, 20) + Fraction(8 * 10**11 * 461, 5018))


def test_a_float_share_is_the_number_that_is_written() -> None:
    model = CostModel("thirds", {EQUAL: 33.3, POPULATION: 66.7})
    assert allocate(1000, INDRE_NAMDAL, model) == allocate(
        1000, INDRE_NAMDAL, CostModel("thirds", {EQUAL: Decimal("33.3"), POPULATION: Decimal("66.7")})
    )


@given(TOTALS, municipalities(), models(), st.data())
@settings(deadline=None)
def test_floors_and_caps_are_kept(total: int, keys: Keys, model: CostModel, data: st.DataObject) -> None:
    floor = data.draw(st.integers(0, total // len(keys)))
    cap = data.draw(st.integers(-(-total // len(keys)), max(total, 1)))
    limited = CostModel(model.key, model.shares, floor=floor, cap=cap)
    wanted = exact_shares(total, keys, model)
    assume(all(wanted.values()))
    paid = allocate(total, keys, limited)
    assert sum(paid.values()) == total
    assert all(floor <= kroner <= cap for kroner in paid.values())
    exact = exact_shares(total, keys, limited)
    between = {exact[name] / wanted[name] for name in keys if floor < exact[name] < cap}
    assert len(between) <= 1


def test_a_limit_can_be_for_some_only() -> None:
    capped = CostModel("capped", TWENTY_EIGHTY.shares, cap={"Grong": 400_000}, floor={"Røyrvik": 140_000})
    paid = allocate(1_000_000, INDRE_NAMDAL, capped)
    assert (paid["Røyrvik"], paid["Grong"]) == (140_000, 400_000)
    assert paid["Lierne"] + paid["Namsskogan"] == 460_000
    assert paid["Lierne"] == round(460_000 * Fraction(266_022, 266_022 + 184_396))


def test_a_host_carries_its_surcharge_before_the_rest_is_shared() -> None:
    hosted = CostModel("hosted", TWENTY_EIGHTY.shares, host="Grong", host_percent=10)
    rest = allocate(900_000, INDRE_NAMDAL, TWENTY_EIGHTY)
    assert allocate(1_000_000, INDRE_NAMDAL, hosted) == rest | {"Grong": rest["Grong"] + 100_000}


def test_a_model_is_phased_in_from_what_is_paid_today() -> None:
    today = {"Røyrvik": 50_000, "Lierne": 250_000, "Namsskogan": 200_000, "Grong": 500_000}
    keys = {name: {**row, TODAY: today[name]} for name, row in INDRE_NAMDAL.items()}
    phased = CostModel("phased", TWENTY_EIGHTY.shares, phase_in=(0, 50))
    first, second, third = allocate_years([1_000_000] * 3, keys, phased)
    assert first == today
    assert third == allocate(1_000_000, keys, phased) == allocate(1_000_000, keys, TWENTY_EIGHTY)
    assert all(abs(2 * second[name] - first[name] - third[name]) <= 2 for name in keys)


def test_every_line_follows_its_own_model() -> None:
    lines = [
        CostLine("Drift", 1_000_000, TWENTY_EIGHTY),
        CostLine("Lisenser", 100_001, CostModel("equal", {EQUAL: 100})),
    ]
    found = allocate_lines(lines, INDRE_NAMDAL)
    assert found["Drift"] == allocate(1_000_000, INDRE_NAMDAL, TWENTY_EIGHTY)
    assert sum(found["Lisenser"].values()) == 100_001
    assert code_of(lambda: allocate_lines([*lines, lines[0]], INDRE_NAMDAL)) == "line_twice"


@pytest.mark.parametrize(
    ("expected", "total", "keys", "model"),
    [
        ("single_participant", 1, {"Grong": {POPULATION: 2359}}, TWENTY_EIGHTY),
        ("key_missing", 1, {**INDRE_NAMDAL, "Snåsa": {}}, TWENTY_EIGHTY),
        ("key_missing", 1, INDRE_NAMDAL, CostModel("usage", {USAGE: 100})),
        ("key_sums_to_zero", 1, {"a": {USAGE: 0}, "b": {USAGE: 0}}, CostModel("usage", {USAGE: 100})),
        ("population_zero", 1, {"a": {POPULATION: 0}, "b": {POPULATION: 5}}, TWENTY_EIGHTY),
        ("negative_amount", 1, {"a": {POPULATION: -1}, "b": {POPULATION: 5}}, TWENTY_EIGHTY),
        ("not_a_number", 1, {"a": {POPULATION: float("nan")}, "b": {POPULATION: 5}}, TWENTY_EIGHTY),
        ("negative_amount", -1, INDRE_NAMDAL, TWENTY_EIGHTY),
        ("not_whole_kroner", Decimal("10.50"), INDRE_NAMDAL, TWENTY_EIGHTY),
        ("not_a_number", float("inf"), INDRE_NAMDAL, TWENTY_EIGHTY),
        ("not_a_number", Decimal("sNaN"), INDRE_NAMDAL, TWENTY_EIGHTY),
        ("shares_not_100", 1, INDRE_NAMDAL, CostModel("off", {EQUAL: 20, POPULATION: 79.5})),
        ("shares_not_100", 1, INDRE_NAMDAL, CostModel("none", {})),
        ("negative_amount", 1, INDRE_NAMDAL, CostModel("off", {EQUAL: -20, POPULATION: 120})),
        ("unknown_host", 1, INDRE_NAMDAL, CostModel("host", {EQUAL: 100}, host="Snåsa")),
        ("percent_out_of_range", 1, INDRE_NAMDAL, CostModel("host", {EQUAL: 100}, host="Grong", host_percent=101)),
        ("unknown_municipality", 1, INDRE_NAMDAL, CostModel("cap", {EQUAL: 100}, cap={"Snåsa": 1})),
        ("floors_above_total", 99, INDRE_NAMDAL, CostModel("floor", {EQUAL: 100}, floor=25)),
        ("caps_below_total", 101, INDRE_NAMDAL, CostModel("cap", {EQUAL: 100}, cap=25)),
        ("floor_above_cap", 100, INDRE_NAMDAL, CostModel("both", {EQUAL: 100}, floor={"Grong": 9}, cap=8)),
        ("not_whole_kroner", 100, INDRE_NAMDAL, CostModel("cap", {EQUAL: 100}, cap={"Grong": Decimal("9.5")})),  # type: ignore[dict-item]
    ],
)
def test_what_cannot_be_shared_is_named(expected: str, total: Number, keys: Keys, model: CostModel) -> None:
    assert code_of(lambda: allocate(total, keys, model)) == expected


def test_a_cap_that_only_those_without_usage_could_fill_is_too_low() -> None:
    keys: Keys = {"a": {USAGE: 5}, "b": {USAGE: 0}}
    assert code_of(lambda: allocate(100, keys, CostModel("usage", {USAGE: 100}, cap=60))) == "caps_below_total"


def test_a_phase_in_needs_to_know_what_is_paid_today() -> None:
    phased = CostModel("phased", TWENTY_EIGHTY.shares, phase_in=(50,))
    assert code_of(lambda: allocate(1, INDRE_NAMDAL, phased, year=1)) == "key_missing"


def test_models_are_compared_by_krone_percent_inhabitant_and_change() -> None:
    today = {"Røyrvik": 100_000, "Lierne": 266_022, "Namsskogan": 200_000, "Grong": 433_978}
    alone = dict.fromkeys(INDRE_NAMDAL, 300_000)
    found = compare(1_000_000, INDRE_NAMDAL, [TWENTY_EIGHTY, fixed_part(0)], today, alone)
    assert list(found["model"]) == ["20_80"] * 4 + ["0_100"] * 4
    first = found.iloc[:4].set_index("municipality")
    assert list(first["kroner"]) == [123_496, 266_022, 184_396, 426_086]
    assert list(first["change"]) == [23_496, 0, -15_604, -7_892]
    assert list(first["outcome"]) == ["pays_more", "same", "pays_less", "pays_less"]
    assert list(first["saving"]) == [176_504, 33_978, 115_604, -126_086]
    assert first.loc["Røyrvik", "percent"] == pytest.approx(12.3496)
    assert first.loc["Røyrvik", "per_inhabitant"] == pytest.approx(123_496 / 461)
    assert found.groupby("model")["kroner"].sum().tolist() == [1_000_000, 1_000_000]


def test_a_comparison_without_figures_has_nulls_and_no_nan() -> None:
    found = compare(0, {"a": {}, "b": {}}, [CostModel("equal", {EQUAL: 100})])
    assert found["kroner"].tolist() == [0, 0]
    for column in ("percent", "per_inhabitant", "change", "saving"):
        assert found[column].tolist() == [pd.NA, pd.NA]
    assert found["outcome"].tolist() == [pd.NA, pd.NA]
    assert (
        code_of(lambda: compare(1, {"a": {POPULATION: 0}, "b": {}}, [CostModel("equal", {EQUAL: 100})]))
        == "population_zero"
    )


def test_the_fixed_part_lies_between_what_the_large_and_the_small_can_bear() -> None:
    limits = {"Røyrvik": 130_000, "Lierne": 300_000, "Namsskogan": 190_000, "Grong": 440_000}
    found = break_even(1_000_000, INDRE_NAMDAL, limits)
    assert (found.low, found.high) == (Fraction(30_216, 2_209), Fraction(12_756, 529))
    assert (found.raises, found.lowers, found.in_the_way) == (("Grong",), ("Røyrvik",), ())
    assert found.allows(20)
    assert not found.allows(25)


def test_who_stands_in_the_way_is_named() -> None:
    apart = {"Røyrvik": 110_000, "Lierne": 300_000, "Namsskogan": 190_000, "Grong": 420_000}
    found = break_even(1_000_000, INDRE_NAMDAL, apart)
    assert (found.low, found.high, found.in_the_way) == (None, None, ("Røyrvik", "Grong"))
    assert found.missing == 0
    never = break_even(1_000_000, INDRE_NAMDAL, {**apart, "Grong": 200_000, "Lierne": 250_500})
    assert never.in_the_way == ("Grong",)
    assert never.excess == {"Grong": 50_000}
    assert never.missing == 1_000_000 - 110_000 - 250_500 - 190_000 - 200_000
    assert not never.allows(20)


def test_every_municipality_needs_a_limit() -> None:
    assert code_of(lambda: break_even(1, INDRE_NAMDAL, {"Grong": 1})) == "limit_missing"


@given(st.integers(0, 10**7), municipalities(), st.data())
@settings(deadline=None, max_examples=examples(40))
def test_break_even_agrees_with_a_scan_over_all_fixed_parts(total: int, keys: Keys, data: st.DataObject) -> None:
    limits = {name: data.draw(st.integers(0, max(1, 2 * total // len(keys)))) for name in keys}
    found = break_even(total, keys, limits)
    for percent in [Fraction(step, 2) for step in range(201)]:
        model = CostModel("scan", {EQUAL: percent, POPULATION: 100 - percent})
        paid = exact_shares(total, keys, model)
        assert found.allows(percent) == all(paid[name] <= limits[name] for name in keys)
        for name, own in found.intervals.items():
            assert (own is not None and own[0] <= percent <= own[1]) == (paid[name] <= limits[name])
