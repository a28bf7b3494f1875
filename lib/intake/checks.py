"""A workbook as read → the rows it would write and everything that is wrong with it, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lib.intake.definitions import Lookup, areas, lookup, municipalities, note_duplicates, note_namesakes
from lib.intake.entries import Entries, read_entries
from lib.intake.existing import Existing
from lib.intake.finding import find_table
from lib.intake.findings import Enough, Findings
from lib.intake.forms import Limits
from lib.intake.headings import check_headings, choose_method
from lib.intake.kinds import recognised, understood
from lib.intake.mapping import applied, kinds_of, layout
from lib.intake.ratings import RatingsReader
from lib.intake.reading import RawSheet, RawWorkbook
from lib.intake.record_sheets import Context, RecordReader
from lib.intake.references import References
from lib.intake.register import risk_lookup
from lib.intake.tables import FindTable, Table
from lib.intake.texts import Texts, fold
from lib.intake.warnings import note_municipalities, note_ratings
from lib.model.kinds import SheetKind
from lib.model.mappings import SheetMapping
from lib.model.methods import Method
from lib.model.problems import Problem, Severity
from lib.model.records import Area, Municipality, Record, Rows
from lib.model.risk_records import Risk
from lib.model.sheet_kinds import (
    AREAS,
    AREAS_SHEET,
    COUNTERMEASURES,
    KIND_KEYS,
    MUNICIPALITIES,
    MUNICIPALITIES_SHEET,
    RATINGS,
    RECORD_SHEETS,
    any_ratings_sheet,
    ratings_sheet,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What an import would write, and what is wrong; with any error in `problems` nothing may be written."""

    rows: Rows
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def check(
    workbook: RawWorkbook,
    methods: Mapping[str, Method],
    existing: Existing,
    study: str,
    texts: Texts,
    find: FindTable = find_table,
    limits: Limits | None = None,
    today: date | None = None,
    mappings: Mapping[str, SheetMapping] | None = None,
) -> Checked:
    """Everything about an upload to a study. `find` is how a sheet's table is found, `today` what deadlines must not
    lie before, `mappings` how the study reads sheets with other headings than ours, by layout.
    """
    findings, known, limits = Findings(texts), mappings or {}, limits or Limits()
    checker = _Checker(methods, existing, study, texts, find, limits, findings, today or date.today(), known)
    try:
        rows = checker.rows(workbook)
        if rows == Rows() and not findings.has_errors:
            findings.add("no_rows")
    except Enough:
        rows = Rows()
    return Checked(rows, findings.problems([sheet.name for sheet in workbook.sheets]))


