"""What each table family keeps comes back as it was written, in the words a user would say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lib.model.mappings import SheetMapping
from lib.model.records import (
    Area,
    Batch,
    BatchKind,
    Comment,
    Link,
    Municipality,
    Rater,
    Rating,
    Record,
    Rows,
    Workshop,
    new_id,
)
from lib.store import audit, batches, imports, links, ratings, rows, studies
from lib.store.engine import Store
from lib.store.imports import commit_import
from tests.store.examples import NOW, a_batch, a_study, a_workshop, some_costs, some_risks, some_rows, some_swot


def test_a_study_is_found_by_its_slug(store: Store) -> None:
    study = a_study()
    assert studies.add(store, study)
    assert studies.find(store, study.slug) == study
    assert studies.get(store, study.id) == study
    assert studies.find(store, "ukjent") is None
    assert studies.get(store, study.slug) is None


def test_a_slug_is_given_once(store: Store) -> None:
    first, second = a_study(), a_study()
    assert studies.add(store, first)
    assert not studies.add(store, second)
    assert studies.add(store, a_study("kongsbergregionen"))
    assert [study.slug for study in studies.listed(store)] == ["indre-namdal", "kongsbergregionen"]
    assert studies.listed(store)[0] == first


def test_an_import_comes_back_whole(store: Store) -> None:
    written = some_rows("s")
    assert commit_import(store, a_batch("s"), written, b"PK\x03\x04")
    assert rows.current(store, Municipality, "s") == list(written.municipalities)
    assert rows.current(store, Area, "s") == list(written.areas)
    assert rows.current(store, Workshop, "s") == list(written.workshops)
    assert rows.current(store, Rater, "s") == list(written.raters)
    workshop = written.workshops[0].id
    found = ratings.current(store, workshop, 1)
    assert list(found.columns) == ["rater", "item", "criterion", "value"]
    assert found.astype(object).where(found.notna(), None).values.tolist() == [
        [rating.rater, rating.item, rating.criterion, rating.value] for rating in written.ratings
    ]
    assert ratings.comments(store, workshop, 1) == list(written.comments)


MAPPINGS = (
    SheetMapping(id="l1", layout="0123456789abcdef0123", kind="municipalities", columns=["municipality", "", "number"]),
    SheetMapping(id="l2", layout="f", kind="costs", columns=[]),
)
RECORDS = (*some_costs(), *some_risks(), *some_swot(), *MAPPINGS)


@pytest.mark.parametrize("kind", dict.fromkeys(map(type, RECORDS)), ids=lambda kind: kind.__name__)
def test_a_record_of_each_kind_comes_back_whole_and_follows_undo(store: Store, kind: type[Record]) -> None:
    batch, written = a_batch("s"), [row for row in RECORDS if isinstance(row, kind)]
    batches.begin(store, batch)
    assert rows.append(store, batch.id, "s", written) == len(written) > 0
    assert rows.current(store, kind, "s") == written
    batches.flip(store, batch.id, live=False, actor="leder", flipped_at=NOW)
    assert rows.current(store, kind, "s") == []


def test_the_same_import_twice_changes_nothing(store: Store) -> None:
    batch = a_batch("s")
    assert commit_import(store, batch, some_rows("s"), b"first")
    before = store.query("select count(*) as n, max(seq) as seq from rating")
    assert not commit_import(store, batch, some_rows("s"), b"second")
    assert store.query("select count(*) as n, max(seq) as seq from rating") == before
    assert batches.original(store, batch.id) == b"first"


def test_an_import_that_fails_on_its_last_row_leaves_nothing(store: Store) -> None:
    broken = Rows(areas=some_rows("s").areas, comments=(Comment("w", 1, "r", "i", "NUL\0"),))
    batch = a_batch("s")
    with pytest.raises(Exception, match="unstorable_text"):
        commit_import(store, batch, broken, b"file")
    assert rows.current(store, Area, "s") == []
    assert batches.history(store, "s") == []
    assert batches.original(store, batch.id) is None


def test_an_import_stands_or_falls_with_what_is_done_beside_it(store: Store) -> None:
    def stumble() -> None:
        with imports.alone(store, "s") as tx:
            assert imports.write_import(tx, a_batch("s"), some_rows("s"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    assert rows.current(store, Area, "s") == []
    assert batches.history(store, "s") == []


def test_studies_do_not_see_each_other(store: Store) -> None:
    commit_import(store, a_batch("one"), some_rows("one"))
    assert rows.current(store, Area, "other") == []
    assert batches.history(store, "other") == []


def test_a_removed_row_is_gone_until_it_is_written_again(store: Store) -> None:
    commit_import(store, a_batch("s"), some_rows("s"))
    first, second = rows.current(store, Area, "s")
    form = a_batch("s", BatchKind.FORM)
    with store.transaction() as tx:
        batches.begin(tx, form)
        assert rows.append(tx, form.id, "s", [first], removed=True) == 1
    assert rows.current(store, Area, "s") == [second]
    batches.flip(store, form.id, live=False, actor="leder", flipped_at=NOW)
    assert rows.current(store, Area, "s") == [first, second]


def test_one_record_is_found_as_it_stands(store: Store) -> None:
    area, batch = Area(id="a", code="1", name="Arkiv"), a_batch("s")
    batches.begin(store, batch)
    rows.append(store, batch.id, "s", [area])
    rows.append(store, batch.id, "s", [area.model_copy(update={"name": "Arkiv og innsyn"})])
    found = rows.find(store, Area, "s", "a")
    assert found is not None
    assert found.name == "Arkiv og innsyn"
    assert rows.find(store, Area, "s", "b") is None
    assert rows.find(store, Area, "another", "a") is None
    rows.append(store, batch.id, "s", [area], removed=True)
    assert rows.find(store, Area, "s", "a") is None
    rows.append(store, batch.id, "s", [area])
    assert rows.find(store, Area, "s", "a") == area
    batches.flip(store, batch.id, False, "somebody", NOW)
    assert rows.find(store, Area, "s", "a") is None


def test_no_records_are_no_versions(store: Store) -> None:
    none: list[Record] = []
    assert rows.append(store, "b", "s", none) == 0


def test_the_history_tells_what_stands(store: Store) -> None:
    old, new = a_batch("s"), a_batch("s", BatchKind.FORM)
    for batch in (old, new):
        commit_import(store, batch, Rows())
    assert batches.history(store, "s") == [new, old]
    assert batches.flip(store, old.id, live=False, actor="leder", flipped_at=NOW)
    assert batches.history(store, "s") == [new, old.model_copy(update={"live": False})]
    assert batches.find(store, old.id) == old.model_copy(update={"live": False})


def test_flipping_to_what_it_is_or_what_is_not_does_nothing(store: Store) -> None:
    batch = a_batch("s")
    commit_import(store, batch, Rows())
    flips = [batches.flip(store, batch.id, live, "leder", NOW) for live in (True, False, False, True, True)]
    assert flips == [False, True, False, True, False]
    assert not batches.flip(store, "ukjent", False, "leder", NOW)
    assert batches.find(store, "ukjent") is None


def test_the_same_file_is_recognised(store: Store) -> None:
    batch = a_batch("s").model_copy(update={"sha256": "ab" * 32, "file_name": "områder «v2».xlsx"})
    commit_import(store, batch, Rows(), bytes(range(256)))
    assert batches.by_sha256(store, "s", "ab" * 32) == [batch]
    assert batches.by_sha256(store, "other", "ab" * 32) == []
    assert batches.original(store, batch.id) == bytes(range(256))


def test_the_last_row_of_a_key_counts(store: Store) -> None:
    for value in (3, None, 9):
        ratings.rate(store, Rating("w", 1, "r", "i", "potential", value))
    ratings.rate(store, Rating("w", 2, "r", "i", "potential", 1))
    assert ratings.current(store, "w", 1).value.tolist() == [9.0]
    assert ratings.count(store, "w", 1) == 3
    assert ratings.rounds(store, "w") == [1, 2]


def test_a_tap_in_the_room_stands_over_the_import_it_follows(store: Store) -> None:
    written = some_rows("s")
    batch = a_batch("s")
    commit_import(store, batch, written)
    first = written.ratings[0]
    ratings.rate(store, first._replace(value=1))
    assert ratings.current(store, first.workshop, 1).value.dropna().tolist() == [8.0, 1.0]
    batches.flip(store, batch.id, False, "leder", NOW)
    assert ratings.current(store, first.workshop, 1).value.tolist() == [1.0]
    assert ratings.comments(store, first.workshop, 1) == []


@pytest.mark.parametrize("late", [False, True])
def test_a_tap_sent_again_is_one_row(store: Store, late: bool) -> None:
    tap = Rating("w", 1, "r", "i", "potential", 3, tap=new_id())
    assert ratings.rate(store, tap)
    if late:
        ratings.rate(store, tap._replace(value=8, tap=new_id()))
    assert not ratings.rate(store, tap)
    assert ratings.current(store, "w", 1).value.tolist() == [8.0 if late else 3.0]
    assert store.query("select count(*) as n from rating") == [{"n": 2 if late else 1}]


def test_taps_sent_together_leave_out_those_that_arrived(store: Store) -> None:
    taps = [Rating("w", 1, "r", item, "potential", 3, tap=new_id()) for item in "abc"]
    assert ratings.append(store, None, taps[:1]) == 1
    assert ratings.append(store, None, [*taps, taps[2], taps[0]._replace(tap=None, value=5)]) == 3
    assert ratings.current(store, "w", 1).value.tolist() == [3.0, 3.0, 5.0]


def test_a_comment_is_changed_and_emptied(store: Store) -> None:
    comment = Comment("w", 1, "r", "i", "Haster.", tap=new_id())
    assert ratings.remark(store, comment)
    assert not ratings.remark(store, comment)
    ratings.remark(store, comment._replace(text="Kan vente.", tap=None))
    assert [found.text for found in ratings.comments(store, "w", 1)] == ["Kan vente."]
    ratings.remark(store, comment._replace(text="", tap=None))
    assert ratings.comments(store, "w", 1) == []


def test_a_rater_is_given_its_own_answers_and_comments_and_nobody_elses(store: Store) -> None:
    for rater, value in (("r", 3), ("other", 8)):
        ratings.rate(store, Rating("w", 1, rater, f"item of {rater}", "potential", value, tap=new_id()))
        ratings.remark(store, Comment("w", 1, rater, f"item of {rater}", f"By {rater}.", tap=new_id()))
    assert ratings.of_rater(store, "w", 1, "r") == {("item of r", "potential"): 3}
    assert ratings.comments_of(store, "w", 1, "r") == {"item of r": "By r."}
    assert ratings.of_rater(store, "w", 2, "r") == {}
    assert ratings.comments_of(store, "w", 2, "r") == {}


def test_nothing_that_is_appended_is_no_row(store: Store) -> None:
    assert ratings.append(store, None, []) == ratings.append_comments(store, None, []) == 0


def test_a_link_is_found_by_the_hash_of_its_key_alone(store: Store) -> None:
    link = Link(
        id=new_id(), role="leader", study="s", label="Leder", created_at=NOW, expires_at=NOW + timedelta(days=7)
    )
    everywhere = link.model_copy(update={"id": new_id(), "study": None})
    links.keep(store, link, "hash 1")
    links.keep(store, everywhere, "hash 2")
    assert links.find(store, "hash 1") == link
    assert links.find(store, link.id) is None
    assert links.get(store, everywhere.id) == everywhere
    assert links.listed(store) == [everywhere, link]


def test_a_revoked_link_says_when(store: Store) -> None:
    link = Link(id=new_id(), role="reader", study="s", label="", created_at=NOW, expires_at=NOW)
    links.keep(store, link, "hash")
    assert links.revoke(store, link.id, NOW)
    assert not links.revoke(store, link.id, NOW + timedelta(days=1))
    assert not links.revoke(store, "ukjent", NOW)
    assert links.find(store, "hash") == link.model_copy(update={"revoked_at": NOW})


def test_the_audit_log_lists_the_newest_first(store: Store) -> None:
    first = audit.Entry(NOW, "leder", "upload.commit", "s", new_id(), {"rader": 13, "fil": "æøå.xlsx"})
    second = audit.Entry(NOW, "fasilitator", "link.make")
    for entry in (first, second):
        audit.append(store, entry)
    assert audit.listed(store) == [second, first]
    assert audit.listed(store, "s") == [first]
    assert audit.listed(store, limit=1) == [second]


def test_batches_keep_who_and_what(store: Store) -> None:
    batch = Batch(id="b", study="s", kind=BatchKind.DEMO, actor="Ø", created_at=NOW, counts={"areas": 13, "nye": 0})
    assert batches.begin(store, batch)
    assert not batches.begin(store, batch)
    assert batches.find(store, "b") == batch
    assert a_workshop("s").id != a_workshop("t").id
