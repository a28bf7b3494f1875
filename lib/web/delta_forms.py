"""«Delta» without scripts: what a form says becomes taps, and the phone goes on, or sees why something was refused."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response

from lib.actions.live import taking_part
from lib.actions.live.taking_part import Answers
from lib.model.problems import AppError
from lib.model.records import Rater, new_id
from lib.web import answering, delta_pages
from lib.web.bodies import Sent
from lib.web.workshop_access import Visit

UNKNOWN = "vet-ikke"


def answer(visit: Visit, rater: Rater, form: dict[str, str]) -> Response:
    """One item's answers and comment, or the points of all items."""
    said = taking_part.own_answers(visit.room, rater)
    refused = _first_refusal(visit, rater, list(_taps(visit, said, form)))
    if refused:
        return delta_pages.screen(visit, 409, refused, form)
    return delta_pages.go_on(delta_pages.next_address(visit, rater))


def _first_refusal(visit: Visit, rater: Rater, sent: list[Sent]) -> str:
    results = answering.keep(visit, rater, sent)["results"]
    return next((result["message"] for result in results if not result["saved"]), "")


def _taps(visit: Visit, said: Answers, form: dict[str, str]) -> Iterator[Sent]:
    """What differs from what was said before. Points that are taken back come before those that are given."""
    number, method = _whole(form.get("round", "")), visit.room.method
    given = []
    for name, written in form.items():
        criterion, _, item = name.partition(":")
        if criterion in method.criterion_keys and written:
            given.append((item or form.get("item", ""), criterion, None if written == UNKNOWN else _whole(written)))
    nothing = 0 if method.budget is not None else "nothing"
    changed = [each for each in given if said.values.get(each[:2], nothing) != each[2]]
    for item, criterion, value in sorted(changed, key=lambda each: each[2] or 0):
        yield Sent(new_id(), number, item, criterion, value)
    comment, item = form.get("comment"), form.get("item", "")
    if comment is not None and comment.strip() != said.comments.get(item, ""):
        yield Sent(new_id(), number, item, comment=comment)


def _whole(written: str) -> int:
    """AppError `unreadable` for what no form of ours can have sent."""
    if not (written.isascii() and written.isdigit() and len(written) < 4):
        raise AppError("unreadable")
    return int(written)


def contribute(visit: Visit, rater: Rater, form: dict[str, str]) -> Response:
    """Something under an open question; the form's own tap makes sure that a second press counts not."""
    prompt, text = form.get("prompt", ""), form.get("text", "")
    refused = _first_refusal(visit, rater, [Sent(form.get("tap") or new_id(), prompt=_whole(prompt), text=text)])
    if refused:
        return delta_pages.screen(visit, 409, refused, form)
    return delta_pages.go_on(f"{visit.address}#sporsmal-{prompt}")
