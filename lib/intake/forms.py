"""What an uploaded file is, by its content, and what is refused before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from lib.model.problems import Unreadable
from lib.model.settings import Settings

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOKS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_TABLE = (b"<", b"{", b"[", b"%PDF", b"PK")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_EMBEDDED = re.compile("(?:xl/(?:embeddings|activeX)/|Object )")
_OUTSIDE = re.compile("xl/externalLinks/")
_ASTRAY = re.compile(r"(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:|[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may cost. Bytes, seconds, and counts; `ratio` is unpacked to packed bytes."""

    upload: int = 20 << 20  # what the server takes, as Streamlit counts megabytes
    unpacked: int = 300_000_000
    ratio: int = 200
    parts: int = 2000
    rows: int = 200_000
    columns: int = 500
    cells: int = 3_000_000
    cell_characters: int = 32_767
    memory: int = 500 << 20
    cpu: int = 4
    seconds: int = 40


def limits_of(settings: Settings) -> Limits:
    """The limits that whoever runs the product has set."""
    return Limits(
        upload=settings.upload_megabytes << 20,
        rows=settings.upload_rows,
        columns=settings.upload_columns,
        memory=settings.upload_memory << 20,
        cpu=settings.upload_seconds,
        seconds=10 * settings.upload_seconds,
    )


def form_of(data: bytes, limits: Limits) -> str:
    """«xlsx», «xlsm», «ods», «xls» or «csv»; raises Unreadable with a code."""
    if not data:
        raise Unreadable("empty_file")
    if len(data) > limits.upload:
        raise Unreadable("workbook_too_large")
    if data.startswith(_OLE):
        return _old_form(data)
    if data.startswith(b"PK") or zipfile.is_zipfile(io.BytesIO(data)):
        return _packed_form(data, limits)
    if not data.startswith(_UTF_16) and (
        _NO_TEXT.search(data) or data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_NO_TABLE)
    ):
        raise Unreadable("not_a_workbook")
    return "csv"


def _old_form(data: bytes) -> str:
    if _ENCRYPTED in data:
        raise Unreadable("password_protected")
    if not any(name in data for name in _OLD_BOOKS):
        raise Unreadable("not_a_workbook")
    return "xls"


def _packed_form(data: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _look_at_parts(parts, limits)
            return _form_of_parts(archive, {part.filename for part in parts})
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError) as fault:
        raise Unreadable("not_a_workbook") from fault


def _look_at_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > limits.parts or unpacked > limits.unpacked or unpacked > limits.ratio * max(1, packed):
        raise Unreadable("workbook_too_large")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("password_protected")
    names = [part.filename for part in parts]
    if any(map(_ASTRAY.search, names)) or len(set(names)) < len(names):
        raise Unreadable("archive_astray")
    if any(map(_EMBEDDED.match, names)):
        raise Unreadable("embedded_objects")
    if any(map(_OUTSIDE.match, names)):
        raise Unreadable("external_links")


def _form_of_parts(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
    if "content.xml" in names and "mimetype" in names and archive.read("mimetype").strip() == _OPEN_DOCUMENT:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Unreadable("password_protected")
        return "ods"
    raise Unreadable("not_a_workbook")
