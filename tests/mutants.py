"""`make mutants`: small faults are put into the code that must not fail, one at a time, and the tests must notice.

Each mutant runs in a copy of the tree, against the tests that belong to its module. The sample is drawn by a seed, so
that two states of the tests can be held against each other. Ends by itself; 1 where fewer than the goal were noticed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Queue
from typing import TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")
WORKERS = 2
ROOT = Path(__file__).parents[1]
GOAL = 0.93
"""The share that was noticed when this was first measured."""
LIMIT = 240.0
"""Seconds after which a mutant counts as noticed: it went round in circles."""

_DISCLOSURE = ("tests/unit/test_disclosure.py", "tests/actions/test_suppression.py", "tests/actions/ranking")
_RISKS = ("tests/unit/risks", "tests/actions/risks")
_ROWS = ("revision", "tally", "gathering", "live", "moments", "undo", "families", "revision_among_many", "migrations")
_STORE = tuple(f"tests/store/test_{each}.py" for each in _ROWS)
_ENGINE = ("tests/store/test_engine.py", *_STORE, "tests/store/test_durability.py")
_SHEETS = ("bad_input", "warnings", "persons", "messy", "changes", "template")
TARGETS: dict[str, tuple[str, ...]] = {
    "lib/access/policy.py": ("tests/access",),
    "lib/access/keys.py": ("tests/access", "tests/actions/test_links.py"),
    "lib/actions/suppression.py": _DISCLOSURE,
    "lib/domain/disclosure.py": _DISCLOSURE,
    "lib/domain/cube.py": (
        *("tests/unit/test_cube.py", "tests/unit/test_assessment.py", "tests/unit/test_discussion.py"),
        *("tests/unit/ranking", "tests/actions/ranking"),
    ),
    "lib/domain/risks/history.py": _RISKS,
    "lib/domain/risks/register.py": _RISKS,
    "lib/domain/risks/rounds.py": _RISKS,
    "lib/intake/checks.py": (
        *(f"tests/intake/test_{each}.py" for each in _SHEETS),
        "tests/actions/uploads/test_reading_sheets.py",
    ),
    "lib/store/batches.py": _STORE,
    "lib/store/duck.py": _ENGINE,
    "lib/store/gathering.py": _STORE,
    "lib/store/imports.py": _STORE,
    "lib/store/interface.py": _ENGINE,
    "lib/store/links.py": ("tests/store/test_revision.py", "tests/actions/test_links.py"),
    "lib/store/live.py": _STORE,
    "lib/store/migrations.py": _ENGINE,
    "lib/store/ratings.py": _STORE,
    "lib/store/revision.py": _STORE,
    "lib/store/rows.py": _STORE,
    "lib/store/tally.py": _STORE,
}
"""Each module, and the tests that hold it, the quick ones first. The store is tried on DuckDB alone."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_IN_SQL = ((" desc", " asc"), (" not in ", " in "), (" and ", " or "), (" < ", " <= "), (" > ", " >= "))


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault: where it is, what stood there and what stands there now, and the whole text."""

    module: str
    line: int
    was: str
    now: str
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.was} → {self.now}"


def mutants(module: str) -> Iterator[Mutant]:
    """Every fault that can be put into a module, in the order of its lines."""
    source = (ROOT / module).read_text(encoding="utf-8")
    count = len(list(_places(ast.parse(source))))
    for index in range(count):
        tree = ast.parse(source)
        node, change = list(_places(tree))[index]
        before = ast.unparse(node)
        changed = _changed(node, change)
        text = ast.unparse(ast.fix_missing_locations(_Put(node, changed).visit(tree)))
        yield Mutant(module, node.lineno, before[:70], ast.unparse(changed)[:70], text)


class _Put(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Where a fault can be put, and which; words that only people read and how a class is made are left as they are."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    silent |= {id(part) for each in classes for decorator in each.decorator_list for part in ast.walk(decorator)}
    for node in (each for each in ast.walk(tree) if id(each) not in silent):
        match node:
            case ast.Compare(ops=[op]) if type(op) in _COMPARED:
                yield node, "compare"
            case ast.BoolOp():
                yield node, "bool"
            case ast.UnaryOp(op=ast.Not()):
                yield node, "not"
            case ast.IfExp():
                yield node, "branch"
            case ast.Raise():
                yield node, "raise"
            case ast.Constant(value=bool()):
                yield node, "flip"
            case ast.Constant(value=int()):
                yield node, "more"
            case ast.Constant(value=str(text)):
                yield from ((node, f"sql {place}") for place, (word, _) in enumerate(_IN_SQL) if word in text)


def _changed(node: ast.expr | ast.stmt, change: str) -> ast.expr | ast.stmt:
    match node:
        case ast.Compare(ops=[op]):
            return ast.copy_location(ast.Compare(node.left, [_COMPARED[type(op)]()], node.comparators), node)
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return ast.copy_location(ast.BoolOp(other, node.values), node)
        case ast.UnaryOp():
            return node.operand
        case ast.IfExp():
            return ast.copy_location(ast.IfExp(node.test, node.orelse, node.body), node)
        case ast.Raise():
            return ast.copy_location(ast.Pass(), node)
        case ast.Constant(value=bool(value)):
            return ast.copy_location(ast.Constant(not value), node)
        case ast.Constant(value=int(value)):
            return ast.copy_location(ast.Constant(value + 1), node)
        case ast.Constant(value=str(text)):
            word, other_word = _IN_SQL[int(change.split()[1])]
            return ast.copy_location(ast.Constant(text.replace(word, other_word, 1)), node)
    raise AssertionError(node)


def sample(count: int, seed: int) -> list[Mutant]:
    """As many of each module as is its share of all, in the order of modules and lines."""
    chance, every = random.Random(seed), {module: list(mutants(module)) for module in TARGETS}
    whole = sum(map(len, every.values()))
    chosen: list[Mutant] = []
    for found in every.values():
        share = min(len(found), max(2, round(count * len(found) / whole)))
        chosen += sorted(chance.sample(found, share), key=lambda mutant: mutant.line)
    return chosen


def is_noticed(mutant: Mutant, tree: Path) -> bool:
    """Whether the module's tests fail in a tree with this fault, which is mended again."""
    path = tree / mutant.module
    whole = path.read_text(encoding="utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    try:
        return ended(TARGETS[mutant.module], tree) != 0
    finally:
        path.write_text(whole, encoding="utf-8")


def ended(tests: tuple[str, ...], tree: Path) -> int:
    """What pytest ended with in a tree; -1 when it had to be stopped."""
    there = [each for each in tests if (tree / each).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", "not postgresql", *there]
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=tree, env=variables, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        return process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        return -1
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=120, help="faults to try, at most 1000")
    parser.add_argument("--seed", type=int, default=1, help="which are tried")
    given = parser.parse_args(arguments)
    chosen, begun = sample(min(max(given.count, 1), 1000), given.seed), time.monotonic()
    with tempfile.TemporaryDirectory() as folder, _pool() as pool:
        trees: Queue[Path] = Queue()
        for number in range(WORKERS):
            trees.put(_copy(Path(folder) / str(number)))
        sound = list(pool.map(partial(_in_one, trees, ended), dict.fromkeys(TARGETS.values())))
        if any(sound):
            print("The tests must pass before a fault is put in.", file=sys.stderr)
            return 2
        noticed = []
        for mutant, found in zip(chosen, pool.map(partial(_in_one, trees, is_noticed), chosen), strict=True):
            noticed.append(found)
            print(f"{'noticed    ' if found else 'NOT NOTICED'}  {mutant}", flush=True)
    for module in TARGETS:
        of_module = [found for mutant, found in zip(chosen, noticed, strict=True) if mutant.module == module]
        print(f"{module:32}{sum(of_module):4} of {len(of_module)}")
    rate = sum(noticed) / len(chosen)
    print(f"{sum(noticed)} of {len(chosen)} noticed ({rate:.0%}) in {time.monotonic() - begun:.0f} s.")
    return 0 if rate >= GOAL else 1


@contextmanager
def _pool() -> Iterator[ThreadPoolExecutor]:
    """Whoever stops the run waits for the faults that are being tried, not for all that were to come."""
    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _in_one(trees: Queue[Path], tried: Callable[[Given, Path], Result], what: Given) -> Result:
    """What becomes of a fault or of tests in a tree that nobody else uses meanwhile."""
    tree = trees.get()
    try:
        return tried(what, tree)
    finally:
        trees.put(tree)


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "build", "pictures"), symlinks=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
