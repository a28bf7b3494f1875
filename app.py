"""The ASGI app that `streamlit run app.py` finds: store opened, imports warmed, plain routes, headers on everything."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from lib.commands import start
from lib.model.problems import AppError
from lib.ui.warm import thaw, warm
from lib.web import ROUTES, SecurityHeaders, streams_end_with_the_server


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the store and say where to go; a store that cannot be opened ends the process with a sentence."""
    try:
        start.open_app(f"http://127.0.0.1:{st.get_option('server.port')}")
    except AppError as refused:
        print(start.refusal(refused), file=sys.stderr, flush=True)
        os._exit(1)  # an exception here would only be logged with its trace, and the server would go on without a store
    warm()
    with streams_end_with_the_server():
        yield {}
    start.close_app()
    thaw()


app = st.App(
    str(Path(__file__).parent / "lib" / "ui" / "frame.py"),
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[Middleware(SecurityHeaders)],
)
