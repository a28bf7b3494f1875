"""What the cells of a sheet refer to: areas, municipalities and risks of the study or of the same workbook."""

from __future__ import annotations

from collections.abc import Mapping

from lib.intake.definitions import Lookup
from lib.intake.entries import Entries, Entry
from lib.intake.findings import Findings


class References:
    """`find` gives the id that a text means; what means none, or several, is noted at its cell."""

    def __init__(self, lookups: Mapping[str, Lookup], findings: Findings) -> None:
        self._lookups = dict(lookups)
        self._findings = findings
        self._found: dict[tuple[str, str], str] = {}

    def know(self, kind: str, lookup: Lookup) -> None:
        """What cells of another kind refer to, once its sheets have been read."""
        self._lookups[kind] = lookup

    def find(self, entries: Entries, entry: Entry, key: str, kind: str, text: str) -> str:
        """`kind` is «area», «municipality» or «risk»; empty, and noted, where there is no such one."""
        if not text:
            return ""
        if (known := self._found.get((kind, text))) is not None:
            return known
        found = self._lookups[kind].find(text)
        if len(found) == 1:
            self._found[kind, text] = found[0]
            return found[0]
        place = (entries.sheet, entry.row, entries.columns[key], text)
        suggestion = self._lookups[kind].nearest(text)
        if found:
            self._findings.add(f"ambiguous_{kind}", *place)
        elif suggestion:
            self._findings.add(f"unknown_{kind}", *place, suggestion=suggestion)
        else:
            self._findings.add(f"no_{kind}", *place)
        return ""
