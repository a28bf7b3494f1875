"""What was acknowledged is there, whoever taps at the same time and however the process ends."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from lib.model.records import Rating, new_id
from lib.store import ratings
from lib.store.engine import Store, open_store
from tests.store.tapping import THREADS

KILLS = {"duckdb": 20, "postgresql": 3}


@contextmanager
def tapper(address: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.store.tapping", address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.communicate(timeout=30)
    assert process.returncode == 0


def killed_after(process: subprocess.Popen[str], acknowledgements: int) -> set[str]:
    """The taps that one child said were saved before it was killed, soon after it had said so of so many."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    saved: set[str] = set()
    child, wanted = 0, acknowledgements
    for line in process.stdout:
        match line.split():
            case ["started", pid]:
                child = int(pid)
            case ["saved", tap]:
                saved.add(tap)
            case _:
                break
        if child and len(saved) >= acknowledgements:
            os.kill(child, signal.SIGKILL)
            acknowledgements = sys.maxsize
    assert len(saved) >= wanted
    return saved


def test_every_acknowledged_tap_survives_a_kill(engine: str, address: str) -> None:
    moments = random.Random(20261122)
    acknowledged: set[str] = set()
    with tapper(address) as process:
        for kill in range(1, KILLS[engine] + 1):
            acknowledged |= killed_after(process, moments.randint(1, 200))
            store = open_store(address)
            rows = store.query("select seq, tap from rating")
            store.close()
            assert acknowledged <= {row["tap"] for row in rows}
            assert len(rows) <= len(acknowledged) + kill * THREADS
            assert len({row["seq"] for row in rows}) == len({row["tap"] for row in rows}) == len(rows)


def test_the_last_tap_still_counts_after_a_kill(engine: str, address: str) -> None:
    with tapper(address) as process:
        killed_after(process, 50)
    store = open_store(address)
    highest = store.query("select max(seq) as seq from rating")[0]["seq"]
    ratings.rate(store, Rating("w", 1, "rater 0", "i", "potential", 1, tap="after"))
    assert store.query("select seq from rating where tap = 'after'")[0]["seq"] > highest
    current = ratings.current(store, "w", 1)
    assert current[current.rater == "rater 0"].value.tolist() == [1.0]
    store.close()


def test_twenty_devices_tap_at_once_and_none_is_lost(store: Store) -> None:
    def tap(device: int) -> list[bool]:
        return [ratings.rate(store, Rating("w", 1, f"r{device}", f"i{n}", "p", n, tap=new_id())) for n in range(25)]

    with ThreadPoolExecutor(20) as devices:
        assert all(all(answers) for answers in devices.map(tap, range(20)))
    assert ratings.count(store, "w", 1) == 500
    assert len(store.query("select distinct seq from rating")) == 500


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_tap_from_many_at_once_is_one_row(store: Store, attempt: int) -> None:
    tap = Rating("w", 1, "r", "i", "potential", 3, tap=f"tap {attempt}")
    with ThreadPoolExecutor(20) as devices:
        answers = list(devices.map(lambda _: ratings.rate(store, tap), range(60)))
    assert sorted(answers) == [False] * 59 + [True]
    assert store.query("select count(*) as n from rating") == [{"n": 1}]
