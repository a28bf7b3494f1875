"""What a phone sends is done one by one, in order, and each gets its own answer: kept, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lib.actions.live import rooms, seating, taking_part
from lib.actions.live.rooms import Room
from lib.actions.live.taking_part import Tap
from lib.i18n import error
from lib.model.problems import AppError
from lib.model.records import Rater
from lib.web.bodies import Sent
from lib.web.workshop_access import Visit


def keep(visit: Visit, rater: Rater, sent: Iterable[Sent]) -> dict[str, Any]:
    """The result of each, and where the room stands now. The store's errors are raised: try again."""
    results = [_result(visit, rater, each) for each in sent]
    return {"results": results, "stage": rooms.room(visit.room.workshop.id).stage.seq}


def _result(visit: Visit, rater: Rater, sent: Sent) -> dict[str, Any]:
    try:
        _keep(rooms.room(visit.room.workshop.id), rater, sent)
    except AppError as refused:
        if refused.code.startswith("store_"):
            raise
        return {"tap": sent.tap, "saved": False, "code": refused.code, "message": error(visit.language, refused)}
    return {"tap": sent.tap, "saved": True}


def _keep(room: Room, rater: Rater, sent: Sent) -> None:
    actor = seating.actor_of(room, rater)
    if sent.text is not None:
        taking_part.contribute(actor, room, rater, sent.tap, -1 if sent.prompt is None else sent.prompt, sent.text)
    elif sent.comment is not None:
        taking_part.remark(actor, room, rater, sent.tap, sent.item or "", sent.comment)
    else:
        number = -1 if sent.round is None else sent.round
        taking_part.rate(actor, room, rater, Tap(sent.tap, number, sent.item or "", sent.criterion or "", sent.value))
