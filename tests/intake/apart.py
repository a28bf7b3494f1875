"""Reads a file in a small process of its own, since what a child takes counts from what its parent had.

`python -m tests.intake.apart` < file > the code of the refusal or of the first sheet's fault, the seconds, and the kB
of memory that the reader took at most, as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from lib.intake.reading import read
from lib.model.problems import Unreadable


def main() -> None:
    data, start = sys.stdin.buffer.read(), time.monotonic()
    try:
        code = read(data).sheets[0].fault
    except Unreadable as refused:
        code = refused.code
    took, most = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stdout.write(json.dumps([code, took, most]))


if __name__ == "__main__":
    main()
