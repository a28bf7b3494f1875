"""What is to be mended in an uploaded workbook: listed by what to do, and laid into the workbook itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lib.access import Action
from lib.actions import gate
from lib.actions.sheet_texts import texts
from lib.actions.uploads.uploads import Preview
from lib.i18n import sentence, t
from lib.intake.annotate import UNNAMED, Line, Mark, annotated, as_xlsx, is_xlsx
from lib.intake.reading import RawWorkbook, read
from lib.model.access import Actor
from lib.model.problems import Problem, Severity, Unreadable

VARIANTS = 3  # sentences of one code that are still worth telling apart
_ANY = "…"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, and every place where it is to be done."""

    severity: Severity
    sentence: str
    places: tuple[Problem, ...]


def tasks(language: str, problems: Sequence[Problem]) -> list[Task]:
    """The problems by what to do: what must be mended first, each kind in the order in which it first stands.

    What differs between the places of one task stands as «…» in its sentence and beside each place; what has no cell
    to look at, such as a column that is missing, is said in full.
    """
    codes: dict[tuple[Severity, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        codes[problem.severity, problem.code].append(problem)
    errors_first = sorted(codes.items(), key=lambda item: item[0][0] is not Severity.ERROR)
    return [task for _, alike in errors_first for task in _of_code(language, alike)]


def _of_code(language: str, alike: list[Problem]) -> list[Task]:
    variants: dict[tuple[object, ...], list[Problem]] = defaultdict(list)
    for problem in alike:
        variants[tuple(sorted(problem.params.items()))].append(problem)
    apart = len(variants) <= VARIANTS or not all(problem.cell for problem in alike)
    groups = list(variants.values()) if apart else [alike]
    return [Task(group[0].severity, _shared(language, group), tuple(group)) for group in groups]


def _shared(language: str, group: list[Problem]) -> str:
    """The sentence that holds for all."""
    first = group[0]
    if len({sentence(language, problem) for problem in group}) == 1:
        return sentence(language, first)
    params = {
        name: value if all(problem.params.get(name) == value for problem in group) else _ANY
        for name, value in first.params.items()
    }
    found = first.found if all(problem.found == first.found for problem in group) else _ANY
    told = sentence(language, Problem(first.code, first.sheet, found=found, params=params))
    return told.replace(f"{_ANY}.", _ANY)


def workbook(actor: Actor, preview: Preview, language: str) -> bytes:
    """The uploaded workbook with the reason at every cell that is to be mended, and a list of them in front.

    A workbook that cannot be taken apart comes back as the list alone, which then says so.
    """
    gate.allow(actor, Action.UPLOAD_CHECK, preview.study)
    content = preview.content
    if not is_xlsx(content):
        content = as_xlsx(read(content))
        named = tuple(replace(each, sheet=each.sheet or UNNAMED) if each.cell else each for each in preview.problems)
        preview = replace(preview, problems=named)
    lines = _lines(language, preview)
    try:
        return annotated(content, _marks(language, preview.problems), lines, texts(language))
    except Unreadable:
        alone = Line((t(language, "corrections.alone"),), Severity.WARNING)
        return annotated(as_xlsx(RawWorkbook()), {}, [alone, *lines], texts(language))


def file_name(language: str, preview: Preview) -> str:
    """«tall-rettelser.xlsx»; a workbook with macros keeps its ending, without which Excel does not open it."""
    stem, _, ending = preview.file_name.rpartition(".")
    kept = "xlsm" if ending.casefold() == "xlsm" and is_xlsx(preview.content) else "xlsx"
    return f"{stem or preview.file_name}-{t(language, 'corrections.file')}.{kept}"


def _marks(language: str, problems: Sequence[Problem]) -> dict[str, dict[str, Mark]]:
    """All that is said of a cell in one note, the errors first."""
    said: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=lambda each: each.severity is not Severity.ERROR):
        if problem.cell:
            said[problem.sheet, problem.cell].append(problem)
    marks: dict[str, dict[str, Mark]] = defaultdict(dict)
    for (sheet, cell), listed in said.items():
        words = [f"{t(language, f'corrections.{each.severity}')}: {sentence(language, each)}" for each in listed]
        marks[sheet][cell] = Mark(listed[0].severity, "\n\n".join(words))
    return marks


def _lines(language: str, preview: Preview) -> list[Line]:
    heads = tuple(t(language, f"upload.{key}") for key in ("what_to_do", "sheet", "cell", "found"))
    lines = [Line((t(language, "corrections.lead"),)), Line(()), Line(heads)]
    for task in tasks(language, preview.problems):
        many = t(language, "corrections.places", count=len(task.places))
        lead = f"{t(language, f'corrections.{task.severity}')} ({many}): {task.sentence}"
        lines += [Line((lead,), task.severity), *(_place_line(place) for place in task.places if place.sheet)]
    return lines


def _place_line(problem: Problem) -> Line:
    return Line(("", problem.sheet, problem.cell, problem.found), None, problem.sheet, problem.cell)
