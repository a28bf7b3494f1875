"""Results through the actions: the documented order, filters that give nobody away, exports that say the same."""

from __future__ import annotations

import pytest

from lib.actions import open_store, results
from lib.actions.ranking import firmness
from lib.actions.results import Ranking
from lib.actions.suppression import ALL, EVEN, Selection
from lib.actions.uploads import uploads
from lib.exhibits import results as shown_results
from lib.exhibits.ranking import tables, words
from lib.model.access import VISITOR, Actor
from lib.model.columns import ITEM, RANK, SCORE, N
from lib.model.problems import Denied, NotFound
from lib.model.records import Rater, Study
from lib.store import rows, tally
from tests.actions.books import areas, book, municipalities, scores
from tests.facts import DOCUMENTED_ORDER
from tests.people import FACILITATOR, let_through, reader
from tests.taken import sheet, taken, text


def plain(study: Study, actor: Actor = FACILITATOR, **choices: object) -> Ranking:
    workshop = results.workshops(actor, study)[0]
    return results.ranking(actor, study, Selection(workshop.id, **choices))  # type: ignore[arg-type]


def stored(study: Study, given: dict[str, dict[str, tuple[int, int]]], who: dict[str, tuple[str, str]]) -> None:
    names = {name for answers in given.values() for name in answers}
    content = book(
        {
            "Kommuner": municipalities(Grong=2359, Lierne=1355),
            "Områder": areas(*sorted(names)),
            "Vurderinger": scores(given, who),
        }
    )
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb")
    assert not preview.errors
    uploads.confirm(FACILITATOR, preview)


def test_the_demonstration_comes_out_in_the_documented_order(demonstration: Study) -> None:
    ranking = plain(demonstration, VISITOR)
    assert [ranking.material.names[item] for item in ranking.summary[ITEM]] == list(DOCUMENTED_ORDER)
    assert list(ranking.summary[RANK]) == list(range(1, 14))
    assert ranking.material.raters == 9
    assert ranking.material.workshop.constructed


def test_the_headline_names_the_first_and_what_is_stable(demonstration: Study) -> None:
    said = words.headline("nb", plain(demonstration))
    assert said.startswith("Rus og psykiatri ligger øverst. De tre øverste er stabile.")
    assert "plass 4–7" in said


def test_an_even_weight_is_the_plain_product_and_the_ends_are_one_criterion(demonstration: Study) -> None:
    even, first = plain(demonstration), plain(demonstration, weight=100)
    assert plain(demonstration, weight=50).summary[SCORE].tolist() == even.summary[SCORE].tolist()
    assert first.summary[SCORE].max() <= 100
    order = first.summary.sort_values("potential", ascending=False)[ITEM].tolist()
    assert first.summary[ITEM].tolist()[0] == order[0]


def test_leaving_out_a_group_takes_it_out(demonstration: Study) -> None:
    workshop = results.workshops(VISITOR, demonstration)[0]
    groups = results.choices(VISITOR, demonstration, workshop.id).groups
    assert list(groups.values()) == [f"Gruppe {number}" for number in range(1, 10)]
    for group in groups:
        ranking = plain(demonstration, leave_out=group)
        assert ranking.material.raters == 8
        assert ranking.material.left_out == groups[group]


def test_three_or_more_of_a_role_are_shown_and_add_up_to_all(demonstration: Study) -> None:
    elected, administration = plain(demonstration, role="elected"), plain(demonstration, role="administration")
    assert elected.material.raters >= 3
    assert elected.material.raters + administration.material.raters == 9
    assert "bare folkevalgte" in shown_results.basis("nb", elected)


def test_a_role_of_two_is_not_shown_and_neither_is_the_rest(own: Study) -> None:
    given = {f"G{number}": {"Arkiv": (8, number), "Lønn": (5, 6)} for number in range(1, 8)}
    who = {group: ("Folkevalgt" if group in ("G1", "G2") else "Administrasjon", "Grong") for group in given}
    stored(own, given, who)
    for role, code in (("elected", "too_few_raters"), ("administration", "found_by_subtraction")):
        with pytest.raises(Denied) as refused:
            plain(own, role=role)
        assert refused.value.code == code
    assert plain(own).material.raters == 7


def test_combined_filters_cannot_be_subtracted_from_each_other(own: Study) -> None:
    """Seven elected, of whom one in Lierne: «folkevalgte» and «folkevalgte i Grong» would give that one away."""
    given = {f"G{number}": {"Arkiv": (8, number), "Lønn": (5, 6)} for number in range(1, 11)}
    who = {
        group: ("Folkevalgt" if place < 7 else "Administrasjon", "Lierne" if place in (0, 7, 8, 9) else "Grong")
        for place, group in enumerate(given)
    }
    stored(own, given, who)
    workshop = results.workshops(FACILITATOR, own)[0]
    grong = next(
        key for key, name in results.choices(FACILITATOR, own, workshop.id).municipalities.items() if name == "Grong"
    )
    assert plain(own, role="elected").material.raters == 7
    with pytest.raises(Denied) as refused:
        plain(own, role="elected", municipality=grong)
    assert refused.value.code == "found_by_subtraction"


