"""100 000 rows × 8 columns through the app's intake, beside other readers. `python -m tests.load.intake`.

Each contender runs in a process of its own, in turn, over several rounds of one run, so that what else the machine does
falls on all alike; its imports are not counted. Ours: read, checked, compared with the study, stored and previewed
again. calamine and pandas with openpyxl only read the same file. frictionless validates the same sheet against an equal
schema (limits, a key over four columns, references to the other two sheets), and for comparison against the limits
alone, where it can be imported; `--frictionless PYTHON` names an interpreter that has it. Returns 1 where a goal is
missed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
GROUPS, AREAS = 500, 200
ROUNDS = 3
LIMIT = 600.0  # seconds that one contender may take
GOALS = {"calamine": 1 / 3, "pandas with openpyxl": 5.0, "frictionless": 10.0}
"""How many times as long as ours each must take."""
HEADING = ["Workshop", "Runde", "Gruppe", "Rolle", "Kommune", "Område", "Potensial", "Gjennomførbarhet"]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of processor time, children included, and the largest memory in MB, ours and theirs."""

    wall: float
    cpu: float
    memory: float
    child: float


def workbook() -> bytes:
    """Municipalities, areas, and 100 000 rows of ratings."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    towns, areas, ratings = (book.create_sheet(name) for name in ("Kommuner", "Områder", "Vurderinger"))
    for row in (["Kommunenummer", "Kommune", "Innbyggere", "År"], ["5042", "Lierne", 1355, 2020]):
        towns.append(row)
    areas.append(["Kode", "Område"])
    for item in range(AREAS):
        areas.append([str(item), f"Område {item}"])
    ratings.append(HEADING)
    for group in range(GROUPS):
        for item in range(AREAS):
            scores = (group * 7 + item) % 10 + 1, (group + item * 3) % 10 + 1
            ratings.append(["Januar", 1, f"Gruppe {group}", "Folkevalgt", "Lierne", f"Område {item}", *scores])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ours(path: Path) -> Callable[[], object]:
    from lib.actions import studies
    from lib.actions.sheet_texts import texts
    from lib.actions.uploads import uploads
    from tests.people import FACILITATOR

    os.environ["MULIGHETSROM_STORE"] = str(path.with_name(f"{os.getpid()}.duckdb"))
    study, data = studies.create(FACILITATOR, "Måling"), path.read_bytes()
    texts("nb")  # the app reads its catalogues as it starts

    def run() -> None:
        preview = uploads.check(FACILITATOR, study, path.name, data, "nb")
        assert not preview.errors
        assert uploads.confirm(FACILITATOR, preview).counts["ratings"] == 2 * GROUPS * AREAS

    return run


def calamine(path: Path) -> Callable[[], object]:
    from python_calamine import CalamineWorkbook

    data = path.read_bytes()

    def run() -> list[Any]:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [book.get_sheet_by_index(index).to_python() for index in range(3)]

    return run


def pandas_openpyxl(path: Path) -> Callable[[], object]:
    import openpyxl  # noqa: F401 - its import is not counted either
    import pandas as pd

    return lambda: pd.read_excel(path, sheet_name=None, engine="openpyxl")


def frictionless(path: Path) -> Callable[[], object]:
    """What our checks hold of a row: filled in, a length, a choice, a scale, no row twice, and what it refers to."""
    from frictionless import Package  # type: ignore[import-not-found,unused-ignore]

    towns, areas = _resource(path, "Kommuner", {}), _resource(path, "Områder", {})
    references = [
        {"fields": [field], "reference": {"resource": name, "fields": [field]}}
        for field, name in (("Kommune", "kommuner"), ("Område", "omrader"))
    ]
    keys = {"primaryKey": ["Workshop", "Runde", "Gruppe", "Område"], "foreignKeys": references}
    package = Package(resources=[towns, areas, _resource(path, "Vurderinger", _limits() | keys)])
    os.chdir(path.parent)
    return lambda: _valid(package.validate())


def frictionless_limits(path: Path) -> Callable[[], object]:
    """Cell by cell only."""
    resource = _resource(path, "Vurderinger", _limits())
    os.chdir(path.parent)
    return lambda: _valid(resource.validate())


def _limits() -> dict[str, Any]:
    text, scale = {"required": True, "maxLength": 120}, {"minimum": 1, "maximum": 10}
    kinds = ["string", "integer", "string", "string", "string", "string", "integer", "integer"]
    role, town = {"enum": ["Folkevalgt"]}, {"maxLength": 120}
    limits: list[dict[str, Any]] = [text, {"minimum": 1, "maximum": 99}, text, role, town, text, scale, scale]
    fields = zip(HEADING, kinds, limits, strict=True)
    return {"fields": [{"name": name, "type": kind, "constraints": limit} for name, kind, limit in fields]}


def _resource(path: Path, sheet: str, schema: dict[str, Any]) -> Any:
    from frictionless import Resource, Schema, formats

    held = {"schema": Schema.from_descriptor(schema)} if schema else {}
    name = sheet.lower().replace("å", "a")
    return Resource(name=name, path=path.name, control=formats.ExcelControl(sheet=sheet), **held)


def _valid(report: Any) -> None:
    assert report.valid, report.flatten(["type", "note"])[:3]
    assert report.tasks[-1].stats["rows"] == GROUPS * AREAS


CONTENDERS = {
    "ours": ours,
    "calamine": calamine,
    "pandas with openpyxl": pandas_openpyxl,
    "frictionless": frictionless,
    "frictionless, limits": frictionless_limits,
}


def one(name: str, path: Path) -> None:
    """Runs one contender and prints what it cost."""
    run = CONTENDERS[name](path)
    before, begun = _used(), time.perf_counter()
    run()
    cost = {"wall": time.perf_counter() - begun, "cpu": _used() - before}
    kinds = {"memory": resource.RUSAGE_SELF, "child": resource.RUSAGE_CHILDREN}
    cost |= {key: resource.getrusage(who).ru_maxrss / 1024 for key, who in kinds.items()}
    print(json.dumps(cost))


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(name: str, path: Path, python: str) -> Cost | None:
    """None where the contender cannot be imported."""
    command = [python, "-m", "tests.load.intake", "--one", name, "--file", str(path)]
    environment = {key: value for key, value in os.environ.items() if key != "MULIGHETSROM_STORE"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    if done.returncode and "No module named 'frictionless'" in done.stderr:
        return None
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def table(found: dict[str, list[Cost]]) -> list[str]:
    """A line a contender: the medians, and how many times as long as ours it took."""
    lines = [f"{'':<22}{'seconds':>9}{'processor':>11}{'memory':>9}{'child':>8}{'of ours':>9}"]
    for name, costs in found.items():
        wall, cpu, memory, child = (statistics.median(getattr(c, key) for c in costs) for key in Cost.__slots__)
        lines.append(f"{name:<22}{wall:>9.2f}{cpu:>11.2f}{memory:>6.0f} MB{child:>5.0f} MB{ratio(found, name):>9.2f}")
    return lines


def ratio(found: dict[str, list[Cost]], name: str) -> float:
    """Processor time to ours: on a machine with other work the clock says more of the others than of us."""
    own, other = (statistics.median(cost.cpu for cost in found[each]) for each in ("ours", name))
    return other / own


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load.intake", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, choices=range(1, 11))
    parser.add_argument("--frictionless", default=sys.executable, help="an interpreter that has frictionless")
    parser.add_argument("--one", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        one(given.one, given.file)
        return 0
    found: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.xlsx"
        path.write_bytes(workbook())
        for _ in range(given.rounds):
            for name in CONTENDERS:
                python = given.frictionless if name.startswith("frictionless") else sys.executable
                if cost := measure(name, path, python):
                    found.setdefault(name, []).append(cost)
    print(f"{GROUPS * AREAS} rows × {len(HEADING)} columns, {given.rounds} rounds", *table(found), sep="\n")
    missed = [f"{name}: {ratio(found, name):.2f}, the goal is {goal:.2f}" for name, goal in GOALS.items()
              if name in found and ratio(found, name) < goal]  # fmt: skip
    print("", *(missed or ["The goals are met."]), sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
