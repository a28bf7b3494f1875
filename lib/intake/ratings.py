"""The sheets of ratings: workshops, raters, ratings and comments, held against each other and against the study."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lib.intake.cells import DONT_KNOW
from lib.intake.entries import Entries, Entry
from lib.intake.existing import CommentKey, Existing, RatingKey
from lib.intake.findings import Findings
from lib.intake.references import References
from lib.model.methods import Method
from lib.model.problems import Severity
from lib.model.records import Comment, Rater, RaterRole, Rating, Workshop, stable_id

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
    """Takes in one sheet after another; the results stand in `workshops`, `raters`, `ratings` and `comments`.

    `places` says in which row each rater's answers to an item stand.
    """

    def __init__(self, study: str, existing: Existing, references: References, findings: Findings) -> None:
        self._study = study
        self._existing = existing
        self._references = references
        self._findings = findings
        self._old_workshops = {workshop.id: workshop for workshop in existing.workshops}
        self._old_raters = {rater.id: rater for rater in existing.raters}
        self._workshops: dict[str, _WorkshopDraft] = {}
        self.places: dict[CommentKey, tuple[Entries, Entry]] = {}
        self._spent: Counter[tuple[str, int, str]] = Counter()
        self._heard: dict[tuple[object, ...], tuple[_WorkshopDraft, _RaterDraft]] = {}
        self.ratings: list[Rating] = []
        self.comments: list[Comment] = []

    def add(self, entries: Entries, method: Method, persons: bool) -> None:
        """Takes in a sheet; `persons`: the heading over its raters means one person each."""
        for entry in entries.rows:
            if entry.text("workshop") and entry.text("rater"):
                self._add_row(entries, entry, method)
        if persons:
            self._mark_unsaid(entries)

    def _mark_unsaid(self, entries: Entries) -> None:
        """A heading counts for those workshops of the sheet that do not say themselves who rates."""
        said = {entry.text("workshop").casefold() for entry in entries.rows if entry.text("persons")}
        for name in {entry.text("workshop").casefold() for entry in entries.rows} - said:
            if name in self._workshops:
                self._workshops[name].marks.add("persons")

    def _add_row(self, entries: Entries, entry: Entry, method: Method) -> None:
        workshop, rater = self._who(entries, entry, method)
        item = self._references.find(entries, entry, "area", "area", entry.text("area"))
        if not item:
            return
        given = entry.values.get("round")
        key = CommentKey(workshop.record.id, given if isinstance(given, int) else 1, rater.id, item)
        if key in self.places:
            sheet, row = self.places[key]
            first = f"{sheet.sheet}!{sheet.place(row, 'area')}"
            self._note(entries, entry, "area", "rated_twice", first=first, rater=rater.name)
            return
        self.places[key] = (entries, entry)
        self._take_values(entries, entry, method, key)
        self._take_comment(entries, entry, key)

    def _who(self, entries: Entries, entry: Entry, method: Method) -> tuple[_WorkshopDraft, _RaterDraft]:
        """The workshop and the rater of a row; what has been heard of them without a fault is not looked at again."""
        said = (entries.sheet, *map(entry.values.get, _ABOUT))
        if (known := self._heard.get(said)) is not None:
            return known
        faults = self._findings.count
        workshop = self._workshop(entries, entry, method)
        known = workshop, self._rater(workshop, entries, entry)
        if self._findings.count == faults:
            self._heard[said] = known
        return known

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

    def _take_values(self, entries: Entries, entry: Entry, method: Method, key: CommentKey) -> None:
        for criterion in method.criterion_keys:
            value = entry.values.get(criterion)
            if value is DONT_KNOW:
                self.ratings.append(Rating(*key, criterion, None))
            elif isinstance(value, int):
                self.ratings.append(Rating(*key, criterion, value))
                self._spend(entries, entry, method, key, value)
            elif criterion in entry.values and RatingKey(*key, criterion) in self._existing.ratings:
                self._keep(entries, entry, criterion)

    def _spend(self, entries: Entries, entry: Entry, method: Method, key: CommentKey, value: int) -> None:
        if method.budget is None:
            return
        before = self._spent[key[:3]]
        self._spent[key[:3]] += value
        if before <= method.budget < before + value:
            self._note(entries, entry, "rater", "over_budget", budget=method.budget)

    def _take_comment(self, entries: Entries, entry: Entry, key: CommentKey) -> None:
        text = entry.text("comment")
        if text:
            self.comments.append(Comment(*key, text))
        elif "comment" in entry.values and self._existing.comments.get(key):
            self._keep(entries, entry, "comment")

    def _keep(self, entries: Entries, entry: Entry, column: str) -> None:
        """What people have said is never taken away by an empty cell."""
        index = entries.columns[column]
        self._findings.add("blank_keeps_value", entries.sheet, entry.row, index, severity=Severity.WARNING)

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
