"""What all plain pages share: templates, the visitor's language, and whether a post comes from our own page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request

from lib.i18n import DEFAULT, LANGUAGES

LANGUAGE_COOKIE = "mulighetsrom_sprak"
templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)


def language_of(request: Request) -> str:
    """What the address asks for, else what it asked for the last time."""
    asked = request.query_params.get("sprak") or request.cookies.get(LANGUAGE_COOKIE, DEFAULT)
    return asked if asked in LANGUAGES else DEFAULT


def same_origin(request: Request) -> bool:
    """A browser names the page a post came from; another site's page must not speak for anybody here."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
