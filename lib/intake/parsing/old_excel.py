"""A light look into .xls: what is wrong, hidden or merged in its records."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from lib.intake.parsing.looks import Limits, Look, letters

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def look(data: bytes, limits: Limits) -> list[Look]:
    """The records of each sheet in the old binary form (MS-XLS 2.4): errors, hidden rows and columns, merged cells."""
    book = _stream(data)
    if any(kind == 0x2F for _, kind, _ in _records(book, 0)):
        raise PermissionError
    starts = [struct.unpack_from("<I", body)[0] for _, kind, body in _records(book, 0) if kind == 0x85]
    if not starts:
        raise ValueError("no sheets")
    return [_look_at_records(book, start) for start in starts]


def _look_at_records(book: bytes, start: int) -> Look:
    seen = Look()
    for _, kind, body in _records(book, start):
        if kind == 0x205 and body[7]:
            _put_error(seen, body, body[6])
        elif kind == 0x06 and body[6] == 2 and body[12:14] == b"\xff\xff":
            _put_error(seen, body, body[8])
        elif kind == 0x208 and body[12] & 0x20:
            seen.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == 0x7D and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            seen.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == 0xE5:
            for place in range(struct.unpack_from("<H", body)[0]):
                top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * place)
                seen.merged.append((top, left, bottom, right))
    return seen


def _put_error(seen: Look, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", body)
    seen.errors[f"{letters(column)}{row + 1}"] = _ERRORS.get(code, "#")


def _records(book: bytes, place: int) -> Iterator[tuple[int, int, bytes]]:
    """Place, kind and body of the records of one part of the stream, a chart within it too, up to its end."""
    depth = 0
    while place + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, place)
        depth += (kind in (0x09, 0x209, 0x409, 0x809)) - (kind == 0x0A)
        if depth <= 0:
            return
        yield place, kind, book[place + 4 : place + 4 + length]
        place += 4 + length


def _stream(data: bytes) -> bytes:
    """The stream «Workbook» (or «Book») of a compound file (MS-CFB)."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    count, first, small = (struct.unpack_from("<I", data, at)[0] for at in (44, 48, 60))
    heads = [n for n in struct.unpack_from("<109I", data, 76)[:count] if n < 0xFFFFFFF0]
    more, left = struct.unpack_from("<II", data, 68)
    for _ in range(left):
        listed = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        heads, more = [*heads, *listed[:-1]], listed[-1]
    table = [n for head in heads[:count] for n in struct.unpack_from(f"<{size // 4}I", data, (head + 1) * size)]
    directory = _chain(data, table, first, size)
    short = [each for (each,) in struct.iter_unpack("<I", _chain(data, table, small, size))]
    for start in range(0, len(directory), 128):
        entry = directory[start : start + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        begin, length = struct.unpack_from("<II", entry, 116)
        if name in ("Workbook", "Book"):
            if length < 4096:  # in the root's stream, 64 bytes a sector
                data = bytes(64) + _chain(data, table, struct.unpack_from("<I", directory, 116)[0], size)
                table, size = short, 64
            return _chain(data, table, begin, size)[:length]
    raise ValueError("Workbook")


def _chain(data: bytes, table: list[int], sector: int, size: int) -> bytes:
    parts: list[bytes] = []
    while sector < len(table) and len(parts) <= len(table):
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)
