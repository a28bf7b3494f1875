"""A light look into .ods: what is wrong, hidden or merged in its content."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from lib.intake.parsing.looks import Limits, Look, letters


def look(data: bytes, limits: Limits) -> list[Look]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as part:
        reader = _OpenDocument(limits)
        reader.parser.ParseFile(part)
    return reader.looks


class _OpenDocument:
    """Walks through content.xml (OpenDocument 1.3, part 3, chapter 9), where rows and cells are written repeated."""

    def __init__(self, limits: Limits) -> None:
        self.looks: list[Look] = []
        self._limits = limits
        self._row = self._column = self._repeats = 0
        self._error = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *declared: object) -> None:
        raise ValueError(declared)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table":
                self.looks.append(Look())
                self._row = self._column = 0
            case "table:table-column":
                repeats = int(attributes.get("table:number-columns-repeated", 1))
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self._column + repeats, self._limits["columns"])
                    self.looks[-1].hidden_columns.update(range(self._column, last))
                self._column += repeats
            case "table:table-row":
                self._column, self._repeats = 0, int(attributes.get("table:number-rows-repeated", 1))
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self._row + self._repeats, self._limits["rows"])
                    self.looks[-1].hidden_rows.update(range(self._row, last))
            case "table:table-cell" | "table:covered-table-cell":
                self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = f"{letters(self._column)}{self._row + 1}"
        if attributes.get("calcext:value-type") == "error":
            self.looks[-1].errors[place] = "#"
            self._error = place
        elif "table:formula" in attributes and "office:value-type" not in attributes:
            self.looks[-1].formulas.append(place)
        wide = int(attributes.get("table:number-columns-spanned", 1))
        high = int(attributes.get("table:number-rows-spanned", 1))
        if wide > 1 or high > 1:
            corner = (self._row, self._column)
            self.looks[-1].merged.append((*corner, self._row + high - 1, self._column + wide - 1))
        repeats = int(attributes.get("table:number-columns-repeated", 1))
        if "office:value-type" in attributes and repeats * self._repeats > self._limits["cells"]:
            raise MemoryError
        self._column += repeats

    def _text(self, text: str) -> None:
        if self._error and self.looks[-1].errors[self._error] == "#" and text.startswith("#"):
            self.looks[-1].errors[self._error] = text[:40]

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeats
        elif name == "table:table-cell":
            self._error = ""
