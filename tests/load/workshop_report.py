"""The figures of a workshop under load, and what of the goals was missed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from statistics import linear_regression

from tests.load.report import percentile
from tests.load.workshop_kills import Kept
from tests.load.workshop_run import SECONDS_BETWEEN_TAPS, Run
from tests.load.workshop_wall import GOAL_SECONDS as WALL_SECONDS

SAVE_MILLISECONDS, JOIN_MILLISECONDS = 50.0, 500.0


def busy() -> str:
    """How many processes wanted this machine's cores in the last minute; a figure is worth less when it is high."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def figures(name: str, seconds: Sequence[float]) -> str:
    if not seconds:
        return f"  {name:<10}none"
    median, tail, most = percentile(seconds, 50), percentile(seconds, 95), max(seconds) * 1000
    return f"  {name:<10}{len(seconds):>7}{median:>9.1f} ms{tail:>9.1f} ms{most:>9.1f} ms"


HEADING = f"  {'':<10}{'number':>7}{'median':>12}{'p95':>12}{'max':>12}"


def lines(run: Run, kept: Kept) -> list[str]:
    """Times are as the phones see them, which is more than the server took."""
    course = run.course
    return [
        f"Workshop, {course.raters} raters joining in {course.arrival:.0f} s, a tap every "
        f"{SECONDS_BETWEEN_TAPS:.0f} s each for {run.seconds:.0f} s; {busy()}",
        HEADING,
        figures("join", run.joins),
        figures("save", run.saves),
        figures("wall lag", run.lags),
        f"  {len(run.saves) / run.seconds:.1f} taps a second; server {run.cpu:.0%} of a core, {run.memory:.0f} MB; "
        f"phones {run.client_cpu:.0%}",
        f"  {len(run.ledger.acknowledged)} taps acknowledged, {kept.taps.total()} rows in the store, "
        f"{lost(run, kept)} lost; {run.connections} connections, {run.broken_streams} broken streams",
    ]


def lost(run: Run, kept: Kept) -> int:
    return len(run.ledger.acknowledged.keys() - kept.taps.keys())


def growth(run: Run) -> float:
    """Megabytes an hour of the server's memory over the measured period, by least squares."""
    passed, memory = zip(*run.samples, strict=True)
    return linear_regression(passed, memory).slope * 3600


def shortcomings(run: Run, kept: Kept) -> list[str]:
    """What of the goals was missed; empty when all are met and nobody saw an error."""
    found = [f"{run.faults.count(fault)} × {fault}" for fault in dict.fromkeys(run.faults)]
    if missing := lost(run, kept):
        found.append(f"{missing} acknowledged taps are not in the store.")
    for name, seconds, goal in (
        ("save", run.saves, SAVE_MILLISECONDS),
        ("join", run.joins, JOIN_MILLISECONDS),
    ):
        tail = percentile(seconds, 95) if seconds else float("inf")
        if tail >= goal:
            found.append(f"p95 of {name} is {tail:.0f} ms; the goal is below {goal:.0f} ms.")
    if not run.lags or max(run.lags) > WALL_SECONDS:
        most = max(run.lags, default=float("inf"))
        found.append(f"The wall was {most:.1f} s behind; the goal is at most {WALL_SECONDS:.0f} s.")
    return found
