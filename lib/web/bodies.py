"""What a phone sends, read within limits: forms and JSON in, plain values out; rubbish is refused with a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from lib.model.problems import AppError

BODY_LIMIT = 256 * 1024
FIELDS_LIMIT = 400
TAPS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing a device has sent, not yet judged. Exactly one of the three kinds has its fields."""

    tap: str
    round: int | None = None
    item: str | None = None
    criterion: str | None = None
    value: int | None = None
    comment: str | None = None
    prompt: int | None = None
    text: str | None = None


def is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


async def body_of(request: Request) -> str:
    """AppError `too_large` or `unreadable`."""
    held = b""
    async for part in request.stream():
        held += part
        if len(held) > BODY_LIMIT:
            raise AppError("too_large")
    try:
        return held.decode()
    except UnicodeDecodeError as error:
        raise AppError("unreadable") from error


async def form_of(request: Request) -> dict[str, str]:
    """A form's fields, the last of each name."""
    try:
        return dict(parse_qsl(await body_of(request), keep_blank_values=True, max_num_fields=FIELDS_LIMIT))
    except ValueError as error:
        raise AppError("unreadable") from error


async def json_of(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await body_of(request))
    except (ValueError, RecursionError) as error:
        raise AppError("unreadable") from error
    if not isinstance(found, dict):
        raise AppError("unreadable")
    return found


def taps_of(body: dict[str, Any]) -> list[Sent]:
    """The taps in a call, in order. AppError `unreadable` for what no page of ours can have sent."""
    taps = body.get("taps")
    if not isinstance(taps, list) or len(taps) > TAPS_LIMIT:
        raise AppError("unreadable")
    return [sent_of(tap) for tap in taps]


def sent_of(tap: object) -> Sent:
    """One tap: an answer, a comment on an item, or something written under an open question."""
    if not isinstance(tap, dict):
        raise AppError("unreadable")
    words = ("tap", "item", "criterion", "comment", "text")
    numbers = ("round", "value", "prompt")
    sound = all(isinstance(tap.get(name, ""), str) for name in words) and all(
        _is_whole(tap.get(name)) for name in numbers
    )
    kinds = [{"round", "item", "criterion", "value"}, {"round", "item", "comment"}, {"prompt", "text"}]
    if not sound or not tap.get("tap") or not any(tap.keys() - {"tap"} == kind for kind in kinds):
        raise AppError("unreadable")
    return Sent(**tap)


def _is_whole(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))
