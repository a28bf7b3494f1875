"""Every text that a page, a spec or a plain page shows, with where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest

# Fields of Streamlit's messages that nobody reads: names of things, addresses, codes and styles.
UNREAD = {
    "id", "form_id", "element_id", "url", "icon", "user_key", "hash", "page_script_hash", "theme", "format", "group_id",
    "use_container_width", "data", "styler", "columns", "spec", "dataset", "key", "help_icon", "language", "type",
    "file_urls_json", "selection_mode", "anchor", "url_pathname", "section_header", "page_name", "cookies", "color",
    "upload_url", "width", "height", "delete_url", "field", "domain", "name", "component_name", "js_content",
    "css_content", "deferred_file_id", "page", "query_string", "json",
}  # fmt: skip
_READ = {"title", "text", "description", "label", "help", "labelExpr", "values", "placeholder"}


def on_page(page: AppTest) -> Iterator[tuple[str, str]]:
    """(where, text) of all that stands on a page."""
    for node in _nodes(page._tree):
        proto: Any = getattr(node, "proto", None)
        if type(proto).__name__ == "Html":
            yield from in_html(proto.body)
        elif hasattr(proto, "ListFields"):
            yield from in_message(proto, type(proto).__name__)
        if type(node).__name__ in ("Dataframe", "Table") and not getattr(
            proto, "editing_mode", 0
        ):  # a typed table's heads are labels over it
            frame = node.value
            yield from (("heading", str(column)) for column in frame.columns)
            yield from (("cell", str(cell)) for cell in frame.to_numpy().ravel())


def _nodes(block: Any) -> Iterator[Any]:
    yield block
    for child in getattr(block, "children", {}).values():
        yield from _nodes(child)


def in_message(message: Any, where: str) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        place = f"{where}.{field.name}"
        if field.name == "spec" or (field.name == "columns" and isinstance(value, str)):
            yield from in_spec(json.loads(value), place)
        elif field.name not in UNREAD or field.message_type is not None:
            yield from _in_value(value, place)


def _in_value(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif hasattr(value, "ListFields"):
        yield from in_message(value, place)
    elif hasattr(value, "__iter__") and not isinstance(value, bytes):
        for each in value:
            yield from _in_value(each, place)


def in_spec(held: Any, place: str) -> Iterator[tuple[str, str]]:
    """Titles and labels of a spec; the lines of one text are joined."""
    if isinstance(held, dict):
        for key, value in held.items():
            if key in _READ and isinstance(value, str):
                yield f"{place}.{key}", value
            elif key in _READ and isinstance(value, list) and all(isinstance(each, str) for each in value):
                yield f"{place}.{key}", " ".join(value)
            elif key == "value" and isinstance(value, str) and value not in ("width", "height"):
                yield f"{place}.{key}", value
            else:
                yield from in_spec(value, place)
    elif isinstance(held, list):
        for each in held:
            yield from in_spec(each, place)


# What a script reads of a page: keys, numbers and states.
_UNSAID = ("data-item", "data-criterion", "data-state")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        read = ("title", "alt", "placeholder", "aria-label", "data-")
        told = ((name, value) for name, value in attrs if value and name.startswith(read) and name not in _UNSAID)
        self.texts += [(f"{tag}[{name}]", value) for name, value in told if not value.startswith("/")]

    def handle_data(self, data: str) -> None:
        if self._tag not in ("script", "style") and data.strip():
            self.texts.append((self._tag, data))


def in_html(html: str) -> list[tuple[str, str]]:
    page = _Page()
    page.feed(html)
    return page.texts
