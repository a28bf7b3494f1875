"""The figures of a load run as a table, the ratio to a bare page, and whether the goal is met."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import quantiles

from tests.load.scenario import Measured

GOAL_MILLISECONDS = 100.0
"""The 95th percentile of an action may not be above this, client included."""
GOAL_KILOBYTES = 25.0
"""What an action may send to a phone on a mobile network."""


def percentile(seconds: Sequence[float], percent: int) -> float:
    """Milliseconds that so many percent of the runs stay within, interpolated; one run is its own percentile."""
    if len(seconds) == 1:
        return seconds[0] * 1000
    return quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000


HEADING = f"{'':<10}{'runs':>7}{'median':>10}{'p95':>10}{'max':>10}{'per second':>12}"


def table(measured: Measured) -> list[str]:
    """One line a step; the server's processor (100 % is one core) and memory while the visitors acted."""
    lines = [f"{measured.scenario.name}, {measured.sessions} sessions", HEADING]
    for step, seconds in measured.steps.items():
        figures = (percentile(seconds, 50), percentile(seconds, 95), max(seconds) * 1000)
        line = f"  {step:<8}{len(seconds):>7}" + "".join(f"{figure:>7.0f} ms" for figure in figures)
        lines.append(line if step == "open" else f"{line}{len(seconds) / measured.seconds:>12.1f}")
    lines.append(
        f"  server: {measured.cpu:.0%} of a core, {measured.memory:.0f} MB; "
        f"{kilobytes(measured):.1f} kB on the wire an action"
    )
    return lines


def kilobytes(measured: Measured) -> float:
    """What a visitor received of an action, packed as it came over the wire."""
    return measured.received / max(1, len(measured.steps.get(measured.scenario.step, ()))) / 1000


def ratio(app: Measured, bare: Measured) -> str:
    """How many times slower the app's action is than a rerun of a bare page; below 1 it is faster."""
    own, other = app.steps.get(app.scenario.step, []), bare.steps.get(bare.scenario.step, [])
    if not own or not other:
        return f"No ratio to {bare.scenario.name}: nothing was measured."
    median, tail = (percentile(own, percent) / percentile(other, percent) for percent in (50, 95))
    return f"{app.scenario.name} to {bare.scenario.name}: {median:.3g} at the median, {tail:.3g} at p95."


def shortcomings(app: Measured, goal: float = GOAL_MILLISECONDS) -> list[str]:
    """What keeps the run from passing; empty when the goal is met and nobody saw an error."""
    runs = app.steps.get(app.scenario.step, [])
    found = [f"{app.faults.count(fault)} × {fault}" for fault in dict.fromkeys(app.faults)]
    if not runs:
        return [*found, "No action was measured."]
    if (tail := percentile(runs, 95)) >= goal:
        found.append(f"p95 of {app.scenario.step} is {tail:.0f} ms; the goal is below {goal:.0f} ms.")
    if (sent := kilobytes(app)) >= GOAL_KILOBYTES:
        found.append(f"{app.scenario.step} sends {sent:.1f} kB; the goal is below {GOAL_KILOBYTES:.0f} kB.")
    return found
