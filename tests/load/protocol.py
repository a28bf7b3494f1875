"""What one browser tab knows and says, without the network: Streamlit's messages in, the next message out.

Follows the front end of Streamlit 1.67: which widget values it sends along, which messages it keeps so that the server
may answer with a reference, and how the address changes. One thing differs: a widget that nobody has touched is not
sent with its default.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.proto.WidgetStates_pb2 import WidgetState


class Widget(NamedTuple):
    """A control on the page: its id, which ends in the key, and the fragment that it reruns (empty: the whole page)."""

    id: str
    fragment: str

    @property
    def key(self) -> str:
        return self.id.split("-", 2)[2]


@dataclass(slots=True)
class Kept:
    """A message that the server may refer to by its hash; `used` is the run that last needed it."""

    message: ForwardMsg
    used: int


class MessageCache:
    """The messages a browser keeps, and forgets when `max_age` runs have passed without them."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.runs = 0
        self.references = 0

    def resolve(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself; KeyError for a reference to one that was never sent."""
        if message.WhichOneof("type") == "ref_hash":
            self.references += 1
            known = self.kept[message.ref_hash]
            known.used = self.runs
            return known.message
        if message.metadata.cacheable:
            self.kept.setdefault(message.hash, Kept(message, self.runs)).used = self.runs
        return message

    def run_ended(self, max_age: int, fragments: frozenset[str]) -> None:
        self.runs += 1
        self.kept = {
            hash_: known
            for hash_, known in self.kept.items()
            if self.runs - known.used <= max_age or (fragments and known.message.delta.fragment_id not in fragments)
        }


@dataclass(slots=True)
class Tab:
    """One open page. `faults` are the error boxes it has shown, `timers` the fragments that ask to be run again.

    `shown` are the kinds of elements on the page and `words` their texts.
    """

    page: str = ""
    query: str = ""
    page_hash: str = ""
    widgets: dict[str, Widget] = field(default_factory=dict)
    values: dict[str, WidgetState] = field(default_factory=dict)
    timers: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    cache: MessageCache = field(default_factory=MessageCache)
    _max_age: int = 0
    _fragments: frozenset[str] = frozenset()
    _seen: set[str] = field(default_factory=set)

    def receive(self, raw: bytes) -> bool:
        """Take in one message; True when it ends a run."""
        sent = ForwardMsg.FromString(raw)
        message = self.cache.resolve(sent)
        match message.WhichOneof("type"):
            case "new_session":
                self._run_begins(message.new_session, frozenset(sent.metadata.run.fragment_ids))
            case "navigation":
                self.page_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "auto_rerun":
                self.timers[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self.timers.pop(fragment, None)
            case "delta":
                self._show(message.delta)
            case "script_finished":
                return self._run_ends(message.script_finished)
        return False

    def rerun(self, fragment: str = "", *, by_timer: bool = False) -> BackMsg:
        """The message that asks for a run of the page, or of one fragment of it."""
        back = BackMsg()
        asked = back.rerun_script
        asked.query_string, asked.fragment_id, asked.is_auto_rerun = self.query, fragment, by_timer
        asked.page_script_hash, asked.page_name = self.page_hash, "" if self.page_hash else self.page
        asked.context_info.locale, asked.context_info.timezone = "nb-NO", "Europe/Oslo"
        asked.widget_states.widgets.extend(self.values.values())
        asked.cached_message_hashes.extend(self.cache.kept)
        return back

    def draw(self, key: str, value: int) -> BackMsg:
        """The message of a slider that was drawn to a whole number; KeyError where no such slider is on the page."""
        widget = self.widgets[key]
        state = self.values.setdefault(widget.id, WidgetState(id=widget.id))
        state.double_array_value.data[:] = [value]
        return self.rerun(widget.fragment)

    def choose(self, key: str, *options: str) -> BackMsg:
        """The message of a group of buttons (a segmented control, pills) in which those of these labels are on."""
        widget = self.widgets[key]
        state = self.values.setdefault(widget.id, WidgetState(id=widget.id))
        state.string_array_value.data[:] = options
        return self.rerun(widget.fragment)

    def edit(self, key: str, row: int, column: str, value: str | float | bool | None) -> BackMsg:
        """The message of a table in which one more cell was changed; as a browser it tells every change so far."""
        widget = self.widgets[key]
        state = self.values.setdefault(widget.id, WidgetState(id=widget.id))
        told = json.loads(state.string_value or '{"edited_rows": {}, "added_rows": [], "deleted_rows": []}')
        told["edited_rows"].setdefault(str(row), {})[column] = value
        state.string_value = json.dumps(told)
        return self.rerun(widget.fragment)

    def key(self, beginning: str) -> str:
        """The whole key of the one control whose key begins so; KeyError where there is none, or more than one."""
        found = [key for key in self.widgets if key.startswith(beginning)]
        if len(found) != 1:
            raise KeyError(beginning)
        return found[0]

    def _run_begins(self, session: NewSession, fragments: frozenset[str]) -> None:
        self.page_hash = session.page_script_hash
        self._max_age = session.config.max_cached_message_age
        self._fragments = fragments
        if not fragments:
            self.timers.clear()
        self._seen.clear()
        self.shown.clear()
        self.words.clear()

    def _show(self, delta: Delta) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type") or ""
        element: Any = getattr(delta.new_element, kind, None)
        self.shown.append(kind)
        self.words.append(str(getattr(element, "body", "")))
        identity = getattr(element, "id", "")
        if identity.count("-") >= 2:
            widget = Widget(identity, delta.fragment_id)
            self.widgets[widget.key] = widget
            self._seen.add(widget.key)
        if kind == "exception":
            self.faults.append(element.type or element.message)
        elif kind == "alert" and element.format == Alert.ERROR:
            self.faults.append(element.body)

    def _run_ends(self, status: ForwardMsg.ScriptFinishedStatus.ValueType) -> bool:
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.faults.append("The script does not compile.")
        else:
            self._drop_what_left_the_page()
        self.cache.run_ended(self._max_age, self._fragments)
        return True

    def _drop_what_left_the_page(self) -> None:
        """A run draws its part of the page anew: what it did not draw is gone, and so is the value it had."""
        gone = [
            key
            for key, widget in self.widgets.items()
            if key not in self._seen and (not self._fragments or widget.fragment in self._fragments)
        ]
        for key in gone:
            self.values.pop(self.widgets.pop(key).id, None)
