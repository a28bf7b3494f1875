"""What somebody types into the table of milestones, cell by cell as text, and the records that it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from lib.intake.dates import reading
from lib.model.problems import AppError
from lib.model.risk_records import Milestone, Phase

Line = Mapping[str, object]


def day(written: object) -> date | None:
    """The day in a cell, read as in a workbook; None where it is blank, AppError where it is none."""
    text = _text(written)
    found = reading(text)
    if text and found is None:
        raise AppError("delivery_date", found=text)
    return found


def written_day(value: date | None) -> str:
    """`day` the other way: «25.11.2026»."""
    return f"{value:%d.%m.%Y}" if value else ""


def milestones(typed: Iterable[Line], areas: Mapping[str, str], seen: Iterable[Milestone]) -> list[Milestone]:
    """The rows by their ids, new ones without; a row without anything typed in it is none.

    `areas` are ids by what the table calls them. What the table does not show stays as it was `seen`.
    """
    held = {each.id: each for each in seen}
    found = []
    for line in typed:
        fields = {
            "name": _text(line.get("name")),
            "phase": Phase(_text(line.get("phase")) or Phase.PLANNING),
            "area": areas.get(_text(line.get("area"))),
            "owner": _text(line.get("owner")) or None,
            "deadline": day(line.get("deadline")),
            "done_on": day(line.get("done_on")),
            "constructed": bool(line.get("constructed")),
        }
        old = held.get(_text(line.get("id")))
        if old is not None:
            found.append(old.model_copy(update=fields))
        elif any(fields[key] for key in ("name", "owner", "deadline", "done_on")):
            found.append(Milestone.model_validate({"id": ""} | fields))
    return found


def _text(written: object) -> str:
    """A cell that nobody has typed in comes as None or as a number that is none."""
    return written.strip() if isinstance(written, str) else ""
