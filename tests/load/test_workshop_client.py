"""The workshop's load client: whole answers from a real socket, taps sent until they are kept, lags and goals."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession

from tests.load import workshop_report
from tests.load.first_load import Fetched, compared
from tests.load.http import HOST, Answer, Connection, Lost, follow
from tests.load.workshop_kills import Kept, Kills
from tests.load.workshop_phones import Ledger, Phone, Refused
from tests.load.workshop_room import Place
from tests.load.workshop_run import Course, Run
from tests.load.workshop_wall import Drawing, Wall, lags

T = TypeVar("T")
PLACE = Place("CDFHJK", "s", "w", 1, ("a", "b"), ("p", "f"), "")
CLOSED = b"<closed>"
"""The end of an answer after which the server closes the connection, whether it was whole or not."""


def asked(answers: Iterator[bytes], act: Callable[[int], Coroutine[Any, Any, T]]) -> tuple[T, list[bytes]]:
    """What `act` comes to against a server that gives these answers, and the requests that the server got."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
                heard.append(head + await reader.readexactly(int(length or 0)))
                answer = next(answers)
                writer.write(answer.removesuffix(CLOSED))
                if answer.endswith(CLOSED):
                    break
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    async def go() -> T:
        server = await asyncio.start_server(serve, HOST, 0)
        async with server:
            return await act(server.sockets[0].getsockname()[1])

    return asyncio.run(go()), heard


