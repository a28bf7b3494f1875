"""What tells that a study has moved: how often something was committed that it shows.

A row belongs to the study or the workshop that it names, and a study shows what its workshops do.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from threading import Lock

from lib.model.records import Revision

# What is written there is on no page: what the installation keeps, and files that stand and fall with a batch.
UNSHOWN = frozenset({"study", "original", "link", "link_revocation", "audit"})
WORKSHOPS = "select distinct id from workshop_version where study = $1"


def owners(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> frozenset[str]:
    """The studies and workshops that these rows of a table move. LookupError for rows that name neither."""
    column = owning(table, columns)
    if column is None:
        return frozenset()
    place = list(columns).index(column)
    return frozenset(str(row[place]) for row in rows)


def owning(table: str, columns: Collection[str]) -> str | None:
    """The column that names the owner of a row, None where no study shows it. LookupError as in `owners`."""
    if table in UNSHOWN:
        return None
    for column in ("study", "workshop"):
        if column in columns:
            return column
    raise LookupError(table)


class Moves:
    """Counts in memory, which is enough where one process does all the writing.

    Every opening of a store is an era of its own, so that no revision from before it can come again and mean another
    state.
    """

    def __init__(self) -> None:
        self._era, self._counts, self._lock = time.time_ns(), Counter[str](), Lock()

    def add(self, moved: Iterable[str]) -> None:
        """Something of each of these has been committed."""
        with self._lock:
            self._counts.update(moved)

    def of(self, counted: Iterable[str]) -> Revision:
        with self._lock:
            return Revision(self._era, sum(self._counts[owner] for owner in counted))
