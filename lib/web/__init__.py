"""Plain HTTP beside Streamlit: the status, the entry links, the raters' pages, and headers on every answer."""

from lib.web.headers import SecurityHeaders
from lib.web.pulse import streams_end_with_the_server
from lib.web.routes import ROUTES

__all__ = ["ROUTES", "SecurityHeaders", "streams_end_with_the_server"]
