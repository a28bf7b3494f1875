"""What a study knows of costs: read by those who may, typed in by leaders, checked, undone, and confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from lib.actions import open_store, studies
from lib.actions.costs import cost_figures
from lib.actions.uploads import uploads
from lib.i18n import error
from lib.model.access import VISITOR, Actor
from lib.model.cost_records import CostBook, CostItem, KeyFigure, ModelChoice, OwnCost, PartialCost, Participation
from lib.model.problems import AppError, Denied, NotFound
from lib.model.records import Study
from lib.store import audit
from tests.actions.books import areas, book, municipalities
from tests.people import FACILITATOR, leader, let_through

STUDY = book({"Kommuner": municipalities(Grong=2359, Lierne=1355), "Områder": areas("Arkiv", "Lønn")})
TWENTY_EIGHTY = ModelChoice(id="", shares={"equal": 20, "population": 80}, phase_in=[])


@pytest.fixture
def region(own: Study) -> Study:
    """A study with two municipalities and two areas."""
    uploads.confirm(FACILITATOR, uploads.check(FACILITATOR, own, "bok.xlsx", STUDY, "nb"))
    return own


def known(study: Study) -> CostBook:
    return cost_figures.book(leader(study), study)


def test_a_study_without_figures_is_an_empty_book(region: Study) -> None:
    found = known(region)
    assert [town.name for town in found.municipalities] == ["Grong", "Lierne"]
    assert [area.name for area in found.areas] == ["Arkiv", "Lønn"]
    assert (found.items, found.own, found.partial, found.participation, found.choices) == ((), (), (), (), ())
    assert set(found.confirmed.values()) == {False}
    assert not found.constructed


def test_readers_see_and_leaders_change(region: Study) -> None:
    area = known(region).areas[0].id
    assert let_through(lambda actor: cost_figures.book(actor, region), region) == {"reader", "leader", "facilitator"}
    assert let_through(lambda actor: cost_figures.choose_model(actor, region, area, TWENTY_EIGHTY), region) == {
        "leader",
        "facilitator",
    }


def test_a_chosen_model_is_the_areas_and_the_last_one_counts(region: Study) -> None:
    area = known(region).areas[0].id
    cost_figures.choose_model(leader(region), region, area, TWENTY_EIGHTY)
    later = ModelChoice(id="", shares={"equal": 100}, cap=900_000, phase_in=[50])
    cost_figures.choose_model(leader(region), region, area, later)
    assert known(region).choices == (later.model_copy(update={"id": area}),)
    newest = uploads.history(leader(region), region)[0]
    assert (newest.kind, newest.file_name, newest.counts) == ("form", "Arkiv", {"model_choices": 1})
    uploads.flip(leader(region), region, newest.id, False)
    assert known(region).choices[0].shares == TWENTY_EIGHTY.shares
    assert audit.listed(open_store.store(), region.id)[1].action == "costs.edit"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"shares": {"equal": 20, "population": 70}}, "shares_not_100"),
        ({"shares": {}}, "shares_not_100"),
        ({"shares": {"equal": 120, "population": -20}}, "negative_amount"),
        ({"shares": {"equal": float("nan")}}, "not_a_number"),
        ({"host": "ukjent", "host_percent": 10}, "unknown_host"),
        ({"host_percent": 101}, "percent_out_of_range"),
        ({"phase_in": [-1]}, "percent_out_of_range"),
        ({"floor": 2, "cap": 1}, "floor_above_cap_for_all"),
        ({"floor": -2}, "negative_amount"),
        ({"floors": {"ukjent": 2}}, "unknown_municipality"),
    ],
)
def test_what_is_no_model_changes_nothing(region: Study, change: dict[str, object], code: str) -> None:
    before, area = studies.revision_of(FACILITATOR, region), known(region).areas[0].id
    with pytest.raises(AppError) as refused:
        cost_figures.choose_model(leader(region), region, area, TWENTY_EIGHTY.model_copy(update=change))
    assert refused.value.code == code
    assert studies.revision_of(FACILITATOR, region) == before


@pytest.mark.parametrize(("floor", "cap", "code"), [(2, 1, "floor_above_cap_for_all"), (-1, None, "negative_amount")])
def test_limits_of_a_single_municipality_are_held_against_each_other(
    region: Study, floor: int, cap: int | None, code: str
) -> None:
    town, area = known(region).municipalities[0].id, known(region).areas[0].id
    limits = {"floors": {town: floor}, "caps": {} if cap is None else {town: cap}}
    with pytest.raises(AppError) as refused:
        cost_figures.choose_model(leader(region), region, area, TWENTY_EIGHTY.model_copy(update=limits))
    assert refused.value.code == code
    assert known(region).choices == ()


def test_a_model_needs_an_area_of_the_study(region: Study) -> None:
    with pytest.raises(NotFound):
        cost_figures.choose_model(leader(region), region, "ukjent", TWENTY_EIGHTY)


LINE = CostItem(id="", area="", name="Lønn", kroner=900_000)


def ids(study: Study) -> tuple[str, str, str]:
    """Grong, Lierne, and the area Arkiv."""
    found = known(study)
    return found.municipalities[0].id, found.municipalities[1].id, found.areas[0].id


def save_keys(actor: Actor, study: Study, town: str, keys: Mapping[str, float | None]) -> None:
    """These keys besides those that the municipality has."""
    held = next((each for each in cost_figures.book(actor, study).municipalities if each.id == town), None)
    known = {row.id.casefold(): row for row in cost_figures.key_figures(held)} if held else {}
    blank = KeyFigure(id="", key="")
    typed = [
        known.get(key.casefold(), blank).model_copy(update={"key": key, "figure": figure})
        for key, figure in keys.items()
    ]
    kept = [row for key, row in known.items() if key not in map(str.casefold, keys)]
    cost_figures.save_keys(actor, study, town, [*kept, *typed])


def save_all(study: Study) -> None:
    """Something of every kind, on Arkiv."""
    actor, (grong, lierne, area) = leader(study), ids(study)
    cost_figures.save(actor, study, area, CostItem, [LINE, LINE.model_copy(update={"name": "Pensjon"})])
    cost_figures.save(actor, study, area, OwnCost, [own_cost(grong, 500_000, jobs=1.5), own_cost(lierne, 300_000)])
    cost_figures.save(
        actor, study, area, PartialCost, [PartialCost(id="", area="", members=[lierne, grong], kroner=700_000)]
    )
    cost_figures.save(
        actor, study, area, Participation, [Participation(id="", area="", municipality=grong, host=True, jobs=2)]
    )


def own_cost(municipality: str, kroner: int, **more: object) -> OwnCost:
    return OwnCost.model_validate({"id": "", "area": "", "municipality": municipality, "kroner": kroner} | more)


def test_what_is_typed_in_is_what_a_workbook_would_have_written(region: Study) -> None:
    save_all(region)
    before = known(region)
    assert [item.name for item in before.items] == ["Lønn", "Pensjon"]
    content = uploads.current_workbook(leader(region), region, "nb")
    preview = uploads.check(leader(region), region, "bok.xlsx", content, "nb")
    assert (preview.problems, bool(preview.changes)) == ((), False)
    forms = uploads.history(leader(region), region)[:4]
    assert {key for batch in forms for key in batch.counts} == {"costs", "own_costs", "partial_costs", "participation"}
    for batch in forms:
        uploads.flip(leader(region), region, batch.id, False)
    assert not known(region).items
    for batch in reversed(forms):
        uploads.flip(leader(region), region, batch.id, True)
    assert known(region) == before


def test_a_form_says_what_an_area_has_so_what_it_leaves_out_is_gone(region: Study) -> None:
    save_all(region)
    _, _, area = ids(region)
    first = known(region).items[0]
    cost_figures.save(leader(region), region, area, CostItem, [first.model_copy(update={"name": "Lønn og reise"})])
    assert [(item.name, item.kroner) for item in known(region).items] == [("Lønn og reise", 900_000)]
    revision = studies.revision_of(FACILITATOR, region)
    cost_figures.save(leader(region), region, area, CostItem, known(region).items)
    assert studies.revision_of(FACILITATOR, region) == revision


def test_two_who_change_and_remove_different_lines_both_stand(region: Study) -> None:
    save_all(region)
    _, _, area = ids(region)
    pay, pension = seen = known(region).items
    cost_figures.save(
        leader(region), region, area, CostItem, [pay.model_copy(update={"model": "20/80"}), pension], seen
    )
    cost_figures.save(leader(region), region, area, CostItem, [pay.model_copy(update={"kroner": 1})], seen)
    assert [(item.name, item.kroner, item.model) for item in known(region).items] == [("Lønn", 1, "20/80")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kroner": -1}, "cell.negative_kroner"),
        ({"kroner": 10**12}, "cell.out_of_range"),
        ({"name": " \u200b "}, "cell.required"),
        ({"name": "x" * 121}, "cell.text_too_long"),
        ({"one_off": True}, "one_off_without_year"),
        ({"from_year": 2030, "to_year": 2026}, "years_out_of_order"),
        ({"from_year": 26}, "cell.out_of_range"),
        ({"name": "PENSJON"}, "twice"),
    ],
)
def test_a_line_that_cannot_stand_changes_nothing(region: Study, change: dict[str, object], code: str) -> None:
    before, (_, _, area) = studies.revision_of(FACILITATOR, region), ids(region)
    typed = [LINE.model_copy(update={"name": "Pensjon"}), LINE.model_copy(update=change)]
    with pytest.raises(AppError) as refused:
        cost_figures.save(leader(region), region, area, CostItem, typed)
    assert refused.value.code == code
    assert "{" not in error("nb", refused.value)
    assert studies.revision_of(FACILITATOR, region) == before


def test_rows_about_municipalities_are_checked_as_in_a_workbook(region: Study) -> None:
    actor, (grong, lierne, area) = leader(region), ids(region)
    takes = Participation(id="", area="", municipality=grong)
    refused: list[tuple[str, Callable[[], None]]] = [
        ("not_found", lambda: cost_figures.save(actor, region, area, OwnCost, [own_cost("ukjent", 1)])),
        ("twice", lambda: cost_figures.save(actor, region, area, OwnCost, [own_cost(grong, 1), own_cost(grong, 2)])),
        ("cell.out_of_limits", lambda: cost_figures.save(actor, region, area, OwnCost, [own_cost(grong, 1, jobs=-1)])),
        ("single_member", lambda: cost_figures.save(actor, region, area, PartialCost, [partial(grong, grong)])),
        ("not_found", lambda: cost_figures.save(actor, region, area, PartialCost, [partial(grong, "ukjent")])),
        ("host_takes_no_part", lambda: cost_figures.save(
            actor, region, area, Participation, [takes.model_copy(update={"host": True, "takes_part": False})])),
        ("two_hosts", lambda: cost_figures.save(actor, region, area, Participation, 
            [takes.model_copy(update={"host": True, "municipality": town}) for town in (grong, lierne)])),
        ("not_found", lambda: cost_figures.save(actor, region, "ukjent", CostItem, [LINE])),
        ("not_found", lambda: save_keys(actor, region, "ukjent", {"population": 1})),
    ]  # fmt: skip
    for code, act in refused:
        with pytest.raises(AppError) as told:
            act()
        assert told.value.code == code
    assert not known(region).own


def partial(*members: str) -> PartialCost:
    return PartialCost(id="", area="", members=list(members), kroner=1)


def test_keys_are_mended_one_by_one(region: Study) -> None:
    grong, _, _ = ids(region)
    save_keys(leader(region), region, grong, {"population": 2400, "year": 2025, "Elever": 301.0, "Bruk": 7})
    save_keys(leader(region), region, grong, {"elever": 305, "Bruk": None})
    town = known(region).municipalities[0]
    assert (town.population, town.year, town.keys) == (2400, 2025, {"Elever": 305.0})


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"population": -1}, "cell.out_of_limits"),
        ({"population": 1.5}, "cell.not_whole"),
        ({"year": 25}, "cell.out_of_range"),
        ({"Elever": -3}, "cell.out_of_limits"),
        ({"Elever": float("inf")}, "cell.not_a_number"),
        ({"Folketall": 3}, "key_name_taken"),
        ({" ": 3}, "cell.required"),
    ],
)
def test_what_is_no_key_changes_nothing(region: Study, keys: dict[str, float], code: str) -> None:
    before, (grong, _, _) = studies.revision_of(FACILITATOR, region), ids(region)
    with pytest.raises(AppError) as refused:
        save_keys(leader(region), region, grong, keys)
    assert refused.value.code == code
    assert studies.revision_of(FACILITATOR, region) == before


def test_confirmed_figures_are_unconfirmed_by_any_change_of_the_municipalitys_own(region: Study) -> None:
    save_all(region)
    actor, (grong, lierne, area) = leader(region), ids(region)
    changes: list[Callable[[], None]] = [
        lambda: cost_figures.save(actor, region, area, OwnCost, [own_cost(grong, 500_001), own_cost(lierne, 300_000)]),
        lambda: cost_figures.save(actor, region, area, OwnCost, [own_cost(lierne, 300_000)]),
        lambda: save_keys(actor, region, grong, {"population": 7}),
        lambda: save_keys(actor, region, grong, {"Elever": 7}),
    ]
    for change in changes:
        cost_figures.save(actor, region, area, OwnCost, [own_cost(grong, 500_000), own_cost(lierne, 300_000)])
        cost_figures.confirm(actor, region, grong, cost_figures.statuses(actor, region)[grong].digest)
        assert known(region).confirmed == {grong: True, lierne: False}
        change()
        assert known(region).confirmed == {grong: False, lierne: False}
    uploads.flip(actor, region, uploads.history(actor, region)[0].id, False)
    assert known(region).confirmed[grong]


def test_a_confirmation_says_who_and_is_of_what_was_seen(region: Study) -> None:
    save_all(region)
    actor, (grong, lierne, _) = leader(region), ids(region)
    seen = cost_figures.statuses(actor, region)[grong]
    save_keys(actor, region, grong, {"population": 7})
    with pytest.raises(AppError) as refused:
        cost_figures.confirm(actor, region, grong, seen.digest)
    assert refused.value.code == "figures_moved"
    cost_figures.confirm(actor, region, grong)
    found = cost_figures.statuses(actor, region)
    assert (found[grong].confirmed, found[grong].by, found[lierne].at) == (True, "leader", None)
    assert found[grong].at is not None
    revision = studies.revision_of(actor, region)
    cost_figures.confirm(actor, region, grong)
    assert studies.revision_of(actor, region) == revision


def test_a_municipality_without_costs_has_nothing_to_confirm(region: Study) -> None:
    grong, _, _ = ids(region)
    with pytest.raises(AppError) as refused:
        cost_figures.confirm(leader(region), region, grong)
    assert refused.value.code == "nothing_to_confirm"


def partial_of(act: Callable[[Actor, Study, str, str], None], *about: Any) -> Callable[[Actor], object]:
    return lambda actor: act(actor, *about)


def test_every_save_is_the_leaders_and_nobodys_in_a_demonstration(region: Study, demonstration: Study) -> None:
    acts: list[Callable[[Actor, Study, str, str], None]] = [
        lambda actor, study, area, _: cost_figures.save(actor, study, area, CostItem, []),
        lambda actor, study, area, _: cost_figures.save(actor, study, area, OwnCost, []),
        lambda actor, study, area, _: cost_figures.save(actor, study, area, PartialCost, []),
        lambda actor, study, area, _: cost_figures.save(actor, study, area, Participation, []),
        lambda actor, study, _, town: save_keys(actor, study, town, {}),
        lambda actor, study, _, town: cost_figures.confirm(actor, study, town),
    ]
    grong, _, area = ids(region)
    cost_figures.save(leader(region), region, area, OwnCost, [own_cost(grong, 1)])
    for act in acts[:1] + acts[2:]:
        assert let_through(partial_of(act, region, area, grong), region) == {"leader", "facilitator"}
    for act in acts:
        with pytest.raises(Denied) as refused:
            act(FACILITATOR, demonstration, "", "")
        assert refused.value.code == "demo_read_only"
    assert cost_figures.book(VISITOR, demonstration).areas


def test_what_an_undone_upload_takes_away_takes_its_figures_along(region: Study) -> None:
    save_all(region)
    actor, (grong, _, area) = leader(region), ids(region)
    cost_figures.choose_model(actor, region, area, TWENTY_EIGHTY.model_copy(update={"host": grong, "host_percent": 10}))
    uploads.flip(actor, region, uploads.history(actor, region)[-1].id, False)
    found = known(region)
    assert (found.items, found.own, found.partial, found.participation, found.choices) == ((), (), (), (), ())
