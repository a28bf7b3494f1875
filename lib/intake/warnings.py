"""What is allowed, but seldom meant. It informs; nothing here keeps a workbook from being stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lib.domain.municipality_numbers import alike, in_year, successor
from lib.intake.entries import Entries, Entry
from lib.intake.existing import CommentKey, Existing
from lib.intake.findings import Findings
from lib.model.methods import Method
from lib.model.problems import Severity
from lib.model.records import Area, Municipality, Rating, Workshop

MOVED = 0.20  # share of the population
SAME_IN = 5  # areas with one and the same number
WHOLE_ROOM = 3  # raters, from which a sheet is no longer one group's own
NAMES_SHOWN = 5

Places = Mapping[CommentKey, tuple[Entries, Entry]]


def note_municipalities(entries: Entries, existing: Iterable[Municipality], findings: Findings) -> None:
    """A population that has moved far, and a number that holds for another year."""
    old = {town.number: town for town in existing}
    for entry in entries.rows:
        _note_population(entries, entry, old, findings)
        _note_number(entries, entry, old, findings)


def _note_population(entries: Entries, entry: Entry, old: Mapping[str, Municipality], findings: Findings) -> None:
    town, now = old.get(entry.text("number")), entry.values.get("population")
    before = town.population if town else None
    if before is not None and isinstance(now, int) and abs(now - before) > MOVED * before:
        place = (entries.sheet, entry.row, entries.columns["population"])
        findings.add("population_moved", *place, now, Severity.WARNING, before=before, now=now)


def _note_number(entries: Entries, entry: Entry, old: Mapping[str, Municipality], findings: Findings) -> None:
    number, year = entry.text("number"), entry.values.get("year")
    if not number:
        return
    place = (entries.sheet, entry.row, entries.columns["number"], number, Severity.WARNING)
    if number not in old and (known := next((each for each in old if alike(each, number)), None)):
        findings.add("number_held_as", *place, known=known, name=old[known].name)
    elif isinstance(year, int) and (then := in_year(number, year)) != number:
        findings.add("number_of_another_year", *place, then=then, year=str(year))
    elif year is None and (newer := successor(number)):
        findings.add("number_changed", *place, newer=newer[0], year=str(newer[1]))


def note_ratings(
    ratings: Iterable[Rating],
    places: Places,
    methods: Mapping[str, Method],
    workshops: Iterable[Workshop],
    areas: Mapping[str, Area],
    existing: Existing,
    findings: Findings,
) -> None:
    """Raters who gave the same number everywhere, and areas that nobody gave a number."""
    by_workshop: dict[tuple[str, int], list[Rating]] = defaultdict(list)
    for rating in ratings:
        by_workshop[rating.workshop, rating.round].append(rating)
    told = {workshop.id: methods[workshop.method] for workshop in workshops if workshop.method in methods}
    for (workshop, number), given in by_workshop.items():
        if workshop in told:
            _note_same(given, told[workshop], places, findings)
            held = {
                key.item
                for key, value in existing.ratings.items()
                if key[:2] == (workshop, number) and value is not None
            }
            _note_unscored(given, held, places, areas, findings)


def _note_same(given: Iterable[Rating], method: Method, places: Places, findings: Findings) -> None:
    """Not where points are shared out, and not of questions with two answers, where it is quite usual."""
    scales = {criterion.key for criterion in method.criteria if criterion.high - criterion.low > 1}
    if method.budget is not None:
        return
    values: dict[str, list[Rating]] = defaultdict(list)
    for rating in given:
        if rating.criterion in scales and rating.value is not None:
            values[rating.rater].append(rating)
    for answers in values.values():
        items = {rating.item for rating in answers}
        if len(items) >= SAME_IN and len({rating.value for rating in answers}) == 1:
            entries, entry = places[CommentKey(*answers[0][:4])]
            place = (entries.sheet, entry.row, entries.columns["rater"], entry.text("rater"), Severity.WARNING)
            findings.add("same_everywhere", *place, value=str(answers[0].value), count=len(items))


def _note_unscored(
    given: list[Rating], held: set[str], places: Places, areas: Mapping[str, Area], findings: Findings
) -> None:
    """At the area's first row, or for those without a row at the sheet, once the sheet is a whole room's."""
    scored = held | {rating.item for rating in given if rating.value is not None}
    workshop, number = given[0][:2]
    first: dict[str, tuple[Entries, Entry]] = {}
    raters = set()
    for key, place in places.items():
        if key[:2] == (workshop, number):
            first.setdefault(key.item, place)
            raters.add(key.rater)
    for item, (entries, entry) in first.items():
        if item not in scored:
            column = entries.columns["area"]
            findings.add("nobody_scored", entries.sheet, entry.row, column, entry.text("area"), Severity.WARNING)
    missing = [area.name for key, area in areas.items() if key not in scored and key not in first]
    if missing and len(raters) >= WHOLE_ROOM:
        sheet = next(iter(first.values()))[0].sheet
        shown = ", ".join(missing[:NAMES_SHOWN]) + (" …" if len(missing) > NAMES_SHOWN else "")
        findings.add("areas_left_out", sheet, found=shown, severity=Severity.WARNING, count=len(missing))
