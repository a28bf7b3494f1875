"""Cells that somebody types: read as an upload reads, written so that they come back, and named where they fail."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.actions import typed_rows
from lib.actions.saving import read
from lib.i18n import LANGUAGES, error
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.kinds import SheetKind
from lib.model.problems import Mistyped
from lib.model.records import Record
from lib.model.risk_records import Countermeasure, Milestone, Phase, Progress
from lib.model.sheet_kinds import KEYS, RECORD_SHEETS, sheet_of
from lib.model.swot_records import Force, Quadrant, SwotItem
from tests.intake.record_studies import records_of

NAMES = {
    "municipality": {"g": "Grong", "l": "Lierne", "h": "1818 Herøy"},
    "area": {"a": "1 Arkiv", "b": "2 Barnevern"},
    "risk": {"r": "Frafall"},
}
WORDS = st.text("abcæøå ", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


def typed(record: type[Record], *lines: dict[str, Any], language: str = "nb", **fixed: object) -> list[Any]:
    return typed_rows.records(sheet_of(record), lines, (), NAMES, language, fixed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", RECORD_SHEETS, ids=lambda kind: kind.key)
@given(data=st.data())
def test_what_is_written_into_cells_is_read_back_just_as_it_was(
    kind: SheetKind, language: str, data: st.DataObject
) -> None:
    known = {refers: list(names) for refers, names in NAMES.items()}
    found = data.draw(records_of(kind, "s", known, WORDS, []))
    lines = [typed_rows.cells(kind, each, NAMES, language) for each in found]
    assert typed_rows.records(kind, lines, found, NAMES, language, {}) == found
    new = typed_rows.records(kind, [line | {"id": float("nan")} for line in lines], found, NAMES, language, {})
    kept = [each for each in found if not isinstance(each, Participation)] or new
    assert kept == [each.model_copy(update={"id": old.id}) for each, old in zip(new, kept, strict=True)] or kept is new


def test_cells_are_read_as_in_a_workbook_in_any_language() -> None:
    line = {
        "name": " Lønn ",
        "kroner": "kr 1\u202f200\u202f000",
        "kind": "Pension",
        "variable": True,
        "from_year": "2026",
    }
    assert typed(CostItem, line, area="a") == [
        CostItem(id="", area="a", name="Lønn", kroner=1_200_000, kind=CostKind.PENSION, variable=True, from_year=2026)
    ]
    assert typed(OwnCost, {"municipality": "grong", "kroner": "0", "jobs": "1,5"}, area="a") == [
        OwnCost(id="", area="a", municipality="g", kroner=0, jobs=1.5)
    ]
    for members in (["Lierne", "Grong"], "Lierne; Grong"):
        (found,) = typed(PartialCost, {"members": members, "kroner": "5"}, area="a")
        assert found == PartialCost(id="", area="a", members=["g", "l"], kroner=5)
    row = {"name": "Vikar", "probability": "2", "cost": "50 000", "deadline": "1. juni 2030", "progress": "i gang"}
    (measure,) = typed(Countermeasure, row, risk="r")
    assert (measure.probability, measure.cost, str(measure.deadline)) == (2, 50_000, "2030-06-01")
    assert (measure.progress, measure.phase) == (Progress.STARTED, Phase.EXECUTION)


def test_a_row_with_nothing_typed_in_it_is_none() -> None:
    nothing = float("nan")
    for record in (CostItem, OwnCost, PartialCost, Countermeasure, Milestone, SwotItem, Force):
        kind = sheet_of(record)
        assert typed(record, typed_rows.blank(kind, "nb"), {"id": nothing}, {"constructed": True}) == []
    assert typed(OwnCost, {"municipality": "Grong", "kroner": "", "jobs": None}, area="a") == []
    assert typed(Participation, {"municipality": "Grong", "takes_part": True, "host": False}, area="a") == []
    assert typed(Participation, {"municipality": "Grong", "takes_part": False}, area="a") == [
        Participation(id="", area="a", municipality="g", takes_part=False)
    ]


def test_a_row_that_is_emptied_goes_and_one_that_needs_nothing_is_as_a_new_one() -> None:
    line = CostItem(id="i", area="a", name="Lønn", kroner=1, constructed=True)
    part = Participation(id="p", area="a", municipality="g", takes_part=False)
    emptied = {"id": "i", "name": None, "kroner": "", "constructed": True}
    assert typed_rows.records(sheet_of(CostItem), [emptied], [line], NAMES, "nb", {"area": "a"}) == []
    as_new = {"id": "p", "municipality": "Grong", "takes_part": True, "host": False}
    (found,) = typed_rows.records(sheet_of(Participation), [as_new], [part], NAMES, "nb", {"area": "a"})
    assert found == part.model_copy(update={"takes_part": True})


def test_what_the_table_does_not_show_is_kept() -> None:
    held = SwotItem(id="s", area="a", quadrant=Quadrant.THREAT, text="Vei", points=3, became="r")
    line = typed_rows.cells(sheet_of(SwotItem), held, NAMES, "nb") | {"theme": "Avstand", "municipality": "1818 Herøy"}
    (found,) = typed_rows.records(sheet_of(SwotItem), [line], [held], NAMES, "nb", {"area": "a"})
    assert found == held.model_copy(update={"theme": "Avstand", "municipality": "h"})


ITEM = {"name": "Lønn", "kroner": "1"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("record", "line", "code"),
    [
        (CostItem, ITEM | {"kroner": "mye"}, "not_a_number"),
        (CostItem, ITEM | {"kroner": "12,5"}, "not_whole"),
        (CostItem, ITEM | {"kroner": "-5"}, "negative_kroner"),
        (CostItem, ITEM | {"kroner": None}, "required"),
        (CostItem, {"kroner": "1"}, "required"),
        (CostItem, ITEM | {"kroner": "ca. 40"}, "number_in_words"),
        (CostItem, ITEM | {"from_year": "i fjor"}, "not_a_number"),
        (CostItem, ITEM | {"from_year": "26"}, "out_of_range"),
        (CostItem, ITEM | {"kind": "lønn"}, "not_a_choice"),
        (CostItem, ITEM | {"name": "x" * 121}, "text_too_long"),
        (OwnCost, {"municipality": "Grong", "jobs": "1"}, "required"),
        (OwnCost, {"municipality": "Grong", "kroner": "1", "jobs": "1.355"}, "ambiguous_number"),
        (OwnCost, {"municipality": "Grong", "kroner": "1", "jobs": "-"}, "mark_for_nothing"),
        (OwnCost, {"municipality": "Grong", "kroner": "1", "jobs": "-1"}, "out_of_limits"),
        (PartialCost, {"members": ["Grong", "Namsos"], "kroner": "1"}, "unknown"),
        (Countermeasure, {"name": "Vikar", "deadline": "snart"}, "not_a_date"),
        (SwotItem, {"text": "Få søkere"}, "required"),
        (SwotItem, {"quadrant": "Svakhet"}, "required"),
        (Milestone, {"name": "Avtale\x0b", "phase": "planlegging"}, "control_characters"),
    ],
)
def test_what_cannot_be_read_names_its_row_and_column(
    record: type[Record], line: dict[str, Any], code: str, language: str
) -> None:
    with pytest.raises(Mistyped) as refused:
        typed(record, {}, line, language=language, area="a", risk="r")
    assert refused.value.code == f"cell.{code}"
    name = str(line.get("name") or line.get("text") or line.get("municipality") or "")
    assert refused.value.row == (f"2 ({name[:60].strip()})" if name else "2")
    sentence = error(language, refused.value)
    assert sentence.startswith(("Rad 2", "Row 2"))
    assert "{" not in sentence


def test_decimals_come_back_as_they_were_also_when_they_could_be_thousands() -> None:
    for value in (1.355, 0.001, 2359.0, 1e6):
        assert read(KEYS.column("figure"), typed_rows.decimal(value, "nb")) == value
