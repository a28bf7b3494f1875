"""A hall with phones: the plain routes on a real port in this process, so that a test can lead meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from lib.web import ROUTES, SecurityHeaders
from tests.load.server import free_port


@contextmanager
def served() -> Iterator[str]:
    """The address of the running routes."""
    app = Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)])
    port = free_port()
    # A stream that is left open would hold the server up; a real one ends them by its signal.
    config = uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
