"""The screens of «Delta»: which page a phone gets in each step, and what a form without scripts comes back to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lib.actions.live import taking_part
from lib.actions.live.taking_part import Answers
from lib.actions.subjects import Subject, spoken
from lib.i18n import LANGUAGES, counted, error, hour, t
from lib.model.live import CODE_LENGTH, RATER_NAME_LIMIT, TYPED_CODE_LIMIT, Step
from lib.model.methods import Items
from lib.model.problems import AppError
from lib.model.records import Rater, new_id
from lib.web import delta_views as views
from lib.web.files import ADDRESSES
from lib.web.pages import LANGUAGE_COOKIE, language_of, templates
from lib.web.workshop_access import Visit

OVERVIEW = "oversikt"
LANGUAGE_SECONDS = 365 * 24 * 3600
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}


def page(
    template: str, request: Request, status: int = 200, headers: dict[str, str] | None = None, /, **values: object
) -> Response:
    """A page that works without scripts and may run none but ours."""
    language = language_of(request)
    html = templates.get_template(f"delta/{template}").render(
        language=language,
        t=lambda key, **params: t(language, f"delta.{key}", **params),
        files=ADDRESSES,
        others={code: name for code, name in LANGUAGES.items() if code != language},
        **values,
    )
    answer = HTMLResponse(
        html, status, {"Cache-Control": "no-store", "Content-Security-Policy": POLICY, **(headers or {})}
    )
    if request.query_params.get("sprak") in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=LANGUAGE_SECONDS, httponly=True, samesite="lax")
    return answer


def code(request: Request, status: int = 200, headers: dict[str, str] | None = None, said: str = "") -> Response:
    """Where somebody types the code of a workshop."""
    length = counted(language_of(request), CODE_LENGTH)
    return page("code.html", request, status, headers, said=said, length=length, limit=TYPED_CODE_LIMIT)


def screen(visit: Visit, status: int = 200, said: str = "", typed: dict[str, str] | None = None) -> Response:
    """The screen of the step that the room is in; `said` is a refusal to show on it, `typed` what was refused."""
    if visit.rater is None:
        return _unseated(visit)
    show = {
        Step.COLLECT: _lobby,
        Step.POINTS: _points,
        Step.RATE: _rate,
        Step.FREEZE: _frozen,
        Step.SHOW: _result_page,
        Step.DISCUSS: _result_page,
        Step.END: _result_page,
    }
    template, values = show[visit.room.stage.step](visit, visit.rater)
    return _in_room(template, visit, status, said=said, typed=typed or {}, **values)


def _in_room(template: str, visit: Visit, status: int, /, **values: object) -> Response:
    ends = visit.room.stage.ends_at
    return page(
        template,
        visit.request,
        status,
        None,
        visit=visit,
        room=visit.room,
        ends=hour(visit.language, ends) if ends else "",
        ends_ms=int(ends.timestamp() * 1000) if ends else 0,
        now_ms=int(time.time() * 1000),
        **values,
    )


def _unseated(visit: Visit) -> Response:
    if visit.room.stage.step is Step.END:
        return page("closed.html", visit.request, visit=visit)
    return _join(visit, 200, {}, "")


def _join(visit: Visit, status: int, typed: dict[str, str], said: str) -> Response:
    room = visit.room
    them = views.them_of(room)
    return page(
        "join.html",
        visit.request,
        status,
        visit=visit,
        room=room,
        typed=typed,
        said=said,
        who=t(visit.language, f"delta.who.{them}"),
        limit=RATER_NAME_LIMIT,
        kept=t(visit.language, f"delta.kept.{them}"),
        roles=views.roles(room, visit.language) if room.plan.asks_role else {},
        places=views.places(room, visit.language) if room.plan.asks_municipality else {},
    )


def join_again(visit: Visit, form: dict[str, str], refused: AppError) -> Response:
    """What was typed stands, with what is wrong; or the question whether somebody belongs to a group that is here."""
    if refused.code == "group_is_there":
        return page(
            "group.html", visit.request, 409, visit=visit, room=visit.room, typed=form, name=refused.params["name"]
        )
    if refused.code == "workshop_closed":
        return page("closed.html", visit.request, 403, visit=visit)
    return _join(visit, 400, form, error(visit.language, refused))


def _lobby(visit: Visit, rater: Rater) -> tuple[str, dict[str, Any]]:
    room, name = visit.room, rater.name
    written = taking_part.own_contributions(room, rater) if room.plan.prompts else []
    known = [spoken(visit.language, room.known[item]) for item in room.plan.items if item in room.known]
    return "lobby.html", {
        "heading": views.own_words(room, visit.language, "lobby_group", "lobby", name=name),
        "sent": views.own_words(room, visit.language, "written_group", "written_person"),
        "prompts": [(prompt, [each.text for each in written if each.prompt == place])
                    for place, prompt in enumerate(room.plan.prompts)],
        "read": t(visit.language, f"read_meanwhile.{_kind(known)}"),
        "sheets": [(each.name, views.facts(each, visit.language)) for each in known],
        "limit": taking_part.WRITTEN_LIMIT,
        "tap": new_id,
    }  # fmt: skip


def _kind(asked: Sequence[Subject]) -> Items:
    """What the room is asked about: one kind of thing at a time."""
    return asked[0].kind if asked else Items.AREAS


def _points(visit: Visit, rater: Rater) -> tuple[str, dict[str, Any]]:
    room, said = visit.room, taking_part.own_answers(visit.room, rater)
    (question,) = views.questions(room, visit.language)
    asked = views.subjects(room, visit.language)
    given = {subject.id: said.values.get((subject.id, question.key)) or 0 for subject in asked}
    return "points.html", {
        "question": question,
        "given": given,
        "budget": room.method.budget,
        "left": (room.method.budget or 0) - sum(given.values()),
        "subjects": asked,
        "about": t(visit.language, f"about_items.{_kind(asked)}"),
        "sheets": {subject.id: views.facts(subject, visit.language) for subject in asked},
    }


def _rate(visit: Visit, rater: Rater) -> tuple[str, dict[str, Any]]:
    if visit.room.method.budget is not None:
        return _points(visit, rater)
    said = taking_part.own_answers(visit.room, rater)
    left = views.overview(visit.room, said, visit.language)
    number = _asked_for(visit, left)
    subject = views.subjects(visit.room, visit.language)[max(number, 1) - 1] if left else None
    return "rate.html", {
        "overview": left,
        "number": number,
        "subject": subject,
        "facts": views.facts(subject, visit.language),
        "about": t(visit.language, f"about_items.{_kind([subject] if subject else [])}"),
        "questions": views.questions(visit.room, visit.language),
        "answers": said,
        "missing": sum(each.state != "done" for each in left),
        "limit": taking_part.COMMENT_LIMIT,
    }


def _asked_for(visit: Visit, left: list[views.Left]) -> int:
    """The place of the item that the address asks for; else the first that is left; 0 is the overview."""
    asked, number = visit.request.query_params, visit.room.stage.round
    wanted = asked.get("omrade", "") if asked.get("runde", str(number)) == str(number) else ""
    if wanted == OVERVIEW:
        return 0
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:4]) <= len(left):
        return int(wanted[:4])
    return next((each.number for each in left if each.state != "done"), 0)


def _frozen(visit: Visit, rater: Rater) -> tuple[str, dict[str, Any]]:
    said = taking_part.own_answers(visit.room, rater)
    return "frozen.html", {
        "own_title": views.own_words(visit.room, visit.language, "own_group", "own_person"),
        "own": views.own_list(visit.room, said, visit.language),
    }


def _result_page(visit: Visit, rater: Rater) -> tuple[str, dict[str, Any]]:
    room, said = visit.room, taking_part.own_answers(visit.room, rater)
    try:
        lines, withheld = taking_part.outcome(room), ""
    except AppError as refused:
        lines, withheld = (), error(visit.language, refused)
    return "shown.html", {
        "results": views.results(room, lines, said, visit.language),
        "withheld": withheld,
        "of_round": views.round_of(room, visit.language),
        "ended": room.stage.step is Step.END,
        "thanks": views.own_words(room, visit.language, "ended_group", "ended"),
    }


def next_address(visit: Visit, rater: Rater) -> str:
    """Where a form without scripts goes on: the first item that is left, or the overview."""
    if visit.room.method.budget is not None or visit.room.stage.step is not Step.RATE:
        return visit.address
    left = views.overview(visit.room, taking_part.own_answers(visit.room, rater), visit.language)
    number = next((each.number for each in left if each.state != "done"), OVERVIEW)
    return f"{visit.address}?omrade={number}"


def go_on(address: str) -> Response:
    return RedirectResponse(address, 303)


def own(visit: Visit, rater: Rater) -> dict[str, Any]:
    """A rater's answers in this round, for the script and for its other devices."""
    said: Answers = taking_part.own_answers(visit.room, rater)
    values: dict[str, dict[str, int | None]] = {}
    for (item, criterion), value in said.values.items():
        values.setdefault(item, {})[criterion] = value
    stage = visit.room.stage
    return {"stage": stage.seq, "round": stage.round, "values": values, "comments": dict(said.comments)}


def sheets(visit: Visit) -> dict[str, Any]:
    """Every subject of the round with its facts, so that a phone without network can go from one to the next."""
    subjects = [
        {"id": each.id, "name": each.name, "facts": views.facts(each, visit.language)}
        for each in views.subjects(visit.room, visit.language)
    ]
    return {"stage": visit.room.stage.seq, "subjects": subjects}
