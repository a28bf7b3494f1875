"""Hump, running cost and gains year by year, and what an event costs whom; computed by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lib.actions.costs import events
from lib.actions.costs import years as cost_years
from lib.actions.costs.cases import case_of
from lib.actions.costs.events import Event
from lib.domain.costs.models import fixed_part
from lib.model.columns import BREAK_EVEN_YEAR, CUMULATIVE, GAIN, HUMP, MUNICIPALITY, NET, PRESENT_VALUE, RUNNING, YEAR
from lib.model.cost_records import CostBook
from lib.model.costs import EQUAL, CostModel
from lib.model.problems import AppError
from lib.model.records import Study
from lib.model.swot_records import Note, NoteKind
from tests.actions.cost_books import ARCHIVE, BOTH, MILLION, book, gain, hump, item
from tests.people import ELSEWHERE, FACILITATOR, let_through

TWENTY = fixed_part(20)
EQUALLY = CostModel("own", {EQUAL: 100})
# Two equals that pay 100 000 each today, and 80 000 each together after a hump of 60 000 in 2027.
PAIR = book({"Arkiv": {"A": 100_000, "B": 100_000}}, {"Arkiv": 0}, {"A": 500, "B": 500})
PAIR = replace(PAIR, items=(item("Arkiv", "Drift", 160_000, from_year=2028), hump("Arkiv", 60_000, 2027)))


def over(found: CostBook, years: int = 4, rate: float = 0, area: str | None = "arkiv") -> cost_years.OverYears:
    return cost_years.over_years(FACILITATOR, ELSEWHERE, found, area, rate, years)


def rows(frame: pd.DataFrame, name: str, *columns: str) -> list[list[int]]:
    return [list(row) for row in frame[frame[MUNICIPALITY] == name][list(columns)].itertuples(index=False)]


def test_the_hump_comes_first_and_what_falls_away_pays_it_back() -> None:
    found = over(PAIR)
    assert rows(found.by_year, "A", YEAR, HUMP, RUNNING, GAIN, NET, CUMULATIVE) == [
        [2027, 30_000, 0, 0, -30_000, -30_000],
        [2028, 0, 80_000, 100_000, 20_000, -10_000],
        [2029, 0, 80_000, 100_000, 20_000, 10_000],
        [2030, 0, 80_000, 100_000, 20_000, 30_000],
    ]
    assert rows(found.summary, "", NET, BREAK_EVEN_YEAR) == [[60_000, 2029]]


def test_present_value() -> None:
    """−30 000 + 20 000/1,1 + 20 000/1,21 + 20 000/1,331 = 19 737,04 each."""
    found = over(PAIR, rate=10)
    assert rows(found.summary, "", PRESENT_VALUE) == [[39_474]]
    assert rows(found.summary, "A", PRESENT_VALUE) == [[19_737]]


def test_gains_come_beside_what_falls_away_and_once_is_once() -> None:
    more = replace(PAIR, items=(*PAIR.items, gain("Arkiv", 10_000, from_year=2028), gain("Arkiv", 4_000, one_off=True)))
    assert rows(over(more).by_year, "A", GAIN) == [[2_000], [105_000], [105_000], [105_000]]


def test_a_phase_in_counts_from_the_year_the_cooperation_runs() -> None:
    model = CostModel("own", {"population": 100}, phase_in=(0, 50))
    uneven = replace(
        PAIR,
        municipalities=tuple(
            m.model_copy(update={"population": 900 if m.name == "A" else 100}) for m in PAIR.municipalities
        ),
    )
    found = cost_years.over_years(FACILITATOR, ELSEWHERE, uneven, "arkiv", 0, 4, {"arkiv": model})
    assert rows(found.by_year, "A", RUNNING) == [[0], [80_000], [112_000], [144_000]]


def test_a_floor_is_for_the_cost_of_a_year() -> None:
    model = CostModel("own", {EQUAL: 100}, floor=70_000)
    found = cost_years.over_years(FACILITATOR, ELSEWHERE, PAIR, "arkiv", 0, 2, {"arkiv": model})
    assert rows(found.by_year, "A", HUMP, RUNNING) == [[30_000, 0], [0, 80_000]]


def test_all_areas_are_summed_and_those_that_cannot_be_are_named() -> None:
    assert rows(over(BOTH, 1, area=None).summary, "", NET) == [[80_000]]
    half = replace(BOTH, own=tuple(each for each in BOTH.own if each.id != "Lønn-Lierne"))
    found = over(half, 1, area=None)
    assert [area.name for area, _ in found.left_out] == ["Lønn"]
    with pytest.raises(AppError, match="limit_missing"):
        over(half, 1, area="lønn")


def test_nothing_to_count_gives_no_rows() -> None:
    assert over(replace(ARCHIVE, own=()), area=None).by_year.empty
    assert over(replace(ARCHIVE, own=()), area=None).summary.empty


def test_what_is_gained_in_quality_stands_beside() -> None:
    note = Note(id="n", area="arkiv", kind=NoteKind.QUALITY, text="Bedre vern")
    other = note.model_copy(update={"id": "m", "area": "lønn"})
    told = over(replace(ARCHIVE, notes=(note, other)))
    assert [notes for _, notes in told.quality] == [(note,)]
    assert told.by_year.equals(over(ARCHIVE).by_year)


@pytest.mark.parametrize("rate", [-1, 101])
def test_a_rate_must_be_a_per_cent(rate: float) -> None:
    with pytest.raises(AppError, match="rate_out_of_range"):
        over(PAIR, rate=rate)


def happens(event: Event, model: CostModel = TWENTY, found: CostBook = ARCHIVE) -> events.Carried:
    return events.carried(FACILITATOR, ELSEWHERE, case_of(found, "arkiv"), model, event)


def test_an_overspend_is_carried_by_the_model_or_first_by_one() -> None:
    assert happens(Event("overspend", 10), EQUALLY).difference == dict.fromkeys(MILLION, 25_000)
    first = happens(Event("overspend", 10, "Grong", 40), EQUALLY).difference
    assert first["Grong"] == 55_000
    assert sum(first.values()) == 100_000


def test_payments_on_account_are_settled_against_the_true_cost() -> None:
    found = happens(Event("account", -10))
    assert found.columns["before"] == MILLION
    assert sum(found.difference.values()) == -100_000


def test_an_index_raises_everybody_alike() -> None:
    assert happens(Event("index", 3.5)).columns["after"]["Grong"] == 440_999
    assert sum(happens(Event("index", 3.5)).difference.values()) == 35_000


def test_who_comes_later_buys_itself_in() -> None:
    """300 000 carried by three; after 2 of 10 years 240 000 is left, a quarter of it is 60 000."""
    found = happens(
        Event("entry", municipality="Grong"), EQUALLY, replace(ARCHIVE, items=(*ARCHIVE.items, hump("Arkiv", 300_000)))
    )
    assert found.difference == {"Grong": 60_000, "Lierne": -20_000, "Namsskogan": -20_000, "Røyrvik": -20_000}


def test_who_leaves_still_carries_what_is_bound() -> None:
    """Of 1 000 000 a tenth is bound: 25 000 each, and the three who stay share 900 000."""
    found = happens(Event("exit", 10, "Grong"), EQUALLY)
    assert found.columns["after"] == {"Grong": 25_000, "Lierne": 325_000, "Namsskogan": 325_000, "Røyrvik": 325_000}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Event("entry", municipality="Grong"), "nothing_carried"),
        (Event("entry", municipality="Steinkjer"), "unknown_municipality"),
        (Event("exit", 110, "Grong"), "bound_above_cost"),
        (Event("exit", 10, ""), "unknown_municipality"),
        (Event("overspend", 10, "Grong", 101), "percent_out_of_range"),
        (Event("index", -100), "index_not_positive"),
    ],
)
def test_an_event_that_cannot_be_says_why(event: Event, code: str) -> None:
    with pytest.raises(AppError) as raised:
        happens(event)
    assert raised.value.code == code


def test_who_may_see_costs_over_the_years(own: Study) -> None:
    readers = {"reader", "leader", "facilitator"}
    case = case_of(ARCHIVE, "arkiv")
    assert let_through(lambda actor: cost_years.over_years(actor, own, ARCHIVE, None, 4, 3), own) == readers
    assert let_through(lambda actor: events.carried(actor, own, case, TWENTY, Event("index")), own) == readers