@dataclass(frozen=True, slots=True)
class _Checker:
    methods: Mapping[str, Method]
    existing: Existing
    study: str
    texts: Texts
    find: FindTable
    limits: Limits
    findings: Findings
    today: date
    mappings: Mapping[str, SheetMapping]

    def rows(self, workbook: RawWorkbook) -> Rows:
        sheets = self._known_sheets(workbook)
        new_municipalities, municipality_lookup = self._municipalities(sheets[MUNICIPALITIES])
        new_areas, area_lookup = self._areas(sheets[AREAS])
        references = References({"area": area_lookup, "municipality": municipality_lookup}, self.findings)
        reader = RatingsReader(self.study, self.existing, references, self.findings)
        for sheet in sheets[RATINGS]:
            self._ratings(sheet, reader)
        all_areas = {area.id: area for area in (*self.existing.areas, *new_areas.values())}
        workshops = reader.workshops
        note_ratings(reader.answers, self.methods, workshops, all_areas, self.existing, self.findings)
        return Rows(
            tuple(new_municipalities.values()),
            tuple(new_areas.values()),
            tuple(workshops),
            tuple(reader.raters),
            reader.answers.ratings(),
            tuple(reader.comments),
            tuple(self._all_records(sheets, references, new_municipalities, new_areas)),
        )

    def _all_records(
        self,
        sheets: Mapping[str, list[RawSheet]],
        references: References,
        towns: Mapping[str, Municipality],
        areas: Mapping[str, Area],
    ) -> list[Record]:
        """Risks before what refers to them."""
        context = Context(self.today)
        found: list[Record] = []
        for kind in RECORD_SHEETS:
            if kind.key == COUNTERMEASURES:
                held = {each.id: each for each in (*self.existing.records, *found) if isinstance(each, Risk)}
                places = {area.id: area for area in (*self.existing.areas, *areas.values())}
                references.know("risk", risk_lookup(held, places))
                context.referred |= held
            found += self._records(kind, sheets[kind.key], references, towns, context)
        return found

    def _known_sheets(self, workbook: RawWorkbook) -> dict[str, list[RawSheet]]:
        """The sheets of each kind; what is left out is said."""
        known: dict[str, list[RawSheet]] = {kind: [] for kind in KIND_KEYS}
        unknown = []
        for sheet in workbook.sheets:
            kind = recognised(sheet.name, self.texts)
            if not sheet.visible:
                if kind in known:
                    self.findings.add("hidden_sheet", sheet.name, severity=Severity.WARNING)
            elif mapping := self._mapping(sheet):
                meant = kinds_of(self.methods.values())[mapping.kind]
                known[mapping.kind].append(applied(sheet, mapping, meant, self.texts))
                self.findings.add("read_as_mapped", sheet.name, severity=Severity.WARNING, understood=f"@{meant.text}")
            elif kind in known:
                known[kind].append(sheet)
            elif not kind and (as_kind := understood(sheet, self.methods.values(), self.texts, self.find)):
                known[as_kind].append(sheet)
                named = f"@sheets.{as_kind}"
                self.findings.add("understood_sheet", sheet.name, severity=Severity.WARNING, understood=named)
            elif not kind:
                unknown.append(sheet.name)
        if not any(known.values()):
            self.findings.add("no_known_sheet", found=", ".join(unknown) or "–", sheets=self._sheet_names)
        else:
            for name in unknown:
                self.findings.add("unknown_sheet", name, severity=Severity.WARNING, sheets=self._sheet_names)
        return known

    @property
    def _sheet_names(self) -> str:
        return ", ".join(self.texts(f"sheets.{key}") for key in KIND_KEYS)

    def _mapping(self, sheet: RawSheet) -> SheetMapping | None:
        found = layout(sheet) if self.mappings else None
        return self.mappings.get(found.key) if found else None

    def _entries(self, sheet: RawSheet, kind: SheetKind) -> Iterator[Entries]:
        """The entries of every table of a sheet, mostly one."""
        if sheet.fault:
            rows, columns = self.limits.rows, self.limits.columns
            self.findings.add(sheet.fault, sheet.name, rows=rows, columns=columns)
        elif table := self.find(sheet, kind, self.texts):
            for each in (table, *table.also):
                yield self._entries_of(each, kind)

    def _entries_of(self, table: Table, kind: SheetKind) -> Entries:
        for remark in table.remarks:
            self.findings.add_remark(table.sheet, remark)
        if kind.key == RATINGS:
            kind = ratings_sheet(choose_method(table, self.methods.values()))
        for row in table.examples:
            self.findings.add("example_marker_left", table.sheet, row.number, table.columns[kind.columns[0].key])
        extras = check_headings(table, kind, self.texts, self.findings)
        return read_entries(table, kind, extras, self.texts, self.findings)

    def _municipalities(self, sheets: list[RawSheet]) -> tuple[dict[str, Municipality], Lookup]:
        old = {record.id: record for record in self.existing.municipalities}
        new: dict[str, Municipality] = {}
        names: list[str] = []
        for sheet in sheets:
            for entries in self._entries(sheet, MUNICIPALITIES_SHEET):
                note_duplicates(entries, self.findings)
                note_municipalities(entries, old.values(), self.findings)
                new |= municipalities(entries, old, self.study)
                names += [entry.text("municipality") for entry in entries.rows if not entry.text("number")]
        return new, _with_names(lookup((old | new).values()), names)

    def _areas(self, sheets: list[RawSheet]) -> tuple[dict[str, Area], Lookup]:
        old = {record.id: record for record in self.existing.areas}
        new: dict[str, Area] = {}
        names: list[str] = []
        for sheet in sheets:
            for entries in self._entries(sheet, AREAS_SHEET):
                note_duplicates(entries, self.findings)
                note_namesakes(entries, "area", self.findings)
                new |= areas(entries, old, self.study)
                for given, missing in (("area", "code"), ("code", "area")):
                    names += [entry.text(given) for entry in entries.rows if not entry.text(missing)]
        return new, _with_names(lookup((old | new).values()), names)

    def _ratings(self, sheet: RawSheet, reader: RatingsReader) -> None:
        for entries in self._entries(sheet, any_ratings_sheet(self.methods.values())):
            if entries.kind.method:
                reader.add(entries, entries.kind.method, self._names_persons(entries))

    def _records(
        self,
        kind: SheetKind,
        sheets: list[RawSheet],
        references: References,
        towns: Mapping[str, Municipality],
        context: Context,
    ) -> list[Record]:
        names = {town.id: town.name for town in (*self.existing.municipalities, *towns.values())}
        held = (record for record in self.existing.records if type(record) is kind.record)
        reader = RecordReader(kind, self.study, held, references, names, self.findings, context)
        for sheet in sheets:
            for entries in self._entries(sheet, kind):
                reader.add(entries)
        reader.add_derived(each for each in context.derived if type(each) is kind.record)
        reader.check_together()
        return list(reader.records.values())

    def _names_persons(self, entries: Entries) -> bool:
        """Whether the column of raters has a heading that means a person."""
        heading = fold(entries.headings.get("rater", ""))
        return heading in map(fold, self.texts.names("columns.participant"))


def _with_names(known: Lookup, names: list[str]) -> Lookup:
    """A row whose code is faulty still has a name, and the other way about: referring to it is no fault of its own."""
    for name in filter(None, names):
        if not known.find(name):
            known.add(f"faulty:{name}", name, name)
    return known
