"""Reading in a small process of its own: what a child takes counts from what its parent had when it was started."""

from __future__ import annotations

import resource
import time

from lib.intake.reading import read
from lib.model.problems import Unreadable


def measured(data: bytes) -> tuple[str, float, int]:
    """The code of a refusal or of the first sheet's fault, the seconds, and kB of the largest reader so far."""
    start = time.monotonic()
    try:
        code = read(data).sheets[0].fault
    except Unreadable as refused:
        code = refused.code
    return code, time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
