"""A workbook such as people have: formats, formulas, merged cells, rules, a chart, a picture, notes, more sheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

SAYS = "Tallet er fra regnskapet"


def rich(population: object = 1355, score: object = 11) -> bytes:
    """«Kommuner», «Områder» and «Vurderinger», whose G3 holds the score; beside them a sheet of one's own."""
    book = Workbook()
    book.remove(book.worksheets[0])
    towns = book.create_sheet("Kommuner")
    for row in (["Kommunenummer", "Kommune", "Innbyggere"], ["5042", "Lierne", population], ["5045", "Grong", 2359]):
        towns.append(row)
    towns["C2"].number_format = "#,##0"
    towns["C2"].fill = PatternFill("solid", fgColor="DDEEFF")
    towns["C2"].comment = Comment(SAYS, "Økonomi")
    towns.add_table(Table(displayName="Tabell1", ref="A1:C3"))
    areas = book.create_sheet("Områder")
    for row in (["Kode", "Område"], ["1", "Arkiv"]):
        areas.append(row)
    _ratings(book, score)
    _own(book)
    towns.sheet_view.tabSelected = True
    book.active = 2
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _ratings(book: Workbook, score: object) -> None:
    sheet = book.create_sheet("Vurderinger")
    sheet["A1"] = "Vurderinger fra samlingen"
    sheet.merge_cells("A1:D1")
    sheet.append(["Workshop", "Runde", "Gruppe", "Rolle", "Kommune", "Område", "Potensial", "Gjennomførbarhet"])
    sheet.append(["Januar", 1, "Gruppe 1", "Folkevalgt", "Lierne", "Arkiv", score, 7])
    sheet.column_dimensions["C"].width = 33
    sheet.row_dimensions[3].height = 40
    cell = sheet["G3"]
    cell.font, cell.border = Font(bold=True, color="FF0000FF"), Border(bottom=Side("double"))
    cell.alignment, cell.number_format = Alignment(horizontal="center", textRotation=45), "0.0"
    rule = DataValidation(type="whole", operator="between", formula1="1", formula2="10")
    rule.add("G3:H20")
    sheet.add_data_validation(rule)
    bold = Rule(type="expression", formula=["H3<3"], dxf=DifferentialStyle(font=Font(bold=True)))
    sheet.conditional_formatting.add("H3:H9", bold)
    sheet.print_title_rows = "2:2"


def _own(book: Workbook) -> None:
    sheet = book.create_sheet("Notater")
    for row in ([1, 2], [3, "=SUM(A1:B1)"], ["æøå", "=Kommuner!C2*2"]):
        sheet.append(row)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "D2")
    stream = io.BytesIO()
    Picture.new("RGB", (8, 8), "navy").save(stream, "PNG")
    sheet.add_image(Image(io.BytesIO(stream.getvalue())), "D20")
    book.defined_names["Sats"] = DefinedName("Sats", attr_text="Notater!$A$1")


def parts(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
