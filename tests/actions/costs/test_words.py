"""What is said of costs, and what leaves the app: the answer, the marks, and numbers as numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lib.actions.costs import comparison, fairness, years
from lib.actions.costs.cases import case_of
from lib.domain.costs.models import fixed_part
from lib.exhibits.costs import tables, words
from lib.exhibits.exhibit import Address
from lib.i18n import LANGUAGES
from lib.model.access import Actor
from lib.model.cost_records import CostBook
from lib.model.costs import EQUAL, CostModel
from lib.model.records import Study
from tests import taken
from tests.actions.cost_books import ARCHIVE, BOTH, EIGHT, TODAY, book, chosen, item, keep, partial
from tests.people import ELSEWHERE, FACILITATOR, let_through

MADE_UP = replace(
    ARCHIVE, items=tuple(each.model_copy(update={"constructed": True}) for each in ARCHIVE.items), confirmed={}
)


def compared(found: CostBook = ARCHIVE, model: CostModel | None = None) -> comparison.Comparison:
    case = case_of(found, "arkiv")
    return comparison.comparison(FACILITATOR, ELSEWHERE, case, model or fixed_part(20))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (TODAY, "Grong (6 086 kr) og Lierne (6 022 kr) betaler mer enn i dag med 20/80."),
        (dict.fromkeys(TODAY, 900_000), "Ingen betaler mer enn i dag med 20/80."),
        (dict.fromkeys(TODAY, 0), "Alle betaler mer enn i dag med 20/80."),
        ({}, "Grong betaler mest med 20/80, 426 086 kr. Røyrvik betaler minst, 123 496 kr."),
    ],
)
def test_who_pays_more(today: dict[str, int], said: str) -> None:
    assert plain(words.headline("nb", compared(book({"Arkiv": today}, {"Arkiv": 1_000_000})))) == said


def test_a_chosen_model_is_called_by_what_it_is() -> None:
    assert words.model_name("nb", CostModel("chosen", {EQUAL: 30, "population": 70})) == "Valgt (30/70)"
    assert words.model_name("nb", CostModel("chosen", {"usage": 100})) == "Valgt modell"


def span(today: dict[str, int], against: str = "today") -> str:
    found = comparison.span(
        FACILITATOR, ELSEWHERE, case_of(book({"Arkiv": today}, {"Arkiv": 1_000_000}), "arkiv"), against
    )
    assert found
    return plain(words.span("nb", found))


def test_the_span_promises_no_more_than_is_true() -> None:
    """From 18,2218 to 36,7611 per cent: rounded inwards."""
    said = span(TODAY | {"Lierne": 268_000, "Grong": 430_000})
    assert said.startswith("Ingen betaler mer enn i dag når den faste delen er fra 18,3 til 36,7 %.")
    assert said.endswith("Grong ville betalt mer med en lavere fast del. Røyrvik ville betalt mer med en høyere.")


def test_where_there_is_no_span_it_is_said_who_stands_in_the_way() -> None:
    assert span(TODAY) == (
        "Ingen fast del passer for alle: Lierne betaler mer enn i dag når den er under 50,1 %, "
        "og Røyrvik når den er over 36,7 %."
    )
    assert "Røyrvik (41 870 kr)" in span(TODAY | {"Røyrvik": 50_000, "Grong": 900_000})
    assert span(dict.fromkeys(TODAY, 240_000)).startswith("Samarbeidet koster 40 000 kr mer")
    assert span(dict.fromkeys(TODAY, 900_000), "alone").endswith("uansett hvor stor den faste delen er.")


def test_the_verdict_on_all_together() -> None:
    found = comparison.together(FACILITATOR, ELSEWHERE, BOTH)
    assert words.verdict("nb", found).startswith("Grong, Lierne og Røyrvik kommer ikke best ut hver gang")
    always = book({"Arkiv": dict.fromkeys(TODAY, 900_000)}, {"Arkiv": 1_000_000})
    assert words.verdict("nb", comparison.together(FACILITATOR, ELSEWHERE, always)).startswith("Ingen betaler mer")
    dear = comparison.together(FACILITATOR, ELSEWHERE, replace(BOTH, choices=(chosen("Lønn", equal=100.0),)))
    assert plain(words.verdict("nb", dear)) == (
        "Samlet betaler Røyrvik (103 496 kr) og Namsskogan (44 396 kr) mer enn i dag."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_over_the_years_it_may_never_be_earned_back(language: str) -> None:
    found = years.over_years(
        FACILITATOR, ELSEWHERE, replace(ARCHIVE, items=(item("Arkiv", "Drift", 2_000_000),)), "arkiv", 4, 3
    )
    assert "−" in words.years_headline(language, found, 3)
    assert len(tables.years_summary(language, found).rows) == 5


def test_groups_are_named_with_their_kroner() -> None:
    pair = replace(ARCHIVE, partial=(partial("Arkiv", ["Røyrvik", "Namsskogan"], 265_892),))
    found = fairness.fairness(FACILITATOR, ELSEWHERE, case_of(pair, "arkiv"), fixed_part(20))
    assert plain(words.blocking("nb", found)[0]).startswith("Namsskogan og Røyrvik betaler 42 000 kr mer")


def test_a_workbook_has_numbers_as_numbers_and_the_marks_on_top(own: Study) -> None:
    keep(own, MADE_UP)
    where = (("samarbeid", "A1"),)
    told = [str(row[0].value) for row in taken.sheet("costs.models", own, where).iter_rows(max_row=4)]
    assert told[1].startswith("Konstruerte eksempeltall.")
    assert told[2] == "* Tallene er ikke bekreftet av Grong, Lierne, Namsskogan og Røyrvik."
    row = next(row for row in taken.rows("costs.models", own, where) if row[:2] == ["20/80", "Grong"])
    assert row[2:8] == [426_086, 42.61, 180.62, 420_000, 6_086, -6_086]
    assert row[8] == "ubekreftet"


def test_a_csv_of_all_together_has_a_column_for_each_cooperation(own: Study) -> None:
    keep(own, BOTH)
    text = taken.text("costs.together", own)
    assert "Endring, Arkiv;Endring, Lønn" in text
    assert "Røyrvik;270000;246992;-23008;535,77;-26504;3496" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trial_among_eight_can_leave_open_store(language: str, own: Study) -> None:
    keep(own, book({}, {}, EIGHT))
    where = (("belop", "1"), ("samarbeid", "proving"))
    assert "nan" not in taken.text("costs.models", own, where, language).lower()


def test_who_may_take_costs_along(own: Study) -> None:
    keep(own, BOTH)
    for key, where in (("costs.models", (("samarbeid", "A1"),)), ("costs.together", ())):
        for ending in ("csv", "xlsx"):
            assert let_through(took(own, key, where, ending), own) == {"reader", "leader", "facilitator"}


def took(study: Study, key: str, where: Address, ending: str) -> Callable[[Actor], bytes]:
    return lambda actor: taken.taken(key, study, where, "nb", ending, actor)
