"""The screens of «Delta»: which page a phone gets, and what stands on it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lib.actions import taking_part
from lib.i18n import error, t
from lib.model.problems import AppError
from lib.web.door import Visit
from lib.web.pages import language_of, templates


def page(
    name: str, request: Request, status: int = 200, headers: dict[str, str] | None = None, **values: object
) -> Response:
    """A page that works without scripts and may not run any but ours."""
    language = language_of(request)
    html = templates.get_template(f"delta/{name}").render(
        language=language, t=lambda key, **params: t(language, f"delta.{key}", **params), **values
    )
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store", **(headers or {})})


def screen(visit: Visit) -> Response:
    name = "join.html" if visit.rater is None else "lobby.html"
    return page(name, visit.request, visit=visit)


def join_again(visit: Visit, form: dict[str, str], refused: AppError) -> Response:
    return page("join.html", visit.request, 400, visit=visit, said=error(visit.language, refused))


def answered(visit: Visit, form: dict[str, str]) -> Response:
    return RedirectResponse(visit.address, 303)


def contributed(visit: Visit, form: dict[str, str]) -> Response:
    return RedirectResponse(visit.address, 303)


def own(visit: Visit) -> dict[str, Any]:
    """A rater's answers in this round, for its other devices."""
    assert visit.rater
    said = taking_part.answers(visit.room, visit.rater)
    values: dict[str, dict[str, int | None]] = {}
    for (item, criterion), value in said.values.items():
        values.setdefault(item, {})[criterion] = value
    stage = visit.room.stage
    return {"stage": stage.seq, "round": stage.round, "items": list(stage.items), "values": values,
            "comments": dict(said.comments)}  # fmt: skip
