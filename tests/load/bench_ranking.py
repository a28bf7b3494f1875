"""Ten million ratings ranked: bare SQL against ours, in one run. `python -m tests.load.bench_ranking [ratings]`.

A tenth of the ratings are second thoughts, so the last-row rule has work to do. Bare SQL is what one would write by
hand for this one method, in DuckDB's own words where they are faster: `arg_max` finds the last value of a key in the
same hash aggregation that lays a rater's two criteria side by side. Of the formulations tried (row_number, distinct on,
a join on max(seq), arg_max by key, arg_max by rater and item) that one was the fastest by far; the textbook one with
row_number is printed beside it. Ours answers for any method and also gives counts, spread, agreement and rules.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from lib.domain.assessment import summarise_sheets
from lib.domain.methods import METHODS
from lib.store.engine import Store, open_store
from lib.store.tally import sheets

RATINGS = 10_000_000
ITEMS = 50
REWRITTEN = 0.1
ROUNDS = 5
METHOD = METHODS["prioritisation"]

FIRST_THOUGHTS = """
insert into rating (workshop, round, rater, item, criterion, value, batch, rated_at)
select 'w', 1, substr(md5(cast(n // (2 * {items}) as text)), 1, 20),
  substr(md5('item ' || cast((n // 2) % {items} as text)), 1, 20),
  case when n % 2 = 0 then 'potential' else 'feasibility' end,
  case when hash(n) % 20 = 0 then null else 1 + hash(n + 1) % 10 end, 'b', now()
from range({ratings}) numbers (n)
"""
SECOND_THOUGHTS = """
insert into rating (workshop, round, rater, item, criterion, value, batch, rated_at)
select workshop, round, rater, item, criterion, 1 + hash(seq) % 10, batch, now()
from rating where hash(seq) % 1000000 < 1000000 * {share}
"""
STANDING = """
workshop = 'w' and round = 1 and (batch is null or batch not in (select batch from undone_batch))
"""
RANKED = """
select item, avg(cast(potential as double) * feasibility) as score from ({sheets}) sheet
where potential is not null and feasibility is not null group by item order by score desc
"""
BARE = RANKED.format(
    sheets=f"""
    select item, rater, arg_max_null(value, seq) filter (criterion = 'potential') as potential,
      arg_max_null(value, seq) filter (criterion = 'feasibility') as feasibility
    from rating where {STANDING} group by item, rater
    """
)
TEXTBOOK = RANKED.format(
    sheets=f"""
    select item, rater, max(value) filter (criterion = 'potential') as potential,
      max(value) filter (criterion = 'feasibility') as feasibility
    from (
      select *, row_number() over (partition by rater, item, criterion order by seq desc) as nth
      from rating where {STANDING}
    ) version
    where nth = 1 group by item, rater
    """
)


def load(store: Store, ratings: int) -> None:
    first = round(ratings / (1 + REWRITTEN))
    store.execute(FIRST_THOUGHTS.format(items=ITEMS, ratings=first))
    store.execute(SECOND_THOUGHTS.format(share=REWRITTEN))
    store.checkpoint()


def ours(store: Store) -> pd.DataFrame:
    return summarise_sheets(sheets(store, "w", 1, METHOD), METHOD)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def check(store: Store) -> None:
    """Both must rank alike, or there is nothing to compare."""
    expected, found = store.frame(BARE), ours(store)
    assert list(found["item"]) == list(expected["item"])
    assert max(abs(found["score"] - expected["score"])) < 1e-9


def measure(store: Store) -> dict[str, float]:
    """Median seconds of each, taken in turns so that a busy moment hits all; as frames, which the store never keeps."""
    works: dict[str, Callable[[], object]] = {
        "bare SQL": lambda: store.frame(BARE),
        "textbook SQL": lambda: store.frame(TEXTBOOK),
        "ours": lambda: ours(store),
    }
    check(store)
    taken = [{name: seconds(work) for name, work in works.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(row[name] for row in taken) for name in works}


def main() -> None:
    ratings = int(sys.argv[1]) if len(sys.argv) > 1 else RATINGS
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "bench.duckdb"))
        print(f"loading {ratings} ratings: {seconds(lambda: load(store, ratings)):.1f} s")
        print(store.query("select count(*) as ratings, count(distinct item) as items from rating")[0])
        medians = measure(store)
        for name, median in medians.items():
            print(f"{name:>13} {median:6.2f} s   ours is {medians['ours'] / median:.2f} times that")
        found = sheets(store, "w", 1, METHOD)
        again = seconds(lambda: summarise_sheets(found, METHOD, {"potential": 0.7, "feasibility": 0.3}))
        print(f"another weight from the same sheets: {again * 1000:.0f} ms")
        store.close()


if __name__ == "__main__":
    main()
