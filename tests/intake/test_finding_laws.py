"""What stands around a table changes nothing of what is read from it, wherever it stands and in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lib.domain.methods import METHODS
from lib.intake.checks import Checked, check
from lib.intake.existing import Existing
from lib.intake.numbers import meant, readings, without_kroner
from lib.intake.reading import RawSheet, RawWorkbook
from tests.intake.books import STUDY, texts
from tests.intake.messy.layouts import TOWNS
from tests.intake.messy.making import held

WORDS = st.sampled_from(["Oversikt", "Utkast til møtet", "Hentet i mars", "Versjon 2"])
ABOVE = st.lists(st.lists(WORDS, max_size=1), max_size=6)
BELOW = st.lists(st.sampled_from([[], ["Sum", None, 3700], ["Kilde: regnskapet"], ["* foreløpig tall"]]), max_size=4)


def read_from(rows: list[list[object]], top: int = 0) -> Checked:
    sheet = RawSheet.of("Kommuner", rows, top)  # type: ignore[arg-type]
    return check(RawWorkbook((sheet,)), METHODS, Existing(), STUDY, texts())


@given(ABOVE, BELOW, st.permutations(range(3)), st.integers(0, 3), st.integers(0, 40))
def test_titles_totals_sources_and_order_change_nothing(
    above: list[list[object]], below: list[list[object]], order: list[int], left: int, top: int
) -> None:
    table: list[list[object]] = [[None] * left + [row[index] for index in order] for row in TOWNS]
    after: list[list[object]] = [[None] * left + row for row in below if row]
    result = read_from([*above, *table, [], *after], top)
    assert result.errors == ()
    assert held(result.rows) == held(read_from([list(row) for row in TOWNS]).rows)


@given(st.integers(0, 10**9), st.sampled_from(["kr {}", "{} kr", "kr. {}", "NOK {}", "{},-"]))
def test_kroner_are_the_same_with_and_without_the_word(amount: int, written: str) -> None:
    assert readings(without_kroner(written.format(amount))) == (amount,)


@given(st.integers(1, 999), st.sampled_from([("{} mill", 10**6), ("kr {} mrd", 10**9), ("ca. {}", 1), ("{} %", 1)]))
def test_what_is_asked_about_is_asked_with_the_number_that_it_may_mean(number: int, form: tuple[str, int]) -> None:
    assert (readings(form[0].format(number)), meant(form[0].format(number))) == ((), number * form[1])
