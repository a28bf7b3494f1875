"""Who decides the five first and how far the parties are apart, and that it gives nobody's own answers away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from lib.actions import results
from lib.actions.ranking.firmness import GROUP, MUNICIPALITY, ROLE, Firmness, firmness, grounds
from lib.actions.results import Choices, Ranking
from lib.actions.suppression import ALL, Selection
from lib.actions.uploads import uploads
from lib.domain.methods import METHODS
from lib.exhibits import results as shown
from lib.exhibits.ranking import firm_words, tables
from lib.i18n import LANGUAGES, t
from lib.model.columns import GAP, ITEM, ONE, OTHER, SCORE
from lib.model.problems import Denied
from lib.model.records import RaterRole, Study
from tests.actions.books import HEADING, areas, book, municipalities, rated_by, scores
from tests.people import FACILITATOR, let_through
from tests.taken import rows, text

AREAS = tuple("ABCDEFG")
ELECTED, ADMINISTRATION, EMPLOYEES = "Folkevalgt", "Administrasjon", "Tillitsvalgte og ansatte"
PAIR = ("Folkevalgte minus administrasjonen", "Poeng av 100, folkevalgte", "Poeng av 100, administrasjonen")
Given = Mapping[str, Mapping[str, tuple[Any, Any]]]


def stored(study: Study, given: Given, who: Mapping[str, tuple[str | None, str | None]], persons: bool = False) -> None:
    lines = scores(given, who)  # type: ignore[arg-type]
    if persons:
        lines = [(*HEADING, "Enkeltpersoner"), *((*line, "ja") for line in lines[1:])]
    content = book(
        {"Kommuner": municipalities(Grong=2359, Lierne=1355), "Områder": areas(*AREAS), "Vurderinger": lines}
    )
    preview = uploads.check(FACILITATOR, study, "bok.xlsx", content, "nb")
    assert not preview.errors
    uploads.confirm(FACILITATOR, preview)


def looked_at(study: Study, **choices: Any) -> tuple[Ranking, Firmness]:
    workshop = results.workshops(FACILITATOR, study)[0]
    ranking = results.ranking(FACILITATOR, study, Selection(workshop.id, **choices))
    return ranking, firmness(FACILITATOR, ranking)


def kinds(found: Firmness) -> dict[str, list[str]]:
    return {kind: [one.party.name for one in found.left_out if one.party.kind == kind] for kind in KINDS}


KINDS = (GROUP, ROLE, MUNICIPALITY)


def numbered(
    *roles: str | None, places: tuple[str | None, ...] = ("Grong",)
) -> dict[str, tuple[str | None, str | None]]:
    """G1, G2 … with these roles, and the places in turn."""
    return {f"G{place + 1}": (role, places[place % len(places)]) for place, role in enumerate(roles)}


def graded(who: Mapping[str, object]) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Everybody rates everything: the areas fall by one, and G1 alone puts the last one first."""
    given = {group: {area: (9 - place, 8) for place, area in enumerate(AREAS)} for group in who}
    return given | {"G1": {**given["G1"], "E": (1, 1), "F": (10, 10)}}


def test_the_demonstrations_five_first_hang_on_three_groups_and_on_either_party(demonstration: Study) -> None:
    ranking, found = looked_at(demonstration)
    assert kinds(found) == {
        GROUP: [f"Gruppe {number}" for number in range(1, 10)],
        ROLE: [RaterRole.ELECTED, RaterRole.ADMINISTRATION],
        MUNICIPALITY: [],
    }
    assert firm_words.left_out("nb", ranking, found) == [
        "Uten Gruppe 1 eller Gruppe 3 går Innføring av velferdsteknologi ut av de fem øverste, "
        "og Prosjektledelse byggeprosjekt kommer inn.",
        "Uten Gruppe 5 går Legetjeneste ut av de fem øverste, og Prosjektledelse byggeprosjekt kommer inn.",
        "Uten de folkevalgte går Innføring av velferdsteknologi ut av de fem øverste, "
        "og Prosjektledelse byggeprosjekt kommer inn.",
        "Uten administrasjonen går Legetjeneste ut av de fem øverste, "
        "og Felles ressurser på spesialiserte helseområder kommer inn.",
    ]


def test_the_places_of_the_five_first_are_said_together_where_they_are_the_same(demonstration: Study) -> None:
    ranking, _ = looked_at(demonstration)
    assert firm_words.spans("nb", ranking) == [
        "Rus og psykiatri holder seg på plass 1.",
        "Næringsutvikling og Digitaliseringskoordinator kan ligge på plass 2–3.",
        "Legetjeneste kan ligge på plass 4–6.",
        "Innføring av velferdsteknologi kan ligge på plass 4–8.",
    ]


