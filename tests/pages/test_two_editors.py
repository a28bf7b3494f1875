"""Two people in one table: what differs is merged, what is the same is shown to the second, who chooses on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.actions.costs import cost_figures
from lib.actions.uploads import uploads
from lib.i18n import LANGUAGES, t
from lib.model.access import Role
from lib.model.cost_records import CostItem, OwnCost
from lib.model.records import Study
from lib.ui import state
from tests.actions.books import areas, book, municipalities
from tests.pages.conftest import Open, said
from tests.people import FACILITATOR, leader

PAGE = "costs/cost_figures.py"
CONTENT = book(
    {
        "Kommuner": municipalities(Grong=2359, Lierne=1355, Namsskogan=815),
        "Områder": areas("Arkiv", "Lønn"),
        "Kostnader": [("Område", "Post", "Kroner"), ("Arkiv", "*Lønn*", 900_000), ("Arkiv", "Pensjon", 100_000)],
        "Egne kostnader": [("Kommune", "Område", "Kroner"), ("Lierne", "Arkiv", 300_000)],
    }
)
Edits = dict[str, Any]


@pytest.fixture
def region(own: Study) -> Study:
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "bok.xlsx", CONTENT, "nb"))
    return own


@pytest.fixture
def key(region: Study, key_for: Callable[[Role, Study], str]) -> str:
    return key_for(Role.LEADER, region)


def area(study: Study) -> str:
    return cost_figures.book(leader(study), study).areas[0].id


def lines(study: Study) -> tuple[CostItem, ...]:
    """By name."""
    held = cost_figures.of_area(cost_figures.book(leader(study), study), CostItem, area(study))
    return tuple(sorted(held, key=lambda line: line.name))


def table(study: Study, kind: str = "costs") -> str:
    return f"{state.FIGURES}.{kind}.{area(study)}.0"


def type_in(page: AppTest, table: str, edited: dict[int, Edits], press: str, **more: list[Any]) -> AppTest:
    """The edits as the browser holds them, and a button pressed."""
    page.session_state[table] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []} | more
    (found,) = [each for each in page.button if (each.key or "").startswith(table) and (each.key or "").endswith(press)]
    return found.click().run()


def words(page: AppTest) -> str:
    return said(page).replace("\\", "")


def shown(page: AppTest) -> list[list[str]]:
    """For each conflict its place, what is stored and what was typed; who and when left out."""
    return [
        [each.label.replace("\\", ""), *(option.replace("\\", "").partition(" (")[0] for option in each.options)]
        for each in page.radio
        if ".conflicts" in (each.key or "")
    ]


def another(study: Study, **update: Any) -> None:
    """Somebody else changes the first line meanwhile."""
    first, *rest = lines(study)
    cost_figures.save(FACILITATOR, study, area(study), CostItem, [first.model_copy(update=update), *rest])


def test_two_sessions_on_different_lines_and_fields_lose_nothing(region: Study, key: str, open_page: Open) -> None:
    one, other = open_page(PAGE, region.slug, key), open_page(PAGE, region.slug, key)
    type_in(one, table(region), {0: {"kroner": "950 000"}}, ".save")
    other = type_in(other, table(region), {0: {"kind": "pensjon"}, 1: {"kroner": "1"}}, ".save")
    assert t("nb", "typed.costs.saved") in words(other)
    assert [(line.name, line.kroner, line.kind) for line in lines(region)] == [
        ("*Lønn*", 950_000, "pension"),
        ("Pensjon", 1, "operation"),
    ]


MINE = {0: {"kroner": "7", "model": "likt"}, 1: {"kroner": "8"}}


@pytest.mark.parametrize(("press", "kroner"), [(".keep", 950_000), (".mine", 7)])
def test_the_second_is_shown_both_and_chooses_for_all(
    region: Study, key: str, press: str, kroner: int, open_page: Open
) -> None:
    one, other = open_page(PAGE, region.slug, key), open_page(PAGE, region.slug, key)
    type_in(one, table(region), {0: {"kroner": "950 000"}}, ".save")
    other = type_in(other, table(region), MINE, ".save")
    assert t("nb", "errors.conflicted") in words(other)
    assert shown(other) == [
        [
            "*Lønn*: Kroner og Engangs",
            "Nå lagret: Kroner: 950\u202f000, Engangs: nei",
            "Du skrev: Kroner: 7, Engangs: nei",
        ]
    ]
    (choice,) = [each for each in other.radio if ".conflicts" in (each.key or "")]
    assert "prøve" in choice.options[0]
    assert r"\*Lønn\*" in choice.label
    assert [line.kroner for line in lines(region)] == [950_000, 100_000]
    other = type_in(other, table(region), MINE, press)
    assert not shown(other)
    assert t("nb", "typed.costs.saved") in words(other)
    assert [(line.kroner, line.model) for line in lines(region)] == [(kroner, "likt"), (8, None)]


def test_a_choice_for_each_and_what_moves_again_is_shown_again(region: Study, key: str, open_page: Open) -> None:
    page = open_page(PAGE, region.slug, key)
    another(region, kroner=950_000)
    page = type_in(page, table(region), MINE, ".save")
    choose = next(each for each in page.button if (each.key or "").endswith(".choose"))
    assert choose.disabled
    another(region, kroner=960_000)
    page.session_state[table(region)] = {"edited_rows": MINE, "added_rows": [], "deleted_rows": []}
    page = next(each for each in page.radio if ".conflicts" in (each.key or "")).set_value(True).run()
    page = type_in(page, table(region), MINE, ".choose")
    assert [each[1] for each in shown(page)] == ["Nå lagret: Kroner: 960\u202f000, Engangs: nei"]
    assert lines(region)[0].kroner == 960_000
    page.session_state[table(region)] = {"edited_rows": MINE, "added_rows": [], "deleted_rows": []}
    page = next(each for each in page.radio if ".conflicts" in (each.key or "")).set_value(True).run()
    page = type_in(page, table(region), MINE, ".choose")
    assert [(line.kroner, line.model) for line in lines(region)] == [(7, "likt"), (8, None)]


def test_a_row_that_is_gone_or_changed_meanwhile_is_asked_about_whole(region: Study, key: str, open_page: Open) -> None:
    page = open_page(PAGE, region.slug, key)
    cost_figures.save(FACILITATOR, region, area(region), CostItem, lines(region)[1:])
    page = type_in(page, table(region), {0: {"kroner": "7"}}, ".save")
    assert shown(page) == [["*Lønn*: hele raden", "Nå lagret: Tatt bort", "Du skrev: Kroner: 7"]]
    page = type_in(page, table(region), {0: {"kroner": "7"}}, ".mine")
    assert [(line.name, line.kroner) for line in lines(region)] == [("*Lønn*", 7), ("Pensjon", 100_000)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_municipality_has_one_row_and_a_wrong_cell_is_told_with_its_place(
    region: Study, key: str, language: str, open_page: Open
) -> None:
    page = open_page(PAGE, region.slug, key, sprak=language)
    column = t(language, "columns.kroner")
    page = type_in(page, table(region, "own_costs"), {0: {"kroner": "mye"}}, ".save")
    assert t(language, "errors.row", row="1 (Grong)") in words(page)
    assert t(language, "errors.cell.not_a_number", found="mye", column=column) in words(page)
    page = type_in(page, table(region, "own_costs"), {0: {"kroner": "5"}, 2: {"kroner": "6"}}, ".save")
    known = cost_figures.book(leader(region), region)
    names = {town.id: town.name for town in known.municipalities}
    paid = {names[row.municipality]: row.kroner for row in cost_figures.of_area(known, OwnCost, area(region))}
    assert paid == {"Grong": 5, "Lierne": 300_000, "Namsskogan": 6}


def test_keys_are_told_by_their_names_and_merged_key_by_key(region: Study, key: str, open_page: Open) -> None:
    page = open_page(PAGE, region.slug, key)
    town = cost_figures.book(leader(region), region).municipalities[0]
    rows = cost_figures.key_figures(town)
    moved = [row.model_copy(update={"figure": 2400}) if row.id == "population" else row for row in rows]
    cost_figures.save_keys(FACILITATOR, region, town.id, moved, rows)
    keys = f"{state.FIGURES}.keys.{town.id}.0"
    new = [{"key": "Elever", "figure": "301"}]
    page = type_in(page, keys, {0: {"figure": "2 500"}}, ".save", added_rows=new)
    (told,) = shown(page)
    assert told == ["Innbyggere: Tall", "Nå lagret: 2\u202f400", "Du skrev: 2\u202f500"]
    type_in(page, keys, {0: {"figure": "2 500"}}, ".keep", added_rows=new)
    now = cost_figures.book(leader(region), region).municipalities[0]
    assert (now.population, now.year, now.keys) == (2400, town.year, {"Elever": 301.0})
