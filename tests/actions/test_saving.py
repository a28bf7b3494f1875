"""The one save, for every kind that is typed and on both engines: what is merged, asked about and refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from lib.access import Action
from lib.actions import open_store, saving, studies
from lib.actions.forms import form
from lib.actions.saving import Conflicted, Stored
from lib.domain.merging import Answers, Conflict
from lib.i18n import LANGUAGES, error
from lib.model.kinds import SheetKind, Type
from lib.model.problems import AppError, Mistyped, NotFound
from lib.model.records import Record, Study
from lib.model.risk_records import Phase, Risk
from lib.model.sheet_kinds import RECORD_SHEETS
from lib.model.swot_records import NoteKind, Quadrant, Side
from lib.store import batches, rows
from tests.people import FACILITATOR
from tests.store.engines import ENGINES, fresh_address

NAMES = {
    "area": {"a": "Arkiv", "b": "Barnevern"},
    "municipality": {"g": "Grong", "l": "Lierne"},
    "risk": {"r": "Frafall"},
}
RISK = Risk(id="r", factor="Frafall", probability=5, consequence=5)


class Case(NamedTuple):
    """A record, what two people change of it in different fields, another wish for the first, and a pair of fields."""

    base: dict[str, Any]
    one: dict[str, Any]
    other: dict[str, Any]
    rival: dict[str, Any]
    pair: tuple[dict[str, Any], dict[str, Any]] | None = None


SAID = {"area": "a", "text": "Lang reisevei"}
CASES = {
    "costs": Case({"area": "a", "name": "Lønn", "kroner": 100}, {"kroner": 200}, {"model": "20/80"}, {"kroner": 300},
                  ({"from_year": 2026}, {"to_year": 2030})),
    "own_costs": Case({"area": "a", "municipality": "g", "kroner": 100}, {"kroner": 200}, {"jobs": 1.5},
                      {"kroner": 300}),
    "partial_costs": Case({"area": "a", "members": ["g", "l"], "kroner": 100}, {"kroner": 200}, {"constructed": True},
                          {"kroner": 300}),
    "participation": Case({"area": "a", "municipality": "g"}, {"jobs": 2.0}, {"host": True}, {"jobs": 3.0},
                          ({"host": True}, {"takes_part": False})),
    "risks": Case({"factor": "Frafall", "area": "a"}, {"owner": "HR"}, {"cause": "Slitasje"}, {"owner": "IT"},
                  ({"probability": 2}, {"consequence": 3})),
    "countermeasures": Case({"risk": "r", "name": "Vikar"}, {"owner": "HR"}, {"cost": 5}, {"owner": "IT"},
                            ({"probability": 2}, {"consequence": 3})),
    "milestones": Case({"name": "Avtale", "phase": Phase.PLANNING}, {"owner": "HR"}, {"phase": Phase.EXECUTION},
                       {"owner": "IT"}),
    "swot": Case({**SAID, "quadrant": Quadrant.THREAT}, {"theme": "Vei"}, {"constructed": True}, {"theme": "Avstand"}),
    "forces": Case({**SAID, "side": Side.BARRIER}, {"strength": 4}, {"constructed": True}, {"strength": 5}),
    "notes": Case({**SAID, "kind": NoteKind.TIME}, {"constructed": True}, {"source": "Møte"}, {"text": "Kort vei"}),
}  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("saving")
    with fresh_address(str(request.param), folder) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MULIGHETSROM_STORE", address)
        yield address
        open_store.close()


@pytest.fixture
def study(engine: str, request: pytest.FixtureRequest) -> Study:
    return studies.create(FACILITATOR, f"Region {abs(hash(request.node.nodeid))}")


@pytest.fixture(params=[kind.key for kind in RECORD_SHEETS])
def kind(request: pytest.FixtureRequest) -> SheetKind:
    return next(each for each in RECORD_SHEETS if each.key == request.param)


def held(study: Study, kind: SheetKind) -> list[Record]:
    assert kind.record is not None
    return rows.current(open_store.store(), kind.record, study.id)


def made(kind: SheetKind, **more: Any) -> Record:
    assert kind.record is not None
    return kind.record.model_validate({"id": "", **CASES[kind.key].base, **more})


def save(
    study: Study, kind: SheetKind, typed: list[Record], seen: list[Record] | None = None, answers: Answers = ()
) -> None:
    with form(FACILITATOR, study, Action.RISK_EDIT, kind.key) as open_form:
        belongs = RISK if kind.key == "countermeasures" else None
        saving.save(open_form, kind, typed, seen, Stored(held(study, kind), (), NAMES, belongs), "prøve", answers)


def began(study: Study, kind: SheetKind, **more: Any) -> Record:
    """The one record of the study, stored."""
    save(study, kind, [made(kind, **more)])
    (found,) = held(study, kind)
    return found


def asked(study: Study, kind: SheetKind, typed: list[Record], seen: list[Record]) -> tuple[Conflict, ...]:
    """What is shown; nothing is stored meanwhile."""
    before = held(study, kind), batches.history(open_store.store(), study.id)
    with pytest.raises(Conflicted) as refused:
        save(study, kind, typed, seen)
    assert (held(study, kind), batches.history(open_store.store(), study.id)) == before
    assert {who for who, _ in refused.value.by.values()} == {FACILITATOR.name}
    return refused.value.conflicts


def _values(record: Record, fields: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in fields)


def changed(record: Record, update: dict[str, Any]) -> Record:
    return record.model_copy(update=update)


def test_different_fields_of_one_row_merge_and_rows_that_both_add_stand(study: Study, kind: SheetKind) -> None:
    case, seen = CASES[kind.key], began(study, kind)
    save(study, kind, [changed(seen, case.one)], [seen])
    save(study, kind, [changed(seen, case.other)], [seen])
    assert held(study, kind) == [changed(seen, case.one | case.other)]
    assert batches.history(open_store.store(), study.id)[0].counts == {kind.key: 1}


def test_for_the_same_field_both_are_shown_and_what_is_chosen_stands(study: Study, kind: SheetKind) -> None:
    case, seen = CASES[kind.key], began(study, kind)
    rival = case.rival if case.rival.keys() == case.one.keys() else {"text": "Vei og buss"}
    first = case.one if rival is case.rival else case.rival
    save(study, kind, [changed(seen, first)], [seen])
    mine = [changed(seen, rival | case.other)]
    (told,) = asked(study, kind, mine, [seen])
    assert {*rival} <= {*told.fields}
    assert (told.theirs, told.ours) == tuple(_values(changed(seen, each), told.fields) for each in (first, rival))
    save(study, kind, mine, [seen], [(told, False)])
    assert held(study, kind) == [changed(seen, first | case.other)]
    save(study, kind, mine, [seen], [(told, True)])
    assert held(study, kind) == [changed(seen, rival | case.other)]


def test_what_moves_again_after_it_was_shown_is_shown_again(study: Study) -> None:
    costs = RECORD_SHEETS[0]
    seen = began(study, costs)
    save(study, costs, [changed(seen, {"kroner": 200})], [seen])
    mine = [changed(seen, {"kroner": 300})]
    (told,) = asked(study, costs, mine, [seen])
    save(study, costs, [changed(seen, {"kroner": 250})])
    for choice in (True, False):
        with pytest.raises(Conflicted) as refused:
            save(study, costs, mine, [seen], [(told, choice)])
        assert [(each.theirs, each.ours) for each in refused.value.conflicts] == [((250, False), (300, False))]


def test_fields_that_make_sense_only_together_are_one(study: Study, kind: SheetKind) -> None:
    pair = CASES[kind.key].pair
    if pair is None:
        assert all(len(group) > 1 for group in kind.groups)
        return
    seen = began(study, kind)
    save(study, kind, [changed(seen, pair[0])], [seen])
    (told,) = asked(study, kind, [changed(seen, pair[1])], [seen])
    assert {*told.fields} == {*pair[0], *pair[1]}


def test_what_one_removes_and_another_changes_is_asked_about_both_ways(study: Study, kind: SheetKind) -> None:
    case, seen = CASES[kind.key], began(study, kind)
    save(study, kind, [changed(seen, case.one)], [seen])
    (told,) = asked(study, kind, [], [seen])
    assert (told.theirs, told.ours) == (tuple(case.one.values()), None)
    save(study, kind, [], [seen], [(told, True)])
    assert held(study, kind) == []
    (told,) = asked(study, kind, [changed(seen, case.other)], [seen])
    assert (told.theirs, told.ours) == (None, tuple(case.other.values()))
    save(study, kind, [changed(seen, case.other)], [seen], [(told, True)])
    assert held(study, kind) == [changed(seen, case.other)]


def test_a_row_that_two_add_is_one_and_what_they_say_differently_is_asked(study: Study, kind: SheetKind) -> None:
    case = CASES[kind.key]
    if not case.one.keys() & case.rival.keys():
        return
    save(study, kind, [made(kind, **case.one)], [])
    save(study, kind, [made(kind, **case.one)], [])
    assert len(held(study, kind)) == 1
    (told,) = asked(study, kind, [made(kind, **case.rival)], [])
    assert {*case.one} <= {*told.fields}


def test_a_natural_key_twice_is_refused_or_kept_once_as_the_kind_says(study: Study, kind: SheetKind) -> None:
    twice = [made(kind), made(kind)]
    if kind.repeats:
        save(study, kind, twice)
        assert len(held(study, kind)) == 1
        return
    with pytest.raises(Mistyped, match="twice") as refused:
        save(study, kind, twice)
    assert refused.value.row.startswith("2")
    assert held(study, kind) == []


def test_no_text_or_figure_goes_past_the_limit_of_its_column(study: Study, kind: SheetKind) -> None:
    for column in kind.columns:
        if column.beside or column.refers:
            continue
        if column.type in (Type.LINE, Type.TEXT):
            wrong: list[Any] = ["x" * (column.max_length + 1)]
        elif column.high is not None:
            wrong = [column.high + 1, (column.low or 0) - 1]
        else:
            continue
        for value in wrong:
            with pytest.raises(Mistyped) as refused:
                save(study, kind, [made(kind, **{column.target: value})])
            assert refused.value.code.startswith("cell.")
            assert refused.value.params["column"] == f"@{column.text}"
            assert all("{" not in error(language, refused.value) for language in LANGUAGES)
    assert held(study, kind) == []


def test_what_a_row_needs_and_refers_to_must_be_there(study: Study, kind: SheetKind) -> None:
    for column in kind.columns:
        if column.refers:
            gone = ["borte", "vekk"] if column.type is Type.LIST else "borte"
            with pytest.raises(NotFound):
                save(study, kind, [made(kind, **{column.target: gone})])
        elif column.required and column.type is Type.LINE:
            with pytest.raises(AppError, match=r"cell\.required"):
                save(study, kind, [made(kind, **{column.target: " \u200b "})])
    assert held(study, kind) == []


def test_what_nobody_has_changed_writes_nothing(study: Study, kind: SheetKind) -> None:
    seen = began(study, kind)
    made_before = batches.history(open_store.store(), study.id)
    save(study, kind, [seen], [seen])
    save(study, kind, [seen])
    assert batches.history(open_store.store(), study.id) == made_before
