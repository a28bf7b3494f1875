"""Work that makes very many small lasting things: looking for garbage meanwhile finds none and costs a third.

What dies meanwhile is freed all the same by its count of references; only cycles wait for the end.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()


class _Rest:
    """How many are inside, and whether the collector ran when the first came."""

    inside = 0
    ran = True


@contextmanager
def collection_paused() -> Iterator[None]:
    """The collector rests as long as anybody is inside, and then runs again if it did before."""
    with _lock:
        if not _Rest.inside:
            _Rest.ran = gc.isenabled()
        _Rest.inside += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _Rest.inside -= 1
            if _Rest.ran and not _Rest.inside:
                gc.enable()
