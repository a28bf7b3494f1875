"""Plain HTTP beside Streamlit: the status, the entry links, and headers on every answer."""

from lib.web.headers import SecurityHeaders
from lib.web.routes import ROUTES

__all__ = ["ROUTES", "SecurityHeaders"]
