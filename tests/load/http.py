"""A lean HTTP/1.1 client over raw streams, for servers on this machine: it must not eat the processor it measures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import suppress
from typing import NamedTuple

HOST = "127.0.0.1"
ANSWER_LIMIT = 30.0
"""Seconds after which an answer counts as lost."""


class Answer(NamedTuple):
    """Header names are in small letters; of several headers of one name the last is kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Lost(ConnectionError):
    """The server went away, or said nothing, before its answer was complete."""


class Connection:
    """One connection, kept alive and used for one request at a time; opened again when the server has closed it."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie
        self.opened = 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        """One request and its whole answer. Lost, or another OSError, when there is none.

        Where a kept connection turns out to be closed, the request goes out once more on a new one, as in a browser.
        """
        kept = self._streams is not None
        try:
            return await self._ask(method, path, body, kind)
        except ConnectionError:
            if not kept:
                raise
            return await self._ask(method, path, body, kind)

    async def _ask(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        try:
            async with asyncio.timeout(ANSWER_LIMIT):
                reader, writer = await self._open()
                writer.write(request(self.port, method, path, self.cookie, body, kind))
                answer = await read_answer(reader)
        except BaseException as error:
            self.close()
            if isinstance(error, asyncio.IncompleteReadError):
                raise Lost(f"No whole answer to {method} {path}.") from error
            raise
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection that the server has let go of meanwhile is replaced, as browsers do."""
        if self._streams is not None and self._streams[0].at_eof():
            self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self.port)
            self.opened += 1
        return self._streams

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def request(port: int, method: str, path: str, cookie: str = "", body: bytes = b"", kind: str = "") -> bytes:
    """The bytes of a request as a page of ours sends it."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{port}"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method == "POST":
        lines += [f"Origin: http://{HOST}:{port}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """Answers with a length, in chunks, or without a body."""
    status, headers = await read_head(reader)
    if headers.get("transfer-encoding") == "chunked":
        return Answer(status, headers, b"".join([part async for part in chunks(reader)]))
    length = int(headers.get("content-length", 0))
    return Answer(status, headers, await reader.readexactly(length) if length else b"")


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The parts of a chunked body as they come."""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)


async def follow(port: int, path: str, cookie: str) -> AsyncGenerator[bytes, None]:
    """The parts of an event stream as they come, until the server ends it. Lost where it is refused or broken off."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(request(port, "GET", path, cookie))
        status, headers = await read_head(reader)
        if status != 200 or headers.get("transfer-encoding") != "chunked":
            raise Lost(f"The stream {path} was answered with {status}.")
        async for part in chunks(reader):
            yield part
    except asyncio.IncompleteReadError as error:
        raise Lost(f"The stream {path} broke off.") from error
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
