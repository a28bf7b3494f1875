"""What is typed into the tables of figures is read as in a workbook, and what cannot be read names its row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib.actions.costs import typing
from lib.i18n import LANGUAGES, error
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.problems import AppError

NAMES = {"g": "Grong", "l": "Lierne"}


def test_rows_become_records_and_empty_rows_nothing() -> None:
    line = {"name": " Lønn ", "kroner": "1\u202f200\u202f000", "kind": "pension", "variable": True, "from_year": "2026"}
    assert typing.items([line, {"name": None, "kroner": ""}]) == [
        CostItem(id="", area="", name="Lønn", kroner=1_200_000, kind=CostKind.PENSION, variable=True, from_year=2026)
    ]
    assert typing.own(
        [{"municipality": "g", "kroner": "0", "jobs": "1,5"}, {"municipality": "l", "kroner": ""}], NAMES
    ) == [OwnCost(id="", area="", municipality="g", kroner=0, jobs=1.5)]
    assert typing.participation([{"municipality": "g", "takes_part": True, "host": True}], NAMES) == [
        Participation(id="", area="", municipality="g", host=True)
    ]
    ids = {name: key for key, name in NAMES.items()}
    assert typing.partial([{"members": ["Grong", "Lierne"], "kroner": "5"}, {"members": None}], ids) == [
        PartialCost(id="", area="", members=["g", "l"], kroner=5)
    ]
    assert typing.keys([{"key": "Elever", "figure": "301"}, {"key": None}], ["Bruk"]) == {
        "Bruk": None,
        "Elever": 301,
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("read", "code"),
    [
        (lambda: typing.items([{"name": "Lønn", "kroner": "mye"}]), "not_a_number"),
        (lambda: typing.items([{"name": "Lønn", "kroner": "12,5"}]), "figure_not_whole"),
        (lambda: typing.items([{"name": "Lønn", "kroner": None}]), "kroner_missing"),
        (lambda: typing.items([{"name": "Lønn", "kroner": "1", "from_year": "i fjor"}]), "not_a_number"),
        (lambda: typing.own([{"municipality": "g", "jobs": "1"}], NAMES), "kroner_missing"),
        (lambda: typing.own([{"municipality": "g", "kroner": "1", "jobs": "1.355"}], NAMES), "ambiguous_figure"),
    ],
)
def test_what_cannot_be_read_names_its_row(read: Callable[[], object], code: str, language: str) -> None:
    with pytest.raises(AppError) as refused:
        read()
    assert refused.value.code == code
    assert ("Lønn" if "Lønn" in refused.value.params.values() else "Grong") in error(language, refused.value)
