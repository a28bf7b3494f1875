"""What a SWOT across functions says in sentences, tables and files, in both languages."""

from __future__ import annotations

from functools import partial

import pytest

from lib.actions import studies
from lib.actions.swot import statements
from lib.actions.swot import themes as swot_themes
from lib.domain.swot.recurrence import Theme
from lib.domain.swot.recurrence import themes as themes_of
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Address, Exhibit
from lib.exhibits.swot import words
from lib.exhibits.swot.exhibits import EXHIBITS as SWOT
from lib.i18n import LANGUAGES
from lib.model.access import VISITOR, Actor
from lib.model.problems import NotFound
from lib.model.records import RaterRole, Study
from lib.model.swot_records import Quadrant, SwotBook, SwotItem
from tests.actions.swot_books import area_id, furnish, known, of_area, typed
from tests.actions.taken_home import cells, taken
from tests.people import FACILITATOR, leader, let_through, reader


@pytest.fixture
def region(own: Study) -> Study:
    furnish(own)
    return own


@pytest.fixture
def kongsberg(home: object) -> Study:
    return studies.find(FACILITATOR, "kongsbergregionen")


def found(study: Study) -> tuple[SwotBook, list[Theme]]:
    return statements.book(VISITOR, study), swot_themes.recurring(VISITOR, study)


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("nb", "Lite fagmiljø går igjen i 7 av 7 funksjoner: trussel i 6, svakhet i 1"),
        ("en", "Lite fagmiljø recurs in 7 of 7 functions: threat in 6, weakness in 1"),
    ],
)
def test_the_demo_says_what_recurs_most(kongsberg: Study, language: str, headline: str) -> None:
    book, themes = found(kongsberg)
    assert words.headline(language, book, themes) == headline
    assert "52" in words.basis(language, book, themes)


def test_the_demo_says_the_same_when_nobody_has_set_a_theme(kongsberg: Study) -> None:
    book, _ = found(kongsberg)
    bare = [item.model_copy(update={"theme": None}) for item in book.items]
    themes = themes_of(bare)
    assert words.headline("nb", book, themes) == "Lite fagmiljø går igjen i 7 av 7 funksjoner: trussel i 6, svakhet i 1"
    assert words.state("nb", themes[0]) == "forslag"


def test_where_nothing_recurs_it_is_said(region: Study) -> None:
    book = known(region)
    assert words.headline("nb", book, []) == "Ingen temaer går igjen i flere funksjoner"
    one = Theme("Pris", tuple(of_area(region, "Arkiv")))
    assert words.headline("nb", book, [one]) == "Ingen temaer går igjen i flere funksjoner"


def test_a_cell_says_the_quadrants_by_letter_and_how_many(region: Study) -> None:
    theme = Theme("x", (*of_area(region, "Lønn"), *of_area(region, "Arkiv")))
    assert words.cell("nb", theme.cells[area_id(region, "Lønn")]) == "S 1 · Sv 1 · M 1"
    assert words.cell("en", theme.cells[area_id(region, "Lønn")]) == "S 1 · W 1 · O 1"
    assert words.cell("nb", theme.cells[area_id(region, "Arkiv")]) == "T 2"


def test_an_origin_is_a_place_and_a_party_and_never_a_person(region: Study) -> None:
    book = known(region)
    item = SwotItem(
        id="x", area="a", quadrant=Quadrant.THREAT, text="x", municipality=book.municipalities[0].id,
        role=RaterRole.EMPLOYEES, voices=4, points=3,
    )  # fmt: skip
    assert words.origin("nb", book, item) == "Grong, tillitsvalgte og ansatte, skrevet av 4, 3 poeng"
    assert words.origin("nb", book, typed("x")) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_goes_out_as_a_workbook_with_its_answer(kongsberg: Study, language: str) -> None:
    rows = cells(taken("swot.themes", VISITOR, kongsberg, language=language))
    assert str(rows[1][0]).startswith("Lite fagmiljø")
    heads = next(row for row in rows if "Arkiv" in row)
    first = rows[rows.index(heads) + 1]
    assert (first[0], first[1]) == ("Lite fagmiljø", 7)
    assert first[heads.index("Innfordring")] in ("Sv 1", "W 1")
    assert first[heads.index("Arkiv")] == "T 1"


def test_every_statement_goes_out_with_its_theme_and_nothing_is_run(region: Study) -> None:
    seen = of_area(region, "Telefoni")
    statements.save(leader(region), region, area_id(region, "Telefoni"), SwotItem, [*seen, typed("=1+1")], seen)
    text = taken("swot.statements", leader(region), region, "csv").decode("utf-8-sig")
    assert text.count("Lang reisevei;") >= 4
    assert "'=1+1" in text
    assert "Grong, tillitsvalgte og ansatte" in text


def test_files_go_to_those_who_may_see(region: Study) -> None:
    may = {"reader", "leader", "facilitator"}
    for declared in SWOT:
        (*_, address) = declared.instances(region)
        for ending in ("xlsx", "csv"):
            assert let_through(partial(_take, declared.key, region, ending, address), region) == may
        assert let_through(partial(_read, declared.key, region, address), region) == may


def _take(key: str, study: Study, ending: str, address: Address, actor: Actor) -> bytes:
    return taken(key, actor, study, ending, address=address)


def _read(key: str, study: Study, address: Address, actor: Actor) -> Exhibit:
    return EXHIBITS[key].build(actor, study, address, "nb")


def test_one_function_has_its_own_statements_and_forces(region: Study) -> None:
    here = (("omrade", "2"),)
    found = EXHIBITS["swot.statements"].build(reader(region), region, here, "nb")
    assert found.finding == "3 utsagn om Lønn: styrke (1), svakhet (1) og mulighet (1)."
    assert len(found.table.rows) == 3
    with pytest.raises(NotFound):
        EXHIBITS["swot.forces"].build(reader(region), region, here, "nb")
    (arkiv,) = EXHIBITS["swot.forces"].instances(region)
    forces = EXHIBITS["swot.forces"].build(reader(region), region, arkiv, "nb")
    assert forces.headline == "1 fremmer mot 1 hemmer. Ingen har vurdert hvor sterke de er"
    assert forces.table.shown.to_pandas().iloc[:, 2].tolist() == ["ikke vurdert"] * 2
    assert forces.picture
    assert forces.picture.title == forces.headline


def test_two_sides_are_compared_by_each_kind_that_has_two(region: Study) -> None:
    compared = EXHIBITS["swot.compare"]
    assert list(compared.instances(region)) == [(("etter", by),) for by in ("function", "municipality", "role")]
    towns = compared.build(reader(region), region, (("etter", "municipality"),), "nb")
    assert towns.basis == "Grong · Lierne"
    assert towns.notes == ("4 utsagn sier ikke hvem de kommer fra, og er ikke med her.",)
    assert [row[1:3] for row in towns.table.rows] == [("Grong", "Lang reisevei"), ("Lierne", "Lang reisevei")]
    with pytest.raises(NotFound):
        compared.build(reader(region), region, (("etter", "source"),), "nb")
