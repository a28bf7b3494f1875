"""What recurs stands first, every statement is found again, and two sides are held against each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lib.domain.swot.recurrence import Theme, alone, compare, once, themes
from lib.model.swot_records import Quadrant, SwotItem

S, W, O, T = Quadrant  # noqa: E741  the letters of the field


def item(
    id: str, area: str, quadrant: Quadrant, text: str, theme: str | None = None, town: str | None = None
) -> SwotItem:
    return SwotItem(id=id, area=area, quadrant=quadrant, text=text, theme=theme, municipality=town)


SEVEN = [item(f"t{nth}", f"a{nth}", T, f"Lang vei, sak {nth}") for nth in range(6)] + [item("w", "a6", W, "Lang vei")]
NOISE = [item(f"n{nth}", "a0", S, text) for nth, text in enumerate(("Gode lokaler", "Godt arbeidsmiljø", "Trivsel"))]


def test_what_stands_in_most_functions_comes_first_with_its_sides() -> None:
    first, *_ = themes([*NOISE, *SEVEN])
    assert (first.name, len(first.cells), first.sides) == ("Lang vei", 7, [(T, 6), (W, 1)])
    assert first.cells["a6"] == {W: 1}
    assert not first.named
    assert first.suggested == {each.id for each in SEVEN}


def test_what_a_person_has_named_keeps_its_name_and_shows_what_may_join() -> None:
    named = [each.model_copy(update={"theme": "Avstand"}) for each in SEVEN[:3]]
    first, *_ = themes([*named, *SEVEN[3:]])
    assert (first.name, first.named, len(first.items)) == ("Avstand", True, 7)
    assert first.suggested == {each.id for each in SEVEN[3:]}


def test_sides_that_are_as_frequent_name_the_threat_first() -> None:
    assert [side for side, _ in Theme("x", tuple(item(q, q, q, "x") for q in Quadrant)).sides] == [T, W, O, S]


def test_the_same_statement_is_shown_once_with_both_origins() -> None:
    both = [
        item("1", "a", T, "Lang vei", town="m"),
        item("2", "a", T, "lang  vei.", town="n"),
        item("3", "a", W, "Lang vei"),
    ]
    assert [[each.id for each in said.items] for said in once(both)] == [["1", "2"], ["3"]]


TEXTS = st.sampled_from(["Lang vei", "Lang reisevei", "Få ansatte", "Mangel på ansatte", "Godt utstyr", "", "<b>"])
ITEMS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(Quadrant), TEXTS, st.none() | st.sampled_from(["X", "Y"])),
    max_size=12,
)


@given(ITEMS)
def test_every_statement_stands_in_one_theme_or_alone(rows: list[tuple[str, Quadrant, str, str | None]]) -> None:
    items = [item(str(nth), area, side, text, theme) for nth, (area, side, text, theme) in enumerate(rows)]
    found = themes(items)
    placed = [each.id for theme in found for each in theme.items] + [each.id for each in alone(items, found)]
    assert sorted(placed) == sorted(each.id for each in items)
    assert all(each.theme == theme.name for theme in found for each in theme.items if each.id not in theme.suggested)
    assert sum(len(said.items) for said in once(items)) == len(items)


def test_two_sides_show_what_both_speak_of_and_what_only_one_does() -> None:
    items = [
        item("1", "a", T, "Lang vei", "Vei", "m"),
        item("2", "b", W, "Lang vei", "Vei", "n"),
        item("3", "a", S, "Mange søkere", "Søkere", "m"),
        item("4", "b", S, "Nye bygg", "Bygg", "n"),
    ]
    found = compare(items, themes(items), lambda each: each.municipality == "m", lambda each: each.municipality == "n")
    assert (found.both, found.only_one, found.only_other) == (("Vei",), ("Søkere",), ("Bygg",))
    assert [said.text for said in found.one[S]] == ["Mange søkere"]
    assert [said.text for said in found.other[W]] == ["Lang vei"]
