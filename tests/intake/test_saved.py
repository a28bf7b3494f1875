"""Workbooks as spreadsheet programs save them."""

from __future__ import annotations

from pathlib import Path

from lib.intake.reading import read

SAVED = Path(__file__).with_name("saved")


def test_a_small_xls_whose_stream_lies_among_the_short_sectors_is_read() -> None:
    (sheet,) = read((SAVED / "small.xls").read_bytes()).sheets
    assert (sheet.name, sheet.rows()) == ("Områder", [["Kode", "Område"], ["1", "Arkiv"], ["2", "Lønn"]])