@pytest.mark.parametrize("weight", [50, 80])
def test_the_parties_are_what_the_filters_show(weight: int, demonstration: Study) -> None:
    _, found = looked_at(demonstration, weight=weight)
    assert len(found.gaps) == 13
    assert found.compared == (4, 5)
    for column, role in ((ONE, "elected"), (OTHER, "administration")):
        filtered, nothing = looked_at(demonstration, weight=weight, role=role)
        shown = dict(zip(filtered.summary[ITEM], filtered.summary[SCORE], strict=True))
        assert found.gaps[column].tolist() == pytest.approx([shown[item] for item in found.gaps[ITEM]])
        assert nothing.gaps.empty
        assert nothing.left_out == ()


def test_leaving_a_group_out_as_a_choice_gives_the_five_that_are_said(demonstration: Study) -> None:
    ranking, found = looked_at(demonstration)
    before = set(ranking.summary[ITEM][:5])
    groups = choices(demonstration).groups
    for one in found.left_out[:9]:
        without, nothing = looked_at(demonstration, leave_out=next(i for i, n in groups.items() if n == one.party.name))
        top = set(without.summary.loc[without.summary["rank"] <= 5, ITEM])
        assert (set(one.out), set(one.into)) == (before - top, top - before)
        assert nothing.left_out == ()
        assert nothing.gaps.empty


def choices(study: Study) -> Choices:
    return results.choices(FACILITATOR, study, results.workshops(FACILITATOR, study)[0].id)


def test_it_is_said_when_no_single_group_decides(own: Study) -> None:
    who = numbered(*[ELECTED] * 3, *[ADMINISTRATION] * 3)
    same = {group: {area: (9 - place, 8) for place, area in enumerate(AREAS)} for group in who}
    stored(own, same, who)
    ranking, found = looked_at(own)
    assert firm_words.left_out("nb", ranking, found) == [
        "Ingen enkelt gruppe endrer hvem som er blant de fem øverste.",
        "De fem øverste er de samme også uten de folkevalgte eller administrasjonen.",
    ]
    assert firm_words.gap_finding("nb", ranking, found.gaps) == t("nb", "firmness.gap_none")


def test_municipalities_are_named_after_their_groups_or_people(own: Study) -> None:
    who = numbered(*[None] * 6, places=("Grong", "Lierne"))
    stored(own, graded(who), who, persons=True)
    ranking, found = looked_at(own)
    assert kinds(found) == {GROUP: [], ROLE: [], MUNICIPALITY: ["Grong", "Lierne"]}
    assert firm_words.left_out("nb", ranking, found) == [
        "Uten deltakerne fra Grong går F ut av de fem øverste, og E kommer inn.",
        "De fem øverste er de samme også uten deltakerne fra Lierne.",
    ]


def test_a_single_person_is_never_left_out(own: Study) -> None:
    who = numbered(*[ELECTED] * 3, *[ADMINISTRATION] * 3)
    stored(own, graded(who), who, persons=True)
    assert kinds(looked_at(own)[1]) == {GROUP: [], ROLE: ["elected", "administration"], MUNICIPALITY: []}


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ([ELECTED] * 2 + [ADMINISTRATION] * 5, []),  # the rest would be the two
        ([ELECTED] * 5 + [ADMINISTRATION] * 2 + [EMPLOYEES] * 2, ["elected"]),  # the rest is four of two parties
        ([ELECTED] * 4 + [ADMINISTRATION] * 3 + [None] * 2, ["elected"]),  # both would leave the two without a role
        ([ELECTED] * 6, []),  # nobody would be left
    ],
)
def test_a_party_of_one_or_two_is_neither_left_out_nor_left(
    roles: list[str | None], said: list[str], own: Study
) -> None:
    who = numbered(*roles)
    stored(own, graded(who), who, persons=True)
    _, found = looked_at(own)
    assert kinds(found)[ROLE] == said
    assert found.gaps.empty
    assert found.compared == ()


def test_an_area_that_two_of_a_party_rated_is_not_compared_and_the_party_not_left_out(own: Study) -> None:
    who = numbered(*[ELECTED] * 4, *[ADMINISTRATION] * 4)
    given = graded(who)
    del given["G1"]["C"], given["G2"]["C"]
    stored(own, given, who)
    ranking, found = looked_at(own)
    assert kinds(found)[ROLE] == []
    assert {ranking.material.names[item] for item in found.gaps[ITEM]} == set(AREAS) - {"C"}
    assert t("nb", "firmness.gap_missing") in firm_words.gap_note("nb", ranking, found)
    heading, *lines = exported(ranking)
    told = {line[1]: dict(zip(heading, line, strict=True)) for line in lines}
    assert [told["C"][head] for head in PAIR] == [None] * 3
    assert None not in [told["A"][head] for head in PAIR]


