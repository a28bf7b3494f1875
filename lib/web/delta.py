"""«Delta»: what raters do on their phones. Forms that work without scripts; a script may post JSON and follow along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from lib.actions.live import seating
from lib.actions.live.seating import Introduction
from lib.i18n import error
from lib.model.problems import AppError, NotFound
from lib.model.records import Rater, RaterRole
from lib.web import answering, bodies, delta_forms, delta_pages, files, pulse, workshop_access
from lib.web.bodies import Sent
from lib.web.pages import language_of, same_origin
from lib.web.workshop_access import Visit

Endpoint = Callable[[Request], Awaitable[Response]]
STATUS = {
    "wrong_code": 404,
    "too_many_tries": 429,
    "too_large": 413,
    "not_seated": 403,
    "other_site": 403,
    "try_later": 503,
}
RETRY_SECONDS = "60"


def _kindly(endpoint: Endpoint) -> Endpoint:
    """Whatever is refused is a sentence: on the page with the code, or in JSON where JSON came."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            if request.method == "POST" and not same_origin(request):
                raise AppError("other_site")
            return await endpoint(request)
        except AppError as refused:
            return _refusal(request, refused)

    return answer


def _refusal(request: Request, refused: AppError) -> Response:
    code = _code(refused)
    said = error(language_of(request), AppError(code, **refused.params))
    status = STATUS.get(code, 400)
    headers = {"Retry-After": RETRY_SECONDS} if status in (429, 503) else {}
    if bodies.is_json(request) or request.url.path.endswith(("/mine", "/omrader", "/folg", "/steg")):
        return _json({"code": code, "message": said}, status, headers)
    return delta_pages.code(request, status, headers, said)


def _code(refused: AppError) -> str:
    """The store's own errors name files and settings, which are no business of a phone."""
    if isinstance(refused, NotFound):
        return "wrong_code"
    return "try_later" if refused.code.startswith("store_") else refused.code


def _json(content: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(content, status, headers={"Cache-Control": "no-store", **(headers or {})})


async def show_code(request: Request) -> Response:
    return delta_pages.code(request)


@_kindly
async def take_code(request: Request) -> Response:
    form = await bodies.form_of(request)
    visit = await workshop_access.enter(request, form.get("kode", ""))
    return RedirectResponse(visit.address, 303)


@_kindly
async def show(request: Request) -> Response:
    visit = await _visit(request)
    return await run_in_threadpool(delta_pages.screen, visit)


async def _visit(request: Request) -> Visit:
    return await workshop_access.enter(request, request.path_params["code"])


async def _seated(request: Request) -> tuple[Visit, Rater]:
    visit = await _visit(request)
    if visit.rater is None:
        raise AppError("not_seated")
    return visit, visit.rater


@_kindly
async def join(request: Request) -> Response:
    visit = await _visit(request)
    form = await bodies.form_of(request)
    try:
        _, key = await run_in_threadpool(seating.join, visit.room, visit.key, _introduction(form))
    except AppError as refused:
        return await run_in_threadpool(delta_pages.join_again, visit, form, refused)
    answer = RedirectResponse(visit.address, 303)
    answer.set_cookie(
        seating.COOKIE,
        key,
        max_age=seating.COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def _introduction(form: dict[str, str]) -> Introduction:
    role = form.get("rolle", "")
    return Introduction(
        name=form.get("navn", ""),
        role=RaterRole(role) if role in set(RaterRole) else None,
        municipality=form.get("kommune") or None,
        together=form.get("sammen") == "1",
    )


@_kindly
async def answer(request: Request) -> Response:
    visit, rater = await _seated(request)
    if bodies.is_json(request):
        return await _keep(visit, rater, bodies.taps_of(await bodies.json_of(request)))
    form = await bodies.form_of(request)
    said = await run_in_threadpool(delta_forms.answer, visit, rater, form)
    pulse.answered(visit.room, rater.id, visit.key)
    return said


async def _keep(visit: Visit, rater: Rater, sent: list[Sent]) -> Response:
    kept = await run_in_threadpool(answering.keep, visit, rater, sent)
    if any(result["saved"] for result in kept["results"]):
        pulse.answered(visit.room, rater.id, visit.key)
    return _json(kept)


@_kindly
async def contribute(request: Request) -> Response:
    visit, rater = await _seated(request)
    if bodies.is_json(request):
        return await _keep(visit, rater, [bodies.sent_of(await bodies.json_of(request))])
    form = await bodies.form_of(request)
    return await run_in_threadpool(delta_forms.contribute, visit, rater, form)


@_kindly
async def own(request: Request) -> Response:
    visit, rater = await _seated(request)
    return _json(await run_in_threadpool(delta_pages.own, visit, rater))


@_kindly
async def sheets(request: Request) -> Response:
    """The facts of all that is rated; the address names the stage, so a phone may keep the answer."""
    visit, _ = await _seated(request)
    return _json(delta_pages.sheets(visit), headers={"Cache-Control": "private, max-age=3600"})


@_kindly
async def stand(request: Request) -> Response:
    """Where the room stands, for phones whose stream is broken."""
    visit, _ = await _seated(request)
    return _json({"stage": visit.room.stage.seq})


@_kindly
async def follow(request: Request) -> Response:
    visit, _ = await _seated(request)
    return StreamingResponse(
        pulse.events(visit.room, visit.key),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def back(request: Request) -> Response:
    """Somebody reloads or shares the address that a form was sent to."""
    return RedirectResponse(f"/delta/{request.path_params['code']}", 303)


ROUTES = [
    Route("/delta", show_code, methods=["GET"]),
    Route("/delta", take_code, methods=["POST"]),
    Route("/delta/filer/{hash}/{name}", files.show_file, methods=["GET"]),
    Route("/delta/{code}", show, methods=["GET"]),
    Route("/delta/{code}/bli-med", join, methods=["POST"]),
    Route("/delta/{code}/svar", answer, methods=["POST"]),
    Route("/delta/{code}/innspill", contribute, methods=["POST"]),
    *(Route(f"/delta/{{code}}/{form}", back, methods=["GET"]) for form in ("bli-med", "svar", "innspill")),
    Route("/delta/{code}/mine", own, methods=["GET"]),
    Route("/delta/{code}/omrader", sheets, methods=["GET"]),
    Route("/delta/{code}/steg", stand, methods=["GET"]),
    Route("/delta/{code}/folg", follow, methods=["GET"]),
]
