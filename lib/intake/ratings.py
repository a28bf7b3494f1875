"""The sheets of ratings: workshops, raters, ratings and comments, held against each other and against the study."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lib.intake.cells import DONT_KNOW
from lib.intake.definitions import Lookup
from lib.intake.entries import Entries, Entry
from lib.intake.existing import CommentKey, Existing, RatingKey
from lib.intake.findings import Findings
from lib.model.methods import Method
from lib.model.problems import Severity
from lib.model.records import Comment, Rater, RaterRole, Rating, Workshop, stable_id

_SAID = {"role": "rater_role_differs", "municipality": "rater_municipality_differs"}


@dataclass(slots=True)
class _Session:
    """A workshop while its rows are read."""

    record: Workshop
    constructed: bool = False
    method_noted: bool = False
    raters: dict[str, _Person] = field(default_factory=dict)


@dataclass(slots=True)
class _Person:
    """A rater while its rows are read: what was said of it, and where first."""

    id: str
    name: str
    said: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)


class RatingsReader:
    """Takes in one sheet after another; the results stand in `workshops`, `raters`, `ratings` and `comments`."""

    def __init__(
        self, study: str, existing: Existing, areas: Lookup, municipalities: Lookup, findings: Findings
    ) -> None:
        self._study = study
        self._existing = existing
        self._lookups = {"area": areas, "municipality": municipalities}
        self._findings = findings
        self._old_workshops = {workshop.id: workshop for workshop in existing.workshops}
        self._old_raters = {rater.id: rater for rater in existing.raters}
        self._sessions: dict[str, _Session] = {}
        self._seen: dict[CommentKey, str] = {}
        self._spent: Counter[tuple[str, int, str]] = Counter()
        self.ratings: list[Rating] = []
        self.comments: list[Comment] = []

    def add(self, entries: Entries, method: Method) -> None:
        for entry in entries.rows:
            if entry.text("workshop") and entry.text("rater"):
                self._add_row(entries, entry, method)

    def _add_row(self, entries: Entries, entry: Entry, method: Method) -> None:
        session = self._session(entries, entry, method)
        person = self._person(session, entries, entry)
        item = self._referred(entries, entry, "area")
        if not item:
            return
        given = entry.values.get("round")
        key = CommentKey(session.record.id, given if isinstance(given, int) else 1, person.id, item)
        if key in self._seen:
            self._note(entries, entry, "area", "rated_twice", first=self._seen[key], rater=person.name)
            return
        self._seen[key] = f"{entries.sheet}!{entries.place(entry, 'area')}"
        self._take_values(entries, entry, method, key)
        self._take_comment(entries, entry, key)

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

    def _session(self, entries: Entries, entry: Entry, method: Method) -> _Session:
        name = entry.text("workshop")
        session = self._sessions.get(name.casefold())
        if session is None:
            identity = stable_id(self._study, "workshop", name.casefold())
            old = self._old_workshops.get(identity)
            session = _Session(old or Workshop(id=identity, name=name, method=method.key))
            session.constructed = session.record.constructed
            self._sessions[name.casefold()] = session
        if session.record.method != method.key and not session.method_noted:
            session.method_noted = True
            self._note(entries, entry, "workshop", "workshop_method_differs")
        self._constructed(session, entries, entry)
        return session

    def _constructed(self, session: _Session, entries: Entries, entry: Entry) -> None:
        """Once made-up figures are in a workshop it stays marked, as they still stand beside the real ones."""
        said = entry.values.get("constructed")
        if said == "yes":
            session.constructed = True
        elif said == "no" and session.record.constructed and session.record.id in self._old_workshops:
            self._findings.add(
                "still_constructed",
                entries.sheet,
                entry.row,
                entries.columns["constructed"],
                severity=Severity.WARNING,
                workshop=session.record.name,
            )

    def _person(self, session: _Session, entries: Entries, entry: Entry) -> _Person:
        name = entry.text("rater")
        person = session.raters.get(name.casefold())
        if person is None:
            identity = stable_id(session.record.id, "rater", name.casefold())
            old = self._old_raters.get(identity)
            person = session.raters[name.casefold()] = _Person(identity, old.name if old else name)
        for key in _SAID:
            if entries.has(key):
                person.told.add(key)
                self._say(person, entries, entry, key)
        return person

    def _say(self, person: _Person, entries: Entries, entry: Entry, key: str) -> None:
        """A role or municipality may stand on one of the rater's rows or on all, but not differ."""
        value = self._referred(entries, entry, key) if key in self._lookups else entry.text(key)
        if not value:
            return
        if person.said.setdefault(key, value) != value:
            self._note(entries, entry, key, _SAID[key], first=person.places[key], rater=person.name)
        elif key not in person.places:
            person.places[key] = f"{entries.sheet}!{entries.place(entry, key)}"

    def _referred(self, entries: Entries, entry: Entry, key: str) -> str:
        """The id of the area or municipality in a cell; empty, and noted, where there is no such one."""
        text = entry.text(key)
        if not text:
            return ""
        found = self._lookups[key].find(text)
        if len(found) == 1:
            return found[0]
        suggestion = self._lookups[key].nearest(text)
        if found:
            self._note(entries, entry, key, f"ambiguous_{key}")
        elif suggestion:
            self._note(entries, entry, key, f"unknown_{key}", suggestion=suggestion)
        else:
            self._note(entries, entry, key, f"no_{key}")
        return ""

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
            session.record.model_copy(update={"constructed": session.constructed})
            for session in self._sessions.values()
        ]

    @property
    def raters(self) -> list[Rater]:
        return [self._rater(s.record.id, person) for s in self._sessions.values() for person in s.raters.values()]

    def _rater(self, workshop: str, person: _Person) -> Rater:
        old = self._old_raters.get(person.id) or Rater(id=person.id, workshop=workshop, name=person.name)
        role, municipality = person.said.get("role"), person.said.get("municipality")
        update: dict[str, object] = {}
        if "role" in person.told:
            update["role"] = RaterRole(role.removeprefix("role.")) if role else None
        if "municipality" in person.told:
            update["municipality"] = municipality
        return old.model_copy(update=update)
