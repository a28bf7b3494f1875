"""Inside a process that may use only so much: imports nothing of ours, so that it starts fast."""

from __future__ import annotations

import resource
from collections.abc import Mapping

OUT_OF_MEMORY = 3
"""How it ends when the memory that it may use did not do."""


def confine(limits: Mapping[str, int]) -> None:
    """From here on at most `memory` bytes and `cpu` seconds, and no file may be written."""
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
