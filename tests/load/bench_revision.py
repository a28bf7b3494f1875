"""The revision of a full study, old question against new, and what counting costs a tap, in one run on both engines.

`python -m tests.load.bench_revision`. The old question counts the rows of all logs in a union, as it once was asked.
A tap goes before each question, since an answer is remembered until somebody writes. Taps come from twenty threads,
plain and counted in turns, so that a busy moment hits both.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lib.model.records import Rating, Rows, new_id
from lib.store.duck import DuckStore
from lib.store.engine import Store
from lib.store.imports import commit_import
from lib.store.interface import Params, insertion_of_new
from lib.store.rows import TABLES
from tests.store.engines import ENGINES, fresh_store
from tests.store.examples import NOW, a_batch, a_workshop

RATINGS, VERSIONS, QUESTIONS = 200_000, 1_000, 100
THREADS, TAPS, TURNS = 20, 30, 8
WORKSHOP = a_workshop("s")
COLUMNS = (*Rating._fields, "batch", "rated_at")

_WORKSHOPS = "workshop in (select id from workshop_version where study = $1)"
_LOGS = (
    "batch where study = $1",
    "batch_flip where batch in (select id from batch where study = $1)",
    *(f"{table} where study = $1" for table in TABLES.values()),
    *(f"{table} where {_WORKSHOPS}" for table in ("rating", "comment", "stage", "contribution")),
)
UNION = f"""
select cast(sum(rows_written) as bigint) as rows_written, coalesce(max(seq), 0) as seq
from ({" union all ".join(f"select count(*) as rows_written, max(seq) as seq from {log}" for log in _LOGS)}) log
"""
FILLED = """
insert into rating (workshop, round, rater, item, criterion, value, rated_at)
select '{workshop}', 1, 'rater ' || cast(n / 100 as text), 'item ' || cast(n % 50 as text), 'potential', n % 10, now()
from generate_series(1, {ratings}) numbers (n);
insert into comment (workshop, round, rater, item, text, commented_at)
select '{workshop}', 1, 'rater ' || cast(n as text), 'item', 'Haster', now() from generate_series(1, {n}) numbers (n);
insert into stage (workshop, step, round, method, items, actor, moved_at)
select '{workshop}', 'rate', 1, 'prioritisation', '[]', 'leder', now() from generate_series(1, {n}) numbers (n);
insert into contribution (tap, workshop, prompt, rater, text, written_at)
select 'filled ' || cast(n as text), '{workshop}', 0, 'r', 'Arkiv', now() from generate_series(1, {n}) numbers (n);
insert into batch (id, study, kind, actor, created_at, counts)
select 'filled ' || cast(n as text), 's', 'form', 'leder', now(), '{{}}' from generate_series(1, {n}) numbers (n);
insert into batch_flip (batch, live, actor, flipped_at)
select 'filled ' || cast(n as text), true, 'leder', now() from generate_series(1, {n}) numbers (n);
"""
VERSIONED = """
insert into {table} (batch, study, id, removed)
select 'filled ' || cast(n as text), 's', '{table} ' || cast(n as text), false from generate_series(1, {n}) numbers (n);
"""


def fill(store: Store) -> None:
    """A study with one workshop and a thousand rows of each kind, and very many ratings."""
    commit_import(store, a_batch("s"), Rows(workshops=(WORKSHOP,)))
    store.execute(FILLED.format(workshop=WORKSHOP.id, ratings=RATINGS, n=VERSIONS))
    for table in TABLES.values():
        # Workshops are few, and each costs the new question something.
        store.execute(VERSIONED.format(table=table, n=20 if table == "workshop_version" else VERSIONS))
    store.execute("analyze")
    store.checkpoint()


def a_tap() -> Params:
    return (*Rating(WORKSHOP.id, 2, "r", "i", "potential", 3, tap=new_id()), None, NOW)


def plain_tap(store: Store) -> bool:
    """As a tap is written, without the count."""
    if isinstance(store, DuckStore):
        return store._gathering("rating", COLUMNS).append(a_tap())
    return store.execute(insertion_of_new("rating", COLUMNS), a_tap()) == 1


def counted_tap(store: Store) -> bool:
    return store.insert_new("rating", COLUMNS, a_tap())


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def told(name: str, taken: list[float]) -> str:
    median, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return f"  {name:<28} median {median:7.3f} ms   p95 {p95:7.3f} ms"


def ask(store: Store) -> None:
    """Each question after a tap; that both moved is checked, or there is nothing to measure."""
    answers: dict[str, list[object]] = {"all logs in a union": [], "the revision": []}
    questions: list[Callable[[], object]] = [lambda: store.query(UNION, ["s"])[0], lambda: store.revision("s")]
    taken: dict[str, list[float]] = {name: [] for name in answers}
    for _ in range(QUESTIONS):
        for name, question in zip(answers, questions, strict=True):
            counted_tap(store)
            started = time.perf_counter()
            answers[name].append(question())
            taken[name].append((time.perf_counter() - started) * 1000)
    assert all(len({str(answer) for answer in each}) == QUESTIONS for each in answers.values())
    print(*(told(name, each) for name, each in taken.items()), sep="\n")


def a_room_taps(store: Store, tap: Callable[[Store], bool]) -> tuple[float, list[float]]:
    """Taps a second, and the milliseconds of each, from all threads at once."""

    def one(_: int) -> list[float]:
        return [milliseconds(lambda: tap(store)) for _ in range(TAPS)]

    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as people:
        taken = [each for person in people.map(one, range(THREADS)) for each in person]
    return THREADS * TAPS / (time.perf_counter() - started), taken


def write(store: Store) -> None:
    """The first turn opens connections and prepares statements, and is not counted."""
    rooms: dict[str, list[tuple[float, list[float]]]] = {"a tap": [], "a tap that is counted": []}
    for turn in range(TURNS + 1):
        works = list(zip(rooms, (plain_tap, counted_tap), strict=True))
        for name, tap in reversed(works) if turn % 2 else works:
            found = a_room_taps(store, tap)
            if turn:
                rooms[name].append(found)
    for name, found_of in rooms.items():
        pace = statistics.median(rate for rate, _ in found_of)
        print(told(name, [each for _, taken in found_of for each in taken]), f"  {pace:6.0f} a second")
    paces = [[rate for rate, _ in found_of] for found_of in rooms.values()]
    shares = [counted / plain for plain, counted in zip(*paces, strict=True)]
    print(f"  counted against plain, median of the turns: {statistics.median(shares):.3f}")


def main() -> None:
    for engine in ENGINES:
        with tempfile.TemporaryDirectory() as folder, fresh_store(engine, Path(folder)) as store:
            print(
                f"{engine}: {RATINGS} ratings, {len(_LOGS)} logs; filled in {milliseconds(lambda: fill(store)):.0f} ms"
            )
            write(store)
            ask(store)  # when many connections have counted


if __name__ == "__main__":
    main()
