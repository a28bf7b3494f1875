"""The style sheet and the script of «Delta», under addresses that change with their content and so never grow stale."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript"}
_held = {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}
ADDRESSES = {name: f"/delta/filer/{hashlib.sha256(content).hexdigest()[:12]}/{name}" for name, content in _held.items()}


async def show_file(request: Request) -> Response:
    """A browser that has it never asks again."""
    name = request.path_params["name"]
    if ADDRESSES.get(name) != request.url.path:
        return PlainTextResponse("404", 404)
    return Response(
        _held[name],
        media_type=_TYPES[Path(name).suffix],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
