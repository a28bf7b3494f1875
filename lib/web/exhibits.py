"""Exhibits as files at `/fil/<study>/<exhibit>.<ending>`; the gate is asked when one is fetched, and none is stored."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from lib.actions import links, reads, studies
from lib.exhibits import files, findings
from lib.exhibits.catalogue import BY_SLUG
from lib.exhibits.exhibit import Address, address_of
from lib.i18n import error, t
from lib.model.problems import AppError, Denied, NotFound
from lib.web.pages import language_of, templates

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
NOT_CHOICES = ("sprak", "utredning")
_STATUS: dict[type[AppError], int] = {NotFound: 404, Denied: 403}


def show_file(request: Request) -> Response:
    """The file, or a page that says why it is not given."""
    language = language_of(request)
    reads.hold_still()
    try:
        return _file(request, language)
    except AppError as refused:
        return _refused(language, refused)


def _file(request: Request, language: str) -> Response:
    actor = links.actor_of(request.cookies.get(links.COOKIE, ""))
    study = studies.find(actor, request.path_params["study"])
    slug, _, ending = request.path_params["name"].partition(".")
    if (slug, ending) == (findings.SLUG, "xlsx"):
        content = findings.workbook(actor, study, language)
    elif slug in BY_SLUG:
        content = files.content(BY_SLUG[slug], actor, study, _choices(request), language, ending)
    else:
        raise NotFound
    headers = {
        "Content-Disposition": f'attachment; filename="{files.name_of(slug, study, ending)}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=_TYPES[ending.rpartition(".")[2]], headers=headers)


def _choices(request: Request) -> Address:
    return address_of({key: value for key, value in request.query_params.items() if key not in NOT_CHOICES})


def _refused(language: str, refused: AppError) -> Response:
    page = templates.get_template("refused.html").render(
        language=language, t=lambda key: t(language, f"entry.{key}"), why=error(language, refused)
    )
    status = next((code for kind, code in _STATUS.items() if isinstance(refused, kind)), 409)
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/fil/{study}/{name}", show_file)]
