"""Hands an upload to a process that may use only so much memory and time, and may be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from lib.intake.confined.within import OUT_OF_MEMORY
from lib.intake.forms import Limits
from lib.model.problems import Unreadable

_ROOT = Path(__file__).parents[3]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from {} import main; main()"


def ask(module: str, request: bytes, limits: Limits, *arguments: str) -> bytes:
    """What `main` of a module of ours answers; it gets the limits as JSON and the arguments. Raises Unreadable."""
    command = [sys.executable, "-I", "-c", _START.format(module), str(_ROOT), json.dumps(asdict(limits)), *arguments]
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own code, and the upload is its standard input
            command, input=request, capture_output=True, timeout=limits.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise Unreadable("workbook_took_too_long") from fault
    if done.returncode == -signal.SIGXCPU:
        raise Unreadable("workbook_took_too_long")
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        raise Unreadable("workbook_too_large")
    if done.returncode:
        raise Unreadable("not_a_workbook")
    return done.stdout
