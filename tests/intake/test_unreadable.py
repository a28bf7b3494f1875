"""Files that cannot be taken at all, hostile ones too: each is refused with its code, and the process lives on."""

from __future__ import annotations

import io
import random
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine

from lib.intake.forms import Limits
from lib.intake.reading import read
from lib.model.problems import Unreadable
from tests.intake.books import MUNICIPALITIES, SMALL, compound_file, sheet_xml, with_part, xlsx

SHEET = "xl/worksheets/sheet1.xml"
CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def plain() -> bytes:
    return xlsx({"Kommuner": MUNICIPALITIES})


def code(data: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, limits)
    return refused.value.code


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Referat fra møtet\nVi snakket om arkiv.\n".encode(), id="a letter"),
        pytest.param(b"<html><table><tr><td>Kommune</td></tr></table></html>", id="html named .xls"),
        pytest.param(random.Random(1).randbytes(5000), id="random bytes"),
        pytest.param(plain()[:-200], id="truncated"),
        pytest.param(plain()[:40], id="only a beginning"),
        pytest.param(archive({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis"}), id="ods"),
        pytest.param(archive({"xl/workbook.bin": b"x"}), id="xlsb"),
        pytest.param(compound_file("Workbook"), id="old .xls without a sheet"),
        pytest.param(archive({"xl/workbook.xml": b"no xml"}), id="only a name in common"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert code(data) == "not_a_workbook"


def test_an_empty_file_is_refused() -> None:
    assert code(b"") == "empty_file"


def test_a_password_protected_workbook_is_refused(tmp_path: Path) -> None:
    """The file is made by hand after MS-CFB and MS-OFFCRYPTO 2.3; calamine takes it for encrypted too."""
    protected = compound_file("EncryptionInfo", "EncryptedPackage")
    assert code(protected) == "password_protected"
    (tmp_path / "protected.xlsx").write_bytes(protected)
    with pytest.raises(python_calamine.PasswordError):
        python_calamine.CalamineWorkbook.from_path(tmp_path / "protected.xlsx")


def test_intake_takes_files_as_large_as_the_server_lets_through() -> None:
    """Streamlit, server.maxUploadSize: megabytes of 1024 × 1024 bytes."""
    server = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["server"]
    assert Limits().upload == server["maxUploadSize"] * 1024 * 1024


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(plain())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        start = package.getinfo(SHEET).header_offset + 60
    data[start : start + 80] = bytes(80)
    assert code(bytes(data)) == "not_a_workbook"


def test_a_workbook_without_its_sheet_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(plain())) as package:
        parts = {name: package.read(name) for name in package.namelist() if name != SHEET}
    assert code(archive(parts)) == "not_a_workbook"


def test_a_file_larger_than_an_upload_may_be_is_refused_unopened() -> None:
    assert code(plain(), Limits(upload=100)) == "workbook_too_large"


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    bomb = with_part(plain(), SHEET, sheet_xml(b" " * 50_000_000))
    assert code(bomb) == "workbook_too_large"


def test_a_package_of_very_many_parts_is_refused() -> None:
    assert code(archive({"xl/workbook.xml": b""} | {f"part{n}": b"" for n in range(3000)})) == "workbook_too_large"


@pytest.mark.parametrize("far", ["XFD1048576", "ZZ100000"])
def test_a_cell_far_out_is_refused_and_this_process_survives(far: str) -> None:
    """Dense grids of 512 GiB and 2 GiB; the first aborts the process that parses it."""
    cells = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="{far}"><v>1</v></c></row>'
    assert code(with_part(plain(), SHEET, sheet_xml(cells.encode()))) == "workbook_too_large"
    assert read(plain(), SMALL).sheets[0].name == "Kommuner"


def test_a_workbook_that_takes_too_much_processor_time_is_stopped() -> None:
    slow = with_part(plain(), SHEET, sheet_xml(b'<row r="1"></row>' * 9_000_000))
    assert code(slow, Limits(ratio=100_000, cpu=1)) == "workbook_took_too_long"


def test_a_workbook_that_takes_too_long_by_the_clock_is_stopped() -> None:
    assert code(plain(), Limits(seconds=0)) == "workbook_took_too_long"


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("trick", [LAUGHS, OUTSIDE], ids=["entities in entities", "a file from outside"])
def test_xml_entities_are_never_expanded(trick: bytes) -> None:
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    assert code(with_part(plain(), SHEET, sheet_xml(cells, trick))) == "not_a_workbook"


def _wide() -> bytes:
    return xlsx({"Kommuner": [["x"] * 600]})


def _long() -> bytes:
    return xlsx({"Kommuner": [["x"]] * 60})


@pytest.mark.parametrize(("make", "limits"), [(_wide, Limits()), (_long, Limits(rows=50)), (_wide, Limits(cells=500))])
def test_a_sheet_beyond_the_limits_is_named_and_not_read(make: Callable[[], bytes], limits: Limits) -> None:
    (sheet,) = read(make(), limits).sheets
    assert (sheet.name, sheet.fault, sheet.columns) == ("Kommuner", "sheet_too_large", ())
