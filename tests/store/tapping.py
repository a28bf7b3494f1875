"""A process to be killed: it taps from several threads and says of each tap that it was saved, once it was.

Run with an address. For each line on its input it forks a child that taps until it is killed, and prints `started`
and the child's pid, then whatever the child says, then `ended`. The imports are paid for once.
"""

from __future__ import annotations

import os
import sys
import time
from threading import Thread

from lib.model.records import Rating, new_id
from lib.store import ratings
from lib.store.engine import Store, open_store

THREADS = 8


def say(*words: object) -> None:
    os.write(
        1, f"{' '.join(map(str, words))}\n".encode()
    )  # one write, so that lines do not mix and nothing is buffered


def tap_on(store: Store, rater: str) -> None:
    while True:
        tap = new_id()
        ratings.rate(store, Rating("w", 1, rater, "i", "potential", 5, tap=tap))
        say("saved", tap)


def tap_until_killed(address: str) -> None:
    store = open_store(address)
    for number in range(THREADS):
        Thread(target=tap_on, args=(store, f"rater {number}"), daemon=True).start()
    while True:  # now and then, so that some are killed in the middle of it
        time.sleep(0.02)
        store.checkpoint()


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            tap_until_killed(sys.argv[1])
        say("started", child)
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
