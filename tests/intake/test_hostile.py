"""Files made to do harm: each is refused with its code and a sentence, in under 5 seconds and 500 megabytes."""

from __future__ import annotations

import io
import json
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.i18n import LANGUAGES, problem
from lib.intake.forms import Limits
from lib.model.problems import Problem
from tests.intake.books import MUNICIPALITIES, compound_file, sheet_xml, with_part, xlsx
from tests.intake.messy.making import ods, package, with_parts

ROOT = Path(__file__).parents[2]
SECONDS = 5
KILOBYTES = 500 << 10
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "<!DOCTYPE x [" + '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def plain() -> bytes:
    return xlsx({"Kommuner": MUNICIPALITIES})


def sheet(cells: str, before: str = "") -> bytes:
    return with_part(plain(), SHEET, sheet_xml(cells.encode(), before.encode()))


def two_corners() -> bytes:
    return sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def noise(count: int) -> list[str]:
    made = random.Random(1)
    return [f"{made.getrandbits(32):x}" for _ in range(count)]


def sheet_of_empty_rows() -> bytes:
    return sheet("".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_000_002)))


def nested() -> bytes:
    return sheet("".join(f'<a b="{each}">' for each in noise(200_000)))


def laughing_ods() -> bytes:
    book = ods({"Kommuner": [["&a9;"]]})
    with zipfile.ZipFile(io.BytesIO(book)) as held:
        content = held.read("content.xml").decode().replace("&amp;a9;", "&a9;")
        parts = {name: held.read(name) for name in held.namelist()}
    return package(parts | {"content.xml": content.replace("?>", f"?>{LAUGHS}", 1).encode()})


def many_cells_in_ods() -> bytes:
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
    row += 'office:value="1" table:number-columns-repeated="1000"/></table:table-row></table:table>'
    book = ods({"Kommuner": [["x"]]})
    with zipfile.ZipFile(io.BytesIO(book)) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    return package(parts | {"content.xml": parts["content.xml"].replace(b"</table:table>", row.encode(), 1)})


def astray(name: str) -> Callable[[], bytes]:
    return lambda: with_parts(plain(), {name: b"x"})


def twice() -> bytes:
    stream = io.BytesIO(plain())
    with zipfile.ZipFile(stream, "a") as held, pytest.warns(UserWarning, match="Duplicate name"):
        held.writestr(SHEET, b"<worksheet/>")
    return stream.getvalue()


def encrypted_zip() -> bytes:
    """The directory says that a part is encrypted (APPNOTE 4.4.4, bit 0)."""
    data = bytearray(plain())
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, place + 8, struct.unpack_from("<H", data, place + 8)[0] | 1)
    return bytes(data)


def looping_xls() -> bytes:
    """A compound file whose stream goes round in a circle."""
    data = bytearray(compound_file("Workbook"))
    struct.pack_into("<I", data, 512 + 4 * 4, 2)
    return bytes(data)


def named(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(plain())) as held:
        book = held.read("xl/workbook.xml").replace(b'name="Kommuner"', f'name="{name}"'.encode())
    return with_part(plain(), "xl/workbook.xml", book)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: with_part(plain(), SHEET, sheet_xml(b" " * 50_000_000)), "workbook_too_large"),
    "entities in entities": (lambda: sheet("&a9;", LAUGHS), "not_a_workbook"),
    "entities in entities, ods": (laughing_ods, "not_a_workbook"),
    "a file from outside": (lambda: sheet("&b;", OUTSIDE), "not_a_workbook"),
    "two cells at opposite corners": (two_corners, "workbook_too_large"),
    "a million rows repeated, ods": (many_cells_in_ods, "workbook_too_large"),
    "a path out of the archive": (astray("../../etc/cron.d/x"), "archive_astray"),
    "a path out of the archive, Windows": (astray("xl\\..\\..\\x"), "archive_astray"),
    "an absolute path": (astray("/etc/passwd"), "archive_astray"),
    "one name twice": (twice, "archive_astray"),
    "very many parts": (lambda: package({f"p{n}": b"" for n in range(3000)}), "workbook_too_large"),
    "links to other files": (astray("xl/externalLinks/externalLink1.xml"), "external_links"),
    "an embedded program": (astray("xl/embeddings/oleObject1.bin"), "embedded_objects"),
    "an ActiveX control": (astray("xl/activeX/activeX1.bin"), "embedded_objects"),
    "encrypted by Excel": (lambda: compound_file("EncryptionInfo", "EncryptedPackage"), "password_protected"),
    "encrypted in the zip": (encrypted_zip, "password_protected"),
    "truncated": (lambda: plain()[:-300], "not_a_workbook"),
    "a stream in a circle, xls": (looping_xls, "not_a_workbook"),
    "a Word document named .xlsx": (lambda: package({"word/document.xml": b"<w/>"}), "not_a_workbook"),
    "a web page named .xls": (lambda: b"\xef\xbb\xbf <html><table></table></html>", "not_a_workbook"),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj", "not_a_workbook"),
    "a control character in a sheet's name": (lambda: named("Kom_x0007_muner"), "sheet_name_unsayable"),
    "a sheet's name written backwards": (lambda: named("Kom\u202emuner"), "sheet_name_unsayable"),
}  # fmt: skip


def looked(data: bytes) -> tuple[str, float]:
    """The code with which a file is refused, or of the fault of its first sheet, and how long that took."""
    apart = [sys.executable, "-m", "tests.intake.apart"]
    done = subprocess.run(apart, input=data, capture_output=True, check=True, cwd=ROOT)
    code, took, kilobytes = json.loads(done.stdout)
    assert kilobytes <= KILOBYTES
    return code, took


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_fast_and_small_with_a_sentence(make: Callable[[], bytes], code: str) -> None:
    found, took = looked(make())
    assert (found, took < SECONDS) == (code, True)
    assert all(problem(language, Problem(code)) for language in LANGUAGES)
    assert Limits().memory <= KILOBYTES << 10


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(lambda: xlsx({"Kommuner": [["x"] * 16_384]}), "sheet_too_large", id="16 384 columns"),
        pytest.param(lambda: b"a;b\r\n" * 300_000, "sheet_too_large", id="a long text"),
        pytest.param(lambda: b";" * 15_000_000, "sheet_too_large", id="a wide text"),
        pytest.param(nested, "", id="deeply nested, with nothing in it"),
        pytest.param(sheet_of_empty_rows, "", id="a million empty formatted rows, which are none"),
    ],
)
def test_what_is_too_wide_or_too_long_is_said_of_its_sheet(make: Callable[[], bytes], code: str) -> None:
    found, took = looked(make())
    assert (found, took < SECONDS) == (code, True)