def test_an_area_that_two_of_a_party_answered_in_full_is_hidden_and_not_compared(own: Study) -> None:
    """Four have answered on potential, but the score is made of the two who answered on feasibility too."""
    who = numbered(*[ELECTED] * 4, *[ADMINISTRATION] * 4)
    given = graded(who)
    given["G1"]["C"], given["G2"]["C"] = (7, "vet ikke"), (6, "vet ikke")
    stored(own, given, who)
    ranking, found = looked_at(own)
    assert "C" not in {ranking.material.names[item] for item in found.gaps[ITEM]}
    elected, _ = looked_at(own, role="elected")
    assert [elected.material.names[item] for item in elected.material.hidden] == ["C"]


def test_nothing_is_said_where_the_store_adds_up(demonstration: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "AGGREGATE_FROM", 1)
    ranking, found = looked_at(demonstration)
    assert found.left_out == ()
    assert found.gaps.empty
    assert firm_words.spans("nb", ranking) == firm_words.left_out("nb", ranking, found) == []


def test_five_areas_have_nobody_to_let_in(own: Study) -> None:
    who = numbered(*[ELECTED] * 3, *[ADMINISTRATION] * 3)
    stored(own, {group: dict(list(answers.items())[:5]) for group, answers in graded(who).items()}, who)
    _, found = looked_at(own)
    assert found.left_out == ()
    assert len(found.gaps) == 5


@pytest.mark.parametrize("key", ["scenarios", "gatherings"])
def test_a_method_without_a_total_says_nothing(key: str, own: Study) -> None:
    preview = uploads.check(FACILITATOR, own, "bok.xlsx", rated_by(METHODS[key]), "nb")
    uploads.confirm(FACILITATOR, preview)
    ranking, found = looked_at(own)
    assert firm_words.spans("nb", ranking) == []
    assert (found.left_out, len(found.gaps)) == ((), 0)


def test_all_of_it_is_for_those_who_may_see_results(own: Study) -> None:
    who = numbered(*[ELECTED] * 3, *[ADMINISTRATION] * 3)
    stored(own, graded(who), who)
    ranking, _ = looked_at(own)
    acts = (
        lambda actor: firmness(actor, ranking),
        lambda actor: grounds(actor, own, ranking.selection),
    )
    for act in acts:
        assert let_through(act, own) == {"reader", "leader", "facilitator"}


def exported(ranking: Ranking) -> list[list[Any]]:
    """The lines under the headings, in the workbook."""
    return rows("ranking.order", ranking.study, shown.address(ranking.selection))


def test_both_files_hold_the_numbers_of_the_parties_and_of_the_page(demonstration: Study) -> None:
    ranking, found = looked_at(demonstration)
    heading, *lines = exported(ranking)
    said = text("ranking.order", demonstration)
    table = tables.table("nb", ranking, found).shown.column_names
    by_name = {ranking.material.names[row[ITEM]]: row for row in found.gaps.to_dict("records")}
    assert set(PAIR) <= set(heading)
    assert all(head in said and head in table for head in PAIR)
    for line in lines:
        told = dict(zip(heading, line, strict=True))
        for head, column in zip(PAIR, (GAP, ONE, OTHER), strict=True):
            assert told[head] == pytest.approx(by_name[told["Område"]][column], abs=0.005)


def test_no_file_holds_what_the_page_hides_whatever_is_chosen(own: Study) -> None:
    """Every role, municipality and group left out, together: the same areas and columns in both, and no parties."""
    who = numbered(*[ELECTED] * 5, *[ADMINISTRATION] * 5, places=("Grong", "Grong", "Lierne"))
    given = graded(who)
    for group in ("G1", "G2", "G3"):
        del given[group]["C"]
    stored(own, given, who)
    tried = 0
    for role in (ALL, *RaterRole):
        for municipality in (ALL, *choices(own).municipalities):
            for group in ("", *choices(own).groups):
                try:
                    ranking, found = looked_at(own, role=role, municipality=municipality, leave_out=group)
                except Denied:
                    continue
                tried += 1
                heading, *lines = exported(ranking)
                table = tables.table("nb", ranking, found).shown.column_names
                assert set(table) & set(PAIR) == set(heading) & set(PAIR)
                assert bool(set(heading) & set(PAIR)) == (role == municipality == ALL and not group)
                hidden = {ranking.material.names[item] for item in ranking.material.hidden}
                figures = [
                    value for line in lines if line[1] in hidden for value in line if isinstance(value, float | int)
                ]
                assert not figures
    assert tried > 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_called_certain(language: str, demonstration: Study) -> None:
    ranking, found = looked_at(demonstration)
    said = [*firm_words.spans(language, ranking), *firm_words.left_out(language, ranking, found)]
    said += [firm_words.gap_alt(language, ranking, found.gaps), firm_words.gap_note(language, ranking, found)]
    assert not any(word in line.lower() for line in said for word in ("sikker", "certain", "sure"))
