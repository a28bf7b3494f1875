"""What is allowed, but seldom meant. It informs; nothing here keeps a workbook from being stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from lib.domain.municipality_numbers import alike, comparable, elsewhere, in_year, successor
from lib.intake.answers import Answers
from lib.intake.entries import Entries, Entry
from lib.intake.existing import Existing
from lib.intake.findings import Findings
from lib.model.methods import Method
from lib.model.problems import Severity
from lib.model.records import Area, Municipality, Workshop

MOVED = 0.20  # share of the population
SAME_IN = 5  # areas with one and the same number
WHOLE_ROOM = 3  # raters, from which a sheet is no longer one group's own
NAMES_SHOWN = 5


def note_municipalities(entries: Entries, existing: Iterable[Municipality], findings: Findings) -> None:
    """A population that has moved far, and a number that holds for another year."""
    old = {town.number: town for town in existing}
    for entry in entries.rows:
        _note_population(entries, entry, old, findings)
        _note_number(entries, entry, old, findings)


def _note_population(entries: Entries, entry: Entry, old: Mapping[str, Municipality], findings: Findings) -> None:
    town, now = old.get(entry.text("number")), entry.values.get("population")
    if town is None or town.population is None or not isinstance(now, int):
        return
    before, same = town.population, comparable(town.number, town.year, _year(entry))
    if same and abs(now - before) > MOVED * before:
        place = (entries.sheet, entry.row, entries.columns["population"])
        findings.add(
            "population_moved", *place, now, Severity.WARNING, before=before, now=now, share=round(MOVED * 100)
        )


def _year(entry: Entry) -> int | None:
    year = entry.values.get("year")
    return year if isinstance(year, int) else None


def _note_number(entries: Entries, entry: Entry, old: Mapping[str, Municipality], findings: Findings) -> None:
    number, year = entry.text("number"), _year(entry)
    if not number:
        return
    place = (entries.sheet, entry.row, entries.columns["number"], number, Severity.WARNING)
    if number not in old and (known := next((each for each in old if alike(each, number)), None)):
        findings.add("number_held_as", *place, known=known, name=old[known].name)
    elif year is not None and (then := in_year(number, year)) != number:
        findings.add("number_of_another_year", *place, then=then, year=str(year))
    elif year is None and (newer := successor(number)):
        findings.add("number_changed", *place, newer=newer[0], year=str(newer[1]))
    elif others := elsewhere(number, year):
        named = ", ".join(f"{span.number} {span.name}" for span in others)
        code = "number_no_more" if year is None else "number_not_in_year"
        findings.add(code, *place, others=named, year=str(year))


def note_ratings(
    answers: Answers,
    methods: Mapping[str, Method],
    workshops: Iterable[Workshop],
    areas: Mapping[str, Area],
    existing: Existing,
    findings: Findings,
) -> None:
    """Raters who gave the same number everywhere, and areas that nobody gave a number."""
    told = {workshop.id: methods[workshop.method] for workshop in workshops if workshop.method in methods}
    given, answered = answers.given, answers.answered
    if given.empty:
        return
    given = given.assign(value=np.array(answers.values, float)[given["value"]])
    for _, rows in given.groupby(["workshop", "round"], sort=False):
        code, number = int(rows["workshop"].iloc[0]), int(rows["round"].iloc[0])
        workshop = answers.ids[code]
        if workshop in told:
            _note_same(rows, told[workshop], answers, findings)
            held = {
                key.item
                for key, value in existing.ratings.items()
                if key[:2] == (workshop, number) and value is not None
            }
            scored = held | {answers.ids[item] for item in rows["item"][rows["value"].notna()].unique()}
            there = answered[(answered["workshop"] == code) & (answered["round"] == number)]
            _note_unscored(there, scored, answers, areas, findings)


def _note_same(given: pd.DataFrame, method: Method, answers: Answers, findings: Findings) -> None:
    """Not where points are shared out, and not of questions with two answers, where it is quite usual."""
    scales = {criterion.key for criterion in method.criteria if criterion.high - criterion.low > 1}
    if method.budget is not None:
        return
    codes = [code for code, key in enumerate(answers.criteria) if key in scales]
    numbers = given[given["criterion"].isin(codes) & given["value"].notna()]
    by_rater = numbers.groupby("rater", sort=False)
    alike = by_rater["value"].min() == by_rater["value"].max()
    for _, rows in numbers[numbers["rater"].isin(alike.index[alike])].groupby("rater", sort=False):
        count, first = rows["item"].nunique(), rows.iloc[0]
        if count >= SAME_IN:
            entries, entry = answers.place(first)
            place = (entries.sheet, entry.row, entries.columns["rater"], entry.text("rater"), Severity.WARNING)
            findings.add("same_everywhere", *place, value=str(int(first["value"])), count=count)


def _note_unscored(
    answered: pd.DataFrame, scored: set[str], answers: Answers, areas: Mapping[str, Area], findings: Findings
) -> None:
    """At the area's first row, or for those without a row at the sheet, once the sheet is a whole room's."""
    first = answered.drop_duplicates("item")
    there = [answers.ids[item] for item in first["item"]]
    for item, (_, row) in zip(there, first.iterrows(), strict=True):
        if item not in scored:
            entries, entry = answers.place(row)
            column = entries.columns["area"]
            findings.add("nobody_scored", entries.sheet, entry.row, column, entry.text("area"), Severity.WARNING)
    missing = [area.name for key, area in areas.items() if key not in scored and key not in there]
    if missing and answered["rater"].nunique() >= WHOLE_ROOM:
        shown = ", ".join(missing[:NAMES_SHOWN]) + (" …" if len(missing) > NAMES_SHOWN else "")
        sheet = answers.sheets[int(first["sheet"].iloc[0])].sheet
        findings.add("areas_left_out", sheet, found=shown, severity=Severity.WARNING, count=len(missing))
