"""The routes beside Streamlit's: `/status`, the entry links `/inn/<key>` and `/ut`, and those of exhibits and raters.

Opening an entry link changes nothing, because mail scanners open links; the button on it posts and sets the cookie.
"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from lib.actions import links, status
from lib.i18n import day, t
from lib.web import delta, exhibits
from lib.web.pages import language_of, same_origin, templates


def show_status(request: Request) -> Response:
    """200 with version and store state, 503 when the store does not answer; never a secret."""
    state = status.report()
    return JSONResponse(state, status_code=200 if state["store"] == "ok" else 503)


def show_entry(request: Request) -> Response:
    """The page an entry link opens: what it gives, and the button."""
    language = language_of(request)
    entry = links.describe(request.path_params["key"])
    if entry is None:
        return _page("gone.html", language, status_code=404)
    until = day(language, entry.expires_at)
    return _page("entry.html", language, role=t(language, f"roles.{entry.role}"), study=entry.study_name, until=until)


def enter(request: Request) -> Response:
    """The button: keep the key in an HttpOnly cookie and go to the study."""
    language, key = language_of(request), request.path_params["key"]
    entry = links.describe(key)
    if entry is None or not same_origin(request):
        return _page("gone.html", language, status_code=404 if entry is None else 403)
    query = {"utredning": entry.study_slug} if entry.study_slug else {}
    answer = RedirectResponse(f"/?{urlencode(query)}" if query else "/", status_code=303)
    held = links.add_key(request.cookies.get(links.COOKIE, ""), key)
    answer.set_cookie(
        links.COOKIE,
        held,
        max_age=links.COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def show_exit(request: Request) -> Response:
    return _page("exit.html", language_of(request))


def leave(request: Request) -> Response:
    """Forget every key this browser holds."""
    answer = RedirectResponse("/", status_code=303)
    if same_origin(request):
        answer.delete_cookie(links.COOKIE, httponly=True, samesite="lax")
    return answer


def _page(name: str, language: str, status_code: int = 200, **values: str | None) -> HTMLResponse:
    page = templates.get_template(name).render(
        language=language, t=lambda key, **params: t(language, f"entry.{key}", **params), **values
    )
    return HTMLResponse(page, status_code=status_code, headers={"Cache-Control": "no-store"})


def show_front(request: Request) -> Response:
    """«/oversikt» is the front page, which Streamlit serves under the bare address only."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", status_code=307)


ROUTES = [
    Route("/oversikt", show_front),
    Route("/status", show_status),
    Route("/inn/{key}", show_entry, methods=["GET"]),
    Route("/inn/{key}", enter, methods=["POST"]),
    Route("/ut", show_exit, methods=["GET"]),
    Route("/ut", leave, methods=["POST"]),
    *exhibits.ROUTES,
    *delta.ROUTES,
]
