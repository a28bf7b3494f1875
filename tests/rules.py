"""The rules of this code as plain functions: source text in, complaints out; no complaint when the rule is kept."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

ANY = "*"
"""Stands in a key for what the program fills in when it runs."""


def imported(source: str) -> set[str]:
    """Every dotted name that a source imports, the members of `from` imports included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def forbidden_imports(source: str, forbidden: Iterable[str]) -> list[str]:
    return sorted(
        name
        for name in imported(source)
        if any(name == package or name.startswith(f"{package}.") for package in forbidden)
    )


def is_too_long(source: str, limit: int) -> bool:
    return len(source.splitlines()) > limit


def lacks_docstring(source: str) -> bool:
    """Whether a module says nothing of itself; one without any code need not."""
    tree = ast.parse(source)
    return bool(tree.body) and ast.get_docstring(tree) is None


def page_faults(source: str) -> list[str]:
    """What keeps a page from being a short story behind a lock."""
    tree = ast.parse(source)
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    first = next((node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)), None)
    faults = [] if first is not None and _calls_require(first) else ["does not begin with require(…)"]
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    faults += [f"defines something in line {node.lineno}" for node in ast.walk(tree) if isinstance(node, defined)]
    return faults


def _calls_require(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Expr | ast.Assign) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "require"


def written_state_keys(source: str) -> list[str]:
    """Keys of the session state or of widgets that are written out where they are used."""
    return sorted({key for node in ast.walk(ast.parse(source)) for key in _state_keys(node)})


def _state_keys(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Subscript(value=state, slice=ast.Constant(value=str(key))) if _is_state(state):
            yield key
        case ast.Compare(left=ast.Constant(value=str(key)), comparators=[state]) if _is_state(state):
            yield key
        case ast.Attribute(value=state, attr=key) if _is_state(state) and key not in dir(dict):
            yield key
        case ast.Call(func=ast.Attribute(value=state), args=[ast.Constant(value=str(key)), *_]) if _is_state(state):
            yield key
        case ast.keyword(arg="key", value=ast.Constant(value=str(key))):
            yield key


def _is_state(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node).endswith("session_state")


_SQL = re.compile(
    r"\b(select\b.+\bfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|(create|alter|drop)\s+table)\b", re.S | re.I
)


def sql_texts(source: str) -> list[str]:
    """Texts of a source that are questions or orders to a database; what stands in docstrings is none."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    written = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said]
    return [node.value for node in written if isinstance(node.value, str) and _SQL.search(node.value)]


def catalogue_differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Keys that only one of two languages has, and sentences that are filled with different things."""
    missing = [f"{key}: missing in one language" for key in one.keys() ^ other.keys()]
    unlike = [
        f"{key}: filled differently"
        for key in one.keys() & other.keys()
        if placeholders(one[key]) != placeholders(other[key])
    ]
    return sorted(missing + unlike)


def placeholders(sentence: str) -> set[str]:
    """The names in braces of a sentence; ValueError for braces that do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def used_keys(source: str) -> set[str]:
    """Keys of sentences in a Python source, `*` for computed parts: of `t(…)`, «@key» words, problems and errors."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found |= set(_called_keys(node))
        elif isinstance(node, ast.Constant | ast.JoinedStr):
            found |= {key[1:] for key in _written(node) if re.fullmatch(r"@[a-z_]+(\.[\w*]+)+", key)}
    return found


def _called_keys(call: ast.Call) -> Iterator[str]:
    """A call's keys. In `t(language, key)` the language is never written out, so a word there is a key too."""
    name = ast.unparse(call.func)
    last = name.rpartition(".")[2]
    first = list(_written(call.args[0])) if call.args else []
    if last == "t":
        yield from (key for argument in call.args[:2] for key in _written(argument))
    elif last in {"Problem", "Wrong", "Unreadable", "Remark"} or name.lower().endswith("findings.add"):
        yield from (f"problems.{code}" for code in first)
    elif last in {"AppError", "Denied", "NotFound", "StoreBusy", "Stale", "Mistyped"}:
        yield from (f"errors.{code}" for code in first)
    elif last == "Decision" and len(call.args) == 2 and ast.unparse(call.args[0]) == "False":
        yield from (f"errors.{code}" for code in _written(call.args[1]))


def _written(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be, as far as they are written out."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else ANY for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from _written(one)
            yield from _written(other)


def template_keys(template: str, section: str) -> set[str]:
    """The keys of a Jinja template, whose `t` fills in the section."""
    return {f"{section}.{key}" for key in re.findall(r"""\bt\(\s*["']([^"']+)["']""", template)}


def unknown_keys(used: Iterable[str], catalogue: Iterable[str]) -> list[str]:
    """Keys without a sentence; a key with computed parts needs at least one that fits."""
    known = set(catalogue)
    return sorted(key for key in set(used) - known if not (ANY in key and any(fnmatchcase(one, key) for one in known)))


def read_variables(source: str) -> set[str]:
    """Environment variables that a source reads by their names, written out or kept in a constant of the module."""
    tree = ast.parse(source)
    kept = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    read = (name for node in ast.walk(tree) for name in _variable(node))
    names = (kept.get(name.id) if isinstance(name, ast.Name) else ast.literal_eval(name) for name in read)
    return {name for name in names if isinstance(name, str)}


def _variable(node: ast.AST) -> Iterator[ast.Name | ast.Constant]:
    match node:
        case ast.Subscript(value=place, slice=(ast.Name() | ast.Constant()) as name) if _is_environment(place):
            yield name
        case ast.Call(
            func=ast.Attribute(value=place, attr="get"), args=[(ast.Name() | ast.Constant()) as name, *_]
        ) if _is_environment(place):
            yield name
        case ast.Call(func=called, args=[(ast.Name() | ast.Constant()) as name, *_]):
            if ast.unparse(called).endswith("getenv"):
                yield name


def _is_environment(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node).endswith(("environ", "environment"))


def unmentioned(names: Iterable[str], text: str) -> list[str]:
    """Names that do not stand in a text as `code`."""
    return sorted(name for name in set(names) if f"`{name}`" not in text)


def present(words: Iterable[str], text: str) -> list[str]:
    """Which of some words a text holds, wherever their capitals."""
    return sorted(word for word in words if word.casefold() in text.casefold())
