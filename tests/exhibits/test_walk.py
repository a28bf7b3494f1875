"""Every exhibit, in every study, language and role: a sentence, a picture in words, and one set of figures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from lib.actions import studies
from lib.exhibits import files
from lib.exhibits.catalogue import BY_SLUG, EXHIBITS
from lib.exhibits.exhibit import Address, Column, Declared, Exhibit, Table
from lib.i18n import LANGUAGES
from lib.model.problems import Denied
from lib.model.records import Study
from lib.ui.navigation import ENTRIES
from tests.actions import cost_books
from tests.people import FACILITATOR, everybody

STUDIES = ("indre-namdal", "kongsbergregionen", "var-region")
NOTHING = re.compile(r"\b(NaN|nan|None|NaT|True|False)\b|<NA>|[{}]")
SENTENCE = re.compile(r"[A-ZÆØÅÉ«\d*].*[.!?»)]", re.DOTALL)


@pytest.fixture(params=STUDIES)
def study(request: pytest.FixtureRequest, own: Study) -> Study:
    """The demonstrations, and one's own study with costs that nobody has confirmed."""
    cost_books.keep(own, cost_books.BOTH)
    return studies.find(FACILITATOR, request.param)


def instances(study: Study) -> Iterator[tuple[Declared, Address]]:
    return ((declared, address) for declared in EXHIBITS.values() for address in declared.instances(study))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exhibit_answers_in_a_sentence_and_shows_the_same_figures_everywhere(study: Study, language: str) -> None:
    walked = 0
    for declared, address in instances(study):
        found = declared.build(FACILITATOR, study, address, language)
        assert SENTENCE.fullmatch(found.finding), (declared.key, found.finding)
        assert not NOTHING.search(f"{found.finding} {found.basis} {' '.join(found.notes)}"), declared.key
        check_picture(found)
        check_table(found.table, declared.key)
        check_files(declared, study, found, language)
        walked += 1
    assert walked or study.slug == "kongsbergregionen"


def check_picture(found: Exhibit) -> None:
    if found.picture is not None:
        assert len(found.picture.alt) > 20
        assert not NOTHING.search(found.picture.alt), (found.key, found.picture.alt)
        assert found.picture.rows.num_rows


def check_table(table: Table, key: str) -> None:
    """What stands in a file is what the screen says, rounded from the same value."""
    headings = [column.heading for column in table.columns]
    assert table.columns, key
    assert table.alt, key
    assert len({(column.heading, column.place) for column in table.columns}) == len(headings), key
    for row in table.rows:
        assert len(row) == len(table.columns), key
        for column, value in zip(table.columns, row, strict=True):
            written = column.write(value)
            assert not NOTHING.search(written), (key, column.heading, value)
            if not column.place and value not in (None, ""):
                check_same(column, value, written)


def check_same(column: Column, value: Any, written: str) -> None:
    kept = column.store(value)
    if isinstance(kept, float) and not isinstance(value, str):
        assert kept == pytest.approx(float(value), abs=0.00501), (column.heading, value)
    else:
        assert column.write(kept) == written, (column.heading, value)


def check_files(declared: Declared, study: Study, found: Exhibit, language: str) -> None:
    book = files.content(declared, FACILITATOR, study, found.address, language, "xlsx")
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    text = files.content(declared, FACILITATOR, study, found.address, language, "csv").decode("utf-8-sig")
    for said in (found.finding, *(files.marked(language, mark) for mark in found.marks)):
        assert said in cells, (declared.key, said)
        assert said in text.replace('""', '"'), (declared.key, said)
    assert not [each for each in cells if NOTHING.search(each)], declared.key
    assert not NOTHING.search(text), declared.key


def test_who_may_see_an_exhibit_and_take_it_away(study: Study) -> None:
    for declared, address in instances(study):
        for name, actor in everybody(study).items():
            for ask in (
                lambda: declared.build(actor, study, address, "nb"),  # noqa: B023
                lambda: files.content(declared, actor, study, address, "nb", "csv"),  # noqa: B023
            ):
                if study.demo or name in {"reader", "leader", "facilitator"}:
                    assert ask()
                else:
                    with pytest.raises(Denied):
                        ask()


def test_an_address_built_from_an_exhibit_gives_the_same_exhibit(study: Study) -> None:
    for declared, address in instances(study):
        found = declared.build(FACILITATOR, study, address, "nb")
        again = declared.build(FACILITATOR, study, found.address, "nb")
        assert (again.finding, again.address) == (found.finding, found.address), declared.key


def test_every_exhibit_is_found_by_its_slug_and_opened_on_a_page() -> None:
    assert len(BY_SLUG) == len(EXHIBITS)
    assert {declared.page for declared in EXHIBITS.values()} <= {entry.file for entry in ENTRIES}
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in BY_SLUG)
    assert all(key.count(".") == 1 for key in EXHIBITS)