def test_an_area_that_too_few_of_the_selected_rated_is_hidden(own: Study) -> None:
    given = {f"G{number}": {"Arkiv": (8, number)} for number in range(1, 9)}
    for group in ("G1", "G2", "G5", "G6", "G7"):
        given[group]["Lønn"] = (9, 9)
    who = {group: ("Folkevalgt" if place < 4 else "Administrasjon", "Grong") for place, group in enumerate(given)}
    stored(own, given, who)
    elected = plain(own, role="elected")
    assert [elected.material.names[item] for item in elected.summary[ITEM]] == ["Arkiv"]
    assert [elected.material.names[item] for item in elected.material.hidden] == ["Lønn"]
    assert "skjult" in str(tables.table("nb", elected, firmness.firmness(FACILITATOR, elected)).shown.to_pydict())
    assert len(plain(own).summary) == 2


def test_a_filter_and_a_group_left_out_still_need_three(own: Study) -> None:
    given = {f"G{number}": {"Arkiv": (8, number), "Lønn": (5, 6)} for number in range(1, 7)}
    who = {group: ("Folkevalgt" if place < 3 else "Administrasjon", "Grong") for place, group in enumerate(given)}
    stored(own, given, who)
    group = next(rater.id for rater in rows.current(open_store.store(), Rater, own.id) if rater.name == "G1")
    with pytest.raises(Denied) as refused:
        plain(own, role="elected", leave_out=group)
    assert refused.value.code == "too_few_raters"
    assert plain(own, role="administration", leave_out=group).material.raters == 3


def test_results_are_for_those_who_may_see_them(own: Study) -> None:
    stored(own, {"G1": {"Arkiv": (8, 7), "Lønn": (5, 6)}}, {})
    workshop = results.workshops(FACILITATOR, own)[0]
    acts = (
        lambda actor: results.workshops(actor, own),
        lambda actor: results.choices(actor, own, workshop.id),
        lambda actor: results.ranking(actor, own, Selection(workshop.id)),
        lambda actor: taken("ranking.order", own, by=actor),
        lambda actor: taken("ranking.order", own, ending="csv", by=actor),
    )
    for act in acts:
        assert let_through(act, own) == {"reader", "leader", "facilitator"}


def test_a_workshop_of_another_study_is_not_found(own: Study, demonstration: Study) -> None:
    workshop = results.workshops(VISITOR, demonstration)[0]
    with pytest.raises(NotFound):
        results.ranking(reader(own), own, Selection(workshop.id))


def test_the_store_adds_up_to_the_same_ranking(demonstration: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    plainly = plain(demonstration)
    monkeypatch.setattr(results, "AGGREGATE_FROM", 1)
    added = results.weigh(results.look(demonstration, plainly.material.selection), EVEN)
    assert added.intervals is None
    assert added.summary.round(9).to_dict() == plainly.summary.round(9).to_dict()
    assert "regner vi ikke ut" in words.headline("nb", added)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_exports_say_that_figures_are_constructed_and_hold_the_same_figures(
    demonstration: Study, language: str
) -> None:
    ranking = plain(demonstration)
    found = sheet("ranking.order", demonstration, language=language, by=VISITOR)
    lines = [[cell.value for cell in row] for row in found.iter_rows()]
    said = text("ranking.order", demonstration, language=language, by=VISITOR)
    mark = {"nb": "Konstruerte eksempeltall", "en": "Made-up example figures"}[language]
    assert any(mark in str(line[0]) for line in lines)
    assert mark in said
    heading = next(line for line in lines if line[1] is not None)
    assert len(lines) - lines.index(heading) - 1 == 13
    first = lines[lines.index(heading) + 1]
    assert first[1] == "Rus og psykiatri"
    assert first[2] == pytest.approx(ranking.summary[SCORE][0], abs=0.005)
    assert all(name in said for name in DOCUMENTED_ORDER)


def test_names_are_never_formulas_in_exports(own: Study) -> None:
    stored(own, {"G1": {"=1+1": (8, 7), "@SUM(A1)": (5, 6), "-2": (4, 4)}}, {})
    named = [
        cell
        for row in sheet("ranking.order", own).iter_rows()
        for cell in row
        if str(cell.value).startswith(("=", "@", "-"))
    ]
    assert len(named) >= 3
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in named)
    said = text("ranking.order", own)
    assert ";'=1+1;" in said
    assert ";=1+1;" not in said


def test_two_orders_are_explained(demonstration: Study) -> None:
    ranking = plain(demonstration)
    assert ranking.reordered
    said = words.reordered("nb", ranking)
    assert ranking.material.names[ranking.reordered[0].above] in said[0]
    assert words.reordered("nb", plain(demonstration, weight=60))[-1] != said[-1]


def test_shared_first_place_names_both(own: Study) -> None:
    stored(own, {"G1": {"Arkiv": (8, 8), "Lønn": (8, 8), "Telefoni": (2, 2)}}, {})
    ranking = plain(own)
    assert words.headline("nb", ranking).startswith("Arkiv og Lønn deler førsteplassen. Bare én har vurdert")


def test_answers_of_dont_know_are_counted_apart(demonstration: Study) -> None:
    summary = plain(demonstration).summary
    assert (summary[N] + summary["skipped"]).max() == 9
    assert summary["skipped"].sum() > 0


def test_sheets_are_what_the_tally_needs(demonstration: Study) -> None:
    workshop = results.workshops(VISITOR, demonstration)[0]
    found = tally.sheets(open_store.store(), workshop.id, 1, plain(demonstration).material.method)
    assert found["raters"].sum() == 9 * 13


def test_no_filter_is_called_all() -> None:
    assert not Selection("w").filtered
    assert Selection("w", role="elected").filtered
    assert Selection("w", municipality="m").filtered
    assert Selection("w", role=ALL, municipality=ALL) == Selection("w")