def said(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


IN_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"


def test_answers_with_a_length_and_in_chunks_are_read_whole_over_one_connection() -> None:
    async def go(port: int) -> tuple[int, Answer, Answer]:
        connection = Connection(port, "a=b")
        answers = await connection.ask("GET", "/x"), await connection.ask("POST", "/y", b"{}", "application/json")
        connection.close()
        return connection.opened, *answers

    (opened, first, second), heard = asked(iter([said(b"abc", "404 Not Found", "X-Mark: 1"), IN_CHUNKS]), go)
    assert opened == 1
    assert (first.status, first.body, first.headers["x-mark"]) == (404, b"abc", "1")
    assert (second.status, second.body) == (200, b"hello world")
    assert heard[0].startswith(b"GET /x HTTP/1.1\r\n")
    assert b"Cookie: a=b\r\n" in heard[0]
    assert heard[1].endswith(b"Content-Length: 2\r\n\r\n{}")


def test_a_kept_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    async def go(port: int) -> list[object]:
        connection = Connection(port)
        bodies = [(await connection.ask("GET", "/")).body for _ in range(2)]
        connection.close()
        return [connection.opened, *bodies]

    found, heard = asked(iter([said(b"one"), CLOSED, said(b"two")]), go)
    assert found == [2, b"one", b"two"]
    assert len(heard) == 3


@pytest.mark.parametrize("answer", [CLOSED, b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf" + CLOSED])
def test_an_answer_that_breaks_off_is_lost_and_not_asked_for_again(answer: bytes) -> None:
    async def go(port: int) -> None:
        with pytest.raises(Lost):
            await Connection(port).ask("GET", "/")

    _, heard = asked(iter([answer]), go)
    assert len(heard) == 1


def test_a_stream_comes_part_by_part_and_a_refused_one_is_no_stream() -> None:
    async def go(port: int) -> list[bytes]:
        parts = [part async for part in follow(port, "/folg", "a=b")]
        with pytest.raises(Lost, match="403"):
            await anext(follow(port, "/folg", ""))
        return parts

    assert asked(iter([IN_CHUNKS, said(b"", "403 Forbidden")]), go)[0] == [b"hello", b" world"]


def kept(*taps: str, saved: bool = True) -> bytes:
    return said(json.dumps({"results": [{"tap": tap, "saved": saved} for tap in taps], "stage": 1}).encode())


def taps_in(request: bytes) -> list[str]:
    return [tap["tap"] for tap in json.loads(request.partition(b"\r\n\r\n")[2])["taps"]]


def test_a_tap_is_sent_with_the_same_id_until_it_is_kept() -> None:
    ledger = Ledger()

    async def go(port: int) -> None:
        phone = Phone(port, PLACE, 7, ledger, "run ")
        await phone.tap_until_kept(patience=0)
        phone.connection.close()

    _, heard = asked(iter([CLOSED, CLOSED, kept("run 7-0")]), go)
    assert [taps_in(request) for request in heard] == [["run 7-0"]] * 3
    assert (ledger.sent, [*ledger.acknowledged]) == (1, ["run 7-0"])


def test_what_was_not_kept_goes_before_the_next_tap() -> None:
    async def go(port: int) -> None:
        phone = Phone(port, PLACE, 1, Ledger())
        with pytest.raises(OSError, match="No whole answer"):
            await phone.tap()
        await phone.tap()
        phone.connection.close()

    _, heard = asked(iter([CLOSED, kept("1-0", "1-1")]), go)
    assert taps_in(heard[1]) == ["1-0", "1-1"]


@pytest.mark.parametrize("answer", [kept("1-0", saved=False), kept(), said(b"{}", "503 Service Unavailable")])
def test_a_tap_that_the_server_did_not_keep_is_not_acknowledged(answer: bytes) -> None:
    ledger = Ledger()

    async def go(port: int) -> None:
        with pytest.raises(Refused):
            await Phone(port, PLACE, 1, ledger).tap()

    asked(iter([answer]), go)
    assert not ledger.acknowledged


def test_the_taps_go_through_every_item_and_criterion_in_turn() -> None:
    phone = Phone(0, PLACE, 1, Ledger())
    for _ in range(5):
        phone.touch()
    assert [(tap["item"], tap["criterion"]) for tap in phone.unsent] == [
        ("a", "p"), ("a", "f"), ("b", "p"), ("b", "f"), ("a", "p")
    ]  # fmt: skip
    assert all(1 <= tap["value"] <= 10 for tap in phone.unsent)


def test_the_wall_notes_whole_drawings_and_no_fragment_of_one() -> None:
    wall = Wall()
    for fragments, status in (
        (frozenset[str](), ForwardMsg.FINISHED_SUCCESSFULLY),
        (frozenset({"watch"}), ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY),
        (frozenset({"watch"}), ForwardMsg.FINISHED_SUCCESSFULLY),
        (frozenset[str](), ForwardMsg.FINISHED_EARLY_FOR_RERUN),
    ):
        wall._run_begins(NewSession(), fragments)
        wall._run_ends(status)
    assert len(wall.drawings) == 1
    assert wall.drawings[0].begun <= wall.drawings[0].ended


def test_a_tap_is_seen_when_the_first_drawing_that_began_after_it_has_ended() -> None:
    drawings = [Drawing(1.0, 1.5), Drawing(2.0, 2.25)]
    assert lags([0.5, 1.0, 1.25, 2.5], drawings) == [1.0, 0.5, 1.0, float("inf")]


def a_run(**changes: object) -> Run:
    good = Run(Course(1, 1, 1), joins=[0.01], saves=[0.01], lags=[0.5], ledger=Ledger(1, {"a": 0.0}), seconds=1.0)
    return replace(good, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("run", "taps", "count"),
    [
        (a_run(), ["a"], 0),
        (a_run(), [], 1),
        (a_run(saves=[0.06]), ["a"], 1),
        (a_run(saves=[]), ["a"], 1),
        (a_run(joins=[0.6]), ["a"], 1),
        (a_run(lags=[2.1]), ["a"], 1),
        (a_run(lags=[]), ["a"], 1),
        (a_run(faults=["x", "x", "y"]), ["a"], 2),
    ],
)
def test_only_a_run_that_meets_every_goal_passes(run: Run, taps: list[str], count: int) -> None:
    found = Kept(Counter(taps))
    assert len(workshop_report.shortcomings(run, found)) == count
    assert any("acknowledged" in line for line in workshop_report.lines(run, found))


def test_growth_is_megabytes_an_hour() -> None:
    assert workshop_report.growth(a_run(samples=[(0.0, 100.0), (60.0, 101.0), (120.0, 102.0)])) == pytest.approx(60)


@pytest.mark.parametrize(
    ("taps", "joins", "count"),
    [(["a"], 1, 0), ([], 1, 1), (["a", "a"], 1, 1), (["a"], 2, 1), (["a", "on its way"], 1, 0)],
)
def test_kills_pass_only_when_every_tap_is_there_once(taps: list[str], joins: int, count: int) -> None:
    found = Kills(1, Ledger(1, {"a": 0.0}), [1.0], Kept(Counter(taps), joins))
    assert len(found.shortcomings()) == count
    assert found.lines()


def test_the_first_load_is_told_as_a_ratio() -> None:
    assert "ratio 0.050 and 0.0100" in compared(Fetched(5, 20_000), Fetched(100, 2_000_000))
