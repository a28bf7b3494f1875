"""Builds the made-up subject of docs/a-subject.md in a copy of the program, and reads how long it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "a-subject.md"
_STEP = re.compile(
    r"^### (?P<where>[^\n]+)\n(?P<said>.*?)^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


class Step(NamedTuple):
    """A file, or what is added to one after a line; `kind` is what it is written in."""

    where: str
    kind: str
    body: str


def steps() -> list[Step]:
    found = _STEP.finditer(DOCUMENT.read_text(encoding="utf-8"))
    return [Step(each["where"], each["kind"], each["body"]) for each in found]


def lines_of_python() -> int:
    """Lines that are not blank."""
    return sum(bool(line.strip()) for step in steps() if step.kind == "python" for line in step.body.splitlines())


def build(place: Path) -> None:
    """The program with the subject in it. ValueError where a line that something stands after is not there once."""
    for name in ("lib", "pages", "data", ".streamlit"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for step in steps():
        if step.where.startswith("texts "):
            _say(place / "lib" / "i18n" / f"{step.where.removeprefix('texts ')}.toml", step.body)
        elif step.where.startswith("add to "):
            _add(place, step)
        else:
            (place / step.where).parent.mkdir(parents=True, exist_ok=True)
            (place / step.where).write_text(step.body, encoding="utf-8")


def _add(place: Path, step: Step) -> None:
    file, _, line = step.where.removeprefix("add to ").partition(" after ")
    path, line = place / file, line.strip("`")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if lines.count(f"{line}\n") != 1:
        raise ValueError(f"{file}: {line}")
    at = lines.index(f"{line}\n") + 1
    path.write_text("".join([*lines[:at], step.body, *lines[at:]]), encoding="utf-8")


def _say(path: Path, body: str) -> None:
    """Each table's texts under its heading, or a new table at the end."""
    held = path.read_text(encoding="utf-8")
    for heading, texts in re.findall(r"^(\[[\w.]+\]\n)(.*?)(?=^\[|\Z)", body, re.MULTILINE | re.DOTALL):
        if f"\n{heading}" in held:
            held = held.replace(f"\n{heading}", f"\n{heading}{texts.strip()}\n", 1)
        else:
            held = f"{held.rstrip()}\n\n{heading}{texts.strip()}\n"
    path.write_text(held, encoding="utf-8")
