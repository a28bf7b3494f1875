"""Two who write at once: what only one has changed is that one's, and nothing is lost that was not shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.merging import Answers, Conflict, Merged, merge
from lib.model.records import Record
from tests.examples import examples

GROUPS = (("s", "k"),)
UNITS = (*GROUPS, ("name",), ("owner",), ("members",))


class Row(Record):
    name: str
    owner: str | None = None
    s: int | None = None
    k: int | None = None
    members: tuple[str, ...] = ()


Rows = dict[str, Row]
KEYS = st.sampled_from("abc")
ROWS = st.builds(
    Row,
    id=st.just(""),
    name=st.sampled_from("XYZ"),
    owner=st.sampled_from([None, "HR", "IT"]),
    s=st.sampled_from([None, 1, 2]),
    k=st.sampled_from([None, 1, 2]),
    members=st.sampled_from([(), ("g",), ("g", "l")]),
)
TABLES = st.dictionaries(KEYS, ROWS, max_size=3).map(
    lambda rows: {key: row.model_copy(update={"id": key}) for key, row in rows.items()}
)


def row(key: str = "a", **more: Any) -> Row:
    return Row.model_validate({"id": key, "name": "X"} | more)


def after(held: Rows, found: Merged[Row]) -> Rows:
    """What stands once a merge is stored."""
    gone = {each.id for each in found.removed}
    return {key: each for key, each in held.items() if key not in gone} | {each.id: each for each in found.written}


def all_of(conflicts: Iterable[Conflict], mine: bool) -> Answers:
    return [(each, mine) for each in conflicts]


def values(rows: Rows, key: str, unit: tuple[str, ...]) -> tuple[object, ...] | None:
    return tuple(getattr(rows[key], name) for name in unit) if key in rows else None


@given(TABLES, TABLES)
def test_who_writes_alone_has_it_all(seen: Rows, typed: Rows) -> None:
    for found, held in ((merge(seen, typed, seen, GROUPS), seen), (merge(seen, seen, typed, GROUPS), typed)):
        assert found.conflicts == ()
        assert after(held, found) == typed
    assert merge(seen, typed, typed, GROUPS) == Merged((), (), ())


@given(TABLES, TABLES, TABLES)
def test_what_either_has_changed_stands_or_is_shown(seen: Rows, typed: Rows, held: Rows) -> None:
    found = merge(seen, typed, held, GROUPS)
    shown = {(each.key, name) for each in found.conflicts for name in each.fields}
    last = after(held, found)
    for mine in (typed, held):
        for key in {*seen, *typed, *held}:
            for unit in UNITS:
                before, wish = values(seen, key, unit), values(mine, key, unit)
                asked = any((key, name) in shown for name in unit) or any(
                    each.key == key and None in (each.theirs, each.ours) for each in found.conflicts
                )
                new = before is None and wish is not None and not any(wish)
                assert wish in (before, values(last, key, unit)) or asked or new


@given(TABLES, TABLES, TABLES)
def test_it_does_not_matter_who_comes_first(seen: Rows, one: Rows, other: Rows) -> None:
    found, turned = merge(seen, one, other, GROUPS), merge(seen, other, one, GROUPS)
    assert {(each.key, each.fields, repr(each.theirs), repr(each.ours)) for each in found.conflicts} == {
        (each.key, each.fields, repr(each.ours), repr(each.theirs)) for each in turned.conflicts
    }
    if not found.conflicts:
        assert after(other, found) == after(one, turned)


@given(TABLES, TABLES, TABLES, st.booleans())
def test_a_conflict_that_is_answered_is_settled_as_chosen(seen: Rows, typed: Rows, held: Rows, mine: bool) -> None:
    asked = merge(seen, typed, held, GROUPS).conflicts
    found = merge(seen, typed, held, GROUPS, all_of(asked, mine))
    assert found.conflicts == ()
    last = after(held, found)
    for each in asked:
        assert values(last, each.key, each.fields) == (each.ours if mine else each.theirs)


class Save(NamedTuple):
    who: int
    reads: bool  # looks at what stands before typing
    wish: Rows
    mine: bool  # what is chosen of every conflict that is shown


SAVES = st.lists(
    st.builds(Save, who=st.integers(0, 1), reads=st.booleans(), wish=TABLES, mine=st.booleans()), max_size=8
)


@settings(max_examples=examples(200))
@given(TABLES, SAVES)
def test_nothing_is_written_over_that_its_writer_had_not_seen_or_been_shown(first: Rows, saves: list[Save]) -> None:
    """Two editors interleaved at random, each with a page of its own."""
    held, pages = first, [first, first]
    for who, reads, wish, mine in saves:
        if reads:
            pages[who] = held
        seen = pages[who]
        asked = merge(seen, wish, held, GROUPS).conflicts
        found = merge(seen, wish, held, GROUPS, all_of(asked, mine))
        assert found.conflicts == ()
        last = after(held, found)
        shown = {each.key: each for each in asked if None in (each.theirs, each.ours)}
        fields = {(each.key, name) for each in asked for name in each.fields}
        for key in held:
            for unit in UNITS:
                lost = values(held, key, unit)
                if lost != values(last, key, unit) and lost != values(seen, key, unit):
                    unsaid = key not in seen and not any(lost or ())
                    assert key in shown or all((key, name) in fields for name in unit) or unsaid
        held, pages[who] = last, last


ONE = row(owner="HR", s=1, k=1)


def changed(**update: Any) -> Rows:
    return {"a": ONE.model_copy(update=update)}


@pytest.mark.parametrize(
    ("typed", "held", "fields", "theirs", "ours"),
    [
        (changed(owner="IT"), changed(owner="ØK"), ("owner",), ("ØK",), ("IT",)),
        (changed(s=2), changed(k=2), ("s", "k"), (1, 2), (2, 1)),
        ({}, changed(owner="ØK"), ("owner",), ("ØK",), None),
        (changed(name="Y", k=2), {}, ("k", "name"), None, (2, "Y")),
    ],
)
def test_a_conflict_shows_what_each_has_written(
    typed: Rows, held: Rows, fields: tuple[str, ...], theirs: object, ours: object
) -> None:
    found = merge({"a": ONE}, typed, held, GROUPS)
    (only,) = found.conflicts
    assert (only.key, only.fields, only.theirs, only.ours) == ("a", fields, theirs, ours)


def test_different_fields_the_same_wish_and_rows_of_ones_own_are_no_conflict() -> None:
    seen = {"a": ONE, "b": row("b")}
    mine = changed(owner="IT", name="Z") | {"b": row("b"), "c": row("c")}
    theirs = changed(s=2, k=2, name="Z") | {"d": row("d")}
    found = merge(seen, mine, theirs, GROUPS)
    assert found.conflicts == ()
    assert after(theirs, found) == changed(owner="IT", name="Z", s=2, k=2) | {"c": row("c"), "d": row("d")}


def test_a_row_that_both_have_added_is_one_and_what_only_one_says_stands() -> None:
    found = merge({}, {"a": row(owner="HR")}, {"a": row(s=1, k=2)}, GROUPS)
    assert (found.conflicts, found.written) == ((), (row(owner="HR", s=1, k=2),))
    found = merge({}, {"a": row(owner="HR", s=1)}, {"a": row(owner="IT")}, GROUPS)
    assert [(each.fields, each.theirs, each.ours) for each in found.conflicts] == [(("owner",), ("IT",), ("HR",))]


def test_an_answer_counts_only_for_what_was_shown() -> None:
    asked = merge({"a": ONE}, changed(owner="IT"), changed(owner="ØK")).conflicts
    for typed, held in ((changed(owner="IT"), changed(owner="KD")), (changed(owner="PP"), changed(owner="ØK"))):
        for mine in (True, False):
            (anew,) = merge({"a": ONE}, typed, held, answers=all_of(asked, mine)).conflicts
            assert (anew.theirs, anew.ours) == ((held["a"].owner,), (typed["a"].owner,))
