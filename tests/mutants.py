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
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).parents[1]
GOAL = 0.93
"""The share that was noticed when this was first measured."""
LIMIT = 240.0
"""Seconds after which a mutant counts as noticed: it went round in circles."""

_STORE = ("tests/store", "-k", "not postgresql")
TARGETS: dict[str, tuple[str, ...]] = {
    "lib/access/policy.py": ("tests/access",),
    "lib/access/keys.py": ("tests/access", "tests/actions/test_links.py"),
    "lib/actions/suppression.py": ("tests/actions/ranking", "tests/unit/test_disclosure.py"),
    "lib/domain/disclosure.py": ("tests/unit/test_disclosure.py", "tests/actions/ranking"),
    "lib/domain/cube.py": ("tests/unit", "tests/actions/ranking"),
    "lib/domain/risks/history.py": ("tests/unit/risks", "tests/actions/risks"),
    "lib/domain/risks/register.py": ("tests/unit/risks", "tests/actions/risks"),
    "lib/domain/risks/rounds.py": ("tests/unit/risks", "tests/actions/risks"),
    "lib/intake/checks.py": (
        *("tests/intake/test_bad_input.py", "tests/intake/test_warnings.py", "tests/intake/test_persons.py"),
        *("tests/intake/test_messy.py", "tests/intake/test_changes.py", "tests/intake/test_template.py"),
    ),
    "lib/store/batches.py": _STORE,
    "lib/store/imports.py": _STORE,
    "lib/store/live.py": _STORE,
    "lib/store/migrations.py": _STORE,
    "lib/store/ratings.py": _STORE,
    "lib/store/revision.py": _STORE,
    "lib/store/rows.py": _STORE,
    "lib/store/tally.py": _STORE,
}

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
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not browser"]
    try:
        ended = subprocess.run(
            [*command, *TARGETS[mutant.module]],
            cwd=tree,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(whole, encoding="utf-8")
    return ended.returncode != 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=120, help="faults to try, at most 1000")
    parser.add_argument("--seed", type=int, default=1, help="which are tried")
    given = parser.parse_args(arguments)
    chosen, begun = sample(min(max(given.count, 1), 1000), given.seed), time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        trees: Queue[Path] = Queue()
        for number in range(2):
            trees.put(_copy(Path(folder) / str(number)))

        def tried(mutant: Mutant) -> bool:
            tree = trees.get()
            try:
                return is_noticed(mutant, tree)
            finally:
                trees.put(tree)

        noticed = list(pool.map(tried, chosen))
    for mutant, found in zip(chosen, noticed, strict=True):
        if not found:
            print(f"not noticed  {mutant}")
    rate = sum(noticed) / len(chosen)
    print(f"{sum(noticed)} of {len(chosen)} noticed ({rate:.0%}) in {time.monotonic() - begun:.0f} s.")
    return 0 if rate >= GOAL else 1


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "build", "pictures"), symlinks=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
