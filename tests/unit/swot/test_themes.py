"""Statements that say the same are found together, on two sets whose groups were written down before the code.

`theme_statements` was at hand when the likeness that counts was chosen; nothing was fitted to
`theme_statements_held_back`.
"""

from __future__ import annotations

import time
from itertools import combinations
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.swot.themes import Statement, Suggestion, concepts, plain, suggest
from tests.examples import examples
from tests.unit.swot import theme_statements, theme_statements_held_back

WRITTEN = [text for texts in theme_statements.GROUPS.values() for text in texts]


def statements(*texts: str, theme: str | None = None) -> list[Statement]:
    return [Statement(f"{theme or ''}{nth}", text, theme) for nth, text in enumerate(texts)]


def agreement(key: ModuleType) -> tuple[float, float]:
    """Of the pairs put together, the share that belong so; of those that belong so, the share put together."""
    belongs = {text: name for name, texts in key.GROUPS.items() for text in texts} | {text: text for text in key.ALONE}
    found = {text: text for text in belongs}
    for nth, suggestion in enumerate(suggest([Statement(text, text) for text in belongs])):
        found |= {text: str(nth) for text in suggestion.ids}
    pairs = list(combinations(belongs, 2))
    together = [pair for pair in pairs if found[pair[0]] == found[pair[1]]]
    right = [pair for pair in pairs if belongs[pair[0]] == belongs[pair[1]]]
    both = len(set(together) & set(right))
    return both / len(together), both / len(right)


@pytest.mark.parametrize("key", [theme_statements, theme_statements_held_back], ids=["written first", "held back"])
def test_groups_that_were_written_down_first_are_found(key: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    precision, recall = agreement(key)
    with capsys.disabled():
        print(f"\n{key.__name__.rpartition('.')[2]}: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.8
    assert recall >= 0.8


def ids(found: list[Suggestion]) -> set[frozenset[str]]:
    return {frozenset(each.ids) for each in found}


@settings(max_examples=examples(25), deadline=None)
@given(st.permutations(WRITTEN[:30]), st.integers(0, 1000))
def test_neither_order_nor_ids_decide_anything(order: list[str], shift: int) -> None:
    plainly = suggest([Statement(text, text) for text in WRITTEN[:30]])
    number = {text: f"{(nth + shift) % 1000}" for nth, text in enumerate(order)}
    found = suggest([Statement(number[text], text) for text in order])
    assert ids(found) == {frozenset(number[text] for text in each.ids) for each in plainly}
    assert {each.name for each in found} == {each.name for each in plainly}


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.text(max_size=60), max_size=12))
def test_whatever_is_written_each_statement_stands_in_at_most_one_group(texts: list[str]) -> None:
    found = [id for each in suggest(statements(*texts)) for id in each.ids]
    assert len(found) == len(set(found))


def test_a_group_is_named_by_a_short_statement_in_the_middle_of_it() -> None:
    texts = ("Rekruttering er krevende", "Vanskelig rekruttering", "Rekruttering av fagfolk er svært krevende hos oss")
    assert suggest(statements(*texts))[0].name in texts[:2]
    long = "Rekruttering " + "av mange slags fagfolk " * 10
    assert len(suggest(statements(long, long))[0].name) <= 60


def test_what_several_begin_with_binds_and_names_them() -> None:
    texts = "Lang vei, dyr reise", "Lang vei, mye snø om vinteren", "Lang vei – og få ansatte", "Få ansatte"
    found = suggest(statements(*texts))
    assert (found[0].name, found[0].ids) == ("Lang vei", ("0", "1", "2"))


def test_the_same_statement_twice_is_a_group_and_a_single_one_is_none() -> None:
    (found,) = suggest(statements("Få ansatte", "få  ansatte.", "Lang reisevei"))
    assert found == Suggestion("Få ansatte", ("0", "1"))
    assert suggest(statements("Lang reisevei", "", "  ")) == []
    assert suggest([]) == []


def test_what_a_person_has_called_a_theme_stands_and_takes_in_what_is_near() -> None:
    named = statements("Vanskelig å rekruttere", "Få søkere", theme="Søkere")
    near = [Statement("near", "Rekruttering er vanskelig"), Statement("far", "Lang reisevei")]
    (found,) = suggest([*named, *near])
    assert found == Suggestion("Søkere", ("near",), joins=True)


def test_two_themes_of_a_person_are_never_put_together() -> None:
    one = statements("Vanskelig å rekruttere", theme="Den ene")
    other = statements("Vanskelig å rekruttere", theme="Den andre")
    assert suggest([*one, *other]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ulike fagsystemer", "Ulike fag system"),
        ("Kommunal økonomi", "kommunaløkonomien"),
        ("Sårbart", "Sårbarheten"),
        ("Motstanden mot endringer", "Endringsmotstand"),
        ("Nærleik til innbyggjarane", "Nærhet til innbyggere"),
    ],
)
def test_endings_compounds_and_spellings_do_not_count(one: str, other: str) -> None:
    first, second = concepts([one, other])
    assert first == second


def test_too_little_of_something_and_plenty_of_it_are_two_themes() -> None:
    texts = "Lite fagmiljø", "Små fagmiljøer", "Samarbeid gir et større fagmiljø"
    (found,) = suggest(statements(*texts))
    assert found.ids == ("0", "1")


def test_markup_is_words_and_nothing_else() -> None:
    assert plain("<b>Få  ansatte</b>.") == "<b>få ansatte</b>"
    assert suggest(statements("<script>alert(1)</script>", "<b>Lang reisevei</b>", "Lang reisevei")) != []


def test_two_thousand_statements_are_grouped_while_one_waits() -> None:
    many = [Statement(str(nth), f"{text} {nth % 37}") for nth, text in enumerate(WRITTEN * 40)][:2000]
    many = [each._replace(text=f"{each.text} {'abcdefghijklmnop'[int(each.id) % 16] * 5}") for each in many]
    started = time.perf_counter()
    found = suggest(many)
    assert found
    assert time.perf_counter() - started < 8  # a guard with room for a busy machine
