"""A real server of the app, or of any script, on a free port of this machine: started, awaited, watched and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import psutil

START_LIMIT = 90.0
"""Seconds that a server may take until it answers."""


class Usage(NamedTuple):
    """Seconds of processor time since the start, and megabytes of memory, of a server and its children."""

    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def usage(self) -> Usage:
        main = psutil.Process(self.process.pid)
        cpu = memory = 0.0
        for part in (main, *main.children(recursive=True)):
            times = part.cpu_times()
            cpu += times.user + times.system
            memory += part.memory_info().rss / 2**20
        return Usage(cpu, memory)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(
    script: str,
    folder: Path,
    log: Path,
    ready: str = "/_stcore/health",
    environment: Mapping[str, str] | None = None,
    port: int = 0,
) -> Iterator[Server]:
    """`streamlit run script` in a folder, whose `.streamlit/config.toml` counts; `ready` answers 200 when it is up.

    On a free port, or on the one that is given.
    """
    port = port or free_port()
    options = {"server.port": str(port), "server.address": "127.0.0.1", "server.headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += [word for name, value in options.items() for word in (f"--{name}", value)]
    variables = {**os.environ, "NO_COLOR": "1", **(environment or {})}
    with log.open("wb") as lines:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=lines, stderr=subprocess.STDOUT)
    try:
        server = Server(port, process, log)
        _wait(server, ready)
        yield server
    finally:
        _end(process)


def _wait(server: Server, ready: str) -> None:
    last = time.monotonic() + START_LIMIT
    while not _answers(f"http://127.0.0.1:{server.port}{ready}"):
        if server.process.poll() is not None or time.monotonic() > last:
            said = server.log.read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"The server did not come up. It said:\n{said[-4000:]}")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
