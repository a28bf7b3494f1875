"""What a phone sends is done one by one, in order, and each gets its own answer: kept, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lib.actions import rooms, seating, taking_part
from lib.actions.taking_part import Tap
from lib.i18n import error
from lib.model.problems import AppError
from lib.web.bodies import Sent
from lib.web.door import Visit

Result = dict[str, Any]


def keep(visit: Visit, sent: Iterable[Sent]) -> list[Result]:
    """The result of each; an error that is not the visitor's (the store does not answer) is raised instead."""
    return [_kept(visit, each) for each in sent]


def _kept(visit: Visit, sent: Sent) -> Result:
    try:
        _do(visit, sent)
    except AppError as refused:
        if refused.code.startswith("store_"):
            raise
        return {"tap": sent.tap, "saved": False, "code": refused.code, "message": error(visit.language, refused)}
    return {"tap": sent.tap, "saved": True}


def _do(visit: Visit, sent: Sent) -> None:
    room, rater = rooms.room(visit.room.workshop.id), visit.rater
    if rater is None:
        raise AppError("not_seated")
    actor = seating.actor_of(room, rater)
    if sent.text is not None:
        prompt = -1 if sent.prompt is None else sent.prompt
        taking_part.contribute(actor, room, rater, sent.tap, prompt, sent.text)
    elif sent.comment is not None:
        taking_part.remark(actor, room, rater, sent.tap, sent.item or "", sent.comment)
    else:
        number = -1 if sent.round is None else sent.round
        tap = Tap(sent.tap, number, sent.item or "", sent.criterion or "", sent.value)
        taking_part.rate(actor, room, rater, tap)
