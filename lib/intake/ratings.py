"""The sheets of ratings: workshops, raters, ratings and comments, held against each other and against the study."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lib.intake.answers import Answers, groups
from lib.intake.cells import DONT_KNOW, Value
from lib.intake.entries import Entries, Entry, Spoilt
from lib.intake.existing import Existing, RatingKey
from lib.intake.findings import Findings
from lib.intake.references import References
from lib.model.coded import Coded, Places
from lib.model.methods import Method
from lib.model.problems import Severity
from lib.model.records import Comment, Rater, RaterRole, Workshop, stable_id

_ABOUT = ("workshop", "rater", "role", "municipality", "persons", "constructed")  # the columns that say who rates
_SAID = {"role": "rater_role_differs", "municipality": "rater_municipality_differs"}


@dataclass(slots=True)
class _WorkshopDraft:
    """A workshop while its rows are read. `marks`: columns with a «ja»; `noted`: codes that have been said of it."""

    record: Workshop
    marks: set[str]
    noted: set[str] = field(default_factory=set)
    raters: dict[str, _RaterDraft] = field(default_factory=dict)


@dataclass(slots=True)
class _RaterDraft:
    """A rater while its rows are read: what was said of it, and where first."""

    id: str
    name: str
    said: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)


class RatingsReader:
    """Takes in one sheet after another; the results stand in `workshops`, `raters`, `answers` and `comments`."""

    def __init__(self, study: str, existing: Existing, references: References, findings: Findings) -> None:
        self._study = study
        self._existing = existing
        self._references = references
        self._findings = findings
        self._old_workshops = {workshop.id: workshop for workshop in existing.workshops}
        self._old_raters = {rater.id: rater for rater in existing.raters}
        self._workshops: dict[str, _WorkshopDraft] = {}
        self._spent: Counter[tuple[str, int, str]] = Counter()
        self.answers = Answers()
        self.comments: list[Comment] = []

    def add(self, entries: Entries, method: Method, persons: bool) -> None:
        """Takes in a sheet; `persons`: the heading over its raters means one person each."""
        named = entries.texts("workshop").where(bool) & entries.texts("rater").where(bool)
        rows = np.flatnonzero(named)
        workshops, raters = self._who(entries, rows, method)
        given = entries.values.get("round", Coded[Value | Spoilt].same(None, len(entries)))
        rounds = given.mapped(lambda value: value if isinstance(value, int) else 1)
        answered = pd.DataFrame({
            "sheet": self.answers.sheet(entries), "row": rows, "workshop": workshops,
            "round": np.array(rounds.values)[rounds.codes[rows]], "rater": raters, "item": self._items(entries, rows),
        })  # fmt: skip
        answered = self._once(entries, answered[answered["item"] >= 0])
        self.answers.add(answered)
        self._take_values(entries, answered, method)
        if entries.has("comment"):
            self._take_comments(entries, answered)
        if persons:
            self._mark_unsaid(entries)

    def _mark_unsaid(self, entries: Entries) -> None:
        """A heading counts for those workshops of the sheet that do not say themselves who rates."""
        names = entries.texts("workshop")
        said = {name.casefold() for name in names.at(entries.texts("persons").where(bool)).values}
        for name in {name.casefold() for name in names.values} - said:
            if name in self._workshops:
                self._workshops[name].marks.add("persons")

    def _who(self, entries: Entries, rows: Places, method: Method) -> tuple[Places, Places]:
        """Codes of the workshop and the rater of each row; rows that say the same of both are looked at once.

        Where that gives a fault, each of them is looked at, so that it is told of every row.
        """
        about = groups([entries.values[key] for key in _ABOUT if entries.has(key)], len(entries))[rows]
        found = np.zeros((len(entries), 2), np.intp)
        for group, first in zip(*np.unique(about, return_index=True), strict=True):
            faults = self._findings.count
            found[group] = self._who_of(entries, rows[first], method)
            if self._findings.count > faults:
                for row in rows[about == group][1:]:
                    self._who_of(entries, row, method)
        return found[about, 0], found[about, 1]

    def _who_of(self, entries: Entries, row: int, method: Method) -> tuple[int, int]:
        entry = entries.entry(row)
        workshop = self._workshop(entries, entry, method)
        rater = self._rater(workshop, entries, entry)
        return self.answers.code(workshop.record.id), self.answers.code(rater.id)

    def _items(self, entries: Entries, rows: Places) -> Places:
        """Codes of the areas; -1 where a cell means none, which is noted at each of them."""
        areas = entries.texts("area")
        codes = np.full(len(areas.values), -1, np.intp)
        for code, first in zip(*np.unique(areas.codes[rows], return_index=True), strict=True):
            if item := self._item(entries, rows[first], areas.values[code]):
                codes[code] = self.answers.code(item)
            elif areas.values[code]:
                for row in rows[areas.codes[rows] == code][1:]:
                    self._item(entries, row, areas.values[code])
        return codes[areas.codes[rows]]

    def _item(self, entries: Entries, row: int, text: str) -> str:
        return self._references.find(entries, entries.entry(row), "area", "area", text)

    def _once(self, entries: Entries, answered: pd.DataFrame) -> pd.DataFrame:
        """Without the rows in which a rater answers again; where that was before is noted."""
        again, first = self.answers.again(answered)
        for row, (sheet, before) in zip(answered["row"][again], first, strict=True):
            entry, earlier = entries.entry(row), self.answers.sheets[sheet]
            place = f"{earlier.sheet}!{earlier.place(earlier.entry(before), 'area')}"
            name = self._workshops[entry.text("workshop").casefold()].raters[entry.text("rater").casefold()].name
            self._note(entries, entry, "area", "rated_twice", first=place, rater=name)
        return answered[~again]

    def _note(
        self,
        entries: Entries,
        entry: Entry,
        key: str,
        code: str,
        severity: Severity = Severity.ERROR,
        **params: str | int | float,
    ) -> None:
        found = entry.text(key)
        self._findings.add(code, entries.sheet, entry.row, entries.columns[key], found, severity, **params)

    def _workshop(self, entries: Entries, entry: Entry, method: Method) -> _WorkshopDraft:
        name = entry.text("workshop")
        workshop = self._workshops.get(name.casefold())
        if workshop is None:
            identity = stable_id(self._study, "workshop", name.casefold())
            record = self._old_workshops.get(identity) or Workshop(id=identity, name=name, method=method.key)
            workshop = self._workshops[name.casefold()] = _WorkshopDraft(record, set(_marks(record)))
        if workshop.record.method != method.key and "workshop_method_differs" not in workshop.noted:
            workshop.noted.add("workshop_method_differs")
            self._note(entries, entry, "workshop", "workshop_method_differs")
        self._mark(workshop, entries, entry, "constructed", "still_constructed")
        self._mark(workshop, entries, entry, "persons", "still_persons")
        return workshop

    def _mark(self, workshop: _WorkshopDraft, entries: Entries, entry: Entry, key: str, code: str) -> None:
        """A mark stays once the study holds it, as the figures or names it warns of are still there."""
        said = entry.text(key)
        if said == "yes":
            workshop.marks.add(key)
        elif said == "no" and key in _marks(workshop.record) and code not in workshop.noted:
            workshop.noted.add(code)
            place = (entries.sheet, entry.row, entries.columns[key])
            self._findings.add(code, *place, severity=Severity.WARNING, workshop=workshop.record.name)

    def _rater(self, workshop: _WorkshopDraft, entries: Entries, entry: Entry) -> _RaterDraft:
        name = entry.text("rater")
        rater = workshop.raters.get(name.casefold())
        if rater is None:
            identity = stable_id(workshop.record.id, "rater", name.casefold())
            old = self._old_raters.get(identity)
            rater = workshop.raters[name.casefold()] = _RaterDraft(identity, old.name if old else name)
        for key in _SAID:
            if entries.has(key):
                rater.told.add(key)
                self._say(rater, entries, entry, key)
        return rater

    def _say(self, rater: _RaterDraft, entries: Entries, entry: Entry, key: str) -> None:
        """A role or municipality may stand on one of the rater's rows or on all, but not differ."""
        value = entry.text(key)
        if key == "municipality":
            value = self._references.find(entries, entry, key, key, value)
        if not value:
            return
        if rater.said.setdefault(key, value) != value:
            self._note(entries, entry, key, _SAID[key], first=rater.places[key], rater=rater.name)
        elif key not in rater.places:
            rater.places[key] = f"{entries.sheet}!{entries.place(entry, key)}"

    def _take_values(self, entries: Entries, answered: pd.DataFrame, method: Method) -> None:
        keys = [key for key in method.criterion_keys if key in entries.values]
        values = [entries.values[key].at(answered["row"].to_numpy()) for key in keys]
        codes = np.empty((len(answered), len(keys)), np.intp)
        for place, column in enumerate(values):
            codes[:, place] = [*column.mapped(self._code_of_value)]
        self.answers.give(answered, keys, codes)
        if self._existing.ratings:
            for key, column in zip(keys, values, strict=True):
                self._keep(entries, answered[column.where(lambda value: value is None)], key)
        if method.budget is not None:
            self._spend(entries, answered, values, method.budget)

    def _code_of_value(self, value: Value | Spoilt) -> int:
        """-1 where there is no answer."""
        if value is DONT_KNOW:
            return self.answers.value(None)
        return self.answers.value(value) if isinstance(value, int) else -1

    def _spend(
        self, entries: Entries, answered: pd.DataFrame, values: list[Coded[Value | Spoilt]], budget: int
    ) -> None:
        for place, key in enumerate(self.answers.keys(answered)):
            for column in values:
                before, points = self._spent[key[:3]], column[place]
                self._spent[key[:3]] += points if isinstance(points, int) else 0
                if before <= budget < self._spent[key[:3]]:
                    entry = entries.entry(answered["row"].iloc[place])
                    self._note(entries, entry, "rater", "over_budget", budget=budget)

    def _take_comments(self, entries: Entries, answered: pd.DataFrame) -> None:
        column = entries.values["comment"].at(answered["row"].to_numpy())
        written = column.where(lambda value: isinstance(value, str))
        texts = column.at(written)
        self.comments += [
            Comment(*key, str(text)) for key, text in zip(self.answers.keys(answered[written]), texts, strict=True)
        ]
        if self._existing.comments:
            self._keep(entries, answered[column.where(lambda value: value is None)], "comment")

    def _keep(self, entries: Entries, blank: pd.DataFrame, key: str) -> None:
        """What people have said is never taken away by an empty cell."""
        index, existing = entries.columns[key], self._existing
        for row, place in zip(blank["row"], self.answers.keys(blank), strict=True):
            held = existing.comments.get(place) if key == "comment" else RatingKey(*place, key) in existing.ratings
            if held:
                at = (entries.sheet, int(entries.numbers[row]), index)
                self._findings.add("blank_keeps_value", *at, severity=Severity.WARNING)

    @property
    def workshops(self) -> list[Workshop]:
        return [
            draft.record.model_copy(
                update={"constructed": "constructed" in draft.marks, "group_mode": "persons" not in draft.marks}
            )
            for draft in self._workshops.values()
        ]

    @property
    def raters(self) -> list[Rater]:
        return [
            self._rater_record(workshop.record.id, rater)
            for workshop in self._workshops.values()
            for rater in workshop.raters.values()
        ]

    def _rater_record(self, workshop: str, rater: _RaterDraft) -> Rater:
        old = self._old_raters.get(rater.id) or Rater(id=rater.id, workshop=workshop, name=rater.name)
        role, municipality = rater.said.get("role"), rater.said.get("municipality")
        update: dict[str, object] = {}
        if "role" in rater.told:
            update["role"] = RaterRole(role.removeprefix("role.")) if role else None
        if "municipality" in rater.told:
            update["municipality"] = municipality
        return old.model_copy(update=update)


def _marks(workshop: Workshop) -> frozenset[str]:
    """The columns in which the study already holds a «ja» for a workshop."""
    held = {"constructed": workshop.constructed, "persons": not workshop.group_mode}
    return frozenset(key for key, holds in held.items() if holds)
