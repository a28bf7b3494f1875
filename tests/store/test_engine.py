"""Both engines answer alike through one interface, and say in our own words when they cannot."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lib.model.problems import AppError, StoreBusy
from lib.store.engine import Store, open_store
from lib.store.interface import Params, Row, Session

HOLDER = """
import sys
from lib.store.engine import open_store
store = open_store(sys.argv[1])
print("open", flush=True)
input()
"""
LINK = ["link", "revoked_at"]


def test_values_come_back_as_they_went_in(store: Store) -> None:
    moment = datetime(2026, 3, 29, 1, 59, 59, 123456, tzinfo=UTC)
    values = {"word": "Røyrvik", "whole": -3, "part": 0.1, "yes": True, "moment": moment, "content": b"\x00\xff"}
    row = store.query(
        """
        select cast($1 as text) as word, cast($2 as integer) as whole, cast($3 as double precision) as part,
        cast($4 as boolean) as yes, cast($5 as timestamptz) as moment, cast($6 as bytea) as content,
        cast($7 as text) as nothing
        """,
        [*values.values(), None],
    )[0]
    assert row == values | {"nothing": None}
    assert row["moment"].utcoffset().total_seconds() == 0


def test_text_is_text(store: Store) -> None:
    texts = [
        "'); drop table link; --",
        'hermetegn " og \\ og $1',
        "🏔️ æøåÆØÅ ß 漢字",
        "",
        " ",
        "\t\r\n",
        "NULL",
        "\\N",
        "%s",
    ]
    store.insert("link_revocation", LINK, [(text, datetime.now(UTC)) for text in texts])
    assert [row["link"] for row in store.query("select link from link_revocation order by seq")] == texts
    assert all(store.query("select 1 from link_revocation where link = $1", [text]) for text in texts)


@pytest.mark.parametrize("text", ["a\0b", "\ud83d"])
def test_text_that_one_engine_cannot_keep_is_refused_by_both(store: Store, text: str) -> None:
    for write in (
        lambda: store.insert("link_revocation", LINK, [("whole", datetime.now(UTC)), (text, datetime.now(UTC))]),
        lambda: store.execute("insert into link_revocation (link, revoked_at) values ($1, now())", [text]),
        lambda: store.query("select 1 from link where id = $1", [text]),
    ):
        with pytest.raises(AppError) as caught:
            write()
        assert caught.value.code == "unstorable_text"
    assert store.query("select link from link_revocation") == []


def test_frames_have_the_same_types_on_both(store: Store) -> None:
    sql = "select rater, value, round, rated_at from rating order by seq"
    empty = store.frame(sql)
    columns = ["workshop", "round", "rater", "item", "criterion", "value", "rated_at"]
    store.insert("rating", columns, [("w", 1, "r", "i", "c", value, datetime.now(UTC)) for value in (7, None)])
    frame = store.frame(sql)
    assert [str(kind) for kind in frame.dtypes] == ["str", "float64", "int32", "datetime64[us, UTC]"]
    assert list(empty.columns) == list(frame.columns)
    assert len(empty) == 0
    assert store.frame(f"{sql} limit 0").equals(empty)


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    def stumble() -> None:
        with store.transaction() as tx:
            tx.insert("link_revocation", LINK, [("gone", datetime.now(UTC))])
            assert tx.query("select link from link_revocation") == [{"link": "gone"}]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    assert store.query("select link from link_revocation") == []


def test_a_transaction_is_seen_by_others_only_when_it_is_done(store: Store) -> None:
    with store.transaction() as tx:
        tx.execute("insert into link_revocation (link, revoked_at) values ('x', now())")
        assert store.query("select link from link_revocation") == []
    assert store.query("select link from link_revocation") == [{"link": "x"}]


def test_many_rows_go_in_fast_and_in_order(store: Store) -> None:
    moment = datetime.now(UTC)
    columns = ["workshop", "round", "rater", "item", "criterion", "value", "rated_at"]
    rows = [("w", 1, f"rater {i}", "item", "potential", i % 10, moment) for i in range(100_000)]
    started = time.perf_counter()
    assert store.insert("rating", columns, rows) == 100_000
    assert time.perf_counter() - started < 10
    out_of_order = store.query(
        "select count(*) as n from (select rater, row_number() over (order by seq) as nth from rating) numbered "
        "where rater <> 'rater ' || cast(nth - 1 as text)"
    )
    assert out_of_order == [{"n": 0}]


def test_inserting_nothing_is_nothing(store: Store) -> None:
    assert store.insert("link_revocation", LINK, []) == 0


def test_exclusive_lets_one_in_at_a_time_who_sees_what_the_last_wrote(store: Store) -> None:
    def enter(_: int) -> None:
        with store.exclusive("counting") as tx:
            n = tx.query("select count(*) as n from link_revocation")[0]["n"]
            time.sleep(0.01)
            tx.execute("insert into link_revocation (link, revoked_at) values ($1, now())", [str(n)])

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(enter, range(20)))
    assert {row["link"] for row in store.query("select link from link_revocation")} == {str(n) for n in range(20)}


def test_different_names_do_not_wait_for_each_other(store: Store) -> None:
    with store.exclusive("one"), store.exclusive("other") as tx:
        assert tx.query("select 1 as one") == [{"one": 1}]


def test_what_was_closed_is_there_when_opened_again(address: str) -> None:
    store = open_store(address)
    store.execute("insert into link_revocation (link, revoked_at) values ('kept', now())")
    assert store.checkpoint()
    store.close()
    again = open_store(address)
    assert again.query("select link from link_revocation") == [{"link": "kept"}]
    again.close()


def test_a_checkpoint_among_writes_is_put_off(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store.duckdb"))
    with store.transaction() as tx:
        tx.execute("insert into link_revocation (link, revoked_at) values ('x', now())")
        assert not store.checkpoint()
    assert store.checkpoint()
    store.close()


def test_the_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "store.duckdb"
    open_store(str(path)).close()
    assert path.is_file()


def test_another_process_is_told_who_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy) as caught:
            open_store(str(path))
        process.communicate("\n", timeout=30)
    assert caught.value.params == {"path": str(path), "pid": str(process.pid)}
    open_store(str(path)).close()


@pytest.mark.parametrize("spoil", [lambda path: path.write_text("not a database " * 1000), lambda path: path.mkdir()])
def test_a_file_that_is_no_database_is_named(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "store.duckdb"
    assert callable(spoil)
    spoil(path)
    with pytest.raises(AppError) as caught:
        open_store(str(path))
    assert (caught.value.code, caught.value.params) == ("store_unreadable", {"path": str(path)})


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        open_store(f"postgresql://someone:hemmelig@/nowhere?host={tmp_path}")
    assert caught.value.code == "store_unreachable"
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_connection_that_was_cut_is_replaced(store: Store) -> None:
    ours = "pid <> pg_backend_pid() and application_name = 'mulighetsrom'"
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: store.query("select pg_sleep(0.1)"), range(4)))
    assert store.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where {ours}") > 0
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: store.query("select 1 as one"), range(4))) == [[{"one": 1}]] * 4


def test_sql_reaches_no_other_file(tmp_path: Path) -> None:
    other = tmp_path / "secret.csv"
    other.write_text("a\n1\n")
    store = open_store(str(tmp_path / "store.duckdb"))
    with pytest.raises(Exception, match="Permission"):
        store.query(f"select * from read_csv('{other}')")
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "python_enable_replacements"):
        assert store.query(f"select current_setting('{setting}') as on_its_own") == [{"on_its_own": False}], setting
    store.close()


def test_an_answer_follows_every_way_of_writing(store: Store) -> None:
    """A store may remember what it answered, but never past a write, and never what somebody did to the rows."""
    question, now = "select link from link_revocation order by seq", datetime.now(UTC)

    def links() -> list[str]:
        rows = store.query(question)
        names = [row["link"] for row in rows]
        for row in rows:
            row["link"] = "spoilt"
        return names

    assert links() == links() == []
    store.insert("link_revocation", LINK, [("inserted", now)])
    assert links() == links() == ["inserted"]
    store.insert_new("link_revocation", LINK, ("new", now))
    assert links() == ["inserted", "new"]
    store.execute("delete from link_revocation where link = $1", ["new"])
    assert links() == ["inserted"]
    with store.transaction() as tx:
        tx.insert("link_revocation", LINK, [("in a transaction", now)])
        assert links() == ["inserted"]
    assert links() == ["inserted", "in a transaction"]
    with suppress(AppError), store.exclusive("links") as tx:
        tx.insert("link_revocation", LINK, [("rolled back", now)])
        raise AppError
    assert links() == ["inserted", "in a transaction"]


def test_a_question_is_put_once_until_something_is_written_and_no_file_is_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[str] = []
    real = Session.query

    def counted(self: Session, sql: str, params: Params = ()) -> list[Row]:
        put.append(sql)
        return real(self, sql, params)

    with closing(open_store(str(tmp_path / "store.duckdb"))) as store:
        monkeypatch.setattr(Session, "query", counted)
        links, file = "select link from link_revocation", "select cast('a file' as bytea) as content"
        for _ in range(3):
            assert store.query(links) == []
            assert store.query(file) == [{"content": b"a file"}]
        assert (put.count(links), put.count(file)) == (1, 3)
        store.insert("link_revocation", LINK, [("x", datetime.now(UTC))])
        assert store.query(links) == [{"link": "x"}]
        assert put.count(links) == 2
